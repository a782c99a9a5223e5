"""Lists and figures as tests look at them: open a page at an address, read what it counts and links to."""

import re
from collections.abc import Mapping, Sequence
from urllib.parse import parse_qs

from streamlit.testing.v1 import AppTest

from tests.pages.project_screen import NAVIGATION, told

FILES = {"counties": "counties.py", "events": "signing_events.py"}
DEMO_DAY = {"as_of": ["2021-06-30"]}


def look(page: str, address: Mapping[str, Sequence[str]] | None = None, locale: str = "en") -> AppTest:
    """Open a page at an address; nothing may go wrong on the way."""
    app = AppTest.from_file(NAVIGATION, default_timeout=60)
    app.context = {"locale": locale}
    app.run()
    for name, values in (address or {}).items():
        app.query_params[name] = list(values)
    app.switch_page(page).run()
    assert not app.exception
    return app


def follow(link: AppTest, locale: str = "en") -> AppTest:
    """Open what a link on a screen leads to."""
    proto = link.proto  # type: ignore[attr-defined]
    return look(FILES.get(proto.page, f"{proto.page}.py"), parse_qs(proto.query_string), locale)


def counted(app: AppTest) -> int:
    """Return how many records the table on the screen says it shows; 0 where it shows none."""
    found = re.search(r"\*\*([\d,]+)\*\*", told(app))
    return int(found[1].replace(",", "")) if found and app.dataframe else 0


def tick(app: AppTest, table: str, row: int) -> AppTest:
    """Tick a row of a table, as the browser tells it."""
    app.session_state[table] = {"selection": {"rows": [row], "columns": [], "cells": []}}
    return app.run()

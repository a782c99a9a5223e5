"""The launcher: `streamlit run streamlit_app.py` and `python -m tracker serve` start this same app.

The database is opened before the first page asks for it, so that what is wrong with it is said once, here.
"""

import gc
import logging
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

# Imported for their weight alone: what is loaded before gc.freeze() costs later clicks nothing.
import altair  # noqa: F401
import pandas  # noqa: F401
import polars  # noqa: F401
import pyarrow  # noqa: F401
import streamlit as st
from starlette.middleware import Middleware

from db.errors import StorageError
from pages.components.mishap import show_mishap
from tracker.errors import TrackerError
from tracker.i18n import language_for, words_in
from tracker.services.office import close_office, the_office
from tracker.services.refusal import explain
from tracker.settings import system_locale
from tracker.web.gate import LoopbackGate, SecurityHeaders
from tracker.web.health import ROUTES
from tracker.web.policy import security_headers

_PAGE = Path(st.__file__).parent / "static" / "index.html"


@asynccontextmanager
async def _lifespan(_app: st.App) -> AsyncIterator[None]:
    yield
    close_office()


def _open_or_say_why() -> None:
    logging.basicConfig(format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    try:
        the_office()
    except (StorageError, TrackerError) as error:
        sys.exit(explain(error, words_in(language_for(system_locale()))))


_open_or_say_why()
app = st.App(
    "pages/navigation.py",
    routes=ROUTES,
    middleware=[
        Middleware(LoopbackGate),
        Middleware(SecurityHeaders, headers=security_headers(_PAGE.read_text(encoding="utf-8"))),
    ],
    lifespan=_lifespan,
    on_script_error=show_mishap,
)
gc.collect()
gc.freeze()

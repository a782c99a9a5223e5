"""What people typed stands on every screen as the characters they typed, whatever these mean elsewhere."""

import re
from collections.abc import Iterator
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from db.vocabulary import DocumentKind
from tests.agreement_samples import LILING, SUMMIT, log_values
from tests.conftest import division_id
from tests.pages.project_screen import at
from tests.services.planning import a_row, grid_of
from tracker.services.agreement import log_agreements
from tracker.services.desk import Desk
from tracker.services.document import add_document, store_upload
from tracker.services.meeting import log_meeting
from tracker.services.milestone_grid import save_milestones
from tracker.services.plan_template import add_plan_template
from tracker.services.project import open_project
from tracker.services.project_course import pause_project, stop_project
from tracker.services.project_update import archive_update, return_update, send_update
from tracker.services.signing_event import hold_signing_event
from tracker.services.supplement import add_supplement
from tracker.services.suspension import suspend_agreement
from tracker.services.update_request import ask_for_update, withdraw_request

HOSTILE = "县 :red[zz] $zz$ **zz** <zz> `zz` [zz](javascript:zz) ![zz](http://zz) مرحبا 🎉"
_ACTIVE = re.compile(r"(?<!\\)(:red\[zz|\$zz|\*\*zz|<zz|`zz|\[zz)")
# What is drawn as plain characters, or is no words at all.
_LITERAL = {
    ("text_input", "default"),
    ("text_input", "value"),
    ("text_input", "placeholder"),
    ("text_area", "default"),
    ("text_area", "value"),
    ("text", "body"),
    ("selectbox", "options"),
    ("selectbox", "raw_value"),
    ("multiselect", "options"),
    ("multiselect", "raw_values"),
}
_PAGES = {
    "agreement.py": {"id": 1},
    "agreements.py": {"q": HOSTILE},
    "attention.py": {},
    "briefing.py": {"as_of": "2020-12-31"},
    "county.py": {"id": 0},
    "counties.py": {"q": HOSTILE},
    "history.py": {},
    "log.py": {"event": 1},
    "milestones.py": {},
    "overview.py": {},
    "plan_templates.py": {"id": 6},
    "project.py": {"id": 1},
    "projects.py": {"q": HOSTILE},
    "search.py": {"q": HOSTILE},
    "signing_event.py": {"id": 1},
    "signing_events.py": {},
    "timeline.py": {"region": "430000", "project": 1},
}


def _recorded_everywhere(desk: Desk) -> int:
    """Record something of every kind with HOSTILE in each of its texts; return the county's id."""
    county = division_id(desk.database, LILING)
    event = hold_signing_event(
        desk, {"name": HOSTILE, "held_on": SUMMIT, "place": HOSTILE, "note": HOSTILE}, token="event"
    )
    values = log_values(desk, title=HOSTILE, owner=HOSTILE, note=HOSTILE, event_id=event)
    for party in values["parties"]:
        party |= {"signatory": HOSTILE, "post": HOSTILE}
    values["parties"][-1]["name"] = HOSTILE
    [agreement] = log_agreements(desk, values, "agreement")
    add_supplement(desk, agreement, {"title": HOSTILE, "signed_on": SUMMIT, "note": HOSTILE})
    suspend_agreement(desk, agreement, {"from_on": date(2021, 1, 1), "reason": HOSTILE})
    pdf = BytesIO(b"%PDF-1.4\n%%EOF\n")
    scan = store_upload(desk, HOSTILE.replace("/", "") + ".pdf", pdf)
    add_document(desk, {"agreement_id": agreement}, scan, DocumentKind.scan)
    meeting = dict.fromkeys(("with_whom", "topic", "outcome", "next_step", "owner"), HOSTILE)
    log_meeting(desk, meeting | {"division_id": county, "held_on": SUMMIT})
    _planned(desk, agreement, county)
    return county


def _planned(desk: Desk, agreement: int, county: int) -> None:
    facts = {"pillar_id": 1, "division_id": county, "started_on": SUMMIT, "owner": HOSTILE, "note": HOSTILE}
    project = open_project(desk, agreement, {"name": HOSTILE} | facts)
    texts = {"owner": HOSTILE, "evidence_hint": HOSTILE}
    save_milestones(desk, project, [a_row(HOSTILE, **texts), a_row(HOSTILE)], seen={})
    _reported(desk, project)
    pause_project(desk, project, {"from_on": date(2020, 8, 1), "to_on": date(2020, 8, 9), "reason": HOSTILE})
    stop_project(desk, project, {"stopped_on": date(2021, 1, 1), "stop_reason": HOSTILE}, seen=1)
    names = dict.fromkeys(("name_zh", "name_en", "description_zh", "description_en"), HOSTILE)
    step = {"name_zh": HOSTILE, "name_en": HOSTILE, "offset": 1, "weight": 100}
    add_plan_template(desk, names | {"pillar_id": 1}, [step])


def _reported(desk: Desk, project: int) -> None:
    """Ask, answer with all that an update can bring, return and withdraw, each with a text."""
    [milestone, *_] = grid_of(desk, project)[0]
    days = {"asked_on": SUMMIT, "due_on": SUMMIT}
    withdraw_request(desk, ask_for_update(desk, project, days | {"question": HOSTILE}), HOSTILE)
    moved = {"milestone_id": milestone["id"], "new_on": date(2021, 1, 1)}
    brought = {
        "request_id": ask_for_update(desk, project, days | {"question": HOSTILE}),
        "forecasts": [moved | {"reason_code": "other", "note": HOSTILE}],
        "risks": [{"title": HOSTILE, "owner": HOSTILE, "response": HOSTILE, "impact": 5}],
    }
    values = {"text": HOSTILE, "reported_on": SUMMIT}
    return_update(desk, send_update(desk, project, values | brought), HOSTILE)
    archive_update(desk, send_update(desk, project, values), HOSTILE)


@pytest.fixture
def county(screens: Desk) -> int:
    return _recorded_everywhere(screens)


def _texts(message: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Yield (field, text) for every text in what is sent to the browser for one element."""
    for field, value in message.ListFields():
        many = hasattr(value, "__iter__") and not isinstance(value, str | bytes)
        for one in (value.values() if hasattr(value, "values") else value) if many else [value]:
            if isinstance(one, str):
                yield field.name, one
            elif hasattr(one, "ListFields"):
                yield from _texts(one)


def _all_texts(app: AppTest) -> Iterator[tuple[str, str, str]]:
    """Yield (element, field, text) for every text on the screen, cells of tables apart."""
    open_nodes = [app._tree]
    while open_nodes:
        node = open_nodes.pop()
        open_nodes += getattr(node, "children", {}).values()
        proto = getattr(node, "proto", None)
        for field, text in _texts(proto) if proto is not None else ():
            if field not in {"id", "form_id"}:
                yield node.type, field, text


def _active_texts(app: AppTest) -> list[tuple[str, str, str]]:
    """Return the texts that the browser would take for markup."""
    return [told for told in _all_texts(app) if told[:2] not in _LITERAL and _ACTIVE.search(told[2])]


def _escaped_texts(app: AppTest) -> list[str]:
    """Return the texts that the browser would show with escapes in them, cells of tables too."""
    cells = [str(cell) for table in app.dataframe for cell in table.value.to_numpy().ravel()]
    literal = [told[2] for told in _all_texts(app) if told[:2] in _LITERAL]
    return [text for text in cells + literal if r"\:red" in text]


@pytest.mark.parametrize("page", _PAGES)
@pytest.mark.parametrize("locale", ["en", "zh-CN"])
def test_a_page_shows_no_markup_that_somebody_typed(county: int, page: str, locale: str) -> None:
    address = {name: value or county for name, value in _PAGES[page].items()}
    app = at(page, locale, **address)
    assert _active_texts(app) == []
    assert _escaped_texts(app) == []


@pytest.mark.parametrize("locale", ["en", "zh-CN"])
def test_what_is_reported_on_a_project_shows_no_markup(county: int, locale: str) -> None:
    app = at("project.py", locale, id=1, section="updates")
    assert r"\:red\[zz\]" in " ".join(str(m.value) for m in app.markdown)
    assert _active_texts(app) == []
    assert _escaped_texts(app) == []


@pytest.mark.parametrize("source", ["agreement", "project"])
def test_a_history_shows_no_markup_that_somebody_typed(county: int, source: str) -> None:
    app = at(f"{source}.py", id=1)
    app.session_state[f"{source}_history"] = True
    app.run()
    assert r"\:red\[zz\]" in " ".join(str(m.value) for m in app.markdown)
    assert _active_texts(app) == []

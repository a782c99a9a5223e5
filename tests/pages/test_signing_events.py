"""Signing events: listed, added with mistakes explained, corrected, withdrawn and restored."""

from datetime import date
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from tests.agreement_samples import GUIDONG, LILING, logged
from tests.pages.list_screen import look
from tests.pages.project_screen import told
from tracker.services.desk import Desk
from tracker.services.lists import Wanted, list_signing_events
from tracker.services.signing_event import (
    archive_signing_event,
    change_signing_event,
    hold_signing_event,
    read_signing_event,
)

SUMMIT: dict[str, Any] = {"name": "湖南峰会 **2020**", "held_on": date(2020, 7, 17), "place": "杭州"}


def _send(app: AppTest, key: str, **typed: Any) -> AppTest:
    for name, value in typed.items():
        kind = app.date_input if name == "held_on" else app.text_input
        kind(key=f"{key}_0_{name}").set_value(value)
    return _submitted(app, key)


def _submitted(app: AppTest, key: str) -> AppTest:
    submits = (b for b in app.button if b.proto.is_form_submitter and b.proto.form_id == f"{key}_0")
    return next(submits).click().run()


def _event(desk: Desk, event_id: int, locale: str = "en") -> AppTest:
    return look("signing_event.py", {"id": [str(event_id)]}, locale)


@pytest.mark.parametrize(("locale", "title"), [("en", "Signing events"), ("zh-CN", "签约活动")])
def test_an_empty_list_says_how_to_begin(screens: Desk, locale: str, title: str) -> None:
    app = look("signing_events.py", locale=locale)
    assert (app.title[0].value, len(app.info)) == (title, 1)


def test_an_event_that_was_added_is_opened(screens: Desk) -> None:
    app = _send(look("signing_events.py"), "new_event", name="峰会", held_on=date(2020, 7, 17))
    assert not app.exception
    assert app.title[0].value == "峰会"


def test_a_missing_name_is_explained_beside_it_and_nothing_is_lost(screens: Desk) -> None:
    app = _send(look("signing_events.py"), "new_event", place="杭州", held_on=date(2020, 7, 17))
    assert "Please fill in this field" in told(app)
    assert app.text_input(key="new_event_0_place").value == "杭州"
    assert list_signing_events(screens, screens.today, Wanted())[1] == 0


def test_an_event_in_the_future_is_explained(screens: Desk) -> None:
    app = _send(look("signing_events.py"), "new_event", name="峰会", held_on=date(2099, 1, 1))
    assert "is in the future" in told(app)


def test_an_event_is_counted_with_what_was_signed_there(screens: Desk) -> None:
    event_id = hold_signing_event(screens, SUMMIT)
    logged(screens, LILING, GUIDONG, event_id=event_id, joint=True)
    rows = look("signing_events.py").dataframe[0].value
    assert list(rows["agreements_signed"]) == [1]


@pytest.mark.parametrize("locale", ["en", "zh-CN"])
def test_an_event_shows_its_agreements_and_its_name_as_typed(screens: Desk, locale: str) -> None:
    event_id = hold_signing_event(screens, SUMMIT)
    logged(screens, LILING, event_id=event_id)
    app = _event(screens, event_id, locale)
    assert app.title[0].value == r"湖南峰会 \*\*2020\*\*"
    listed = next(f.value for f in app.dataframe if "number" in f.value)
    assert list(listed["number"]) == ["430281-2020-F-001"]


def test_an_event_says_what_was_promised_and_what_became_of_it(screens: Desk) -> None:
    event_id = hold_signing_event(screens, SUMMIT)
    logged(screens, LILING, GUIDONG, event_id=event_id, joint=True, amount_cents=2_000_000_00)
    app = look("signing_event.py", {"id": [str(event_id)], "as_of": ["2020-10-15"]})
    assert "signed that day **1/1** · Counties **2**" in told(app)
    assert "stated in 1/1" in told(app)
    table = app.dataframe[0].value.set_index("stage")
    assert list(table.loc["Signed"]) == ["1/1 · 100% *", "1/1 · 100% *", "not yet", "not yet", "1/1 · 100% *"]


def _click(app: AppTest, event_id: int, row: int, column: str) -> AppTest:
    cell = {"rows": [], "columns": [], "cells": [(row, column)]}
    app.session_state[f"follow_up_{event_id}"] = {"selection": cell}
    return app.run()


def test_a_figure_of_a_day_opens_its_list_as_of_that_day(screens: Desk) -> None:
    event_id = hold_signing_event(screens, SUMMIT)
    logged(screens, LILING, event_id=event_id)
    app = _click(_event(screens, event_id), event_id, 3, "after_90")
    assert not app.exception
    assert app.title[0].value == "Agreements"
    assert [app.query_params[n] for n in ("signed", "event", "as_of")] == [
        "landed",
        str(event_id),
        "2020-10-15",
    ]


def test_a_day_ahead_has_no_list(screens: Desk) -> None:
    event_id = hold_signing_event(screens, SUMMIT)
    logged(screens, LILING, event_id=event_id)
    app = look("signing_event.py", {"id": [str(event_id)], "as_of": ["2020-10-15"]})
    assert _click(app, event_id, 0, "after_365").title[0].value != "Agreements"


def test_an_event_without_agreements_leads_to_logging(screens: Desk) -> None:
    app = _event(screens, hold_signing_event(screens, SUMMIT))
    assert "log" in [link.proto.page for link in app.get("page_link")]


@pytest.mark.parametrize("typed", ["", "999", "abc", "1e3", "٣"])
def test_an_event_that_does_not_exist_is_said_so(screens: Desk, typed: str) -> None:
    app = look("signing_event.py", {"id": [typed]})
    assert "no such record" in told(app)


def test_a_correction_is_saved(screens: Desk) -> None:
    event_id = hold_signing_event(screens, SUMMIT)
    _send(_event(screens, event_id), "event", place="长沙")
    assert read_signing_event(screens, event_id).place == "长沙"


def test_the_second_of_two_editors_chooses_field_by_field(screens: Desk) -> None:
    event_id = hold_signing_event(screens, SUMMIT)
    app = _event(screens, event_id)
    change_signing_event(screens, event_id, SUMMIT | {"place": "长沙", "note": "改"}, seen=1)
    app.text_input(key="event_0_place").set_value("北京")
    app = _submitted(app, "event")
    assert "Choose field by field" in told(app)
    proposed = [app.radio(key=f"event_{field}_choice").value for field in ("place", "note")]
    assert proposed == ["yours", "theirs"]
    app.button(key="event_settle").click().run()
    event = read_signing_event(screens, event_id)
    assert (event.place, event.note) == ("北京", "改")


def test_withdrawing_without_a_reason_is_explained(screens: Desk) -> None:
    app = _event(screens, hold_signing_event(screens, SUMMIT))
    app.button(key="withdraw_event").click().run()
    assert "give a reason" in told(app)


def test_a_withdrawn_event_says_why_and_is_restored(screens: Desk) -> None:
    event_id = hold_signing_event(screens, SUMMIT)
    archive_signing_event(screens, event_id, "重复 :red[x]")
    app = _event(screens, event_id)
    assert r"重复 \:red\[x\]" in told(app)
    app.button(key="restore_event").click().run()
    assert read_signing_event(screens, event_id).archived_at is None

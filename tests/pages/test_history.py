"""The history in words: both languages, filtered, one entry with its old and new values."""

from datetime import date

import pytest

from tests.agreement_samples import logged
from tests.pages.list_screen import look, tick
from tests.pages.project_screen import told
from tracker.services.desk import Desk
from tracker.services.signing_event import change_signing_event, hold_signing_event

SUMMIT = {"name": "峰会", "held_on": date(2020, 7, 17), "place": "杭州"}


@pytest.mark.parametrize(("locale", "title"), [("en", "History"), ("zh-CN", "变更历史")])
def test_the_page_has_its_title_before_anybody_did_anything(screens: Desk, locale: str, title: str) -> None:
    assert look("history.py", locale=locale).title[0].value == title


def test_what_was_done_is_told_in_words(screens: Desk) -> None:
    logged(screens)
    rows = look("history.py", {"entity": ["party"]}, "zh-CN").dataframe[0].value
    assert "行政区划: 醴陵市" in " ".join(rows["changes"])
    assert set(rows["entity"]) == {"签约方"}
    assert set(rows["actor"]) == {"本机管理员"}


def test_a_change_shows_both_values(screens: Desk) -> None:
    event_id = hold_signing_event(screens, SUMMIT)
    change_signing_event(screens, event_id, SUMMIT | {"place": "长沙"}, seen=1)
    assert look("history.py").dataframe[0].value["changes"][0] == "Place: 杭州 → 长沙"


def test_a_ticked_entry_shows_its_values_one_below_the_other(screens: Desk) -> None:
    event_id = hold_signing_event(screens, SUMMIT)
    change_signing_event(screens, event_id, SUMMIT | {"place": "*长沙*"}, seen=1)
    app = tick(look("history.py"), "all_history_table", 0)
    assert r"| Place | 杭州 | \*长沙\* |" in told(app)
    assert "event" in [link.proto.page for link in app.get("page_link")]


def test_it_is_narrowed_by_the_address(screens: Desk) -> None:
    logged(screens)
    hold_signing_event(screens, SUMMIT)
    rows = look("history.py", {"action": ["signing_event.held"]}).dataframe[0].value
    assert list(rows["record"]) == ["峰会"]


def test_a_day_before_everything_has_nothing(screens: Desk) -> None:
    hold_signing_event(screens, SUMMIT)
    assert "Nothing matches" in told(look("history.py", {"day_to": ["2001-01-01"]}))


def test_older_entries_are_one_click_away(demonstration: Desk) -> None:
    app = look("history.py")
    newest = list(app.dataframe[0].value["changes"])
    older = next(b for b in app.button if b.label == "Older").click().run()
    assert (len(newest), "before" in older.query_params) == (100, True)
    assert list(older.dataframe[0].value["changes"]) != newest


def test_every_page_of_the_demo_reads_without_a_stored_name(demonstration: Desk) -> None:
    rows = look("history.py", locale="zh-CN").dataframe[0].value
    assert not [c for c in rows["changes"] if "_id" in c or "_on:" in c]

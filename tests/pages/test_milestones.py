"""The list of milestones: empty, by state and due day, ticked."""

import pytest

from tests.pages.list_screen import DEMO_DAY, counted, look, tick
from tracker.services.desk import Desk


@pytest.mark.parametrize(("locale", "title"), [("en", "Milestones"), ("zh-CN", "里程碑")])
def test_an_empty_list_leads_to_the_projects(screens: Desk, locale: str, title: str) -> None:
    app = look("milestones.py", locale=locale)
    assert app.title[0].value == title
    assert "projects" in [link.proto.page for link in app.get("page_link")]


def test_overdue_ones_are_listed_with_their_days(demonstration: Desk) -> None:
    rows = look("milestones.py", DEMO_DAY | {"state": ["overdue"]}).dataframe[0].value
    assert (rows["days_overdue"] > 0).all()
    assert rows["current_due_on"].is_monotonic_increasing


def test_a_due_period_includes_both_days(demonstration: Desk) -> None:
    day = look("milestones.py", DEMO_DAY | {"state": ["overdue"]}).dataframe[0].value["current_due_on"][0]
    period = {"due_from": [str(day)[:10]], "due_to": [str(day)[:10]]}
    assert counted(look("milestones.py", DEMO_DAY | period)) >= 1


def test_states_are_shown_in_chinese(demonstration: Desk) -> None:
    rows = look("milestones.py", DEMO_DAY | {"state": ["met"]}, "zh-CN").dataframe[0].value
    assert set(rows["state"]) == {"已完成"}


def test_ticking_a_row_opens_its_project(demonstration: Desk) -> None:
    app = tick(look("milestones.py", DEMO_DAY | {"state": ["overdue"]}), "milestones_table", 0)
    assert not app.exception
    assert "id" in app.query_params


def test_the_list_begins_with_what_is_late_and_ends_with_what_is_over(demonstration: Desk) -> None:
    states = look("milestones.py", DEMO_DAY).dataframe[0].value["state"].to_list()
    over = ("met", "cancelled", "project stopped")
    ranks = [0 if state == "overdue" else 2 if state in over else 1 for state in states]
    assert ranks == sorted(ranks)


def test_lapsed_forecasts_are_marked_and_can_be_listed_alone(demonstration: Desk) -> None:
    rows = look("milestones.py", DEMO_DAY | {"forecast": ["lapsed"]}).dataframe[0].value
    assert set(rows["is_lapsed"]) == {"yes"}
    assert (rows["forecast_on"] < "2021-06-30").all()


def test_both_slips_and_the_number_of_moves_stand_side_by_side(demonstration: Desk) -> None:
    rows = look("milestones.py", DEMO_DAY | {"q": ["涉县"], "state": ["overdue"]}).dataframe[0].value
    names = ["slip_original_days", "slip_current_days", "moves"]
    assert (rows[names] > 0).all(axis=None)

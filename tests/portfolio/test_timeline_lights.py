"""What lights, slips and earlier plans add to the timeline's frames, and to its order."""

from datetime import date
from typing import Any

import pytest

from tests.portfolio.timeline_facts import (
    AS_OF,
    DIVISIONS,
    PILLARS,
    SUMMIT,
    agreement,
    milestone,
    party,
    portfolio,
    project,
)
from tracker.i18n import words_in
from tracker.portfolio.model import Portfolio
from tracker.portfolio.timeline import TimelineChoice, TimelineFrames, timeline_frames

ZH = words_in("zh_CN")
FIRST, NOW, EXPECTED = date(2021, 9, 1), date(2021, 10, 1), date(2021, 11, 20)


def _frozen(number: int, baseline: int, milestone_id: int, due_on: date, **more: Any) -> dict[str, Any]:
    return (
        {"id": number, "baseline_id": baseline, "milestone_id": milestone_id, "due_on": due_on}
        | {"weight": 10}
        | more
    )


def _facts(**changes: Any) -> Portfolio:
    """P1 of 醴陵市: 80 days late; P2 of it: a key milestone overdue; P3 of 南县: no plan."""
    tables: dict[str, Any] = {
        "division": DIVISIONS,
        "pillar": PILLARS,
        "agreement": [agreement(1), agreement(2, owner="西南区")],
        "party": [party(1, 1, 11), party(2, 2, 12), party(3, 2, 21)],
        "project": [project(1, 1, 11), project(2, 1, 11), project(3, 2, 12)],
        "milestone": [
            milestone(1, 1, NOW, forecast_on=EXPECTED),
            milestone(2, 2, date(2021, 5, 1), is_key=True),
            milestone(3, 3, NOW),
        ],
        # Without a word from them all would be red for silence.
        "project_update": [
            {"id": n, "project_id": n, "reported_on": AS_OF, "decision": "accepted", "decided_on": AS_OF}
            for n in (1, 2, 3)
        ],
        "baseline": [
            {"id": 1, "project_id": 1, "number": 0, "approved_on": SUMMIT},
            {"id": 2, "project_id": 1, "number": 1, "approved_on": date(2021, 1, 1)},
            {"id": 3, "project_id": 2, "number": 0, "approved_on": SUMMIT},
        ],
        "baseline_milestone": [
            _frozen(1, 1, 1, FIRST, start_on=date(2020, 9, 1)),
            _frozen(2, 2, 1, NOW),
            _frozen(3, 3, 2, date(2021, 5, 1)),
        ],
    }
    return portfolio(**(tables | changes))


def _frames(facts: Portfolio | None = None, **choice: Any) -> TimelineFrames:
    return timeline_frames(facts or _facts(), AS_OF, TimelineChoice(**choice), ZH)


def _row(project_id: int) -> dict[str, Any]:
    rows = _frames().rows.filter(project_id=project_id)
    return rows.row(0, named=True)


def test_a_bar_ends_where_the_work_is_expected_to_end() -> None:
    assert _row(1)["finish_on"] == EXPECTED


def test_the_first_plan_goes_from_its_own_first_start_to_its_own_last_due_day() -> None:
    assert (_row(1)["ghost_from"], _row(1)["ghost_to"]) == (date(2020, 9, 1), FIRST)


def test_a_first_plan_without_starts_begins_where_the_project_does() -> None:
    assert _row(2)["ghost_from"] == date(2020, 10, 1)


def test_both_slips_stand_with_the_number_of_re_baselines() -> None:
    row = _row(1)
    assert (row["slip_original_days"], row["slip_current_days"], row["baselines"]) == (80, 50, 1)


def test_a_project_without_an_approved_plan_has_neither_earlier_plan_nor_slip() -> None:
    row = _row(3)
    names = ("ghost_from", "ghost_to", "current_to", "slip_original_days", "baselines")
    assert [row[name] for name in names] == [None] * 5


def test_each_row_has_its_light_and_a_county_without_a_project_none() -> None:
    lights = _frames().rows.select("project_id", "light").rows()
    assert dict(lights)[2] == "red"
    assert dict(lights)[None] is None


def test_a_project_that_ends_after_its_term_says_so() -> None:
    short = [agreement(1, term_months=12), agreement(2)]
    rows = _frames(_facts(agreement=short)).rows.filter(project_id=1)
    assert rows.select("outlives_term", "term_end_on").row(0) == (True, date(2021, 7, 16))


def test_a_milestone_stands_where_it_is_expected_and_remembers_its_due_day() -> None:
    first = _frames().milestones.filter(project_id=1).row(0, named=True)
    assert (first["shown_on"], first["due_on"]) == (EXPECTED, NOW)


def test_a_forecast_that_has_gone_by_does_not_move_an_overdue_milestone() -> None:
    lapsed = [milestone(2, 2, date(2021, 5, 1), forecast_on=date(2021, 6, 1))]
    shown = _frames(_facts(milestone=lapsed)).milestones.filter(project_id=2)
    assert shown["shown_on"].to_list() == [date(2021, 5, 1)]


def test_a_light_asked_for_leaves_out_the_others_and_what_has_no_project() -> None:
    assert _frames(lights={"red"}).rows["project_id"].to_list() == [2]


@pytest.mark.parametrize(
    ("order", "projects"),
    [("light", [2, 1, 3, None]), ("slip", [1, 2, 3, None]), ("code", [1, 2, 3, None])],
)
def test_the_worst_county_and_its_worst_project_come_first(order: str, projects: list[int | None]) -> None:
    assert _frames(order=order).rows["project_id"].to_list() == projects


@pytest.mark.parametrize("order", ["light", "slip"])
def test_a_stopped_project_comes_last_however_late_it_is(order: str) -> None:
    stopped = [project(1, 1, 11, stopped_on=AS_OF), project(2, 1, 11), project(3, 1, 11)]
    rows = _frames(_facts(project=stopped), order=order).rows
    assert rows["project_id"].drop_nulls().to_list() == [2, 3, 1]


@pytest.mark.parametrize("order", ["light", "slip"])
def test_a_countys_rows_stay_together_in_every_order(order: str) -> None:
    late = [milestone(1, 1, NOW, forecast_on=EXPECTED), milestone(2, 2, NOW), milestone(3, 3, NOW)]
    counties = _frames(_facts(milestone=late), order=order).rows["county_id"].to_list()
    assert [c for i, c in enumerate(counties) if i == 0 or counties[i - 1] != c] == list(
        dict.fromkeys(counties)
    )


@pytest.mark.parametrize("order", ["light", "slip"])
def test_a_county_with_a_worse_project_comes_before_one_with_a_lower_code(order: str) -> None:
    swapped = [project(1, 2, 12), project(2, 2, 12), project(3, 1, 11)]
    counties = _frames(_facts(project=swapped), order=order).rows["county_name"].to_list()
    assert counties[0] == "南县"

"""Forecasts: a reason and a line, a day that lies ahead, and no change before the newest one."""

from datetime import date

import pytest

from db.models import Milestone
from db.vocabulary import SlipReason
from tracker.errors import InTheFuture, InvalidInput, Required
from tracker.rules.forecast import (
    SLIP_REASON_NAMES,
    ChangedSince,
    ForecastPassed,
    checked_forecast,
    checked_reason,
    forecast_problems,
)

TODAY = date(2021, 7, 3)
VALUES = {"new_on": date(2021, 8, 1), "reason_code": "county", "note": "县里换届"}


def _kinds(caught: pytest.ExceptionInfo[InvalidInput]) -> list[tuple[str, type]]:
    return [(p.field, type(p)) for p in caught.value.problems]


def test_a_change_is_dated_today_unless_it_says_otherwise() -> None:
    assert checked_forecast(VALUES, TODAY).changed_on == TODAY


def test_an_earlier_day_of_the_change_is_kept() -> None:
    assert checked_forecast(VALUES | {"changed_on": date(2021, 6, 1)}, TODAY).changed_on == date(2021, 6, 1)


def test_a_change_in_the_future_is_refused() -> None:
    with pytest.raises(InvalidInput) as caught:
        checked_forecast(VALUES | {"changed_on": date(2021, 7, 4)}, TODAY)
    assert _kinds(caught) == [("changed_on", InTheFuture)]


def test_taking_a_forecast_back_asks_for_the_same_reason() -> None:
    assert checked_forecast(VALUES | {"new_on": None}, TODAY).new_on is None


@pytest.mark.parametrize("missing", [{"reason_code": None}, {"reason_code": ""}])
def test_a_missing_reason_is_asked_for(missing: dict[str, object]) -> None:
    with pytest.raises(InvalidInput) as caught:
        checked_reason(VALUES | missing, TODAY)
    assert _kinds(caught) == [("reason_code", Required)]


@pytest.mark.parametrize("note", ["", "  ", "\n"])
def test_a_blank_line_is_no_line(note: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        checked_reason(VALUES | {"note": note}, TODAY)
    assert _kinds(caught) == [("note", Required)]


def test_every_reason_has_a_name() -> None:
    assert set(SLIP_REASON_NAMES) == set(SlipReason)


@pytest.mark.parametrize(
    ("new_on", "problem"),
    [
        (date(2021, 7, 2), ForecastPassed),
        (TODAY, None),
        (date(2021, 7, 4), None),
        (None, None),
    ],
)
def test_an_unmet_milestone_is_expected_today_at_the_earliest(
    new_on: date | None, problem: type | None
) -> None:
    found = forecast_problems(Milestone(project_id=1, name="上线"), new_on, TODAY, None)
    assert [type(p) for p in found] == [problem] * (problem is not None)


def test_a_forecast_recorded_later_may_have_passed_since() -> None:
    milestone = Milestone(project_id=1, name="上线")
    assert forecast_problems(milestone, date(2021, 6, 20), date(2021, 6, 1), None) == []


@pytest.mark.parametrize("outcome", [{"met_on": date(2021, 6, 1)}, {"cancelled_on": date(2021, 6, 1)}])
def test_what_is_over_may_have_been_expected_on_any_day(outcome: dict[str, date]) -> None:
    milestone = Milestone(project_id=1, name="上线", **outcome)
    assert forecast_problems(milestone, date(2021, 5, 1), TODAY, None) == []


@pytest.mark.parametrize(
    ("changed_on", "problem"),
    [(date(2021, 6, 14), ChangedSince), (date(2021, 6, 15), None), (date(2021, 6, 16), None)],
)
def test_a_change_is_dated_no_earlier_than_the_newest(changed_on: date, problem: type | None) -> None:
    milestone = Milestone(project_id=1, name="上线")
    found = forecast_problems(milestone, date(2021, 9, 1), changed_on, date(2021, 6, 15))
    assert [type(p) for p in found] == [problem] * (problem is not None)

"""What an update may say, and where its problems are told."""

from datetime import date, timedelta
from typing import Any

import pytest

from db.models import ProjectUpdate
from db.vocabulary import Decision
from tracker.errors import DateOutOfRange, InTheFuture, InvalidInput, NotANumber, Required, TooLong
from tracker.rules.forecast import ForecastPassed
from tracker.rules.project_update import (
    ForecastTwice,
    NoChangeWithNews,
    UpdateAccepted,
    UpdateReturned,
    checked_update,
    undecided,
)

TODAY = date(2021, 6, 30)
FORECAST = {"milestone_id": 7, "new_on": date(2021, 9, 1), "reason_code": "supply", "note": "设备未到"}


def _values(**changed: Any) -> dict[str, Any]:
    return {"reported_on": TODAY, "text": "选址已定"} | changed


def _problems(**changed: Any) -> dict[str, type]:
    with pytest.raises(InvalidInput) as raised:
        checked_update(_values(**changed), TODAY)
    return {problem.field: type(problem) for problem in raised.value.problems}


def test_a_text_is_enough() -> None:
    assert checked_update(_values(), TODAY).draft.text == "选址已定"


@pytest.mark.parametrize("text", ["", "  \n ", None])
def test_an_update_without_a_text_is_refused(text: str | None) -> None:
    assert _problems(text=text)["text"] is Required


def test_no_change_needs_no_text() -> None:
    assert checked_update({"reported_on": TODAY, "is_no_change": True}, TODAY).draft.text == ""


@pytest.mark.parametrize(
    "news", [{"reported_percent": 0}, {"forecasts": [FORECAST]}, {"risks": [{"title": "汛期"}]}]
)
def test_no_change_brings_nothing(news: dict[str, Any]) -> None:
    assert _problems(is_no_change=True, **news) == {"is_no_change": NoChangeWithNews}


def test_today_is_no_future() -> None:
    assert checked_update(_values(reported_on=TODAY), TODAY).draft.reported_on == TODAY


def test_tomorrow_is_refused() -> None:
    assert _problems(reported_on=TODAY + timedelta(days=1)) == {"reported_on": InTheFuture}


@pytest.mark.parametrize("percent", [0, 1, 99, 100])
def test_a_percent_from_0_to_100_is_taken(percent: int) -> None:
    assert checked_update(_values(reported_percent=percent), TODAY).draft.reported_percent == percent


@pytest.mark.parametrize("percent", [-1, 101, 0.5, float("nan"), float("inf"), "viele"])
def test_any_other_percent_is_refused(percent: object) -> None:
    assert _problems(reported_percent=percent) == {"reported_percent": NotANumber}


def test_a_day_before_the_calendar_is_refused() -> None:
    assert _problems(reported_on=date(1949, 9, 30)) == {"reported_on": DateOutOfRange}


def test_a_forecast_keeps_its_reason_and_line() -> None:
    [forecast] = checked_update(_values(forecasts=[FORECAST]), TODAY).forecasts
    assert (forecast.reason_code, forecast.note) == ("supply", "设备未到")


@pytest.mark.parametrize(
    ("field", "value", "problem"),
    [
        ("new_on", None, Required),
        ("reason_code", None, Required),
        ("note", " ", Required),
        ("note", "长" * 301, TooLong),
        ("new_on", date(2200, 1, 1), DateOutOfRange),
    ],
)
def test_a_forecast_is_asked_for_what_it_lacks(field: str, value: object, problem: type) -> None:
    assert _problems(forecasts=[FORECAST | {field: value}]) == {f"forecast.7.{field}": problem}


def test_one_milestone_has_one_new_forecast() -> None:
    assert _problems(forecasts=[FORECAST, FORECAST]) == {"forecast.7.new_on": ForecastTwice}


def test_a_forecast_may_be_for_the_reported_day() -> None:
    today = FORECAST | {"new_on": TODAY}
    assert checked_update(_values(forecasts=[today]), TODAY).forecasts[0].new_on == TODAY


def test_a_forecast_does_not_lie_before_the_reported_day() -> None:
    passed = FORECAST | {"new_on": TODAY - timedelta(days=1)}
    assert _problems(forecasts=[passed]) == {"forecast.7.new_on": ForecastPassed}


def test_the_problems_of_all_parts_are_told_together() -> None:
    found = _problems(text="", forecasts=[FORECAST | {"note": ""}], risks=[{"title": "", "impact": 6}])
    assert found == {
        "text": Required,
        "forecast.7.note": Required,
        "risk.0.title": Required,
        "risk.0.impact": NotANumber,
    }


def test_a_misshapen_update_tells_its_parts_too() -> None:
    found = _problems(reported_on=None, risks=[{"title": ""}])
    assert found == {"reported_on": Required, "risk.0.title": Required}


@pytest.mark.parametrize(
    ("decision", "problem"), [(Decision.accepted, UpdateAccepted), (Decision.returned, UpdateReturned)]
)
def test_the_second_to_decide_is_told_who_did(decision: Decision, problem: type[Exception]) -> None:
    update = ProjectUpdate(decision=decision, decided_by="dora", decided_on=TODAY)
    with pytest.raises(problem, match=r"dora .* 2021-06-30"):
        undecided(update)

"""Health: what each side is judged by, and that only recorded sides count."""

from datetime import date, timedelta
from typing import Any

import polars as pl
import pytest

from tests.portfolio.light_facts import LATER, override, quiet_tables
from tests.portfolio.plan_facts import AS_OF, DAY_AFTER, DAY_BEFORE, OPENED, Row, step
from tests.portfolio.timeline_facts import party, portfolio
from tracker.portfolio.health import agreement_health, project_health
from tracker.portfolio.model import Portfolio

SIDES = ("schedule", "obligations", "money", "unit_support", "relationship", "overall")


def _meeting(held_on: date, next_step_on: date | None = None, division_id: int = 11) -> Row:
    return {"division_id": division_id, "held_on": held_on, "next_step_on": next_step_on}


def _facts(*meetings: Row, **others: Any) -> Portfolio:
    made = quiet_tables(*others.pop("steps", []), **others)
    made["meeting"] = [{"id": i} | meeting for i, meeting in enumerate(meetings, start=1)]
    return portfolio(**made)


def _of_project(facts: Portfolio, as_of: date = AS_OF) -> dict[str, Any]:
    return project_health(facts, as_of).row(0, named=True)


def _of_agreement(facts: Portfolio, number: int = 1) -> dict[str, Any]:
    return agreement_health(facts, AS_OF).row(by_predicate=pl.col("agreement_id") == number, named=True)


def test_a_side_that_nothing_is_recorded_of_does_not_count() -> None:
    row = _of_project(_facts())
    assert [row[side] for side in SIDES] == ["green", "none", "none", "none", "none", "green"]


def test_the_overall_health_is_the_worst_side() -> None:
    row = _of_project(_facts(_meeting(date(2020, 6, 30))))
    assert (row["schedule"], row["relationship"], row["overall"]) == ("green", "red", "red")


def test_without_any_side_there_is_no_health() -> None:
    assert _of_project(_facts(baselines=[]))["overall"] == "none"


@pytest.mark.parametrize(
    ("held_on", "colour"),
    [
        (AS_OF, "green"),
        (date(2021, 1, 1), "green"),
        (date(2020, 12, 31), "yellow"),
        (date(2020, 7, 1), "yellow"),
        (date(2020, 6, 30), "red"),
    ],
)
def test_the_relationship_turns_six_and_twelve_months_after_the_last_meeting(
    held_on: date, colour: str
) -> None:
    assert _of_project(_facts(_meeting(held_on)))["relationship"] == colour


def test_a_meeting_at_a_months_end_turns_at_the_shorter_months_end() -> None:
    facts = _facts(_meeting(date(2020, 8, 31)))
    days = [date(2021, 2, 27), date(2021, 2, 28)]
    assert [_of_project(facts, day)["relationship"] for day in days] == ["green", "yellow"]


def test_a_meeting_of_tomorrow_is_none_yet() -> None:
    assert _of_project(_facts(_meeting(DAY_AFTER)))["relationship"] == "none"


@pytest.mark.parametrize(("due", "colour"), [(AS_OF, "green"), (DAY_BEFORE, "yellow"), (None, "green")])
def test_an_overdue_next_step_is_yellow(due: date | None, colour: str) -> None:
    row = _of_project(_facts(_meeting(date(2021, 6, 1), due)))
    assert (row["relationship"], row["next_step_late_on"]) == (colour, due if colour == "yellow" else None)


def test_a_later_meeting_took_up_the_step_of_the_earlier_one() -> None:
    meetings = [_meeting(date(2021, 5, 1), date(2021, 5, 10)), _meeting(date(2021, 6, 1))]
    assert _of_project(_facts(*meetings))["relationship"] == "green"


def test_a_light_set_by_a_person_does_not_improve_the_health() -> None:
    late = step(1, due_on=OPENED)
    facts = _facts(steps=[late], overrides=[override("green", OPENED, LATER)])
    assert _of_project(facts)["schedule"] == "red"


@pytest.mark.parametrize("course", [{"accepted_on": AS_OF}, {"stopped_on": AS_OF}])
def test_the_schedule_of_what_is_over_is_not_judged(course: dict[str, Any]) -> None:
    assert _of_project(_facts(project=course))["schedule"] == "none"


def test_an_agreement_is_as_late_as_its_latest_project() -> None:
    made = quiet_tables(step(1), step(2, project_id=2, due_on=OPENED))
    made["project"].append(made["project"][0] | {"id": 2})
    made["baseline"].append({"id": 2, "project_id": 2, "number": 0, "approved_on": OPENED})
    made["baseline_milestone"][1]["baseline_id"] = 2
    assert _of_agreement(portfolio(**made))["schedule"] == "red"


def test_an_agreement_without_projects_has_no_schedule() -> None:
    made = quiet_tables() | {"project": []}
    assert _of_agreement(portfolio(**made))["schedule"] == "none"


def test_a_joint_agreement_is_judged_by_the_county_met_least_well() -> None:
    made = quiet_tables()
    made["party"].append(party(2, 1, 12))
    made["meeting"] = [{"id": 1} | _meeting(AS_OF), {"id": 2} | _meeting(date(2020, 12, 1), None, 12)]
    row = _of_agreement(portfolio(**made))
    assert (row["relationship"], row["last_met_on"]) == ("yellow", date(2020, 12, 1))


def test_a_county_never_met_does_not_count_for_a_joint_agreement() -> None:
    made = quiet_tables()
    made["party"].append(party(2, 1, 12))
    made["meeting"] = [{"id": 1} | _meeting(AS_OF - timedelta(days=1))]
    assert _of_agreement(portfolio(**made))["relationship"] == "green"


def test_every_agreement_has_one_row() -> None:
    made = quiet_tables()
    made["party"].append(party(2, 1, 12))
    made["meeting"] = [{"id": 1} | _meeting(AS_OF), {"id": 2} | _meeting(AS_OF, None, 12)]
    assert agreement_health(portfolio(**made), AS_OF).height == 1


def test_changed_thresholds_count_for_meetings_too() -> None:
    shorter = {"name": "meeting_yellow_months", "value": 1, "from_on": OPENED}
    assert _of_project(_facts(_meeting(date(2021, 5, 1)), thresholds=[shorter]))["relationship"] == "yellow"

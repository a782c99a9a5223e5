"""The planned start in force: the frozen one from the approval on, the typed one before it."""

from datetime import date, timedelta
from typing import Any

import polars as pl
import pytest

from tests.portfolio.light_facts import light_of, quiet
from tests.portfolio.plan_facts import AS_OF, DAY_AFTER, DAY_BEFORE, Row, approved, step
from tracker.portfolio.figures import figures
from tracker.portfolio.model import Portfolio
from tracker.portfolio.project import planned_starts, projects_as_of

DUE = date(2022, 1, 1)
FIRST_ON, AGAIN_ON = date(2020, 9, 1), date(2021, 2, 1)
FIRST, SECOND, TYPED = date(2020, 12, 1), date(2021, 5, 1), date(2021, 9, 1)
ONE_DAY = timedelta(days=1)


def _frozen(start_on: date | None, number: int = 0, on: date = FIRST_ON) -> Row:
    return {"id": number + 1, "project_id": 1, "number": number, "approved_on": on} | {
        "planned_start_on": start_on
    }


def _facts(*baselines: Row, **project: Any) -> Portfolio:
    """A project that has not started, with TYPED as its typed planned start."""
    frozen = [approved((1, DUE, 10), number=b["number"], on=b["approved_on"]) for b in baselines]
    facts = quiet(
        step(1), baselines=frozen, project={"started_on": None, "planned_start_on": TYPED} | project
    )
    days = pl.Series("planned_start_on", [b["planned_start_on"] for b in baselines], pl.Date)
    return Portfolio("test", 1, facts.facts | {"baseline": facts["baseline"].with_columns(days)})


def _start_on(facts: Portfolio, as_of: date) -> date | None:
    found: date | None = projects_as_of(facts, as_of)["planned_start_on"].item()
    return found


TWICE = (_frozen(FIRST), _frozen(SECOND, 1, AGAIN_ON))


@pytest.mark.parametrize(
    ("as_of", "start_on"),
    [
        (FIRST_ON - ONE_DAY, TYPED),
        (FIRST_ON, FIRST),
        (AGAIN_ON - ONE_DAY, FIRST),
        (AGAIN_ON, SECOND),
        (AS_OF, SECOND),
    ],
)
def test_the_start_in_force_is_that_of_the_baseline_in_force(as_of: date, start_on: date) -> None:
    assert _start_on(_facts(*TWICE), as_of) == start_on


def test_what_was_typed_stands_beside_it() -> None:
    assert projects_as_of(_facts(*TWICE), AS_OF)["typed_start_on"].item() == TYPED


def test_without_an_approved_plan_the_typed_start_counts() -> None:
    assert _start_on(_facts(), AS_OF) == TYPED


def test_a_plan_approved_without_a_start_has_none_whatever_is_typed_later() -> None:
    assert _start_on(_facts(_frozen(None)), AS_OF) is None


def test_a_start_can_be_approved_away() -> None:
    facts = _facts(_frozen(FIRST), _frozen(None, 1, AGAIN_ON))
    assert (_start_on(facts, AGAIN_ON - ONE_DAY), _start_on(facts, AGAIN_ON)) == (FIRST, None)


def test_of_two_approvals_of_one_day_the_newer_counts() -> None:
    assert _start_on(_facts(_frozen(FIRST), _frozen(SECOND, 1, FIRST_ON)), FIRST_ON) == SECOND


def test_starts_alone_are_those_of_the_projects() -> None:
    facts = _facts(*TWICE)
    assert planned_starts(facts, AGAIN_ON)["planned_start_on"].to_list() == [SECOND]


@pytest.mark.parametrize(
    ("frozen", "light"),
    [
        (DAY_AFTER, "green"),
        (AS_OF, "green"),
        (DAY_BEFORE, "yellow"),
        (date(2021, 4, 1), "yellow"),
        (date(2021, 3, 31), "red"),
    ],
)
def test_moving_the_typed_start_after_the_approval_leaves_the_light(frozen: date, light: str) -> None:
    found = light_of(_facts(_frozen(frozen)))
    assert (found["light_start"], found["planned_start_on"]) == (light, frozen)


@pytest.mark.parametrize(("as_of", "light"), [(AGAIN_ON - ONE_DAY, "yellow"), (AGAIN_ON, "green")])
def test_a_rebaseline_turns_the_light_from_its_day_on(as_of: date, light: str) -> None:
    assert light_of(_facts(*TWICE), as_of)["light_start"] == light


@pytest.mark.parametrize(
    ("as_of", "due"),
    [(FIRST - ONE_DAY, 0), (FIRST, 1), (AGAIN_ON - ONE_DAY, 1), (AGAIN_ON, 0), (SECOND, 1)],
)
def test_the_due_start_rate_of_a_past_day_does_not_move_with_the_typed_start(as_of: date, due: int) -> None:
    assert figures(_facts(*TWICE), as_of)["projects_due"].item() == due

"""Dates follow from the dependencies of the day: agreed by it, and not lifted by it."""

from datetime import date

import polars as pl
import pytest

from tests.portfolio.plan_facts import step, tables
from tests.portfolio.timeline_facts import portfolio
from tracker.portfolio.model import Portfolio
from tracker.portfolio.propagation import blocked_ids, propagated

AGREED, LIFTED = date(2021, 2, 1), date(2021, 5, 1)
OWN, FOLLOWING = date(2021, 9, 1), date(2021, 10, 6)
EDGES = [
    (date(2021, 1, 31), False),
    (AGREED, True),
    (date(2021, 4, 30), True),
    (LIFTED, False),
]


def _facts() -> Portfolio:
    """The second milestone waits for the first, five days after it, for three months."""
    steps = [step(1, due_on=date(2021, 10, 1)), step(2, due_on=OWN)]
    link = {"id": 1, "predecessor_id": 1, "successor_id": 2, "kind": "FS", "lag_days": 5}
    days = {"in_working_days": False, "agreed_on": AGREED, "lifted_on": LIFTED}
    return portfolio(**(tables(steps, [], []) | {"dependency": [link | days]}))


@pytest.mark.parametrize(("as_of", "holds"), EDGES)
def test_a_date_follows_on_the_days_on_which_the_dependency_holds(as_of: date, holds: bool) -> None:
    second = propagated(_facts(), as_of).filter(pl.col("milestone_id") == 2)
    assert second["propagated_finish_on"].item() == (FOLLOWING if holds else OWN)


@pytest.mark.parametrize(("as_of", "holds"), EDGES)
def test_a_milestone_is_blocked_on_the_days_on_which_the_dependency_holds(as_of: date, holds: bool) -> None:
    assert blocked_ids(_facts(), as_of).to_list() == ([2] if holds else [])


def test_the_order_in_which_days_are_asked_for_does_not_matter() -> None:
    facts = _facts()
    asked = {day: blocked_ids(facts, day).to_list() for day, _ in reversed(EDGES)}
    assert asked == {day: ([2] if holds else []) for day, holds in EDGES}

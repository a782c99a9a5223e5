"""Slips in working days beside calendar days, by hand."""

from datetime import date

import pytest

from tests.portfolio.plan_facts import approved, step, tables
from tests.portfolio.timeline_facts import portfolio
from tracker.portfolio.working_slip import working_slips

APPROVED = date(2021, 1, 4)


@pytest.mark.parametrize(
    ("met_on", "days", "working"),
    [
        (date(2021, 9, 30), 0, 0),
        (date(2021, 10, 8), 8, 1),  # the week of the National Day between
        (date(2021, 10, 9), 9, 2),  # a Saturday that is made up for
        (date(2021, 9, 29), -1, -1),
        (date(2021, 9, 25), -5, -5),  # a Saturday; Sunday the 26th is made up for
    ],
)
def test_a_slip_counts_working_days_with_its_sign(met_on: date, days: int, working: int) -> None:
    due = date(2021, 9, 30)
    facts = portfolio(
        **tables([step(1, due_on=due, met_on=met_on)], [approved((1, due, 10), on=APPROVED)], [])
    )
    row = working_slips(facts, date(2021, 12, 31), 1).row(0, named=True)
    assert (row["slip_original_days"], row["working_original_days"]) == (days, working)


def test_both_slips_are_counted() -> None:
    first, second = date(2021, 9, 30), date(2021, 10, 8)
    plans = [approved((1, first, 10), on=APPROVED), approved((1, second, 10), number=1, on=date(2021, 6, 1))]
    facts = portfolio(**tables([step(1, due_on=second, met_on=date(2021, 10, 11))], plans, []))
    row = working_slips(facts, date(2021, 12, 31), 1).row(0, named=True)
    assert (row["working_original_days"], row["working_current_days"]) == (3, 2)


def test_without_an_approved_plan_there_is_no_slip() -> None:
    facts = portfolio(**tables([step(1)], [], []))
    row = working_slips(facts, date(2021, 12, 31), 1).row(0, named=True)
    assert (row["working_original_days"], row["working_current_days"]) == (None, None)


@pytest.mark.parametrize(("due", "is_provisional"), [(date(2026, 12, 31), False), (date(2027, 1, 1), True)])
def test_a_year_without_a_notice_makes_a_slip_provisional(due: date, *, is_provisional: bool) -> None:
    facts = portfolio(**tables([step(1, due_on=due)], [approved((1, due, 10), on=APPROVED)], []))
    assert working_slips(facts, date(2026, 6, 1), 1)["is_provisional"].to_list() == [is_provisional]

"""D8 and D9 on single milestones: credits, steps, shares."""

from datetime import date, timedelta

import polars as pl
import pytest

from tracker.rules.progress import actual_credit, planned_credit, share

AS_OF = date(2021, 6, 30)
BEFORE, AFTER = AS_OF - timedelta(days=1), AS_OF + timedelta(days=1)


def _credit(**values: object) -> int:
    schema = {"met_on": pl.Date, "credited_on": pl.Date, "credit_percent": pl.Int64}
    frame = pl.DataFrame([dict.fromkeys(schema) | values], schema=schema)
    return int(frame.select(actual_credit(AS_OF)).item())


@pytest.mark.parametrize(
    ("values", "credit"),
    [
        ({}, 0),
        ({"met_on": AS_OF}, 100),
        ({"met_on": AFTER}, 0),
        ({"credited_on": AS_OF, "credit_percent": 1}, 1),
        ({"credited_on": AS_OF, "credit_percent": 99}, 99),
        ({"credited_on": AFTER, "credit_percent": 99}, 0),
        ({"credited_on": BEFORE, "credit_percent": 50, "met_on": AS_OF}, 100),
    ],
)
def test_a_milestone_earns_its_credit_by_the_day(values: dict[str, object], credit: int) -> None:
    assert _credit(**values) == credit


@pytest.mark.parametrize(("due", "credit"), [(BEFORE, 100), (AS_OF, 0), (AFTER, 0), (None, 0)])
def test_the_plan_takes_its_step_after_the_due_day(due: date | None, credit: int) -> None:
    frame = pl.DataFrame({"baseline_due_on": [due]}, schema={"baseline_due_on": pl.Date})
    assert frame.select(planned_credit(pl.lit(AS_OF))).item() == credit


@pytest.mark.parametrize(
    ("part", "whole", "expected"), [(0, 0, None), (0, 100, 0.0), (1, 3, 1 / 3), (5, 5, 1.0)]
)
def test_a_share_of_nothing_is_blank(part: int, whole: int, expected: float | None) -> None:
    assert pl.DataFrame({"a": [part], "b": [whole]}).select(share("a", "b")).item() == expected


def test_the_largest_plan_stays_exact() -> None:
    """500 milestones of the largest weight, in hundredths, are far from where integers would turn floats."""
    frame = pl.DataFrame(
        {"met_on": [AS_OF] * 500, "credited_on": [None] * 500, "credit_percent": [None] * 500}
    )
    typed = frame.cast({"credited_on": pl.Date, "credit_percent": pl.Int64})
    assert typed.select((pl.lit(10_000) * actual_credit(AS_OF)).sum()).item() == 500_000_000

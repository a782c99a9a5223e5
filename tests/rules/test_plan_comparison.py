"""Two plans side by side: days moved with their sign, what came and went, and what the ends say."""

from datetime import date, timedelta
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.rules.plan_comparison import PLAN_SCHEMA, compared, totals

DUE = date(2020, 9, 1)


def _line(number: int = 1, **values: Any) -> dict[str, Any]:
    known = {"milestone_id": number, "start_on": None, "due_on": DUE, "weight": 10}
    return known | {"is_key": False, "is_gate": False} | values


def _plan(*lines: dict[str, Any]) -> pl.DataFrame:
    return pl.DataFrame(list(lines), schema=PLAN_SCHEMA)


def _row(before: pl.DataFrame, after: pl.DataFrame) -> dict[str, Any]:
    return compared(before, after).row(0, named=True)


@pytest.mark.parametrize(
    ("later", "days"),
    [
        (date(2020, 9, 1), 0),
        (date(2020, 9, 2), 1),
        (date(2020, 8, 31), -1),
        (date(2021, 9, 1), 365),
        (date(2020, 2, 29), -185),
        (date(2021, 3, 1), 181),
    ],
)
def test_days_moved_are_signed_calendar_days(later: date, days: int) -> None:
    assert _row(_plan(_line()), _plan(_line(due_on=later)))["due_days"] == days


@pytest.mark.parametrize("change", [{"due_on": None}, {"due_on": None, "weight": 3}])
def test_a_day_that_one_side_lacks_moved_by_no_number_of_days(change: dict[str, Any]) -> None:
    row = _row(_plan(_line()), _plan(_line(**change)))
    assert (row["due_days"], row["difference"]) == (None, "changed")


@pytest.mark.parametrize(
    "change",
    [{"start_on": DUE}, {"due_on": DUE + timedelta(1)}, {"weight": 11}, {"is_key": True}, {"is_gate": True}],
)
def test_each_frozen_value_counts_as_a_change(change: dict[str, Any]) -> None:
    assert _row(_plan(_line()), _plan(_line(**change)))["difference"] == "changed"


def test_a_milestone_only_the_newer_plan_holds_was_added() -> None:
    row = _row(_plan(), _plan(_line()))
    assert (row["difference"], row["weight_before"], row["weight_after"]) == ("added", None, 10)


def test_a_milestone_only_the_older_plan_holds_was_removed() -> None:
    row = _row(_plan(_line()), _plan())
    assert (row["difference"], row["due_on_before"], row["due_on_after"]) == ("removed", DUE, None)


def test_a_milestone_without_any_day_is_kept_when_nothing_differs() -> None:
    undated = _plan(_line(due_on=None))
    assert _row(undated, undated)["difference"] == "kept"


def test_totals_worked_by_hand() -> None:
    before = _plan(_line(1, weight=30), _line(2, weight=40), _line(3, weight=30, due_on=date(2021, 1, 31)))
    after = _plan(_line(1, weight=30), _line(2, due_on=date(2021, 3, 2), weight=50), _line(4, weight=20))
    found = totals(compared(before, after))
    assert (found.kept, found.changed, found.added, found.removed) == (1, 1, 1, 1)
    assert (found.weight_before, found.weight_after) == (100, 100)
    assert (found.finish_before, found.finish_after) == (date(2021, 1, 31), date(2021, 3, 2))
    assert found.finish_days == 30


def test_an_empty_plan_has_no_end_to_compare() -> None:
    assert totals(compared(_plan(), _plan(_line()))).finish_days is None


_LINES = st.builds(
    _line,
    st.integers(1, 6),
    start_on=st.none() | st.dates(date(2020, 1, 1), DUE),
    due_on=st.none() | st.dates(DUE, date(2022, 1, 1)),
    weight=st.integers(0, 100),
    is_gate=st.booleans(),
)
_PLANS = st.lists(_LINES, max_size=6, unique_by=lambda line: line["milestone_id"]).map(lambda ls: _plan(*ls))


@given(_PLANS)
def test_a_plan_compared_with_itself_is_unchanged(plan: pl.DataFrame) -> None:
    assert set(compared(plan, plan)["difference"]) <= {"kept"}


@given(_PLANS, _PLANS)
def test_comparing_the_other_way_round_turns_every_sign(one: pl.DataFrame, other: pl.DataFrame) -> None:
    there, back = (compared(a, b).sort("milestone_id") for a, b in ((one, other), (other, one)))
    assert there["due_days"].to_list() == [d if d is None else -d for d in back["due_days"]]


@given(_PLANS, _PLANS, st.randoms())
def test_the_order_of_rows_does_not_matter(one: pl.DataFrame, other: pl.DataFrame, chance: Any) -> None:
    mixed = one.sample(fraction=1, shuffle=True, seed=chance.randint(0, 99))
    assert totals(compared(mixed, other)) == totals(compared(one, other))

"""How often an expected day changed: by forecast and by re-baseline, a day at a time."""

from datetime import date

import pytest

from tests.portfolio.plan_facts import Row, approved, step, tables
from tests.portfolio.timeline_facts import portfolio
from tracker.portfolio.moves import moves_by

DUE, LATER, LATEST = date(2021, 6, 10), date(2021, 7, 1), date(2021, 8, 1)
ON = [date(2021, 5, day) for day in (1, 2, 3)]


def _moves(
    *forecasts: tuple[date, date | None], baselines: list[Row] | None = None, as_of: date = LATEST
) -> int:
    facts = tables(
        [step(1, due_on=DUE)], baselines if baselines is not None else [approved((1, DUE, 10))], []
    )
    facts["forecast_change"] = [
        {"id": i, "milestone_id": 1, "changed_on": on, "new_on": to, "reason_code": "county"}
        for i, (on, to) in enumerate(forecasts, start=1)
    ]
    counted = moves_by(portfolio(**facts), as_of)
    return counted["moves"].sum()


@pytest.mark.parametrize(
    ("forecasts", "moves"),
    [
        ([], 0),
        ([(ON[0], LATER)], 1),
        ([(ON[0], DUE)], 0),
        ([(ON[0], LATER), (ON[1], LATEST)], 2),
        ([(ON[0], LATER), (ON[1], None)], 2),
        ([(ON[0], LATER), (ON[0], LATEST)], 1),
        ([(ON[0], LATER), (ON[1], DUE), (ON[2], LATER)], 3),
    ],
)
def test_each_day_on_which_the_expected_day_changed_is_a_move(
    forecasts: list[tuple[date, date | None]], moves: int
) -> None:
    assert _moves(*forecasts) == moves


@pytest.mark.parametrize(("as_of", "moves"), [(ON[0], 1), (ON[1], 2)])
def test_what_moves_later_is_not_known_yet(as_of: date, moves: int) -> None:
    assert _moves((ON[0], LATER), (ON[1], LATEST), as_of=as_of) == moves


def test_a_rebaseline_is_a_move() -> None:
    later = [approved((1, DUE, 10)), approved((1, LATER, 10), number=1, on=ON[0])]
    assert _moves(baselines=later) == 1


def test_a_rebaseline_below_a_forecast_moves_nothing() -> None:
    later = [approved((1, DUE, 10)), approved((1, LATER, 10), number=1, on=ON[1])]
    assert _moves((ON[0], LATEST), baselines=later) == 1


def test_the_first_approval_is_no_move() -> None:
    assert _moves(baselines=[approved((1, LATER, 10), on=ON[0])]) == 0


def test_a_forecast_of_a_plan_that_nobody_approved_moves() -> None:
    assert _moves((ON[0], LATER), baselines=[]) == 1

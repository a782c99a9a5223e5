"""D10 by hand: shares of projects pooled alike and by amount, with their coverage."""

from datetime import date
from typing import Any

import pytest

from tests.portfolio.timeline_facts import (
    AS_OF,
    DIVISIONS,
    SUMMIT,
    agreement,
    milestone,
    party,
    portfolio,
    project,
)
from tracker.portfolio.figures import Grouping, WeighBy, figures
from tracker.portfolio.model import Portfolio

BEFORE, AFTER = date(2021, 6, 29), date(2021, 7, 1)
LILING, NAN, XIXIU = 11, 12, 21


def _facts(*amounts: dict[str, Any], projects: tuple[dict[str, Any], ...]) -> Portfolio:
    """Agreements with these amounts, and projects of two equal steps: `met` and `due` of them by AS_OF."""
    steps, frozen, plans = [], [], []
    for number, made in enumerate(projects, start=1):
        for turn in (0, 1):
            step_id = 2 * number + turn
            due = BEFORE if turn < made.get("due", 1) else AFTER
            met = AS_OF if turn < made.get("met", 0) else None
            steps.append(milestone(step_id, number, due, met_on=met))
            kept = {"milestone_id": step_id, "baseline_id": number, "due_on": due, "is_gate": False}
            frozen.append(kept | {"id": step_id, "weight": made.get("weight", 50)})
        if made.get("planned", True):
            plans.append({"id": number, "project_id": number, "number": 0, "approved_on": SUMMIT})
    return portfolio(
        division=DIVISIONS,
        agreement=[agreement(i, currency="CNY") | a for i, a in enumerate(amounts, start=1)],
        party=[party(i, i, LILING) for i in range(1, len(amounts) + 1)],
        project=[
            project(i, p.get("of", 1), p.get("place", LILING), stopped_on=p.get("stopped_on"))
            for i, p in enumerate(projects, start=1)
        ],
        milestone=steps,
        baseline=plans,
        baseline_milestone=frozen,
    )


def _pooled(facts: Portfolio, weigh_by: WeighBy = WeighBy.equal) -> tuple[Any, ...]:
    row = figures(facts, AS_OF, weigh_by=weigh_by).row(0, named=True)
    return row["actual"], row["planned"], row["projects_covered"], row["projects_unweighed"]


def test_projects_count_alike_unless_asked_otherwise() -> None:
    facts = _facts({"amount_cents": 300}, {"amount_cents": 100}, projects=({"met": 2}, {"of": 2}))
    assert _pooled(facts) == (0.5, 0.5, 2, 0)


def test_by_amount_a_project_weighs_what_its_agreement_is_worth() -> None:
    facts = _facts({"amount_cents": 300}, {"amount_cents": 100}, projects=({"met": 2}, {"of": 2}))
    assert _pooled(facts, WeighBy.amount) == (0.75, 0.5, 2, 0)


def test_an_agreements_amount_is_split_evenly_over_its_projects() -> None:
    projects = ({"met": 2}, {}, {"of": 2})
    facts = _facts({"amount_cents": 300}, {"amount_cents": 150}, projects=projects)
    assert _pooled(facts, WeighBy.amount)[0] == pytest.approx(1 / 3)


def test_a_project_without_a_plan_takes_its_part_of_the_amount_all_the_same() -> None:
    projects = ({"met": 2}, {"planned": False}, {"of": 2})
    facts = _facts({"amount_cents": 300}, {"amount_cents": 150}, projects=projects)
    assert _pooled(facts, WeighBy.amount) == (0.5, 0.5, 2, 0)


@pytest.mark.parametrize("amount", [{}, {"amount_cents": 0}, {"amount_cents": 100, "currency": "USD"}])
def test_without_an_amount_in_yuan_it_is_left_out_and_told(amount: dict[str, Any]) -> None:
    facts = _facts({"amount_cents": 100}, amount, projects=({"met": 1}, {"of": 2, "met": 2}))
    assert _pooled(facts, WeighBy.amount) == (0.5, 0.5, 1, 1)


def test_with_no_amount_at_all_progress_is_blank() -> None:
    assert _pooled(_facts({}, projects=({"met": 2},)), WeighBy.amount) == (None, None, 0, 1)


@pytest.mark.parametrize("left_out", [{"planned": False}, {"stopped_on": BEFORE}, {"weight": 0}])
def test_only_running_projects_with_a_plan_of_some_weight_are_covered(left_out: dict[str, Any]) -> None:
    facts = _facts({"amount_cents": 100}, projects=({"met": 1}, {"met": 2} | left_out))
    assert _pooled(facts) == (0.5, 0.5, 1, 0)


def test_a_mean_is_never_taken_of_means() -> None:
    projects = ({"met": 2}, {"place": NAN}, {"place": NAN}, {"place": NAN})
    assert _pooled(_facts({}, projects=projects))[0] == 0.25


def test_deviation_is_actual_minus_planned_and_may_be_either() -> None:
    ahead, behind = (
        figures(_facts({}, projects=({"met": m, "due": d},)), AS_OF)["deviation"].item()
        for m, d in ((2, 1), (0, 1))
    )
    assert (ahead, behind) == (0.5, -0.5)


def test_spi_of_many_is_pooled_too() -> None:
    facts = _facts({}, projects=({"met": 1, "due": 2}, {"met": 1, "due": 1}))
    assert figures(facts, AS_OF)["spi"].item() == pytest.approx(1 / 1.5)


def test_spi_is_blank_while_nothing_is_planned() -> None:
    assert figures(_facts({}, projects=({"met": 1, "due": 0},)), AS_OF)["spi"].item() is None


def test_no_amount_is_too_large_to_be_summed() -> None:
    rich = {"amount_cents": 10**17}
    actual = _pooled(_facts(rich, rich, projects=({"met": 2}, {"of": 2})), WeighBy.amount)[0]
    assert actual == pytest.approx(0.5)


def test_a_project_weighs_the_same_for_a_person_who_sees_one_county() -> None:
    projects = ({"met": 2}, {"place": NAN}, {"of": 2})
    facts = _facts({"amount_cents": 300}, {"amount_cents": 150}, projects=projects)
    seen = facts.within(frozenset({LILING}))
    assert figures(seen, AS_OF, Grouping.county, WeighBy.amount).filter(key=LILING)["actual"].item() == 0.5

"""D5 by hand: gates as the baseline froze them, met, and with evidence."""

from datetime import date

import pytest

from tests.portfolio.plan_facts import AS_OF, DAY_AFTER, DAY_BEFORE, Row, approved, step, tables
from tests.portfolio.timeline_facts import portfolio
from tracker.portfolio.milestone import milestones_as_of
from tracker.portfolio.project import projects_as_of

LATER, MAY = date(2022, 1, 1), date(2021, 5, 1)
PROVEN: Row = {"evidence_witness": "副县长"}


def _landed(
    steps: list[Row],
    *gates: set[int],
    approvals: tuple[date, ...] = (MAY, DAY_BEFORE),
    documents: list[Row] | None = None,
    as_of: date = AS_OF,
) -> tuple[int, int, date | None]:
    """gates, gates_met and landed_on, with one baseline for each set of milestones marked in it."""
    ids = [s["id"] for s in steps]
    plans = [
        approved(*((i, LATER, 10) for i in ids), number=n, on=on)
        for n, (_, on) in enumerate(zip(gates, approvals, strict=False))
    ]
    facts = tables(steps, plans, [])
    for frozen in facts["baseline_milestone"]:
        frozen["is_gate"] = frozen["milestone_id"] in gates[frozen["baseline_id"] - 1]
    row = projects_as_of(portfolio(**facts, document=documents or []), as_of).row(0, named=True)
    return row["gates"], row["gates_met"], row["landed_on"]


def test_a_project_lands_on_the_day_the_last_gate_is_met() -> None:
    steps = [step(1, met_on=MAY, **PROVEN), step(2, met_on=DAY_BEFORE, **PROVEN), step(3)]
    assert _landed(steps, {1, 2}) == (2, 2, DAY_BEFORE)


def test_one_gate_open_keeps_it_from_landing() -> None:
    assert _landed([step(1, met_on=MAY, **PROVEN), step(2)], {1, 2}) == (2, 1, None)


def test_a_gate_met_tomorrow_is_open_today() -> None:
    assert _landed([step(1, met_on=DAY_AFTER, **PROVEN)], {1}) == (1, 0, None)


def test_a_gate_met_in_part_is_open() -> None:
    steps = [step(1, credit_percent=99, credited_on=MAY, **PROVEN)]
    assert _landed(steps, {1}) == (1, 0, None)


def test_without_gates_a_project_cannot_land() -> None:
    assert _landed([step(1, met_on=MAY, **PROVEN)], set()) == (0, 0, None)


def test_without_an_approved_plan_no_gate_is_frozen() -> None:
    assert _landed([step(1, is_gate=True, met_on=MAY, **PROVEN)]) == (0, 0, None)


def test_a_mark_made_after_the_approval_does_not_count_yet() -> None:
    steps = [step(1, met_on=MAY, **PROVEN), step(2, is_gate=True)]
    assert _landed(steps, {1}) == (1, 1, MAY)


def test_the_marks_of_the_baseline_in_force_decide() -> None:
    steps = [step(1, met_on=MAY, **PROVEN), step(2)]
    assert (_landed(steps, {1}, {1, 2}), _landed(steps, {1, 2}, {1})) == ((2, 1, None), (1, 1, MAY))


def test_a_cancelled_gate_does_not_hold_it_up() -> None:
    steps = [step(1, met_on=MAY, **PROVEN), step(2, cancelled_on=AS_OF)]
    assert _landed(steps, {1, 2}) == (1, 1, MAY)


def test_with_every_gate_cancelled_it_has_none_and_cannot_land() -> None:
    assert _landed([step(1, met_on=MAY, cancelled_on=AS_OF, **PROVEN)], {1}) == (0, 0, None)


@pytest.mark.parametrize(
    ("told", "documents", "proven"),
    [
        ({}, [], False),
        ({"evidence_link": "", "evidence_witness": ""}, [], False),
        ({"evidence_note": "口头说明"}, [], False),
        ({"evidence_link": "https://example.org/1"}, [], True),
        ({"evidence_witness": "县长"}, [], True),
        ({}, [{"id": 1, "milestone_id": 1, "kind": "evidence"}], True),
        ({}, [{"id": 1, "milestone_id": 1, "kind": "other"}], False),
        ({}, [{"id": 1, "milestone_id": 2, "kind": "evidence"}], False),
    ],
)
def test_a_gate_needs_a_file_a_link_or_a_witness(told: Row, documents: list[Row], proven: bool) -> None:
    steps = [step(1, met_on=MAY, **told)]
    assert _landed(steps, {1}, documents=documents) == (1, int(proven), MAY if proven else None)


def test_has_evidence_is_told_of_every_milestone() -> None:
    facts = tables([step(1, **PROVEN), step(2)], [], [])
    assert milestones_as_of(portfolio(**facts), AS_OF)["has_evidence"].to_list() == [True, False]

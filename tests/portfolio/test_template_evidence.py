"""What past projects of a template show, worked by hand: days from the anchor, landing, reasons of slips."""

from datetime import date, timedelta
from typing import Any

import pytest

from tests.portfolio.timeline_facts import agreement, party, portfolio, project
from tracker.portfolio.model import Portfolio
from tracker.portfolio.template_evidence import template_evidence
from tracker.rules.template_evidence import StepEvidence, TemplateEvidence

ANCHOR, AS_OF = date(2020, 7, 17), date(2021, 6, 30)
Row = dict[str, Any]


def _facts(projects: list[Row], milestones: list[Row], **more: list[Row]) -> Portfolio:
    """Projects from template 1, which has editions 1 and 2; edition 3 is another template's."""
    return portfolio(
        agreement=[agreement(1)],
        party=[party(1, 1, 11)],
        plan_template_version=[
            {"id": 1, "template_id": 1, "number": 1},
            {"id": 2, "template_id": 1, "number": 2},
            {"id": 3, "template_id": 2, "number": 1},
        ],
        project=projects,
        milestone=milestones,
        **more,
    )


def _project(number: int, **changes: Any) -> Row:
    return project(number, 1, 11, template_version_id=1, anchor_on=ANCHOR) | changes


def _step(number: int, project_id: int, days: int | None, **changes: Any) -> Row:
    """A milestone of step 1, met so many days after the anchor."""
    met_on = None if days is None else ANCHOR + timedelta(days=days)
    known = {"id": number, "project_id": project_id, "position": 1, "name": "启动会", "weight": 10}
    marks = {"is_key": False, "is_gate": False, "due_on": date(2020, 9, 1)}
    return known | marks | {"met_on": met_on, "template_milestone_id": 1} | changes


def _evidence(facts: Portfolio, as_of: date = AS_OF) -> TemplateEvidence:
    """Step 1 of edition 1 and step 11 of edition 2 are one and the same; step 2 is another."""
    return template_evidence(facts, as_of, 1, {1: 0, 11: 0, 2: 1})


def _met(*days: int | None) -> Portfolio:
    numbers = range(1, len(days) + 1)
    return _facts(
        [_project(n) for n in numbers], [_step(n, n, d) for n, d in zip(numbers, days, strict=True)]
    )


@pytest.mark.parametrize(
    ("days", "median", "low", "high"),
    [
        ((30,), 30, 30, 30),
        ((30, 40), 35, 32.5, 37.5),
        ((10, 20, 60), 20, 15, 40),
        ((10, 20, 30, 100), 25, 17.5, 47.5),
        ((0, 0, 0, 0), 0, 0, 0),
        ((-5, 5, 15), 5, 0, 10),
    ],
)
def test_median_and_quarters_of_the_days_from_the_anchor(
    days: tuple[int, ...], median: float, low: float, high: float
) -> None:
    step = _evidence(_met(*days)).steps[0]
    assert (step.median_days, step.low_days, step.high_days) == (median, low, high)


def test_what_nobody_met_has_no_median_but_its_projects() -> None:
    step = _evidence(_met(None, None)).steps[0]
    assert (step.median_days, step.met, step.projects) == (None, 0, 2)


def test_met_stands_beside_how_many_had_it_to_meet() -> None:
    step = _evidence(_met(30, 40, None)).steps[0]
    assert (step.met, step.projects) == (2, 3)


def test_a_milestone_met_on_the_day_counts_and_one_met_the_day_after_does_not() -> None:
    late = (AS_OF - ANCHOR).days
    assert [_evidence(_met(late + more)).steps[0].met for more in (0, 1)] == [1, 0]


def test_a_cancelled_milestone_is_left_out() -> None:
    facts = _facts([_project(1)], [_step(1, 1, None, cancelled_on=AS_OF)])
    assert _evidence(facts).steps[0] == StepEvidence()


def test_editions_share_the_evidence_of_one_step() -> None:
    facts = _facts(
        [_project(1), _project(2, template_version_id=2)],
        [_step(1, 1, 30), _step(2, 2, 50, template_milestone_id=11)],
    )
    assert _evidence(facts).steps[0].median_days == 40


def test_projects_of_another_template_do_not_count() -> None:
    facts = _facts([_project(1, template_version_id=3)], [_step(1, 1, 30)])
    assert (_evidence(facts).projects, _evidence(facts).steps[0].projects) == (0, 0)


def test_a_project_opened_later_is_not_yet_past() -> None:
    facts = _facts([_project(1, opened_on=AS_OF + timedelta(days=1))], [_step(1, 1, 30)])
    assert _evidence(facts).projects == 0


def test_a_milestone_added_by_hand_belongs_to_no_step() -> None:
    facts = _facts([_project(1)], [_step(1, 1, 30, template_milestone_id=None)])
    assert _evidence(facts).steps[0].met == 0


def _landed(*marks: bool) -> Portfolio:
    """One project per mark, each with a gate in its baseline; the marked ones met it, with a witness."""
    numbers = range(1, len(marks) + 1)
    steps = [
        _step(n, n, 30 if mark else None, is_gate=True, evidence_witness="县长" if mark else None)
        for n, mark in zip(numbers, marks, strict=True)
    ]
    frozen = {"due_on": date(2020, 9, 1), "weight": 10, "is_key": False, "is_gate": True}
    return _facts(
        [_project(n) for n in numbers],
        steps,
        baseline=[{"id": n, "project_id": n, "number": 0, "approved_on": ANCHOR} for n in numbers],
        baseline_milestone=[{"id": n, "baseline_id": n, "milestone_id": n} | frozen for n in numbers],
    )


@pytest.mark.parametrize(("marks", "landed"), [((), 0), ((False,), 0), ((True, False, True), 2)])
def test_the_landing_rate_counts_landed_of_all(marks: tuple[bool, ...], landed: int) -> None:
    found = _evidence(_landed(*marks))
    assert (found.landed, found.projects) == (landed, len(marks))


def test_a_stopped_project_stays_in_the_landing_rate() -> None:
    assert _evidence(_facts([_project(1, stopped_on=AS_OF)], [])).projects == 1


def _moved(*changes: tuple[str, date | None, date | None]) -> Portfolio:
    """One project whose only milestone, due on 1 September, has these (reason, old, new) forecasts."""
    moves = [
        {"id": n, "milestone_id": 1, "changed_on": date(2020, 8, 1), "old_on": old, "new_on": new}
        | {"reason_code": reason}
        for n, (reason, old, new) in enumerate(changes, start=1)
    ]
    return _facts([_project(1)], [_step(1, 1, None)], forecast_change=moves)


SEPTEMBER, OCTOBER, NOVEMBER = date(2020, 9, 1), date(2020, 10, 1), date(2020, 11, 1)


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ((), ("", 0, 0)),
        ((("county", None, OCTOBER),), ("county", 1, 1)),
        ((("county", None, SEPTEMBER),), ("", 0, 0)),
        ((("county", OCTOBER, SEPTEMBER),), ("", 0, 0)),
        ((("county", OCTOBER, None),), ("", 0, 0)),
        ((("weather", None, OCTOBER), ("county", OCTOBER, NOVEMBER)), ("county", 1, 2)),
        (
            (("weather", None, OCTOBER), ("weather", OCTOBER, NOVEMBER), ("county", SEPTEMBER, OCTOBER)),
            ("weather", 2, 3),
        ),
    ],
)
def test_the_most_common_reason_is_that_of_moves_to_a_later_day(
    changes: tuple[tuple[str, date | None, date | None], ...], told: tuple[str, int, int]
) -> None:
    found = _evidence(_moved(*changes))
    assert (found.reason, found.reason_count, found.moves) == told
    assert (found.steps[0].reason, found.steps[0].reason_count, found.steps[0].moves) == told


def test_a_move_told_later_is_not_known_yet() -> None:
    assert _evidence(_moved(("county", None, OCTOBER)), date(2020, 7, 31)).moves == 0


@pytest.mark.parametrize(
    ("days", "offset"), [((10, 20), None), ((10, 20, 30), 20), ((10, 20, 31, 40), 26), ((-9, -8, -7), 0)]
)
def test_an_offset_needs_three_projects_and_is_in_whole_days(
    days: tuple[int, ...], offset: int | None
) -> None:
    assert _evidence(_met(*days)).offset_days[0] == offset


def test_an_offer_says_how_many_steps_and_projects_it_rests_on() -> None:
    found = _evidence(_met(10, 20, 30, 40))
    assert (found.offered, found.fewest_met) == (1, 4)


def test_the_order_of_rows_does_not_matter() -> None:
    projects, steps = [_project(n) for n in (1, 2, 3)], [_step(n, n, n * 10) for n in (1, 2, 3)]
    assert _evidence(_facts(projects, steps)) == _evidence(_facts(projects[::-1], steps[::-1]))

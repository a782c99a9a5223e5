"""What if, by hand: what a shift or dropped work does to lights, terms, finishes and landings later."""

from datetime import date, timedelta
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.portfolio.test_propagation import joined, networks
from tests.portfolio.timeline_facts import AS_OF, DIVISIONS, SUMMIT, agreement, milestone, party, portfolio
from tracker.portfolio.expected import courses_ahead, finishes_ahead, finishes_changed
from tracker.portfolio.light import lights_as_of
from tracker.portfolio.model import Portfolio
from tracker.portfolio.propagation import dependency_network, followed
from tracker.portfolio.what_if import Supposed, WhatIf, what_if
from tracker.rules.working_day import LAST_DAY, WorkingCalendar

Row = dict[str, Any]
LOOK = date(2021, 9, 30)
# Ten of a hundred points: due one after the other from July on.
DAYS = [date(2021, 7, 10), date(2021, 8, 10), date(2021, 9, 10), date(2021, 12, 10)]


def project(number: int, **changes: Any) -> Row:
    """A project of 醴陵市 that started at the summit and belongs to unit 1."""
    known = {"id": number, "agreement_id": 1, "division_id": 11, "pillar_id": 2, "unit_id": 1}
    return known | {"name": f"P{number}", "opened_on": SUMMIT, "started_on": SUMMIT} | changes


def facts(projects: list[Row], steps: list[Row], links: list[Row] | None = None, **others: Any) -> Portfolio:
    """Every project has an approved plan of its milestones; the agreement runs until 16 July 2023."""
    baselines = [{"id": p["id"], "project_id": p["id"], "number": 0, "approved_on": SUMMIT} for p in projects]
    frozen = [
        {"id": s["id"], "baseline_id": s["project_id"], "milestone_id": s["id"]}
        | {name: s[name] for name in ("due_on", "weight", "is_key", "is_gate")}
        for s in steps
    ]
    tables = {
        "division": DIVISIONS,
        "agreement": [agreement(1)],
        "party": [party(1, 1, 11)],
        "project": projects,
        "milestone": steps,
        "baseline": baselines,
        "baseline_milestone": frozen,
        "dependency": links or [],
        "pillar": [{"id": 1, "code": "a", "name_zh": "甲"}, {"id": 2, "code": "b", "name_zh": "乙"}],
    }
    return portfolio(**(tables | others))


def link(before: int, after: int, kind: str = "FS") -> Row:
    ends = {"id": 1, "predecessor_id": before, "successor_id": after, "kind": kind}
    return ends | {"lag_days": 0, "in_working_days": False}


def steps_of(number: int, first: int = 1, **changes: Any) -> list[Row]:
    return [milestone(first + i, number, day, **changes) for i, day in enumerate(DAYS)]


def asked(known: Portfolio, **supposed: Any) -> WhatIf:
    return what_if(known, AS_OF, LOOK, Supposed(**({"region_id": 1} | supposed)))


def row(found: WhatIf, number: int) -> Row:
    return found.projects.row(by_predicate=pl.col("id") == number, named=True)


def test_work_that_goes_as_planned_is_green_on_the_day_looked_at() -> None:
    found = row(asked(facts([project(1)], steps_of(1))), 1)
    assert (found["light_before"], found["light_after"]) == ("green", "green")


@pytest.mark.parametrize(
    ("days", "light"),
    [
        (20, "green"),  # the third comes on 30 September, the very day
        (21, "yellow"),  # 25 of 100 behind
        (51, "yellow"),  # the second comes on the very day
        (52, "red"),  # 50 of 100 behind
        (-10, "green"),
    ],
)
def test_a_shift_puts_the_work_behind_the_plan_that_stays(days: int, light: str) -> None:
    assert row(asked(facts([project(1)], steps_of(1)), shift_days=days), 1)["light_after"] == light


def test_what_moves_is_told_in_days_against_the_plan() -> None:
    found = row(asked(facts([project(1)], steps_of(1)), shift_days=30), 1)
    assert (found["finish_before"], found["finish_after"]) == (date(2021, 12, 10), date(2022, 1, 9))
    assert (found["slip_original_days_after"], found["slip_current_days_after"]) == (30, 30)


def test_work_that_would_outlive_its_term_is_told() -> None:
    known = facts([project(1)], steps_of(1), agreement=[agreement(1, term_months=18)])
    found = row(asked(known, shift_days=40), 1)
    # The term ends on 16 January 2022, the work on 10 December or on 19 January.
    assert (found["outlives_before"], found["outlives_after"]) == (False, True)


def test_a_landing_can_be_lost() -> None:
    gates = [s | {"is_gate": i < 3} for i, s in enumerate(steps_of(1))]
    found = row(asked(facts([project(1)], gates), shift_days=21), 1)
    assert (found["landed_before"], found["landed_after"]) == (True, False)


def test_only_the_named_milestones_shift() -> None:
    found = row(
        asked(
            facts([project(1)], steps_of(1)), region_id=None, project_id=1, shift_days=60, milestone_ids=(3,)
        ),
        1,
    )
    assert (found["light_after"], found["finish_after"]) == ("yellow", date(2021, 12, 10))


def test_only_the_pillar_asked_for_shifts() -> None:
    known = facts([project(1), project(2, pillar_id=1)], [*steps_of(1), *steps_of(2, 11)])
    found = asked(known, shift_days=60, pillar_id=1)
    assert [row(found, n)["light_after"] for n in (1, 2)] == ["green", "red"]


def test_dropped_work_stops_and_its_light_goes_out() -> None:
    known = facts([project(1), project(2, unit_id=2)], [*steps_of(1), *steps_of(2, 11)])
    found = asked(known, dropped_unit_id=2)
    assert [row(found, n)["light_after"] for n in (1, 2)] == ["green", "stopped"]


def test_what_is_finished_is_not_dropped() -> None:
    known = facts([project(1, accepted_on=date(2021, 6, 1))], steps_of(1))
    assert row(asked(known, dropped_unit_id=1), 1)["light_after"] == "blue"


def test_what_waits_for_dropped_work_is_never_met() -> None:
    known = facts([project(1), project(2, unit_id=2)], [*steps_of(1), *steps_of(2, 11)], [link(11, 2)])
    found = row(asked(known, dropped_unit_id=2), 1)
    assert (found["waits_in_vain_before"], found["waits_in_vain_after"]) == (0, 1)
    assert (found["light_before"], found["light_after"]) == ("green", "yellow")


def test_what_waits_for_work_stopped_already_is_met_in_neither_case() -> None:
    known = facts([project(1), project(2, stopped_on=AS_OF)], [*steps_of(1), *steps_of(2, 11)], [link(11, 2)])
    found = row(asked(known, shift_days=1), 1)
    assert (found["light_before"], found["light_after"]) == ("yellow", "yellow")


def test_a_shift_is_felt_where_others_wait() -> None:
    elsewhere = project(2, division_id=21)
    known = facts([project(1), elsewhere], [*steps_of(1), *steps_of(2, 11)], [link(2, 12)])
    found = asked(known, shift_days=60)
    assert (row(found, 2)["is_chosen"], row(found, 2)["light_after"]) == (False, "yellow")


def test_what_nothing_touches_elsewhere_is_left_out() -> None:
    known = facts([project(1), project(2, division_id=21)], [*steps_of(1), *steps_of(2, 11)])
    assert asked(known, shift_days=60).projects["id"].to_list() == [1]


def test_nobody_sees_what_lies_outside_their_scope() -> None:
    known = facts([project(1), project(2, division_id=21)], [*steps_of(1), *steps_of(2, 11)], [link(2, 12)])
    seen = known.within(frozenset({11}))
    assert asked(seen, shift_days=60).projects["id"].to_list() == [1]


def test_a_project_starts_as_planned_or_as_much_later() -> None:
    late = project(1, started_on=None, planned_start_on=date(2021, 7, 5))
    found = row(asked(facts([late], [milestone(1, 1, date(2021, 12, 10))]), shift_days=30), 1)
    assert (found["light_before"], found["light_after"]) == ("green", "green")
    found = row(asked(facts([late], [milestone(1, 1, date(2021, 12, 10))]), shift_days=120), 1)
    assert found["light_after"] == "yellow"


def test_nothing_that_is_known_later_is_used() -> None:
    steps = steps_of(1)
    steps[0]["met_on"] = date(2021, 7, 1)
    rows = [project(1, accepted_on=date(2021, 7, 2))]
    assert row(asked(facts(rows, steps)), 1)["light_before"] == "green"


def test_the_facts_stay_as_they_were() -> None:
    known = facts([project(1)], steps_of(1))
    before = {name: frame.clone() for name, frame in known.facts.items()}
    asked(known, shift_days=60)
    assert all(known[name].equals(frame) for name, frame in before.items())


def test_the_light_that_changes_comes_with_what_it_rests_on() -> None:
    found = asked(facts([project(1)], steps_of(1)), shift_days=21)
    assert [found.lights[side, 1]["light_plan"] for side in ("before", "after")] == ["green", "yellow"]


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(st.integers(-60, 200), st.booleans()), min_size=1, max_size=6))
def test_supposing_nothing_changes_nothing(drawn: list[tuple[int, bool]]) -> None:
    steps = [
        milestone(i, 1, AS_OF + timedelta(days=days), met_on=AS_OF if met else None)
        for i, (days, met) in enumerate(drawn, start=1)
    ]
    found = row(asked(facts([project(1)], steps)), 1)
    assert all(found[f"{name}_before"] == found[f"{name}_after"] for name in ("light", "finish", "landed"))


@settings(max_examples=30, deadline=None)
@given(st.integers(1, 200))
def test_coming_later_never_turns_a_light_better(days: int) -> None:
    ranks = {"green": 0, "yellow": 1, "red": 2}
    found = row(asked(facts([project(1)], steps_of(1)), shift_days=days), 1)
    assert ranks[found["light_after"]] >= ranks[found["light_before"]]


def test_a_day_without_anything_supposed_is_the_day_itself_once_it_has_come() -> None:
    # Whoever keeps the plan to the day finds on that day the light that was expected.
    kept = [s | {"met_on": s["due_on"]} for s in steps_of(1)]
    updates = [{"id": 1, "project_id": 1, "reported_on": LOOK, "decision": "accepted", "decided_on": LOOK}]
    then = facts([project(1)], kept, project_update=updates)
    expected = row(asked(facts([project(1)], steps_of(1))), 1)["light_before"]
    assert lights_as_of(then, LOOK)["light"].to_list() == [expected]


@settings(max_examples=80, deadline=None)
@given(networks(), st.integers(-40, 40), st.sets(st.integers(1, 8), min_size=1))
def test_what_is_put_later_or_earlier_is_what_working_out_everything_anew_gives(
    known: tuple[list[Row], list[Row]], days: int, moved: set[int]
) -> None:
    steps, links = known
    whole = joined(steps, links)
    later = (pl.col("finish_on") + pl.duration(days=days)).clip(AS_OF, LAST_DAY)
    courses = courses_ahead(whole, AS_OF).with_columns(
        finish_on=pl.when(pl.col("milestone_id").is_in(moved) & ~pl.col("fixed"))
        .then(later)
        .otherwise("finish_on")
    )
    changed = courses.filter(pl.col("milestone_id").is_in(moved) & ~pl.col("fixed"))
    columns = ("milestone_id", "start_on", "finish_on")
    anew = followed(dependency_network(whole, AS_OF), courses, WorkingCalendar(), AS_OF).select(columns)
    found = {r[0]: r[1:] for r in finishes_ahead(whole, AS_OF).select(columns).iter_rows()}
    found |= {r[0]: r[1:] for r in finishes_changed(whole, AS_OF, changed).select(columns).iter_rows()}
    assert found == {r[0]: r[1:] for r in anew.iter_rows()}

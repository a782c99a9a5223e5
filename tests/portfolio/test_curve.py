from datetime import date, timedelta
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings

from tests.portfolio.plan_facts import AS_OF, OPENED, approved, plan, step, tables
from tests.portfolio.plans import plans
from tests.portfolio.timeline_facts import DIVISIONS, PILLARS, agreement, milestone, party, portfolio, project
from tracker.portfolio.curve import CURVES, Curve, curve
from tracker.portfolio.figures import Grouping, figures, region_figures
from tracker.portfolio.model import Portfolio
from tracker.portfolio.part import Part
from tracker.portfolio.pool import WeighBy
from tracker.portfolio.project import projects_as_of

EVERYTHING = Part()


def _at(found: Curve, day: date) -> dict[str, Any]:
    """The last point drawn by a day."""
    return found.points.filter(pl.col("day") <= day).row(-1, named=True)


def _two_steps(**changes: Any) -> Portfolio:
    """Weight 40 due 2021-03-31, met on 2021-04-10; weight 60 due 2021-12-31, expected 2022-03-01."""
    return plan(
        step(1, weight=40, due_on=date(2021, 3, 31), met_on=date(2021, 4, 10)),
        step(2, weight=60, due_on=date(2021, 12, 31), forecast_on=date(2022, 3, 1)),
        baselines=[approved((1, date(2021, 3, 31), 40), (2, date(2021, 12, 31), 60))],
        **changes,
    )


@pytest.mark.parametrize(
    ("day", "planned", "actual"),
    [
        (date(2021, 3, 31), 0.0, 0.0),
        (date(2021, 4, 9), 0.4, 0.0),
        (date(2021, 6, 30), 0.4, 0.4),
    ],
)
def test_a_plan_steps_on_the_day_after_each_due_day_and_work_on_the_day_met(
    day: date, planned: float, actual: float
) -> None:
    point = _at(curve(_two_steps(), day, EVERYTHING), day)
    assert (point["planned"], point["actual"]) == (planned, actual)


def test_the_past_is_drawn_as_it_was() -> None:
    found = curve(_two_steps(), AS_OF, EVERYTHING)
    assert (_at(found, date(2021, 4, 9))["actual"], _at(found, date(2021, 4, 17))["actual"]) == (0.0, 0.4)


def test_the_forecast_goes_from_what_is_done_to_the_whole_on_the_day_expected() -> None:
    found = curve(_two_steps(), AS_OF, EVERYTHING)
    days = (AS_OF, date(2022, 2, 28), date(2022, 3, 2))
    assert [_at(found, day)["forecast"] for day in days] == [0.4, 0.4, 1.0]


def test_what_is_overdue_without_a_forecast_is_expected_from_tomorrow_on() -> None:
    late = plan(
        step(1, due_on=date(2021, 3, 31)),
        step(2, due_on=date(2021, 12, 31)),
        baselines=[approved((1, date(2021, 3, 31), 10), (2, date(2021, 12, 31), 10))],
    )
    found = curve(late, AS_OF, EVERYTHING)
    assert _at(found, AS_OF)["forecast"] == 0.0
    assert _at(found, AS_OF + timedelta(days=7))["forecast"] == 0.5


def test_nothing_is_actual_after_the_day_nor_forecast_before_it() -> None:
    points = curve(_two_steps(), AS_OF, EVERYTHING).points
    assert points.filter(pl.col("day") > AS_OF)["actual"].null_count() == (points["day"] > AS_OF).sum()
    assert points.filter(pl.col("day") < AS_OF)["forecast"].null_count() == (points["day"] < AS_OF).sum()


def test_the_first_plan_stays_where_it_was_when_the_plan_moves() -> None:
    moved = plan(
        step(1, weight=10),
        baselines=[
            approved((1, date(2021, 5, 1), 10)),
            approved((1, date(2021, 9, 1), 10), number=1, on=date(2021, 4, 1)),
        ],
    )
    found = curve(moved, AS_OF, EVERYTHING)
    point = _at(found, AS_OF)
    assert (point["planned_original"], point["planned"], found.moved) == (1.0, 0.0, 1)


def test_what_falls_due_in_a_suspension_counts_from_the_day_after_it() -> None:
    rest = [{"project_id": 1, "from_on": date(2021, 3, 1), "to_on": date(2021, 5, 31)}]
    found = curve(_two_steps(suspensions=rest), AS_OF, EVERYTHING)
    assert (_at(found, date(2021, 5, 31))["planned"], _at(found, AS_OF)["planned"]) == (0.0, 0.4)


def test_a_share_stated_in_part_counts_from_its_day_and_is_not_counted_twice() -> None:
    partly = plan(
        step(
            1,
            due_on=date(2021, 3, 31),
            credited_on=date(2021, 2, 1),
            credit_percent=30,
            met_on=date(2021, 5, 1),
        ),
        baselines=[approved((1, date(2021, 3, 31), 10))],
    )
    found = curve(partly, AS_OF, EVERYTHING)
    assert [_at(found, date(2021, 4, 20))["actual"], _at(found, AS_OF)["actual"]] == [0.3, 1.0]


def test_a_project_without_an_approved_plan_is_counted_and_not_drawn() -> None:
    found = curve(plan(step(1)), AS_OF, EVERYTHING)
    assert (found.is_empty(), found.covered, found.projects) == (True, 0, 1)


def _region(count: int = 6, *amounts: int) -> Portfolio:
    """Projects of two counties, with weights and days that make no round shares; `amounts` are in cents."""
    stated = [{"amount_cents": cents, "currency": "CNY"} for cents in (*amounts, 0, 0)]
    projects = [project(i, 1 if i % 2 else 2, 11 if i % 2 else 12) for i in range(1, count + 1)]
    steps = [
        milestone(10 * i + k, i, OPENED + timedelta(days=37 * i + 61 * k), weight=k + i)
        | ({"met_on": OPENED + timedelta(days=40 * i + 60 * k)} if k < 4 else {})
        for i in range(1, count + 1)
        for k in range(1, 6)
    ]
    frozen = [
        {"id": s["id"], "baseline_id": s["project_id"], "milestone_id": s["id"]}
        | {"due_on": s["due_on"], "weight": s["weight"]}
        for s in steps
        if s["project_id"] < count
    ]
    return portfolio(
        division=DIVISIONS,
        pillar=PILLARS,
        agreement=[agreement(1, **stated[0]), agreement(2, event_id=2, **stated[1])],
        party=[party(1, 1, 11), party(2, 2, 12)],
        project=projects,
        milestone=steps,
        baseline=[{"id": i, "project_id": i, "number": 0, "approved_on": OPENED} for i in range(1, count)],
        baseline_milestone=frozen,
    )


@pytest.mark.parametrize("day", [OPENED, date(2021, 1, 1), AS_OF, date(2022, 6, 1)])
@pytest.mark.parametrize("division", [1, 11, 12])
def test_on_the_day_itself_the_curve_has_the_figures_of_the_region(division: int, day: date) -> None:
    found = curve(_region(), day, Part(region_id=division))
    row = region_figures(_region(), day, division)
    point = _at(found, day)
    assert (point["planned"], point["actual"]) == (row["planned"], row["actual"])
    assert (found.covered, found.projects) == (row["projects_covered"], row["projects"])


@pytest.mark.parametrize(("of", "by"), [("pillar_id", Grouping.pillar), ("event_id", Grouping.event)])
def test_on_the_day_itself_the_curve_has_the_figures_of_pillars_and_events(of: str, by: Grouping) -> None:
    for row in figures(_region(), AS_OF, by).filter(pl.col("projects") > 0).iter_rows(named=True):
        point = _at(curve(_region(), AS_OF, Part(**{of: row["key"]})), AS_OF)
        assert (point["planned"], point["actual"]) == (row["planned"], row["actual"])


@pytest.mark.parametrize("of", ["agreement_id", "project_id"])
def test_a_smaller_part_holds_its_own_projects_only(of: str) -> None:
    expected = {"agreement_id": 3, "project_id": 1}
    assert curve(_region(), AS_OF, Part(**{of: 1})).projects == expected[of]


def test_a_long_plan_is_drawn_in_longer_strides() -> None:
    long = plan(step(1, due_on=date(2035, 1, 1)), baselines=[approved((1, date(2035, 1, 1), 10))])
    assert 20 < curve(long, AS_OF, EVERYTHING).points.height <= 120


@settings(max_examples=60, deadline=None)
@given(plans())
def test_every_curve_only_rises_and_ends_on_the_figures(drawn: Any) -> None:
    steps, baselines, suspensions, as_of = drawn
    facts = portfolio(**tables(steps, baselines, suspensions))
    found = curve(facts, as_of, EVERYTHING)
    if found.is_empty():
        return
    row = projects_as_of(facts, as_of).row(0, named=True)
    point = found.points.filter(pl.col("day") == as_of).row(0, named=True)
    assert (point["planned"], point["actual"], point["forecast"]) == (
        pytest.approx(row["planned"], abs=1e-12),
        pytest.approx(row["actual"], abs=1e-12),
        pytest.approx(row["actual"], abs=1e-12),
    )
    for name in CURVES:
        assert (found.points[name].drop_nulls().diff().drop_nulls() >= 0).all()


@settings(max_examples=60, deadline=None)
@given(plans())
def test_the_past_of_a_plan_that_never_moved_is_what_the_figures_said_on_each_day(drawn: Any) -> None:
    steps, baselines, suspensions, as_of = drawn
    once = [b | {"approved_on": OPENED} for b in baselines[:1]]
    kept = [s | {"cancelled_on": None} for s in steps]
    facts = portfolio(**tables(kept, once, suspensions))
    for point in curve(facts, as_of, EVERYTHING).points.filter(pl.col("day") <= as_of).iter_rows(named=True):
        row = projects_as_of(facts, point["day"]).row(0, named=True)
        assert point["planned"] == pytest.approx(row["planned"], abs=1e-9)
        assert point["actual"] == pytest.approx(row["actual"], abs=1e-9)


def _reported(**more: Any) -> Portfolio:
    """A project on reported percent: planned evenly over 100 days from 2021-04-01, reported twice."""
    start, due = date(2021, 4, 1), date(2021, 7, 9)
    facts = tables(
        [step(1, start_on=start, due_on=due)], [approved((1, due, 10))], more.pop("suspensions", [])
    )
    facts["project"][0]["template_version_id"] = 1
    facts["baseline_milestone"][0]["start_on"] = start
    said = [(date(2021, 4, 20), 15), (date(2021, 6, 1), 45)]
    facts["project_update"] = [
        {"id": n, "project_id": 1, "reported_on": day, "reported_percent": percent}
        | {"decision": "accepted", "decided_on": day + timedelta(days=2)}
        for n, (day, percent) in enumerate(said, start=1)
    ]
    versions = [{"id": 1, "template_id": 1, "number": 1, "progress_basis": "reported"}]
    return portfolio(**facts, plan_template_version=versions)


@pytest.mark.parametrize("rest", [[], [{"project_id": 1, "from_on": date(2021, 5, 1), "to_on": None}]])
def test_on_reported_percent_every_day_is_what_the_figures_said(rest: list[dict[str, Any]]) -> None:
    facts = _reported(suspensions=rest)
    for point in curve(facts, AS_OF, EVERYTHING).points.filter(pl.col("day") <= AS_OF).iter_rows(named=True):
        row = projects_as_of(facts, point["day"]).row(0, named=True)
        assert point["planned"] == pytest.approx(row["planned"], abs=1e-9)
        assert point["actual"] == pytest.approx(row["actual"], abs=1e-9)


def test_a_report_counts_from_the_day_it_was_accepted() -> None:
    found = curve(_reported(), date(2021, 6, 3), EVERYTHING)
    assert _at(found, date(2021, 6, 2))["actual"] == 0.15
    assert _at(found, date(2021, 6, 3))["actual"] == 0.45


def test_what_reports_leave_open_is_expected_by_the_finish_of_the_milestones() -> None:
    points = curve(_reported(), AS_OF, EVERYTHING).points
    assert (points["forecast"].drop_nulls()[0], points["forecast"][-1]) == (0.45, 1.0)


def test_a_project_is_drawn_alike_whatever_the_order_of_its_facts() -> None:
    facts = _region()
    turned = Portfolio("test", 2, {name: frame.reverse() for name, frame in facts.facts.items()})
    assert curve(turned, AS_OF, EVERYTHING).points.equals(curve(facts, AS_OF, EVERYTHING).points)


@pytest.mark.parametrize("day", [OPENED, date(2021, 1, 1), AS_OF, date(2022, 6, 1)])
@pytest.mark.parametrize("amounts", [(700_000_003, 90_000_000_001), (5_000_000,), (10**15, 3)])
def test_by_amount_the_curve_has_the_figures_by_amount_on_the_day(
    day: date, amounts: tuple[int, ...]
) -> None:
    facts = _region(6, *amounts)
    row = figures(facts, day, weigh_by=WeighBy.amount).row(0, named=True)
    found = curve(facts, day, EVERYTHING, WeighBy.amount)
    point = _at(found, day)
    assert (point["planned"], point["actual"], found.covered) == (
        row["planned"],
        row["actual"],
        row["projects_covered"],
    )


def test_by_amount_nothing_is_drawn_where_no_agreement_states_one() -> None:
    assert curve(_region(), AS_OF, EVERYTHING, WeighBy.amount).is_empty()


def test_a_region_can_be_narrowed_to_a_pillar() -> None:
    parts = [Part(region_id=11), Part(region_id=11, pillar_id=99)]
    assert [curve(_region(), AS_OF, part).projects for part in parts] == [3, 0]

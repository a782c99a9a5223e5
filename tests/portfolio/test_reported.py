"""D8 and D9 of projects on reported percent, and D10, by hand."""

from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.portfolio.plan_facts import AS_OF, DAY_AFTER, DAY_BEFORE, Row, approved, plan, step, tables
from tests.portfolio.timeline_facts import portfolio
from tracker.portfolio.progress import original_progress_as_of
from tracker.portfolio.project import projects_as_of

# Thirty days, of which AS_OF is the tenth.
START, DUE = date(2021, 6, 21), date(2021, 7, 20)


def _update(number: int, percent: int | None, **changes: Any) -> Row:
    told = {"id": number, "project_id": 1, "reported_percent": percent, "reported_on": DAY_BEFORE}
    return told | {"decision": "accepted", "decided_on": DAY_BEFORE} | changes


def _row(
    *spans: tuple[date | None, date, int],
    updates: list[Row] | None = None,
    basis: str = "reported",
    as_of: date = AS_OF,
    suspensions: list[Row] | None = None,
    **course: Any,
) -> Row:
    steps = [step(i) for i, _ in enumerate(spans, start=1)]
    frozen = approved(*((i, due, weight) for i, (_, due, weight) in enumerate(spans, start=1)))
    facts = tables(steps, [frozen], suspensions or [])
    for kept, (start, _, _) in zip(facts["baseline_milestone"], spans, strict=True):
        kept["start_on"] = start
    facts["project"][0] |= {"template_version_id": 5} | course
    version = [{"id": 5, "template_id": 1, "number": 1, "progress_basis": basis}]
    known = portfolio(**facts, plan_template_version=version, project_update=updates or [])
    return projects_as_of(known, as_of).row(0, named=True)


@pytest.mark.parametrize(
    ("updates", "actual"),
    [
        ([], 0.0),
        ([_update(1, 1)], 0.01),
        ([_update(1, 99)], 0.99),
        ([_update(1, 0)], 0.0),
        ([_update(1, 100)], 1.0),
        ([_update(1, 30), _update(2, 20, reported_on=AS_OF, decided_on=AS_OF)], 0.2),
        ([_update(2, 30), _update(1, 20)], 0.3),
        ([_update(1, 30), _update(2, 90, decision="returned")], 0.3),
        ([_update(1, 30), _update(2, 90, decision=None, decided_on=None)], 0.3),
        ([_update(1, 30), _update(2, 90, decided_on=DAY_AFTER)], 0.3),
        ([_update(1, 30), _update(2, None, reported_on=AS_OF)], 0.3),
        ([_update(1, 30), _update(2, 40, reported_on=date(2021, 6, 1), decided_on=AS_OF)], 0.3),
    ],
)
def test_actual_is_what_the_newest_accepted_report_states(updates: list[Row], actual: float) -> None:
    assert _row((START, DUE, 10), updates=updates)["actual"] == actual


def test_met_milestones_do_not_add_to_reported_percent() -> None:
    facts = tables([step(1, met_on=AS_OF)], [approved((1, DUE, 10))], [])
    facts["project"][0]["template_version_id"] = 5
    known = portfolio(**facts, plan_template_version=[{"id": 5, "progress_basis": "reported"}])
    assert projects_as_of(known, AS_OF)["actual"].item() == 0


def test_reports_do_not_count_where_milestones_do() -> None:
    assert _row((START, DUE, 10), updates=[_update(1, 90)], basis="milestones")["actual"] == 0


@pytest.mark.parametrize(
    ("as_of", "planned"),
    [
        (date(2021, 6, 20), 0),
        (START, Fraction(1, 30)),
        (AS_OF, Fraction(10, 30)),
        (date(2021, 7, 19), Fraction(29, 30)),
        (DUE, 1),
        (date(2021, 7, 21), 1),
    ],
)
def test_a_linear_plan_runs_from_its_first_day_to_its_last(as_of: date, planned: Fraction) -> None:
    assert _row((START, DUE, 10), as_of=as_of)["planned"] == pytest.approx(float(planned), abs=1e-9)


def test_by_milestones_the_plan_goes_in_steps() -> None:
    assert _row((START, DUE, 10), basis="milestones", as_of=DUE)["planned"] == 0


@pytest.mark.parametrize(("due", "planned"), [(DAY_BEFORE, 1.0), (AS_OF, 0.0)])
def test_a_milestone_without_a_start_takes_the_step(due: date, planned: float) -> None:
    assert _row((None, due, 10))["planned"] == planned


def test_thirds_and_sixths_add_up_to_a_half_exactly() -> None:
    one, two = (AS_OF, AS_OF + timedelta(days=2), 1), (AS_OF, AS_OF + timedelta(days=5), 1)
    row = _row(one, two, updates=[_update(1, 15)])
    assert 100 * row["behind_sum"] == 10 * row["weight_total"]


@pytest.mark.parametrize(("to_on", "days"), [(AS_OF, 6), (DAY_BEFORE, 10)])
def test_a_suspension_freezes_the_linear_plan_on_its_first_day(to_on: date, days: int) -> None:
    rest = {"project_id": 1, "from_on": date(2021, 6, 26), "to_on": to_on}
    planned = _row((START, DUE, 10), suspensions=[rest])["planned"]
    assert planned == pytest.approx(days / 30, abs=1e-9)


def test_weights_that_are_all_0_leave_progress_blank() -> None:
    row = _row((START, DUE, 0), updates=[_update(1, 50)])
    assert (row["actual"], row["planned"], row["deviation"], row["spi"]) == (None, None, None, None)


def test_without_an_approved_plan_what_was_reported_stands_alone() -> None:
    facts = tables([step(1)], [], [])
    facts["project"][0]["template_version_id"] = 5
    version = [{"id": 5, "progress_basis": "reported"}]
    known = portfolio(**facts, plan_template_version=version, project_update=[_update(1, 40)])
    row = projects_as_of(known, AS_OF).row(0, named=True)
    assert (row["actual"], row["planned"], row["behind_sum"]) == (0.4, None, None)


def test_the_basis_is_told() -> None:
    assert [_row((START, DUE, 10), basis=b)["progress_basis"] for b in ("reported", "milestones")] == [
        "reported",
        "milestones",
    ]


def test_deviation_and_spi_compare_actual_with_planned() -> None:
    row = _row((START, DUE, 10), updates=[_update(1, 25)])
    assert (row["deviation"], row["spi"]) == (pytest.approx(0.25 - 1 / 3), pytest.approx(0.75))


def test_spi_is_blank_while_nothing_is_planned() -> None:
    row = _row((START, DUE, 10), updates=[_update(1, 25)], as_of=date(2021, 6, 20))
    assert row["spi"] is None


def test_behind_is_planned_minus_actual_in_whole_units() -> None:
    facts = plan(
        step(1),
        step(2, credit_percent=1, credited_on=AS_OF),
        baselines=[approved((1, DAY_BEFORE, 7), (2, DUE, 3))],
    )
    row = projects_as_of(facts, AS_OF).row(0, named=True)
    assert (row["behind_sum"], row["weight_total"]) == (697, 1000)


@settings(deadline=None, max_examples=150)
@given(
    st.lists(
        st.tuples(st.integers(-40, 40), st.integers(0, 60), st.sampled_from([0, 1, 3, 7, 10_000])),
        min_size=1,
        max_size=6,
    )
)
def test_a_linear_plan_equals_the_sum_of_fractions(spans: list[tuple[int, int, int]]) -> None:
    days = [
        (AS_OF + timedelta(days=a), AS_OF + timedelta(days=a + length), weight) for a, length, weight in spans
    ]
    row = _row(*days)
    exact = Fraction(0)
    for start, due, weight in days:
        run = Fraction((AS_OF - start).days + 1, (due - start).days + 1)
        exact += weight * min(max(run, Fraction(0)), Fraction(1))
    unit = Fraction(row["weight_total"], max(sum(w for *_, w in days), 1))
    assert abs(row["planned_sum"] - exact * unit) <= Fraction(1, 2)


@pytest.mark.parametrize(
    ("basis", "planned"), [("milestones", 0.7), ("reported", pytest.approx(0.7 + 0.3 / 3, abs=1e-9))]
)
def test_planned_on_the_original_plan_stands_beside(basis: str, planned: Any) -> None:
    old = approved((1, DAY_BEFORE, 7), (2, DUE, 3))
    new = approved((1, DUE, 5), (2, DUE, 5), number=1, on=DAY_BEFORE)
    facts = tables([step(1), step(2)], [old, new], [])
    starts = {1: None, 2: START}
    for kept in facts["baseline_milestone"]:
        kept["start_on"] = starts[kept["milestone_id"]]
    facts["project"][0]["template_version_id"] = 5
    known = portfolio(**facts, plan_template_version=[{"id": 5, "progress_basis": basis}])
    assert original_progress_as_of(known, AS_OF)["planned_original"].to_list() == [planned]


def test_a_cancelled_milestone_leaves_the_original_plan_too() -> None:
    old = approved((1, DAY_BEFORE, 7), (2, DUE, 3))
    known = plan(step(1), step(2, cancelled_on=AS_OF), baselines=[old])
    assert original_progress_as_of(known, AS_OF)["planned_original"].to_list() == [1.0]

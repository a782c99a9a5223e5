from datetime import date, timedelta
from itertools import product
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.portfolio.naive_figures import Tables, naive_figures
from tests.portfolio.timeline_facts import AS_OF, DIVISIONS, SUMMIT, agreement, milestone, party, project
from tests.portfolio.timeline_facts import portfolio as made_of
from tracker.portfolio.figures import Grouping, WeighBy, figures, region_figures

HUNAN, GUIZHOU, ZHUZHOU, LILING, NAN, XIXIU = 1, 2, 3, 11, 12, 21
EMPTY: Tables = {
    name: []
    for name in ("agreement", "party", "project", "milestone", "baseline", "baseline_milestone", "meeting")
}


def _baseline(number: int, project_id: int, approved_on: date = SUMMIT) -> dict[str, Any]:
    return {"id": number, "project_id": project_id, "number": 0, "approved_on": approved_on}


def _frozen(milestone_id: int, baseline_id: int, due_on: date, weight: int = 25) -> dict[str, Any]:
    frozen = {"baseline_id": baseline_id, "milestone_id": milestone_id, "due_on": due_on}
    return frozen | {"id": milestone_id, "weight": weight, "is_key": False, "is_gate": False}


# Worked by hand: A1 with Liling; A2 jointly with Nan and Xixiu; A3 with Zhuzhou itself, not signed.
# P1 in Liling has a plan of four steps: one met, one overdue, one ahead, one cancelled.
# P2 in Xixiu has no approved plan and one step far ahead. Liling was also met; nobody else was.
TABLES: Tables = {
    "division": DIVISIONS,
    "agreement": [agreement(1), agreement(2, owner="西南区"), agreement(3, event_id=None)],
    "party": [party(1, 1, LILING), party(2, 2, NAN), party(3, 2, XIXIU), party(4, 3, ZHUZHOU, None)],
    "project": [project(1, 1, LILING), project(2, 2, XIXIU, started_on=None, pillar_id=1)],
    "milestone": [
        milestone(1, 1, date(2021, 1, 1), met_on=date(2020, 12, 30)),
        milestone(2, 1, date(2021, 6, 29)),
        milestone(3, 1, date(2021, 9, 28)),
        milestone(4, 1, date(2021, 2, 1), cancelled_on=date(2021, 1, 1)),
        milestone(5, 2, date(2022, 6, 30)),
    ],
    "baseline": [_baseline(1, 1)],
    "baseline_milestone": [
        _frozen(1, 1, date(2021, 1, 1)),
        _frozen(2, 1, date(2021, 6, 29)),
        _frozen(3, 1, date(2021, 9, 28)),
        _frozen(4, 1, date(2021, 2, 1)),
    ],
    "meeting": [{"id": 1, "division_id": LILING, "held_on": date(2020, 7, 1)}],
}


def _total(as_of: date = AS_OF, **changed: list[dict[str, Any]]) -> dict[str, Any]:
    return figures(made_of(**TABLES | changed), as_of).row(0, named=True)


def _by(by: Grouping, **changed: list[dict[str, Any]]) -> dict[Any, dict[str, Any]]:
    frame = figures(made_of(**TABLES | changed), AS_OF, by)
    return {row["key"]: row for row in frame.iter_rows(named=True)}


def test_a_joint_agreement_counts_once_in_the_total() -> None:
    assert (_total()["agreements"], _total()["agreements_signed"]) == (3, 2)


def test_a_joint_agreement_counts_once_in_each_countys_row() -> None:
    rows = _by(Grouping.county)
    assert [rows[key]["agreements_signed"] for key in (LILING, NAN, XIXIU)] == [1, 1, 1]


def test_a_joint_agreement_within_one_province_counts_once_there() -> None:
    moved = [*TABLES["party"][:2], party(3, 2, LILING), TABLES["party"][3]]
    assert _by(Grouping.province, party=moved)[HUNAN]["agreements_signed"] == 2


def test_a_prefecture_as_party_counts_in_its_region_and_not_among_the_counties() -> None:
    signed = [*TABLES["party"][:3], party(4, 3, ZHUZHOU)]
    row = _by(Grouping.province, party=signed)[HUNAN]
    assert (row["agreements_signed"], row["counties_signed"]) == (3, 2)


def test_contact_is_a_meeting_or_a_signature_over_all_counties() -> None:
    row = _total()
    assert (row["counties_contacted"], row["counties"]) == (3, 3)


def test_before_the_summit_only_the_county_met_is_contacted() -> None:
    row = _total(date(2020, 7, 16))
    assert (row["counties_contacted"], row["counties_signed"], row["agreements"]) == (1, 0, 0)


def test_a_county_abolished_before_the_year_is_not_among_all() -> None:
    gone = [d | {"valid_to": 2019} if d["id"] == XIXIU else d for d in DIVISIONS]
    assert _total(division=gone)["counties"] == 2


def test_a_terminated_agreement_stays_signed() -> None:
    ended = [agreement(1, terminated_on=date(2021, 1, 1)), *TABLES["agreement"][1:]]
    row = _total(agreement=ended)
    assert (row["agreements_signed"], row["status_terminated"]) == (2, 1)


def test_a_supplement_adds_nothing() -> None:
    supplement = {"id": 1, "agreement_id": 1, "number": "A1-S1", "title": "补充", "signed_on": SUMMIT}
    assert _total(supplement=[supplement])["agreements_signed"] == 2


def test_decomposed_is_signed_with_an_approved_plan() -> None:
    assert _total()["agreements_decomposed"] == 1


def test_an_unsigned_agreement_with_a_plan_is_not_decomposed() -> None:
    unsigned = [party(1, 1, LILING, None), *TABLES["party"][1:]]
    assert _total(party=unsigned)["agreements_decomposed"] == 0


def test_milestones_are_met_overdue_and_ahead_without_the_cancelled() -> None:
    row = _total()
    assert [row[f"milestones{end}"] for end in ("", "_met", "_overdue", "_ahead")] == [4, 1, 1, 1]


@pytest.mark.parametrize(("due", "ahead"), [(0, 1), (90, 1), (91, 0), (-1, 0)])
def test_ahead_is_from_the_day_itself_to_90_days_later(due: int, ahead: int) -> None:
    day = AS_OF + timedelta(days=due)
    steps = [milestone(3, 1, day)]
    row = _total(milestone=steps, baseline_milestone=[_frozen(3, 1, day)])
    assert row["milestones_ahead"] == ahead


def test_progress_is_pooled_over_projects_with_an_approved_plan() -> None:
    row = _total()
    # Of three uncancelled steps of equal weight one is met and two were due before the day.
    assert (row["actual"], row["planned"], row["projects_covered"]) == (
        pytest.approx(1 / 3),
        pytest.approx(2 / 3),
        1,
    )


def test_progress_is_blank_where_no_plan_is_approved() -> None:
    row = _by(Grouping.county)[XIXIU]
    assert (row["actual"], row["planned"], row["projects_covered"]) == (None, None, 0)


def test_a_stopped_project_stays_counted_and_leaves_the_pooled_progress() -> None:
    stopped = [project(1, 1, LILING, stopped_on=date(2021, 5, 1)), TABLES["project"][1]]
    row = _total(project=stopped)
    assert (row["projects"], row["projects_stopped"], row["projects_covered"]) == (2, 1, 0)


def test_by_owner_is_the_agreements_owner() -> None:
    rows = _by(Grouping.owner)
    assert {key: row["agreements"] for key, row in rows.items()} == {"华中区": 2, "西南区": 1}


def test_by_year_is_the_year_of_signing() -> None:
    assert {key: row["agreements"] for key, row in _by(Grouping.year).items()} == {2020: 2}


def test_by_pillar_projects_count_under_their_own_pillar() -> None:
    pillars = [{"id": i, "code": str(i), "name_zh": str(i), "name_en": str(i)} for i in (1, 2)]
    rows = _by(Grouping.pillar, pillar=pillars, agreement_pillar=[])
    assert {key: row["projects"] for key, row in rows.items()} == {1: 1, 2: 1}


def test_by_event_leaves_out_what_was_signed_elsewhere() -> None:
    events = [{"id": 1, "name": "峰会", "held_on": SUMMIT}]
    rows = _by(Grouping.event, signing_event=events)
    assert {key: row["agreements"] for key, row in rows.items()} == {1: 2}


def test_groupings_without_counties_leave_county_counts_blank() -> None:
    assert _by(Grouping.owner)["华中区"]["counties"] is None


def test_a_project_of_a_withdrawn_agreement_is_not_counted() -> None:
    assert _total(agreement=TABLES["agreement"][1:])["projects"] == 1


def test_a_region_without_records_has_zeros_and_its_counties() -> None:
    row = region_figures(made_of(**TABLES), date(2019, 1, 1), GUIZHOU)
    assert (row["counties"], row["counties_contacted"], row["agreements"]) == (1, 0, 0)


def test_a_region_that_does_not_exist_is_an_error() -> None:
    with pytest.raises(KeyError):
        region_figures(made_of(**TABLES), AS_OF, 999)


def test_an_empty_portfolio_has_one_row_of_zeros() -> None:
    row = figures(made_of(division=DIVISIONS), AS_OF).row(0, named=True)
    assert (row["agreements"], row["projects"], row["milestones"], row["counties"]) == (0, 0, 0, 3)


DAYS = st.sampled_from([AS_OF + timedelta(days=d) for d in (-400, -300, -91, -1, 0, 1, 30, 90, 91)])
MAYBE = st.none() | DAYS
AMOUNTS = st.sampled_from([0, 1, 700, 10**15])
KINDS = st.sampled_from(["intent", "framework", "framework", "specific", "contract"])
PLACES = st.sampled_from([HUNAN, ZHUZHOU, LILING, NAN, XIXIU])


@st.composite
def some_tables(draw: st.DrawFn) -> Tables:
    tables: Tables = {"division": DIVISIONS, **{name: [] for name in EMPTY}}
    for a in range(1, draw(st.integers(0, 4)) + 1):
        owner = draw(st.sampled_from(["甲", "乙"]))
        follows = {"kind": draw(KINDS), "parent_id": draw(st.none() | st.integers(1, 4))}
        follows |= {"currency": "CNY", "amount_cents": draw(st.none() | AMOUNTS)}
        tables["agreement"].append(agreement(a, opened_on=draw(DAYS), owner=owner, **follows))
        for place in draw(st.sets(PLACES, min_size=1, max_size=3)):
            signs = party(len(tables["party"]) + 1, a, place, draw(MAYBE))
            tables["party"].append(signs | {"required": draw(st.booleans())})
        for _ in range(draw(st.integers(0, 2))):
            _draw_project(draw, tables, a)
    for number in range(draw(st.integers(0, 2))):
        tables["meeting"].append({"id": number, "division_id": draw(PLACES), "held_on": draw(DAYS)})
    return tables


def _draw_project(draw: st.DrawFn, tables: Tables, agreement_id: int) -> None:
    number = len(tables["project"]) + 1
    course = {name: draw(MAYBE) for name in ("planned_start_on", "started_on", "live_on", "stopped_on")}
    course["opened_on"] = draw(DAYS)
    tables["project"].append(project(number, agreement_id, draw(PLACES), **course))
    steps = []
    for _ in range(draw(st.integers(0, 3))):
        marks = {name: draw(MAYBE) for name in ("met_on", "cancelled_on", "forecast_on")}
        marks["evidence_witness"] = draw(st.sampled_from(["", "县长"]))
        steps.append(milestone(len(tables["milestone"]) + 1, number, draw(MAYBE), **marks))  # type: ignore[arg-type]
        tables["milestone"].append(steps[-1])
    for order, approved_on in enumerate(sorted(draw(st.lists(DAYS, max_size=2)))):
        key = len(tables["baseline"]) + 1
        tables["baseline"].append(_baseline(key, number, approved_on) | {"number": order})
        for step in steps:
            marks = {"id": len(tables["baseline_milestone"]) + 1, "is_gate": draw(st.booleans())}
            tables["baseline_milestone"].append(_frozen(step["id"], key, draw(DAYS)) | marks)


@pytest.mark.parametrize("by", [None, "province", "prefecture", "county", "owner", "year"])
@settings(max_examples=60, deadline=None)
@given(tables=some_tables())
def test_figures_equal_a_row_by_row_count(by: str | None, tables: Tables) -> None:
    frame = figures(made_of(**tables), AS_OF, Grouping(by) if by else None)
    expected = naive_figures(tables, AS_OF, by)
    names = {name for counts in expected.values() for name in counts}
    counted = {row["key"]: {n: row[n] for n in names if row[n]} for row in frame.iter_rows(named=True)}
    assert {k: c for k, c in counted.items() if c} == expected


@settings(max_examples=40, deadline=None)
@given(tables=some_tables(), dice=st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(tables: Tables, dice: Any) -> None:
    shuffled = {name: dice.sample(rows, len(rows)) for name, rows in tables.items()}
    portfolios = (made_of(**tables), made_of(**shuffled))
    for by, weigh_by in product((None, *Grouping), WeighBy):
        one, other = (figures(portfolio, AS_OF, by, weigh_by) for portfolio in portfolios)
        assert one.equals(other)


@settings(max_examples=40, deadline=None)
@given(tables=some_tables())
def test_each_agreement_has_exactly_one_status(tables: Tables) -> None:
    frame = figures(made_of(**tables), AS_OF)
    statuses = frame.select(pl.sum_horizontal(pl.selectors.starts_with("status_"))).item()
    assert statuses == frame["agreements"].item()

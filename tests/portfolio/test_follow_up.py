"""What signing events promised and what existed of it later, by hand and beside the figures of each day."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.portfolio.landing_facts import (
    AS_OF,
    NAN,
    XIXIU,
    Row,
    after,
    facts,
    on_the_way,
    signed,
)
from tests.portfolio.test_landing_curve import cohorts
from tests.portfolio.timeline_facts import party, portfolio
from tracker.portfolio.figures import Grouping, figures
from tracker.portfolio.follow_up import STAGES, follow_ups, promise
from tracker.portfolio.lists import Wanted, agreement_rows
from tracker.portfolio.model import Portfolio
from tracker.portfolio.part import Part

HUNAN, GUIZHOU, ZHUZHOU = 1, 2, 3
FIGURES = {
    "signed": "agreements_signed",
    "decomposed": "agreements_decomposed",
    "started": "agreements_performed",
    "landed": "agreements_landed",
}


def _rows(facts_: Portfolio, as_of: date = AS_OF, **part: Any) -> list[dict[str, Any]]:
    return follow_ups(facts_, as_of, Part(**part)).to_dicts()


def _stage(facts_: Portfolio, stage: str, as_of: date = AS_OF) -> list[int | None]:
    return [row[stage] for row in _rows(facts_, as_of)]


# A1 is signed at the event and lands after 60 days; A2 is signed 40 days later and terminated after 200;
# A3 is not signed. Their plans are approved, and their projects begin, long before the signing.
def _summit() -> Portfolio:
    unsigned = signed(3, signed_on=None)
    return on_the_way(signed(1, 60), signed(2, 900, signed_on=after(40), terminated_on=after(200)), unsigned)


@pytest.mark.parametrize(
    ("stage", "counts"),
    [
        ("promised", [3, 3, 3, 3, 3]),
        ("signed", [1, 2, 2, 2, 2]),
        ("decomposed", [1, 2, 2, 2, 2]),
        ("landed", [0, 1, 1, 1, 1]),
        ("terminated", [0, 0, 0, 1, 1]),
        ("live", [0, 0, 0, 0, 0]),
    ],
)
def test_each_day_has_what_existed_then(stage: str, counts: list[int]) -> None:
    assert _stage(_summit(), stage) == counts


def test_the_days_are_counted_from_the_event() -> None:
    days = [(row["horizon_days"], row["day"]) for row in _rows(_summit(), after(400))]
    expected = [(n, after(n)) for n in (30, 90, 180, 365)]
    assert days == [*expected, (None, after(400))]


def test_a_day_ahead_is_not_there_yet() -> None:
    rows = _rows(_summit(), after(100))
    assert [row["is_ahead"] for row in rows] == [False, False, True, True, False]
    assert [row["signed"] for row in rows] == [1, 2, None, None, 2]


def test_the_day_looked_at_is_not_ahead_of_itself() -> None:
    assert _stage(_summit(), "signed", after(90)) == [1, 2, None, None, 2]


def test_an_event_of_tomorrow_is_left_out() -> None:
    assert _rows(_summit(), after(-1)) == []


def test_a_start_before_the_signature_counts_from_the_signature() -> None:
    tables = facts(signed(1, 60, signed_on=after(40)))
    tables["project"][0] |= {"started_on": after(10), "live_on": after(20)}
    made = portfolio(**tables)
    assert (_stage(made, "started"), _stage(made, "live")) == ([0, 1, 1, 1, 1], [0, 1, 1, 1, 1])


def test_an_agreement_of_two_projects_counts_once() -> None:
    tables = facts(signed(1, 60), signed(2, 20))
    tables["project"][1]["agreement_id"] = 1
    assert _stage(portfolio(**tables), "landed") == [1, 1, 1, 1, 1]


def test_a_joint_agreement_counts_once() -> None:
    assert _stage(on_the_way(signed(1, 20, also=XIXIU)), "landed") == [1, 1, 1, 1, 1]


def test_a_region_keeps_the_events_of_its_agreements() -> None:
    everything = on_the_way(signed(1, 20), signed(2, 20, county=XIXIU))
    assert [row["promised"] for row in _rows(everything, region_id=GUIZHOU)] == [1] * 5


def test_a_plan_with_another_gate_takes_the_landing_back() -> None:
    tables = facts(signed(1, 20))
    later = {"id": 2, "project_id": 1, "number": 1, "approved_on": after(50)}
    tables["baseline"].append(later)
    tables["milestone"].append(tables["milestone"][0] | {"id": 2, "met_on": after(120)})
    frozen = tables["baseline_milestone"][0]
    tables["baseline_milestone"] += [
        frozen | {"id": n + 1, "baseline_id": 2, "milestone_id": n} for n in (1, 2)
    ]
    assert _stage(portfolio(**tables), "landed") == [1, 0, 1, 1, 1]


def test_the_newest_event_comes_first() -> None:
    events = [{"id": n, "name": str(n), "held_on": after(n)} for n in (1, 2)]
    two = on_the_way(signed(1), signed(2, event_id=2), signing_event=events)
    assert [row["event_id"] for row in _rows(two)] == [2] * 5 + [1] * 5


def test_what_belongs_to_no_event_is_left_out() -> None:
    assert _rows(on_the_way(signed(1, event_id=None))) == []


@settings(max_examples=40, deadline=None)
@given(cohorts(), st.integers(0, 700))
def test_every_day_has_the_figures_of_that_day(agreements: list[Row], day: int) -> None:
    everything = on_the_way(*agreements)
    for row in _rows(everything, after(day)):
        if row["is_ahead"]:
            continue
        counts = figures(everything, row["day"], Grouping.event).filter(key=1).row(0, named=True)
        assert {s: row[s] for s in FIGURES} == {s: counts[name] for s, name in FIGURES.items()}


_LISTS: dict[str, dict[str, Any]] = {
    "signed": {},
    "decomposed": {"planned": True},
    "started": {"reached": "is_performed"},
    "landed": {"reached": "is_landed"},
    "live": {"reached": "is_live"},
    "terminated": {"states": ["terminated"]},
}


@settings(max_examples=20, deadline=None)
@given(cohorts(), st.sampled_from(STAGES))
def test_every_figure_is_as_long_as_its_list(agreements: list[Row], stage: str) -> None:
    everything = on_the_way(*agreements)
    for row in _rows(everything, after(400)):
        wanted = Wanted(event_ids=[1], signed=True, **_LISTS[stage])
        assert agreement_rows(everything, row["day"], wanted).height == row[stage]


def test_a_promise_counts_agreements_counties_and_those_above_them() -> None:
    tables = facts(signed(1, also=NAN), signed(2, signed_on=after(3)), signed(3, event_id=None))
    tables["party"].append(party(99, 2, ZHUZHOU))
    found = promise(portfolio(**tables), AS_OF, 1)
    assert (found.agreements, found.signed_that_day, found.counties, found.above) == (2, 1, 2, 1)


def test_a_promise_names_each_pillar_with_its_agreements() -> None:
    found = promise(on_the_way(signed(1, pillars=(2, 1)), signed(2)), AS_OF, 1)
    assert found.pillars.select("name_en", "agreements").rows() == [
        ("Scientific decisions", 1),
        ("Digital industry", 2),
    ]


def test_amounts_are_added_by_currency_and_what_states_none_is_left_out() -> None:
    yuan: Row = {"amount_cents": 500, "currency": "CNY"}
    stated = [signed(1, **yuan), signed(2, **yuan), signed(3, amount_cents=7, currency="USD"), signed(4)]
    assert promise(on_the_way(*stated), AS_OF, 1).amounts.rows() == [("CNY", 1000, 2), ("USD", 7, 1)]


def test_an_event_without_agreements_promised_nothing() -> None:
    found = promise(on_the_way(signed(1, event_id=None)), AS_OF, 1)
    assert (found.agreements, found.counties, found.amounts.height) == (0, 0, 0)


def test_an_empty_database_has_no_events() -> None:
    assert follow_ups(portfolio(), AS_OF, Part()).is_empty()


def test_a_scope_sees_what_its_joint_agreement_led_to_elsewhere() -> None:
    joint = on_the_way(signed(1, 20, also=XIXIU)).within(frozenset({XIXIU}))
    assert _stage(joint, "landed") == [1, 1, 1, 1, 1]

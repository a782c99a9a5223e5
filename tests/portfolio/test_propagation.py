"""D12 by hand, edge by edge, and against a second implementation on generated plans."""

import random
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.portfolio.naive_propagation import naive_dates
from tests.portfolio.plan_facts import AS_OF, OPENED, approved, step, tables
from tests.portfolio.timeline_facts import portfolio
from tracker.portfolio.model import Portfolio
from tracker.portfolio.propagation import blocked_ids, driving_path, propagated
from tracker.rules.working_day import LAST_DAY, WorkingCalendar

Row = dict[str, Any]
DUE = date(2021, 8, 10)


def link(number: int, before: int, after: int, kind: str = "FS", **changes: Any) -> Row:
    """A dependency without a lag."""
    row = {"id": number, "predecessor_id": before, "successor_id": after, "kind": kind}
    return row | {"lag_days": 0, "in_working_days": False} | changes


def joined(steps: list[Row], links: list[Row], **others: list[Row]) -> Portfolio:
    return portfolio(**(tables(steps, [], []) | {"dependency": links} | others))


def dates(facts: Portfolio, number: int) -> tuple[date | None, date | None, int | None]:
    """Start, finish and driver of one milestone."""
    rows = {row[0]: row[1:] for row in propagated(facts, AS_OF).iter_rows()}
    return rows[number]


def _day(month: int, day: int) -> date:
    return date(2021, month, day)


@pytest.mark.parametrize(
    ("kind", "lag", "expected"),
    [
        # The predecessor runs from 1 to 31 August; the successor takes 9 days, 1 to 10 August by itself.
        ("FS", 0, (_day(8, 31), _day(9, 9), 1)),
        ("FS", 5, (_day(9, 5), _day(9, 14), 1)),
        ("FS", -30, (_day(8, 1), _day(8, 10), None)),  # exactly its own dates: its own drive
        ("FS", -29, (_day(8, 2), _day(8, 11), 1)),
        ("SS", 0, (_day(8, 1), _day(8, 10), None)),
        ("SS", 1, (_day(8, 2), _day(8, 11), 1)),
        ("FF", 0, (_day(8, 1), _day(8, 31), 1)),
        ("FF", -21, (_day(8, 1), _day(8, 10), None)),
        ("FF", -20, (_day(8, 1), _day(8, 11), 1)),
    ],
)
def test_a_successor_waits(kind: str, lag: int, expected: tuple[date, date, int | None]) -> None:
    steps = [step(1, start_on=_day(8, 1), due_on=_day(8, 31)), step(2, start_on=_day(8, 1), due_on=DUE)]
    assert dates(joined(steps, [link(1, 1, 2, kind, lag_days=lag)]), 2) == expected


@pytest.mark.parametrize(
    ("predecessor", "finish"),
    [
        ({"due_on": _day(9, 1)}, _day(9, 1)),
        ({"due_on": _day(9, 1), "forecast_on": _day(9, 20)}, _day(9, 20)),
        ({"due_on": _day(9, 20), "forecast_on": _day(9, 1)}, _day(9, 1)),  # an earlier forecast counts too
        ({"due_on": _day(9, 1), "met_on": _day(6, 1)}, DUE),  # met: counts with its actual
        ({"due_on": _day(9, 1), "met_on": AS_OF}, DUE),
        ({"due_on": _day(9, 1), "met_on": _day(7, 1)}, _day(9, 1)),  # met only after this day
        ({"due_on": _day(9, 1), "cancelled_on": AS_OF}, DUE),  # cancelled: ignored
        ({"due_on": _day(9, 1), "cancelled_on": _day(7, 1)}, _day(9, 1)),
    ],
)
def test_a_predecessor_counts_with(predecessor: Row, finish: date) -> None:
    steps = [step(1, **predecessor), step(2, due_on=DUE)]
    assert dates(joined(steps, [link(1, 1, 2)]), 2)[1] == finish


def test_an_unmet_predecessor_counts_with_at_least_the_day_looked_at() -> None:
    steps = [step(1, due_on=_day(2, 1)), step(2, due_on=_day(7, 1))]
    assert dates(joined(steps, [link(1, 1, 2, lag_days=10)]), 2)[1] == AS_OF + timedelta(days=10)


def test_a_predecessor_without_a_date_counts_with_the_day_looked_at() -> None:
    steps = [step(1, due_on=None), step(2, due_on=_day(7, 1))]
    assert dates(joined(steps, [link(1, 1, 2, lag_days=10)]), 2) == (_day(7, 10), _day(7, 10), 1)


def test_what_has_no_date_of_its_own_gets_one_from_what_it_waits_for() -> None:
    steps = [step(1, due_on=DUE), step(2, due_on=None)]
    assert dates(joined(steps, [link(1, 1, 2)]), 2) == (DUE, DUE, 1)


def test_without_any_date_nothing_is_made_up() -> None:
    assert dates(joined([step(1, due_on=None)], []), 1) == (None, None, None)


def test_what_is_met_keeps_its_actual_whatever_it_waited_for() -> None:
    steps = [step(1, due_on=DUE), step(2, start_on=_day(3, 1), due_on=_day(4, 1), met_on=_day(5, 1))]
    assert dates(joined(steps, [link(1, 1, 2)]), 2) == (_day(3, 1), _day(5, 1), None)


def test_what_is_met_before_its_planned_start_started_no_later() -> None:
    steps = [step(1, start_on=_day(6, 1), due_on=DUE, met_on=_day(5, 1))]
    assert dates(joined(steps, []), 1)[:2] == (_day(5, 1), _day(5, 1))


def test_the_plan_in_force_gives_the_duration() -> None:
    steps = [step(1, due_on=DUE), step(2, start_on=_day(7, 1), due_on=_day(7, 5))]
    plan = approved((1, DUE, 10), (2, _day(7, 11), 10), on=OPENED)
    facts = portfolio(**(tables(steps, [plan], []) | {"dependency": [link(1, 1, 2)]}))
    # The baseline is due ten days after the start, the typed plan only four.
    assert dates(facts, 2)[1] == DUE + timedelta(days=10)


def test_working_days_pass_over_days_of_rest() -> None:
    steps = [step(1, due_on=date(2021, 9, 30)), step(2, due_on=DUE)]
    facts = joined(steps, [link(1, 1, 2, lag_days=1, in_working_days=True)])
    assert dates(facts, 2)[1] == date(2021, 10, 8)


def test_the_organisations_own_days_count() -> None:
    steps = [step(1, due_on=date(2021, 9, 30)), step(2, due_on=DUE)]
    own = [{"id": 1, "day": date(2021, 10, 8), "is_working": False}]
    facts = joined(steps, [link(1, 1, 2, lag_days=1, in_working_days=True)], calendar_day=own)
    assert dates(facts, 2)[1] == date(2021, 10, 9)  # a Saturday that is made up for


def test_of_two_equal_causes_the_older_entry_drives() -> None:
    steps = [step(1, due_on=DUE), step(2, due_on=DUE), step(3, due_on=_day(7, 1))]
    assert dates(joined(steps, [link(2, 1, 3), link(1, 2, 3)]), 3)[2] == 2


def test_a_lag_that_leaves_the_calendar_stays_at_its_last_day() -> None:
    steps = [step(1, due_on=date(2199, 12, 1)), step(2, start_on=_day(7, 1), due_on=_day(8, 1)), step(3)]
    for counts_working_days in (False, True):
        rows = [
            link(1, 1, 2, lag_days=3650, in_working_days=counts_working_days),
            link(2, 2, 3, lag_days=3650),
        ]
        assert dates(joined(steps, rows), 3)[1] == LAST_DAY


def test_milestones_that_wait_in_a_round_keep_their_own_dates() -> None:
    steps = [step(1, due_on=DUE), step(2, due_on=_day(7, 1)), step(3, due_on=_day(7, 2))]
    facts = joined(steps, [link(1, 1, 2), link(2, 2, 1), link(3, 2, 3)])
    assert [dates(facts, n)[1] for n in (1, 2, 3)] == [DUE, _day(7, 1), _day(7, 2)]


def test_a_withdrawn_agreements_milestones_hold_nobody_up() -> None:
    steps = [step(1, due_on=DUE, project_id=2), step(2, due_on=_day(7, 1))]
    withdrawn = {"id": 2, "agreement_id": 99, "division_id": 11, "opened_on": OPENED}
    facts = tables(steps, [], [])
    facts |= {"dependency": [link(1, 1, 2)], "project": [*facts["project"], withdrawn]}
    assert dates(portfolio(**facts), 2)[1] == _day(7, 1)


def test_the_path_leads_from_the_first_cause_to_the_milestone() -> None:
    steps = [step(1, start_on=_day(9, 1), due_on=_day(9, 30)), step(2, due_on=DUE), step(3, due_on=DUE)]
    facts = joined(steps, [link(7, 1, 2, "SS", lag_days=4), link(8, 2, 3, lag_days=2)])
    path = driving_path(facts, AS_OF, 3)
    assert [(p.milestone_id, p.day, p.is_start, p.dependency_id) for p in path] == [
        (1, _day(9, 1), True, 7),
        (2, _day(9, 5), False, 8),
        (3, _day(9, 7), False, None),
    ]


def test_the_path_of_what_nothing_drives_is_itself() -> None:
    assert [p.milestone_id for p in driving_path(joined([step(1)], []), AS_OF, 1)] == [1]


@pytest.mark.parametrize(
    ("kind", "predecessor", "is_blocked"),
    [
        ("FS", {}, True),
        ("FF", {}, True),
        ("FS", {"met_on": AS_OF}, False),
        ("FS", {"met_on": _day(7, 1)}, True),
        ("FS", {"cancelled_on": AS_OF}, False),
        ("SS", {"start_on": _day(7, 1)}, True),
        ("SS", {"start_on": AS_OF}, False),
    ],
)
def test_an_unmet_predecessor_blocks(kind: str, predecessor: Row, is_blocked: bool) -> None:
    facts = joined([step(1, **predecessor), step(2)], [link(1, 1, 2, kind)])
    assert blocked_ids(facts, AS_OF).to_list() == ([2] if is_blocked else [])


def test_a_scope_changes_no_date() -> None:
    steps = [step(1, due_on=DUE, project_id=2), step(2, due_on=_day(7, 1))]
    facts = tables(steps, [], [])
    elsewhere = {"id": 2, "agreement_id": 1, "division_id": 12, "opened_on": OPENED}
    parties = [{"id": 1, "agreement_id": 1, "side": "county", "division_id": 11, "required": True}]
    facts |= {"dependency": [link(1, 1, 2)], "project": [*facts["project"], elsewhere], "party": parties}
    seen = portfolio(**facts).within(frozenset({11}))
    assert propagated(seen, AS_OF).rows() == [(2, DUE, DUE, 1)]


_DAYS = st.integers(-40, 60).map(lambda n: AS_OF + timedelta(days=n))


@st.composite
def networks(draw: Any) -> tuple[list[Row], list[Row]]:
    count = draw(st.integers(2, 8))
    steps = [
        step(
            number,
            due_on=draw(_DAYS),
            start_on=draw(st.none() | _DAYS),
            forecast_on=draw(st.none() | _DAYS),
            met_on=draw(st.none() | _DAYS),
            cancelled_on=draw(st.none() | st.none() | _DAYS),
        )
        for number in range(1, count + 1)
    ]
    pairs = [(a, b) for a in range(1, count + 1) for b in range(a + 1, count + 1)]
    chosen = draw(
        st.lists(st.tuples(st.sampled_from(pairs), st.sampled_from(["FS", "SS", "FF"])), unique=True)
    )
    turned = draw(st.permutations(range(1, count + 1)))
    links = [
        link(
            number,
            turned[a - 1],
            turned[b - 1],
            kind,
            lag_days=draw(st.integers(-20, 20)),
            in_working_days=draw(st.booleans()),
        )
        for number, ((a, b), kind) in enumerate(chosen, start=1)
    ]
    return steps, links


@settings(max_examples=150, deadline=None)
@given(networks())
def test_propagation_agrees_with_going_over_it_until_nothing_moves(
    known: tuple[list[Row], list[Row]],
) -> None:
    steps, links = known
    found = {row[0]: row[1:3] for row in propagated(joined(steps, links), AS_OF).iter_rows()}
    assert found == naive_dates(steps, links, AS_OF, WorkingCalendar())


@settings(max_examples=50, deadline=None)
@given(networks(), st.randoms())
def test_the_order_of_rows_never_matters(known: tuple[list[Row], list[Row]], dice: random.Random) -> None:
    steps, links = known
    before = propagated(joined(steps, links), AS_OF).sort("milestone_id").rows()
    dice.shuffle(steps)
    dice.shuffle(links)
    assert propagated(joined(steps, links), AS_OF).sort("milestone_id").rows() == before


@settings(max_examples=50, deadline=None)
@given(networks())
def test_a_dependency_never_makes_anything_earlier(known: tuple[list[Row], list[Row]]) -> None:
    steps, links = known
    alone = {row[0]: row[2] for row in propagated(joined(steps, []), AS_OF).iter_rows()}
    assert all(row[2] >= alone[row[0]] for row in propagated(joined(steps, links), AS_OF).iter_rows())


@settings(max_examples=100, deadline=None)
@given(networks())
def test_what_is_blocked_agrees_with_the_dates_of_everything(known: tuple[list[Row], list[Row]]) -> None:
    steps, links = known
    facts = joined(steps, links)
    starts = {row[0]: row[1] for row in propagated(facts, AS_OF).iter_rows()}
    unmet = {s["id"] for s in steps if s["id"] in starts and not (s["met_on"] and s["met_on"] <= AS_OF)}
    begun = {number for number in unmet if starts[number] <= AS_OF}
    waiting = (k for k in links if k["predecessor_id"] in (unmet - begun if k["kind"] == "SS" else unmet))
    assert set(blocked_ids(facts, AS_OF)) == {k["successor_id"] for k in waiting}

"""The expiry calendar: ends and decision deadlines by hand, self-renewals, notices, and who is left out."""

from datetime import date
from typing import Any

import pytest

from tests.portfolio.timeline_facts import (
    AS_OF,
    DIVISIONS,
    PILLARS,
    SUMMIT,
    agreement,
    milestone,
    party,
    project,
)
from tests.portfolio.timeline_facts import portfolio as made_of
from tracker.portfolio.expiry import counts_by_month, expiries, expiry_months, in_month
from tracker.portfolio.model import Portfolio
from tracker.portfolio.part import Part

END = date(2021, 7, 16)
DECIDE = date(2021, 4, 17)
YEARLY = {"term_months": 12, "renewals_allowed": 2}


def _facts(*agreements: dict[str, Any], **more: Any) -> Portfolio:
    """Agreements with 醴陵市 that are signed unless they say otherwise; a year's term from the summit."""
    made = [agreement(n, term_months=12) | changes for n, changes in enumerate(agreements, start=1)]
    signed = [party(a["id"], a["id"], 11, a.pop("signed_on", SUMMIT)) for a in made]
    tables = {"division": DIVISIONS, "pillar": PILLARS, "agreement": made, "party": signed}
    return made_of(**tables | more)


def _rows(facts: Portfolio, as_of: date = AS_OF, part: Part | None = None) -> list[dict[str, Any]]:
    return expiries(facts, as_of, part or Part()).to_dicts()


def test_the_months_are_that_of_the_day_and_the_17_after_it_over_the_turn_of_the_year() -> None:
    months = expiry_months(AS_OF)
    assert (len(months), months[0], months[7], months[-1]) == (
        18,
        date(2021, 6, 1),
        date(2022, 1, 1),
        date(2022, 11, 1),
    )


def test_a_decision_is_due_the_days_of_notice_before_the_end() -> None:
    (row,) = _rows(_facts({}), date(2021, 4, 1))
    assert (row["term_end_on"], row["decision_on"], row["decision_days"], row["days_left"]) == (
        END,
        DECIDE,
        16,
        106,
    )


@pytest.mark.parametrize(
    ("as_of", "decision", "next_on"),
    [(DECIDE, "due", DECIDE), (date(2021, 4, 18), "missed", END), (END, "missed", END)],
)
def test_a_decision_is_due_up_to_its_day_and_then_missed(as_of: date, decision: str, next_on: date) -> None:
    (row,) = _rows(_facts({}), as_of)
    assert (row["decision"], row["next_on"]) == (decision, next_on)


def test_after_its_end_an_agreement_is_not_listed() -> None:
    assert _rows(_facts({}), date(2021, 7, 17)) == []


@pytest.mark.parametrize(
    ("end_on", "notice_days", "listed"),
    [
        (date(2022, 11, 30), 0, True),
        (date(2022, 12, 1), 0, False),
        (date(2022, 12, 1), 1, True),
        (date(2023, 1, 31), 62, True),
        (date(2023, 1, 31), 61, False),
        (None, 90, False),
    ],
)
def test_what_ends_or_is_decided_within_the_months_is_listed(
    end_on: date | None, notice_days: int, listed: bool
) -> None:
    changes = {"term_months": None, "end_on": end_on, "notice_days": notice_days}
    assert bool(_rows(_facts(changes))) is listed


def test_a_term_from_the_last_of_august_ends_by_the_last_of_february() -> None:
    from_august = {"effective_on": date(2020, 8, 31), "term_months": 18}
    (row,) = _rows(_facts(from_august))
    assert (row["term_end_on"], row["decision_on"]) == (date(2022, 2, 27), date(2021, 11, 29))


@pytest.mark.parametrize(
    ("as_of", "end", "last_end", "outcome"),
    [
        (date(2021, 7, 16), END, date(2023, 7, 16), "renews"),
        (date(2021, 7, 17), date(2022, 7, 16), date(2023, 7, 16), "renews"),
        (date(2022, 7, 17), date(2023, 7, 16), date(2023, 7, 16), "ends"),
    ],
)
def test_a_self_renewal_moves_the_end_until_none_is_left(
    as_of: date, end: date, last_end: date, outcome: str
) -> None:
    (row,) = _rows(_facts(YEARLY), as_of)
    assert (row["term_end_on"], row["last_end_on"], row["outcome"]) == (end, last_end, outcome)


@pytest.mark.parametrize(
    ("notice_on", "outcome", "decision"),
    [
        (None, "renews", "missed"),
        (DECIDE, "refused", "made"),
        (date(2021, 4, 18), "renews", "missed"),
        (date(2021, 7, 1), "renews", "missed"),
    ],
)
def test_a_notice_in_time_refuses_the_next_renewal(
    notice_on: date | None, outcome: str, decision: str
) -> None:
    (row,) = _rows(_facts(YEARLY | {"non_renewal_notice_on": notice_on}))
    assert (row["outcome"], row["decision"]) == (outcome, decision)


def test_a_notice_that_missed_one_deadline_refuses_the_renewal_after_it() -> None:
    (row,) = _rows(_facts(YEARLY | {"non_renewal_notice_on": date(2021, 4, 18)}), date(2021, 8, 1))
    assert (row["term_end_on"], row["outcome"]) == (date(2022, 7, 16), "refused")


def test_a_supplement_that_fixes_the_end_stops_the_self_renewal() -> None:
    fixed = {"id": 1, "agreement_id": 1, "signed_on": date(2021, 6, 1), "new_end_on": date(2022, 3, 31)}
    (row,) = _rows(_facts(YEARLY, supplement=[fixed]))
    assert (row["term_end_on"], row["outcome"]) == (date(2022, 3, 31), "ends")


@pytest.mark.parametrize(
    "changes",
    [
        {"terminated_on": AS_OF},
        {"signed_on": None},
        {"abandoned_on": AS_OF, "signed_on": None},
        {"opened_on": date(2021, 7, 1)},
    ],
)
def test_what_is_over_or_unsigned_is_left_out(changes: dict[str, Any]) -> None:
    assert _rows(_facts(changes)) == []


def test_a_superseded_agreement_is_left_out_and_its_renewal_listed() -> None:
    renewal = {"renewal_of_id": 1, "signed_on": date(2021, 6, 1), "effective_on": date(2021, 6, 1)}
    assert [row["id"] for row in _rows(_facts({}, renewal))] == [2]


@pytest.mark.parametrize(
    ("signed_on", "outcome", "decision"),
    [(date(2021, 6, 1), "renewal_signed", "made"), (None, "renewal_prepared", "missed")],
)
def test_a_renewal_not_in_force_yet_says_how_far_it_is(
    signed_on: date | None, outcome: str, decision: str
) -> None:
    renewal = {"renewal_of_id": 1, "signed_on": signed_on, "effective_on": date(2021, 7, 17)}
    row = next(row for row in _rows(_facts({}, renewal)) if row["id"] == 1)
    assert (row["outcome"], row["decision"], row["renewal_number"]) == (outcome, decision, "A2")


def test_an_abandoned_renewal_decides_nothing() -> None:
    renewal = {"renewal_of_id": 1, "signed_on": None, "abandoned_on": AS_OF}
    assert [row["outcome"] for row in _rows(_facts({}, renewal))] == ["ends"]


@pytest.mark.parametrize(("due_on", "outliving"), [(END, 0), (date(2021, 7, 17), 1), (date(2021, 12, 1), 1)])
def test_open_work_is_told_and_whether_it_outlives_the_term(due_on: date, outliving: int) -> None:
    over = [project(2, 1, 11, accepted_on=AS_OF), project(3, 1, 11, stopped_on=AS_OF)]
    (row,) = _rows(_facts({}, project=[project(1, 1, 11), *over], milestone=[milestone(1, 1, due_on)]))
    assert (row["open_projects"], row["outliving"], row["work_until_on"]) == (1, outliving, due_on)


def test_the_next_day_to_act_on_comes_first() -> None:
    later = {"effective_on": date(2020, 12, 1)}
    rows = _rows(_facts(later, {}, {"effective_on": date(2020, 10, 15)}))
    assert [(row["id"], row["next_on"]) for row in rows] == [(2, END), (3, END), (1, date(2021, 9, 1))]


@pytest.mark.parametrize(
    ("part", "found"), [(Part(region_id=1), 1), (Part(region_id=2), 0), (Part(event_id=1), 1)]
)
def test_a_part_narrows_what_is_listed(part: Part, found: int) -> None:
    assert len(_rows(_facts({}), part=part)) == found


def test_each_month_counts_its_ends_and_its_decisions() -> None:
    facts = _facts(
        {},
        YEARLY,
        {"term_months": None, "end_on": date(2021, 12, 31), "notice_days": 31},
        project=[project(1, 1, 11)],
    )
    months = counts_by_month(expiries(facts, AS_OF, Part()), AS_OF).rows_by_key("month_on", unique=True)
    # decisions, missed, ends, renewing, with_open
    assert months[date(2021, 7, 1)] == (0, 2, 2, 1, 1)
    assert months[date(2021, 11, 1)] == (1, 0, 0, 0, 0)
    assert months[date(2021, 12, 1)] == (0, 0, 1, 0, 0)
    assert months[date(2022, 1, 1)] == (0, 0, 0, 0, 0)


@pytest.mark.parametrize(
    ("month", "listed"),
    [
        (date(2021, 11, 1), [1]),
        (date(2021, 12, 1), [1]),
        (date(2021, 10, 1), []),
        (date(2022, 1, 1), []),
    ],
)
def test_a_month_lists_what_ends_or_is_decided_in_it(month: date, listed: list[int]) -> None:
    facts = _facts({"term_months": None, "end_on": date(2021, 12, 31), "notice_days": 31})
    assert in_month(expiries(facts, AS_OF, Part()), month)["id"].to_list() == listed


def test_nothing_recorded_gives_18_empty_months() -> None:
    rows = expiries(made_of(), AS_OF, Part())
    months = counts_by_month(rows, AS_OF)
    assert (rows.height, months.height, months.drop("month_on").sum().row(0)) == (0, 18, (0, 0, 0, 0, 0))

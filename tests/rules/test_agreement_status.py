"""D1 and D3 worked by hand at their edges, and against a naive second implementation."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.portfolio.timeline_facts import SUMMIT, agreement, party, portfolio
from tests.rules.naive_agreement import naive_signed_on, naive_standing
from tracker.i18n import words_in
from tracker.portfolio.agreement import agreements_as_of, county_parties
from tracker.rules.agreement import STATUS_NAMES, Status, status_reason

D = date
END = D(2023, 7, 16)


def _row(as_of: date, parties: list[dict[str, Any]] | None = None, **tables: Any) -> dict[str, Any]:
    """The first agreement's row on a day; `facts` change it, the other names are tables."""
    rows = [agreement(1, **tables.pop("facts", {})), *tables.pop("others", [])]
    found = portfolio(agreement=rows, party=parties or [party(1, 1, 11)], **tables)
    frame = agreements_as_of(found, as_of)
    return next(row for row in frame.to_dicts() if row["id"] == 1)


def _status(as_of: date, parties: list[dict[str, Any]] | None = None, **tables: Any) -> str:
    return str(_row(as_of, parties, **tables)["status"])


def test_it_does_not_exist_before_its_first_fact() -> None:
    found = portfolio(agreement=[agreement(1)], party=[party(1, 1, 11)])
    assert agreements_as_of(found, SUMMIT - timedelta(days=1)).is_empty()


def test_it_is_active_from_the_day_it_takes_effect() -> None:
    assert _status(SUMMIT) == "active"


def test_it_is_expiring_from_the_ninetieth_day_before_its_end() -> None:
    assert _status(END - timedelta(days=91)) == "active"
    assert _status(END - timedelta(days=90)) == "expiring"


def test_its_own_notice_days_are_used() -> None:
    assert _status(END - timedelta(days=31), facts={"notice_days": 30}) == "active"
    assert _status(END - timedelta(days=30), facts={"notice_days": 30}) == "expiring"


def test_on_its_last_day_it_is_expiring_and_the_day_after_expired() -> None:
    assert _status(END) == "expiring"
    assert _status(END + timedelta(days=1)) == "expired"


def test_signed_before_it_takes_effect_it_is_not_yet_effective() -> None:
    later = {"effective_on": SUMMIT + timedelta(days=14)}
    assert _status(SUMMIT + timedelta(days=13), facts=later) == "not_yet_effective"
    assert _status(SUMMIT + timedelta(days=14), facts=later) == "active"


def test_with_no_end_it_is_active_and_says_it_is_open_ended() -> None:
    row = _row(D(2050, 1, 1), facts={"term_months": None})
    assert row["status"] == "active"
    assert "open-ended" in status_reason(row, words_in("en"))


def test_it_is_signed_on_the_day_of_the_last_required_signature() -> None:
    late = SUMMIT + timedelta(days=5)
    parties = [party(1, 1, 11), party(2, 1, 12, late)]
    assert _row(late, parties)["signed_on"] == late
    assert _status(late - timedelta(days=1), parties) == "draft"


def test_while_a_required_signature_is_missing_it_is_not_signed() -> None:
    assert _row(D(2022, 1, 1), [party(1, 1, 11), party(2, 1, 12, None)])["signed_on"] is None


def test_a_signature_that_is_not_required_is_not_waited_for() -> None:
    parties = [party(1, 1, 11), party(2, 1, 12, None) | {"required": False}]
    assert _row(SUMMIT, parties)["signed_on"] == SUMMIT


def test_an_unsigned_one_is_in_its_newest_stage() -> None:
    stages = [
        {"id": 1, "agreement_id": 1, "stage": "negotiating", "entered_on": SUMMIT},
        {"id": 2, "agreement_id": 1, "stage": "awaiting_signature", "entered_on": D(2020, 9, 1)},
    ]
    unsigned = [party(1, 1, 11, None)]
    assert _status(D(2020, 8, 31), unsigned, agreement_stage=stages) == "negotiating"
    assert _status(D(2020, 9, 1), unsigned, agreement_stage=stages) == "awaiting_signature"


def test_of_two_stages_entered_on_one_day_the_later_entry_counts() -> None:
    stages = [
        {"id": 1, "agreement_id": 1, "stage": "negotiating", "entered_on": SUMMIT},
        {"id": 2, "agreement_id": 1, "stage": "draft", "entered_on": SUMMIT},
    ]
    assert _status(SUMMIT, [party(1, 1, 11, None)], agreement_stage=stages) == "draft"


def test_abandoned_from_that_day_on_if_never_signed() -> None:
    given_up = {"abandoned_on": D(2021, 1, 1)}
    unsigned = [party(1, 1, 11, None)]
    assert _status(D(2020, 12, 31), unsigned, facts=given_up) == "draft"
    assert _status(D(2021, 1, 1), unsigned, facts=given_up) == "abandoned"


def test_a_signed_one_is_not_abandoned() -> None:
    assert _status(D(2021, 1, 1), facts={"abandoned_on": D(2021, 1, 1)}) == "active"


def test_terminated_from_that_day_on_also_after_its_end() -> None:
    ended = {"terminated_on": D(2022, 5, 1)}
    assert _status(D(2022, 4, 30), facts=ended) == "active"
    assert _status(D(2022, 5, 1), facts=ended) == "terminated"
    assert _status(D(2030, 1, 1), facts=ended) == "terminated"


def test_suspended_on_both_days_of_a_suspension_and_not_outside() -> None:
    rests = [{"id": 1, "agreement_id": 1, "from_on": D(2021, 2, 1), "to_on": D(2021, 5, 31)}]
    days = (D(2021, 1, 31), D(2021, 2, 1), D(2021, 5, 31), D(2021, 6, 1))
    assert [_status(d, suspension=rests) for d in days] == ["active", "suspended", "suspended", "active"]


def test_a_suspension_does_not_lengthen_the_term() -> None:
    rests = [{"id": 1, "agreement_id": 1, "from_on": D(2021, 2, 1)}]
    assert _status(END, suspension=rests) == "suspended"
    assert _status(END + timedelta(days=1), suspension=rests) == "expired"


def test_a_suspension_of_a_project_does_not_suspend_the_agreement() -> None:
    assert (
        _status(D(2021, 3, 1), suspension=[{"id": 1, "project_id": 1, "from_on": D(2021, 2, 1)}]) == "active"
    )


def _renewal(**facts: Any) -> dict[str, Any]:
    usual = {"opened_on": D(2023, 6, 1), "effective_on": D(2023, 7, 17), "renewal_of_id": 1}
    return agreement(2, **usual | facts)


def test_superseded_from_the_day_a_signed_renewal_takes_effect() -> None:
    parties = [party(1, 1, 11), party(2, 2, 11, D(2023, 6, 1))]
    assert _status(D(2023, 7, 16), parties, others=[_renewal()]) == "expiring"
    assert _status(D(2023, 7, 17), parties, others=[_renewal()]) == "superseded"


def test_a_renewal_that_is_effective_before_it_is_signed_supersedes_on_its_signature() -> None:
    parties = [party(1, 1, 11), party(2, 2, 11, D(2023, 9, 1))]
    assert _status(D(2023, 8, 31), parties, others=[_renewal()]) == "expired"
    assert _status(D(2023, 9, 1), parties, others=[_renewal()]) == "superseded"


def test_an_unsigned_renewal_supersedes_nothing() -> None:
    parties = [party(1, 1, 11), party(2, 2, 11, None)]
    assert _status(D(2024, 1, 1), parties, others=[_renewal()]) == "expired"


def test_termination_goes_before_being_superseded() -> None:
    parties = [party(1, 1, 11), party(2, 2, 11, D(2023, 6, 1))]
    ended = {"terminated_on": D(2023, 8, 1)}
    assert _status(D(2023, 8, 1), parties, facts=ended, others=[_renewal()]) == "terminated"


def test_a_joint_agreement_is_one_with_a_pair_for_each_county() -> None:
    found = portfolio(agreement=[agreement(1)], party=[party(1, 1, 11), party(2, 1, 12), party(3, 1, 12)])
    assert agreements_as_of(found, SUMMIT).height == 1
    assert county_parties(found)["division_id"].to_list() == [11, 12]


def test_a_supplement_and_a_renewal_count_as_defined() -> None:
    supplements = [{"id": 1, "agreement_id": 1, "number": "S1", "signed_on": D(2022, 1, 1)}]
    parties = [party(1, 1, 11), party(2, 2, 11, D(2023, 6, 1))]
    found = portfolio(agreement=[agreement(1), _renewal()], party=parties, supplement=supplements)
    assert agreements_as_of(found, D(2024, 1, 1))["is_signed"].sum() == 2


def test_the_reason_says_the_end_and_the_days_left() -> None:
    row = _row(END - timedelta(days=42))
    assert status_reason(row, words_in("en")) == "Expiring: ends 2023-07-16, 42 days left."


def test_the_reason_of_an_expired_one_says_how_long_ago() -> None:
    assert status_reason(_row(END + timedelta(days=3)), words_in("zh_CN")).endswith("已过 3 天。")


@pytest.mark.parametrize("status", list(Status))
def test_every_status_has_a_name(status: Status) -> None:
    assert STATUS_NAMES[status]


DAYS = st.dates(D(2019, 12, 1), D(2024, 3, 5)) | st.sampled_from(
    [D(2020, 1, 31), D(2020, 2, 29), D(2020, 8, 31), D(2021, 2, 28), D(2023, 12, 31), D(2024, 2, 29)]
)
MAYBE = st.none() | DAYS
MONTHS = st.sampled_from([1, 2, 6, 11, 12, 13, 36])


@st.composite
def terms(draw: st.DrawFn, number: int) -> dict[str, Any]:
    kind = draw(st.sampled_from(["months", "end", "open"]))
    start = draw(MAYBE)
    end = (start or D(2021, 1, 31)) + timedelta(days=draw(st.integers(0, 900)))
    return agreement(
        number,
        opened_on=D(2019, 11, 1),
        effective_on=start,
        term_months=draw(MONTHS) if kind == "months" else None,
        end_on=end if kind == "end" else None,
        renewals_allowed=draw(st.integers(0, 4)),
        renewal_term_months=draw(st.none() | MONTHS),
        notice_days=draw(st.sampled_from([0, 1, 30, 90, 400])),
        non_renewal_notice_on=draw(MAYBE),
        terminated_on=draw(st.none() | st.none() | DAYS),
        abandoned_on=draw(st.none() | st.none() | DAYS),
    )


@st.composite
def facts(draw: st.DrawFn) -> dict[str, list[dict[str, Any]]]:
    agreements = [draw(terms(1)), draw(terms(2)) | {"renewal_of_id": draw(st.sampled_from([None, 1]))}]
    signed = draw(st.lists(st.tuples(st.sampled_from([1, 2]), st.none() | DAYS, st.booleans()), max_size=5))
    rests = draw(st.lists(st.tuples(st.sampled_from([1, 2]), DAYS, st.integers(0, 200)), max_size=3))
    more = draw(st.lists(st.tuples(st.sampled_from([1, 2]), MAYBE, MAYBE, MAYBE), max_size=4))
    stages = draw(st.lists(st.tuples(DAYS, st.sampled_from(["draft", "negotiating"])), max_size=3))
    return {
        "agreement": [dict.fromkeys(_COLUMNS) | a for a in agreements],
        "party": [party(n, a, 11, day) | {"required": r} for n, (a, day, r) in enumerate(signed, 1)],
        "suspension": [
            {"id": n, "agreement_id": a, "from_on": day, "to_on": day + timedelta(days=length)}
            for n, (a, day, length) in enumerate(rests, 1)
        ],
        "supplement": [
            {"id": n, "agreement_id": a, "signed_on": s, "effective_on": e, "new_end_on": new}
            for n, (a, s, e, new) in enumerate(more, 1)
        ],
        "agreement_stage": [
            {"id": n, "agreement_id": 1, "stage": stage, "entered_on": day}
            for n, (day, stage) in enumerate(stages, 1)
        ],
    }


_COLUMNS = ("end_on", "renewal_term_months", "non_renewal_notice_on", "renewal_of_id")


@settings(max_examples=400, deadline=None)
@given(tables=facts(), as_of=DAYS)
def test_status_and_term_are_those_of_the_naive_twin(
    tables: dict[str, list[dict[str, Any]]], as_of: date
) -> None:
    frame = agreements_as_of(portfolio(**tables), as_of)
    found = {r["id"]: (r["status"], r["term_end_on"], r["signed_on"]) for r in frame.to_dicts()}
    expected = {
        a["id"]: (*naive_standing(tables, a, as_of), naive_signed_on(tables, a, as_of))
        for a in tables["agreement"]
    }
    assert found == expected

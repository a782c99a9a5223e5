"""D2 worked by hand at its edges: leap days, short months, renewals, notices, typed ends, supplements."""

from datetime import date, timedelta
from typing import Any

import pytest

from tests.portfolio.timeline_facts import agreement, party, portfolio
from tracker.portfolio.agreement import agreements_as_of
from tracker.rules.term import term_end

D = date


def _end(as_of: date, *, supplements: list[dict[str, Any]] | None = None, **facts: Any) -> date | None:
    """The end of one agreement, signed and effective on 17 July 2020 for 36 months unless `facts` differ."""
    terms = {"effective_on": D(2020, 7, 17)} | facts
    signed = min(terms["effective_on"] or D(2020, 7, 17), D(2020, 7, 17))
    rows = portfolio(
        agreement=[agreement(1, **terms | {"opened_on": signed})],
        party=[party(1, 1, 11, signed)],
        supplement=[
            {"id": n, "agreement_id": 1, "number": f"S{n}", **s} for n, s in enumerate(supplements or [], 1)
        ],
    )
    found: date | None = agreements_as_of(rows, as_of)["term_end_on"].to_list()[0]
    return found


@pytest.mark.parametrize(
    ("effective_on", "months", "end"),
    [
        (D(2020, 7, 17), 36, D(2023, 7, 16)),
        (D(2020, 8, 31), 6, D(2021, 2, 27)),
        (D(2023, 8, 31), 6, D(2024, 2, 28)),
        (D(2020, 2, 29), 36, D(2023, 2, 27)),
        (D(2020, 2, 29), 48, D(2024, 2, 28)),
        (D(2021, 1, 31), 1, D(2021, 2, 27)),
        (D(2021, 1, 29), 1, D(2021, 2, 27)),
        (D(2021, 1, 30), 1, D(2021, 2, 27)),
        (D(2020, 1, 31), 3, D(2020, 4, 29)),
        (D(2020, 3, 1), 12, D(2021, 2, 28)),
        (D(2019, 3, 1), 12, D(2020, 2, 29)),
        (D(2020, 1, 1), 12, D(2020, 12, 31)),
        (D(2020, 12, 31), 1, D(2021, 1, 30)),
        (D(2020, 7, 17), 1, D(2020, 8, 16)),
        (D(2020, 7, 17), 1200, D(2120, 7, 16)),
    ],
)
def test_a_term_ends_the_day_before_its_months_are_over(effective_on: date, months: int, end: date) -> None:
    assert term_end(effective_on, months) == end
    assert _end(effective_on, effective_on=effective_on, term_months=months) == end


def test_without_a_term_or_an_end_it_is_open() -> None:
    assert _end(D(2030, 1, 1), term_months=None) is None


def test_a_term_counts_from_the_day_of_signing_when_no_other_day_is_recorded() -> None:
    assert _end(D(2021, 1, 1), effective_on=None) == D(2023, 7, 16)


def test_on_its_last_day_a_term_has_not_renewed_itself_yet() -> None:
    assert _end(D(2023, 7, 16), renewals_allowed=1) == D(2023, 7, 16)


def test_the_day_after_it_has() -> None:
    assert _end(D(2023, 7, 17), renewals_allowed=1) == D(2026, 7, 16)


def test_it_renews_itself_no_more_often_than_allowed() -> None:
    assert _end(D(2040, 1, 1), renewals_allowed=2) == D(2029, 7, 16)


@pytest.mark.parametrize(
    ("as_of", "end"),
    [
        (D(2021, 2, 27), D(2021, 2, 27)),
        (D(2021, 2, 28), D(2021, 8, 30)),
        (D(2021, 8, 31), D(2022, 2, 27)),
        (D(2023, 9, 1), D(2024, 2, 28)),
        (D(2024, 2, 29), D(2024, 8, 30)),
    ],
)
def test_renewals_count_from_the_start_and_do_not_drift(as_of: date, end: date) -> None:
    assert _end(as_of, effective_on=D(2020, 8, 31), term_months=6, renewals_allowed=20) == end


def test_renewals_may_have_a_term_of_their_own() -> None:
    assert _end(D(2023, 7, 17), renewals_allowed=1, renewal_term_months=12) == D(2024, 7, 16)


# The first end is 16 July 2023, so with 90 days of notice its decision deadline is 17 April 2023.
@pytest.mark.parametrize(
    ("notice_on", "end"),
    [
        (D(2023, 4, 16), D(2023, 7, 16)),
        (D(2023, 4, 17), D(2023, 7, 16)),
        (D(2023, 4, 18), D(2026, 7, 16)),
    ],
)
def test_a_notice_stops_the_renewals_whose_deadline_it_does_not_miss(notice_on: date, end: date) -> None:
    assert _end(D(2026, 8, 1), renewals_allowed=5, non_renewal_notice_on=notice_on) == end


def test_a_notice_is_not_known_before_it_is_given() -> None:
    given = D(2023, 4, 1)
    assert _end(given - timedelta(days=1), renewals_allowed=1, non_renewal_notice_on=given) == D(2023, 7, 16)
    assert _end(D(2023, 7, 17), renewals_allowed=1, non_renewal_notice_on=given) == D(2023, 7, 16)


def test_a_typed_end_is_the_end() -> None:
    assert _end(D(2021, 1, 1), term_months=None, end_on=D(2022, 2, 28)) == D(2022, 2, 28)


def test_a_typed_end_without_a_renewal_term_does_not_renew_itself() -> None:
    assert _end(D(2025, 1, 1), term_months=None, end_on=D(2022, 2, 28), renewals_allowed=3) == D(2022, 2, 28)


def test_a_typed_end_renews_from_the_day_after_it() -> None:
    facts = {"term_months": None, "end_on": D(2022, 2, 28), "renewals_allowed": 3, "renewal_term_months": 12}
    assert _end(D(2023, 3, 1), **facts) == D(2024, 2, 29)


LONGER = {"signed_on": D(2022, 3, 1), "effective_on": D(2022, 3, 1), "new_end_on": D(2025, 7, 16)}


def test_a_signed_supplement_gives_a_new_end() -> None:
    assert _end(D(2022, 3, 1), supplements=[LONGER]) == D(2025, 7, 16)


def test_before_its_signature_a_supplement_changes_nothing() -> None:
    assert _end(D(2022, 2, 28), supplements=[LONGER]) == D(2023, 7, 16)


def test_an_unsigned_supplement_changes_nothing() -> None:
    assert _end(D(2030, 1, 1), supplements=[LONGER | {"signed_on": None}]) == D(2023, 7, 16)


def test_a_supplement_may_take_effect_on_the_day_after_the_end_but_not_later() -> None:
    late = LONGER | {"signed_on": D(2023, 7, 1)}
    assert _end(D(2024, 1, 1), supplements=[late | {"effective_on": D(2023, 7, 17)}]) == D(2025, 7, 16)
    assert _end(D(2024, 1, 1), supplements=[late | {"effective_on": D(2023, 7, 18)}]) == D(2023, 7, 16)


def test_a_supplement_without_an_effective_day_takes_effect_on_its_signature() -> None:
    late = LONGER | {"effective_on": None, "signed_on": D(2023, 7, 18)}
    assert _end(D(2024, 1, 1), supplements=[late]) == D(2023, 7, 16)


def test_the_newest_signed_supplement_wins_whatever_the_order_of_entry() -> None:
    newer = LONGER | {"signed_on": D(2022, 9, 1), "new_end_on": D(2024, 7, 16)}
    assert _end(D(2023, 1, 1), supplements=[newer, LONGER]) == D(2024, 7, 16)


def test_a_supplement_can_shorten_the_term() -> None:
    assert _end(D(2022, 6, 1), supplements=[LONGER | {"new_end_on": D(2022, 12, 31)}]) == D(2022, 12, 31)


def test_a_supplement_that_leaves_the_term_alone_changes_nothing() -> None:
    assert _end(D(2022, 6, 1), supplements=[LONGER | {"new_end_on": None}]) == D(2023, 7, 16)


def test_the_decision_deadline_is_the_notice_before_the_end() -> None:
    rows = portfolio(agreement=[agreement(1)], party=[party(1, 1, 11)])
    assert agreements_as_of(rows, D(2021, 1, 1))["decision_on"].to_list() == [D(2023, 4, 17)]

"""Which term binds what an agreement brought about."""

from datetime import date
from typing import Any

import polars as pl

from tests.portfolio.timeline_facts import DIVISIONS, agreement, party, portfolio
from tracker.portfolio.model import Portfolio
from tracker.portfolio.term import terms_as_of

RENEWED = date(2021, 5, 1)
BEFORE, AFTER = date(2021, 4, 30), date(2021, 6, 30)


def _facts(*agreements: dict[str, Any], parties: list[dict[str, Any]] | None = None) -> Portfolio:
    parties = parties or [
        party(a["id"], a["id"], 11, a["effective_on"]) for a in agreements if a["effective_on"]
    ]
    return portfolio(division=DIVISIONS, agreement=list(agreements), party=parties)


def _renewal(number: int, of: int, effective_on: date = RENEWED, **changes: Any) -> dict[str, Any]:
    return agreement(number, renewal_of_id=of, effective_on=effective_on, opened_on=effective_on, **changes)


def _term(facts: Portfolio, as_of: date, number: int = 1) -> tuple[int, str, date | None]:
    row = terms_as_of(facts, as_of).row(by_predicate=pl.col("agreement_id") == number, named=True)
    return row["term_agreement_id"], row["term_status"], row["term_end_on"]


def test_an_agreement_has_its_own_term() -> None:
    assert _term(_facts(agreement(1)), AFTER) == (1, "active", date(2023, 7, 16))


def test_a_superseded_agreement_has_its_renewals_term() -> None:
    assert _term(_facts(agreement(1), _renewal(2, 1)), AFTER) == (2, "active", date(2024, 4, 30))


def test_until_the_renewal_is_in_force_the_old_term_binds() -> None:
    assert _term(_facts(agreement(1), _renewal(2, 1)), BEFORE) == (1, "active", date(2023, 7, 16))


def test_a_renewal_that_was_renewed_hands_on_the_last_ones_term() -> None:
    chain = [agreement(1), _renewal(2, 1), _renewal(3, 2, date(2021, 6, 1))]
    assert _term(_facts(*chain), AFTER) == (3, "active", date(2024, 5, 31))


def test_of_two_renewals_the_later_one_binds() -> None:
    facts = _facts(agreement(1), _renewal(2, 1), _renewal(3, 1, date(2021, 6, 1)))
    assert _term(facts, AFTER)[0] == 3


def test_an_unsigned_agreement_has_no_term() -> None:
    facts = _facts(agreement(1), parties=[party(1, 1, 11, None)])
    assert _term(facts, AFTER) == (1, "draft", None)


def test_a_terminated_renewal_is_told_as_such() -> None:
    facts = _facts(agreement(1), _renewal(2, 1, terminated_on=date(2021, 6, 1)))
    assert _term(facts, AFTER)[:2] == (2, "terminated")


def test_a_renewal_outside_the_scope_gives_its_term_all_the_same() -> None:
    parties = [party(1, 1, 11), party(2, 2, 21, RENEWED)]
    facts = _facts(agreement(1), _renewal(2, 1), parties=parties).within(frozenset({11}))
    assert _term(facts, AFTER) == (2, "active", date(2024, 4, 30))


def test_every_agreement_has_one_row() -> None:
    facts = _facts(agreement(1), _renewal(2, 1), _renewal(3, 1, date(2021, 6, 1)))
    assert sorted(terms_as_of(facts, AFTER)["agreement_id"]) == [1, 2, 3]


def test_renewals_entered_in_a_round_end_somewhere() -> None:
    facts = _facts(agreement(1, renewal_of_id=2, effective_on=RENEWED), _renewal(2, 1))
    assert sorted(terms_as_of(facts, AFTER)["agreement_id"]) == [1, 2]

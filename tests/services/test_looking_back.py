"""A desk that looks back: it reads what was known then, within the person's scope, and writes nothing."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from db.engine import Database
from tests.services.earlier import date_back
from tests.services.planning import an_agreement
from tracker.errors import NotAllowed, NotFound
from tracker.services.desk import Desk, LookingBack
from tracker.services.figures import read_figures
from tracker.services.history import HistoryQuestion, read_history
from tracker.services.reading import known_since, portfolio_for
from tracker.services.signing_event import hold_signing_event

RECORDED, LATER = datetime(2021, 6, 30, tzinfo=UTC), datetime(2021, 7, 1, tzinfo=UTC)
DAY, ZHENGDING = date(2026, 1, 1), "130123"


@pytest.fixture
def agreement(database: Database) -> int:
    """An agreement in Hunan recorded in June 2021; one there and one in Hebei were recorded today."""
    first = an_agreement(database)
    date_back(database, RECORDED)
    an_agreement(database, number="430281-2020-F-002")
    an_agreement(database, ZHENGDING, number="130123-2020-F-001")
    return first


def _back(desk: Desk) -> Desk:
    return replace(desk, known_at=LATER)


def test_the_portfolio_holds_what_was_known(dora: Desk, agreement: int) -> None:
    assert portfolio_for(_back(dora))["agreement"]["id"].to_list() == [agreement]


def test_the_present_is_not_touched_by_a_look_back(dora: Desk, agreement: int) -> None:
    portfolio_for(_back(dora))
    assert portfolio_for(dora)["agreement"].height == 3


def test_a_look_back_is_remembered(dora: Desk, agreement: int) -> None:
    assert portfolio_for(_back(dora)) is portfolio_for(_back(dora))


def test_a_look_back_keeps_to_the_scope(charlie: Desk, agreement: int) -> None:
    assert portfolio_for(_back(charlie))["agreement"].height == 0


def test_a_look_back_at_this_very_moment_is_the_present(alice: Desk, agreement: int) -> None:
    now = replace(alice, known_at=datetime.now(UTC))
    assert portfolio_for(now) is portfolio_for(alice)


def test_figures_are_those_known_then(dora: Desk, agreement: int) -> None:
    figures = [read_figures(desk, DAY)["agreements_signed"].item() for desk in (_back(dora), dora)]
    assert figures == [1, 3]


def test_history_ends_at_the_moment(dora: Desk, agreement: int) -> None:
    page = read_history(_back(dora), HistoryQuestion(entity="agreement"))
    assert [entry.record_id for entry in page.entries] == [agreement]


def test_a_service_that_writes_refuses(dora: Desk, agreement: int) -> None:
    with pytest.raises(LookingBack, match="2021-07-01T08:00"):
        hold_signing_event(_back(dora), {"name": "签约活动", "held_on": date(2020, 7, 17)})


def test_a_transaction_is_refused_whoever_asks(dora: Desk, agreement: int) -> None:
    with pytest.raises(LookingBack), _back(dora).transaction():
        pass


def test_a_role_too_low_is_said_before_the_look_back(bob: Desk, agreement: int) -> None:
    with pytest.raises(NotAllowed):
        _back(bob).allow("agreement.write")


def test_what_is_out_of_scope_is_not_found_before_anything_is_said(charlie: Desk, agreement: int) -> None:
    with pytest.raises(NotFound):
        _back(charlie).allow("agreement.write", {1})


@pytest.mark.parametrize(("act", "may"), [("read", True), ("history.read", True), ("agreement.write", False)])
def test_screens_are_told_what_can_be_done(dora: Desk, act: str, may: bool) -> None:
    assert _back(dora).may(act) == may


def test_the_first_entry_of_people_says_since_when_anything_is_known(dora: Desk, agreement: int) -> None:
    assert known_since(dora) == RECORDED


def test_nothing_is_known_of_an_empty_database(dora: Desk) -> None:
    assert known_since(dora) is None

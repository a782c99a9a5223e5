from datetime import date, timedelta
from typing import Any

import pytest

from db.errors import RecordMissing
from tests.conftest import division_id
from tracker.errors import (
    EditConflict,
    InTheFuture,
    InvalidInput,
    NotFound,
    ReasonRequired,
    Required,
    TooLong,
)
from tracker.services.desk import Desk
from tracker.services.history import HistoryQuestion, read_history
from tracker.services.lists import Wanted, list_signing_events
from tracker.services.signing_event import (
    archive_signing_event,
    change_signing_event,
    hold_signing_event,
    read_signing_event,
    restore_signing_event,
)

SUMMIT = {"name": "湖南数字乡村峰会", "held_on": date(2020, 7, 17), "place": "杭州"}


def _problem(desk: Desk, **changed: Any) -> Any:
    with pytest.raises(InvalidInput) as refused:
        hold_signing_event(desk, SUMMIT | changed)
    [problem] = refused.value.problems
    return problem


def test_an_event_is_recorded_as_typed(alice: Desk) -> None:
    event = read_signing_event(alice, hold_signing_event(alice, SUMMIT))
    assert (event.name, event.held_on, event.place) == tuple(SUMMIT.values())


def test_it_is_in_the_history_as_held(alice: Desk) -> None:
    event_id = hold_signing_event(alice, SUMMIT)
    [entry] = read_history(alice, HistoryQuestion(entity="signing_event", record_id=event_id)).entries
    assert (entry.actor, entry.action) == ("alice", "signing_event.held")


def test_the_same_sending_twice_records_one_event(alice: Desk) -> None:
    assert hold_signing_event(alice, SUMMIT, token="once") == hold_signing_event(alice, SUMMIT, token="once")


def test_an_event_without_a_name_is_refused_beside_the_name(alice: Desk) -> None:
    problem = _problem(alice, name="  ")
    assert (type(problem), problem.field) == (Required, "name")


def test_an_event_without_a_day_is_refused(alice: Desk) -> None:
    assert isinstance(_problem(alice, held_on=None), Required)


def test_an_event_in_the_future_is_refused(alice: Desk) -> None:
    assert isinstance(_problem(alice, held_on=alice.today + timedelta(days=1)), InTheFuture)


def test_a_name_of_ten_thousand_characters_is_refused(alice: Desk) -> None:
    assert isinstance(_problem(alice, name="会" * 10_000), TooLong)


def test_a_correction_keeps_the_host(alice: Desk) -> None:
    host = division_id(alice.database, "430000")
    event_id = hold_signing_event(alice, SUMMIT | {"division_id": host})
    change_signing_event(alice, event_id, SUMMIT | {"division_id": host, "place": "长沙"}, seen=1)
    event = read_signing_event(alice, event_id)
    assert (event.place, event.division_id) == ("长沙", host)


def test_the_second_of_two_editors_sees_both_values(alice: Desk, dora: Desk) -> None:
    event_id = hold_signing_event(alice, SUMMIT)
    change_signing_event(dora, event_id, SUMMIT | {"place": "长沙"}, seen=1)
    with pytest.raises(EditConflict) as conflict:
        change_signing_event(alice, event_id, SUMMIT | {"place": "北京"}, seen=1)
    assert conflict.value.fields == {"place": ("长沙", "北京")}


def test_a_withdrawn_event_leaves_the_list_and_a_restored_one_returns(dora: Desk) -> None:
    event_id = hold_signing_event(dora, SUMMIT)
    archive_signing_event(dora, event_id, "重复登记")
    gone = list_signing_events(dora, dora.today, Wanted())[1]
    restore_signing_event(dora, event_id)
    assert (gone, list_signing_events(dora, dora.today, Wanted())[1]) == (0, 1)


def test_withdrawing_asks_for_a_reason(dora: Desk) -> None:
    event_id = hold_signing_event(dora, SUMMIT)
    with pytest.raises(ReasonRequired):
        archive_signing_event(dora, event_id, " ")


def test_an_event_that_does_not_exist_is_not_found(dora: Desk) -> None:
    with pytest.raises(NotFound):
        read_signing_event(dora, 999)


def test_changing_an_event_that_does_not_exist_says_so(dora: Desk) -> None:
    with pytest.raises(RecordMissing):
        change_signing_event(dora, 999, SUMMIT, seen=1)

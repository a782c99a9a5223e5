"""Meetings: logged, corrected, withdrawn and brought back, by whom it is allowed."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from sqlmodel import col, select

from db.models import AuditEntry, Meeting
from tests.conftest import ON_SQLITE, division_id
from tracker.errors import (
    EditConflict,
    EndBeforeStart,
    InTheFuture,
    InvalidInput,
    NotAllowed,
    NotFound,
    ReasonRequired,
    Required,
)
from tracker.permissions import Person, Role
from tracker.services.desk import Desk
from tracker.services.meeting import (
    archive_meeting,
    change_meeting,
    log_meeting,
    read_meetings,
    restore_meeting,
)
from tracker.services.reading import portfolio_for


def values(desk: Desk, **changed: Any) -> dict[str, Any]:
    liling = division_id(desk.database, "430281")
    return {"division_id": liling, "held_on": date(2020, 6, 1), "with_whom": "县长"} | changed


def lead(desk: Desk) -> Desk:
    return replace(desk, person=Person("lena", Role.lead, desk.person.division_ids))


def problems(error: pytest.ExceptionInfo[InvalidInput]) -> list[tuple[str, type]]:
    return [(p.field, type(p)) for p in error.value.problems]


def meetings(desk: Desk) -> list[Meeting]:
    return read_meetings(desk, division_id(desk.database, "430281"))


def test_a_meeting_logged_is_read_back(alice: Desk) -> None:
    log_meeting(alice, values(alice, topic="数字兴业", next_step="现场调研", next_step_on=date(2020, 6, 20)))
    assert [(m.with_whom, m.topic, m.next_step_on) for m in meetings(alice)] == [
        ("县长", "数字兴业", date(2020, 6, 20))
    ]


def test_the_newest_meeting_comes_first(alice: Desk) -> None:
    for day in (date(2020, 6, 1), date(2020, 7, 1), date(2020, 5, 1)):
        log_meeting(alice, values(alice, held_on=day))
    assert [m.held_on.month for m in meetings(alice)] == [7, 6, 5]


def test_logging_writes_who_and_what(alice: Desk) -> None:
    log_meeting(alice, values(alice))
    with alice.reading() as session:
        entry = session.exec(select(AuditEntry).order_by(col(AuditEntry.id).desc())).first()
    assert entry is not None
    assert (entry.actor, entry.action, entry.fields["with_whom"]) == (
        "alice",
        "meeting.logged",
        [None, "县长"],
    )


def test_a_form_sent_twice_logs_one_meeting(alice: Desk) -> None:
    assert log_meeting(alice, values(alice), token="t") == log_meeting(alice, values(alice), token="t")
    assert len(meetings(alice)) == 1


@ON_SQLITE
@pytest.mark.parametrize(
    ("field", "value", "problem"),
    [
        ("with_whom", " ", Required),
        ("with_whom", None, Required),
        ("division_id", None, Required),
        ("held_on", None, Required),
        ("next_step_on", date(2020, 5, 31), EndBeforeStart),
    ],
)
def test_what_does_not_hold_is_refused_beside_its_field(
    alice: Desk, field: str, value: object, problem: type
) -> None:
    with pytest.raises(InvalidInput) as error:
        log_meeting(alice, values(alice, **{field: value}))
    assert problems(error) == [(field, problem)]


def test_a_meeting_cannot_be_held_tomorrow(alice: Desk) -> None:
    with pytest.raises(InvalidInput) as error:
        log_meeting(alice, values(alice, held_on=alice.today + timedelta(days=1)))
    assert problems(error) == [("held_on", InTheFuture)]


def test_a_meeting_held_today_is_taken(alice: Desk) -> None:
    assert log_meeting(alice, values(alice, held_on=alice.today))


def test_a_county_that_is_not_there_is_refused(dora: Desk) -> None:
    with pytest.raises(InvalidInput) as error:
        log_meeting(dora, values(dora, division_id=10**6))
    assert problems(error) == [("division_id", Required)]


def test_a_meeting_can_be_corrected(alice: Desk) -> None:
    meeting_id = log_meeting(alice, values(alice))
    change_meeting(alice, meeting_id, values(alice, with_whom="副县长"), seen=1)
    assert [m.with_whom for m in meetings(alice)] == ["副县长"]


def test_the_second_of_two_editors_sees_both_values(alice: Desk, dora: Desk) -> None:
    meeting_id = log_meeting(alice, values(alice))
    change_meeting(dora, meeting_id, values(dora, with_whom="副县长"), seen=1)
    with pytest.raises(EditConflict) as error:
        change_meeting(alice, meeting_id, values(alice, with_whom="县委书记"), seen=1)
    assert error.value.fields == {"with_whom": ("副县长", "县委书记")}


def test_a_meeting_cannot_be_moved_out_of_the_scope(alice: Desk) -> None:
    meeting_id = log_meeting(alice, values(alice))
    elsewhere = values(alice, division_id=division_id(alice.database, "610118"))
    with pytest.raises(NotFound):
        change_meeting(alice, meeting_id, elsewhere, seen=1)


def test_a_withdrawn_meeting_leaves_the_counts_and_can_come_back(alice: Desk) -> None:
    meeting_id = log_meeting(alice, values(alice))
    archive_meeting(lead(alice), meeting_id, "重复登记")
    assert portfolio_for(alice)["meeting"].height == 0
    assert [m.archive_reason for m in meetings(alice)] == ["重复登记"]
    restore_meeting(lead(alice), meeting_id)
    assert portfolio_for(alice)["meeting"].height == 1


def test_withdrawing_asks_for_a_reason(alice: Desk) -> None:
    meeting_id = log_meeting(alice, values(alice))
    with pytest.raises(ReasonRequired):
        archive_meeting(lead(alice), meeting_id, " ")


def test_a_viewer_reads_and_does_not_write(alice: Desk, bob: Desk) -> None:
    meeting_id = log_meeting(alice, values(alice))
    assert len(meetings(bob)) == 1
    with pytest.raises(NotAllowed):
        log_meeting(bob, values(bob))
    with pytest.raises(NotAllowed):
        change_meeting(bob, meeting_id, values(bob), seen=1)


def test_an_editor_does_not_withdraw(alice: Desk) -> None:
    meeting_id = log_meeting(alice, values(alice))
    with pytest.raises(NotAllowed):
        archive_meeting(alice, meeting_id, "x")
    with pytest.raises(NotAllowed):
        restore_meeting(alice, meeting_id)


def test_a_meeting_elsewhere_is_not_there(alice: Desk, charlie: Desk) -> None:
    meeting_id = log_meeting(alice, values(alice))
    for act in (
        lambda: log_meeting(charlie, values(charlie)),
        lambda: change_meeting(charlie, meeting_id, values(charlie), seen=1),
        lambda: archive_meeting(charlie, meeting_id, "x"),
        lambda: restore_meeting(charlie, meeting_id),
        lambda: meetings(charlie),
    ):
        with pytest.raises(NotFound):
            act()


def test_a_meeting_that_is_not_there_is_not_found(dora: Desk) -> None:
    with pytest.raises(NotFound):
        change_meeting(dora, 10**6, values(dora), seen=1)

"""Views saved, shared, withdrawn, and opened first for a role."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from sqlmodel import select

from db.engine import Database
from db.models import AuditEntry
from tests.conftest import ON_SQLITE
from tracker.errors import EditConflict, InvalidInput, NotAllowed, ReasonRequired
from tracker.rules.saved_view import ViewMissing, ViewNameTaken, ViewNotShared
from tracker.services.desk import Desk, LookingBack
from tracker.services.record import WithdrawnMeanwhile
from tracker.services.saved_view import (
    View,
    archive_view,
    change_view,
    list_views,
    make_default,
    read_default,
    read_view,
    save_view,
)

VALUES = {"name": "湖南逾期", "page": "timeline", "query": "light=red&region=43", "is_shared": False}
SHARED = VALUES | {"is_shared": True}


def _names(views: list[View]) -> list[str]:
    return [view.name for view in views]


def test_a_view_comes_back_as_it_was_saved(bob: Desk) -> None:
    view = read_view(bob, save_view(bob, VALUES))
    assert (view.name, view.page, view.parameters, view.author, view.is_own) == (
        "湖南逾期",
        "timeline",
        {"light": ["red"], "region": ["43"]},
        "bob",
        True,
    )


def test_a_page_lists_ones_own_views_and_those_shared(alice: Desk, bob: Desk) -> None:
    save_view(alice, SHARED | {"name": "甲"})
    save_view(alice, VALUES | {"name": "乙"})
    save_view(bob, VALUES | {"name": "丙"})
    save_view(bob, VALUES | {"name": "丁", "page": ""})
    assert sorted(_names(list_views(bob, "timeline"))) == ["丙", "甲"]


@ON_SQLITE
def test_a_view_that_is_not_shared_is_not_there_for_others(alice: Desk, bob: Desk) -> None:
    view = save_view(alice, VALUES)
    with pytest.raises(ViewMissing):
        read_view(bob, view)


@ON_SQLITE
def test_a_shared_view_is_read_by_everybody_whatever_their_area(alice: Desk, charlie: Desk) -> None:
    view = read_view(charlie, save_view(alice, SHARED))
    assert (view.author, view.is_own) == ("alice", False)


@ON_SQLITE
def test_others_do_not_change_a_shared_view(alice: Desk, dora: Desk) -> None:
    view = save_view(alice, SHARED)
    with pytest.raises(NotAllowed):
        change_view(dora, view, SHARED | {"name": "别的"}, seen=1)


@ON_SQLITE
def test_others_do_not_withdraw_a_shared_view(alice: Desk, dora: Desk) -> None:
    view = save_view(alice, SHARED)
    with pytest.raises(NotAllowed):
        archive_view(dora, view, "不用了")


@ON_SQLITE
def test_what_others_do_not_see_is_missing_also_to_their_changes(alice: Desk, bob: Desk) -> None:
    view = save_view(alice, VALUES)
    with pytest.raises(ViewMissing):
        change_view(bob, view, VALUES, seen=1)


@ON_SQLITE
def test_the_same_sending_twice_saves_one_view(bob: Desk) -> None:
    first, second = (save_view(bob, VALUES, token="t") for _ in range(2))
    assert (first == second, len(list_views(bob, "timeline"))) == (True, 1)


def test_a_person_has_one_view_of_a_name_on_a_page(bob: Desk) -> None:
    save_view(bob, VALUES)
    with pytest.raises(InvalidInput) as refused:
        save_view(bob, VALUES)
    assert [(type(p), p.field) for p in refused.value.problems] == [(ViewNameTaken, "name")]


@ON_SQLITE
def test_two_people_may_use_the_same_name(alice: Desk, bob: Desk) -> None:
    save_view(alice, SHARED)
    save_view(bob, VALUES)
    assert _names(list_views(bob, "timeline")) == ["湖南逾期", "湖南逾期"]


@ON_SQLITE
def test_the_name_of_a_withdrawn_view_is_free_again(bob: Desk) -> None:
    archive_view(bob, save_view(bob, VALUES), "改用新的")
    save_view(bob, VALUES)
    assert len(list_views(bob, "timeline")) == 1


def test_the_second_of_two_windows_sees_both_names(bob: Desk) -> None:
    view = save_view(bob, VALUES)
    change_view(bob, view, VALUES | {"name": "甲"}, seen=1)
    with pytest.raises(EditConflict) as conflict:
        change_view(bob, view, VALUES | {"name": "乙"}, seen=1)
    assert conflict.value.fields == {"name": ("甲", "乙")}


@ON_SQLITE
def test_a_withdrawn_view_is_missing_to_its_link(bob: Desk) -> None:
    view = save_view(bob, VALUES)
    archive_view(bob, view, "不用了")
    with pytest.raises(ViewMissing):
        read_view(bob, view)


@ON_SQLITE
def test_what_was_withdrawn_in_another_window_is_not_renamed(bob: Desk) -> None:
    view = save_view(bob, VALUES)
    archive_view(bob, view, "不用了")
    with pytest.raises(WithdrawnMeanwhile):
        change_view(bob, view, VALUES | {"name": "甲"}, seen=1)


@ON_SQLITE
def test_withdrawing_takes_a_reason(bob: Desk) -> None:
    view = save_view(bob, VALUES)
    with pytest.raises(ReasonRequired):
        archive_view(bob, view, " ")


@ON_SQLITE
def test_a_view_that_never_was_is_missing(bob: Desk) -> None:
    with pytest.raises(ViewMissing):
        read_view(bob, 999)


def test_a_page_opens_with_the_view_of_a_role_for_that_role_alone(dora: Desk, bob: Desk) -> None:
    make_default(dora, save_view(dora, SHARED), "viewer")
    found = [read_default(desk, page) for desk, page in ((bob, "timeline"), (dora, "timeline"), (bob, ""))]
    assert [view and view.name for view in found] == ["湖南逾期", None, None]


def test_a_role_has_one_first_view_a_page(dora: Desk, bob: Desk) -> None:
    first, second = (save_view(dora, SHARED | {"name": name}) for name in ("甲", "乙"))
    make_default(dora, first, "viewer")
    make_default(dora, second, "viewer")
    opened = read_default(bob, "timeline")
    assert (opened and opened.name, read_view(dora, first).default_for) == ("乙", "")


@ON_SQLITE
def test_a_first_view_can_be_taken_back(dora: Desk, bob: Desk) -> None:
    view = save_view(dora, SHARED)
    make_default(dora, view, "viewer")
    make_default(dora, view, None)
    assert read_default(bob, "timeline") is None


@ON_SQLITE
def test_a_view_that_is_not_shared_opens_first_for_nobody(dora: Desk) -> None:
    view = save_view(dora, VALUES)
    with pytest.raises(ViewNotShared):
        make_default(dora, view, "viewer")


@ON_SQLITE
def test_a_view_no_longer_shared_opens_first_no_longer(dora: Desk, bob: Desk) -> None:
    view = save_view(dora, SHARED)
    make_default(dora, view, "viewer")
    change_view(dora, view, VALUES, seen=2)
    assert read_default(bob, "timeline") is None


@ON_SQLITE
def test_a_withdrawn_view_opens_first_no_longer(dora: Desk, bob: Desk) -> None:
    view = save_view(dora, SHARED)
    make_default(dora, view, "viewer")
    archive_view(dora, view, "不用了")
    assert read_default(bob, "timeline") is None


@ON_SQLITE
def test_the_first_view_of_a_role_is_the_administrators(alice: Desk) -> None:
    view = save_view(alice, SHARED)
    with pytest.raises(NotAllowed):
        make_default(alice, view, "viewer")


@ON_SQLITE
def test_looking_back_saves_nothing(bob: Desk) -> None:
    with pytest.raises(LookingBack):
        save_view(replace(bob, known_at=datetime(2021, 6, 30, tzinfo=UTC)), VALUES)


@ON_SQLITE
def test_the_history_tells_each_act_on_a_view(dora: Desk, database: Database) -> None:
    view = save_view(dora, SHARED)
    make_default(dora, view, "lead")
    archive_view(dora, view, "不用了")
    with database.reading() as session:
        acts = session.exec(select(AuditEntry.action).where(AuditEntry.entity == "saved_view")).all()
    assert acts == ["saved_view.added", "saved_view.changed", "saved_view.archived"]

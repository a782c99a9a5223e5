"""Thresholds are changed from today on, by an administrator, and nobody's change is lost."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from tests.conftest import ON_SQLITE
from tests.services.dated_desk import on
from tracker.errors import EditConflict, InvalidInput, NotAllowed
from tracker.permissions import Person, Role
from tracker.rules.threshold import OutOfOrder, Thresholds
from tracker.services.desk import Desk
from tracker.services.threshold import change_thresholds, read_thresholds, thresholds_on

TODAY, TOMORROW = date(2021, 6, 30), date(2021, 7, 1)


@pytest.fixture
def dora(dora: Desk) -> Desk:
    """The administrator, on one day for all tests."""
    return on(dora, TODAY)


def _change(desk: Desk, **values: int) -> None:
    change_thresholds(desk, values, seen=read_thresholds(desk, desk.today).seen)


def test_a_change_applies_from_today_on(dora: Desk) -> None:
    _change(dora, behind_yellow_points=15)
    in_force = [thresholds_on(dora, day).behind_yellow_points for day in (date(2021, 6, 29), TODAY, TOMORROW)]
    assert in_force == [10, 15, 15]


def test_the_sheet_says_since_when_a_value_is_in_force(dora: Desk) -> None:
    _change(dora, behind_yellow_points=15)
    sheet = read_thresholds(dora, TODAY)
    assert (sheet.since_on["behind_yellow_points"], sheet.since_on["dormant_months"]) == (TODAY, None)


def test_a_second_change_of_one_day_is_the_days_value(dora: Desk) -> None:
    _change(dora, behind_yellow_points=15)
    _change(dora, behind_yellow_points=20)
    assert thresholds_on(dora, TODAY).behind_yellow_points == 20


def test_a_later_change_leaves_the_earlier_days_alone(dora: Desk) -> None:
    _change(dora, behind_yellow_points=15)
    _change(on(dora, TOMORROW), behind_yellow_points=20)
    assert [thresholds_on(dora, day).behind_yellow_points for day in (TODAY, TOMORROW)] == [15, 20]


def test_the_history_tells_what_was_in_force_before(dora: Desk) -> None:
    _change(dora, behind_yellow_points=15)
    _change(on(dora, TOMORROW), behind_yellow_points=10)
    changes = read_thresholds(dora, TOMORROW).changes
    assert [(c.old, c.new, c.from_on, c.actor) for c in changes] == [
        (15, 10, TOMORROW, "dora"),
        (10, 15, TODAY, "dora"),
    ]


def test_a_reason_is_kept_with_the_change(dora: Desk) -> None:
    change_thresholds(dora, {"dormant_months": 9}, seen=0, reason="省里的新办法")
    assert read_thresholds(dora, TODAY).changes[0].reason == "省里的新办法"


def test_saving_what_is_in_force_changes_nothing(dora: Desk) -> None:
    _change(dora, **vars(Thresholds()))
    assert read_thresholds(dora, TODAY).changes == ()


@ON_SQLITE
def test_values_that_do_not_go_together_with_those_in_force_are_refused(dora: Desk) -> None:
    _change(dora, behind_red_points=20)
    with pytest.raises(InvalidInput) as caught:
        _change(dora, behind_yellow_points=25)
    assert [type(p) for p in caught.value.problems] == [OutOfOrder]


def test_the_second_of_two_editors_sees_both_values(dora: Desk) -> None:
    seen = read_thresholds(dora, TODAY).seen
    change_thresholds(dora, {"dormant_months": 9}, seen=seen)
    other = replace(dora, person=Person("eve", Role.administrator))
    with pytest.raises(EditConflict) as caught:
        change_thresholds(other, {"dormant_months": 12}, seen=seen)
    assert (caught.value.fields, caught.value.details["who"]) == ({"dormant_months": (9, 12)}, "dora")


def test_the_second_editor_saves_knowing_of_the_first(dora: Desk) -> None:
    change_thresholds(dora, {"dormant_months": 9}, seen=0)
    with pytest.raises(EditConflict) as caught:
        change_thresholds(dora, {"dormant_months": 12}, seen=0)
    change_thresholds(dora, {"dormant_months": 12}, seen=caught.value.version)
    assert thresholds_on(dora, TODAY).dormant_months == 12


def test_two_editors_of_different_thresholds_do_not_meet(dora: Desk) -> None:
    change_thresholds(dora, {"dormant_months": 9}, seen=0)
    change_thresholds(dora, {"few_records": 5}, seen=0)
    in_force = thresholds_on(dora, TODAY)
    assert (in_force.dormant_months, in_force.few_records) == (9, 5)


def test_an_editor_cannot_change_them(alice: Desk) -> None:
    with pytest.raises(NotAllowed):
        _change(alice, dormant_months=9)


def test_a_viewer_reads_them(bob: Desk) -> None:
    assert read_thresholds(bob, TODAY).values == vars(Thresholds())


def test_when_a_change_was_recorded_is_kept_apart_from_when_it_applies(dora: Desk) -> None:
    _change(dora, dormant_months=9)
    change = read_thresholds(dora, TODAY).changes[0]
    assert isinstance(change.recorded_at, datetime)
    assert change.from_on == TODAY

"""Targets set, changed and taken away cell by cell, also by two people at once."""

from datetime import date
from typing import Any

import pytest

from tests.agreement_samples import logged
from tests.conftest import ON_SQLITE, division_id
from tracker.errors import InvalidInput, NotAllowed, NotANumber, NotFound, ReasonRequired
from tracker.rules.target import NoSuchPlace, NotACount, TargetMoved
from tracker.services.desk import Desk
from tracker.services.sales_region import define_region
from tracker.services.target import (
    Part,
    TargetMeasure,
    Wish,
    read_attainment,
    read_attainments,
    read_targets,
    set_targets,
)

YEAR, DAY = 2020, date(2020, 12, 31)
SIGNINGS, LANDINGS = TargetMeasure.signings, TargetMeasure.landings


def _set(desk: Desk, count: int | None, place: int | None = None, **how: Any) -> None:
    how = {"seen": read_targets(desk, DAY, YEAR).stored} | how
    set_targets(desk, YEAR, [Wish(place, SIGNINGS, count, "全部")], **how)


def _stored(desk: Desk) -> dict[Any, int]:
    return dict(read_targets(desk, DAY, YEAR).stored)


def test_a_target_is_set_and_read_with_what_was_reached(dora: Desk) -> None:
    logged(dora)
    _set(dora, 4)
    (found,) = read_attainment(dora, DAY, Part())
    assert (found.measure, found.target, found.reached, found.share) == (SIGNINGS, 4, 1, 0.25)


def test_nothing_is_told_where_no_target_is_set(dora: Desk) -> None:
    assert read_attainment(dora, DAY, Part()) == ()


def test_provinces_and_sales_regions_have_targets_of_their_own(dora: Desk) -> None:
    hunan, own = division_id(dora.database, "430000"), -define_region(dora, {"name": "重点县"})
    wishes = [Wish(hunan, SIGNINGS, 3), Wish(own, LANDINGS, 2)]
    set_targets(dora, YEAR, wishes, seen={})
    assert _stored(dora) == {(hunan, SIGNINGS): 3, (own, LANDINGS): 2}


@ON_SQLITE
def test_every_target_of_the_year_is_read_at_once(dora: Desk) -> None:
    _set(dora, 4)
    assert read_attainments(dora, DAY).select("region_key", "target").rows() == [(None, 4)]


@ON_SQLITE
def test_the_same_sending_twice_is_one(dora: Desk) -> None:
    _set(dora, 4, token="t")
    _set(dora, 4, token="t", seen={})
    assert _stored(dora) == {(None, SIGNINGS): 4}


@ON_SQLITE
def test_a_target_taken_away_needs_a_reason_and_can_be_set_again(dora: Desk) -> None:
    _set(dora, 4)
    with pytest.raises(ReasonRequired):
        _set(dora, None)
    _set(dora, None, reason="口径调整")
    assert _stored(dora) == {}
    _set(dora, 5)
    assert _stored(dora) == {(None, SIGNINGS): 5}


def test_the_second_of_two_editors_is_told_both_numbers(dora: Desk) -> None:
    _set(dora, 4)
    seen = _stored(dora)
    _set(dora, 6)
    with pytest.raises(InvalidInput) as refused:
        _set(dora, 8, seen=seen)
    (problem,) = refused.value.problems
    assert (type(problem), problem.details["stored"], problem.details["typed"]) == (TargetMoved, 6, 8)


@ON_SQLITE
def test_two_editors_who_typed_the_same_are_both_right(dora: Desk) -> None:
    _set(dora, 4)
    _set(dora, 4, seen={})
    assert _stored(dora) == {(None, SIGNINGS): 4}


@ON_SQLITE
@pytest.mark.parametrize("count", [-1, 100_001])
def test_a_count_that_cannot_be_stored_is_refused(dora: Desk, count: int) -> None:
    with pytest.raises(InvalidInput) as refused:
        _set(dora, count)
    assert isinstance(refused.value.problems[0], NotACount)


@ON_SQLITE
def test_a_region_that_is_gone_takes_no_target(dora: Desk) -> None:
    with pytest.raises(NoSuchPlace):
        _set(dora, 4, -99)


@ON_SQLITE
def test_a_target_outside_the_scope_is_not_found(charlie: Desk, dora: Desk) -> None:
    with pytest.raises((NotFound, NotAllowed)):
        _set(charlie, 4)


@ON_SQLITE
def test_places_in_scope_alone_are_listed(bob: Desk) -> None:
    assert read_targets(bob, DAY, YEAR).places["name"].to_list() == ["湖南省"]


@ON_SQLITE
@pytest.mark.parametrize("year", [1989, 2200])
def test_a_year_that_cannot_be_stored_is_refused(dora: Desk, year: int) -> None:
    with pytest.raises(InvalidInput) as refused:
        set_targets(dora, year, [Wish(None, SIGNINGS, 1)], seen={})
    assert [(type(p), p.field) for p in refused.value.problems] == [(NotANumber, "year")]

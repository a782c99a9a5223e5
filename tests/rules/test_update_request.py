"""Requests for update: what they may say, and when they wait or are overdue."""

from datetime import date

import polars as pl
import pytest

from db.models import UpdateRequest
from tracker.errors import InvalidInput, Required
from tracker.rules.update_request import (
    DueBeforeAsked,
    RequestClosed,
    checked_request,
    days_overdue,
    is_open,
    still_open,
)

TODAY = date(2021, 6, 30)


def test_an_answer_may_be_due_today() -> None:
    assert checked_request({"due_on": TODAY, "question": "何时上线?"}, TODAY).due_on == TODAY


def test_an_answer_is_not_due_yesterday() -> None:
    with pytest.raises(InvalidInput) as raised:
        checked_request({"due_on": date(2021, 6, 29), "question": "何时上线?"}, TODAY)
    assert [type(p) for p in raised.value.problems] == [DueBeforeAsked]


@pytest.mark.parametrize("question", ["", " ", None])
def test_a_request_asks_something(question: str | None) -> None:
    with pytest.raises(InvalidInput) as raised:
        checked_request({"due_on": TODAY, "question": question}, TODAY)
    assert [type(p) for p in raised.value.problems] == [Required]


@pytest.mark.parametrize(
    ("as_of", "days"), [(date(2021, 6, 29), 0), (TODAY, 0), (date(2021, 7, 1), 1), (date(2021, 7, 30), 30)]
)
def test_a_request_is_overdue_from_the_day_after_its_due_day(as_of: date, days: int) -> None:
    assert days_overdue(TODAY, as_of) == days


@pytest.mark.parametrize(
    ("as_of", "waits"),
    [(date(2021, 5, 31), False), (date(2021, 6, 1), True), (date(2021, 6, 29), True), (TODAY, False)],
)
def test_a_request_waits_from_the_day_it_is_asked_until_it_is_closed(as_of: date, waits: bool) -> None:
    frame = pl.DataFrame({"asked_on": [date(2021, 6, 1)], "closed_on": [TODAY]})
    assert frame.select(is_open(as_of)).item() is waits


def test_a_closed_request_is_not_closed_again() -> None:
    with pytest.raises(RequestClosed, match="2021-06-30"):
        still_open(UpdateRequest(closed_on=TODAY))

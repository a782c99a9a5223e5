"""Requests for update 催报: what must hold for one as entered, and when one is overdue."""

from datetime import date
from typing import Any

import polars as pl

from db.models.base import Day
from db.models.update_request import UpdateRequest, UpdateRequestFields
from tracker.errors import N_, Required, TrackerError
from tracker.rules.checks import not_after_today, raise_any, well_formed


class DueBeforeAsked(TrackerError):
    """An answer wanted before it was asked for."""

    sentence = N_("An answer cannot be due before it is asked for, on {day}.")


class AlreadyAsked(TrackerError):
    """A second request while one is open."""

    sentence = N_("{who} asked on {day} already, for an answer by {due}. One request at a time is open.")


class RequestClosed(TrackerError):
    """Answering or withdrawing a request that is closed."""

    sentence = N_("This request was closed on {day}.")


class RequestDraft(UpdateRequestFields):
    """A request as a form sends it; without an `asked_on` it is asked today."""

    asked_on: Day


def checked_request(values: dict[str, Any], today: date) -> RequestDraft:
    """Return the draft if it holds: a question asked by today, due on a day from then on.

    Raises: InvalidInput.
    """
    draft = well_formed(RequestDraft, values | {"asked_on": values.get("asked_on") or today})
    problems = not_after_today("asked_on", draft.asked_on, today)
    if draft.due_on < draft.asked_on:
        problems.append(DueBeforeAsked(field="due_on", day=draft.asked_on))
    if not draft.question:
        problems.append(Required(field="question"))
    raise_any(problems)
    return draft


def still_open(request: UpdateRequest) -> None:
    """Let an act on an open request pass. Raises: RequestClosed."""
    if request.closed_on is not None:
        raise RequestClosed(day=request.closed_on)


def is_open(as_of: date) -> pl.Expr:
    """Return whether a request was waiting on `as_of`; on the day it is closed it no longer is."""
    closed = (pl.col("closed_on") <= as_of).fill_null(value=False)
    return (pl.col("asked_on") <= as_of) & ~closed


def days_overdue(due_on: date, as_of: date) -> int:
    """Return by how many days an open request is overdue: 0 up to and on its due day."""
    return max((as_of - due_on).days, 0)

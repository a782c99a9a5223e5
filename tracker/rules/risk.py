"""Risks: what must hold for one as entered, and how much it weighs."""

from datetime import date
from enum import StrEnum
from typing import Any

import polars as pl
from sqlmodel import SQLModel

from db.models.base import Day, Prose
from db.models.risk import Risk, RiskFields
from tracker.errors import N_, Required, TrackerError
from tracker.rules.checks import in_order, not_after_today, raise_any, well_formed


class Exposure(StrEnum):
    """How much a risk weighs, in the four grades in use for graded risk control."""

    low = "low"
    moderate = "moderate"
    high = "high"
    severe = "severe"


EXPOSURE_NAMES = {
    Exposure.low: N_("low exposure"),
    Exposure.moderate: N_("moderate exposure"),
    Exposure.high: N_("high exposure"),
    Exposure.severe: N_("severe exposure"),
}
LIKELIHOOD_NAMES = {
    1: N_("1 rare"),
    2: N_("2 unlikely"),
    3: N_("3 possible"),
    4: N_("4 likely"),
    5: N_("5 almost certain"),
}
IMPACT_NAMES = {
    1: N_("1 negligible"),
    2: N_("2 minor"),
    3: N_("3 noticeable"),
    4: N_("4 serious"),
    5: N_("5 grave"),
}
# The least product of each grade, the highest first. Our own choice.
_LEAST = {Exposure.severe: 20, Exposure.high: 10, Exposure.moderate: 5}


class RiskClosed(TrackerError):
    """Changing or closing a risk that is closed."""

    sentence = N_("This risk was closed on {day}. Reopen it first.")


class RiskOpen(TrackerError):
    """Reopening a risk that is open."""

    sentence = N_("This risk is open already.")


class RiskDraft(RiskFields):
    """A risk as a form sends it."""


class ClosingDraft(SQLModel):
    """The day a risk was closed, and what came of it."""

    closed_on: Day
    closing_note: Prose


def checked_risk(values: dict[str, Any]) -> RiskDraft:
    """Return the draft if it holds. Raises: InvalidInput."""
    known = RiskDraft.model_fields
    return well_formed(RiskDraft, {name: value for name, value in values.items() if name in known})


def checked_closing(values: dict[str, Any], risk: Risk, today: date) -> ClosingDraft:
    """Return the closing of `risk` if it holds: with a note, after it was opened, by today.

    Raises: InvalidInput.
    """
    draft = well_formed(ClosingDraft, values)
    problems = not_after_today("closed_on", draft.closed_on, today)
    problems += in_order("closed_on", risk.opened_on, draft.closed_on)
    if not draft.closing_note:
        problems.append(Required(field="closing_note"))
    raise_any(problems)
    return draft


def exposure(product: int) -> Exposure:
    """Return the grade of likelihood × impact (1 to 25)."""
    return next((grade for grade, least in _LEAST.items() if product >= least), Exposure.low)


def is_open(as_of: date) -> pl.Expr:
    """Return whether a risk was in the log and not closed on `as_of`; on the day it is closed it is not."""
    closed = (pl.col("closed_on") <= as_of).fill_null(value=False)
    return (pl.col("opened_on") <= as_of) & ~closed


def is_heavy() -> pl.Expr:
    """Return whether likelihood × impact is high or severe."""
    return pl.col("likelihood") * pl.col("impact") >= _LEAST[Exposure.high]

"""What must hold for a new forecast: a reason, a line about it, and a day that still lies ahead."""

from datetime import date
from typing import Any

from sqlmodel import SQLModel

from db.models.base import Day, RequiredLine
from db.models.milestone import Milestone
from db.vocabulary import SlipReason
from tracker.errors import N_, TrackerError
from tracker.rules.checks import not_after_today, raise_any, well_formed

SLIP_REASON_NAMES = {
    SlipReason.county: N_("county side"),
    SlipReason.partner: N_("partner"),
    SlipReason.own_unit: N_("own unit"),
    SlipReason.funding: N_("funding"),
    SlipReason.approval: N_("approval"),
    SlipReason.supply: N_("supply"),
    SlipReason.weather: N_("weather"),
    SlipReason.scope: N_("change of scope"),
    SlipReason.other: N_("other reason"),
}


class ForecastPassed(TrackerError):
    """An unmet milestone forecast for a day that had passed when the forecast was made."""

    sentence = N_("{day} has passed on {changed_on}; what is not met yet cannot be expected on a past day.")


class ChangedSince(TrackerError):
    """A change of a forecast dated before the newest one."""

    sentence = N_("The forecast was last changed on {day}; a change cannot be dated before that.")


class SameForecast(TrackerError):
    """A change to what the forecast is already."""

    sentence = N_("That is the forecast already; nothing was changed.")


class ReasonDraft(SQLModel):
    """Why forecasts move, since when, and a line about it."""

    reason_code: SlipReason
    note: RequiredLine
    changed_on: Day


class ForecastDraft(ReasonDraft):
    """The new forecast of one milestone; no `new_on` takes the forecast back."""

    new_on: Day | None = None


def checked_reason(values: dict[str, Any], today: date) -> ReasonDraft:
    """Return why forecasts move, if it holds; without a `changed_on` it is today. Raises: InvalidInput."""
    draft = well_formed(ReasonDraft, _dated(values, today))
    raise_any(not_after_today("changed_on", draft.changed_on, today))
    return draft


def checked_forecast(values: dict[str, Any], today: date) -> ForecastDraft:
    """Return a new forecast with its reason, if both hold. Raises: InvalidInput."""
    draft = well_formed(ForecastDraft, _dated(values, today))
    raise_any(not_after_today("changed_on", draft.changed_on, today))
    return draft


def forecast_problems(
    milestone: Milestone,
    new_on: date | None,
    changed_on: date,
    last_on: date | None,
    *,
    field: str = "new_on",
) -> list[TrackerError]:
    """Return why a forecast cannot be changed on a day; `last_on` is the day of its newest change.

    `field` is where the new forecast was typed.
    """
    problems: list[TrackerError] = []
    if last_on and changed_on < last_on:
        problems.append(ChangedSince(field="changed_on", day=last_on))
    is_open = milestone.met_on is None and milestone.cancelled_on is None
    if is_open and new_on and new_on < changed_on:
        problems.append(ForecastPassed(field=field, day=new_on, changed_on=changed_on))
    return problems


def _dated(values: dict[str, Any], today: date) -> dict[str, Any]:
    return values | {"changed_on": values.get("changed_on") or today}

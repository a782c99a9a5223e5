"""What must hold for a light that a person sets."""

from datetime import date, timedelta
from typing import Any

from db.models.light_override import LightOverrideFields
from db.vocabulary import Colour
from tracker.errors import N_, ReasonRequired, TrackerError
from tracker.rules.checks import in_order, raise_any, well_formed
from tracker.rules.light import Light
from tracker.rules.threshold import Thresholds


class OverrideTooLong(TrackerError):
    """A light set for longer than is allowed."""

    sentence = N_("A light can be set for {days} days at most, so until {last}.")


class GreenWithoutPlan(TrackerError):
    """Green for a project that has no approved plan."""

    sentence = N_("Without an approved plan a light cannot be set to green. Have the plan approved first.")


class NoLightToSet(TrackerError):
    """A light for a project that is over or rests."""

    sentence = N_("The project is finished, stopped or paused, so it has no light that could be set.")


class LightSetAlready(TrackerError):
    """A second light while the first one holds."""

    sentence = N_("{author} has set this light until {until_on}. Lift that first, then set another.")


class OverrideOver(TrackerError):
    """Lifting what holds no longer."""

    sentence = N_("This light held until {day} only; nothing was changed.")


class LightOverrideDraft(LightOverrideFields):
    """A light as a form sends it."""


def last_day(limits: Thresholds, today: date) -> date:
    """Return the last day on which a light set today can hold, today being the first."""
    return today + timedelta(days=limits.override_days - 1)


def checked_override(
    values: dict[str, Any], row: dict[str, Any] | None, limits: Thresholds, today: date
) -> LightOverrideDraft:
    """Return the light if it can be set. `row` is the project's of `lights_as_of` today, None if it has none.

    Raises: InvalidInput, NoLightToSet.
    """
    if row is None or row["is_paused"] or row["computed_light"] in (Light.blue, Light.stopped):
        raise NoLightToSet
    draft = well_formed(LightOverrideDraft, values)
    problems = in_order("until_on", today, draft.until_on)
    if draft.until_on > (last := last_day(limits, today)):
        problems.append(OverrideTooLong(field="until_on", days=limits.override_days, last=last))
    if not draft.reason:
        problems.append(ReasonRequired(field="reason"))
    if draft.colour == Colour.green and row["computed_light"] == Light.grey:
        problems.append(GreenWithoutPlan(field="colour"))
    raise_any(problems)
    return draft

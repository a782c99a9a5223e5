"""What must hold for a project update as entered: its text, its percent, its new forecasts and risks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import SQLModel

from db.models.base import Day, RequiredLine
from db.models.project_update import ProjectUpdate, ProjectUpdateFields
from db.vocabulary import Decision, SlipReason
from tracker.errors import N_, InvalidInput, Required, TrackerError
from tracker.rules.checks import in_order, not_after_today, raise_any, well_formed
from tracker.rules.forecast import ForecastPassed
from tracker.rules.risk import RiskDraft


class NoChangeWithNews(TrackerError):
    """An update that says that nothing changed, and what changed."""

    sentence = N_("“No change” cannot carry a percentage, new forecasts or risks. Send them as an update.")


class ForecastTwice(TrackerError):
    """Two new forecasts of one milestone in one update."""

    sentence = N_("This milestone has two new forecasts in one update; keep one.")


class UpdateAccepted(TrackerError):
    """Deciding on an update that was accepted."""

    sentence = N_("{who} already accepted this update on {day}.")


class UpdateReturned(TrackerError):
    """Deciding on an update that was returned."""

    sentence = N_("{who} already returned this update on {day}.")


class UpdateDraft(ProjectUpdateFields):
    """The update itself as a form sends it; `request_id` names the request it answers, if any."""

    request_id: int | None = None


class ForecastDraft(SQLModel):
    """The new forecast of one milestone, from the reported day on, with what moved it and a line about it."""

    milestone_id: int
    new_on: Day
    reason_code: SlipReason
    note: RequiredLine


@dataclass(frozen=True)
class CheckedUpdate:
    """An update that holds, with what it brings."""

    draft: UpdateDraft
    forecasts: tuple[ForecastDraft, ...]
    risks: tuple[RiskDraft, ...]


def checked_update(values: Mapping[str, Any], today: date) -> CheckedUpdate:
    """Return the update if it holds: reported by today, with a text unless nothing changed.

    `values` holds the fields of UpdateDraft and `forecasts` and `risks`, rows of their drafts' fields. A
    forecast's problem is in field `forecast.{milestone_id}.{name}`, a risk's in `risk.{index}.{name}`.
    Raises: InvalidInput.
    """
    problems: list[TrackerError] = []
    forecasts = _parts(ForecastDraft, values, ("forecast", "milestone_id"), problems)
    risks = _parts(RiskDraft, values, ("risk", ""), problems)
    known = UpdateDraft.model_fields
    try:
        draft = well_formed(UpdateDraft, {name: value for name, value in values.items() if name in known})
    except InvalidInput as error:
        raise InvalidInput(error.problems + problems) from error
    problems += not_after_today("reported_on", draft.reported_on, today)
    problems += _content_problems(draft, bool(values.get("forecasts") or values.get("risks")))
    problems += _forecast_problems(forecasts, draft.reported_on)
    raise_any(problems)
    return CheckedUpdate(draft, tuple(forecasts), tuple(risks))


def checked_decision(update: ProjectUpdate, decided_on: date, today: date) -> date:
    """Return the day of a decision if it holds: not before the update was reported, by today.

    Raises: InvalidInput.
    """
    problems = not_after_today("decided_on", decided_on, today)
    raise_any(problems + in_order("decided_on", update.reported_on, decided_on))
    return decided_on


def undecided(update: ProjectUpdate) -> None:
    """Let a decision pass only where there is none yet. Raises: UpdateAccepted, UpdateReturned."""
    if update.decision is not None:
        kind = UpdateAccepted if update.decision == Decision.accepted else UpdateReturned
        raise kind(who=update.decided_by, day=update.decided_on)


def _content_problems(draft: UpdateDraft, brings_parts: bool) -> list[TrackerError]:
    if draft.is_no_change:
        has_news = brings_parts or draft.reported_percent is not None
        return [NoChangeWithNews(field="is_no_change")] if has_news else []
    return [] if draft.text else [Required(field="text")]


def _parts(
    model: type[Any], values: Mapping[str, Any], place: tuple[str, str], problems: list[TrackerError]
) -> list[Any]:
    """Return the rows of one kind that hold, and add the problems of the others to `problems`."""
    kind, mark = place
    rows: Sequence[Mapping[str, Any]] = values.get(f"{kind}s") or ()
    parts = []
    for index, row in enumerate(rows):
        try:
            parts.append(well_formed(model, dict(row)))
        except InvalidInput as error:
            for problem in error.problems:
                problem.field = f"{kind}.{row.get(mark, index)}.{problem.field}"
                problems.append(problem)
    return parts


def _forecast_problems(forecasts: Sequence[ForecastDraft], reported_on: date) -> list[TrackerError]:
    ids = [forecast.milestone_id for forecast in forecasts]
    problems: list[TrackerError] = [
        ForecastTwice(field=f"forecast.{milestone_id}.new_on")
        for milestone_id in sorted({i for i in ids if ids.count(i) > 1})
    ]
    return problems + [
        ForecastPassed(field=f"forecast.{f.milestone_id}.new_on", day=f.new_on, changed_on=reported_on)
        for f in forecasts
        if f.new_on < reported_on
    ]

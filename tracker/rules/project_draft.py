"""What must hold for a project as entered, and for the days of its course."""

from datetime import date
from typing import Any

from sqlmodel import SQLModel

from db.models.base import Day, Prose
from db.models.project import Project, ProjectFields
from tracker.errors import N_, Required, TrackerError
from tracker.rules.checks import in_order, not_after_today, raise_any, well_formed


class NotAParty(TrackerError):
    """A project in a place the agreement does not bind."""

    sentence = N_("The agreement binds no county-side party that is or contains this county.")


class StartFirst(TrackerError):
    """Going live or acceptance without a start."""

    sentence = N_("Enter the day the project started first.")


class AlreadyStopped(TrackerError):
    """An act on a project that was stopped."""

    sentence = N_("The project was stopped on {day}. Resume it first.")


class NotPaused(TrackerError):
    """The end of a pause that is not running."""

    sentence = N_("The project has no pause that is still open.")


class ProjectDraft(ProjectFields):
    """A project as a form sends it."""


class OpeningDraft(ProjectDraft):
    """A new project as a form sends it, with the template its plan is made from, if any.

    `anchor_on` is the day the template's offsets count from; `language` that of the plan's names. With
    `medians_on` offsets are the medians of past projects as of that day, where enough of them tell.
    """

    division_id: int
    template_id: int | None = None
    anchor_on: Day | None = None
    language: str = "zh_CN"
    medians_on: Day | None = None


class StopDraft(SQLModel):
    """The day a project was stopped, and why."""

    stopped_on: Day
    stop_reason: Prose


def checked_project(values: dict[str, Any], today: date) -> ProjectDraft:
    """Return the draft if it holds: no future facts, start ≤ live ≤ acceptance. Raises: InvalidInput."""
    draft = well_formed(ProjectDraft, values)
    raise_any(_course_problems(draft, today))
    return draft


def checked_opening(values: dict[str, Any], today: date) -> OpeningDraft:
    """Return a new project if it holds; a template needs its anchor. Raises: InvalidInput."""
    draft = well_formed(OpeningDraft, values)
    problems = _course_problems(draft, today)
    if draft.template_id and not draft.anchor_on:
        problems.append(Required(field="anchor_on"))
    raise_any(problems)
    return draft


def _course_problems(draft: ProjectFields, today: date) -> list[TrackerError]:
    problems = [
        problem
        for field in ("started_on", "live_on", "accepted_on")
        for problem in not_after_today(field, getattr(draft, field), today)
    ]
    for field in ("live_on", "accepted_on"):
        if getattr(draft, field) and not draft.started_on:
            problems.append(StartFirst(field=field))
        problems += in_order(field, draft.started_on, getattr(draft, field))
    return problems + in_order("accepted_on", draft.live_on, draft.accepted_on)


def checked_stop(values: dict[str, Any], project: Project, today: date) -> StopDraft:
    """Return the day and reason of a stop if they hold for `project`. Raises: InvalidInput."""
    draft = well_formed(StopDraft, values)
    problems = not_after_today("stopped_on", draft.stopped_on, today)
    problems += in_order("stopped_on", project.started_on or project.opened_on, draft.stopped_on)
    if not draft.stop_reason:
        problems.append(Required(field="stop_reason"))
    raise_any(problems)
    return draft


def first_fact_on(days: list[date | None], today: date) -> date:
    """Return the day a record exists from: the first of its recorded facts, today if there is none."""
    return min([day for day in days if day] + [today])

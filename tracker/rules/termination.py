"""What must hold when an agreement is terminated or abandoned."""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from typing import Any

from sqlmodel import Field, SQLModel

from db.models.base import Day, Prose
from tracker.errors import N_, EndBeforeStart, ReasonRequired, TrackerError
from tracker.rules.checks import not_after_today, raise_any, well_formed


class ProjectFate(StrEnum):
    """What becomes of a project when its agreement is terminated."""

    keep = "keep"
    pause = "pause"
    stop = "stop"


FATE_NAMES = {
    ProjectFate.keep: N_("keep it going"),
    ProjectFate.pause: N_("pause it"),
    ProjectFate.stop: N_("stop it"),
}


class FateMissing(TrackerError):
    """A running project of the agreement was not decided about."""

    sentence = N_("Decide what becomes of this project.")


class AlreadyOver(TrackerError):
    """The agreement was terminated or abandoned before."""

    sentence = N_("This agreement was already ended on {day}.")


class NotSigned(TrackerError):
    """An act that only a signed agreement allows."""

    sentence = N_("This agreement is not signed; only a signed one allows this.")


class AlreadySigned(TrackerError):
    """An act that only an unsigned agreement allows."""

    sentence = N_("This agreement is signed; terminate it instead.")


class EndingDraft(SQLModel):
    """The day on which an agreement was terminated or abandoned, why, and what becomes of each project."""

    ended_on: Day
    reason: Prose = ""
    fates: dict[int, ProjectFate] = Field(default_factory=dict)


def checked_ending(
    values: dict[str, Any], today: date, *, since: date, open_projects: Iterable[int] = ()
) -> EndingDraft:
    """Return the draft if it holds: not before `since`, each open project decided. Raises: InvalidInput."""
    draft = well_formed(EndingDraft, values)
    problems: list[TrackerError] = not_after_today("ended_on", draft.ended_on, today)
    if draft.ended_on < since:
        problems.append(EndBeforeStart(field="ended_on", start=since, end=draft.ended_on))
    if not draft.reason:
        problems.append(ReasonRequired(field="reason"))
    problems += [FateMissing(field=f"fate_{p}") for p in open_projects if p not in draft.fates]
    raise_any(problems)
    return draft

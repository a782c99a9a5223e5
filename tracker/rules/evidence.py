"""What must hold for a milestone reported as met: its day, its share, and what proves it."""

import math
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from pydantic import field_validator
from sqlmodel import Field, SQLModel

from db.models.base import Day, Line, Prose
from tracker.errors import N_, TrackerError
from tracker.rules.checks import not_after_today, raise_any, well_formed


class EvidenceMissing(TrackerError):
    """A key milestone or landing gate met without anything that proves it."""

    sentence = N_(
        "“{name}” is a key milestone or a landing gate: to be met it needs a file, a link or a named witness."
    )


class LastEvidence(TrackerError):
    """Withdrawing the only proof of a key milestone or landing gate that is met."""

    sentence = N_(
        "This is the only evidence that “{name}” was met. Add other evidence first, or take back that it was."
    )


class NotALink(TrackerError):
    """Evidence behind an address that no browser opens, or that could run something."""

    sentence = N_("“{link}” is not a link that can be opened; it must begin with http:// or https://.")


class MetBeforeStart(TrackerError):
    """A milestone met before its own start, which is rare enough to be asked about."""

    sentence = N_("{day} is before the milestone's start on {start}. If it is so, confirm it and save again.")


class NothingMet(TrackerError):
    """A share of nothing."""

    sentence = N_("0 % is not met in part. If a share was stated in error, take it back.")


class AllMet(TrackerError):
    """A share that is the whole."""

    sentence = N_("100 % is not a part: say that the milestone is met.")


class MoreThanAll(TrackerError):
    """A share above the whole."""

    sentence = N_("{percent} % is more than the whole; a share is from 1 to 99 percent.")


class CreditedSince(TrackerError):
    """A share stated as of a day before the newest one."""

    sentence = N_("A share was last stated as of {day}; another cannot be stated for a day before that.")


class EvidenceFields(SQLModel):
    """What proves a milestone, beside files: a note, a link, somebody who saw it."""

    evidence_note: Prose = ""
    evidence_link: Line = ""
    evidence_witness: Line = ""


class MetDraft(EvidenceFields):
    """That a milestone was met, with what proves it."""

    met_on: Day


class CreditDraft(EvidenceFields):
    """That a stated share of a milestone was met."""

    credit_percent: int = Field(ge=1, le=99)
    credited_on: Day

    @field_validator("credit_percent", mode="before")
    @classmethod
    def _whole(cls, value: object) -> object:
        if isinstance(value, float) and not math.isfinite(value):
            raise ValueError("not a number")
        return value


class UnmetDraft(SQLModel):
    """That a milestone is not met after all."""

    met_on: Day | None = None
    met_recorded_on: Day | None = None


class UncreditedDraft(SQLModel):
    """That a milestone is not met in part either."""

    credit_percent: int | None = None
    credited_on: Day | None = None


def checked_met(values: dict[str, Any], today: date) -> MetDraft:
    """Return the day and evidence of a milestone that was met, if they hold. Raises: InvalidInput."""
    draft = well_formed(MetDraft, values)
    raise_any(not_after_today("met_on", draft.met_on, today) + link_problems(draft.evidence_link))
    return draft


def checked_credit(values: dict[str, Any], today: date) -> CreditDraft:
    """Return the share of a milestone that was met, if it holds. Raises: InvalidInput."""
    raise_any(_share_problems(values.get("credit_percent")))
    draft = well_formed(CreditDraft, values)
    raise_any(not_after_today("credited_on", draft.credited_on, today) + link_problems(draft.evidence_link))
    return draft


def early_problems(field: str, day: date | None, start_on: date | None) -> list[TrackerError]:
    """What was met before its own start is to be confirmed; the start itself is early enough."""
    if day is None or start_on is None or day >= start_on:
        return []
    return [MetBeforeStart(field=field, day=day, start=start_on)]


def link_problems(link: str) -> list[TrackerError]:
    """Return why evidence cannot be linked like this; nothing for no link at all."""
    return [NotALink(field="evidence_link", link=link)] if link and not is_link(link) else []


def is_link(link: str) -> bool:
    """Return whether a browser opens `link` as a page: http or https, with a host, in one piece."""
    try:
        parts = urlsplit(link)
        # Reading the port finds one that is no number.
        host, _port = parts.hostname, parts.port
    except ValueError:
        return False
    # A character that is not printed, as one that turns the reading direction, would disguise where it leads.
    in_one_piece = all(c.isprintable() and not c.isspace() and c not in '<>"`\\' for c in link)
    return parts.scheme in ("http", "https") and bool(host) and "@" not in parts.netloc and in_one_piece


def _share_problems(percent: object) -> list[TrackerError]:
    if not isinstance(percent, int | float) or isinstance(percent, bool) or not math.isfinite(percent):
        return []
    if percent == 0:
        return [NothingMet(field="credit_percent")]
    if percent == 100:
        return [AllMet(field="credit_percent")]
    return [MoreThanAll(field="credit_percent", percent=percent)] if percent > 100 else []

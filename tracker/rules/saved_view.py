"""Saved views: on which pages there are any, what of an address is kept, and what a link to one leads to."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final
from urllib.parse import parse_qs, urlencode

from db.models.saved_view import SavedViewFields
from tracker.errors import N_, NotFound, TooLong, TrackerError
from tracker.rules.checks import raise_any, well_formed

# Pages that show a choice of records, by their place in the address; forms and single records are not views.
VIEWED_PAGES: Final = (
    *("", "timeline", "regions", "landing", "calendar", "pushed-out", "what-if", "then", "briefing"),
    *("attention", "agreements", "projects", "milestones", "counties", "events"),
)
AS_OF, VIEW = "as_of", "view"
# What leads to a view or back from one, and is no part of it.
_NOT_KEPT = (VIEW, "via")
NAME_LIMIT, QUERY_LIMIT = 60, 4_000

Parameters = dict[str, list[str]]


class NoViewsHere(TrackerError):
    """A view of a page that shows one record, or a form."""

    sentence = N_("This page has no views to save.")


class ViewNameTaken(TrackerError):
    """A second view of the same person and page under one name."""

    sentence = N_("You have a view of that name on this page already.")


class AddressTooLong(TrackerError):
    """More is chosen than an address can hold in every browser."""

    sentence = N_("Too much is chosen for one view: {length} characters, at most {limit}.")


class ViewNotShared(TrackerError):
    """A view that others do not see, asked for as the first view of a role."""

    sentence = N_("Only a shared view can open first for a role. Its author shares it first.")


class ViewMissing(NotFound):
    """A link to a view that was withdrawn, that is not shared, or that never was."""

    sentence = N_("The view that this link names does not exist any more, or is not shared with you.")


class SavedViewDraft(SavedViewFields):
    """A view as the popover sends it."""


def checked_saved_view(values: Mapping[str, object]) -> SavedViewDraft:
    """Return the draft if it holds. Raises: InvalidInput."""
    draft = well_formed(SavedViewDraft, dict(values))
    problems: list[TrackerError] = []
    if len(draft.name) > NAME_LIMIT:
        problems.append(TooLong(field="name", limit=NAME_LIMIT, length=len(draft.name)))
    if len(draft.query) > QUERY_LIMIT:
        problems.append(AddressTooLong(field="query", limit=QUERY_LIMIT, length=len(draft.query)))
    if draft.page not in VIEWED_PAGES:
        problems.append(NoViewsHere(field="page"))
    raise_any(problems)
    return draft


def written_query(parameters: Mapping[str, Sequence[str]], day: date | None) -> str:
    """Write what is chosen as it is kept: names in order, and `day` as the day looked at, None for today."""
    kept = {n: list(v) for n, v in parameters.items() if n not in (*_NOT_KEPT, AS_OF) and any(v)}
    if day is not None:
        kept[AS_OF] = [day.isoformat()]
    return urlencode(sorted(kept.items()), doseq=True)


def read_query(query: str) -> Parameters:
    """Return the parameters of a kept query by name, each with its values in order."""
    return {n: v for n, v in parse_qs(query).items() if n not in _NOT_KEPT}

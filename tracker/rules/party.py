"""What must hold for a party of an agreement as entered."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from db.models.party import PartyFields
from db.vocabulary import Side
from tracker.errors import N_, InvalidInput, TrackerError
from tracker.rules.checks import not_after_today, raise_any, well_formed

SIDE_NAMES = {Side.county: N_("county side"), Side.partner: N_("partner side")}


class NobodyNamed(TrackerError):
    """A party is neither a division nor a name."""

    sentence = N_("Choose a county or write the party's name.")


class NoCounty(TrackerError):
    """An agreement without a county, prefecture or province."""

    sentence = N_("Choose at least one county, prefecture or province.")


class NoPartner(TrackerError):
    """An agreement without a partner side."""

    sentence = N_("Name at least one partner.")


class PartyDraft(PartyFields):
    """A party as a form sends it."""

    def key(self) -> str:
        """The ending of this party's field names in a form: the division's id, or the name."""
        return str(self.division_id or self.name)


def checked_party(values: dict[str, Any], today: date) -> PartyDraft:
    """Return the draft if it holds. Raises: InvalidInput."""
    draft = well_formed(PartyDraft, values)
    problems = not_after_today("signed_on", draft.signed_on, today)
    if draft.division_id is None and not draft.name:
        problems.append(NobodyNamed(field="name"))
    raise_any(problems)
    return draft


def checked_parties(
    rows: Sequence[dict[str, Any]], today: date
) -> tuple[list[PartyDraft], list[TrackerError]]:
    """Return the drafts that hold, and the problems of the others, each beside its row's own field.

    A row's fields are named `signatory_<key>` and so on, with `PartyDraft.key`.
    """
    drafts, problems = [], []
    for row in rows:
        try:
            drafts.append(checked_party(row, today))
        except InvalidInput as error:
            for problem in error.problems:
                problem.field = f"{problem.field}_{row.get('division_id') or row.get('name') or ''}"
                problems.append(problem)
    return drafts, problems

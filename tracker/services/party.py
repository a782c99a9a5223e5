"""Parties of an agreement: add, correct and remove them, and record who signed when."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from db.models.party import Party
from db.queries.agreement import parties_of
from db.transaction import Transaction
from db.vocabulary import Side
from tracker.errors import N_, NotFound, TrackerError
from tracker.rules.checks import not_after_today, raise_any
from tracker.rules.party import PartyDraft, checked_party
from tracker.services import record
from tracker.services.agreement_scope import divisions_of, open_agreement, reopen
from tracker.services.desk import Desk


class LastOfItsSide(TrackerError):
    """A party without whom its side would be empty."""

    sentence = N_("An agreement needs both sides; add another party before removing this one.")


class SignedMeanwhile(TrackerError):
    """Somebody else recorded another day of signing."""

    sentence = N_("A signature of {day} was recorded meanwhile. Change the party to correct it.")


def add_party(desk: Desk, agreement_id: int, values: dict[str, Any], *, token: str = "") -> int:
    """Add a party and return its id. Raises: NotFound, NotAllowed, InvalidInput, Withdrawn, StorageError."""
    desk.allow("agreement.write", divisions_of(desk, agreement_id))
    draft = checked_party(values, desk.today)
    _allow_division(desk, draft)
    with desk.transaction(token=token) as work:
        if work.outcome is None:
            agreement = open_agreement(work, agreement_id)
            position = len(parties_of(work.session, agreement_id))
            party = Party(**draft.model_dump(), agreement_id=agreement_id, position=position)
            work.outcome = [work.save(party).key]
            reopen(work, agreement)
        return work.outcome[0]


def change_party(desk: Desk, party_id: int, values: dict[str, Any], *, seen: int | None) -> None:
    """Correct a party. Raises: NotFound, NotAllowed, InvalidInput, Withdrawn, EditConflict, StorageError."""
    desk.allow("agreement.write", _divisions(desk, party_id))
    draft = checked_party(values, desk.today)
    _allow_division(desk, draft)
    with desk.transaction() as work:
        party = work.get(Party, party_id)
        agreement = open_agreement(work, party.agreement_id)
        if draft.side != party.side:
            _needs_another(work, party)
        record.change(work, party, draft, seen=seen)
        reopen(work, agreement)


def remove_party(desk: Desk, party_id: int, reason: str) -> None:
    """Archive a party that was entered in error; each side keeps at least one.

    Raises: NotFound, NotAllowed, ReasonRequired, LastOfItsSide, StorageError.
    """
    desk.allow("agreement.write", _divisions(desk, party_id))
    with desk.transaction(reason=reason) as work:
        party = work.get(Party, party_id)
        agreement = open_agreement(work, party.agreement_id)
        _needs_another(work, party)
        record.archive(work, party)
        reopen(work, agreement)


def sign_agreement(desk: Desk, agreement_id: int, signatures: Mapping[int, date]) -> None:
    """Record the days on which parties signed, by party id; the others stay as they are.

    Raises: NotFound, NotAllowed, InvalidInput (a day in the future, or another day is recorded already),
    Withdrawn, StorageError.
    """
    desk.allow("agreement.write", divisions_of(desk, agreement_id))
    problems = [p for i, d in signatures.items() for p in not_after_today(f"signed_on_{i}", d, desk.today)]
    raise_any(problems)
    with desk.transaction() as work:
        agreement = open_agreement(work, agreement_id)
        parties = [p for p in parties_of(work.session, agreement_id) if p.key in signatures]
        raise_any(
            [
                SignedMeanwhile(field=f"signed_on_{p.key}", day=p.signed_on)
                for p in parties
                if p.signed_on not in {None, signatures[p.key]}
            ]
        )
        for party in parties:
            party.signed_on = signatures[party.key]
        work.save_many(parties, "party.signed")
        reopen(work, agreement)


def _divisions(desk: Desk, party_id: int) -> frozenset[int]:
    with desk.reading() as session:
        party = session.get(Party, party_id)
        if party is None:
            raise NotFound
        agreement_id = party.agreement_id
    return divisions_of(desk, agreement_id)


def _allow_division(desk: Desk, draft: PartyDraft) -> None:
    # A person must not move an agreement to where they themselves would not see it.
    if draft.side == Side.county and draft.division_id:
        desk.allow("agreement.write", {draft.division_id})


def _needs_another(work: Transaction, party: Party) -> None:
    others = [p for p in parties_of(work.session, party.agreement_id) if p.key != party.key]
    same_side = [p for p in others if p.side == party.side]
    if not same_side or (party.division_id and not any(p.division_id for p in same_side)):
        raise LastOfItsSide

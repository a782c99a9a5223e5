"""Agreements: log one or several at once, correct, archive and restore them."""

from collections.abc import Sequence
from typing import Any

from db.models.agreement import Agreement, AgreementPillar, AgreementStage
from db.models.base import Recorded
from db.models.division import Division
from db.models.party import Party
from db.queries.agreement import numbers_beginning, pillar_links
from db.transaction import Transaction
from tracker.errors import NotFound
from tracker.i18n import words_in
from tracker.rules.agreement_draft import LogDraft, checked_agreement, checked_log
from tracker.rules.agreement_number import next_number, number_prefix
from tracker.rules.agreement_title import default_title, title_for_one
from tracker.rules.party import PartyDraft
from tracker.services import record
from tracker.services.agreement_scope import divisions_of, open_agreement, signed_on
from tracker.services.dependent import refuse_while_others_wait
from tracker.services.desk import Desk
from tracker.services.document import attach_scans
from tracker.services.project import add_projects


def log_agreements(desk: Desk, values: dict[str, Any], token: str) -> list[int]:
    """Record what one sending of the log form says, whole or not at all, and return the agreements' ids.

    `values` are those of `LogDraft`. The same token again returns the ids of the first sending.
    Raises: NotAllowed, NotFound (a county outside the scope), InvalidInput, StorageError.
    """
    desk.allow("agreement.write")
    draft = checked_log(values, desk.today)
    for group in draft.groups():
        desk.allow("agreement.write", {p.division_id for p in group if p.division_id})
    for relative in filter(None, (draft.parent_id, draft.renewal_of_id)):
        desk.allow("agreement.write", divisions_of(desk, relative))
    with desk.transaction(token=token) as work:
        if work.outcome is None:
            work.outcome = [_log_one(desk, work, draft, group) for group in draft.groups()]
        return work.outcome


def change_agreement(desk: Desk, agreement_id: int, values: dict[str, Any], *, seen: int | None) -> None:
    """Correct an agreement's own fields: all those of `AgreementDraft`, one left out takes its default.

    `pillar_ids` beside `pillar_ids_seen` says which pillars were added and removed; another editor's
    additions stay. Raises: NotFound, NotAllowed, InvalidInput, Withdrawn, EditConflict, StorageError.
    """
    desk.allow("agreement.write", divisions_of(desk, agreement_id))
    chosen, known = values.get("pillar_ids", ()), values.get("pillar_ids_seen", ())
    with desk.transaction() as work:
        agreement = open_agreement(work, agreement_id)
        draft = checked_agreement(values, signed_on(work, agreement_id))
        record.change(work, agreement, draft, seen=seen, action="agreement.changed")
        _change_pillars(work, agreement_id, added=set(chosen) - set(known), removed=set(known) - set(chosen))


def archive_agreement(desk: Desk, agreement_id: int, reason: str) -> None:
    """Take an agreement entered in error out of every count; its number is not used again.

    Raises: NotFound, NotAllowed, ReasonRequired, OthersWait, StorageError.
    """
    desk.allow("agreement.archive", divisions_of(desk, agreement_id))
    with desk.transaction(reason=reason) as work:
        refuse_while_others_wait(desk, work, agreement_id=agreement_id)
        record.archive(work, work.get(Agreement, agreement_id))


def restore_agreement(desk: Desk, agreement_id: int) -> None:
    """Bring an archived agreement back. Raises: NotFound, NotAllowed, StorageError."""
    desk.allow("agreement.archive", divisions_of(desk, agreement_id))
    with desk.transaction() as work:
        record.restore(work, work.get(Agreement, agreement_id))


def _log_one(desk: Desk, work: Transaction, draft: LogDraft, counties: Sequence[PartyDraft]) -> int:
    divisions = [_division(work, county) for county in counties]
    days = [p.signed_on for p in (*counties, *draft.partners()) if p.signed_on]
    stage_on = draft.stage_on or desk.today
    opened_on = min(days) if draft.stage is None else min([stage_on, *days])
    prefix = number_prefix(divisions[0].code, opened_on.year, draft.kind)
    agreement = Agreement(
        **draft.fields().model_dump() | {"title": _title(draft, divisions)},
        number=next_number(prefix, numbers_beginning(work.session, prefix)),
        opened_on=opened_on,
        parent_id=draft.parent_id,
        renewal_of_id=draft.renewal_of_id,
    )
    work.save(agreement, "agreement.logged")
    rows: list[Recorded] = [
        Party(**party.model_dump(), agreement_id=agreement.key, position=position)
        for position, party in enumerate((*counties, *draft.partners()))
    ]
    rows += [
        AgreementPillar(agreement_id=agreement.key, pillar_id=p) for p in dict.fromkeys(draft.pillar_ids)
    ]
    if draft.stage is not None:
        rows.append(AgreementStage(agreement_id=agreement.key, stage=draft.stage, entered_on=stage_on))
    work.save_many(rows)
    own = {division.key for division in divisions}
    attach_scans(work, agreement.key, [s for s in draft.scans if s.division_id in {None, *own}])
    plans = [(d, t) for d, t in draft.template_ids.items() if d in own]
    anchor_on = draft.effective_on or draft.signed_on or opened_on
    add_projects(work, agreement.key, plans, anchor_on=anchor_on, today=desk.today, language=draft.language)
    return agreement.key


def _division(work: Transaction, county: PartyDraft) -> Division:
    division = work.session.get(Division, county.division_id)
    if division is None:
        raise NotFound(field="division_ids")
    return division


def _title(draft: LogDraft, divisions: Sequence[Division]) -> str:
    if draft.title and len(draft.groups()) > 1:
        return title_for_one(draft.title, divisions[0].name)
    words = words_in(draft.language)
    names = [words.name(d.name, d.name_en) for d in divisions]
    return draft.title or default_title(names, [p.name for p in draft.partners()], draft.kind, words)


def _change_pillars(work: Transaction, agreement_id: int, *, added: set[int], removed: set[int]) -> None:
    links = {link.pillar_id: link for link in pillar_links(work.session, agreement_id)}
    for pillar_id in sorted(added):
        link = links.get(pillar_id) or AgreementPillar(agreement_id=agreement_id, pillar_id=pillar_id)
        link.archived_at = None
        work.save(link, "agreement_pillar.added")
    for pillar_id in sorted(removed & links.keys()):
        links[pillar_id].archived_at = work.recorded_at
        work.save(links[pillar_id], "agreement_pillar.removed")

"""What happens to an agreement before it is signed: its dated stages, or that it is given up."""

from datetime import date
from typing import Any

from db.models.agreement import AgreementStage
from db.vocabulary import Stage
from tracker.errors import N_
from tracker.rules.checks import not_after_today, raise_any
from tracker.rules.termination import AlreadyOver, AlreadySigned, checked_ending
from tracker.services.agreement_scope import divisions_of, open_agreement, reopen, signed_on
from tracker.services.desk import Desk

STAGE_NAMES = {
    Stage.draft: N_("draft"),
    Stage.negotiating: N_("negotiating"),
    Stage.awaiting_signature: N_("awaiting signature"),
}


def enter_stage(desk: Desk, agreement_id: int, stage: str, entered_on: date) -> None:
    """Record that an unsigned agreement entered a stage on a day.

    Raises: NotFound, NotAllowed, InvalidInput, AlreadySigned, Withdrawn, StorageError.
    """
    desk.allow("agreement.write", divisions_of(desk, agreement_id))
    raise_any(not_after_today("entered_on", entered_on, desk.today))
    with desk.transaction() as work:
        agreement = open_agreement(work, agreement_id)
        if signed_on(work, agreement_id):
            raise AlreadySigned(field="stage")
        row = AgreementStage(agreement_id=agreement_id, stage=Stage(stage), entered_on=entered_on)
        work.save(row, "agreement.stage_entered")
        reopen(work, agreement)


def abandon_agreement(desk: Desk, agreement_id: int, values: dict[str, Any]) -> None:
    """Give up an agreement that was never signed; `values` hold `ended_on` and `reason`.

    Raises: NotFound, NotAllowed, InvalidInput, AlreadySigned, AlreadyOver, Withdrawn, StorageError.
    """
    desk.allow("agreement.write", divisions_of(desk, agreement_id))
    with desk.transaction(reason=str(values.get("reason", ""))) as work:
        agreement = open_agreement(work, agreement_id)
        if signed_on(work, agreement_id):
            raise AlreadySigned
        if agreement.abandoned_on:
            raise AlreadyOver(day=agreement.abandoned_on)
        ending = checked_ending(values, desk.today, since=agreement.opened_on)
        agreement.abandoned_on, agreement.abandonment_reason = ending.ended_on, ending.reason
        work.save(agreement, "agreement.abandoned")

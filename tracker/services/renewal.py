"""What follows an agreement: a notice that it will not be renewed, its renewal, its upgrade."""

from datetime import date, timedelta
from typing import Any

from db.models.agreement import Agreement
from db.queries.agreement import parties_of, pillar_links
from db.vocabulary import AgreementKind
from tracker.errors import N_, EndBeforeStart, TrackerError
from tracker.portfolio.agreement import agreements_as_of
from tracker.rules.checks import not_after_today, raise_any
from tracker.rules.termination import NotSigned
from tracker.services.agreement_scope import divisions_of, open_agreement, signed_on
from tracker.services.desk import Desk
from tracker.services.reading import portfolio_for

_TAKEN_OVER = (
    *("kind", "title", "term_months", "renewals_allowed", "renewal_term_months", "notice_days", "owner"),
    *("amount_cents", "currency"),
)


class NoticeGiven(TrackerError):
    """A notice of non-renewal stands already."""

    sentence = N_("Notice was given on {day} already. Take it back first.")


def give_notice(desk: Desk, agreement_id: int, given_on: date | None) -> None:
    """Record on which day notice was given that the agreement will not be renewed; None takes it back.

    It stops every self-renewal whose decision deadline it does not miss (D2).
    Raises: NotFound, NotAllowed, InvalidInput, NotSigned, NoticeGiven, Withdrawn, StorageError.
    """
    desk.allow("agreement.write", divisions_of(desk, agreement_id))
    raise_any(not_after_today("given_on", given_on, desk.today))
    with desk.transaction() as work:
        agreement = open_agreement(work, agreement_id)
        since = signed_on(work, agreement_id)
        if since is None:
            raise NotSigned
        if given_on and given_on < since:
            raise EndBeforeStart(field="given_on", start=since, end=given_on)
        if given_on and agreement.non_renewal_notice_on not in {None, given_on}:
            raise NoticeGiven(field="given_on", day=agreement.non_renewal_notice_on)
        agreement.non_renewal_notice_on = given_on
        work.save(agreement, "agreement.notice_given" if given_on else "agreement.notice_withdrawn")


def renewal_values(desk: Desk, agreement_id: int) -> dict[str, Any]:
    """Return what the log form starts from to renew an agreement: its terms, from the day after its end.

    Raises: NotFound, NotAllowed, StorageError.
    """
    desk.allow("agreement.write", divisions_of(desk, agreement_id))
    values = _taken_over(desk, agreement_id) | {"renewal_of_id": agreement_id}
    agreements = agreements_as_of(portfolio_for(desk), desk.today)
    ends = agreements.filter(agreements["id"] == agreement_id)["term_end_on"].to_list()
    if ends and ends[0]:
        values["effective_on"] = ends[0] + timedelta(days=1)
    return values


def upgrade_values(desk: Desk, agreement_id: int) -> dict[str, Any]:
    """Return what the log form starts from to follow a framework by a specific agreement or contract.

    Raises: NotFound, NotAllowed, StorageError.
    """
    desk.allow("agreement.write", divisions_of(desk, agreement_id))
    values = _taken_over(desk, agreement_id)
    kinds = list(AgreementKind)
    stronger = kinds[min(kinds.index(values["kind"]) + 1, len(kinds) - 1)]
    return values | {"parent_id": agreement_id, "kind": stronger, "title": ""}


def _taken_over(desk: Desk, agreement_id: int) -> dict[str, Any]:
    with desk.reading() as session:
        agreement = session.get_one(Agreement, agreement_id)
        values: dict[str, Any] = {name: getattr(agreement, name) for name in _TAKEN_OVER}
        fields = {"side", "division_id", "name", "required", "signatory", "post"}
        parties = parties_of(session, agreement_id)
        values["parties"] = [party.model_dump(include=fields) for party in parties]
        links = pillar_links(session, agreement_id)
        values["pillar_ids"] = [link.pillar_id for link in links if link.archived_at is None]
    return values

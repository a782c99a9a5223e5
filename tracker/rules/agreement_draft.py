"""What must hold for an agreement as entered: alone when changed, with its parties when logged."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlmodel import Field

from db.models.agreement import AgreementFields
from db.models.base import LAST_DAY, Day, Line
from db.vocabulary import Side, Stage
from tracker.errors import N_, DateOutOfRange, InvalidInput, Required, TrackerError
from tracker.money import NotAnAmount, read_amount
from tracker.rules.checks import in_order, not_after_today, raise_any, well_formed
from tracker.rules.document import StoredFile
from tracker.rules.party import NoCounty, NoPartner, PartyDraft, checked_parties
from tracker.rules.term import term_end


class TwoEnds(TrackerError):
    """A term in months and an end date at once."""

    sentence = N_("Give either a term in months or an end date, not both.")


class RenewalTermMissing(TrackerError):
    """A renewal is allowed, but how long it lasts is not said."""

    sentence = N_("Say for how many months it renews: no term in months is given.")


class OneAtATime(TrackerError):
    """Several separate agreements cannot renew or follow one."""

    sentence = N_("A renewal or a follow-up is one agreement: choose one county, or one joint agreement.")


class AgreementDraft(AgreementFields):
    """An agreement as the change form sends it."""


class LogDraft(AgreementFields):
    """What one sending of the log form says.

    A blank `title` is made by rule in `language`. `stage` None means signed, on `signed_on` unless a party
    has a day of its own; otherwise the stage was entered on `stage_on` (None: today).
    `template_ids` maps a county-side division to the plan template its project is made from.
    """

    title: Line = ""
    joint: bool = False
    parties: list[PartyDraft] = Field(default_factory=list)
    pillar_ids: list[int] = Field(default_factory=list)
    signed_on: Day | None = None
    stage: Stage | None = None
    stage_on: Day | None = None
    parent_id: int | None = None
    renewal_of_id: int | None = None
    scans: list[StoredFile] = Field(default_factory=list)
    template_ids: dict[int, int] = Field(default_factory=dict)
    language: str = "zh_CN"

    def counties(self) -> list[PartyDraft]:
        """The county-side parties, first named first."""
        return [party for party in self.parties if party.side == Side.county]

    def partners(self) -> list[PartyDraft]:
        """The partner-side parties."""
        return [party for party in self.parties if party.side == Side.partner]

    def groups(self) -> list[list[PartyDraft]]:
        """The county side of each agreement to be made: all together, or one by one."""
        return [self.counties()] if self.joint else [[county] for county in self.counties()]

    def fields(self) -> AgreementDraft:
        """The agreement's own fields."""
        return AgreementDraft.model_construct(**{k: getattr(self, k) for k in AgreementFields.model_fields})


def checked_agreement(values: dict[str, Any], signed_on: date | None = None) -> AgreementDraft:
    """Return the draft if it holds; `signed_on` stands for a missing effective day.

    An `amount` as typed wins over `amount_cents`. Raises: InvalidInput.
    """
    values, problems = _amount_read(values)
    try:
        draft = well_formed(AgreementDraft, values)
    except InvalidInput as error:
        raise InvalidInput(error.problems + problems) from error
    raise_any(problems + term_problems(draft, signed_on))
    return draft


def checked_log(values: dict[str, Any], today: date) -> LogDraft:
    """Return what the log form sent if all of it holds; an `amount` is read as in `checked_agreement`.

    Raises: InvalidInput with every problem met.
    """
    rows: Sequence[dict[str, Any]] = values.get("parties", ())
    parties, problems = checked_parties(rows, today)
    values, unread = _amount_read(values)
    problems += _who(rows) + unread
    try:
        draft = well_formed(LogDraft, values | {"parties": parties})
    except InvalidInput as error:
        # Both kinds of problems are told at once, so that nobody is sent back twice.
        raise InvalidInput(error.problems + problems) from error
    raise_any(problems + _when(draft, today) + term_problems(draft, draft.signed_on))
    if draft.stage is None:
        for party in draft.parties:
            party.signed_on = party.signed_on or draft.signed_on
    return draft


def term_problems(draft: AgreementFields, signed_on: date | None) -> list[TrackerError]:
    """Return what is wrong with the term (D2)."""
    start = draft.effective_on or signed_on
    problems = in_order("end_on", start, draft.end_on)
    if draft.term_months is not None and draft.end_on is not None:
        problems.append(TwoEnds(field="end_on"))
    if draft.renewals_allowed and draft.term_months is None and draft.renewal_term_months is None:
        problems.append(RenewalTermMissing(field="renewal_term_months"))
    if start and draft.term_months and _ends_beyond(start, draft.term_months):
        problems.append(DateOutOfRange(field="term_months"))
    return problems


def _amount_read(values: dict[str, Any]) -> tuple[dict[str, Any], list[TrackerError]]:
    if "amount" not in values:
        return values, []
    rest = {name: value for name, value in values.items() if name != "amount"}
    try:
        return rest | {"amount_cents": read_amount(values["amount"])}, []
    except NotAnAmount as error:
        return rest, [error]


def _ends_beyond(start: date, months: int) -> bool:
    try:
        return term_end(start, months) > LAST_DAY
    except (OverflowError, ValueError):
        return True


def _who(rows: Sequence[dict[str, Any]]) -> list[TrackerError]:
    problems: list[TrackerError] = []
    if not any(row.get("side") == Side.county and row.get("division_id") for row in rows):
        problems.append(NoCounty(field="division_ids"))
    if not any(row.get("side") == Side.partner for row in rows):
        problems.append(NoPartner(field="partners"))
    return problems


def _when(draft: LogDraft, today: date) -> list[TrackerError]:
    if draft.stage is not None:
        problems = not_after_today("stage_on", draft.stage_on, today)
    else:
        problems = not_after_today("signed_on", draft.signed_on, today)
        if draft.signed_on is None:
            problems.append(Required(field="signed_on"))
    if (draft.parent_id or draft.renewal_of_id) and len(draft.groups()) > 1:
        problems.append(OneAtATime(field="division_ids"))
    return problems

"""D1: an agreement's status, computed from its dated facts and never stored."""

from datetime import date
from enum import StrEnum
from typing import Any

import polars as pl

from tracker.errors import N_
from tracker.i18n import Words
from tracker.rules.first_match import first_match


class Status(StrEnum):
    """The statuses in the order of D1, which is also the order of screens and legends."""

    abandoned = "abandoned"
    terminated = "terminated"
    superseded = "superseded"
    draft = "draft"
    negotiating = "negotiating"
    awaiting_signature = "awaiting_signature"
    not_yet_effective = "not_yet_effective"
    expired = "expired"
    suspended = "suspended"
    expiring = "expiring"
    active = "active"


STATUS_NAMES = {
    Status.abandoned: N_("abandoned"),
    Status.terminated: N_("terminated"),
    Status.superseded: N_("superseded"),
    Status.draft: N_("draft"),
    Status.negotiating: N_("negotiating"),
    Status.awaiting_signature: N_("awaiting signature"),
    Status.not_yet_effective: N_("signed, not yet effective"),
    Status.expired: N_("expired"),
    Status.suspended: N_("suspended"),
    Status.expiring: N_("expiring"),
    Status.active: N_("active"),
}

# Signed, and the term not over yet: what still has an end, and a decision on its renewal, ahead.
RUNNING = (Status.not_yet_effective, Status.suspended, Status.expiring, Status.active)

_REASONS = {
    Status.abandoned: N_("Abandoned on {abandoned_on} without being signed."),
    Status.terminated: N_("Terminated on {terminated_on}."),
    Status.superseded: N_("Superseded: its renewal took effect on {superseded_on}."),
    Status.draft: N_("Draft: not signed yet."),
    Status.negotiating: N_("Negotiating: not signed yet."),
    Status.awaiting_signature: N_("Awaiting signature: not every required party has signed."),
    Status.not_yet_effective: N_("Signed on {signed_on}, takes effect on {effective_on}."),
    Status.expired: N_("Expired: ended {term_end_on}, {days_past} days ago."),
    Status.suspended: N_("Suspended since {suspended_from}."),
    Status.expiring: N_("Expiring: ends {term_end_on}, {days_left} days left."),
    Status.active: N_("Active: ends {term_end_on}, {days_left} days left."),
}
_OPEN_ENDED = N_("Active, open-ended: no end of the term is recorded.")


def status(as_of: date) -> pl.Expr:
    """Return the status on `as_of` as text; the first match of D1 wins.

    Reads abandoned_on, terminated_on, superseded_on, signed_on, stage, effective_on (never null once
    signed), term_end_on, suspended_from (null unless as_of lies inside a suspension), notice_days.
    """
    signed = pl.col("signed_on").is_not_null() & (pl.col("signed_on") <= as_of)
    days_left = (pl.col("term_end_on") - as_of).dt.total_days()
    rules: list[tuple[pl.Expr, pl.Expr | str]] = [
        ((pl.col("abandoned_on") <= as_of) & pl.col("signed_on").is_null(), Status.abandoned),
        (pl.col("terminated_on") <= as_of, Status.terminated),
        (pl.col("superseded_on") <= as_of, Status.superseded),
        (~signed, pl.col("stage").fill_null(Status.draft.value)),
        (pl.col("effective_on") > as_of, Status.not_yet_effective),
        (pl.col("term_end_on") < as_of, Status.expired),
        (pl.col("suspended_from").is_not_null(), Status.suspended),
        (days_left <= pl.col("notice_days"), Status.expiring),
    ]
    return first_match(rules, Status.active)


def status_reason(row: dict[str, Any], words: Words) -> str:
    """Say why an agreement has its status. `row` is one of `agreements_as_of`'s, as a dict."""
    if row["status"] == Status.active and row["term_end_on"] is None:
        return words.text(_OPEN_ENDED)
    left = row["days_left"]
    return words.text(
        _REASONS[Status(row["status"])], **row | {"days_past": -left if left is not None else ""}
    )

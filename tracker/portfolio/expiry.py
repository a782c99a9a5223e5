"""Which terms end in the coming months, when each has to be decided on, and what is still open on them."""

from datetime import date
from enum import StrEnum

import polars as pl

from tracker.portfolio.agreement import agreements_as_of
from tracker.portfolio.lists import Wanted, agreement_rows
from tracker.portfolio.model import Portfolio
from tracker.portfolio.part import Part, agreements_within
from tracker.portfolio.project import projects_as_of
from tracker.rules.agreement import RUNNING, Status
from tracker.rules.month import last_day, months_around
from tracker.rules.project import ProjectState

MONTHS_AHEAD = 18
_RUNNING = tuple(status.value for status in RUNNING)
_OVER = (ProjectState.stopped.value, ProjectState.accepted.value)


class Outcome(StrEnum):
    """What happens at the end of a term by what is known; the first that matches wins."""

    renewal_signed = "renewal_signed"
    renews = "renews"
    refused = "refused"
    renewal_prepared = "renewal_prepared"
    ends = "ends"


class Decision(StrEnum):
    """Where the decision on an agreement's renewal stands."""

    made = "made"
    due = "due"
    missed = "missed"


def expiry_months(as_of: date) -> tuple[date, ...]:
    """Return the first days of the months looked at: that of `as_of` and the 17 after it."""
    return months_around(as_of, 0, MONTHS_AHEAD - 1)


def expiries(portfolio: Portfolio, as_of: date, part: Part) -> pl.DataFrame:
    """Return the agreements of a part with a term's end or a decision due in the months, the next first.

    Signed ones alone that are neither superseded, terminated nor expired, by the end of the term as it
    stands on `as_of` (D2): the current self-renewal counted, those that may follow not.

    Columns: those of `agreement_rows` and: outcome (see Outcome), decision (see Decision: made once the
    renewal is signed or a notice of non-renewal stops the next one; missed when its deadline has gone by
    without either), decision_days (to the deadline, negative once past), next_on (the deadline that is due,
    else the end), renewal_number (of the renewal signed or prepared), open_projects (neither stopped nor
    accepted), outliving (of those, whose work outlives the term), work_until_on (the last of their effective
    finishes).
    """
    rows = portfolio.once(("expiries", as_of), lambda: _expiries(portfolio, as_of))
    return agreements_within(portfolio, as_of, part, rows)


def counts_by_month(rows: pl.DataFrame, as_of: date) -> pl.DataFrame:
    """Return one row for each of the months: month_on, decisions (due), missed, ends, renewing, with_open.

    `rows` are those of `expiries`. A decision that was missed is counted in the month in which the term
    ends; renewing and with_open are of the ends: those that renew themselves, and those with open projects.
    """
    months = pl.DataFrame({"month_on": list(expiry_months(as_of))}, schema={"month_on": pl.Date})
    due = pl.col("decision") == Decision.due.value
    decided = _by_month(rows.filter(due), "decision_on", {"decisions": pl.len()})
    ends = _by_month(
        rows,
        "term_end_on",
        {
            "ends": pl.len(),
            "missed": (pl.col("decision") == Decision.missed.value).sum(),
            "renewing": (pl.col("outcome") == Outcome.renews.value).sum(),
            "with_open": (pl.col("open_projects") > 0).sum(),
        },
    )
    found = months.join(decided, on="month_on", how="left").join(ends, on="month_on", how="left")
    counted = ("decisions", "missed", "ends", "renewing", "with_open")
    return found.sort("month_on").select("month_on", pl.col(counted).fill_null(0))


def in_month(rows: pl.DataFrame, month_on: date) -> pl.DataFrame:
    """Return those of `expiries` whose term ends, or whose decision is due, in a month."""
    last = last_day(month_on)
    due = (pl.col("decision") == Decision.due.value) & pl.col("decision_on").is_between(month_on, last)
    return rows.filter(due | pl.col("term_end_on").is_between(month_on, last))


def _expiries(portfolio: Portfolio, as_of: date) -> pl.DataFrame:
    last = last_day(expiry_months(as_of)[-1])
    running = pl.col("status").is_in(_RUNNING) & (pl.col("term_end_on") >= as_of)
    rows = (
        agreement_rows(portfolio, as_of, Wanted(signed=True))
        .filter(running)
        .join(_renewals(portfolio, as_of), on="id", how="left")
        .join(_open_work(portfolio, as_of), on="id", how="left")
        .with_columns(
            pl.col("open_projects", "outliving").fill_null(0),
            outcome=_outcome(as_of),
            decision_days=(pl.col("decision_on") - as_of).dt.total_days(),
        )
        .with_columns(decision=_decision(as_of))
    )
    due = pl.col("decision") == Decision.due.value
    rows = rows.with_columns(next_on=pl.when(due).then("decision_on").otherwise("term_end_on"))
    return rows.filter(pl.col("next_on") <= last).sort("next_on", "term_end_on", "number")


def _outcome(as_of: date) -> pl.Expr:
    """Reads renewal_is_signed, renewal_number, last_end_on, term_end_on, renewals_allowed and the notice."""
    told = pl.col("non_renewal_notice_on") <= as_of
    return (
        pl.when(pl.col("renewal_is_signed").fill_null(value=False))
        .then(pl.lit(Outcome.renewal_signed.value))
        .when(pl.col("last_end_on") > pl.col("term_end_on"))
        .then(pl.lit(Outcome.renews.value))
        .when(told.fill_null(value=False))
        .then(pl.lit(Outcome.refused.value))
        .when(pl.col("renewal_number").is_not_null())
        .then(pl.lit(Outcome.renewal_prepared.value))
        .otherwise(pl.lit(Outcome.ends.value))
    )


def _decision(as_of: date) -> pl.Expr:
    made = pl.col("outcome").is_in([Outcome.renewal_signed.value, Outcome.refused.value])
    return (
        pl.when(made)
        .then(pl.lit(Decision.made.value))
        .when(pl.col("decision_on") >= as_of)
        .then(pl.lit(Decision.due.value))
        .otherwise(pl.lit(Decision.missed.value))
    )


def _renewals(portfolio: Portfolio, as_of: date) -> pl.DataFrame:
    """Return id, renewal_number and renewal_is_signed of each agreement with a renewal begun."""
    begun = pl.col("renewal_of_id").is_not_null() & ~pl.col("status").is_in(
        [Status.abandoned.value, Status.terminated.value]
    )
    # A renewal outside a person's scope decides all the same.
    return (
        agreements_as_of(portfolio.whole, as_of)
        .filter(begun)
        .sort("is_signed", "opened_on", "id")
        .unique("renewal_of_id", keep="last")
        .select(id="renewal_of_id", renewal_number="number", renewal_is_signed="is_signed")
    )


def _open_work(portfolio: Portfolio, as_of: date) -> pl.DataFrame:
    return (
        projects_as_of(portfolio, as_of)
        .filter(~pl.col("state").is_in(_OVER))
        .group_by(id="agreement_id")
        .agg(
            open_projects=pl.len().cast(pl.Int64),
            outliving=pl.col("outlives_term").sum().cast(pl.Int64),
            work_until_on=pl.col("effective_finish_on").max(),
        )
    )


def _by_month(rows: pl.DataFrame, day: str, counts: dict[str, pl.Expr]) -> pl.DataFrame:
    counted = {name: count.cast(pl.Int64) for name, count in counts.items()}
    return rows.group_by(month_on=pl.col(day).dt.truncate("1mo")).agg(**counted)

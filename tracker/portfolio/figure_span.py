"""From which day to which each thing counts in a figure, so that many days are read at once."""

from datetime import date

import polars as pl

from tracker.portfolio.agreement import county_parties
from tracker.portfolio.model import Portfolio
from tracker.portfolio.progress import AHEAD_DAYS
from tracker.portfolio.step import proven_ids

NEVER = date(9999, 12, 31)
_ALWAYS = date(1, 1, 1)


def agreement_spans(portfolio: Portfolio) -> pl.DataFrame:
    """Return id, event_id, signed_from and decomposed_from of every agreement; null for what never was.

    An agreement counts from its last required signature, but not before it was opened (D3), and as turned
    into projects once one of these has an approved plan, in the person's scope or not.
    """
    return portfolio.once("agreement_spans", lambda: _agreement_spans(portfolio))


def project_spans(portfolio: Portfolio) -> pl.DataFrame:
    """Return id, agreement_id, division_id, pillar_id and exists_from of every project.

    A project is not there before its agreement.
    """
    agreements = portfolio["agreement"].select(agreement_id="id", agreed_on="opened_on")
    return (
        portfolio["project"]
        .join(agreements, on="agreement_id")
        .select(
            *("id", "agreement_id", "division_id", "pillar_id"),
            exists_from=pl.max_horizontal("opened_on", "agreed_on"),
        )
    )


def met_spans(portfolio: Portfolio) -> pl.DataFrame:
    """Return project_id, from_on and until_on (excluded) of the time each milestone counts as met."""
    return portfolio.once("met_spans", lambda: _met_spans(portfolio))


def overdue_spans(portfolio: Portfolio) -> pl.DataFrame:
    """Return project_id, from_on and until_on (excluded) of each time in which a milestone is overdue."""
    return portfolio.once("overdue_spans", lambda: _overdue_spans(portfolio))


def ahead_spans(portfolio: Portfolio) -> pl.DataFrame:
    """Return project_id, from_on and until_on (excluded) of each time in which a milestone is soon due.

    That is within AHEAD_DAYS, the due day included, while somebody still works towards it.
    """
    return portfolio.once("ahead_spans", lambda: _ahead_spans(portfolio))


def county_spans(portfolio: Portfolio) -> pl.DataFrame:
    """Return division_id, contacted_from, signed_from and until_on (excluded) of every county in contact.

    A county counts while it exists, as known to the year.
    """
    return portfolio.once("county_spans", lambda: _county_spans(portfolio))


def landed_agreements(portfolio: Portfolio, as_of: date) -> pl.Series:
    """Return the ids of the agreements with a landed project on a day (D5), each once."""
    whole = portfolio.whole
    return whole.once(("landed_agreements", as_of), lambda: _landed_agreements(whole, as_of))


def gate_spans(portfolio: Portfolio) -> pl.DataFrame:
    """Return project_id, agreement_id, from_on, until_on and passed_on of each landing gate in force.

    passed_on is the day it was met with evidence, NEVER without; gates outside the scope are among them.
    """
    whole = portfolio.whole
    return whole.once("gate_spans", lambda: _gate_spans(whole))


def _agreement_spans(portfolio: Portfolio) -> pl.DataFrame:
    whole = portfolio.whole
    approved = whole["baseline"].group_by("project_id").agg(approved_on=pl.col("approved_on").min())
    planned = (
        project_spans(whole)
        .join(approved, left_on="id", right_on="project_id")
        .group_by("agreement_id")
        .agg(planned_from=pl.max_horizontal("exists_from", "approved_on").min())
    )
    signed = (
        portfolio["party"]
        .filter("required")
        .group_by("agreement_id")
        .agg(missing=pl.col("signed_on").is_null().any(), signed_on=pl.col("signed_on").max())
        .filter(~pl.col("missing"))
    )
    counted = pl.max_horizontal("signed_on", "opened_on")
    return (
        portfolio["agreement"]
        .select("id", "event_id", "opened_on")
        .join(signed, left_on="id", right_on="agreement_id", how="left")
        .join(planned, left_on="id", right_on="agreement_id", how="left")
        .select(
            *("id", "event_id"),
            signed_from=pl.when(pl.col("signed_on").is_not_null()).then(counted),
            decomposed_from=pl.when(
                pl.col("signed_on").is_not_null() & pl.col("planned_from").is_not_null()
            ).then(pl.max_horizontal(counted, "planned_from")),
        )
    )


def _met_spans(portfolio: Portfolio) -> pl.DataFrame:
    return _lasting(
        portfolio["milestone"]
        .filter(pl.col("met_on").is_not_null())
        .join(_existence(portfolio), on="project_id")
        .select(
            "project_id",
            from_on=pl.max_horizontal("met_on", "exists_from"),
            until_on=pl.col("cancelled_on").fill_null(NEVER),
        )
    )


def _overdue_spans(portfolio: Portfolio) -> pl.DataFrame:
    due = pl.coalesce("baseline_due_on", "due_on")
    # Most are met in time, and are left out before anything is joined to them.
    late = pl.col("met_on").is_null() | (pl.col("met_on") > due)
    return _while_in_force(portfolio, late, due + pl.duration(days=1), [pl.col("credited_on")])


def _ahead_spans(portfolio: Portfolio) -> pl.DataFrame:
    due = pl.coalesce("baseline_due_on", "due_on")
    return _while_in_force(
        portfolio, pl.lit(value=True), due - pl.duration(days=AHEAD_DAYS), [due + pl.duration(days=1)]
    )


def _while_in_force(
    portfolio: Portfolio, wanted: pl.Expr, begins: pl.Expr, ends: list[pl.Expr]
) -> pl.DataFrame:
    """Return the spans of the wanted rows of the plan, from `begins` to the first of `ends`.

    No span is longer than the plan is in force, nor than anybody works towards its milestone.
    """
    over = ("in_force_until", "met_on", "project_stopped_on", "cancelled_on")
    return _lasting(
        portfolio["plan"]
        .lazy()
        .filter(pl.coalesce("baseline_due_on", "due_on").is_not_null() & wanted)
        .select(
            "project_id",
            begins_on=pl.max_horizontal("in_force_from", begins),
            until_on=pl.min_horizontal(*over, *ends),
        )
        .filter(pl.col("begins_on") < pl.col("until_on"))
        .join(_existence(portfolio).lazy(), on="project_id")
        .select("project_id", "until_on", from_on=pl.max_horizontal("begins_on", "exists_from"))
        .collect()
    )


def _existence(portfolio: Portfolio) -> pl.DataFrame:
    return project_spans(portfolio).select("exists_from", project_id="id")


def _lasting(spans: pl.DataFrame) -> pl.DataFrame:
    return spans.filter(pl.col("from_on") < pl.col("until_on"))


def _county_spans(portfolio: Portfolio) -> pl.DataFrame:
    signed = (
        county_parties(portfolio)
        .join(agreement_spans(portfolio), left_on="agreement_id", right_on="id")
        .group_by("division_id")
        .agg(pl.col("signed_from").min())
    )
    met = portfolio["meeting"].group_by("division_id").agg(met_on=pl.col("held_on").min())
    begins, ends = (
        pl.when(pl.col(year).is_not_null()).then(pl.date(pl.col(year) + later, 1, 1))
        for year, later in (("valid_from", 0), ("valid_to", 1))
    )
    counties = (
        portfolio["division"]
        .filter(pl.col("level") == "county")
        .select(division_id="id", begins_on=begins.fill_null(_ALWAYS), until_on=ends.fill_null(NEVER))
    )
    if portfolio.scope is not None:
        counties = counties.filter(pl.col("division_id").is_in(list(portfolio.scope)))
    rows = counties.join(signed.join(met, on="division_id", how="full", coalesce=True), on="division_id")
    from_day = {
        "contacted_from": pl.min_horizontal("signed_from", "met_on"),
        "signed_from": pl.col("signed_from"),
    }
    return rows.select(
        *("division_id", "until_on"),
        **{
            name: pl.when(day.is_not_null()).then(pl.max_horizontal(day, "begins_on"))
            for name, day in from_day.items()
        },
    )


def _landed_agreements(whole: Portfolio, as_of: date) -> pl.Series:
    gates = gate_spans(whole)
    in_force = (pl.col("from_on") <= as_of) & (pl.col("until_on") > as_of)
    return (
        gates.filter(in_force)
        .group_by("project_id")
        .agg(pl.first("agreement_id"), landed_on=pl.col("passed_on").max())
        .filter(pl.col("landed_on") <= as_of)["agreement_id"]
        .unique()
    )


def _gate_spans(whole: Portfolio) -> pl.DataFrame:
    exists = project_spans(whole).select("agreement_id", "exists_from", project_id="id")
    proven = pl.col("id").is_in(proven_ids(whole).implode())
    return _lasting(
        whole["plan"]
        .filter("baseline_is_gate")
        .join(exists, on="project_id")
        .select(
            *("project_id", "agreement_id"),
            from_on=pl.max_horizontal("in_force_from", "exists_from"),
            until_on=pl.min_horizontal("in_force_until", "cancelled_on"),
            passed_on=pl.when(proven).then("met_on").fill_null(NEVER),
        )
    )

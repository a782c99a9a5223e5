"""Who waits for whom around a project, as of a day, and whom else its milestones could wait for."""

from datetime import date
from enum import StrEnum

import polars as pl

from tracker.errors import N_
from tracker.portfolio.lists import named_divisions
from tracker.portfolio.model import Portfolio
from tracker.portfolio.propagation import propagated
from tracker.portfolio.step import steps_in_force
from tracker.rules.first_match import first_match
from tracker.rules.milestone import is_cancelled, is_met


class Standing(StrEnum):
    """What one end of a dependency is on a day; only `open` and `met` ones count."""

    met = "met"
    open = "open"
    stopped = "stopped"
    cancelled = "cancelled"
    absent = "absent"


STANDING_NAMES = {
    Standing.met: N_("met"),
    Standing.open: N_("not met yet"),
    Standing.stopped: N_("its project is stopped"),
    Standing.cancelled: N_("cancelled, so ignored"),
    Standing.absent: N_("withdrawn or not there yet, so ignored"),
}


def dependencies_around(portfolio: Portfolio, project_id: int, as_of: date) -> pl.DataFrame:
    """Return the dependencies agreed by `as_of` that begin or end at a project's milestones, oldest first.

    The columns of FACTS["dependency"], is_waiting (it is this project's milestone that waits) and is_lifted
    (it holds no more on the day).
    """
    own = portfolio["milestone"].filter(pl.col("project_id") == project_id)["id"].implode()
    return (
        portfolio.whole["dependency"]
        .filter(pl.col("agreed_on") <= as_of)
        .filter(pl.col("predecessor_id").is_in(own) | pl.col("successor_id").is_in(own))
        .with_columns(
            is_waiting=pl.col("successor_id").is_in(own),
            is_lifted=(pl.col("lifted_on") <= as_of).fill_null(value=False),
        )
        .sort("id")
    )


def ends_as_of(portfolio: Portfolio, as_of: date, milestone_ids: pl.Series) -> pl.DataFrame:
    """Return milestones as the ends of dependencies, wherever they lie.

    Columns id, name, project_id, project, standing, effective_finish_on, start_on and finish_on (as
    propagated), is_seen (whether they are within the portfolio's scope).
    """
    whole = portfolio.whole
    wanted = pl.col("id").is_in(milestone_ids.implode())
    stopped = (pl.col("project_stopped_on") <= as_of).fill_null(value=False)
    standing = first_match(
        [
            (is_cancelled(as_of), Standing.cancelled),
            (is_met(as_of), Standing.met),
            (stopped, Standing.stopped),
        ],
        Standing.open,
    )
    there = (
        steps_in_force(whole, as_of)
        .filter(wanted)
        .select("id", "effective_finish_on", standing=standing)
        .collect()
    )
    finishes = propagated(whole, as_of).select(
        id="milestone_id",
        start_on="propagated_start_on",
        finish_on="propagated_finish_on",
        counts=pl.lit(value=True),
    )
    projects = whole["project"].select(project_id="id", project="name")
    seen = portfolio["milestone"].filter(wanted)["id"].implode()
    # What is neither worked out nor cancelled belongs to what was withdrawn, or is not there yet.
    is_known = pl.col("counts").is_not_null() | (pl.col("standing") == Standing.cancelled.value)
    return (
        whole["milestone"]
        .filter(wanted)
        .select("id", "name", "project_id")
        .join(projects, on="project_id", how="left")
        .join(there, on="id", how="left")
        .join(finishes, on="id", how="left")
        .with_columns(
            standing=first_match([(is_known, pl.col("standing"))], Standing.absent),
            is_seen=pl.col("id").is_in(seen),
        )
        .drop("counts")
    )


def moved_ids(portfolio: Portfolio, as_of: date, project_id: int) -> list[int]:
    """Return a project's open milestones whose propagated finish is not their own, in the plan's order."""
    stopped = (pl.col("project_stopped_on") <= as_of).fill_null(value=False)
    steps = (
        steps_in_force(portfolio, as_of)
        .filter(pl.col("project_id") == project_id, ~is_cancelled(as_of), ~is_met(as_of), ~stopped)
        .collect()
    )
    driven = propagated(portfolio, as_of).filter(pl.col("driver_id").is_not_null())
    return (
        steps.join(driven, left_on="id", right_on="milestone_id", how="semi")
        .sort("position", "id")["id"]
        .to_list()
    )


def predecessor_rows(
    portfolio: Portfolio, as_of: date, project_id: int, text: str, *, limit: int = 50
) -> pl.DataFrame:
    """Return milestones that a project's milestones could wait for: those of its agreement first.

    Looked for are name, project, county and agreement number; without a text only the agreement's are
    offered. Columns id, name, project_id, project, county, county_en, due_on; at most `limit` rows.
    """
    agreement = portfolio["project"].filter(pl.col("id") == project_id).select("agreement_id")
    numbers = portfolio["agreement"].select(agreement_id="id", agreement="number")
    own = pl.col("agreement_id").is_in(agreement["agreement_id"].implode())
    projects = (
        portfolio["project"]
        .filter(pl.lit(value=True) if text.strip() else own)
        .select("agreement_id", "division_id", project_id="id", project="name")
        .join(numbers, on="agreement_id")
        .join(named_divisions(portfolio), on="division_id", how="left")
    )
    steps = (
        portfolio["milestone"]
        .filter(~is_cancelled(as_of))
        .select("id", "name", "position", "due_on", "project_id")
    )
    rows = steps.join(projects, on="project_id")
    for word in text.lower().split():
        places = ("name", "project", "county", "county_en", "agreement")
        found = (pl.col(p).fill_null("").str.to_lowercase().str.contains(word, literal=True) for p in places)
        rows = rows.filter(pl.any_horizontal(found))
    nearness = [pl.col("project_id") != project_id, ~own]
    return (
        rows.sort(*nearness, "project_id", "position", "id")
        .head(limit)
        .select("id", "name", "project_id", "project", "county", "county_en", "due_on")
    )

"""The dates that follow from dependencies (D12), for everybody alike.

They are worked out on all facts, since what a milestone waits for may lie outside a person's scope, and
only then restricted to the milestones the person sees.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

import polars as pl

from db.vocabulary import DependencyKind
from tracker.portfolio.model import Portfolio
from tracker.portfolio.step import steps_in_force
from tracker.portfolio.working_day import working_calendar
from tracker.rules.milestone import is_cancelled, is_met
from tracker.rules.propagation import Network, network, propagate
from tracker.rules.working_day import WorkingCalendar


@dataclass(frozen=True)
class PathStep:
    """One milestone on a driving path: the day of it that drives (its start or finish), and by what it does.

    `dependency_id` is the dependency that leads on from here, None at the path's end; `is_start` says that
    the day is the milestone's start.
    """

    milestone_id: int
    day: date
    is_start: bool
    dependency_id: int | None


def propagated(portfolio: Portfolio, as_of: date) -> pl.DataFrame:
    """Return the dates of each uncancelled milestone of the projects opened by `as_of`, in no order.

    Columns milestone_id, propagated_start_on, propagated_finish_on (null without a date of its own or from
    a dependency), driver_id (the milestone whose date drives the finish; null for its own date).
    """
    seen = portfolio["milestone"].select(milestone_id="id")
    return portfolio.once(
        ("propagated", as_of),
        lambda: _everywhere(portfolio.whole, as_of).join(seen, on="milestone_id", how="semi"),
    )


def driving_path(portfolio: Portfolio, as_of: date, milestone_id: int) -> list[PathStep]:
    """Return what drives a milestone's finish, the first cause first and the milestone itself last.

    A milestone driven by its own date is its path's only step; an empty path means that it has no date.
    """
    known = outcomes(portfolio.whole, as_of)
    own = propagated(portfolio, as_of).filter(pl.col("milestone_id") == milestone_id).to_dicts()
    if not own or own[0]["propagated_finish_on"] is None:
        return []
    if own[0]["driver_id"] is None:
        return [PathStep(milestone_id, own[0]["propagated_finish_on"], is_start=False, dependency_id=None)]
    path: list[PathStep] = []
    current: int | None = milestone_id
    side, onward = "finish", None
    while current is not None:
        row = known.row(int(known["milestone_id"].search_sorted(current)), named=True)
        path.append(PathStep(current, row[f"{side}_on"], side == "start", onward))
        onward, current = row[f"{side}_link"], row[f"{side}_driver_id"]
        side = "start" if row[f"{side}_by_start"] else "finish"
    return path[::-1]


def blocked_ids(portfolio: Portfolio, as_of: date) -> pl.Series:
    """Return the ids of the milestones with an unmet, uncancelled predecessor, each once.

    A milestone that only waits for another's start is blocked until that start has come.
    """
    return portfolio.once(("blocked", as_of), lambda: _blocked(portfolio, as_of))


def links_in_force(whole: Portfolio, as_of: date) -> pl.DataFrame:
    """Return the dependencies that hold on a day: agreed by it, and not lifted by it."""
    lifted = (pl.col("lifted_on") <= as_of).fill_null(value=False)
    return whole["dependency"].filter((pl.col("agreed_on") <= as_of) & ~lifted)


def dependency_network(whole: Portfolio, as_of: date) -> Network:
    """Return the dependencies of a day in causal order, prepared once for all days with the same ones."""
    return whole.once(
        ("dependency_network", _turned_on(whole, as_of)), lambda: network(links_in_force(whole, as_of))
    )


def _turned_on(whole: Portfolio, as_of: date) -> date | None:
    """Return the last day up to `as_of` on which a dependency began or ceased to hold."""
    days = whole.once(
        "dependency_turns",
        lambda: pl.concat(
            [whole["dependency"][name].alias("on") for name in ("agreed_on", "lifted_on")]
        ).unique(),
    )
    found = days.filter(days <= as_of).max()
    return found if isinstance(found, date) else None


def outcomes(whole: Portfolio, as_of: date) -> pl.DataFrame:
    """Return what follows for each milestone that a dependency joins.

    Columns milestone_id (rising), start_on, finish_on, and of each of the two: start_link and finish_link
    (the dependency that drives it, null for its own date), start_driver_id and finish_driver_id (that
    one's predecessor), start_by_start and finish_by_start (whether by the predecessor's start); is_open
    (unmet and not cancelled).
    """
    return whole.once(("dependency_outcomes", as_of), lambda: _outcomes(whole, as_of))


def own_courses(whole: Portfolio, as_of: date) -> pl.LazyFrame:
    """Return each uncancelled milestone's dates by itself: milestone_id, start_on, finish_on, days, fixed.

    Both dates are null where nothing is planned; `days` is its duration in the plan in force.
    """
    met = is_met(as_of)
    opened = pl.col("opened_on") <= as_of
    agreements = whole["agreement"].filter(opened).select(agreement_id="id")
    projects = whole["project"].join(agreements, on="agreement_id", how="semi").select(project_id="id")
    planned_start = pl.coalesce("baseline_start_on", "start_on")
    expected = pl.max_horizontal(pl.coalesce("forecast_on", "current_due_on"), pl.lit(as_of))
    dateless = pl.coalesce("forecast_on", "current_due_on").is_null()
    finish = pl.when(met).then("met_on").when(~dateless).then(expected)
    return (
        steps_in_force(whole, as_of)
        .filter(~is_cancelled(as_of))
        .join(projects.lazy(), on="project_id", how="semi")
        .select(
            milestone_id="id",
            start_on=pl.min_horizontal(pl.coalesce(planned_start, finish), finish),
            finish_on=finish,
            days=(pl.col("current_due_on") - planned_start).dt.total_days().clip(0).fill_null(0),
            fixed=met,
        )
    )


def _everywhere(whole: Portfolio, as_of: date) -> pl.DataFrame:
    return whole.once(("propagated_everywhere", as_of), lambda: _joined(whole, as_of))


def _joined(whole: Portfolio, as_of: date) -> pl.DataFrame:
    moved = outcomes(whole, as_of).select(
        "milestone_id", moved_start="start_on", moved_finish="finish_on", driver_id="finish_driver_id"
    )
    return (
        own_courses(whole, as_of)
        .collect()
        .join(moved, on="milestone_id", how="left")
        .select(
            "milestone_id",
            propagated_start_on=pl.coalesce("moved_start", "start_on"),
            propagated_finish_on=pl.coalesce("moved_finish", "finish_on"),
            driver_id="driver_id",
        )
    )


def _outcomes(whole: Portfolio, as_of: date) -> pl.DataFrame:
    joined = dependency_network(whole, as_of)
    wanted = pl.col("milestone_id").is_in(joined.ids.implode())
    own = own_courses(whole, as_of).filter(wanted).collect()
    return followed(joined, own, working_calendar(whole), as_of)


def followed(joined: Network, own: pl.DataFrame, calendar: WorkingCalendar, as_of: date) -> pl.DataFrame:
    """Return the outcomes, as `outcomes` describes them, of milestones whose own courses are `own`.

    What is awaited and has no date counts with `as_of`, the first day on which it can be finished.
    """
    rows = pl.DataFrame([joined.ids]).join(own, on="milestone_id", how="left", maintain_order="left")
    there = pl.col("fixed").is_not_null()
    courses = rows.select(
        start=pl.when(there).then(pl.col("start_on").fill_null(as_of)).to_physical(),
        finish=pl.when(there).then(pl.col("finish_on").fill_null(as_of)).to_physical(),
        days=pl.col("days").fill_null(0),
        fixed=pl.col("fixed").fill_null(value=True),
    )
    dated = rows["finish_on"].is_not_null()
    return (
        propagate(joined, courses, calendar)
        .with_columns(
            *(
                pl.when(dated | pl.col(f"{side}_link").is_not_null() | pl.col("finish_link").is_not_null())
                .then(pl.col(side))
                .cast(pl.Date)
                .alias(f"{side}_on")
                for side in ("start", "finish")
            ),
            is_open=~courses["fixed"],
        )
        .drop("start", "finish")
        .join(_causes(joined, "start"), on="start_link", how="left", maintain_order="left")
        .join(_causes(joined, "finish"), on="finish_link", how="left", maintain_order="left")
    )


def _causes(joined: Network, side: str) -> pl.DataFrame:
    by_start = pl.col("kind") == DependencyKind.start_to_start.value
    return joined.links.select(
        pl.col("id").alias(f"{side}_link"),
        pl.col("predecessor_id").alias(f"{side}_driver_id"),
        by_start.alias(f"{side}_by_start"),
    )


def _blocked(portfolio: Portfolio, as_of: date) -> pl.Series:
    whole = portfolio.whole
    links = links_in_force(whole, as_of)
    if links.is_empty():
        return pl.Series("milestone_id", dtype=pl.Int64)
    ends = pl.concat([links["predecessor_id"], links["successor_id"].rename("predecessor_id")]).unique()
    own = own_courses(whole, as_of).filter(pl.col("milestone_id").is_in(ends.implode())).collect()
    awaited = own.filter(~pl.col("fixed")).select(predecessor_id="milestone_id")
    seen = portfolio["milestone"].select(successor_id="id")
    waits = links.join(awaited, on="predecessor_id", how="semi").join(seen, on="successor_id", how="semi")
    by_start = pl.col("kind") == DependencyKind.start_to_start.value
    begun = _begun(links, own, waits.filter(by_start), working_calendar(whole), as_of)
    is_begun = by_start & pl.col("predecessor_id").is_in(begun.implode())
    return waits.filter(~is_begun)["successor_id"].unique().alias("milestone_id")


def _begun(
    links: pl.DataFrame, own: pl.DataFrame, waits: pl.DataFrame, calendar: WorkingCalendar, as_of: date
) -> pl.Series:
    """Return those predecessors in `waits` whose start has come, as `outcomes` would have it.

    Dependencies only put days later: a start that lies ahead by itself has not come. For the others no more
    is worked out than what leads to them.
    """
    could = pl.col("start_on").is_null() | (pl.col("start_on") <= as_of)
    asked = waits.join(own.filter(could), left_on="predecessor_id", right_on="milestone_id", how="semi")
    if asked.is_empty():
        return asked["predecessor_id"]
    awaited = own.filter(~pl.col("fixed"))["milestone_id"].implode()
    moving = links.filter(pl.col("successor_id").is_in(awaited))
    part = network(pl.concat([_leading_to(moving, asked["predecessor_id"]), asked]).unique("id"))
    courses = own.filter(pl.col("milestone_id").is_in(part.ids.implode()))
    return followed(part, courses, calendar, as_of).filter(pl.col("start_on") <= as_of)["milestone_id"]


def _leading_to(links: pl.DataFrame, ids: pl.Series) -> pl.DataFrame:
    """Return the dependencies that lead to some milestones, near and far."""
    causes = defaultdict(list)
    for cause, effect in links.select("predecessor_id", "successor_id").iter_rows():
        causes[effect].append(cause)
    found = set(ids)
    waiting = list(found)
    for effect in waiting:
        new = [cause for cause in causes.get(effect, ()) if cause not in found]
        found.update(new)
        waiting += new
    return links.filter(pl.col("successor_id").is_in(waiting))

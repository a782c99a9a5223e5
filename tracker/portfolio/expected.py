"""When each milestone is to be expected, what waits for stopped work counted as never: for looking ahead."""

from datetime import date

import polars as pl

from tracker.portfolio.model import Portfolio
from tracker.portfolio.propagation import dependency_network, followed, own_courses
from tracker.portfolio.working_day import working_calendar
from tracker.rules.propagation import Days, Network, propagate_later
from tracker.rules.working_day import LAST_DAY

# A finish from this day on stands for one that never comes: a lag can lead back from the calendar's last.
_NEVER_FROM = LAST_DAY.replace(year=LAST_DAY.year - 20)


def courses_ahead(whole: Portfolio, as_of: date) -> pl.DataFrame:
    """Return each uncancelled milestone's own course, see `own_courses`; stopped work never finishes."""
    return whole.once(("courses_ahead", as_of), lambda: _courses_ahead(whole, as_of))


def finishes_ahead(whole: Portfolio, as_of: date) -> pl.DataFrame:
    """Return milestone_id, start_on, finish_on of every milestone that a dependency joins."""
    return whole.once(
        ("finishes_ahead", as_of),
        lambda: _worked_out(whole, as_of, dependency_network(whole, as_of), courses_ahead(whole, as_of)),
    )


def finishes_changed(whole: Portfolio, as_of: date, changed: pl.DataFrame) -> pl.DataFrame:
    """Return the rows of `finishes_ahead` that other courses of some milestones may make different.

    `changed` holds those courses. Only what comes after them is worked out anew.
    """
    known = courses_ahead(whole, as_of).select("milestone_id", known_on="finish_on")
    earlier = changed.join(known, on="milestone_id").filter(pl.col("finish_on") < pl.col("known_on"))
    return _made_later(whole, as_of, changed) if earlier.is_empty() else _made_anew(whole, as_of, changed)


def _made_later(whole: Portfolio, as_of: date, changed: pl.DataFrame) -> pl.DataFrame:
    """Put days later that were worked out: what was to come anyway on a later day stays."""
    joined = dependency_network(whole, as_of)
    known = whole.once(("days_ahead", as_of), lambda: Days(_days_ahead(whole, as_of)))
    days = pl.col("start_on", "finish_on").to_physical().name.replace("_on$", "")
    supposed = changed.join(joined.places, on="milestone_id").select("place", days)
    found = propagate_later(joined, known, supposed, working_calendar(whole))
    return found.select("milestone_id", pl.col("start", "finish").cast(pl.Date).name.suffix("_on"))


def _days_ahead(whole: Portfolio, as_of: date) -> pl.DataFrame:
    """Return `finishes_ahead` in days, with how long each takes and whether it is fixed.

    What has no day counts with `as_of`, as it does where days are worked out.
    """
    own = courses_ahead(whole, as_of).select("milestone_id", "days", "fixed")
    there = pl.col("fixed").is_not_null()
    days = pl.col("start_on", "finish_on").fill_null(as_of).to_physical().cast(pl.Int64)
    return (
        finishes_ahead(whole, as_of)
        .join(own, on="milestone_id", how="left", maintain_order="left")
        .with_columns(pl.when(there).then(days))
        .rename({"start_on": "start", "finish_on": "finish"})
        .with_columns(pl.col("days").fill_null(0), pl.col("fixed").fill_null(value=True))
    )


def _made_anew(whole: Portfolio, as_of: date, changed: pl.DataFrame) -> pl.DataFrame:
    """Work out what comes after the changed milestones from their own days on: some may come earlier."""
    joined = dependency_network(whole, as_of)
    reached = _reached(joined, changed["milestone_id"])
    is_reached, is_changed = (
        pl.col("milestone_id").is_in(ids.implode()) for ids in (reached, changed["milestone_id"])
    )
    part = _part(joined, reached)
    settled = (
        finishes_ahead(whole, as_of)
        .filter(pl.col("milestone_id").is_in(part.ids.implode()) & ~is_reached)
        .with_columns(days=pl.lit(0, pl.Int64), fixed=pl.lit(value=True))
    )
    own = courses_ahead(whole, as_of).filter(is_reached & ~is_changed)
    courses = pl.concat([own, changed.filter(is_reached), settled.select(own.columns)])
    return _worked_out(whole, as_of, part, courses).filter(is_reached)


def never(finish: str = "finish_on") -> pl.Expr:
    """Return whether a finish stands for one that never comes."""
    return (pl.col(finish) >= _NEVER_FROM).fill_null(value=False)


def stopped_courses(courses: pl.DataFrame) -> pl.DataFrame:
    """Return the same courses as they are once their work is stopped: what is unmet never finishes."""
    return courses.with_columns(finish_on=pl.when("fixed").then("finish_on").otherwise(pl.lit(LAST_DAY)))


def _courses_ahead(whole: Portfolio, as_of: date) -> pl.DataFrame:
    stopped = whole["project"].filter(pl.col("stopped_on") <= as_of).select(project_id="id")
    over = whole["milestone"].join(stopped, on="project_id", how="semi")["id"].implode()
    courses, is_over = own_courses(whole, as_of).collect(), pl.col("milestone_id").is_in(over)
    return pl.concat([courses.filter(~is_over), stopped_courses(courses.filter(is_over))])


def _worked_out(whole: Portfolio, as_of: date, joined: Network, courses: pl.DataFrame) -> pl.DataFrame:
    found = followed(joined, courses, working_calendar(whole), as_of)
    return found.select("milestone_id", "start_on", "finish_on")


def _reached(joined: Network, ids: pl.Series) -> pl.Series:
    """Return those of the milestones that dependencies join, and all that wait for them, near and far."""
    reached = joined.ids.is_in(ids.implode()).to_list()
    for _number, cause, effect, *_ in joined.rows:
        if reached[cause]:
            reached[effect] = True
    return joined.ids.filter(pl.Series(reached, dtype=pl.Boolean))


def _part(joined: Network, reached: pl.Series) -> Network:
    """Return the network of what was reached and what that waits for directly, in the same order."""
    links = joined.links.filter(pl.col("successor_id").is_in(reached.implode())).drop("before", "after")
    ids = pl.concat([reached, links["predecessor_id"].alias("milestone_id")]).unique().sort()
    places = pl.DataFrame([ids]).with_row_index("place").with_columns(pl.col("place").cast(pl.Int64))
    for end, place in (("predecessor_id", "before"), ("successor_id", "after")):
        ends = places.rename({"milestone_id": end, "place": place})
        links = links.join(ends, on=end, how="left", maintain_order="left")
    return Network(ids, links, frozenset())

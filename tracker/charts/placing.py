"""Where every row, term and milestone of a timeline is drawn: heights in row units, days cut to the period.

Days stay plain dates, which a browser in any time zone shows as that day. Repeated texts become
enumerations, which travel as one byte a row and a short list.
"""

from dataclasses import dataclass, replace

import polars as pl

from tracker.charts.placing_bar import bars, cut, day_of, listed
from tracker.charts.shape import MILESTONE_LOOKS
from tracker.charts.view import TimelineView
from tracker.portfolio.timeline import TimelineFrames

# A county's name stands on a line of its own above its projects where there is no room beside them.
COUNTY_LINE = 0.6


@dataclass(frozen=True)
class Placed:
    """Frames ready to draw; `y` is the middle of a row's bar, `top` a row's upper edge, in row units.

    labels: y, name, pillar, agreement, state, light. bars: those with a plan inside the period; x to
    x2 is the bar, x to xp its done part, ghost_x to ghost_x2 the first plan and ghost_x to current_x2 the one
    in force (null where it is the first); slip_days to the first plan; at_edge, whether the bar ends where
    the chart does. beyond: those wholly before or after it. bands: y to y2 and x to
    x2. ends, opens, flags: day x and height y. milestones: day x, look, is_key, and by how
    many days x was moved from the due day. conflicts: the term's end x
    on each project that ends after it. counties: y, top, county, province (empty unless it changes and
    there are several). depth: the height of everything.
    """

    labels: pl.DataFrame
    bars: pl.DataFrame
    beyond: pl.DataFrame
    bands: pl.DataFrame
    ends: pl.DataFrame
    opens: pl.DataFrame
    flags: pl.DataFrame
    milestones: pl.DataFrame
    conflicts: pl.DataFrame
    counties: pl.DataFrame
    depth: float

    def with_bars(self, bars: pl.DataFrame, beyond: pl.DataFrame) -> "Placed":
        """Return the same with other frames of bars."""
        return replace(self, bars=bars, beyond=beyond)


def place(frames: TimelineFrames, view: TimelineView) -> Placed:
    """Place the frames of a timeline in its period.

    Raises: ValueError when there is no row to draw; a page says that in words.
    """
    if frames.is_empty():
        raise ValueError("a timeline needs at least one row")
    rows = _with_heights(frames.rows.sort("row"), view.narrow)
    bands = _bands(frames.bands, rows, view)
    planned = rows.filter(pl.col("start_on").is_not_null() & pl.col("finish_on").is_not_null())
    inside = (pl.col("start_on") <= view.to_on) & (pl.col("finish_on") >= view.from_on)
    return Placed(
        labels=_labels(rows),
        bars=bars(planned.filter(inside), view).drop("finished_before"),
        beyond=bars(planned.filter(~inside), view).with_columns(
            x=pl.when("finished_before").then(day_of(view.from_on)).otherwise(day_of(view.to_on))
        ),
        bands=bands.filter(pl.col("x") < pl.col("x2")),
        ends=bands.filter(pl.col("end_on").is_between(view.from_on, view.to_on)).select(
            "y", "y2", x="end_on"
        ),
        opens=_opens(bands, view),
        flags=_flags(bands, view),
        milestones=_milestones(frames.milestones, rows, view),
        conflicts=_conflicts(planned, view),
        counties=_counties(rows, view.narrow),
        depth=float(rows["top"].max()) + 1,  # type: ignore[arg-type]
    )


def _with_heights(rows: pl.DataFrame, narrow: bool) -> pl.DataFrame:
    """Add `top` and `y`: plain rows, or rows below their county's own line."""
    first = pl.col("county_id").ne_missing(pl.col("county_id").shift(1)) | (pl.int_range(pl.len()) == 0)
    lines = first.cum_sum() * COUNTY_LINE if narrow else pl.lit(0.0)
    rows = rows.with_columns(first=first, top=(pl.col("row") + lines).cast(pl.Float32))
    return rows.with_columns(y=(pl.col("top") + (0.7 if narrow else 0.5)).cast(pl.Float32))


def _labels(rows: pl.DataFrame) -> pl.DataFrame:
    return rows.select(
        "y",
        pl.col("project_name").fill_null("").alias("name"),
        listed("pillar_code", rows),
        listed("pillar_name", rows),
        listed("agreement_number", rows),
        listed("state", rows),
        listed("light", rows),
    )


def _bands(bands: pl.DataFrame, rows: pl.DataFrame, view: TimelineView) -> pl.DataFrame:
    """Add heights and cut days; a term begins when effective, or when signed while that is unknown."""
    tops = rows.select("row", "top", "y")
    bands = bands.join(tops.rename({"row": "row_from", "top": "y", "y": "first"}), on="row_from")
    bands = bands.join(tops.select(row_to="row", y2=pl.col("top") + 1), on="row_to").sort("row_from")
    begins = pl.coalesce("effective_on", "signed_on")
    return bands.filter(begins.is_not_null()).with_columns(
        x=cut(begins, view), x2=cut(pl.col("end_on").fill_null(view.to_on), view)
    )


def _opens(bands: pl.DataFrame, view: TimelineView) -> pl.DataFrame:
    running = bands.filter(pl.col("end_on").is_null() & (pl.col("x") < pl.col("x2")))
    return running.select(pl.col("first").alias("y"), x=pl.lit(view.to_on))


def _flags(bands: pl.DataFrame, view: TimelineView) -> pl.DataFrame:
    signed = bands.filter(pl.col("signed_on").is_between(view.from_on, view.to_on))
    height = 0.45 if view.narrow else 0.18
    return signed.select(
        (pl.col("y") + height).cast(pl.Float32), "agreement_number", "title", "status", x="signed_on"
    )


def _milestones(milestones: pl.DataFrame, rows: pl.DataFrame, view: TimelineView) -> pl.DataFrame:
    shown = milestones.filter(pl.col("shown_on").is_between(view.from_on, view.to_on))
    shown = shown.join(rows.select("row", "y"), on="row", maintain_order="left")
    look = pl.col("state").replace_strict(MILESTONE_LOOKS, return_dtype=pl.String)
    shown = shown.with_columns(look=pl.when("is_gate").then(look + "_gate").otherwise(look))
    placed = shown.select(
        pl.col("y"),
        pl.col("shown_on").alias("x"),
        pl.col("project_id").cast(pl.Int32),
        listed("name", shown),
        listed("state", shown),
        listed("look", shown),
        "is_key",
        moved=(pl.col("shown_on") - pl.col("due_on")).dt.total_days(),
    )
    # There are many marks and most move little; one may still move by more than a century.
    return placed.with_columns(placed["moved"].shrink_dtype())


def _conflicts(planned: pl.DataFrame, view: TimelineView) -> pl.DataFrame:
    found = planned.filter("outlives_term", pl.col("term_end_on").is_between(view.from_on, view.to_on))
    return found.select(
        "y",
        pl.col("project_id").cast(pl.Int32),
        "finish_on",
        x="term_end_on",
        name="project_name",
    )


def _counties(rows: pl.DataFrame, narrow: bool) -> pl.DataFrame:
    several = rows["province_name"].n_unique() > 1
    changes = pl.col("province_name").ne_missing(pl.col("province_name").shift(1)) | (
        pl.int_range(pl.len()) == 0
    )
    province = pl.when(changes).then("province_name").otherwise(pl.lit("")) if several else pl.lit("")
    line = COUNTY_LINE if narrow else 0.0
    return rows.filter("first").select(
        "y",
        (pl.col("top") - line).cast(pl.Float32),
        pl.col("county_name").alias("county"),
        province.fill_null("").alias("province"),
    )

"""Where every row, term and milestone of a timeline is drawn: heights in row units, days cut to the period.

Days stay plain dates, which a browser in any time zone shows as that day. Repeated texts become
enumerations, which travel as one byte a row and a short list.
"""

from dataclasses import dataclass

import polars as pl

from tracker.charts.placing_bar import bars, cut, day_of, listed, with_label_places
from tracker.charts.placing_term import PlacedTerms, placed_terms
from tracker.charts.placing_then import PlacedThen, placed_then, with_then
from tracker.charts.shape import MILESTONE_LOOKS
from tracker.charts.view import TimelineView
from tracker.portfolio.timeline import TimelineFrames

# A county's name stands on a line of its own above its projects where there is no room beside them.
COUNTY_LINE = 0.6
# So does a group's, everywhere.
GROUP_LINE = 0.9


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
    there are several). groups: y, top, name, projects of each group's own line. terms and then: see
    there. depth: the height of everything.
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
    groups: pl.DataFrame
    terms: PlacedTerms
    then: PlacedThen | None
    depth: float


def place(frames: TimelineFrames, view: TimelineView) -> Placed:
    """Place the frames of a timeline in its period.

    Raises: ValueError when there is no row to draw; a page says that in words.
    """
    if frames.is_empty():
        raise ValueError("a timeline needs at least one row")
    rows = _with_heights(with_then(frames, view).sort("row"), view.narrow)
    bands = _bands(frames.bands, rows, view)
    planned = rows.filter(pl.col("start_on").is_not_null() & pl.col("finish_on").is_not_null())
    inside = (pl.col("start_on") <= view.to_on) & (pl.col("finish_on") >= view.from_on)
    marks = _milestones(frames.milestones, rows, view)
    return Placed(
        labels=_labels(rows),
        bars=with_label_places(bars(planned.filter(inside), view), marks, view).drop("finished_before"),
        beyond=bars(planned.filter(~inside), view).with_columns(
            x=pl.when("finished_before").then(day_of(view.from_on)).otherwise(day_of(view.to_on))
        ),
        bands=bands.filter(pl.col("x") < pl.col("x2")),
        ends=bands.filter(pl.col("end_on").is_between(view.from_on, view.to_on)).select(
            *("y", "y2", "agreement_number"),
            *(listed(name, bands) for name in ("title", "status")),
            x="end_on",
        ),
        opens=_opens(bands, view),
        flags=_flags(bands, view),
        milestones=marks,
        conflicts=_conflicts(planned, view),
        counties=_counties(rows, view.narrow),
        groups=_groups(rows, view.narrow),
        terms=placed_terms(bands, view),
        then=placed_then(frames.earlier, rows, view) if frames.earlier else None,
        depth=float(rows["top"].max()) + 1,  # type: ignore[arg-type]
    )


def _with_heights(rows: pl.DataFrame, narrow: bool) -> pl.DataFrame:
    """Add `top` and `y`: plain rows, or rows below their group's and their county's own line."""
    opens = _changes("group_key") & (pl.col("group_key") != 0)
    first = _changes("county_id") | _changes("group_key")
    lines = first.cum_sum() * COUNTY_LINE if narrow else pl.lit(0.0)
    top = pl.col("row") + lines + opens.cum_sum() * GROUP_LINE
    rows = rows.with_columns(first=first, opens=opens, top=top.cast(pl.Float32))
    return rows.with_columns(y=(pl.col("top") + (0.7 if narrow else 0.5)).cast(pl.Float32))


def _changes(column: str) -> pl.Expr:
    """Whether a row begins another county or group than the row above it, as the first one does."""
    return pl.col(column).ne_missing(pl.col(column).shift(1)) | (pl.int_range(pl.len()) == 0)


def _labels(rows: pl.DataFrame) -> pl.DataFrame:
    return rows.select(
        "y",
        pl.col("project_name").fill_null("").alias("name"),
        listed("pillar_code", rows),
        listed("pillar_name", rows),
        listed("agreement_number", rows),
        listed("state", rows),
        listed("light", rows),
        *([listed("light_then", rows)] if "light_then" in rows.columns else []),
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
        (pl.col("y") + height).cast(pl.Float32),
        "agreement_number",
        listed("title", signed),
        "status",
        x="signed_on",
    )


def _milestones(milestones: pl.DataFrame, rows: pl.DataFrame, view: TimelineView) -> pl.DataFrame:
    shown = milestones.filter(pl.col("shown_on").is_between(view.from_on, view.to_on))
    shown = shown.join(rows.select("row", "y"), on="row", maintain_order="left")
    look = pl.col("state").replace_strict(MILESTONE_LOOKS, return_dtype=pl.String)
    shown = shown.with_columns(look=pl.when("is_gate").then(look + "_gate").otherwise(look))
    placed = shown.select(
        pl.col("y"),
        pl.col("shown_on").alias("x"),
        "project_id",
        listed("name", shown),
        listed("state", shown),
        listed("look", shown),
        "is_key",
        moved=(pl.col("shown_on") - pl.col("due_on")).dt.total_days(),
    )
    # There are many marks and most move little; one may still move by more than a century.
    return placed.with_columns(placed["moved"].shrink_dtype(), placed["project_id"].shrink_dtype())


def _conflicts(planned: pl.DataFrame, view: TimelineView) -> pl.DataFrame:
    found = planned.filter("outlives_term", pl.col("term_end_on").is_between(view.from_on, view.to_on))
    return found.select(
        "y",
        pl.col("project_id").cast(pl.Int32),
        "finish_on",
        x="term_end_on",
        name="project_name",
    )


def _groups(rows: pl.DataFrame, narrow: bool) -> pl.DataFrame:
    top = pl.col("top") - GROUP_LINE - (COUNTY_LINE if narrow else 0.0)
    return rows.filter("opens").select(
        y=(top + GROUP_LINE / 2).cast(pl.Float32),
        top=top.cast(pl.Float32),
        name=pl.col("group_name").fill_null(""),
        projects="group_projects",
    )


def _counties(rows: pl.DataFrame, narrow: bool) -> pl.DataFrame:
    several = rows["province_name"].n_unique() > 1
    changes = _changes("province_name") | pl.col("opens")
    province = pl.when(changes).then("province_name").otherwise(pl.lit("")) if several else pl.lit("")
    line = COUNTY_LINE if narrow else 0.0
    return rows.filter("first").select(
        "y",
        (pl.col("top") - line).cast(pl.Float32),
        pl.col("county_name").alias("county"),
        province.fill_null("").alias("province"),
    )

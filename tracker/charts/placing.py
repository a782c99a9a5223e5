"""Where every row, term and milestone of a timeline is drawn: heights in row units, days cut to the period.

Days stay plain dates, which a browser in any time zone shows as that day. Repeated texts become
enumerations, which travel as one byte a row and a short list.
"""

from dataclasses import dataclass
from datetime import date, timedelta

import polars as pl

from tracker.charts.shape import MILESTONE_LOOKS
from tracker.charts.view import TimelineView
from tracker.portfolio.timeline import TimelineFrames

# A county's name stands on a line of its own above its projects where there is no room beside them.
COUNTY_LINE = 0.6


@dataclass(frozen=True)
class Placed:
    """Frames ready to draw; `y` is the middle of a row's bar, `top` a row's upper edge, in row units.

    labels: y, name, pillar, agreement, state. bars: those with a plan inside the period; x to
    x2 is the bar, x to xp its done part. beyond: those wholly before or after it. bands: y to y2 and x to
    x2. ends, opens, flags: day x and height y. milestones: day x, look, is_key. counties: y, top, county,
    province (empty unless it changes and there are several). depth: the height of everything.
    """

    labels: pl.DataFrame
    bars: pl.DataFrame
    beyond: pl.DataFrame
    bands: pl.DataFrame
    ends: pl.DataFrame
    opens: pl.DataFrame
    flags: pl.DataFrame
    milestones: pl.DataFrame
    counties: pl.DataFrame
    depth: float


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
        bars=_bars(planned.filter(inside), view).drop("finished_before"),
        beyond=_bars(planned.filter(~inside), view).with_columns(
            x=pl.when("finished_before").then(_day(view.from_on)).otherwise(_day(view.to_on))
        ),
        bands=bands.filter(pl.col("x") < pl.col("x2")),
        ends=bands.filter(pl.col("end_on").is_between(view.from_on, view.to_on)).select(
            "y", "y2", x="end_on"
        ),
        opens=_opens(bands, view),
        flags=_flags(bands, view),
        milestones=_milestones(frames.milestones, rows, view),
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
    )


def _bars(planned: pl.DataFrame, view: TimelineView) -> pl.DataFrame:
    """Cut bars to the period; a bar of one day still has a width."""
    done = pl.col("share").fill_null(0.0).clip(0, 1)
    planned = planned.with_columns(_percent("progress"), _percent("planned"), share="progress")
    finish = pl.max_horizontal("finish_on", pl.col("start_on") + timedelta(days=1))
    done_days = ((finish - pl.col("start_on")).dt.total_days() * done).round()
    done_on = pl.col("start_on") + pl.duration(days=done_days.cast(pl.Int64))
    start = _cut(pl.col("start_on"), view)
    return planned.select(
        "y",
        pl.col("project_id").cast(pl.Int32),
        listed("project_name", planned).alias("name"),
        listed("county_name", planned),
        listed("agreement_number", planned),
        listed("pillar_code", planned),
        listed("pillar_name", planned),
        listed("state", planned),
        listed("progress", planned),
        listed("planned", planned),
        "start_on",
        "finish_on",
        x=start,
        x2=_cut(finish, view),
        xp=pl.max_horizontal(start, _cut(done_on, view)),
        finished_before=pl.col("finish_on") < view.from_on,
    )


def _bands(bands: pl.DataFrame, rows: pl.DataFrame, view: TimelineView) -> pl.DataFrame:
    """Add heights and cut days; a term begins when effective, or when signed while that is unknown."""
    tops = rows.select("row", "top", "y")
    bands = bands.join(tops.rename({"row": "row_from", "top": "y", "y": "first"}), on="row_from")
    bands = bands.join(tops.select(row_to="row", y2=pl.col("top") + 1), on="row_to").sort("row_from")
    begins = pl.coalesce("effective_on", "signed_on")
    return bands.filter(begins.is_not_null()).with_columns(
        x=_cut(begins, view), x2=_cut(pl.col("end_on").fill_null(view.to_on), view)
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
    return shown.select(
        pl.col("y"),
        pl.col("shown_on").alias("x"),
        pl.col("project_id").cast(pl.Int32),
        listed("name", shown),
        listed("state", shown),
        listed("look", shown),
        "is_key",
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


def _cut(day: pl.Expr, view: TimelineView) -> pl.Expr:
    return pl.max_horizontal(pl.min_horizontal(day, _day(view.to_on)), _day(view.from_on))


def _day(day: date) -> pl.Expr:
    return pl.lit(day, dtype=pl.Date)


def _percent(column: str) -> pl.Expr:
    """Write a share of one with one decimal at most; a dash when blank, since blank is not zero."""
    text = (pl.col(column) * 100).round(1).cast(pl.String).str.strip_suffix(".0") + "%"
    return text.fill_null("–").alias(column)


def listed(column: str, frame: pl.DataFrame) -> pl.Expr:
    """Return the column as an enumeration of the texts it holds, or as text where hardly any repeats.

    An enumeration sends each of its texts twice, once in the table's description.
    """
    texts = frame[column].drop_nulls().unique(maintain_order=True)
    repeats = texts.len() * 3 <= frame.height or texts.len() < 16
    return pl.col(column).cast(pl.Enum(texts) if repeats else pl.String)

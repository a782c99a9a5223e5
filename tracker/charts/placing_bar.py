"""The bars of a timeline cut to its period: a project's own, and its plans' below it."""

from datetime import date, timedelta

import polars as pl

from tracker.charts.view import TimelineView

# A bar that ends in the last part of the period has no room for words beside it; less so on a phone.
_EDGE_SHARE = {False: 0.09, True: 0.2}


def bars(planned: pl.DataFrame, view: TimelineView) -> pl.DataFrame:
    """Cut the bars of rows with heights to the period; a bar of one day still has a width.

    The columns are those of `Placed.bars`, and finished_before.
    """
    done = pl.col("share").fill_null(0.0).clip(0, 1)
    planned = planned.with_columns(_percent("progress"), _percent("planned"), share="progress")
    finish = pl.max_horizontal("finish_on", pl.col("start_on") + timedelta(days=1))
    done_days = ((finish - pl.col("start_on")).dt.total_days() * done).round()
    done_on = pl.col("start_on") + pl.duration(days=done_days.cast(pl.Int64))
    start, end = cut(pl.col("start_on"), view), cut(finish, view)
    texts = ("county_name", "agreement_number", "pillar_code", "pillar_name", "state", "light")
    return planned.select(
        "y",
        pl.col("project_id").cast(pl.Int32),
        listed("project_name", planned).alias("name"),
        *(listed(name, planned) for name in (*texts, "progress", "planned")),
        "start_on",
        "finish_on",
        *_plans(view),
        *(name for name in ("moved_days", "light_then", "then_x2") if name in planned.columns),
        pl.col("baselines").cast(pl.Int16),
        x=start,
        x2=end,
        xp=pl.max_horizontal(start, cut(done_on, view)),
        finished_before=pl.col("finish_on") < view.from_on,
    )


def with_label_places(bars: pl.DataFrame, marks: pl.DataFrame, view: TimelineView) -> pl.DataFrame:
    """Add label_x, right of the bar and of every milestone on its row, and at_edge, see `Placed.bars`."""
    edge = view.to_on - timedelta(days=round(view.days * _EDGE_SHARE[view.narrow]))
    last = marks.group_by("y").agg(last_x=pl.col("x").max())
    placed = bars.join(last, on="y", how="left", maintain_order="left")
    placed = placed.with_columns(label_x=pl.max_horizontal("x2", "last_x")).drop("last_x")
    return placed.with_columns(at_edge=pl.col("label_x") > day_of(edge))


def _plans(view: TimelineView) -> list[pl.Expr]:
    """Return the marks of the first plan and of the one in force, null where they lie outside the period."""
    inside = (pl.col("ghost_to") >= view.from_on) & (pl.col("ghost_from") <= view.to_on)
    moved = (pl.col("baselines") > 0) & (pl.col("current_to") != pl.col("ghost_to"))
    return [
        pl.when(inside).then(cut(pl.col("ghost_from"), view)).alias("ghost_x"),
        pl.when(inside).then(cut(pl.col("ghost_to"), view)).alias("ghost_x2"),
        pl.when(inside & moved).then(cut(pl.col("current_to"), view)).alias("current_x2"),
        pl.col("slip_original_days").cast(pl.Int32).alias("slip_days"),
        pl.col("slip_current_days").cast(pl.Int32),
    ]


def cut(day: pl.Expr, view: TimelineView) -> pl.Expr:
    """Return a day, or the end of the period it lies beyond."""
    return pl.max_horizontal(pl.min_horizontal(day, day_of(view.to_on)), day_of(view.from_on))


def day_of(day: date) -> pl.Expr:
    """Return a day as a value of a frame."""
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

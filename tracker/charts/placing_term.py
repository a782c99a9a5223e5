"""Where the terms of a timeline are decided, renewed and chained to each other."""

from dataclasses import dataclass

import polars as pl

from tracker.charts.placing_bar import cut, day_of
from tracker.charts.view import TimelineView

# From the upper edge of a row down to the marks on its term, and to those below the name of a county.
MARK_HEIGHT = {False: 0.18, True: 0.45}


@dataclass(frozen=True)
class PlacedTerms:
    """What stands on the bands of a timeline; heights and days as in `Placed`.

    decisions: day x of the last day to decide, end_on, renews_until (null: it expires), is_past,
    agreement_number, title. nexts: x to x2, the term that follows by itself. seams: x, where the present term
    began by itself. chains: y to y2 at x, where a renewal takes over, number and earlier_number.
    """

    decisions: pl.DataFrame
    nexts: pl.DataFrame
    seams: pl.DataFrame
    chains: pl.DataFrame


def placed_terms(bands: pl.DataFrame, view: TimelineView) -> PlacedTerms:
    """Place what stands on bands with heights (`y` to `y2`) and cut days (`x` to `x2`)."""
    mark = (pl.col("y") + MARK_HEIGHT[view.narrow]).cast(pl.Float32)
    follow = bands.filter(pl.col("renews_until").is_not_null()).with_columns(
        x=cut(pl.col("end_on").dt.offset_by("1d"), view), x2=cut(pl.col("renews_until"), view)
    )
    return PlacedTerms(
        decisions=_inside("decision_on", bands, view).select(
            *("end_on", "renews_until", "agreement_number", "title"),
            y=mark,
            x="decision_on",
            is_past=pl.col("decision_on") < view.as_of,
        ),
        nexts=follow.filter(pl.col("x") < pl.col("x2")).select("x", "x2", "y", "y2"),
        seams=_inside("renewed_on", bands, view).select("y", "y2", x="renewed_on"),
        chains=_chains(bands, view),
    )


def _inside(column: str, bands: pl.DataFrame, view: TimelineView) -> pl.DataFrame:
    return bands.filter(pl.col(column).is_between(view.from_on, view.to_on))


def _chains(bands: pl.DataFrame, view: TimelineView) -> pl.DataFrame:
    """Link each renewal to the agreement it renews, where both stand in one county of one group."""
    before = bands.select(
        "group_key",
        "county_id",
        renewal_of_id="agreement_id",
        earlier_number="agreement_number",
        before_y="y",
        before_y2="y2",
    )
    linked = bands.join(before, on=["group_key", "county_id", "renewal_of_id"], maintain_order="left")
    begins = pl.coalesce("effective_on", "signed_on")
    # From the nearer edge of the earlier band to the mark of the later one, whichever stands above.
    above = pl.col("before_y") < pl.col("y")
    return linked.filter(begins.is_between(day_of(view.from_on), day_of(view.to_on))).select(
        "earlier_number",
        number="agreement_number",
        x=begins,
        y=pl.when(above).then(pl.col("before_y2") - 0.5).otherwise(pl.col("before_y") + 0.5),
        y2=(pl.col("y") + 0.5).cast(pl.Float32),
    )

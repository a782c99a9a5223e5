"""Key figures over the last year, counted in one pass from the days of the facts.

A figure of a past day is otherwise worked out with all that was known of it, twelve times over for a line
the size of a thumb.
"""

from datetime import date, timedelta

import polars as pl

from tracker.portfolio.figure_span import (
    NEVER,
    agreement_spans,
    ahead_spans,
    county_spans,
    landed_agreements,
    met_spans,
    overdue_spans,
    project_spans,
)
from tracker.portfolio.model import Portfolio
from tracker.portfolio.part import Part, agreements_within, projects_within
from tracker.portfolio.region import divisions_within
from tracker.rules.region import sales_region_id

# The figures of `portfolio.figures` that count what has a first day, and perhaps a last.
COUNTED = (
    *("counties_contacted", "counties_signed", "agreements_signed", "agreements_decomposed"),
    *("agreements_landed", "projects", "milestones_met", "milestones_overdue", "milestones_ahead"),
)
MONTHS = 12


def figure_series(portfolio: Portfolio, as_of: date, part: Part) -> pl.DataFrame:
    """Return day and the figures in COUNTED at the ends of the months before `as_of` and on it, in order.

    Each equals the part's figure of that day; those of counties are null where the part has none.
    """
    return portfolio.once(("figure_series", as_of, part), lambda: _series(portfolio, as_of, part))


def series_days(as_of: date) -> list[date]:
    """Return the last 11 ends of months before `as_of`, and `as_of`, in order."""
    days = [as_of]
    while len(days) < MONTHS:
        days.append(days[-1].replace(day=1) - timedelta(days=1))
    return days[::-1]


def _series(portfolio: Portfolio, as_of: date, part: Part) -> pl.DataFrame:
    days = series_days(as_of)
    # Which divisions a sales region holds is dated; whatever else a part holds is not.
    is_dated = part.region_id is not None and sales_region_id(part.region_id) is not None
    if is_dated:
        rows = [_counts(portfolio, [day], part) for day in days]
        return pl.concat(rows)
    return _counts(portfolio, days, part)


def _counts(portfolio: Portfolio, days: list[date], part: Part) -> pl.DataFrame:
    """Return the rows of these days, of what belongs to the part on the last of them."""
    agreements = agreements_within(portfolio, days[-1], part, agreement_spans(portfolio))
    projects = projects_within(portfolio, days[-1], part, project_spans(portfolio))
    ours = projects.select(project_id="id")
    signed = _span(agreements, "signed_from")
    spans = {
        "agreements_signed": signed,
        "agreements_decomposed": _span(agreements, "decomposed_from"),
        "projects": _span(projects, "exists_from"),
        "milestones_met": met_spans(portfolio).join(ours, on="project_id", how="semi"),
        "milestones_overdue": overdue_spans(portfolio).join(ours, on="project_id", how="semi"),
        "milestones_ahead": ahead_spans(portfolio).join(ours, on="project_id", how="semi"),
        **(_county_spans(portfolio, days[-1], part) if part.has_counties else {}),
    }
    counts = {figure: _on_each(rows, days) for figure, rows in spans.items()}
    landed = [_landed(portfolio, day, agreements) for day in days]
    columns = {"day": days, **dict.fromkeys(COUNTED), **counts, "agreements_landed": landed}
    return pl.DataFrame(columns, schema={"day": pl.Date, **dict.fromkeys(COUNTED, pl.Int64)})


def _on_each(spans: pl.DataFrame, days: list[date]) -> list[int]:
    """Return how many spans hold each day: those begun by then without those over by then."""
    sought = pl.Series(days, dtype=pl.Date)
    begun, over = (spans[name].sort().search_sorted(sought, side="right") for name in ("from_on", "until_on"))
    return [b - o for b, o in zip(begun, over, strict=True)]


def _landed(portfolio: Portfolio, day: date, agreements: pl.DataFrame) -> int:
    signed = agreements.filter(pl.col("signed_from") <= day)["id"]
    return int(signed.is_in(landed_agreements(portfolio, day).implode()).sum())


def _county_spans(portfolio: Portfolio, day: date, part: Part) -> dict[str, pl.DataFrame]:
    counties = county_spans(portfolio)
    if part.region_id is not None:
        inside = divisions_within(portfolio, part.region_id, day)
        counties = counties.join(inside, on="division_id", how="semi")
    return {f"counties_{name}": _span(counties, f"{name}_from") for name in ("contacted", "signed")}


def _span(rows: pl.DataFrame, from_on: str) -> pl.DataFrame:
    """Return from_on and until_on of what counts from the day in a column, where there is one."""
    until = pl.col("until_on") if "until_on" in rows.columns else pl.lit(NEVER)
    spans = rows.filter(pl.col(from_on).is_not_null()).select(from_on=from_on, until_on=until)
    return spans.filter(pl.col("from_on") < pl.col("until_on"))

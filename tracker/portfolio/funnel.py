"""The funnel from first contact to going live, each stage with its own n and N (D4)."""

from datetime import date
from typing import Final

import polars as pl

from tracker.portfolio.model import Portfolio
from tracker.portfolio.part import Part, part_figures
from tracker.portfolio.threshold import thresholds_as_of
from tracker.rules.funnel import STAGE_RATES, Unit
from tracker.rules.rate import RateValue, rate_value

FUNNEL: dict[str, type[pl.DataType]] = {
    "stage": pl.String,
    "unit": pl.String,
    "n": pl.Int64,
    "of": pl.Int64,
    "share": pl.Float64,
    "is_few": pl.Boolean,
}
# The facts without which nobody can say how far a stage has come, by stage.
_SOURCES: Final[dict[str, tuple[tuple[str, str], ...]]] = {
    "contacted": (("meeting", "held_on"), ("party", "signed_on")),
    "signed": (("party", "signed_on"),),
    "decomposed": (("baseline", "approved_on"),),
    "performing": (("project", "started_on"),),
    "landed": (("baseline_milestone", "is_gate"),),
    "live": (("project", "live_on"),),
}


def funnel(portfolio: Portfolio, as_of: date, part: Part) -> pl.DataFrame:
    """Return one row per stage in order, with the columns of FUNNEL.

    stage and unit (what is counted) are of rules.funnel; n and of (N) are the stage's own rate, null where
    nobody ever recorded a fact of its kind; share is null where N is 0. The stages are not nested: one may
    exceed the one before it. A part without counties of its own begins with the agreements.
    """
    row = part_figures(portfolio, as_of, part)
    few = thresholds_as_of(portfolio, as_of).few_records
    rows = []
    for stage, (rate, unit) in STAGE_RATES.items():
        if unit is Unit.counties and not part.has_counties:
            continue
        value = rate_value(row, rate, few)
        if not _is_recorded(portfolio.whole, stage):
            value = RateValue(None, None, few)
        rows.append((stage, unit.value, value.n, value.of, value.share, value.is_few))
    return pl.DataFrame(rows, schema=FUNNEL, orient="row")


def _is_recorded(whole: Portfolio, stage: str) -> bool:
    """Return whether anybody ever recorded a fact of a stage's kind: a mark that is set, a day."""
    facts = (whole[table][column] for table, column in _SOURCES[stage])
    return any(bool(f.any()) if f.dtype == pl.Boolean else f.null_count() < f.len() for f in facts)

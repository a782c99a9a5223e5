"""What an S-curve says above itself."""

from datetime import date

import polars as pl

from tracker.charts.curve import gap_points, gap_words
from tracker.i18n import Words
from tracker.portfolio.curve import Curve
from tracker.portfolio.pool import WeighBy


def curve_heading(
    curve: Curve, where: str, as_of: date, words: Words
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return title and subtitle as lines; `where` names the scope."""
    _ = words.text
    here = curve.points.row(by_predicate=pl.col("day") == as_of, named=True)
    finding = _(
        "{where}: {gap}; actual {actual}, planned {planned}",
        where=where,
        gap=gap_words(gap_points(curve, as_of), words),
        actual=words.percent(here["actual"]),
        planned=words.percent(here["planned"]),
    )
    rests_on = [
        _("As of {day}", day=as_of),
        _covered(curve, words),
        _("re-baselined {n}/{total}", n=words.number(curve.moved), total=words.number(curve.covered)),
    ]
    return (finding,), (" · ".join(rests_on),)


def _covered(curve: Curve, words: Words) -> str:
    _ = words.text
    counts = {"n": words.number(curve.covered), "total": words.number(curve.projects)}
    if curve.weigh_by is WeighBy.amount:
        return _("projects with an approved plan and an amount {n}/{total}, weighed by amount", **counts)
    return _("projects with an approved plan {n}/{total}, all alike", **counts)

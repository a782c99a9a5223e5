"""What a milestone trend chart says above itself."""

from datetime import date

import polars as pl

from tracker.i18n import Words
from tracker.portfolio.trend import Trend


def trend_heading(
    whole: Trend, shown: int, where: str, as_of: date, words: Words
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return title and subtitle as lines; `shown` lines of `whole` are drawn, `where` names the scope."""
    _ = words.text
    lines = whole.milestones
    rests_on = [
        _("As of {day}", day=as_of),
        _("milestones drawn {n}/{total}", n=words.number(shown), total=words.number(lines.height)),
        _("met {n}/{total}", n=words.number(lines["met_on"].count()), total=words.number(lines.height)),
    ]
    if whole.outside:
        rests_on.append(_("outside any approved plan {n}", n=words.number(whole.outside)))
    reading = _("level: kept, rising: put off; met on the diagonal; in front of a name: days moved in all")
    return (_finding(lines, where, words),), (" · ".join(rests_on), reading)


def _finding(lines: pl.DataFrame, where: str, words: Words) -> str:
    _ = words.text
    later = lines.filter(pl.col("moved_days") > 0).sort("moved_days", descending=True)
    numbers = {"where": where, "later": words.number(later.height), "total": words.number(lines.height)}
    if later.is_empty():
        return _("{where}: none of {total} milestones is later than first expected", **numbers)
    name, days = later.row(0, named=True)["name"], later.row(0, named=True)["moved_days"]
    return _(
        "{where}: {later} of {total} milestones later than first expected, most of all {name} by {days} days",
        name=name,
        days=words.number(days),
        **numbers,
    )

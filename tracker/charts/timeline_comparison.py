"""What a timeline that compares two days finds: which lights changed, and what moved by how many days."""

import polars as pl

from tracker.i18n import Words
from tracker.portfolio.timeline import TimelineFrames
from tracker.rules.light import Light

# Only what is judged gets better or worse; finished work is as good as on plan.
_SEVERITY = {Light.blue.value: 0, Light.green.value: 0, Light.yellow.value: 1, Light.red.value: 2}


def moved_finding(frames: TimelineFrames, where: str, words: Words) -> str:
    """Say how many projects changed their light and their end since the day compared with.

    Raises: ValueError when no day is compared with.
    """
    if frames.earlier is None:
        raise ValueError("no day is compared with")
    _ = words.text
    then = frames.rows.select("row", "light").join(frames.earlier.rows, on="row")
    now, before = (_severity(column) for column in ("light", "light_then"))
    numbers = {
        "where": where,
        "then": frames.earlier.then_on,
        "projects": words.number(then.height),
        "worse": words.number(then.filter(now > before).height),
        "better": words.number(then.filter(now < before).height),
    }
    lights = _(
        "{where} since {then}: of {projects} projects {worse} turned worse, {better} better", **numbers
    )
    return lights + _ends(then, words)


def _ends(then: pl.DataFrame, words: Words) -> str:
    _ = words.text
    later, earlier = then.filter(pl.col("moved_days") > 0), then.filter(pl.col("moved_days") < 0)
    if later.is_empty() and earlier.is_empty():
        return _("; no end moved")
    said = _("; {n} end earlier", n=words.number(earlier.height)) if earlier.height else ""
    if later.is_empty():
        return said
    most = words.number(int(later["moved_days"].max()))  # type: ignore[arg-type]
    return _("; {n} end later, by up to {days} days", n=words.number(later.height), days=most) + said


def _severity(column: str) -> pl.Expr:
    return pl.col(column).replace_strict(_SEVERITY, default=None, return_dtype=pl.Int64)

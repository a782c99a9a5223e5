"""What a tile map says above itself: which province stands out, and what it rests on."""

from datetime import date
from typing import Any

import polars as pl

from tracker.errors import N_
from tracker.i18n import Words
from tracker.portfolio.tile_map import TileMap
from tracker.rules.tile_measure import MEASURE_DEFINITIONS, TileMeasure

_BOTH = {
    TileMeasure.landing: N_("{where}: landed {total}; most in {best} ({most}), least in {last} ({least})"),
    TileMeasure.lights: N_("{where}: red {total}; most in {best} ({most}), least in {last} ({least})"),
    TileMeasure.overdue: N_("{where}: overdue {total}; most in {best} ({most}), least in {last} ({least})"),
    TileMeasure.coverage: N_(
        "{where}: contacted {total}; most in {best} ({most}), least in {last} ({least})"
    ),
}
_ALONE = {
    TileMeasure.landing: N_("{where}: landed {total}"),
    TileMeasure.signed: N_("{where}: signed {total}"),
    TileMeasure.lights: N_("{where}: red {total}"),
    TileMeasure.overdue: N_("{where}: overdue {total}"),
    TileMeasure.coverage: N_("{where}: contacted {total}"),
}


def tile_heading(
    found: TileMap, where: str, as_of: date, words: Words
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return title and subtitle as lines; only provinces with enough records are compared by share."""
    _ = words.text
    total = _share(found.n, found.of, words)
    rests_on = [
        _("As of {day}", day=as_of),
        _(MEASURE_DEFINITIONS[found.measure]),
        _("The stronger the colour, the more; blank: nothing recorded; * few cases.")
        if found.measure is not TileMeasure.lights
        else _("Blank: nothing recorded; * few cases."),
    ]
    return (_finding(found, where, total, words),), (" · ".join(rests_on[:1]), *rests_on[1:])


def _finding(found: TileMap, where: str, total: str, words: Words) -> str:
    ranked = _ranked(found)
    if found.measure is TileMeasure.signed and ranked.height > 1:
        best = ranked.row(0, named=True)
        message = N_("{where}: signed {total}; most in {best} ({most})")
        return words.text(
            message, where=where, total=total, best=_name(best, words), most=words.number(best["n"])
        )
    alone = words.text(_ALONE[found.measure], where=where, total=total)
    if ranked.height < 2 or found.measure is TileMeasure.signed:
        return alone
    best, last = ranked.row(0, named=True), ranked.row(-1, named=True)
    if best["n"] * last["of"] == last["n"] * best["of"]:
        return alone
    return words.text(
        _BOTH[found.measure],
        where=where,
        total=total,
        best=_name(best, words),
        most=_share(best["n"], best["of"], words),
        last=_name(last, words),
        least=_share(last["n"], last["of"], words),
    )


def _ranked(found: TileMap) -> pl.DataFrame:
    counted = found.tiles.filter((pl.col("of") > 0) & pl.col("n").is_not_null())
    if found.measure is TileMeasure.signed:
        return counted.sort("n", "code", descending=[True, False])
    share = pl.col("n") / pl.col("of")
    return counted.filter(~pl.col("is_few")).sort(share, "code", descending=[True, False])


def _name(tile: dict[str, Any], words: Words) -> str:
    return words.name(tile["short_name"] or tile["name"], tile["name_en"])


def _share(n: int | None, of: int | None, words: Words) -> str:
    if n is None or not of:
        return "–"
    return f"{words.ratio(n, of)} · {words.percent(n / of)}"

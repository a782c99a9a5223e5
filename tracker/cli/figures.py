"""`figures`: the very figures the pages show, for a person to read or a program."""

import argparse
from typing import Any

from db.opening import open_existing
from tracker.cli.printing import print_json, print_table
from tracker.errors import N_
from tracker.i18n import Words
from tracker.permissions import LOCAL_ADMINISTRATOR
from tracker.rules.moment import read_moment, written_moment
from tracker.rules.rate import RATES, Rate, RateValue
from tracker.services.desk import Desk
from tracker.services.figures import Grouping, WeighBy, read_figures, read_rates
from tracker.settings import read_settings

Rates = list[tuple[Rate, RateValue]]

_HEADS = {
    "counties_contacted": N_("counties contacted"),
    "counties_signed": N_("counties signed"),
    "agreements": N_("agreements"),
    "agreements_signed": N_("signed"),
    "projects": N_("projects"),
    "projects_started": N_("started"),
    "milestones": N_("milestones"),
    "milestones_met": N_("met"),
    "milestones_overdue": N_("overdue"),
    "planned": N_("planned"),
    "actual": N_("actual"),
    "deviation": N_("deviation, points"),
    "spi": N_("SPI"),
    "projects_covered": N_("projects with a plan"),
}
_SHARES = {"planned", "actual"}

_POINTS, _RATIOS = {"deviation"}, {"spi"}


def run(options: argparse.Namespace, words: Words) -> int:
    """Print figures and rates as of a day, in one row or one per group. Raises: NotAMoment, StorageError."""
    settings = read_settings(options.home)
    known_at = read_moment(options.known_at, settings.zone) if options.known_at else None
    database = open_existing(settings.database_url)
    desk = Desk(LOCAL_ADMINISTRATOR, database, settings, origin="command line", known_at=known_at)
    as_of = options.as_of or settings.demo_as_of or desk.today
    by, weigh_by = Grouping(options.by) if options.by else None, WeighBy(options.weigh_by)
    rows = read_figures(desk, as_of, by, weigh_by).to_dicts()
    rates = [read_rates(desk, as_of, row) for row in rows]
    if options.json:
        looked_back = {"known_at": written_moment(known_at, settings.zone)} if known_at else {}
        asked = {"as_of": as_of, **looked_back, "by": options.by, "weigh_by": options.weigh_by}
        counted = [row | {"rates": _counted(found)} for row, found in zip(rows, rates, strict=True)]
        print_json(asked | {"rates": _definitions(words), "figures": counted})
        return 0
    print(words.text("As of {day}", day=as_of))
    if known_at:
        moment = words.instant(known_at, settings.zone)
        print(words.text("As known at {moment}; changes recorded later are not in it.", moment=moment))
    if by is None:
        _print_one(rows[0], rates[0], words)
    else:
        _print_groups(rows, rates, words)
    if any(value.is_few for found in rates for _, value in found):
        print(words.text("* fewer than {few} cases", few=rates[0][0][1].few))
    return 0


def _print_one(row: dict[str, Any], rates: Rates, words: Words) -> None:
    print_table(["", ""], [[words.text(head), _written(row, name, words)] for name, head in _HEADS.items()])
    print()
    heads = [words.text("Rate"), "n/N", words.text("Share")]
    print_table(
        heads,
        [
            [words.text(rate.name), _pair(value, words), words.percent(value.share) or "–"]
            for rate, value in rates
        ],
    )
    print()
    for rate, _ in rates:
        print(f"{words.text(rate.name)}: {words.text(rate.definition)}")


def _print_groups(rows: list[dict[str, Any]], rates: list[Rates], words: Words) -> None:
    shown = [name for name in _HEADS if any(row[name] is not None for row in rows)]
    heads = [words.text("name"), *(words.text(_HEADS[name]) for name in shown)]
    print_table(heads, [[_label(row, words), *(_written(row, n, words) for n in shown)] for row in rows])
    print()
    heads = [words.text("name"), *(words.text(rate.name) for rate in RATES)]
    pairs = [[_pair(value, words) for _, value in found] for found in rates]
    print_table(heads, [[_label(row, words), *found] for row, found in zip(rows, pairs, strict=True)])


def _counted(rates: Rates) -> dict[str, Any]:
    return {
        rate.key: {"n": value.n, "of": value.of, "share": value.share, "is_few": value.is_few}
        for rate, value in rates
    }


def _definitions(words: Words) -> dict[str, Any]:
    texts = ("name", "definition", "cohort", "excluded")
    return {rate.key: {name: words.text(getattr(rate, name)) for name in texts} for rate in RATES}


def _label(row: dict[str, Any], words: Words) -> str:
    return words.name(row["label"], row["label_en"])


def _pair(value: RateValue, words: Words) -> str:
    """Write n/N: a dash where nothing is recorded or N is 0, a star where N is small."""
    if not value.of:
        return "–"
    return words.ratio(value.n, value.of) + ("*" if value.is_few else "")


def _written(row: dict[str, Any], name: str, words: Words) -> str:
    value = row[name]
    if value is None:
        # A share of nothing is unknown, not zero.
        return "–"
    if name in _POINTS:
        return words.points(value)
    if name in _RATIOS:
        return f"{value:.2f}"
    return words.percent(value) if name in _SHARES else words.number(value)

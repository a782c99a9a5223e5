"""`figures`: the very figures the pages show, for a person to read or a program."""

import argparse
from typing import Any

from db.opening import open_existing
from tracker.cli.printing import print_json, print_table
from tracker.errors import N_
from tracker.i18n import Words
from tracker.permissions import LOCAL_ADMINISTRATOR
from tracker.rules.moment import read_moment, written_moment
from tracker.services.desk import Desk
from tracker.services.figures import Grouping, read_figures
from tracker.settings import read_settings

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
    "projects_covered": N_("projects with a plan"),
}
_SHARES = {"planned", "actual"}


def run(options: argparse.Namespace, words: Words) -> int:
    """Print the figures as of a day, in one row or one per group. Raises: NotAMoment, StorageError."""
    settings = read_settings(options.home)
    known_at = read_moment(options.known_at, settings.zone) if options.known_at else None
    database = open_existing(settings.database_url)
    desk = Desk(LOCAL_ADMINISTRATOR, database, settings, origin="command line", known_at=known_at)
    as_of = options.as_of or settings.demo_as_of or desk.today
    by = Grouping(options.by) if options.by else None
    rows = read_figures(desk, as_of, by).to_dicts()
    if options.json:
        looked_back = {"known_at": written_moment(known_at, settings.zone)} if known_at else {}
        print_json({"as_of": as_of, **looked_back, "by": options.by, "figures": rows})
        return 0
    print(words.text("As of {day}", day=as_of))
    if known_at:
        moment = words.instant(known_at, settings.zone)
        print(words.text("As known at {moment}; changes recorded later are not in it.", moment=moment))
    if by is None:
        print_table(
            ["", ""], [[words.text(head), _written(rows[0], name, words)] for name, head in _HEADS.items()]
        )
    else:
        shown = [name for name in _HEADS if any(row[name] is not None for row in rows)]
        heads = [words.text("name"), *(words.text(_HEADS[name]) for name in shown)]
        print_table(heads, [[_label(row, words), *(_written(row, n, words) for n in shown)] for row in rows])
    return 0


def _label(row: dict[str, Any], words: Words) -> str:
    return words.name(row["label"], row["label_en"])


def _written(row: dict[str, Any], name: str, words: Words) -> str:
    # A share of nothing is unknown, not zero.
    return (words.percent if name in _SHARES else words.number)(row[name]) or "–"

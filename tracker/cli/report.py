"""`report`: the briefing of a part of the work and a month, as documents and as the figures they hold."""

import argparse
from datetime import date
from pathlib import Path
from typing import Any

from db.opening import open_existing
from tracker.cli.printing import print_json
from tracker.errors import N_, TrackerError
from tracker.i18n import Words
from tracker.permissions import LOCAL_ADMINISTRATOR
from tracker.rules.briefing import usual_month
from tracker.rules.moment import read_moment, written_moment
from tracker.services.briefing import Briefing, find_part, read_briefing
from tracker.services.briefing_file import FORMATS, Format, briefing_file_name, make_briefing
from tracker.services.desk import Desk
from tracker.services.figures import read_rates
from tracker.settings import read_settings


class FolderNotWritable(TrackerError):
    """The folder for the documents cannot be made, or nothing can be written there."""

    sentence = N_("The documents cannot be written to {folder}.")


def run(options: argparse.Namespace, words: Words) -> int:
    """Write the documents asked for and say where they are.

    Raises: NoSuchPart, SeveralSuchParts, MonthAhead, NotAMoment, FolderNotWritable, StorageError.
    """
    settings = read_settings(options.home)
    known_at = read_moment(options.known_at, settings.zone) if options.known_at else None
    database = open_existing(settings.database_url)
    desk = Desk(LOCAL_ADMINISTRATOR, database, settings, origin="command line", known_at=known_at)
    day = settings.demo_as_of or desk.today
    part = find_part(desk, options.region, options.pillar, options.event)
    told = read_briefing(desk, part, options.month or usual_month(day), day)
    kinds: list[Format] = list(FORMATS) if options.format == "all" else [options.format]
    documents = make_briefing(desk, told, kinds, words)
    paths = [
        _written(options.out / briefing_file_name(desk, told, kind, words), content)
        for kind, content in documents.items()
    ]
    if options.json:
        print_json(_told(desk, told, paths))
        return 0
    for path in paths:
        print(path)
    return 0


def _written(path: Path, content: bytes) -> Path:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    except OSError as error:
        raise FolderNotWritable(folder=str(path.parent)) from error
    return path.absolute()


def _told(desk: Desk, told: Briefing, paths: list[Path]) -> dict[str, Any]:
    """Return what a program reads: the days, the part, and the figures of both days with their rates."""
    month, known_at = told.month, told.known_at
    return {
        "month": f"{month.month_on:%Y-%m}",
        "as_of": month.as_of,
        "before": month.before_on,
        **({"known_at": written_moment(known_at, desk.settings.zone)} if known_at else {}),
        "part": {name: value for name, value in vars(told.part).items() if value is not None},
        "names": [name for name, _english in told.names],
        "figures": _counted(desk, told.figures, month.as_of),
        "figures_before": _counted(desk, told.figures_before, month.before_on),
        "targets": [
            {"measure": t.measure, "year": t.year, "target": t.target, "reached": t.reached, "share": t.share}
            for t in told.targets
        ],
        "files": [str(path) for path in paths],
    }


def _counted(desk: Desk, row: Any, day: date) -> dict[str, Any]:
    rates = {
        rate.key: {"n": value.n, "of": value.of, "share": value.share, "is_few": value.is_few}
        for rate, value in read_rates(desk, day, row)
    }
    return {**row, "rates": rates}

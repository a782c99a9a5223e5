"""`demo`: serve example data from a home of its own, never from one that holds records."""

import argparse
import shutil
from pathlib import Path

from db.opening import open_database
from tracker.cli.serve import serve
from tracker.errors import N_, TrackerError
from tracker.i18n import Words
from tracker.permissions import LOCAL_ADMINISTRATOR
from tracker.services.desk import Desk
from tracker.settings import Settings, mark_as_demo, read_settings


class NotADemoHome(TrackerError):
    """The folder holds something that is not a demonstration."""

    sentence = N_("{path} is in use for something else. Name a new folder for the demonstration with --home.")


def run(options: argparse.Namespace, words: Words) -> int:
    """Load the examples once, then serve them. Raises: NotADemoHome, and what serving raises."""
    home = demo_home(options.home)
    if not _is_ready(home):
        print(words.text("Loading the example data …"), flush=True)
        _load(home)
    # The variables for database and files name the organisation's own data, which are not the demo's.
    marked = read_settings(home)
    return serve(
        Settings(home=home, zone_name=marked.zone_name, demo_as_of=marked.demo_as_of), options, words
    )


def demo_home(given: Path | None) -> Path:
    """Return the folder of the demonstration: the one named, or one beside the usual home."""
    if given is not None:
        return given.expanduser().absolute()
    usual = read_settings().home
    return usual.with_name(f"{usual.name}-demo")


def _is_ready(home: Path) -> bool:
    if read_settings(home).demo_as_of is not None:
        return True
    if home.exists() and (not home.is_dir() or any(home.iterdir())):
        raise NotADemoHome(path=home)
    return False


def _load(home: Path) -> None:
    from tracker.services.demo import load_demo

    # Built aside and moved into place whole: a demonstration cut off midway would look like records.
    building = home.with_name(f"{home.name}.partial")
    shutil.rmtree(building, ignore_errors=True)
    settings = Settings(home=building)
    settings.make_home()
    database = open_database(settings.database_url)
    try:
        as_of = load_demo(Desk(LOCAL_ADMINISTRATOR, database, settings, origin="demo"))
    finally:
        database.close()
    mark_as_demo(building, as_of.isoformat())
    if home.exists():
        home.rmdir()
    building.rename(home)

"""`registry`: show the list of divisions in force, and see or apply what a newer one changes."""

import argparse

from tracker.cli.printing import print_json
from tracker.exchange.registry_change import change_as_data, change_in_words
from tracker.i18n import Words
from tracker.permissions import LOCAL_ADMINISTRATOR
from tracker.services.desk import Desk
from tracker.services.division import apply_registry, plan_registry, registry_version
from tracker.services.office import open_office
from tracker.settings import read_settings


def run(options: argparse.Namespace, words: Words) -> int:
    """Print the registry's version, or what a list changes. Raises: TrackerError, StorageError."""
    settings = read_settings(options.home)
    office = open_office(settings)
    desk = Desk(LOCAL_ADMINISTRATOR, office.database, settings, origin="command line")
    if options.folder is None:
        version = registry_version(desk)
        if options.json:
            print_json({"version": version})
        else:
            print(words.text("County registry {version}", version=version))
        return 0
    change = (apply_registry if options.apply else plan_registry)(desk, options.folder)
    if options.json:
        print_json({"applied": options.apply} | change_as_data(change))
        return 0
    for message, values in change_in_words(change):
        print(words.text(message, **values))
    if not options.apply:
        print(words.text("Nothing was changed. Add --apply to change the registry."))
    return 0

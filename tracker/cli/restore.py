"""`restore`: put a backup in place of what is there, after checking all of it."""

import argparse

from tracker.cli.printing import print_json
from tracker.i18n import Words
from tracker.permissions import LOCAL_ADMINISTRATOR
from tracker.services.upkeep import restore_backup
from tracker.settings import read_settings


def run(options: argparse.Namespace, words: Words) -> int:
    """Restore and say what was put where and what was kept aside. Raises: StorageError."""
    settings = read_settings(options.home)
    manifest, kept = restore_backup(LOCAL_ADMINISTRATOR, settings, options.file, replace=options.replace)
    if options.json:
        print_json({"restored": manifest.as_json(), "kept": str(kept) if kept else None})
        return 0
    print(
        words.text(
            "Restored everything up to change {number} of {day}.",
            number=manifest.number,
            day=words.instant(manifest.made_at, settings.zone),
        )
    )
    if kept:
        print(words.text("What was there before is kept in {path}.", path=kept))
    return 0

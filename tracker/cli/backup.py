"""`backup`: write database and documents into one file, while the app runs or not."""

import argparse

from tracker.cli.printing import print_json
from tracker.i18n import Words
from tracker.permissions import LOCAL_ADMINISTRATOR
from tracker.services.upkeep import back_up
from tracker.settings import read_settings


def run(options: argparse.Namespace, words: Words) -> int:
    """Write the backup and say what is in it. Raises: StorageError."""
    manifest = back_up(LOCAL_ADMINISTRATOR, read_settings(options.home), options.file)
    if options.json:
        print_json(manifest.as_json())
        return 0
    print(
        words.text(
            "{path} holds everything up to change {number}, with {files} files, and was read back.",
            path=options.file,
            number=manifest.number,
            files=len(manifest.files),
        )
    )
    for sha256 in manifest.missing:
        print(words.text("The content {sha256} is missing from the file store.", sha256=sha256))
    return 0

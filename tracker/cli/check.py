"""`check`: look for anything in database, files, registry and history that is not as it was written."""

import argparse

from tracker.cli.printing import print_json
from tracker.i18n import Words
from tracker.permissions import LOCAL_ADMINISTRATOR
from tracker.services.upkeep import check_everything, describe
from tracker.settings import read_settings


def run(options: argparse.Namespace, words: Words) -> int:
    """Print what was found; the exit code is 1 if anything was. Raises: StorageError."""
    settings = read_settings(options.home)
    problems = check_everything(LOCAL_ADMINISTRATOR, settings)
    told = [describe(problem, words) for problem in problems]
    if options.json:
        found = [
            {"kind": p.kind, "where": p.where, "details": p.details, "sentence": sentence}
            for p, sentence in zip(problems, told, strict=True)
        ]
        print_json({"whole": not problems, "problems": found})
    else:
        for sentence in told:
            print(sentence)
        print(
            words.text("{count} problems found.", count=len(problems))
            if problems
            else words.text("Everything is as it was written.")
        )
    return 1 if problems else 0

"""Parse the command line, run one command, and say in one sentence what it refused."""

import argparse
import sys
from collections.abc import Callable, Sequence
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import Any, NoReturn

from tracker import VERSION
from tracker.i18n import LANGUAGES, Words, language_for, words_in
from tracker.settings import system_locale

_GROUPINGS = ("province", "prefecture", "county", "pillar", "event", "owner", "year")
_HIGHEST_PORT = 65_535


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command that `arguments` (by default the process's own) name and return its exit code.

    0: done; 1: refused or something found, with a sentence on standard error; 2: not understood.
    """
    given = list(sys.argv[1:] if arguments is None else arguments)
    words = words_in(_language(given))
    options = _parser(words).parse_args(given)
    # Imported here, so that no command waits for what only another one needs.
    command = import_module(f"tracker.cli.{options.command}")
    from db.errors import StorageError
    from tracker.errors import TrackerError
    from tracker.services.refusal import explain

    try:
        return int(command.run(options, words))
    except (StorageError, TrackerError) as error:
        print(explain(error, words), file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


class _Parser(argparse.ArgumentParser):
    """A parser that answers a slip with one sentence and where to read more."""

    def error(self, message: str) -> NoReturn:
        """Leave with code 2."""
        self.exit(2, f"{message}\n{self.prog} --help\n")


def _language(given: Sequence[str]) -> str:
    # Help texts need the language before anything is parsed.
    early = argparse.ArgumentParser(add_help=False, exit_on_error=False, allow_abbrev=False)
    early.add_argument("--language")
    try:
        chosen = early.parse_known_args(given)[0].language
    except argparse.ArgumentError:
        chosen = None
    return chosen or language_for(system_locale())


def _parser(words: Words) -> argparse.ArgumentParser:
    _ = words.text
    parser = _Parser(prog="python -m tracker", description=_("Records agreements with counties."))
    parser.add_argument("--version", action="version", version=VERSION)
    commands: Any = parser.add_subparsers(
        dest="command", required=True, metavar="COMMAND", parser_class=_Parser
    )
    everywhere = _shared(words)
    readable = argparse.ArgumentParser(add_help=False)
    readable.add_argument("--json", action="store_true", help=_("print JSON for a program to read"))
    for name, help_text, parents in (
        ("serve", _("serve the app in the browser"), [everywhere]),
        ("demo", _("serve example data from a home of its own"), [everywhere]),
        ("figures", _("print the figures that the pages show"), [everywhere, readable]),
        ("report", _("write the briefing of a month as documents"), [everywhere, readable]),
        ("check", _("check database, files, registry and history"), [everywhere, readable]),
        ("backup", _("write everything into one file, while the app runs or not"), [everywhere, readable]),
        ("restore", _("put a backup in place of what is there"), [everywhere, readable]),
        ("registry", _("show the county registry or apply a newer list"), [everywhere, readable]),
    ):
        _arguments(commands.add_parser(name, help=help_text, parents=parents), name, words)
    return parser


def _shared(words: Words) -> argparse.ArgumentParser:
    shared = argparse.ArgumentParser(add_help=False)
    shared.add_argument(
        "--home",
        type=Path,
        metavar="FOLDER",
        help=words.text("where the data are kept (or set TRACKER_HOME)"),
    )
    shared.add_argument("--language", choices=sorted(LANGUAGES), help=words.text("language of the output"))
    return shared


def _arguments(parser: argparse.ArgumentParser, command: str, words: Words) -> None:
    _ = words.text
    match command:
        case "serve" | "demo":
            parser.add_argument(
                "--port", type=_number_of_port(words), default=8501, help=_("port to serve at, usually 8501")
            )
            parser.add_argument("--host", default="127.0.0.1", help=_("address of this computer to serve at"))
        case "figures":
            parser.add_argument(
                "--as-of", type=_day(words), metavar="DATE", help=_("the day to look at, usually today")
            )
            parser.add_argument(
                "--known-at",
                metavar="MOMENT",
                help=_("only what had been recorded by then: 2021-06-30 or 2021-06-30T14:30"),
            )
            parser.add_argument("--by", choices=_GROUPINGS, help=_("one row for each of these"))
            parser.add_argument(
                "--weigh-by",
                choices=("equal", "amount"),
                default="equal",
                help=_("what a project weighs in progress: all alike, or its part of the agreement's amount"),
            )
        case "report":
            _report_arguments(parser, words)
        case "backup":
            parser.add_argument("file", type=Path, metavar="FILE", help=_("a file that does not exist yet"))
        case "restore":
            parser.add_argument("file", type=Path, metavar="FILE", help=_("a file that backup wrote"))
            parser.add_argument(
                "--replace", action="store_true", help=_("replace records too, after keeping them aside")
            )
        case "registry":
            parser.add_argument(
                "folder",
                type=Path,
                nargs="?",
                metavar="FOLDER",
                help=_("a folder with a newer list of divisions"),
            )
            parser.add_argument(
                "--apply", action="store_true", help=_("apply it, instead of only showing what it changes")
            )


def _report_arguments(parser: argparse.ArgumentParser, words: Words) -> None:
    _ = words.text
    parser.add_argument("--region", default="", help=_("code or name of a region, usually everything"))
    parser.add_argument("--pillar", default="", help=_("code or name of a pillar"))
    parser.add_argument("--event", default="", help=_("name of a signing event"))
    parser.add_argument(
        "--month", type=_month(words), metavar="MONTH", help=_("usually the last month that is complete")
    )
    parser.add_argument(
        "--format", choices=("docx", "pdf", "pptx", "all"), default="all", help=_("usually all")
    )
    parser.add_argument(
        "--out", type=Path, default=Path(), metavar="FOLDER", help=_("where the documents go, usually here")
    )
    parser.add_argument(
        "--known-at",
        metavar="MOMENT",
        help=_("only what had been recorded by then: 2021-06-30 or 2021-06-30T14:30"),
    )


def _number_of_port(words: Words) -> Callable[[str], int]:
    def read(typed: str) -> int:
        if not (typed.isdecimal() and 1 <= int(typed) <= _HIGHEST_PORT):
            raise argparse.ArgumentTypeError(
                words.text("a port is a number from 1 to {most}", most=_HIGHEST_PORT)
            )
        return int(typed)

    return read


def _day(words: Words) -> Callable[[str], date]:
    def read(typed: str) -> date:
        try:
            return date.fromisoformat(typed)
        except ValueError as error:
            raise argparse.ArgumentTypeError(words.text("a day is written like 2020-07-17")) from error

    return read


def _month(words: Words) -> Callable[[str], date]:
    def read(typed: str) -> date:
        try:
            return date.fromisoformat(f"{typed}-01")
        except ValueError as error:
            raise argparse.ArgumentTypeError(words.text("a month is written like 2021-06")) from error

    return read

"""A folder with a newer set of the registry's lists: read, and refused where it cannot be applied."""

import csv
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from db.reference import registry_list as lists
from db.reference.registry_list import ListedArea, ListedDivision, ListedName
from db.vocabulary import DivisionLevel
from tracker.errors import N_, TrackerError

_SHOWN = 5
_NEEDED = {
    "provinces.csv": {"code", "name", "short_name", "name_en", "grid_col", "grid_row", "macro_region"},
    "prefectures.csv": {"code", "name", "kind", "province_code", "name_en"},
    "counties.csv": {"code", "name", "kind", "prefecture_code", "province_code", "name_en"},
    "aliases.csv": {
        *("old_code", "old_name", "valid_from", "valid_to"),
        *("relation", "current_codes", "ambiguous"),
    },
    "functional_areas.csv": {"stat_code", "name", "prefecture_code", "province_code", "note"},
}
_DIGITS = {DivisionLevel.province: "0000", DivisionLevel.prefecture: "00", DivisionLevel.county: ""}


class ListMissing(TrackerError):
    """The folder lacks one of the lists, or it cannot be read."""

    sentence = N_("{path} is missing or cannot be read as CSV in UTF-8.")


class ColumnMissing(TrackerError):
    """A list lacks a column."""

    sentence = N_("{list} lacks the columns {columns}.")


class DayMissing(TrackerError):
    """Nothing says as of which day the lists are."""

    sentence = N_("{path} must hold the day the lists speak of, such as 2026-10-06.")


class NumberUnreadable(TrackerError):
    """A year or a grid position is not a number."""

    sentence = N_("The lists hold something else where a number is due: {problem}")


class CodeMalformed(TrackerError):
    """A code is not six digits, or does not fit its level."""

    sentence = N_("These codes are not six digits that fit their list: {codes}.")


class CodeTwice(TrackerError):
    """A code stands for two divisions."""

    sentence = N_("These codes stand in the lists more than once: {codes}.")


class ParentMissing(TrackerError):
    """A division lies in a prefecture or province that the lists do not have."""

    sentence = N_("These divisions lie in a prefecture or province that the lists do not have: {codes}.")


@dataclass(frozen=True)
class RegistryList:
    """A set of lists that holds together. `divisions` has parents before children."""

    folder: Path
    as_of: date
    sha256: str
    divisions: Sequence[ListedDivision]
    names: Sequence[ListedName]
    areas: Sequence[ListedArea]


def read_registry_list(folder: Path) -> RegistryList:
    """Return the lists in `folder`: the files of db/reference, with the same columns.

    Raises: ListMissing, ColumnMissing, DayMissing, NumberUnreadable, CodeMalformed, CodeTwice, ParentMissing.
    """
    for name, columns in _NEEDED.items():
        _check_columns(folder / name, columns)
    as_of = _day_of(folder)
    try:
        divisions = lists.listed_divisions(folder)
        names = lists.listed_names(folder)
    except ValueError as error:
        raise NumberUnreadable(problem=str(error)) from error
    _check_divisions(divisions)
    return RegistryList(
        folder, as_of, lists.fingerprint(folder), divisions, names, lists.listed_areas(folder)
    )


def _check_columns(path: Path, columns: set[str]) -> None:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file, strict=True)
            found = set(reader.fieldnames or ())
            whole = all(None not in row and None not in row.values() for row in reader)
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise ListMissing(path=str(path)) from error
    if columns - found:
        raise ColumnMissing(list=path.name, columns=", ".join(sorted(columns - found)))
    if not whole:  # a row with too few or too many values
        raise ListMissing(path=str(path))


def _day_of(folder: Path) -> date:
    try:
        return date.fromisoformat(lists.label_of(folder))
    except (OSError, ValueError) as error:
        raise DayMissing(path=str(folder / lists.AS_OF_FILE)) from error


def _check_divisions(divisions: Sequence[ListedDivision]) -> None:
    malformed = [d.code for d in divisions if not _fits(d)]
    if malformed:
        raise CodeMalformed(codes=_shown(malformed))
    codes = Counter(d.code for d in divisions)
    if twice := [code for code, times in codes.items() if times > 1]:
        raise CodeTwice(codes=_shown(twice))
    lost = [
        f"{d.code} {d.name}"
        for d in divisions
        if d.level is not DivisionLevel.province and not {d.parent_code, d.province_code} <= codes.keys()
    ]
    if lost:
        raise ParentMissing(codes=_shown(lost))


def _fits(division: ListedDivision) -> bool:
    code = division.code
    digits = len(code) == 6 and code.isascii() and code.isdigit()
    return digits and code.endswith(_DIGITS[division.level]) and bool(division.name.strip())


def _shown(codes: list[str]) -> str:
    more = f" … ({len(codes)})" if len(codes) > _SHOWN else ""
    return ", ".join(codes[:_SHOWN]) + more

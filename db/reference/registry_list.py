"""Lists of divisions as they lie in a folder, typed: what ships with the product, or a newer set."""

import csv
import hashlib
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from db.vocabulary import DivisionLevel

LISTS = ("provinces.csv", "prefectures.csv", "counties.csv", "aliases.csv", "functional_areas.csv")
AS_OF_FILE = "as_of.txt"
# A former division that went whole into one present division; a split or an absorbed one did not.
CONTINUING = frozenset(
    {
        "code_changed",
        "status_changed",
        "renamed_same_code",
        "renamed_or_merged_into_new",
        "parent_changed_same_code",
    }
)
SHORT_FORMS = frozenset({"short_form", "common_abbreviation"})


@dataclass(frozen=True, slots=True)
class ListedDivision:
    """One row of provinces.csv, prefectures.csv or counties.csv; `valid_from` is a year, None unknown."""

    code: str
    name: str
    name_en: str
    level: DivisionLevel
    kind: str = ""
    parent_code: str = ""
    province_code: str = ""
    valid_from: int | None = None
    short_name: str = ""
    grid_column: int | None = None
    grid_row: int | None = None
    macro_region: str = ""


@dataclass(frozen=True, slots=True)
class ListedName:
    """One row of aliases.csv: a former or short name or code, and the present codes it leads to."""

    code: str
    name: str
    relation: str
    valid_from: int | None
    valid_to: int | None
    ambiguous: bool
    current_codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ListedArea:
    """One row of functional_areas.csv."""

    code: str
    name: str
    parent_code: str
    province_code: str
    note: str


def rows_of(name: str, folder: Path) -> list[dict[str, str]]:
    """Return the rows of a list as dicts of text. Raises: FileNotFoundError, UnicodeDecodeError."""
    with (folder / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def fingerprint(folder: Path) -> str:
    """Return the SHA-256 of the lists in `folder`, taken together."""
    digest = hashlib.sha256()
    for name in LISTS:
        digest.update((folder / name).read_bytes())
    return digest.hexdigest()


def label_of(folder: Path) -> str:
    """Return the day the lists speak of, as written in the folder. Raises: FileNotFoundError."""
    return (folder / AS_OF_FILE).read_text(encoding="utf-8-sig").strip()


def listed_divisions(folder: Path) -> list[ListedDivision]:
    """Return the divisions of the lists, parents before children.

    A column `valid_from` in counties.csv wins over the year that the aliases tell.
    """
    created = created_in(listed_names(folder))
    counties = [_county(r, created) for r in rows_of("counties.csv", folder)]
    prefectures = [_prefecture(r) for r in rows_of("prefectures.csv", folder)]
    return [*(_province(r) for r in rows_of("provinces.csv", folder)), *prefectures, *counties]


def listed_names(folder: Path) -> list[ListedName]:
    """Return the former and short names of the lists."""
    return [
        ListedName(
            code=r["old_code"],
            name=r["old_name"],
            relation=r["relation"],
            valid_from=_year(r["valid_from"]),
            valid_to=_year(r["valid_to"]),
            ambiguous=r["ambiguous"] == "yes",
            current_codes=tuple(code for code in r["current_codes"].split(";") if code),
        )
        for r in rows_of("aliases.csv", folder)
    ]


def listed_areas(folder: Path) -> list[ListedArea]:
    """Return the statistics-only areas of the lists."""
    return [
        ListedArea(
            r["stat_code"],
            r["name"],
            r["prefecture_code"] or r["province_code"],
            r["province_code"],
            r["note"],
        )
        for r in rows_of("functional_areas.csv", folder)
    ]


def created_in(names: Sequence[ListedName]) -> dict[str, int]:
    """Return code → year of the divisions that came into being by a merger, as the former names tell.

    One that was renamed, recoded or raised in status went on existing: it gets no year, since a warning
    about it would be wrong.
    """
    merged: dict[tuple[str, int], set[str]] = defaultdict(set)
    whole: set[tuple[str, int]] = set()
    continued = {code for n in names if n.relation == "renamed_same_code" for code in n.current_codes}
    for name in names:
        if not name.valid_to or name.relation not in {"renamed_or_merged_into_new", "split"}:
            continue
        for code in set(name.current_codes) - continued:
            merged[code, name.valid_to].add(name.code)
            if name.relation != "split":
                whole.add((code, name.valid_to))
    return {
        code: year for (code, year), former in merged.items() if len(former) > 1 and (code, year) in whole
    }


def _year(text: str | None) -> int | None:
    return int(text) if text else None


def _province(row: dict[str, str]) -> ListedDivision:
    return ListedDivision(
        code=row["code"],
        name=row["name"],
        name_en=row["name_en"],
        short_name=row["short_name"],
        level=DivisionLevel.province,
        grid_column=int(row["grid_col"]),
        grid_row=int(row["grid_row"]),
        macro_region=row["macro_region"],
    )


def _prefecture(row: dict[str, str]) -> ListedDivision:
    return ListedDivision(
        code=row["code"],
        name=row["name"],
        name_en=row["name_en"],
        kind=row["kind"],
        level=DivisionLevel.prefecture,
        parent_code=row["province_code"],
        province_code=row["province_code"],
    )


def _county(row: dict[str, str], created: dict[str, int]) -> ListedDivision:
    return ListedDivision(
        code=row["code"],
        name=row["name"],
        name_en=row["name_en"],
        kind=row["kind"],
        level=DivisionLevel.county,
        parent_code=row["prefecture_code"] or row["province_code"],
        province_code=row["province_code"],
        valid_from=_year(row.get("valid_from")) or created.get(row["code"]),
    )

"""Small sets of registry lists for tests: the shipped ones, with some divisions as they were before."""

import csv
from collections.abc import Sequence
from pathlib import Path

from db.reference import FOLDER, rows_of

# As the lists read at the end of 2014: code, name, kind, prefecture, province.
BEFORE: Sequence[tuple[str, str, str, str, str]] = (
    ("610125", "户县", "县", "610100", "610000"),
    ("500105", "江北区", "市辖区", "", "500000"),
    ("500112", "渝北区", "市辖区", "", "500000"),
    ("500109", "北碚区", "市辖区", "", "500000"),
    ("130502", "桥东区", "市辖区", "130500", "130000"),
    ("130503", "桥西区", "市辖区", "130500", "130000"),
    ("430281", "醴陵市", "县级市", "430200", "430000"),
)


def write_lists(
    folder: Path,
    as_of: str,
    counties: Sequence[tuple[str, str, str, str, str]] = BEFORE,
    **rows: list[dict[str, str]],
) -> Path:
    """Write lists with these counties; the other lists are the shipped ones, or the rows given by stem."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "as_of.txt").write_text(f"{as_of}\n", encoding="utf-8")
    for name in ("provinces", "prefectures", "aliases", "functional_areas", "counties"):
        shipped = rows_of(f"{name}.csv", FOLDER)
        wanted = rows.get(name, [_county(c) for c in counties] if name == "counties" else shipped)
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(shipped[0]), restval="")
            writer.writeheader()
            writer.writerows(wanted)
    return folder


def _county(county: tuple[str, str, str, str, str]) -> dict[str, str]:
    code, name, kind, prefecture, province = county
    return {
        "code": code,
        "name": name,
        "kind": kind,
        "prefecture_code": prefecture,
        "province_code": province,
    }

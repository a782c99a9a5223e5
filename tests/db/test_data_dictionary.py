"""The data dictionary describes the tables as they are."""

import re
from pathlib import Path

import pytest

from db.models import Recorded, metadata

PAGE = (Path(__file__).parents[2] / "docs" / "data-dictionary.md").read_text("utf-8")
ON_EVERY_ROW = "Every recorded row"
TABLES = sorted(metadata.tables)


def _described() -> dict[str, list[str]]:
    """Section heading → the columns its rows describe, in the page's order."""
    sections = re.split(r"^#{2,3} ", PAGE, flags=re.MULTILINE)[1:]
    return {
        section.splitlines()[0].strip("` "): re.findall(r"^\| `(\w+)` \|", section, re.MULTILINE)
        for section in sections
    }


def _own_columns(table: str) -> set[str]:
    columns = set(metadata.tables[table].columns.keys())
    shared = set(_described()[ON_EVERY_ROW])
    return columns - shared if shared <= columns else columns


def test_every_table_has_a_section() -> None:
    assert [table for table in TABLES if table not in _described()] == []


def test_no_section_describes_a_table_that_is_gone() -> None:
    assert [
        name for name, columns in _described().items() if columns and name not in {*TABLES, ON_EVERY_ROW}
    ] == []


def test_the_columns_of_every_recorded_row_are_described_once() -> None:
    assert set(_described()[ON_EVERY_ROW]) == set(Recorded.model_fields)


@pytest.mark.parametrize("table", TABLES)
def test_every_column_of_a_table_is_described_and_no_other(table: str) -> None:
    described = _described().get(table, [])
    assert sorted(described) == sorted(_own_columns(table))


def test_every_row_of_the_page_has_three_filled_cells() -> None:
    rows = [line.strip("|").split("|") for line in PAGE.splitlines() if line.startswith("| ")]
    assert [row for row in rows if len(row) != 3 or not all(cell.strip() for cell in row)] == []

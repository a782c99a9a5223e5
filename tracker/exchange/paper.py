"""What a document or a deck holds, whatever its format: sections of sentences, tables and pictures.

Every text is literal: whoever renders it must not take any character of it for markup.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Column:
    """A table's column: its heading, its share of the width, and whether it holds numbers.

    Numbers stand to the right, so that their digits stand below each other.
    """

    head: str
    width: float = 1.0
    is_number: bool = False


@dataclass(frozen=True)
class Table:
    """Rows of texts under their columns; a line break in a cell is a new line in it.

    `title` says what the table holds, empty where the section's heading does. `lights` are the lights of D11
    that colour the first cell of each row; empty for a table that has none. `rest` says how many rows are
    left out and where they stand.
    """

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    lights: tuple[str, ...] = ()
    rest: str = ""


@dataclass(frozen=True)
class Listing:
    """Sentences one below the other under a title, and how many more there are."""

    title: str
    lines: tuple[str, ...]
    rest: str = ""


@dataclass(frozen=True)
class Picture:
    """A chart as PNG; `told` is what it shows in words, for those who do not see it."""

    told: str
    content: bytes = field(repr=False)

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in pixels, as the PNG's header says."""
        return int.from_bytes(self.content[16:20], "big"), int.from_bytes(self.content[20:24], "big")


@dataclass(frozen=True)
class Section:
    """A heading with what stands under it, in this order: sentences, pictures, listings, tables."""

    heading: str
    sentences: tuple[str, ...] = ()
    pictures: tuple[Picture, ...] = ()
    listings: tuple[Listing, ...] = ()
    tables: tuple[Table, ...] = ()


@dataclass(frozen=True)
class Paper:
    """A whole document: its title, the lines below it, its sections, and a line that stands on every page.

    `language` is one that the product speaks; `definitions` is the section that stands on the last page.
    """

    title: str
    lines: tuple[str, ...]
    sections: tuple[Section, ...]
    definitions: Section
    footer: str
    language: str

    @property
    def is_chinese(self) -> bool:
        """Whether the document is in Chinese, which decides on its fonts."""
        return self.language == "zh_CN"

    @property
    def all_sections(self) -> Sequence[Section]:
        """Every section, the definitions last."""
        return (*self.sections, self.definitions)

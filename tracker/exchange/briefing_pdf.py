"""A paper as PDF, typeset by Typst with the shipped font, so that it looks the same from any machine."""

import json
import shutil
from dataclasses import asdict
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tracker.exchange.paper import Paper, Picture, Section

_TEMPLATE = Path(__file__).with_name("briefing.typ")
_FONTS = Path(__file__).parent.parent / "charts" / "fonts"
# The width between the margins, and the height that leaves room for a heading above a picture.
_WIDTH_CM, _MOST_CM = 17.6, 22.0


def to_pdf(paper: Paper) -> bytes:
    """Return the paper as a tagged PDF on A4, its headings in the outline.

    Texts reach Typst as data beside the template, so that no character of them is markup.
    """
    return compiled(paper)[0]


def compiled(paper: Paper) -> tuple[bytes, list[str]]:
    """Return the PDF, and what the typesetter warned of: nothing, as long as it has every font it needs."""
    with TemporaryDirectory() as folder:
        content, warnings = _compiler(_written(paper, Path(folder)), folder).compile_with_warnings(
            format="pdf"
        )
    return bytes(content), [str(warning) for warning in warnings]


def _written(paper: Paper, folder: Path) -> Path:
    """Write template, texts and pictures into a folder, and return the template's path."""
    sections = [_data(section, folder, number) for number, section in enumerate(paper.all_sections)]
    data = {
        "title": paper.title,
        "lines": paper.lines,
        "sections": sections[:-1],
        "definitions": sections[-1],
        "footer": paper.footer,
        "lang": "zh" if paper.is_chinese else "en",
        "region": "cn" if paper.is_chinese else "gb",
    }
    (folder / "paper.json").write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    return Path(shutil.copy(_TEMPLATE, folder / "main.typ"))


def _data(section: Section, folder: Path, number: int) -> dict[str, Any]:
    pictures = []
    for turn, picture in enumerate(section.pictures):
        file = f"picture-{number}-{turn}.png"
        (folder / file).write_bytes(picture.content)
        pictures.append({"file": file, "told": picture.told, "height": _height(picture)})
    return {
        "heading": section.heading,
        "sentences": section.sentences,
        "pictures": pictures,
        "listings": [asdict(listing) for listing in section.listings],
        "tables": [asdict(table) for table in section.tables],
    }


def _height(picture: Picture) -> float:
    width, height = picture.size
    return min(_WIDTH_CM * height / width, _MOST_CM)


def _compiler(main: Path, root: str) -> Any:
    import typst

    return typst.Compiler(input=str(main), root=root, font_paths=_fonts())


@cache
def _fonts() -> Any:
    # Imported late: the library is large, and only a document needs it.
    import typst

    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[str(_FONTS)])

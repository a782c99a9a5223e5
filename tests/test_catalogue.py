"""The Chinese catalogue holds every message a person can see, once, whole and with its placeholders."""

import ast
import re
from collections import Counter
from pathlib import Path

from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

ROOT = Path(__file__).parent.parent
PLACEHOLDER = re.compile(r"\{(\w+)")


def _messages() -> set[str]:
    found: set[str] = set()
    for folder in ("pages", "tracker"):
        keywords = {"_": None, "N_": None, "text": None}
        for _file, _line, message, *_rest in extract_from_dir(ROOT / folder, keywords=keywords):
            found.add(message[0] if isinstance(message, tuple) else message)
    return {m for m in found if m}


def _translations() -> list[tuple[str, str, bool]]:
    entries = []
    for path in sorted((ROOT / "locales" / "zh_CN").glob("*.po")):
        with path.open("rb") as file:
            entries += [(str(m.id), str(m.string), m.fuzzy) for m in read_po(file) if m.id]
    return entries


def test_every_message_is_translated() -> None:
    assert sorted(_messages() - {m for m, text, _ in _translations() if text}) == []


def test_no_translation_is_left_over() -> None:
    assert sorted({m for m, _, _ in _translations()} - _messages()) == []


def test_each_message_is_translated_once() -> None:
    assert [m for m, n in Counter(m for m, _, _ in _translations()).items() if n > 1] == []


def test_no_message_hides_in_a_format_string() -> None:
    # Before Python 3.12 the extractor does not see them there.
    hidden = [
        f"{path.relative_to(ROOT)}:{call.lineno}"
        for folder in ("pages", "tracker")
        for path in (ROOT / folder).rglob("*.py")
        for joined in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(joined, ast.JoinedStr)
        for call in ast.walk(joined)
        if isinstance(call, ast.Call) and ast.unparse(call.func).split(".")[-1] in ("_", "text")
        if call.args and isinstance(call.args[0], ast.Constant)
    ]
    assert hidden == []


def test_no_translation_is_a_guess() -> None:
    assert [m for m, _, fuzzy in _translations() if fuzzy] == []


def test_translations_keep_the_placeholders() -> None:
    wrong = [m for m, t, _ in _translations() if set(PLACEHOLDER.findall(m)) != set(PLACEHOLDER.findall(t))]
    assert wrong == []

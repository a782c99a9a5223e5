"""The measures of style that a reader would notice: sizes, names, and what never stands in a source."""

import ast
from collections.abc import Iterator
from pathlib import Path
from statistics import quantiles

import pytest

ROOT = Path(__file__).parent.parent
SOURCES = sorted(
    path
    for folder in ("db", "tracker", "pages")
    for path in (ROOT / folder).rglob("*.py")
    if "versions" not in path.parts
)
TESTS = sorted((ROOT / "tests").rglob("*.py"))
EMPTY_NAMES = {"utils", "util", "helpers", "helper", "common", "misc", "core", "manager"}


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def _functions(paths: list[Path]) -> Iterator[tuple[str, ast.FunctionDef]]:
    for path in paths:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef):
                yield f"{_name(path)}:{node.name}", node


def _lines(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def test_no_file_is_longer_than_300_lines() -> None:
    assert {_name(p): _lines(p) for p in SOURCES if _lines(p) > 300} == {}


def test_no_page_is_longer_than_90_lines() -> None:
    assert {_name(p): _lines(p) for p in SOURCES if p.parent == ROOT / "pages" and _lines(p) > 90} == {}


def test_nine_functions_in_ten_fit_in_25_lines() -> None:
    lengths = [(node.end_lineno or 0) - node.lineno + 1 for _, node in _functions(SOURCES)]
    assert quantiles(lengths, n=10)[-1] <= 25


def test_functions_take_four_arguments_by_place_and_rarely_five() -> None:
    def count(node: ast.FunctionDef) -> int:
        return len([a for a in [*node.args.posonlyargs, *node.args.args] if a.arg not in ("self", "cls")])

    counts = {name: count(node) for name, node in _functions(SOURCES)}
    many = [name for name, number in counts.items() if number > 4]
    assert max(counts.values()) <= 5
    assert len(many) <= len(counts) // 50, many


def test_every_module_says_what_it_is_for() -> None:
    silent = [p for p in SOURCES if not ast.get_docstring(ast.parse(p.read_text(encoding="utf-8")))]
    assert [_name(p) for p in silent if p.read_text(encoding="utf-8").strip()] == []


def test_no_module_has_a_name_that_says_nothing() -> None:
    assert [_name(p) for p in [*SOURCES, *TESTS] if p.stem in EMPTY_NAMES] == []


@pytest.mark.parametrize("forbidden", ["unsafe_allow_html", "TODO", "FIXME", "XXX", "pragma: no cover"])
def test_a_source_never_holds(forbidden: str) -> None:
    assert [_name(p) for p in SOURCES if forbidden in p.read_text(encoding="utf-8")] == []


def test_models_keep_their_annotations_as_they_are() -> None:
    # SQLModel's relationships cannot be read from annotations kept as text.
    models = [p for p in SOURCES if "models" in p.parts]
    assert [_name(p) for p in models if "from __future__" in p.read_text(encoding="utf-8")] == []


def test_pages_do_not_import_each_other() -> None:
    guilty = []
    for page in (p for p in SOURCES if p.parent == ROOT / "pages"):
        for node in ast.walk(ast.parse(page.read_text(encoding="utf-8"))):
            module = node.module if isinstance(node, ast.ImportFrom) else None
            if module and module.startswith("pages") and not module.startswith("pages.components"):
                guilty.append(_name(page))
    assert guilty == []


def test_nothing_mutable_stands_at_the_top_of_a_page() -> None:
    # A page's module is shared by all people at once.
    guilty = []
    for page in (p for p in SOURCES if "pages" in p.parts and "components" in p.parts):
        for node in ast.parse(page.read_text(encoding="utf-8")).body:
            value = node.value if isinstance(node, ast.Assign | ast.AnnAssign) else None
            if isinstance(value, ast.List | ast.Set) or (isinstance(value, ast.Dict) and not value.keys):
                guilty.append(f"{_name(page)}:{node.lineno}")
    assert guilty == []


def test_the_version_is_written_once_and_the_same() -> None:
    from tracker import VERSION

    assert f'version = "{VERSION}"' in (ROOT / "pyproject.toml").read_text(encoding="utf-8")

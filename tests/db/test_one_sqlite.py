"""Only Python's own SQLite ever opens the file: two libraries in one process lose saves without an error."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
# Wheels that bring a SQLite of their own, and Polars' readers that would use them.
FOREIGN_LIBRARIES = {"adbc_driver_sqlite", "apsw", "connectorx", "duckdb", "pysqlite3", "sqlean"}
FOREIGN_READERS = {"read_database_uri", "scan_database"}
_LOAD_EVERYTHING = """
import pkgutil, sys
from importlib import import_module
import altair, pandas, polars, pyarrow, streamlit
import db, tracker
for package in (db, tracker):
    for module in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
        if not module.name.endswith((".env", "__main__")):
            import_module(module.name)
print(*sorted({name.split(".")[0] for name in sys.modules}))
"""


@pytest.fixture(scope="module")
def loaded() -> set[str]:
    """The names of all top-level modules in a process that has imported the whole product."""
    done = subprocess.run(
        [sys.executable, "-c", _LOAD_EVERYTHING], check=False, cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    return set(done.stdout.splitlines()[-1].split())


def test_no_second_sqlite_library_is_loaded(loaded: set[str]) -> None:
    assert loaded & FOREIGN_LIBRARIES == set()


def _sources() -> list[Path]:
    folders = [ROOT / name for name in ("db", "tracker", "pages")]
    return sorted(path for folder in folders for path in folder.rglob("*.py"))


@pytest.mark.parametrize("path", _sources(), ids=lambda p: p.relative_to(ROOT).as_posix())
def test_no_module_reads_a_database_past_the_driver(path: Path) -> None:
    names = {
        node.attr if isinstance(node, ast.Attribute) else node.id
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute | ast.Name)
    }
    assert names & (FOREIGN_LIBRARIES | FOREIGN_READERS) == set()


def test_sqlite_is_spoken_to_in_the_storage_layer_alone() -> None:
    speakers = {
        p.relative_to(ROOT).parts[0] for p in _sources() if "import sqlite3" in p.read_text(encoding="utf-8")
    }
    assert speakers == {"db"}

"""The contract of layers holds, and it fails when somebody breaks it."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.skipping import skip_or_fail

ROOT = Path(__file__).parent.parent
BREAKS = {
    "a module without a declared layer": ("tracker/stray.py", ""),
    "a module without a declared layer in storage": ("db/stray.py", ""),
    "storage that knows the product": ("db/vocabulary.py", "import tracker.clock"),
    "a service that knows a screen": ("tracker/services/desk.py", "import pages.components.text"),
    "a service that draws": ("tracker/services/desk.py", "import streamlit"),
    "a rule that asks the database": ("tracker/rules/term.py", "import db.engine"),
    "a page that asks the database": ("pages/overview.py", "import db.engine"),
    "a page that computes figures": ("pages/overview.py", "import tracker.portfolio.figures"),
    "a chart that reads the clock": ("tracker/charts/timeline.py", "import tracker.clock"),
    "a service that serves": ("tracker/services/desk.py", "import starlette.routing"),
}


def _check(folder: Path) -> subprocess.CompletedProcess[str]:
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-logo", "--no-cache"]
    try:
        return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    except FileNotFoundError:
        skip_or_fail("the contract of layers needs requirements-dev.txt")


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the sources that may be broken."""
    for name in ("db", "tracker", "pages"):
        shutil.copytree(
            ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__", "*.csv", "*.otf")
        )
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def test_the_contract_holds() -> None:
    done = _check(ROOT)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("what", BREAKS)
def test_the_contract_refuses(copy: Path, what: str) -> None:
    name, line = BREAKS[what]
    with (copy / name).open("a", encoding="utf-8") as file:
        file.write(f"\n{line}\n")
    done = _check(copy)
    assert done.returncode == 1
    assert "BROKEN" in done.stdout or "does not exist" in done.stdout or "not listed" in done.stdout, (
        done.stdout
    )

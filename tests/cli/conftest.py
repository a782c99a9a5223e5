"""The command line, run in this process, in a home of its own."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tracker.cli.main import main
from tracker.services.office import close_office

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def home(tmp_path: Path, sqlite_template: Path) -> Path:
    """A home with an empty database in it."""
    home = tmp_path / "home"
    home.mkdir()
    shutil.copy(sqlite_template, home / "tracker.db")
    return home


@pytest.fixture
def run(home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Iterator[Run]:
    """Run a command and return its exit code, its output, and what it said on standard error."""
    for name in ("LC_ALL", "TRACKER_DATABASE_URL", "TRACKER_FILES_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "C.UTF-8")
    monkeypatch.setenv("TRACKER_HOME", str(home))

    def command(*arguments: object) -> tuple[int, str, str]:
        try:
            code = main([str(argument) for argument in arguments])
        except SystemExit as error:
            code = int(error.code or 0)
        told = capsys.readouterr()
        return code, told.out, told.err

    yield command
    close_office()

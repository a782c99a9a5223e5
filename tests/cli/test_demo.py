"""`demo`: loads once into a home of its own, and never into one that holds something else."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from urllib.request import urlopen

import pytest

from tracker.cli.demo import demo_home
from tracker.cli.main import main
from tracker.permissions import LOCAL_ADMINISTRATOR
from tracker.services.upkeep import check_everything
from tracker.settings import Settings, read_settings


@pytest.fixture(scope="module")
def taken_port() -> Iterator[int]:
    """A port that somebody listens at, so that the command loads and then refuses to serve."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield listening.getsockname()[1]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory, taken_port: int) -> Path:
    """A demonstration's home, loaded; these tests only read it."""
    home = tmp_path_factory.mktemp("demos") / "demo"
    main(["demo", "--home", str(home), "--port", str(taken_port)])
    return home


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return int(listening.getsockname()[1])


def test_a_loaded_home_opens_at_the_demos_own_day(home: Path) -> None:
    assert read_settings(home).demo_as_of == date(2021, 6, 30)


def test_nothing_is_left_of_the_folder_it_was_built_in(home: Path) -> None:
    assert [path.name for path in home.parent.iterdir()] == ["demo"]


def test_the_check_finds_nothing_wrong_in_a_demo_home(home: Path) -> None:
    assert check_everything(LOCAL_ADMINISTRATOR, Settings(home=home)) == []


def test_a_second_start_loads_nothing_again(
    home: Path, taken_port: int, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["demo", "--home", str(home), "--port", str(taken_port), "--language", "en"])
    assert "Loading" not in capsys.readouterr().out


def test_a_folder_in_use_for_something_else_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "tracker.db").write_text("somebody's")
    assert main(["demo", "--home", str(tmp_path), "--language", "en"]) == 1
    assert "in use for something else" in capsys.readouterr().err


def test_what_a_refused_folder_holds_is_left_as_it_was(tmp_path: Path) -> None:
    (tmp_path / "tracker.db").write_text("somebody's")
    main(["demo", "--home", str(tmp_path)])
    assert [(p.name, p.read_text()) for p in tmp_path.iterdir()] == [("tracker.db", "somebody's")]


def test_the_usual_demo_home_lies_beside_the_usual_home(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TRACKER_HOME", str(tmp_path / "tracker"))
    assert demo_home(None) == tmp_path / "tracker-demo"


def test_a_load_cut_off_midway_is_begun_anew(tmp_path: Path, taken_port: int) -> None:
    (tmp_path / "demo.partial").mkdir()
    (tmp_path / "demo.partial" / "tracker.db").write_text("half of it")
    main(["demo", "--home", str(tmp_path / "demo"), "--port", str(taken_port)])
    assert check_everything(LOCAL_ADMINISTRATOR, Settings(home=tmp_path / "demo")) == []


def test_the_organisations_own_database_is_not_touched(
    tmp_path: Path, taken_port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TRACKER_DATABASE_URL", f"sqlite:///{tmp_path / 'own.db'}")
    main(["demo", "--home", str(tmp_path / "demo"), "--port", str(taken_port)])
    assert [path.name for path in tmp_path.iterdir()] == ["demo"]


def test_the_demo_is_served(home: Path) -> None:
    port = _free_port()
    command = [sys.executable, "-m", "tracker", "demo", "--home", str(home), "--port", str(port)]
    with subprocess.Popen(
        [*command, "--language", "en"],
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONUNBUFFERED": "1"},
    ) as process:
        try:
            assert process.stdout is not None
            assert process.stdout.readline().startswith(f"Serving http://127.0.0.1:{port}")
            with urlopen(f"http://127.0.0.1:{port}/", timeout=60) as answer:
                assert answer.status == 200
        finally:
            process.terminate()

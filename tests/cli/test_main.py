"""Every command answers in the person's language, refuses in one sentence, and starts fast."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Run

COMMANDS = ["serve", "demo", "figures", "check", "backup", "restore", "registry"]
ROOT = Path(__file__).parent.parent.parent


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself(run: Run, command: str) -> None:
    code, told, _ = run(command, "--help")
    assert code == 0
    assert "--home" in told


def test_the_language_of_the_surroundings_is_spoken(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    assert run("check")[1] == "全部内容与写入时一致。\n"


def test_another_language_can_be_asked_for(run: Run) -> None:
    assert run("registry", "--language", "zh_CN")[1] != run("registry", "--language", "en")[1]


@pytest.mark.parametrize(
    "arguments", [["nope"], [], ["serve", "--port", "0"], ["figures", "--as-of", "17.7.2020"], ["backup"]]
)
def test_what_is_not_understood_gives_code_2_and_says_where_to_read_more(
    run: Run, arguments: list[str]
) -> None:
    code, _, told = run(*arguments)
    assert code == 2
    assert told.rstrip().endswith("--help")


def test_a_missing_database_is_named_with_its_cure(run: Run, tmp_path: Path) -> None:
    code, _, told = run("check", "--home", tmp_path / "nowhere")
    assert code == 1
    assert str(tmp_path / "nowhere") in told
    assert "--home" in told
    assert not (tmp_path / "nowhere").exists()


def test_a_refusal_is_one_line(run: Run, home: Path) -> None:
    (home / "tracker.db").write_text("something else")
    _, _, told = run("registry")
    assert len(told.strip().splitlines()) == 1


def test_help_is_there_before_anything_heavy_is_loaded() -> None:
    code = (
        "import sys; from tracker.cli.main import main\n"
        "try: main(['--help'])\nexcept SystemExit: pass\n"
        "print(*{'streamlit', 'polars', 'sqlalchemy'} & set(sys.modules), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True, capture_output=True, text=True)
    assert done.stderr.strip() == ""

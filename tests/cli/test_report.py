"""`report` writes the documents that the page offers, and tells a program the figures in them."""

import json
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document

from db.files import FileStore
from db.opening import open_database
from tests.cli.conftest import Run
from tests.db.samples import record_samples


@pytest.fixture(autouse=True)
def recorded(home: Path) -> None:
    database = open_database(f"sqlite:///{home / 'tracker.db'}")
    record_samples(database, FileStore(str(home / "files")))
    database.close()


def test_all_formats_are_written_into_the_folder(run: Run, tmp_path: Path) -> None:
    code, told, _ = run("report", "--month", "2021-01", "--out", tmp_path / "new", "--language", "zh_CN")
    written = sorted(path.name for path in (tmp_path / "new").iterdir())
    assert (code, written) == (0, [f"简报-全部区域-2021-01.{kind}" for kind in ("docx", "pdf", "pptx")])
    assert sorted(Path(line).name for line in told.splitlines()) == written


def test_one_format_is_written_alone(run: Run, tmp_path: Path) -> None:
    run("report", "--month", "2021-01", "--format", "pdf", "--out", tmp_path / "new")
    assert [path.suffix for path in (tmp_path / "new").iterdir()] == [".pdf"]


def test_a_program_reads_the_figures_of_both_days(run: Run, tmp_path: Path) -> None:
    asked = ("--region", "430000", "--month", "2020-11", "--format", "docx", "--out", tmp_path, "--json")
    told = json.loads(run("report", *asked)[1])
    assert (told["month"], told["as_of"], told["before"]) == ("2020-11", "2020-11-30", "2020-10-31")
    assert (told["names"], told["figures"]["projects"]) == (["湖南省"], 1)
    assert [Path(file).suffix for file in told["files"]] == [".docx"]


def test_the_document_is_about_what_was_asked_for(run: Run, tmp_path: Path) -> None:
    run("report", "--region", "湖南省", "--month", "2020-11", "--format", "docx", "--out", tmp_path)
    (file,) = tmp_path.glob("*.docx")
    assert Document(BytesIO(file.read_bytes())).paragraphs[0].text == "Hunan: briefing of November 2020"


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (("--region", "亚特兰蒂斯"), "“亚特兰蒂斯”"),
        (("--month", "2199-01"), "2199-01 has not begun"),
        (("--event", "不存在"), "“不存在”"),
    ],
)
def test_what_cannot_be_told_is_refused_in_a_sentence(
    run: Run, tmp_path: Path, asked: tuple[str, str], said: str
) -> None:
    code, _, error = run("report", *asked, "--out", tmp_path)
    assert code == 1
    assert said in error


def test_a_month_that_is_none_is_not_understood(run: Run) -> None:
    code, _, error = run("report", "--month", "2021-13")
    assert (code, "a month is written like 2021-06" in error) == (2, True)


def test_a_folder_that_cannot_be_written_is_named(run: Run, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    code, _, error = run("report", "--month", "2021-01", "--format", "pdf", "--out", tmp_path / "file")
    assert code == 1
    assert "cannot be written" in error

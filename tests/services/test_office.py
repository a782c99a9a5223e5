"""One office per process: opened once whoever asks first, and changed only on purpose."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from db.errors import NotADatabase
from tracker.errors import HomeNotWritable
from tracker.services.office import close_office, open_office, the_office
from tracker.settings import Settings


@pytest.fixture(autouse=True)
def closed() -> Iterator[None]:
    close_office()
    yield
    close_office()


def test_all_threads_get_the_same_office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRACKER_HOME", str(tmp_path))
    with ThreadPoolExecutor(8) as pool:
        offices = set(map(id, pool.map(lambda _: the_office(), range(8))))
    assert len(offices) == 1


def test_what_was_opened_on_purpose_is_the_office(tmp_path: Path) -> None:
    opened = open_office(Settings(home=tmp_path))
    assert the_office() is opened


def test_other_settings_open_another_office(tmp_path: Path) -> None:
    first = open_office(Settings(home=tmp_path / "a"))
    assert open_office(Settings(home=tmp_path / "b")) is not first


def test_a_home_that_cannot_be_opened_leaves_the_open_one(tmp_path: Path) -> None:
    first = open_office(Settings(home=tmp_path / "a"))
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "tracker.db").write_text("something else")
    with pytest.raises(NotADatabase):
        open_office(Settings(home=tmp_path / "b"))
    assert the_office() is first


def test_a_home_that_cannot_be_made_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(HomeNotWritable):
        open_office(Settings(home=tmp_path / "file" / "home"))

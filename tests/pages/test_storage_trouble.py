"""The log form while the database cannot take a save: a sentence, everything typed kept, and on it goes."""

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.db.test_faults import Held
from tests.pages.test_log import filled, press, said, stored
from tests.skipping import skip_or_fail
from tracker.permissions import LOCAL_ADMINISTRATOR
from tracker.services.desk import Desk
from tracker.services.office import close_office, open_office
from tracker.settings import Settings


@pytest.fixture
def small_disk(tmp_path: Path, sqlite_template: Path) -> Iterator[Path]:
    """A disk of 12 MB with a database on it."""
    disk = tmp_path / "disk"
    disk.mkdir()
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=12m", "tmpfs", disk], check=False, capture_output=True
    )
    if made.returncode:
        skip_or_fail("full and read-only disks need the right to mount a small one")
    try:
        shutil.copy(sqlite_template, disk / "tracker.db")
        yield disk
    finally:
        subprocess.run(["umount", "-l", disk], check=True)


@pytest.fixture
def desk(small_disk: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    """The local administrator at the screens, whose database gives up waiting soon."""
    monkeypatch.setattr("db.engine._PRAGMAS", ("foreign_keys=ON", "busy_timeout=50"))
    settings = Settings(home=small_disk, database=f"sqlite:///{small_disk / 'tracker.db'}")
    office = open_office(settings)
    yield Desk(LOCAL_ADMINISTRATOR, office.database, settings)
    close_office()


def _typed(desk: Desk) -> AppTest:
    app = filled(desk)
    app.text_input(key="log1_title").set_value("数字乡村").run()
    return app


def _refused(app: AppTest, sentence: str) -> None:
    """Press save, and find the sentence and what was typed."""
    press(app, "log1_-save")
    assert sentence in said(app)
    assert app.text_input(key="log1_title").value == "数字乡村"


def _goes_on(app: AppTest, desk: Desk) -> None:
    """Press save again, with nothing typed anew, and find the agreement once."""
    press(app, "log1_-save")
    assert [agreement.title for agreement in stored(desk)] == ["数字乡村"]


def test_a_full_disk_keeps_the_form_and_saving_goes_on_once_there_is_room(
    desk: Desk, small_disk: Path
) -> None:
    app = _typed(desk)
    ballast = small_disk / "ballast"
    subprocess.run(["dd", "if=/dev/zero", f"of={ballast}", "bs=4k"], check=False, capture_output=True)
    _refused(app, "The disk is full.")
    ballast.unlink()
    _goes_on(app, desk)


def test_a_busy_database_keeps_the_form_and_saving_goes_on_afterwards(desk: Desk, small_disk: Path) -> None:
    app = _typed(desk)
    held = Held(small_disk / "tracker.db")
    _refused(app, "The database is busy with another save.")
    held.release()
    _goes_on(app, desk)


def test_a_read_only_database_keeps_the_form_and_saving_goes_on_afterwards(
    desk: Desk, small_disk: Path
) -> None:
    app = _typed(desk)
    with desk.database.engine.connect() as connection:
        connection.connection.dbapi_connection.execute("PRAGMA query_only = ON")  # type: ignore[union-attr]
    _refused(app, "The database cannot be written.")
    with desk.database.engine.connect() as connection:
        connection.connection.dbapi_connection.execute("PRAGMA query_only = OFF")  # type: ignore[union-attr]
    _goes_on(app, desk)


def _meets_a_server_that_went_away() -> None:
    from db.errors import DatabaseUnreachable
    from pages.components.mishap import show_mishap

    show_mishap(DatabaseUnreachable(where="postgresql://db"))


def test_a_page_that_cannot_be_read_says_what_is_the_matter(desk: Desk) -> None:
    app = AppTest.from_function(_meets_a_server_that_went_away).run()
    assert "The database does not answer." in said(app)

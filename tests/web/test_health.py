"""Health answers from the database itself."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.requests import Request

from tracker import VERSION
from tracker.services.office import close_office, open_office
from tracker.settings import Settings
from tracker.web.health import health

REQUEST = Request({"type": "http", "method": "GET", "path": "/healthz", "headers": []})


@pytest.fixture(autouse=True)
def opened(tmp_path: Path) -> Iterator[None]:
    open_office(Settings(home=tmp_path))
    yield
    close_office()


def test_a_working_product_tells_its_version_and_last_change() -> None:
    answer = health(REQUEST)
    assert answer.status_code == 200
    assert json.loads(bytes(answer.body)) == {"version": VERSION, "status": "ok", "last_change": 1}


def test_a_database_that_went_away_is_told(tmp_path: Path) -> None:
    open_office(Settings(home=tmp_path)).database.close()
    (tmp_path / "tracker.db").unlink()
    answer = health(REQUEST)
    assert answer.status_code == 503
    assert json.loads(bytes(answer.body))["status"] == "unavailable"

"""The app in a process of its own with an empty home, and a real Chromium to drive it with."""

import json
import os
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from db.opening import open_database
from tracker.permissions import LOCAL_ADMINISTRATOR
from tracker.services.demo import load_demo
from tracker.services.desk import Desk
from tracker.settings import Settings, mark_as_demo

ROOT = Path(__file__).parents[2]
_START_SECONDS = 60
_DRAFT_SECONDS = 20
DEMO_DAY = date(2021, 6, 30)
_PHONE = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/130 Mobile Safari/537.36"


@dataclass
class Server:
    """A running app: where it answers, and where it keeps its data."""

    url: str
    home: Path
    process: subprocess.Popen[bytes]

    def stop(self) -> None:
        """End the process and wait for it."""
        self.process.terminate()
        self.process.wait(timeout=20)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def start_server(home: Path, port: int | None = None) -> Server:
    """Start the app on `home`, at a free port unless one is given, and wait until it answers."""
    port = port or free_port()
    command = [sys.executable, "-m", "streamlit", "run", "streamlit_app.py", "--server.port", str(port)]
    log = (home / "server.log").open("ab")
    environment = {**os.environ, "TRACKER_HOME": str(home)}
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)
    log.close()
    server = Server(f"http://127.0.0.1:{port}", home, process)
    deadline = time.monotonic() + _START_SECONDS
    while not _answers(server):
        if process.poll() is not None or time.monotonic() > deadline:
            process.kill()
            process.wait()
            pytest.fail(f"the app did not start:\n{(home / 'server.log').read_text()[-2000:]}")
        time.sleep(0.2)
    return server


def _answers(server: Server) -> bool:
    try:
        with urllib.request.urlopen(f"{server.url}/_stcore/health", timeout=1) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    """The app with an empty home."""
    running = start_server(tmp_path)
    yield running
    running.stop()


def start_demo(home: Path) -> Server:
    """Start the app on the demonstration's content."""
    settings = Settings(home=home)
    database = open_database(settings.database_url)
    load_demo(Desk(LOCAL_ADMINISTRATOR, database, settings, origin="test"))
    database.close()
    mark_as_demo(home, DEMO_DAY.isoformat())
    return start_server(home)


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The app on the demonstration's content, shared by a module's tests."""
    running = start_demo(tmp_path_factory.mktemp("demo"))
    yield running
    running.stop()


OpenPage = Callable[..., Any]


@pytest.fixture
def open_page(chromium: Any) -> Iterator[OpenPage]:
    """Open an address in a fresh window: `open_page(url, locale="zh-CN", width=1280, dark=False)`.

    With `phone` the browser says that it is a phone's, and the window is as wide as one.
    """
    contexts = []

    def open_it(
        url: str, *, locale: str = "zh-CN", width: int = 1280, dark: bool = False, phone: bool = False
    ) -> Any:
        context = chromium.new_context(
            locale=locale,
            timezone_id="Asia/Shanghai",
            viewport={"width": 390 if phone else width, "height": 900},
            color_scheme="dark" if dark else "light",
            user_agent=_PHONE if phone else None,
        )
        contexts.append(context)
        page = context.new_page()
        page.goto(url)
        settle(page)
        return page

    yield open_it
    for context in contexts:
        context.close()


def wait_for_draft(home: Path, typed: str) -> None:
    """Wait until what was typed is kept as a draft: the browser sends it a moment after the field is left."""
    deadline = time.monotonic() + _DRAFT_SECONDS
    while time.monotonic() < deadline:
        with closing(sqlite3.connect(home / "tracker.db", timeout=10)) as connection:
            drafts = connection.execute("SELECT content FROM draft").fetchall()
        if any(typed in json.dumps(json.loads(text), ensure_ascii=False) for (text,) in drafts):
            return
        time.sleep(0.1)
    raise AssertionError(f"no draft holds {typed!r} after {_DRAFT_SECONDS} seconds")


def wait_for_value(field: Any, value: str) -> None:
    """Wait until a field shows a value: the page draws it empty first."""
    # Imported late: without a browser this file is read too.
    from playwright.sync_api import expect

    expect(field).to_have_value(value, timeout=_DRAFT_SECONDS * 1000)


def settle(page: Any) -> None:
    """Wait until the app has finished running and the page shows what it said."""
    page.wait_for_selector('[data-testid="stApp"][data-test-script-state="notRunning"]', timeout=30_000)
    page.wait_for_timeout(150)

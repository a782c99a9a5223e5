"""Under the content policy everything the screens use still works, and nothing is fetched from elsewhere."""

import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parent.parent.parent
pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    port = _free_port()
    command = [sys.executable, "-m", "uvicorn", "tests.web.showcase_app:app", "--lifespan", "on"]
    log = (tmp_path_factory.mktemp("showcase") / "log").open("wb")
    server = subprocess.Popen([*command, "--port", str(port)], cwd=ROOT, stdout=log, stderr=log)
    try:
        _wait_for(f"http://127.0.0.1:{port}/_stcore/health")
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(10)
        log.close()


@pytest.fixture(scope="module")
def page(address: str, chromium: Any) -> Iterator[Any]:
    """The showcase, drawn, with `page.foreign` (addresses asked elsewhere) and `page.blocked` beside it."""
    page = chromium.new_page(locale="zh-CN")
    page.foreign, page.blocked = [], []
    page.on("request", lambda r: _is_foreign(r.url, address) and page.foreign.append(r.url))
    page.on("console", lambda m: "Content Security Policy" in m.text and page.blocked.append(m.text))
    page.goto(address)
    page.get_by_text("drawn to the end").wait_for()
    yield page
    page.close()


def test_a_chart_is_drawn(page: Any) -> None:
    page.locator("[data-testid=stVegaLiteChart] svg, [data-testid=stVegaLiteChart] canvas").first.wait_for()


def test_a_table_and_a_grid_are_drawn(page: Any) -> None:
    page.locator("[data-testid=stDataFrame] canvas").nth(1).wait_for()


def test_icons_come_from_the_app_itself(page: Any) -> None:
    loaded = page.evaluate(
        "document.fonts.ready.then(() => document.fonts.check('20px \"Material Symbols Rounded\"'))"
    )
    assert loaded


def test_a_file_goes_up(page: Any) -> None:
    page.locator("input[type=file]").set_input_files(
        {"name": "扫描件.pdf", "mimeType": "application/pdf", "buffer": b"12345"}
    )
    page.get_by_text("received 5 bytes").wait_for()


def test_a_file_comes_down_under_its_chinese_name(page: Any) -> None:
    with page.expect_download() as download:
        page.get_by_role("button", name="Download", exact=True).click()
    assert download.value.suggested_filename == "文件.txt"


def test_an_unexpected_error_shows_a_number_and_no_trace(page: Any) -> None:
    page.get_by_role("button", name="Fail").click()
    alert = page.locator("[data-testid=stAlert]").first
    alert.wait_for()
    assert "secret detail" not in page.content()


def test_nothing_was_fetched_from_elsewhere(page: Any) -> None:
    assert page.foreign == []


def test_the_policy_blocked_nothing(page: Any) -> None:
    assert page.blocked == []


def _is_foreign(url: str, address: str) -> bool:
    return not url.startswith((address, address.replace("http", "ws"), "data:", "blob:"))


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(url: str) -> None:
    for _ in range(200):
        try:
            urllib.request.urlopen(url, timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    pytest.fail(f"nothing answers at {url}")

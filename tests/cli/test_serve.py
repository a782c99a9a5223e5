"""Serving says where, and says plainly why it cannot."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request

import pytest

from tests.cli.conftest import Run

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture
def port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def served(home: Path, port: int, tmp_path: Path) -> Iterator[str]:
    """The address of a served home; the command is given in another folder."""
    command = [sys.executable, "-m", "tracker", "serve", "--port", str(port), "--home", str(home)]
    environment = os.environ | {"PYTHONPATH": str(ROOT), "LANG": "C.UTF-8"}
    with subprocess.Popen(
        command, cwd=tmp_path, env=environment, stdout=subprocess.PIPE, text=True
    ) as server:
        assert server.stdout is not None
        said = server.stdout.readline()
        try:
            _wait_for(f"http://127.0.0.1:{port}/healthz")
            yield said
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait(10)


def test_the_app_is_served_whatever_folder_the_command_is_given_in(
    served: str, home: Path, port: int
) -> None:
    assert f"http://127.0.0.1:{port}" in served
    assert str(home) in served
    answer = urllib.request.urlopen(f"http://127.0.0.1:{port}/")
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    with pytest.raises(HTTPError, match="403"):
        urllib.request.urlopen(Request(f"http://127.0.0.1:{port}/", headers={"Host": "evil.example"}))


def test_a_busy_port_is_named(run: Run, port: int) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", port))
        taken.listen()
        code, _, told = run("serve", "--port", port)
    assert code == 1
    assert told == f"Port {port} is in use. Stop the other program or choose another port with --port.\n"


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.1", "example.org", "::"])
def test_others_are_not_served_while_nobody_can_sign_in(run: Run, host: str) -> None:
    code, _, told = run("serve", "--host", host)
    assert code == 1
    assert "only this computer" in told


def test_a_home_that_cannot_be_written_is_named(run: Run, tmp_path: Path, port: int) -> None:
    (tmp_path / "file").touch()
    code, _, told = run("serve", "--home", tmp_path / "file" / "home", "--port", port)
    assert code == 1
    assert "TRACKER_HOME" in told


def test_a_server_that_does_not_answer_is_named(run: Run, monkeypatch: pytest.MonkeyPatch, port: int) -> None:
    monkeypatch.setenv("TRACKER_DATABASE_URL", "postgresql://tracker:secret@127.0.0.1:1/tracker")
    code, _, told = run("serve", "--port", port)
    assert code == 1
    assert "TRACKER_DATABASE_URL" in told
    assert "secret" not in told


def test_streamlit_run_says_the_same_in_one_sentence(tmp_path: Path, port: int) -> None:
    (tmp_path / "tracker.db").write_text("something else")
    command = [sys.executable, "-m", "streamlit", "run", "streamlit_app.py", "--server.port", str(port)]
    environment = os.environ | {"TRACKER_HOME": str(tmp_path), "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8"}
    done = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 1
    assert done.stderr.strip().endswith("or choose another home with TRACKER_HOME.")
    assert "Traceback" not in done.stderr


def _wait_for(url: str) -> None:
    for _ in range(300):
        try:
            urllib.request.urlopen(url, timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    pytest.fail(f"nothing answers at {url}")

"""The gate lets this computer in by its own name, and nobody else; every answer carries the headers."""

import asyncio
import base64
import hashlib
from dataclasses import dataclass

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.routing import Route, WebSocketRoute
from starlette.types import Message
from starlette.websockets import WebSocket

from tracker.web.gate import LoopbackGate, SecurityHeaders
from tracker.web.policy import content_security_policy, security_headers

PAGE = "<html><script>start()</script><script src='x.js'></script></html>"


@dataclass(frozen=True)
class Answer:
    """What the app sent for one request."""

    messages: list[Message]

    @property
    def status(self) -> int:
        return int(self.messages[0].get("status", 0))

    @property
    def headers(self) -> dict[str, str]:
        return {name.decode(): value.decode() for name, value in self.messages[0]["headers"]}

    @property
    def text(self) -> str:
        return b"".join(m.get("body", b"") for m in self.messages).decode()


def _ask(peer: str = "127.0.0.1", host: str = "127.0.0.1", path: str = "/", kind: str = "http") -> Answer:
    app = Starlette(
        routes=[Route("/", lambda _: PlainTextResponse("hello")), WebSocketRoute("/stream", _greet)],
        middleware=[Middleware(LoopbackGate), Middleware(SecurityHeaders, headers=security_headers(PAGE))],
    )
    scope = {"type": kind, "path": path, "method": "GET", "query_string": b"", "subprotocols": []}
    scope |= {"client": (peer, 50_000), "headers": [(b"host", host.encode())]}
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "websocket.connect" if kind == "websocket" else "http.request"}

    async def send(message: Message) -> None:
        sent.append(message)

    asyncio.run(app(scope, receive, send))
    return Answer(sent)


async def _greet(websocket: WebSocket) -> None:
    await websocket.accept()
    await websocket.close()


@pytest.mark.parametrize("peer", ["127.0.0.1", "127.8.8.8", "::1", "::ffff:127.0.0.1"])
def test_this_computer_comes_in(peer: str) -> None:
    assert _ask(peer).text == "hello"


@pytest.mark.parametrize("peer", ["192.168.1.20", "10.0.0.1", "2001:db8::1", "::ffff:8.8.8.8", "unknown", ""])
def test_another_computer_does_not(peer: str) -> None:
    assert _ask(peer).status == 403


@pytest.mark.parametrize("host", ["localhost:8501", "127.0.0.1", "[::1]:8501"])
def test_its_own_names_are_known(host: str) -> None:
    assert _ask(host=host).status == 200


@pytest.mark.parametrize("host", ["evil.example:8501", "127.0.0.1.evil.example", "localhost.evil.example"])
def test_a_foreign_name_for_this_computer_is_refused(host: str) -> None:
    assert _ask(host=host).status == 403


def test_a_web_socket_from_here_is_let_in() -> None:
    assert _ask(path="/stream", kind="websocket").messages[0]["type"] == "websocket.accept"


def test_a_web_socket_from_elsewhere_is_closed() -> None:
    sent = _ask("192.168.1.20", path="/stream", kind="websocket").messages
    assert [m["type"] for m in sent] == ["websocket.close"]


def test_the_refusal_says_why_in_both_languages() -> None:
    told = _ask("192.168.1.20").text
    assert "no accounts yet" in told
    assert "尚未设置账号" in told


def test_every_answer_carries_the_policy() -> None:
    headers = _ask(path="/nowhere").headers
    assert headers["content-security-policy"] == content_security_policy(PAGE)


@pytest.mark.parametrize("name", ["x-content-type-options", "x-frame-options", "referrer-policy"])
def test_every_answer_carries_the_other_headers(name: str) -> None:
    assert name in _ask().headers


def test_the_pages_own_script_runs_by_its_fingerprint() -> None:
    digest = base64.b64encode(hashlib.sha256(b"start()").digest()).decode()
    assert f"'sha256-{digest}'" in content_security_policy(PAGE)


@pytest.mark.parametrize("loophole", ["'unsafe-eval'", "script-src 'self' 'unsafe-inline'", "*", "http"])
def test_the_policy_has_no_loophole(loophole: str) -> None:
    assert loophole not in content_security_policy(PAGE)

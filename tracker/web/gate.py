"""The gate in front of everything the server answers: who may come in, and what a browser may do with it.

Both are plain ASGI, since Starlette's ready-made middleware sees no web sockets, and the app is one.
"""

import ipaddress
from collections.abc import Iterable
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_OWN_HOSTS = frozenset({"localhost", "127.0.0.1", "::1"})
_REFUSAL = (
    "This product has no accounts yet, so it answers only the computer it runs on, at http://127.0.0.1.\n"
    "本产品尚未设置账号，只能在运行它的计算机上通过 http://127.0.0.1 访问。\n"
)


class LoopbackGate:
    """Let only this computer in, by its own name.

    The name matters too: a foreign web page can make its own name point to 127.0.0.1 and would then be
    let in by the visitor's browser.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on or refuse it with 403."""
        if scope["type"] not in ("http", "websocket") or _is_from_here(scope):
            await self.app(scope, receive, send)
        elif scope["type"] == "websocket":
            await receive()
            await send({"type": "websocket.close", "code": 4403})
        else:
            await PlainTextResponse(_REFUSAL, status_code=403)(scope, receive, send)


class SecurityHeaders:
    """Add to every answer what keeps foreign scripts, frames and addresses out of the page."""

    def __init__(self, app: ASGIApp, headers: Iterable[tuple[str, str]]) -> None:
        self.app = app
        self.headers = tuple(headers)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and complete the headers of its answer."""

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                present = MutableHeaders(scope=message)
                for name, value in self.headers:
                    present[name] = value
            await send(message)

        await self.app(scope, receive, send_with_headers)


def _is_from_here(scope: Scope) -> bool:
    peer = scope.get("client")
    host = urlsplit(f"//{Headers(scope=scope).get('host', '')}").hostname
    return peer is not None and _is_loopback(peer[0]) and host in _OWN_HOSTS


def _is_loopback(address: str) -> bool:
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return False
    mapped = getattr(parsed, "ipv4_mapped", None)
    return (mapped or parsed).is_loopback

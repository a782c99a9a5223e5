"""`serve`: open the database and serve the app on this computer, in one process."""

import argparse
import errno
import os
import socket
from pathlib import Path

from tracker.errors import N_, PortInUse, TrackerError
from tracker.i18n import Words
from tracker.services.office import open_office
from tracker.settings import Settings, read_settings

_ROOT = Path(__file__).parent.parent.parent
_OWN_ADDRESSES = {"localhost": "127.0.0.1", "127.0.0.1": "127.0.0.1", "::1": "::1"}
_BACKLOG = 128


class NotThisComputer(TrackerError):
    """The app was to be served to others, who could not sign in."""

    sentence = N_("There are no accounts yet, so only this computer can be served: use --host 127.0.0.1.")


class PortNotAllowed(TrackerError):
    """The system keeps the port for itself."""

    sentence = N_("Port {port} may not be used by this account. Choose one from 1024 up with --port.")


def run(options: argparse.Namespace, words: Words) -> int:
    """Serve until stopped. Raises: NotThisComputer, PortInUse, PortNotAllowed, StorageError."""
    return serve(read_settings(options.home), options, words)


def serve(settings: Settings, options: argparse.Namespace, words: Words) -> int:
    """Serve the data of `settings` at the host and port of `options` until stopped."""
    with _listen(options.host, options.port) as listening:
        open_office(settings)
        print(_greeting(settings, options, words), flush=True)
        _serve_at(listening)
    return 0


def _greeting(settings: Settings, options: argparse.Namespace, words: Words) -> str:
    return words.text(
        "Serving http://{address}:{port} with the data in {home}. Stop with Ctrl+C.",
        address=f"[{options.host}]" if ":" in options.host else options.host,
        port=options.port,
        home=settings.home,
    )


def _listen(host: str, port: int) -> socket.socket:
    if host not in _OWN_ADDRESSES:
        raise NotThisComputer
    family = socket.AF_INET6 if host == "::1" else socket.AF_INET
    # The protocol is named, since asyncio sets TCP_NODELAY only then; without it each click waits 40 ms.
    listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        if os.name == "posix":  # elsewhere the option would let two servers share the port
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((_OWN_ADDRESSES[host], port))
        listening.listen(_BACKLOG)
    except OSError as error:
        listening.close()
        if error.errno in (errno.EACCES, errno.EPERM):
            raise PortNotAllowed(port=port) from error
        raise PortInUse(port=port) from error
    return listening


def _serve_at(listening: socket.socket) -> None:
    import uvicorn

    os.chdir(_ROOT)  # where Streamlit finds its settings, whatever folder the command was given in
    config = uvicorn.Config(
        "streamlit_app:app",
        lifespan="on",
        access_log=False,
        log_level="warning",
        server_header=False,
        ws="websockets-sansio",
        timeout_graceful_shutdown=3,
    )
    uvicorn.Server(config).run(sockets=[listening])

"""The showcase behind the product's own gate, headers and mishap handler."""

from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware

from pages.components.mishap import show_mishap
from tracker.web.gate import LoopbackGate, SecurityHeaders
from tracker.web.policy import security_headers

_PAGE = (Path(st.__file__).parent / "static" / "index.html").read_text(encoding="utf-8")
app = st.App(
    str(Path(__file__).parent / "showcase.py"),
    middleware=[Middleware(LoopbackGate), Middleware(SecurityHeaders, headers=security_headers(_PAGE))],
    on_script_error=show_mishap,
)

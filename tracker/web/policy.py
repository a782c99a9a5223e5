"""What a browser is told about the app's pages: load nothing from elsewhere, run no other script."""

import base64
import hashlib
import re

_INLINE_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)


def security_headers(page: str) -> list[tuple[str, str]]:
    """Return the headers of every answer, given the app's HTML page, whose own scripts are let run."""
    return [
        ("content-security-policy", content_security_policy(page)),
        ("x-content-type-options", "nosniff"),
        ("x-frame-options", "DENY"),
        ("referrer-policy", "same-origin"),
        ("cross-origin-opener-policy", "same-origin"),
        ("permissions-policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
    ]


def content_security_policy(page: str) -> str:
    """Return the policy under which charts, tables, uploads and downloads work and nothing foreign does.

    Inline scripts run only by the fingerprints of those in `page`. 'wasm-unsafe-eval' is for the tables'
    reader of Arrow data; charts use an interpreter and need no eval.
    """
    fingerprints = " ".join(_fingerprint(script) for script in _INLINE_SCRIPT.findall(page))
    rules = {
        "default-src": "'none'",
        "script-src": f"'self' 'wasm-unsafe-eval' {fingerprints}".rstrip(),
        "style-src": "'self' 'unsafe-inline'",
        "img-src": "'self' data: blob:",
        "font-src": "'self' data:",
        "connect-src": "'self'",
        "worker-src": "'self' blob:",
        "media-src": "'self' blob:",
        "frame-src": "'self' blob:",
        "manifest-src": "'self'",
        "frame-ancestors": "'none'",
        "base-uri": "'none'",
        "form-action": "'self'",
        "object-src": "'none'",
    }
    return "; ".join(f"{name} {value}" for name, value in rules.items())


def _fingerprint(script: str) -> str:
    digest = hashlib.sha256(script.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"

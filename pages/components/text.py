"""Show what people typed as the characters they typed."""

import re

# Markdown, HTML, LaTeX, colour and icon directives all begin with one of these.
_ACTIVE = re.compile(r"([\\`*_{}\[\]()#+\-.!|<>~$:&])")


def plain(text: object) -> str:
    """Return `text` escaped, so that Streamlit's Markdown shows it literally, on one line."""
    return _ACTIVE.sub(r"\\\1", str(text)).replace("\n", " ")

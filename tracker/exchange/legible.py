"""What makes office documents legible everywhere: fonts for both scripts, inks for lights, clean texts."""

import re
from typing import Final

# On every desk with an office suite; a machine without them takes its own Chinese font instead.
LATIN_FONT: Final = "Arial"
CHINESE_FONT: Final = "Microsoft YaHei"
# Dark enough to be read as letters on white.
LIGHT_INKS: Final = {
    "red": "B3261E",
    "yellow": "8A5A00",
    "grey": "55636F",
    "green": "1B7A4E",
    "blue": "1F5FA8",
    "stopped": "55636F",
}
# The format's own limit on a document's title.
LONGEST_PROPERTY: Final = 255
# XML has no way to write these, so an office file with one of them cannot be opened.
_UNWRITABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def clean(text: str) -> str:
    """Return a text without the characters that no office file can hold."""
    return _UNWRITABLE.sub("", text)

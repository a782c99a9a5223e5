"""A list as a CSV file that spreadsheets read rightly and that runs nothing there."""

import io
import re

import polars as pl

# What a spreadsheet takes for the start of a formula, and the full-width twins that some of them normalise.
_TRIGGERS = "^[=+\\-@\t\r＝＋－＠]"
_BOM = "\ufeff".encode()


def to_csv(frame: pl.DataFrame) -> bytes:
    """Return the frame as CSV: UTF-8 with a byte order mark, so that Excel reads Chinese; RFC 4180 quoting.

    A text that a spreadsheet would run as a formula, in a cell or a heading, gets a leading apostrophe.
    Numbers stay numbers, also negative ones; days are written the ISO way; null is an empty cell.
    """
    texts = [name for name, kind in frame.schema.items() if kind in (pl.String, pl.Categorical)]
    safe = frame.with_columns(_harmless(name) for name in texts)
    safe = safe.rename({name: f"'{name}" for name in safe.columns if re.match(_TRIGGERS, name)})
    buffer = io.BytesIO()
    safe.write_csv(buffer, line_terminator="\r\n", date_format="%Y-%m-%d")
    return _BOM + buffer.getvalue()


def _harmless(name: str) -> pl.Expr:
    text = pl.col(name).cast(pl.String)
    return pl.when(text.str.contains(_TRIGGERS)).then("'" + text).otherwise(text).alias(name)

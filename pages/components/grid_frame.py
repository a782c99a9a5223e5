"""Rows of a grid on their way into the editor and back.

The editor adds rows by pandas, whose plain whole numbers cannot be empty: nullable ones go in. Days come
back as instants.
"""

from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd
import polars as pl

Schema = Mapping[str, Any]
_NULLABLE = {pl.Int64: "Int64", pl.Boolean: "boolean", pl.String: "string", pl.Date: "datetime64[ms]"}


def to_editor(rows: Iterable[Mapping[str, Any]], schema: Schema) -> pd.DataFrame:
    """Return the rows' columns of `schema`, to be edited."""
    frame = pl.DataFrame([{name: row.get(name) for name in schema} for row in rows], schema=schema)
    return frame.to_pandas().astype({name: _NULLABLE[kind] for name, kind in schema.items()})


def from_editor(edited: pd.DataFrame, schema: Schema) -> list[dict[str, Any]]:
    """Return the edited rows with the types of `schema`; an empty cell is None."""
    return pl.from_pandas(edited).cast(pl.Schema(schema)).to_dicts()

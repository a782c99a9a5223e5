"""Rules of which the first match wins, as one expression."""

from collections.abc import Sequence
from typing import Any

import polars as pl


def first_match(rules: Sequence[tuple[pl.Expr, pl.Expr | str]], otherwise: pl.Expr | str) -> pl.Expr:
    """Return the value of the first rule whose condition holds; a condition on a missing fact does not.

    Values are expressions, or texts taken as they are.
    """
    chain: Any = pl
    for condition, value in rules:
        chain = chain.when(condition.fill_null(value=False)).then(_literal(value))
    result: pl.Expr = chain.otherwise(_literal(otherwise))
    return result


def _literal(value: pl.Expr | str) -> pl.Expr:
    return value if isinstance(value, pl.Expr) else pl.lit(str(value))

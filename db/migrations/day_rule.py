"""The rule that migrations give a date column, as the models give it."""

from alembic import op


def a_date(column: str) -> str:
    """Return the rule that the column holds a day from 1949-10-01 to 2199-12-31, or nothing."""
    within = f"{column} BETWEEN '1949-10-01' AND '2199-12-31'"
    if op.get_bind().dialect.name == "sqlite":
        return f"{column} IS date({column}, '+0 days') AND {within}"
    return within

"""Entries dated back, so that a test can look at what was known before it ran."""

from datetime import datetime

import sqlalchemy
from sqlalchemy import update
from sqlmodel import col

from db.engine import Database
from db.models import AuditEntry


def date_back(database: Database, moment: datetime) -> None:
    """Let everything recorded so far have been recorded at `moment`, by means the product does not have."""
    engine = sqlalchemy.create_engine(database.url)
    with engine.begin() as connection:
        connection.execute(update(AuditEntry).values({col(AuditEntry.recorded_at): moment}))
    engine.dispose()

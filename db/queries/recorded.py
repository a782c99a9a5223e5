"""Rows of one record's parts with the withdrawn ones, for looking at them as they were recorded earlier."""

from typing import TypeVar

from sqlmodel import Session, col, select

from db.models.base import Recorded

R = TypeVar("R", bound=Recorded)


def rows_ever(session: Session, model: type[R], column: str, value: int) -> list[R]:
    """Return every row whose `column` holds `value`, withdrawn ones too, by id. Raises: KeyError."""
    owner = model.__table__.c[column]  # type: ignore[attr-defined]
    return list(session.exec(select(model).where(owner == value).order_by(col(model.id))))

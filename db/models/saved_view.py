"""Saved views: an address under a name, to come back to, to share, and to begin with."""

from sqlalchemy import Index, text
from sqlmodel import Field, SQLModel

from db.models.base import Line, Prose, Recorded, RequiredLine, one_of
from db.vocabulary import RoleName

_DEFAULT = "default_for IS NOT NULL AND archived_at IS NULL"


class SavedViewFields(SQLModel):
    """What people enter; `page` is the page's address and `query` what follows the question mark."""

    name: RequiredLine
    page: Line = ""
    query: Prose = ""
    is_shared: bool = False


class SavedView(SavedViewFields, Recorded, table=True):
    """A view as stored; with `default_for` the page opens with it for that role, one a role and page."""

    __tablename__ = "saved_view"
    __table_args__ = (
        Index(
            "uq_saved_view_default",
            "page",
            "default_for",
            unique=True,
            sqlite_where=text(_DEFAULT),
            postgresql_where=text(_DEFAULT),
        ),
    )

    author: Line = Field(index=True)
    default_for: RoleName | None = Field(default=None, sa_type=one_of(RoleName, "default_for"))

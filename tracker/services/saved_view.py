"""Saved views: keep an address under a name, share it, withdraw it, and let a page open with one.

A view is no fact of the work but a way to look at it. Whoever looks back to an earlier moment sees the views
that stand now.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from db.models.saved_view import SavedView
from db.queries.saved_view import default_view, views_of_page
from db.transaction import Transaction
from db.vocabulary import RoleName
from tracker.errors import NotAllowed
from tracker.rules.checks import raise_any, reason_given
from tracker.rules.saved_view import (
    Parameters,
    SavedViewDraft,
    ViewMissing,
    ViewNameTaken,
    ViewNotShared,
    checked_saved_view,
    read_query,
)
from tracker.services import record
from tracker.services.desk import Desk


@dataclass(frozen=True)
class View:
    """A saved view as screens show it; `parameters` is what its address holds."""

    id: int
    version: int | None
    name: str
    page: str
    query: str
    parameters: Parameters
    author: str
    is_own: bool
    is_shared: bool
    default_for: str


def save_view(desk: Desk, values: Mapping[str, Any], *, token: str = "") -> int:
    """Keep what a page shows under a name of the person's own; return the view's id.

    Raises: NotAllowed, InvalidInput, LookingBack, StorageError.
    """
    desk.allow("saved_view.write")
    draft = checked_saved_view(values)
    with desk.transaction(token=token) as work:
        if work.outcome is None:
            _name_must_be_free(work, draft, None)
            view = SavedView(**draft.model_dump(), author=desk.person.name)
            work.outcome = [work.save(view).key]
        return work.outcome[0]


def change_view(desk: Desk, view_id: int, values: Mapping[str, Any], *, seen: int | None) -> None:
    """Rename, share or rewrite a view of one's own; one that is no longer shared opens first for nobody.

    Raises: NotAllowed, ViewMissing, InvalidInput, WithdrawnMeanwhile, EditConflict, LookingBack,
    StorageError.
    """
    desk.allow("saved_view.write")
    draft = checked_saved_view(values)
    with desk.transaction() as work:
        view = _own_view(desk, work, view_id)
        _name_must_be_free(work, draft, view_id)
        besides = {} if draft.is_shared else {"default_for": None}
        record.change(work, view, draft, seen=seen, besides=besides)


def archive_view(desk: Desk, view_id: int, reason: str) -> None:
    """Withdraw a view of one's own.

    Raises: NotAllowed, ViewMissing, ReasonRequired, WithdrawnMeanwhile, LookingBack, StorageError.
    """
    desk.allow("saved_view.write")
    with desk.transaction(reason=reason_given(reason)) as work:
        record.archive(work, _own_view(desk, work, view_id))


def make_default(desk: Desk, view_id: int, role: str | None) -> None:
    """Let a page open with a shared view for a role, in place of the one before; None takes that back.

    Raises: NotAllowed, ViewMissing, ViewNotShared, LookingBack, StorageError.
    """
    desk.allow("saved_view.default")
    with desk.transaction() as work:
        view = work.session.get(SavedView, view_id)
        if view is None or view.archived_at is not None or not _is_seen(desk, view):
            raise ViewMissing
        if role is not None and not view.is_shared:
            raise ViewNotShared
        before = default_view(work.session, view.page, RoleName(role)) if role else None
        if before is not None and before.key != view_id:
            before.default_for = None
            work.save(before)
        view.default_for = RoleName(role) if role else None
        work.save(view)


def list_views(desk: Desk, page: str) -> list[View]:
    """Return the person's own views of a page and those shared with them, by name.

    Raises: NotAllowed, StorageError.
    """
    desk.allow("read")
    with desk.reading() as session:
        return [_told(desk, view) for view in views_of_page(session, page, desk.person.name)]


def read_view(desk: Desk, view_id: int) -> View:
    """Return a view that the person may see. Raises: NotAllowed, ViewMissing, StorageError."""
    desk.allow("read")
    with desk.reading() as session:
        view = session.get(SavedView, view_id)
        if view is None or view.archived_at is not None or not _is_seen(desk, view):
            raise ViewMissing
        return _told(desk, view)


def read_default(desk: Desk, page: str) -> View | None:
    """Return the view that a page opens with for the person's role, if any.

    Raises: NotAllowed, StorageError.
    """
    desk.allow("read")
    with desk.reading() as session:
        view = default_view(session, page, RoleName(desk.person.role.name))
        return _told(desk, view) if view else None


def _own_view(desk: Desk, work: Transaction, view_id: int) -> SavedView:
    """Return the view to write to, withdrawn or not; others' are seen only where they are shared."""
    view = work.session.get(SavedView, view_id)
    if view is None or not _is_seen(desk, view):
        raise ViewMissing
    if view.author != desk.person.name:
        raise NotAllowed
    return view


def _is_seen(desk: Desk, view: SavedView) -> bool:
    return view.is_shared or view.author == desk.person.name


def _name_must_be_free(work: Transaction, draft: SavedViewDraft, own_id: int | None) -> None:
    for view in views_of_page(work.session, draft.page, work.actor):
        if view.author == work.actor and view.name == draft.name and view.key != own_id:
            raise_any([ViewNameTaken(field="name")])


def _told(desk: Desk, view: SavedView) -> View:
    return View(
        id=view.key,
        version=view.version,
        name=view.name,
        page=view.page,
        query=view.query,
        parameters=read_query(view.query),
        author=view.author,
        is_own=view.author == desk.person.name,
        is_shared=view.is_shared,
        default_for=str(view.default_for or ""),
    )

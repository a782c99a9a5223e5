"""Questions to the saved views."""

from sqlmodel import Session, col, or_, select

from db.models.saved_view import SavedView
from db.vocabulary import RoleName


def views_of_page(session: Session, page: str, person: str) -> list[SavedView]:
    """Return the views of a page that stand, the person's own and those shared, by name."""
    return list(
        session.exec(
            select(SavedView)
            .where(
                SavedView.page == page,
                col(SavedView.archived_at).is_(None),
                or_(SavedView.author == person, col(SavedView.is_shared)),
            )
            .order_by(col(SavedView.name), col(SavedView.id))
        )
    )


def default_view(session: Session, page: str, role: RoleName) -> SavedView | None:
    """Return the view that a page opens with for a role, if there is one."""
    return session.exec(
        select(SavedView).where(
            SavedView.page == page, SavedView.default_for == role, col(SavedView.archived_at).is_(None)
        )
    ).first()

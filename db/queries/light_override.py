"""Questions to the lights that people set."""

from datetime import date

from sqlmodel import Session, col, select

from db.models.light_override import LightOverride


def overrides_of(session: Session, project_id: int) -> list[LightOverride]:
    """Return the overrides of a project, withdrawn ones left out, newest first."""
    return list(
        session.exec(
            select(LightOverride)
            .where(LightOverride.project_id == project_id, col(LightOverride.archived_at).is_(None))
            .order_by(col(LightOverride.from_on).desc(), col(LightOverride.id).desc())
        )
    )


def standing_override(session: Session, project_id: int, today: date) -> LightOverride | None:
    """Return the override that has neither ended before `today` nor been lifted, if there is one."""
    return next(
        (o for o in overrides_of(session, project_id) if o.lifted_on is None and o.until_on >= today), None
    )

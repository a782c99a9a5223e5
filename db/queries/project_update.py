"""Questions to the updates of projects and what they bring."""

from collections.abc import Sequence

from sqlmodel import Session, col, select

from db.models.milestone import ForecastChange
from db.models.project_update import ProjectUpdate, UpdateForecast


def updates_of(session: Session, project_id: int) -> list[ProjectUpdate]:
    """Return a project's updates, the newest first, withdrawn ones too."""
    statement = select(ProjectUpdate).where(ProjectUpdate.project_id == project_id)
    return list(
        session.exec(statement.order_by(col(ProjectUpdate.reported_on).desc(), col(ProjectUpdate.id).desc()))
    )


def forecasts_brought(session: Session, update_ids: Sequence[int]) -> list[UpdateForecast]:
    """Return the forecasts that these updates propose, as they were typed."""
    return list(
        session.exec(
            select(UpdateForecast)
            .where(col(UpdateForecast.update_id).in_(update_ids))
            .order_by(col(UpdateForecast.id))
        )
    )


def changes_made(session: Session, update_ids: Sequence[int]) -> list[ForecastChange]:
    """Return the changes of forecasts that these updates led to."""
    return list(
        session.exec(select(ForecastChange).where(col(ForecastChange.update_id).in_(list(update_ids))))
    )

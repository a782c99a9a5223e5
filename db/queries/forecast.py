"""Questions to the dated history of forecasts and of partial credit."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import func
from sqlmodel import Session, col, select

from db.models.milestone import ForecastChange, MilestoneCredit


def forecast_changes_of(session: Session, milestone_ids: Sequence[int]) -> list[ForecastChange]:
    """Return the changes of these milestones' forecasts, oldest first; of one day, as they were recorded."""
    return list(
        session.exec(
            select(ForecastChange)
            .where(
                col(ForecastChange.milestone_id).in_(list(milestone_ids)),
                col(ForecastChange.archived_at).is_(None),
            )
            .order_by(col(ForecastChange.changed_on), col(ForecastChange.id))
        )
    )


def last_changes(session: Session, milestone_ids: Sequence[int]) -> dict[int, date]:
    """Return milestone id → the day of its forecast's newest change, of those that were ever changed."""
    statement = (
        select(ForecastChange.milestone_id, func.max(ForecastChange.changed_on))
        .where(
            col(ForecastChange.milestone_id).in_(list(milestone_ids)),
            col(ForecastChange.archived_at).is_(None),
        )
        .group_by(col(ForecastChange.milestone_id))
    )
    return dict(session.exec(statement).all())


def credits_of(session: Session, milestone_ids: Sequence[int]) -> list[MilestoneCredit]:
    """Return the shares stated as met, oldest first; those taken back are left out."""
    return list(
        session.exec(
            select(MilestoneCredit)
            .where(
                col(MilestoneCredit.milestone_id).in_(list(milestone_ids)),
                col(MilestoneCredit.archived_at).is_(None),
            )
            .order_by(col(MilestoneCredit.credited_on), col(MilestoneCredit.id))
        )
    )

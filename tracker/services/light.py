"""Read lights and health: of one project with everything its light says, or of an agreement's projects."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from db.models.light_override import LightOverride
from db.queries.light_override import overrides_of, standing_override
from tracker.portfolio.health import agreement_health, project_health
from tracker.portfolio.light import lights_as_of
from tracker.portfolio.milestone import milestones_as_of
from tracker.portfolio.model import Portfolio
from tracker.portfolio.threshold import thresholds_as_of
from tracker.rules.milestone import MilestoneState
from tracker.rules.threshold import Thresholds
from tracker.services.agreement_scope import divisions_of
from tracker.services.desk import Desk
from tracker.services.project_scope import divisions_of_project
from tracker.services.reading import portfolio_for


@dataclass(frozen=True)
class LightSheet:
    """A project's light as of a day, and what can be done about it.

    `row` is its of `lights_as_of`, `health` its of `project_health`. `late` and `late_keys` are the names of
    the overdue milestones of its plan, and of the key ones among them, the longest overdue first.
    `overrides` are all that people set, newest first; `standing` is the one that still holds today. A desk
    that looks back has neither.
    """

    project_id: int
    row: dict[str, Any]
    health: dict[str, Any]
    limits: Thresholds
    late: tuple[str, ...]
    late_keys: tuple[str, ...]
    overrides: tuple[LightOverride, ...]
    standing: LightOverride | None


def read_light(desk: Desk, project_id: int, as_of: date) -> LightSheet | None:
    """Return a project's light, None where the project is not there on the day.

    Raises: NotFound, NotAllowed, StorageError.
    """
    desk.allow("read", divisions_of_project(desk, project_id))
    portfolio = portfolio_for(desk)
    rows = _of(lights_as_of(portfolio, as_of), project_id)
    if not rows:
        return None
    late = _late(portfolio, project_id, as_of)
    overrides, standing = _set_by_people(desk, project_id)
    return LightSheet(
        project_id=project_id,
        row=rows[0],
        health=_of(project_health(portfolio, as_of), project_id)[0],
        limits=thresholds_as_of(portfolio, as_of),
        late=tuple(late["name"]),
        late_keys=tuple(late.filter("is_key")["name"]),
        overrides=overrides,
        standing=standing,
    )


def read_agreement_lights(
    desk: Desk, agreement_id: int, as_of: date
) -> tuple[dict[str, Any] | None, dict[int, dict[str, Any]]]:
    """Return an agreement's health (None where it is not there on the day) and its projects' lights by id.

    Raises: NotFound, NotAllowed, StorageError.
    """
    desk.allow("read", divisions_of(desk, agreement_id))
    portfolio = portfolio_for(desk)
    health = agreement_health(portfolio, as_of).filter(pl.col("agreement_id") == agreement_id).to_dicts()
    own = portfolio["project"].filter(pl.col("agreement_id") == agreement_id)
    lights = lights_as_of(portfolio, as_of).filter(pl.col("project_id").is_in(own["id"].implode()))
    return next(iter(health), None), {row["project_id"]: row for row in lights.iter_rows(named=True)}


def _set_by_people(desk: Desk, project_id: int) -> tuple[tuple[LightOverride, ...], LightOverride | None]:
    # What was known at an earlier moment is in the facts; the rows here are those of now.
    if desk.known_at is not None:
        return (), None
    with desk.reading() as session:
        overrides = tuple(overrides_of(session, project_id))
        standing = standing_override(session, project_id, desk.today)
        session.expunge_all()
    return overrides, standing


def _of(frame: pl.DataFrame, project_id: int) -> list[dict[str, Any]]:
    return frame.filter(pl.col("project_id") == project_id).to_dicts()


def _late(portfolio: Portfolio, project_id: int, as_of: date) -> pl.DataFrame:
    overdue = (pl.col("project_id") == project_id) & (pl.col("state") == MilestoneState.overdue.value)
    return (
        milestones_as_of(portfolio, as_of)
        .filter(overdue)
        .sort("days_overdue", "position", descending=[True, False])
        .select("name", is_key=pl.coalesce("baseline_is_key", "is_key"))
    )

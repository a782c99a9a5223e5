"""Lights set by a person: for a while, with a reason, beside the computed one."""

from typing import Any

import polars as pl

from db.models.light_override import LightOverride
from db.queries.light_override import standing_override
from tracker.portfolio.light import lights_as_of
from tracker.portfolio.threshold import thresholds_as_of
from tracker.rules.light_override import LightSetAlready, OverrideOver, checked_override
from tracker.services.desk import Desk
from tracker.services.project_scope import divisions_of_part, divisions_of_project, writable_project
from tracker.services.reading import portfolio_for


def set_light(desk: Desk, project_id: int, values: dict[str, Any], *, token: str = "") -> int:
    """Set a project's light from today to a day, and return the override's id.

    A second person is told of the first one's override instead of replacing it.
    Raises: NotFound, NotAllowed, InvalidInput, NoLightToSet, LightSetAlready, Withdrawn, StorageError.
    """
    desk.allow("light.override", divisions_of_project(desk, project_id))
    today, portfolio = desk.today, portfolio_for(desk)
    lights = lights_as_of(portfolio, today).filter(pl.col("project_id") == project_id).to_dicts()
    limits = thresholds_as_of(portfolio, today)
    with desk.transaction(reason=str(values.get("reason") or ""), token=token) as work:
        if work.outcome is None:
            writable_project(work, project_id)
            draft = checked_override(values, next(iter(lights), None), limits, today)
            if standing := standing_override(work.session, project_id, today):
                raise LightSetAlready(author=standing.author, until_on=standing.until_on)
            override = LightOverride(
                **draft.model_dump(), project_id=project_id, author=desk.person.name, from_on=today
            )
            work.outcome = [work.save(override, "light_override.set").key]
        return work.outcome[0]


def lift_light(desk: Desk, override_id: int) -> None:
    """End an override: from today on the computed light is shown again.

    Raises: NotFound, NotAllowed, OverrideOver, StorageError.
    """
    desk.allow("light.override", divisions_of_part(desk, LightOverride, override_id))
    with desk.transaction() as work:
        override = work.get(LightOverride, override_id)
        if override.lifted_on is not None or override.until_on < desk.today:
            raise OverrideOver(day=override.lifted_on or override.until_on)
        override.lifted_on = desk.today
        work.save(override, "light_override.lifted")

"""A window left open while another withdrew the record: nothing is changed behind the withdrawal."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from db.engine import Database
from db.models import Agreement, CalendarDay, Dependency
from db.models.base import Recorded
from db.queries.project import milestones_of
from tests.conftest import ON_SQLITE, division_id
from tests.services.planning import NANXIAN, a_planned_project, a_row, an_agreement
from tracker.rules.dependency import NothingToWaitFor
from tracker.services.agreement import archive_agreement
from tracker.services.agreement_scope import Withdrawn
from tracker.services.calendar_day import add_calendar_day, archive_calendar_day, change_calendar_day
from tracker.services.dependency import add_dependency, archive_dependency, change_dependency
from tracker.services.desk import Desk
from tracker.services.milestone_grid import save_milestones
from tracker.services.project import open_project
from tracker.services.record import WithdrawnMeanwhile

pytestmark = ON_SQLITE

HOLIDAY: dict[str, Any] = {"day": date(2021, 5, 8), "is_working": False, "reason": "本单位休息"}


def _steps(desk: Desk, project_id: int) -> list[int]:
    with desk.reading() as session:
        return [m.key for m in milestones_of(session, project_id)]


def _waits(before: int, **values: Any) -> dict[str, Any]:
    return {"predecessor_id": before, "kind": "FS", "lag_days": 0, "in_working_days": False} | values


def _a_dependency(desk: Desk) -> tuple[int, int]:
    """Return a dependency and the milestone it waits for."""
    before, after = _steps(desk, a_planned_project(desk))
    return add_dependency(desk, after, _waits(before)), before


def _stored(database: Database, model: type[Recorded], record_id: int) -> Any:
    with database.reading() as session:
        found = session.get_one(model, record_id)
        session.expunge(found)
        return found


def _withdrawable(desk: Desk, model: type[Recorded]) -> tuple[int, Callable[[Desk, int, str], None]]:
    if model is Dependency:
        return _a_dependency(desk)[0], archive_dependency
    if model is CalendarDay:
        return add_calendar_day(desk, HOLIDAY), archive_calendar_day
    return an_agreement(desk.database), archive_agreement


@pytest.mark.parametrize("model", [Dependency, CalendarDay, Agreement])
def test_the_second_to_withdraw_does_not_overwrite_the_first_reason(
    dora: Desk, model: type[Recorded]
) -> None:
    record_id, withdraw = _withdrawable(dora, model)
    withdraw(dora, record_id, "记错了")
    with pytest.raises(WithdrawnMeanwhile):
        withdraw(dora, record_id, "另有原因")
    assert _stored(dora.database, model, record_id).archive_reason == "记错了"


def test_a_dependency_withdrawn_elsewhere_is_not_changed(dora: Desk) -> None:
    dependency, before = _a_dependency(dora)
    archive_dependency(dora, dependency, "记错了")
    seen = _stored(dora.database, Dependency, dependency).version
    with pytest.raises(Withdrawn):
        change_dependency(dora, dependency, _waits(before, lag_days=9), seen=seen)


def test_a_calendar_day_withdrawn_elsewhere_is_not_changed(dora: Desk) -> None:
    entry = add_calendar_day(dora, HOLIDAY)
    archive_calendar_day(dora, entry, "记错了")
    seen = _stored(dora.database, CalendarDay, entry).version
    with pytest.raises(WithdrawnMeanwhile):
        change_calendar_day(dora, entry, HOLIDAY | {"is_working": True}, seen=seen)


def test_nothing_waits_for_the_work_of_a_withdrawn_agreement(dora: Desk) -> None:
    _, after = _steps(dora, a_planned_project(dora))
    agreement = an_agreement(dora.database, NANXIAN, number="430921-2020-F-009")
    values = {"name": "产地仓", "pillar_id": 1, "division_id": division_id(dora.database, NANXIAN)}
    project = open_project(dora, agreement, values)
    save_milestones(dora, project, [a_row("选址")], seen={})
    archive_agreement(dora, agreement, "记错了")
    with pytest.raises(NothingToWaitFor):
        add_dependency(dora, after, _waits(_steps(dora, project)[0]))

"""A project that is reported on, as the tests of updates, requests and risks need it."""

from datetime import date
from typing import Any

from db.models import Milestone
from db.queries.project import milestones_of
from tests.services.planning import a_row, an_opened_project
from tracker.services.desk import Desk
from tracker.services.milestone_grid import save_milestones

REPORTED, MOVED_TO = date(2020, 8, 3), date(2020, 11, 1)


def a_reported_project(desk: Desk, *names: str) -> tuple[int, list[int]]:
    """Open a project with milestones due on 2020-09-01; return its id and theirs."""
    project = an_opened_project(desk)
    save_milestones(desk, project, [a_row(name) for name in names or ("选址", "上线")], seen={})
    with desk.reading() as session:
        return project, [m.key for m in milestones_of(session, project)]


def an_update(**changed: Any) -> dict[str, Any]:
    """The values of an update with a text."""
    return {"reported_on": REPORTED, "text": "选址已定"} | changed


def moving(milestone_id: int, **changed: Any) -> dict[str, Any]:
    """A new forecast of a milestone."""
    values = {"milestone_id": milestone_id, "new_on": MOVED_TO, "reason_code": "supply", "note": "设备未到"}
    return values | changed


def milestone(desk: Desk, milestone_id: int) -> Milestone:
    """Return a milestone as stored."""
    with desk.reading() as session:
        found = session.get_one(Milestone, milestone_id)
        session.expunge(found)
        return found

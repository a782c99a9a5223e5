"""An agreement of one county, as the tests of projects and plans need it, saved without its own service."""

from datetime import date
from typing import Any

from sqlmodel import select

from db.engine import Database
from db.models import Agreement, Party, PlanTemplate
from db.queries.project import milestones_of
from db.vocabulary import Side
from tests.conftest import division_id
from tracker.rules.milestone_draft import ROW_FIELDS
from tracker.services.desk import Desk
from tracker.services.milestone_grid import save_milestones
from tracker.services.project import open_project

LILING, NANXIAN, ZHUZHOU = "430281", "430921", "430200"
SIGNED_ON = date(2020, 7, 17)


def an_agreement(database: Database, *codes: str, number: str = "430281-2020-F-001") -> int:
    """Save a signed framework agreement with these divisions (醴陵市) and return its id."""
    with database.transaction(actor="dora", origin="test") as work:
        agreement = work.save(
            Agreement(number=number, title="框架合作协议", opened_on=SIGNED_ON, owner="区域经理")
        )
        for code in codes or (LILING,):
            division = division_id(database, code)
            work.save(
                Party(agreement_id=agreement.key, side=Side.county, division_id=division, signed_on=SIGNED_ON)
            )
        work.save(Party(agreement_id=agreement.key, side=Side.partner, name="合作方", signed_on=SIGNED_ON))
        return agreement.key


def a_template(database: Database) -> int:
    """Return the id of the first template that ships."""
    with database.reading() as session:
        found = session.exec(select(PlanTemplate.id).order_by(PlanTemplate.id)).first()
        assert found is not None
        return found


def a_row(name: str = "启动会", **values: object) -> dict[str, object]:
    """A row of the grid that was added by hand."""
    return {"id": None, "name": name, "weight": 10, "due_on": date(2020, 9, 1)} | values


def an_opened_project(desk: Desk) -> int:
    """Open a project in 醴陵市 and return its id."""
    county = division_id(desk.database, LILING)
    values = {"name": "农村电商", "pillar_id": 1, "division_id": county, "started_on": SIGNED_ON}
    return open_project(desk, an_agreement(desk.database), values)


def grid_of(desk: Desk, project_id: int) -> tuple[list[dict[str, Any]], dict[int, dict[str, Any]]]:
    """Return the rows of the grid to type into, and what was seen of them."""
    with desk.reading() as session:
        stored = milestones_of(session, project_id)
        rows = [{"id": m.key} | {field: getattr(m, field) for field in ROW_FIELDS} for m in stored]
        return rows, {m.key: dict(row) | {"version": m.version} for m, row in zip(stored, rows, strict=True)}


def a_planned_project(desk: Desk, *rows: dict[str, object]) -> int:
    """Open a project with these rows as its plan, or with two, and return its id."""
    project = an_opened_project(desk)
    planned = rows or (a_row(), a_row("上线", due_on=date(2020, 12, 1)))
    save_milestones(desk, project, planned, seen={})
    return project


def change_plan(desk: Desk, project_id: int, **values: object) -> None:
    """Type other values into the first row of a project's plan."""
    rows, seen = grid_of(desk, project_id)
    rows[0] |= values
    save_milestones(desk, project_id, rows, seen=seen)

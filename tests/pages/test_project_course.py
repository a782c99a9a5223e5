"""Where a project is heading, as its page, its agreement's page and the list of projects say it."""

from datetime import date

import pytest

from db.models import Agreement
from tests.conftest import division_id
from tests.pages.list_screen import counted, look
from tests.pages.project_screen import at, told
from tests.services.planning import LILING, a_row, an_opened_project
from tracker.services.desk import Desk
from tracker.services.lists import list_term_conflicts
from tracker.services.milestone_grid import save_milestones
from tracker.services.plan import approve_plan
from tracker.services.project import open_project

APPROVED_ON = date(2020, 9, 1)
LATE, AS_OF = date(2030, 3, 1), "2020-10-01"


@pytest.fixture
def overlong(screens: Desk) -> int:
    """A project with an approved plan that goes on long after its agreement's term."""
    project = an_opened_project(screens)
    with screens.database.transaction(actor="dora", origin="test") as work:
        agreement = work.get(Agreement, 1)
        agreement.term_months = 36
        work.save(agreement)
    save_milestones(screens, project, [a_row("上线", due_on=LATE)], seen={})
    approve_plan(screens, project, APPROVED_ON)
    return project


def _conflict(desk: Desk) -> dict[str, object]:
    return list_term_conflicts(desk, date(2020, 10, 1)).row(0, named=True)


def test_a_project_says_that_its_work_would_outlive_the_term(screens: Desk, overlong: int) -> None:
    conflict = _conflict(screens)
    said = told(at("project.py", id=overlong, as_of=AS_OF))
    assert f"end on 2030-03-01, {conflict['days_over']:,} days after" in said


def test_its_agreement_says_so_too_with_the_way_to_the_project(screens: Desk, overlong: int) -> None:
    app = at("agreement.py", id=_conflict(screens)["agreement_id"], as_of=AS_OF)
    links = [link.proto.label for link in app.get("page_link")]
    assert any("The work would end on 2030" in label for label in links)


def test_an_agreement_without_a_conflict_says_nothing(screens: Desk) -> None:
    project = an_opened_project(screens)
    save_milestones(screens, project, [a_row("上线")], seen={})
    assert "after its term" not in told(at("agreement.py", id=1, as_of=AS_OF))


@pytest.mark.parametrize(("term", "shown"), [([], 2), (["outlived"], 1)])
def test_the_list_of_projects_finds_them(screens: Desk, overlong: int, term: list[str], shown: int) -> None:
    county = division_id(screens.database, LILING)
    values = {"name": "另一项目", "pillar_id": 1, "division_id": county, "started_on": APPROVED_ON}
    open_project(screens, 1, values)
    assert counted(look("projects.py", {"as_of": [AS_OF], "term": term})) == shown


def test_the_sentence_is_chinese_for_chinese(screens: Desk, overlong: int) -> None:
    assert "比协议到期日" in told(at("project.py", "zh-CN", id=overlong, as_of=AS_OF))


def test_a_plan_without_landing_gates_says_that_it_cannot_land(screens: Desk, overlong: int) -> None:
    assert "cannot land" in told(at("project.py", id=overlong, as_of=AS_OF))


def test_open_gates_are_counted(screens: Desk) -> None:
    project = an_opened_project(screens)
    save_milestones(screens, project, [a_row("签署", is_gate=True), a_row("上线")], seen={})
    approve_plan(screens, project, APPROVED_ON)
    assert "landing gates met with evidence: 0/1" in told(at("project.py", id=project, as_of=AS_OF))

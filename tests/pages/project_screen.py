"""Screens of projects and templates as tests drive them: open one, type into its grid, read what it says."""

from pathlib import Path
from typing import Any

from streamlit.testing.v1 import AppTest

from db.queries.project import milestones_of
from tests.services.planning import a_row, an_opened_project
from tracker.services.desk import Desk
from tracker.services.milestone_grid import save_milestones

NAVIGATION = str(Path(__file__).parents[2] / "pages" / "navigation.py")


def at(page: str, locale: str = "en", /, **address: object) -> AppTest:
    """Open a page at an address; nothing may go wrong on the way."""
    app = AppTest.from_file(NAVIGATION, default_timeout=30)
    app.context = {"locale": locale}
    app.run()
    for name, value in address.items():
        app.query_params[name] = str(value)
    app.switch_page(page).run()
    assert not app.exception
    return app


def a_planned_project(desk: Desk, *names: str) -> int:
    """Open a project with a milestone of each name, due in September 2020, and return its id."""
    project = an_opened_project(desk)
    save_milestones(desk, project, [a_row(name) for name in names or ("启动会", "上线")], seen={})
    return project


def type_into_grid(app: AppTest, project: int, *, edition: int = 0, **edits: Any) -> None:
    """Type into the grid as the browser tells it: `edited` (row → values), `added` rows, `deleted` rows."""
    app.session_state[f"grid_{project}_{edition}"] = {
        "edited_rows": edits.get("edited", {}),
        "added_rows": edits.get("added", []),
        "deleted_rows": edits.get("deleted", []),
    }


def plan_of(desk: Desk, project: int) -> list[tuple[str, int]]:
    """Return (name, weight) of the stored milestones in order."""
    with desk.reading() as session:
        return [(m.name, m.weight) for m in milestones_of(session, project)]


def told(app: AppTest) -> str:
    """Return every message on the screen as one text."""
    kinds = (app.error, app.warning, app.info, app.success, app.markdown, app.caption)
    return "\n".join(str(element.value) for kind in kinds for element in kind)

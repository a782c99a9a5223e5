"""Slips in working days on a project's page: only for those who ask."""

import json

import pytest

from tests.pages.project_screen import a_planned_project, at
from tracker.services.desk import Desk
from tracker.services.plan import approve_plan


@pytest.mark.parametrize(
    ("locale", "label"), [("en", "Slip to original, working days"), ("zh-CN", "较原始基线延期（工作日）")]
)
def test_slips_in_working_days_are_shown_on_request(screens: Desk, locale: str, label: str) -> None:
    project = a_planned_project(screens)
    approve_plan(screens, project, screens.today)
    app = at("project.py", locale, id=project)
    before = len(app.dataframe)
    app.toggle(key=f"working_slips_{project}").set_value(True).run()
    assert not app.exception
    assert len(app.dataframe) == before + 1
    shown = next(d for d in app.dataframe if "working_original_days" in d.value)
    assert json.loads(shown.proto.columns)["working_original_days"]["label"] == label


def test_without_an_approved_plan_there_is_nothing_to_ask_for(screens: Desk) -> None:
    app = at("project.py", id=a_planned_project(screens))
    assert [t for t in app.toggle if (t.key or "").startswith("working_slips")] == []

"""What past projects of a template show on its screen, and the offer to plan by it."""

from datetime import date, timedelta

import pytest
from streamlit.testing.v1 import AppTest

from db.queries.project import milestones_of
from tests.conftest import division_id
from tests.pages.project_screen import at, told
from tests.services.planning import LILING, NANXIAN, SIGNED_ON, an_agreement, an_opened_project
from tracker.services.desk import Desk
from tracker.services.evidence import meet_milestone
from tracker.services.plan_template import add_plan_template, plan_templates, read_plan_template
from tracker.services.project import open_projects_from_template

VALUES = {"name_zh": "试点", "name_en": "Pilot", "pillar_id": 1}
STEPS = [
    {"name_zh": "启动", "name_en": "Kick-off", "offset": 1, "weight": 40},
    {"name_zh": "验收", "name_en": "Acceptance", "offset": 6, "weight": 60},
]


def _past(desk: Desk, *days: int) -> int:
    """Add a template, and a project of it per number of days after which it met its first milestone."""
    template = add_plan_template(desk, VALUES, STEPS)
    county = division_id(desk.database, NANXIAN)
    agreement = an_agreement(desk.database, NANXIAN, number=f"{NANXIAN}-2020-F-001")
    projects = open_projects_from_template(desk, agreement, [(county, template)] * len(days), SIGNED_ON)
    for project, number in zip(projects, days, strict=True):
        with desk.reading() as session:
            first = milestones_of(session, project)[0]
        met = {"met_on": SIGNED_ON + timedelta(days=number), "evidence_note": "签到表"}
        meet_milestone(desk, first.key, met, seen=first.version)
    return template


def _evidence(app: AppTest) -> list[dict[str, object]]:
    found = next(t.value for t in app.dataframe if "median" in t.value.columns)
    return list(found.to_dict("records"))


def _due(desk: Desk, project: int) -> list[date | None]:
    with desk.reading() as session:
        return [m.due_on for m in milestones_of(session, project)]


def test_a_template_shows_median_and_spread_with_its_number(screens: Desk) -> None:
    first = _evidence(at("plan_templates.py", id=_past(screens, 10, 20, 60)))[0]
    assert (first["median"], first["middle"], first["met"]) == (20.0, "15–40", "3/3")


@pytest.mark.parametrize(
    ("locale", "said"),
    [("en", "Fewer than 10 projects: take it as a hint"), ("zh-CN", "不足 10 个项目：仅供参考")],
)
def test_few_projects_are_flagged(screens: Desk, locale: str, said: str) -> None:
    assert said in told(at("plan_templates.py", locale, id=_past(screens, 10, 20)))


@pytest.mark.parametrize(("locale", "said"), [("en", "projects landed: **0/2"), ("zh-CN", "项目落地：**0/2")])
def test_the_landing_rate_stands_with_n_of_all(screens: Desk, locale: str, said: str) -> None:
    assert said in told(at("plan_templates.py", locale, id=_past(screens, 10, 20)))


def test_a_template_without_projects_says_so(screens: Desk) -> None:
    template = plan_templates(screens)[0].id
    assert "nothing to learn from" in told(at("plan_templates.py", id=template))


def _fill(desk: Desk, template: int, *, medians: bool) -> int:
    project = an_opened_project(desk)
    app = at("project.py", id=project)
    app.selectbox(key="template_id").set_value(template).run()
    app.date_input(key="template_anchor").set_value(SIGNED_ON)
    if medians:
        app.segmented_control(key="template_offsets").set_value("medians").run()
    app.button(key="template_fill").click().run()
    return project


def test_an_empty_plan_is_filled_with_medians_if_wanted(screens: Desk) -> None:
    project = _fill(screens, _past(screens, 10, 20, 60), medians=True)
    assert _due(screens, project) == [SIGNED_ON + timedelta(days=20), date(2021, 1, 17)]


def test_an_empty_plan_is_filled_with_the_templates_own_days_otherwise(screens: Desk) -> None:
    project = _fill(screens, _past(screens, 10, 20, 60), medians=False)
    assert _due(screens, project) == [date(2020, 8, 17), date(2021, 1, 17)]


def test_medians_of_two_projects_are_not_offered(screens: Desk) -> None:
    template = _past(screens, 10, 20)
    app = at("project.py", id=an_opened_project(screens))
    app.selectbox(key="template_id").set_value(template).run()
    assert "template_offsets" not in [c.key for c in app.segmented_control]


def test_a_new_project_is_opened_by_medians_if_wanted(screens: Desk) -> None:
    template = _past(screens, 10, 20, 60)
    app = at("project.py", agreement=an_agreement(screens.database, LILING))
    app.selectbox(key="opening_template_id").set_value(template)
    app.date_input(key="opening_anchor_on").set_value(SIGNED_ON)
    app.checkbox(key="opening_medians").check()
    next(b for b in app.button if (b.key or "").startswith("FormSubmitter:opening-")).click().run()
    assert _due(screens, 4)[0] == SIGNED_ON + timedelta(days=20)


def test_the_offer_is_left_out_where_no_template_has_medians(screens: Desk) -> None:
    app = at("project.py", agreement=an_agreement(screens.database))
    assert "opening_medians" not in [c.key for c in app.checkbox]


def test_a_template_is_changed_to_rest_on_reported_percent(screens: Desk) -> None:
    template = plan_templates(screens)[0].id
    app = at("plan_templates.py", id=template)
    app.segmented_control(key=f"template_{template}_0_progress_basis").set_value("reported").run()
    app.button(key=f"template_{template}_0_save").click().run()
    sheet = read_plan_template(screens, template)
    assert (sheet.fields["progress_basis"], sheet.edition) == ("reported", 2)

"""Lights on screens: seen with their reasons, narrowed by, set and lifted."""

from datetime import timedelta

import pytest
from streamlit.testing.v1 import AppTest

from pages.components import context
from tests.pages.list_screen import DEMO_DAY, counted, look
from tests.pages.project_screen import a_planned_project, at, told
from tests.services.planning import an_opened_project
from tracker.permissions import Person, Role
from tracker.rules.light import LIGHT_MARKS, Light
from tracker.services.desk import Desk
from tracker.services.light import read_light
from tracker.services.light_override import set_light
from tracker.services.plan import approve_plan
from tracker.services.project_course import stop_project
from tracker.services.project_sheet import read_project

RED = LIGHT_MARKS[Light.red]


def _opened(desk: Desk, project: int, locale: str = "en", /) -> AppTest:
    """Open a project's page and click its light."""
    app = at("project.py", locale, id=project, section="records")
    app.session_state[f"light_head_{project}"] = True
    app.run()
    assert not app.exception
    return app


def _approved(desk: Desk) -> int:
    project = a_planned_project(desk)
    approve_plan(desk, project, desk.today, seen=read_project(desk, project, desk.today).plan_change_no)
    return project


def _shown(desk: Desk, project: int) -> str:
    sheet = read_light(desk, project, desk.today)
    assert sheet is not None
    return str(sheet.row["light"])


def test_a_light_opens_every_test_with_its_rule_and_way_back(screens: Desk) -> None:
    said = told(_opened(screens, _approved(screens)))
    assert "Behind by 100 points: planned 100 % − actual 0 %." in said
    assert "meet “启动会”, “上线”, or have an adjusted plan approved." in said
    assert "Record an update, even “no change”, and have it accepted." in said


def test_a_light_is_told_in_chinese(screens: Desk) -> None:
    assert "落后 100 个百分点：序时进度 100% − 实际进度 0%。" in told(
        _opened(screens, _approved(screens), "zh-CN")
    )


def test_a_light_without_a_plan_says_so(screens: Desk) -> None:
    assert "There is no approved plan, so this cannot be judged." in told(
        _opened(screens, an_opened_project(screens))
    )


def test_a_side_of_health_that_nothing_is_recorded_of_says_so(screens: Desk) -> None:
    assert "Not recorded: it does not count." in told(_opened(screens, an_opened_project(screens)))


def _set(app: AppTest, project: int, reason: str) -> AppTest:
    key = f"set_light_head_{project}"
    app.segmented_control(key=f"{key}_colour").set_value(Light.yellow)
    app.text_area(key=f"{key}_reason").set_value(reason)
    next(b for b in app.button if b.label == "Set the light").click()
    app.session_state[f"light_head_{project}"] = True
    return app.run()


def test_a_light_is_set_for_a_while(screens: Desk) -> None:
    project = _approved(screens)
    _set(_opened(screens, project), project, "县里承诺本周到位")
    assert _shown(screens, project) == "yellow"


def test_a_set_light_is_shown_beside_the_computed_one(screens: Desk) -> None:
    project = _approved(screens)
    values = {"colour": "green", "until_on": screens.today + timedelta(days=3), "reason": "县里*承诺*到位"}
    set_light(screens, project, values)
    said = told(_opened(screens, project))
    assert f"As computed: :red[{RED} red]" in said
    assert r"县里\*承诺\*到位" in said


def test_a_light_without_a_reason_is_explained(screens: Desk) -> None:
    project = _approved(screens)
    assert "Please give a reason." in told(_set(_opened(screens, project), project, " "))


def test_a_set_light_is_lifted(screens: Desk) -> None:
    project = _approved(screens)
    set_light(screens, project, {"colour": "green", "until_on": screens.today, "reason": "待核"})
    app = _opened(screens, project)
    app.button(key=f"lift_light_head_{project}").click()
    app.session_state[f"light_head_{project}"] = True
    app.run()
    assert _shown(screens, project) == "red"


def test_an_editor_sees_why_and_cannot_set_it(screens: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    project = _approved(screens)
    monkeypatch.setattr(context, "LOCAL_ADMINISTRATOR", Person("alice", Role.editor))
    app = _opened(screens, project)
    assert "Behind plan" in told(app)
    assert not [b for b in app.button if b.label == "Set the light"]


def test_a_stopped_project_has_no_light_to_set(screens: Desk) -> None:
    project = _approved(screens)
    seen = read_project(screens, project, screens.today).version
    stop_project(screens, project, {"stopped_on": screens.today, "stop_reason": "取消"}, seen=seen)
    app = _opened(screens, project)
    assert "outside the lights, counted apart" in told(app)
    assert not [b for b in app.button if b.label == "Set the light"]


def test_the_list_of_projects_shows_each_light_with_its_mark(demonstration: Desk) -> None:
    lights = set(look("projects.py", DEMO_DAY).dataframe[0].value["told_light"])
    marked = {f"{mark} {light.value}" for light, mark in LIGHT_MARKS.items()}
    assert {told.partition(" · ")[0] for told in lights} <= marked
    assert f"{LIGHT_MARKS[Light.grey]} grey · no plan" in lights


def test_a_list_shows_the_computed_light_beside_the_one_a_person_set(screens: Desk) -> None:
    project = _approved(screens)
    values = {"colour": "green", "until_on": screens.today, "reason": "待核"}
    set_light(screens, project, values)
    told = at("projects.py").dataframe[0].value["told_light"].to_list()
    assert told == [f"{LIGHT_MARKS[Light.green]} green · computed: {RED} red"]


def test_the_list_of_projects_is_narrowed_by_light(demonstration: Desk) -> None:
    whole = counted(look("projects.py", DEMO_DAY))
    by_light = [counted(look("projects.py", DEMO_DAY | {"light": [light.value]})) for light in Light]
    assert sum(by_light) == whole > max(by_light)


def test_an_agreements_page_shows_its_projects_lights_and_its_health(screens: Desk) -> None:
    project = _approved(screens)
    agreement = read_project(screens, project, screens.today).agreement["id"]
    app = at("agreement.py", id=agreement)
    assert f"**Health** · :red[{RED} red]" in told(app)


def test_a_light_on_an_agreements_page_opens_its_reasons(screens: Desk) -> None:
    project = _approved(screens)
    agreement = read_project(screens, project, screens.today).agreement["id"]
    app = at("agreement.py", id=agreement)
    app.session_state[f"light_agreement_{project}"] = True
    assert "Behind by 100 points" in told(app.run())


def test_lights_are_counted_with_a_way_to_their_projects(screens: Desk) -> None:
    _approved(screens)
    links = [(link.proto.label, link.proto.query_string) for link in at("overview.py").get("page_link")]
    assert any(f"{RED} red 1" in label and "light=red" in query for label, query in links)


def test_a_countys_page_counts_its_lights(screens: Desk) -> None:
    project = _approved(screens)
    county = read_project(screens, project, screens.today).division["id"]
    links = [
        (link.proto.label, link.proto.query_string) for link in at("county.py", id=county).get("page_link")
    ]
    assert any(f"{RED} red 1" in label and f"county={county}" in query for label, query in links)


def test_the_list_of_agreements_shows_the_health_of_each(screens: Desk) -> None:
    _approved(screens)
    assert at("agreements.py").dataframe[0].value["health"].to_list() == [f"{RED} red"]

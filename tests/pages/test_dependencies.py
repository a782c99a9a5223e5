"""Dependencies on a project's page: entered, refused with a sentence, told with the dates that follow."""

from datetime import date
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from db.queries.dependency import dated_links
from tests.pages.project_screen import a_planned_project, at, told
from tests.services.planning import grid_of
from tracker.services.dependency import add_dependency, change_dependency
from tracker.services.desk import Desk
from tracker.services.milestone_grid import save_milestones

WAITS: dict[str, Any] = {"kind": "FS", "lag_days": 0, "in_working_days": False}


def _steps(desk: Desk, *names: str) -> tuple[int, list[int]]:
    project = a_planned_project(desk, *names)
    return project, list(grid_of(desk, project)[1])


def _labels(app: AppTest) -> str:
    return "\n".join(e.label for e in app.expander)


def _add(app: AppTest, project: int, before: int, after: int) -> AppTest:
    key = f"dependency_of_{project}_0"
    app.selectbox(key=f"{key}_successor").set_value(after).run()
    app.selectbox(key=f"{key}_predecessor").set_value(before).run()
    return app.button(key=f"{key}_save").click().run()


def test_a_dependency_is_entered_on_the_page(screens: Desk) -> None:
    project, (before, after) = _steps(screens, "选址", "建仓")
    app = _add(at("project.py", id=project), project, before, after)
    assert not app.exception
    with screens.reading() as session:
        assert [ends for _, ends, _ in dated_links(session)] == [(before, after)]
    assert "**建仓** starts after 选址 is finished" in _labels(app)


def test_without_a_choice_the_field_says_what_is_missing(screens: Desk) -> None:
    project, _ = _steps(screens, "选址", "建仓")
    app = at("project.py", id=project)
    app.button(key=f"dependency_of_{project}_0_save").click().run()
    assert "Please fill in this field." in told(app)


@pytest.mark.parametrize(("locale", "words"), [("en", "in a round"), ("zh-CN", "循环等待")])
def test_a_loop_is_refused_by_name(screens: Desk, locale: str, words: str) -> None:
    project, (before, after) = _steps(screens, "选址", "建仓")
    add_dependency(screens, after, WAITS | {"predecessor_id": before})
    app = _add(at("project.py", locale, id=project), project, after, before)
    assert words in told(app)
    assert "农村电商 · 选址 → 农村电商 · 建仓 → 农村电商 · 选址" in told(app)


@pytest.mark.parametrize(("locale", "words"), [("en", "31 days after its own date"), ("zh-CN", "晚 31 天")])
def test_a_date_that_follows_is_told_beside_its_own(screens: Desk, locale: str, words: str) -> None:
    project, (before, after) = _steps(screens, "选址", "建仓")
    add_dependency(
        screens, after, WAITS | {"predecessor_id": before, "lag_days": 31, "agreed_on": date(2020, 8, 1)}
    )
    app = at("project.py", locale, id=project, as_of="2020-08-01")
    assert words in told(app)
    assert "2020-10-02" in told(app)


def test_names_are_shown_as_they_were_typed(screens: Desk) -> None:
    project, (before, after) = _steps(screens, "选*址*", "建_仓_")
    add_dependency(screens, after, WAITS | {"predecessor_id": before})
    assert "**建\\_仓\\_** starts after 选\\*址\\* is finished" in _labels(at("project.py", id=project))


def test_a_dependency_is_removed_with_a_reason(screens: Desk) -> None:
    project, (before, after) = _steps(screens, "选址", "建仓")
    number = add_dependency(screens, after, WAITS | {"predecessor_id": before})
    app = at("project.py", id=project)
    app.button(key=f"dependency_{number}_remove").click().run()
    assert "Please give a reason." in told(app)
    app.text_input(key=f"dependency_{number}_why").set_value("记错了")
    app.button(key=f"dependency_{number}_remove").click().run()
    with screens.reading() as session:
        assert [days for _, _, days in dated_links(session)] == [(screens.today, screens.today)]


def test_the_second_of_two_editors_sees_both_values(screens: Desk) -> None:
    project, (before, after) = _steps(screens, "选址", "建仓")
    number = add_dependency(screens, after, WAITS | {"predecessor_id": before})
    app = at("project.py", id=project)
    change_dependency(screens, number, WAITS | {"lag_days": 3}, seen=1)
    app.number_input(key=f"dependency_{number}_0_lag_days").set_value(9)
    app.button(key=f"dependency_{number}_0_save").click().run()
    shown = next(r for r in app.radio if r.key == f"dependency_{number}_lag_days_choice")
    assert shown.options == ["stored: 3", "yours: 9"]


def test_removing_an_awaited_milestone_is_refused_by_name(screens: Desk) -> None:
    project, (before, after) = _steps(screens, "选址", "建仓")
    add_dependency(screens, after, WAITS | {"predecessor_id": before})
    app = at("project.py", id=project)
    app.session_state[f"grid_{project}_0"] = {"edited_rows": {}, "added_rows": [], "deleted_rows": [0]}
    app.run()
    next(t for t in app.text_input if "reason" in (t.key or "") and "grid" in (t.key or "")).set_value("多余")
    next(b for b in app.button if b.label == "Save milestones").click().run()
    assert "cannot be removed" in told(app)


def test_a_project_without_milestones_offers_no_form(screens: Desk) -> None:
    project = a_planned_project(screens, "选址")
    rows, seen = grid_of(screens, project)
    save_milestones(screens, project, [], seen=seen, reason="重来")
    assert rows
    assert "Let a milestone wait for another" not in _labels(at("project.py", id=project))


def test_a_date_beyond_the_calendar_is_refused(screens: Desk) -> None:
    project, (before, after) = _steps(screens, "选址", "建仓")
    rows, seen = grid_of(screens, project)
    rows[0]["due_on"] = date(2199, 12, 1)
    save_milestones(screens, project, rows, seen=seen)
    app = at("project.py", id=project)
    key = f"dependency_of_{project}_0"
    app.selectbox(key=f"{key}_successor").set_value(after).run()
    app.selectbox(key=f"{key}_predecessor").set_value(before)
    app.number_input(key=f"{key}_lag_days").set_value(100).run()
    app.button(key=f"{key}_save").click().run()
    assert "beyond the calendar, which ends on 2199-12-31" in told(app)

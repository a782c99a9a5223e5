"""Forecasts typed into a project's grid: the reason asked for once, kept, told when it is missing."""

from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from db.models import ForecastChange
from db.queries.forecast import forecast_changes_of
from db.queries.project import milestones_of
from tests.pages.project_screen import a_planned_project, at, told, type_into_grid
from tests.services.planning import grid_of
from tracker.services.desk import Desk
from tracker.services.forecast import change_forecast
from tracker.services.milestone_grid import save_milestones
from tracker.services.project_course import pause_project

AHEAD = "2190-06-01"
WHY = {"reason_code": "county", "note": "县里换届"}


def _moves(desk: Desk, project: int) -> list[ForecastChange]:
    with desk.reading() as session:
        return forecast_changes_of(session, [m.key for m in milestones_of(session, project)])


def _typing(project: int, locale: str = "en", **cells: object) -> AppTest:
    app = at("project.py", locale, id=project)
    type_into_grid(app, project, edited={0: cells or {"forecast_on": AHEAD}})
    return app.run()


def _explain(app: AppTest, project: int, note: str = "县里换届") -> None:
    app.selectbox(key=f"grid_{project}_why_reason_code").set_value("county")
    app.text_input(key=f"grid_{project}_why_note").set_value(note)


def _save(app: AppTest, project: int) -> AppTest:
    return app.button(key=f"grid_{project}_save").click().run()


def test_a_forecast_with_its_reason_is_saved(screens: Desk) -> None:
    project = a_planned_project(screens)
    app = _typing(project)
    _explain(app, project)
    _save(app, project)
    [move] = _moves(screens, project)
    assert (str(move.new_on), move.reason_code, move.note) == (AHEAD, "county", "县里换届")


def test_no_reason_is_asked_for_while_no_forecast_moves(screens: Desk) -> None:
    project = a_planned_project(screens)
    app = _typing(project, weight=25)
    assert f"grid_{project}_why_note" not in [t.key for t in app.text_input]


@pytest.mark.parametrize(
    ("locale", "sentence"),
    [
        ("en", "Reason of the move: Please fill in this field."),
        ("zh-CN", "调整原因: 请填写此项。"),
    ],
)
def test_a_missing_reason_is_told_and_the_forecast_stays_typed(
    screens: Desk, locale: str, sentence: str
) -> None:
    project = a_planned_project(screens)
    app = _save(_typing(project, locale), project)
    assert sentence in told(app)
    assert app.session_state[f"grid_{project}"].typed[0]["forecast_on"] == date(2190, 6, 1)


def test_a_forecast_in_the_past_is_told_with_its_row(screens: Desk) -> None:
    project = a_planned_project(screens)
    app = _typing(project, forecast_on="2020-10-01")
    _explain(app, project)
    _save(app, project)
    assert "1 启动会 · Forecast: 2020-10-01 has passed" in told(app)


def test_moving_all_dates_asks_why_forecasts_move(screens: Desk) -> None:
    project = a_planned_project(screens)
    _forecast(screens, project)
    app = at("project.py", id=project)
    app.number_input(key=f"grid_{project}_move_days").set_value(30)
    app.button(key=f"grid_{project}_move").click().run()
    _explain(app, project, "汛期顺延")
    _save(app, project)
    assert [m.note for m in _moves(screens, project)] == ["县里换届", "汛期顺延"]


def test_a_typed_reason_outlasts_a_visit_to_another_page(screens: Desk) -> None:
    project = a_planned_project(screens)
    app = _typing(project)
    _explain(app, project)
    app.run()
    app.switch_page("projects.py").run()
    app.query_params["id"] = str(project)
    app.switch_page("project.py").run()
    _save(app, project)
    assert [m.note for m in _moves(screens, project)] == ["县里换届"]


def test_the_reason_goes_with_the_values_chosen_after_a_conflict(screens: Desk) -> None:
    project = a_planned_project(screens)
    app = at("project.py", id=project)
    rows, seen = grid_of(screens, project)
    rows[0]["weight"] = 33
    save_milestones(screens, project, rows, seen=seen)
    type_into_grid(app, project, edited={0: {"weight": 25, "forecast_on": AHEAD}})
    app.run()
    _explain(app, project)
    _save(app, project)
    app.button(key=f"grid_{project}_settle").click().run()
    assert [m.note for m in _moves(screens, project)] == ["县里换届"]


@pytest.mark.parametrize(("locale", "mark"), [("en", "forecast lapsed"), ("zh-CN", "预计已过期")])
def test_a_lapsed_forecast_is_marked_in_the_grid(screens: Desk, locale: str, mark: str) -> None:
    project = a_planned_project(screens)
    _forecast(screens, project, new_on=date(2020, 10, 1), changed_on=date(2020, 8, 1))
    app = at("project.py", locale, id=project, as_of="2020-10-02")
    assert mark in app.dataframe[0].value["state"][0]


def test_the_end_of_a_pause_asks_why_forecasts_move(screens: Desk) -> None:
    project = a_planned_project(screens)
    _forecast(screens, project)
    pause_project(screens, project, {"from_on": date(2020, 8, 1), "reason": "汛期"})
    app = at("project.py", id=project)
    act = f"project_act_{project}"
    app.date_input(key=f"{act}_resumed_on").set_value(date(2020, 8, 11))
    app.checkbox(key=f"{act}_follow").check().run()
    app.selectbox(key=f"{act}_end_pause_reason_code").set_value("weather")
    app.button(key=f"{act}_end_pause").click().run()
    assert [(m.reason_code, m.note) for m in _moves(screens, project)][-1] == ("weather", "汛期")


def _forecast(desk: Desk, project: int, **values: object) -> None:
    with desk.reading() as session:
        milestone = milestones_of(session, project)[0]
    change_forecast(desk, milestone.key, WHY | {"new_on": AHEAD} | values, seen=milestone.version)

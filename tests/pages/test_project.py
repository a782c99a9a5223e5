"""A project's page: in both languages, empty, edited as a grid, approved, reported on, withdrawn."""

from datetime import date

import pytest

from db.models import Milestone, Project
from db.queries.project import baselines_of, milestones_of
from pages.components import context
from tests.pages.project_screen import a_planned_project, at, plan_of, told, type_into_grid
from tests.services.planning import an_agreement, an_opened_project, grid_of
from tracker.permissions import Person, Role
from tracker.services.agreement import archive_agreement
from tracker.services.desk import Desk
from tracker.services.evidence import meet_milestone
from tracker.services.milestone import cancel_milestone
from tracker.services.milestone_grid import save_milestones
from tracker.services.plan import approve_plan
from tracker.services.project import archive_project, change_project
from tracker.services.project_course import stop_project


def _project(desk: Desk, project: int) -> Project:
    with desk.reading() as session:
        return session.get_one(Project, project)


def _first(desk: Desk, project: int) -> Milestone:
    with desk.reading() as session:
        return milestones_of(session, project)[0]


@pytest.mark.parametrize("locale", ["en", "zh-CN"])
def test_a_project_that_is_not_there_is_said_in_a_sentence(screens: Desk, locale: str) -> None:
    app = at("project.py", locale, id=99)
    assert len(app.error) == 1


@pytest.mark.parametrize("typed", ["", "abc", "-1", "99999999999999"])
def test_an_address_edited_by_hand_is_no_error_page(screens: Desk, typed: str) -> None:
    assert len(at("project.py", id=typed).error) == 1


@pytest.mark.parametrize(("locale", "state"), [("en", "under way"), ("zh-CN", "进行中")])
def test_a_project_is_shown_with_its_state(screens: Desk, locale: str, state: str) -> None:
    app = at("project.py", locale, id=a_planned_project(screens))
    assert app.title[0].value == "农村电商"
    assert state in told(app)


def test_a_project_without_a_plan_offers_the_templates(screens: Desk) -> None:
    app = at("project.py", id=an_opened_project(screens))
    app.button(key="template_fill").click().run()
    assert len(app.session_state["grid_1"].rows) >= 8


def test_the_figures_stand_with_their_day(screens: Desk) -> None:
    app = at("project.py", id=a_planned_project(screens), as_of="2020-10-01")
    assert [m.value for m in app.metric] == ["0%", "no plan", "0/2", "2"]
    assert "As of 2020-10-01" in told(app)


def test_before_its_first_day_the_project_is_not_there(screens: Desk) -> None:
    app = at("project.py", id=a_planned_project(screens), as_of="2019-01-01")
    assert "On 2019-01-01 this project was not there yet." in told(app)


def test_a_cell_typed_into_the_grid_is_saved(screens: Desk) -> None:
    project = a_planned_project(screens)
    app = at("project.py", id=project)
    type_into_grid(app, project, edited={0: {"weight": 25}})
    app.run()
    app.button(key=f"grid_{project}_save").click().run()
    assert plan_of(screens, project) == [("启动会", 25), ("上线", 10)]


def test_a_row_added_to_the_grid_is_saved_at_its_end(screens: Desk) -> None:
    project = a_planned_project(screens)
    app = at("project.py", id=project)
    type_into_grid(app, project, added=[{"name": "验收", "due_on": "2020-12-01", "weight": 5}])
    app.run()
    app.button(key=f"grid_{project}_save").click().run()
    assert plan_of(screens, project)[-1] == ("验收", 5)


def test_rows_take_the_order_of_their_numbers(screens: Desk) -> None:
    project = a_planned_project(screens)
    app = at("project.py", id=project)
    type_into_grid(app, project, edited={0: {"place": 9}})
    app.run()
    app.button(key=f"grid_{project}_save").click().run()
    assert [name for name, _ in plan_of(screens, project)] == ["上线", "启动会"]


def test_removing_a_row_asks_why(screens: Desk) -> None:
    project = a_planned_project(screens)
    app = at("project.py", id=project)
    type_into_grid(app, project, deleted=[0])
    app.run()
    app.text_input(key=f"grid_{project}_reason").set_value("重复")
    app.button(key=f"grid_{project}_save").click().run()
    assert plan_of(screens, project) == [("上线", 10)]


def test_a_wrong_row_is_named_and_what_was_typed_stays(screens: Desk) -> None:
    project = a_planned_project(screens)
    app = at("project.py", id=project)
    type_into_grid(app, project, edited={1: {"weight": -1}})
    app.run()
    app.button(key=f"grid_{project}_save").click().run()
    assert "2 上线 · Weight: Enter a number from 0 to 10000." in told(app)
    assert app.session_state[f"grid_{project}"].typed[1]["weight"] == -1


def test_saving_an_untouched_grid_changes_nothing(screens: Desk) -> None:
    project = a_planned_project(screens)
    before = _first(screens, project).version
    at("project.py", id=project).button(key=f"grid_{project}_save").click().run()
    assert _first(screens, project).version == before


def test_a_plan_without_any_weight_is_warned_of(screens: Desk) -> None:
    project = a_planned_project(screens, "启动会")
    app = at("project.py", id=project)
    type_into_grid(app, project, edited={0: {"weight": 0}})
    assert "All weights are 0: there is no plan to measure progress by." in told(app.run())


def test_pasted_rows_are_added_to_the_grid(screens: Desk) -> None:
    project = a_planned_project(screens)
    app = at("project.py", id=project)
    app.text_area(key=f"grid_{project}_paste").set_value("验收\t2020年12月1日\t2021/1/1\t5")
    app.button(key=f"grid_{project}_paste_add").click().run()
    app.button(key=f"grid_{project}_save").click().run()
    assert plan_of(screens, project)[-1] == ("验收", 5)


def test_a_pasted_day_that_is_ambiguous_is_named(screens: Desk) -> None:
    project = a_planned_project(screens)
    app = at("project.py", id=project)
    app.text_area(key=f"grid_{project}_paste").set_value("验收\t3/4/2020")
    app.button(key=f"grid_{project}_paste_add").click().run()
    assert "row 1, Due on: “3/4/2020” can be read in more than one way." in told(app).replace("\\", "")


def test_all_dates_are_moved_in_the_grid_and_saved_with_it(screens: Desk) -> None:
    project = a_planned_project(screens)
    app = at("project.py", id=project)
    app.number_input(key=f"grid_{project}_move_days").set_value(30)
    app.button(key=f"grid_{project}_move").click().run()
    app.button(key=f"grid_{project}_save").click().run()
    assert _first(screens, project).due_on == date(2020, 10, 1)


def _conflicting(screens: Desk, project: int) -> object:
    app = at("project.py", id=project)
    rows, seen = grid_of(screens, project)
    rows[0]["weight"], rows[1]["weight"] = 33, 44
    save_milestones(screens, project, rows, seen=seen)
    type_into_grid(app, project, edited={0: {"weight": 25, "name": "动员会"}})
    app.run()
    app.button(key=f"grid_{project}_save").click().run()
    return app


def test_the_second_window_sees_both_values(screens: Desk) -> None:
    project = a_planned_project(screens)
    app = _conflicting(screens, project)
    assert app.radio(key=f"grid_{project}_0_choice").options == ["stored: 33", "yours: 25"]


@pytest.mark.parametrize(("choice", "weight"), [("theirs", 33), ("mine", 25)])
def test_the_second_window_chooses_and_keeps_all_else(screens: Desk, choice: str, weight: int) -> None:
    project = a_planned_project(screens)
    app = _conflicting(screens, project)
    app.radio(key=f"grid_{project}_0_choice").set_value(choice)
    app.button(key=f"grid_{project}_settle").click().run()
    assert plan_of(screens, project) == [("动员会", weight), ("上线", 44)]


def test_typed_rows_outlast_a_visit_to_another_page(screens: Desk) -> None:
    project = a_planned_project(screens)
    app = at("project.py", id=project)
    type_into_grid(app, project, edited={0: {"weight": 25}})
    app.run()
    app.switch_page("projects.py").run()
    app.query_params["id"] = str(project)
    app.switch_page("project.py").run()
    app.button(key=f"grid_{project}_save").click().run()
    assert plan_of(screens, project)[0] == ("启动会", 25)


def test_the_plan_is_approved_with_one_click(screens: Desk) -> None:
    project = a_planned_project(screens)
    at("project.py", id=project).button(key=f"approve_{project}_save").click().run()
    with screens.reading() as session:
        assert [b.number for b in baselines_of(session, project)] == [0]


def test_what_changed_since_the_approval_is_shown(screens: Desk) -> None:
    project = a_planned_project(screens)
    approve_plan(screens, project, date(2020, 8, 1))
    rows, seen = grid_of(screens, project)
    rows[0]["weight"] = 25
    save_milestones(screens, project, rows, seen=seen)
    assert "| 启动会 | Weight | 10 | 25 |" in told(at("project.py", id=project))


def test_a_changed_plan_is_approved_with_a_reason(screens: Desk) -> None:
    project = a_planned_project(screens)
    approve_plan(screens, project, date(2020, 8, 1))
    rows, seen = grid_of(screens, project)
    rows[0]["weight"] = 25
    save_milestones(screens, project, rows, seen=seen)
    app = at("project.py", id=project)
    app.button(key=f"approve_{project}_save").click().run()
    assert "Please give a reason." in told(app)
    app.text_input(key=f"approve_{project}_reason").set_value("县里要求")
    app.button(key=f"approve_{project}_save").click().run()
    with screens.reading() as session:
        assert [b.number for b in baselines_of(session, project)] == [0, 1]


def _submit(app: object, key: str) -> None:
    next(b for b in app.button if b.key and b.key.startswith(f"FormSubmitter:{key}-")).click().run()


def test_a_milestone_is_reported_met(screens: Desk) -> None:
    project = a_planned_project(screens)
    milestone = _first(screens, project).key
    app = at("project.py", id=project)
    app.date_input(key=f"evidence_{milestone}_met_0_day").set_value(date(2020, 9, 1))
    app.text_area(key=f"evidence_{milestone}_met_0_note").set_value("签到表")
    _submit(app, f"evidence_{milestone}_met_0")
    stored = _first(screens, project)
    assert (stored.met_on, stored.evidence_note) == (date(2020, 9, 1), "签到表")


def test_a_milestone_is_reported_met_in_part(screens: Desk) -> None:
    project = a_planned_project(screens)
    milestone = _first(screens, project).key
    app = at("project.py", id=project)
    app.segmented_control(key=f"evidence_{milestone}_act").set_value("credit").run()
    app.number_input(key=f"evidence_{milestone}_credit_0_share").set_value(40)
    _submit(app, f"evidence_{milestone}_credit_0")
    assert _first(screens, project).credit_percent == 40


def test_cancelling_a_milestone_asks_why(screens: Desk) -> None:
    project = a_planned_project(screens)
    milestone = _first(screens, project).key
    app = at("project.py", id=project)
    app.segmented_control(key=f"evidence_{milestone}_act").set_value("cancel").run()
    _submit(app, f"evidence_{milestone}_cancel")
    assert "Please give a reason." in told(app)


def test_a_cancelled_milestone_can_only_be_brought_back(screens: Desk) -> None:
    project = a_planned_project(screens, "启动会")
    milestone = _first(screens, project).key
    cancel_milestone(screens, milestone, date(2020, 8, 1), "不需要")
    app = at("project.py", id=project)
    assert app.segmented_control(key=f"evidence_{milestone}_act").options == ["Bring it back"]


def test_a_project_goes_live(screens: Desk) -> None:
    project = a_planned_project(screens)
    app = at("project.py", id=project)
    app.date_input(key=f"project_act_{project}_live_on").set_value(date(2020, 10, 1))
    app.button(key=f"project_act_{project}_live_on_save").click().run()
    assert _project(screens, project).live_on == date(2020, 10, 1)


def test_a_day_out_of_order_is_explained(screens: Desk) -> None:
    project = a_planned_project(screens)
    app = at("project.py", id=project)
    app.date_input(key=f"project_act_{project}_live_on").set_value(date(2020, 1, 1))
    app.button(key=f"project_act_{project}_live_on_save").click().run()
    assert "The end 2020-01-01 is before the start 2020-07-17." in told(app)


def test_a_project_is_stopped_with_its_reason(screens: Desk) -> None:
    project = a_planned_project(screens)
    app = at("project.py", id=project)
    app.text_input(key=f"project_act_{project}_stop_reason").set_value("县里调整规划")
    app.button(key=f"project_act_{project}_stop_save").click().run()
    assert _project(screens, project).stop_reason == "县里调整规划"


def test_a_stopped_project_says_since_when_and_why(screens: Desk) -> None:
    project = a_planned_project(screens)
    stop_project(screens, project, {"stopped_on": date(2021, 1, 1), "stop_reason": "调整"}, seen=1)
    assert "Stopped on 2021-01-01: 调整" in told(at("project.py", id=project))


def test_a_project_is_paused_and_its_plan_moved_by_the_days_it_rested(screens: Desk) -> None:
    project = a_planned_project(screens)
    app = at("project.py", id=project)
    app.date_input(key=f"project_act_{project}_from_on").set_value(date(2020, 8, 1))
    app.text_input(key=f"project_act_{project}_pause_reason").set_value("汛期")
    app.button(key=f"project_act_{project}_pause_save").click().run()
    app.date_input(key=f"project_act_{project}_resumed_on").set_value(date(2020, 8, 11))
    app.checkbox(key=f"project_act_{project}_follow").check()
    app.button(key=f"project_act_{project}_end_pause").click().run()
    assert _first(screens, project).due_on == date(2020, 9, 11)


def test_a_withdrawn_project_says_so_and_offers_no_save(screens: Desk) -> None:
    project = a_planned_project(screens)
    archive_project(screens, project, "重复录入")
    app = at("project.py", id=project)
    assert "Withdrawn, so in no count: 重复录入" in told(app)
    assert f"grid_{project}_save" not in [b.key for b in app.button]


def test_facts_are_corrected_in_the_form(screens: Desk) -> None:
    project = a_planned_project(screens)
    app = at("project.py", id=project)
    app.text_input(key=f"project_form_{project}_0_county_owner").set_value("商务局局长")
    _submit(app, f"project_form_{project}_0")
    assert _project(screens, project).county_owner == "商务局局长"


def test_a_mistake_in_the_form_is_explained_beside_the_field(screens: Desk) -> None:
    project = a_planned_project(screens)
    app = at("project.py", "zh-CN", id=project)
    app.text_input(key=f"project_form_{project}_0_name").set_value("  ")
    _submit(app, f"project_form_{project}_0")
    assert "请填写此项。" in told(app)


def test_two_people_at_the_form_see_both_values(screens: Desk) -> None:
    project = a_planned_project(screens)
    app = at("project.py", id=project)
    stored = _project(screens, project)
    values = {"name": "她的", "pillar_id": 1, "started_on": stored.started_on}
    change_project(screens, project, values, seen=stored.version)
    app.text_input(key=f"project_form_{project}_0_name").set_value("我的")
    _submit(app, f"project_form_{project}_0")
    assert app.radio(key=f"project_form_{project}_name_choice").options == ["stored: 她的", "yours: 我的"]


def test_a_second_report_on_one_milestone_sees_the_first(screens: Desk) -> None:
    project = a_planned_project(screens)
    milestone = _first(screens, project)
    app = at("project.py", id=project)
    meet_milestone(screens, milestone.key, {"met_on": date(2020, 9, 1)}, seen=milestone.version)
    app.date_input(key=f"evidence_{milestone.key}_met_0_day").set_value(date(2020, 9, 2))
    _submit(app, f"evidence_{milestone.key}_met_0")
    assert _first(screens, project).met_on == date(2020, 9, 1)


def test_a_plan_that_moved_while_it_was_looked_at_is_not_approved(screens: Desk) -> None:
    project = a_planned_project(screens)
    app = at("project.py", id=project)
    rows, seen = grid_of(screens, project)
    rows[0]["weight"] = 25
    save_milestones(screens, project, rows, seen=seen)
    app.button(key=f"approve_{project}_save").click().run()
    assert "Somebody changed the plan since you opened it." in told(app)


def test_a_reader_sees_the_plan_and_no_way_to_save(screens: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    project = a_planned_project(screens)
    monkeypatch.setattr(context, "LOCAL_ADMINISTRATOR", Person("bob", Role.viewer))
    keys = {b.key for b in at("project.py", id=project).button}
    assert not keys & {f"grid_{project}_save", f"approve_{project}_save", f"project_act_{project}_stop_save"}


def test_markup_in_a_name_is_shown_as_typed(screens: Desk) -> None:
    project = a_planned_project(screens, "<script>:red[x]$y$")
    change_project(screens, project, {"name": "**粗** $x$", "pillar_id": 1}, seen=1)
    app = at("project.py", id=project)
    assert app.title[0].value == "\\*\\*粗\\*\\* \\$x\\$"


def test_a_project_is_opened_from_an_agreement(screens: Desk) -> None:
    agreement = an_agreement(screens.database)
    app = at("project.py", agreement=agreement)
    app.selectbox(key="opening_template_id").select_index(0)
    _submit(app, "opening")
    assert _project(screens, 1).name.startswith("Liling City")


def test_a_project_just_opened_takes_the_place_of_its_form(screens: Desk) -> None:
    app = at("project.py", agreement=an_agreement(screens.database))
    app.selectbox(key="opening_template_id").select_index(0)
    _submit(app, "opening")
    assert app.title[0].value.startswith("Liling City")


def test_an_agreement_that_is_not_there_is_said_in_a_sentence(screens: Desk) -> None:
    assert len(at("project.py", agreement=99).error) == 1


def test_opening_without_a_name_is_explained(screens: Desk) -> None:
    app = at("project.py", agreement=an_agreement(screens.database))
    _submit(app, "opening")
    assert "Please fill in this field." in told(app)


def test_a_project_of_a_withdrawn_agreement_says_why_it_is_in_no_count(screens: Desk) -> None:
    project = a_planned_project(screens)
    archive_agreement(screens, 1, "重复")
    assert "Its agreement is withdrawn" in told(at("project.py", id=project))

"""How a project is reported on, on its page: the form, reviews, requests and risks, in both languages."""

from datetime import date
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from pages.components import context
from tests.pages.project_screen import at, told
from tests.services.reporting import MOVED_TO, REPORTED, a_reported_project, an_update, milestone, moving
from tracker.permissions import Person, Role
from tracker.services.desk import Desk
from tracker.services.evidence import meet_milestone
from tracker.services.project_update import accept_update, read_updates, return_update, send_update
from tracker.services.risk import change_risk, close_risk, open_risk, read_risks
from tracker.services.update_request import ask_for_update, read_requests

LOCALES = ["en", "zh-CN"]


def _screen(project: int, locale: str = "en", **address: object) -> AppTest:
    return at("project.py", locale, id=project, section="updates", **address)


def _press(app: AppTest, key: str) -> AppTest:
    app.button(key=key).click().run()
    assert not app.exception
    return app


def _form_key(project: int, field: str, turn: int = 1) -> str:
    return f"update_{project}_{turn}_{field}"


def _asked(desk: Desk, project: int, **changed: Any) -> int:
    return ask_for_update(desk, project, {"due_on": desk.today, "question": "何时上线?"} | changed)


def _as(monkeypatch: pytest.MonkeyPatch, role: Role) -> None:
    monkeypatch.setattr(context, "LOCAL_ADMINISTRATOR", Person("somebody", role))


@pytest.mark.parametrize(("locale", "words"), [("en", "No update yet"), ("zh-CN", "还没有进展更新")])
def test_a_project_nobody_reported_on_says_so(screens: Desk, locale: str, words: str) -> None:
    project, _ = a_reported_project(screens)
    assert words in told(_screen(project, locale))


def test_a_text_is_sent(screens: Desk) -> None:
    project, _ = a_reported_project(screens)
    app = _screen(project)
    app.text_area(key=_form_key(project, "text")).set_value("选址已定")
    _press(app, _form_key(project, "-sent"))
    [sheet] = read_updates(screens, project)
    assert (sheet.update["text"], sheet.update["reported_on"]) == ("选址已定", screens.today)
    assert app.text_area(key=_form_key(project, "text", 2)).value == ""


def test_no_change_takes_one_tap(screens: Desk) -> None:
    project, _ = a_reported_project(screens)
    app = _press(_screen(project), _form_key(project, "-no_change"))
    assert read_updates(screens, project)[0].update["is_no_change"]
    assert "Nothing has changed." in told(app)


def test_an_update_without_a_text_is_explained_and_kept(screens: Desk) -> None:
    project, _ = a_reported_project(screens)
    app = _screen(project)
    app.number_input(key=_form_key(project, "reported_percent")).set_value(40)
    _press(app, _form_key(project, "-sent"))
    assert "Please fill in this field." in told(app)
    assert app.number_input(key=_form_key(project, "reported_percent")).value == 40
    assert read_updates(screens, project) == []


def test_no_change_with_news_is_refused_and_the_news_kept(screens: Desk) -> None:
    project, _ = a_reported_project(screens)
    app = _screen(project)
    app.number_input(key=_form_key(project, "reported_percent")).set_value(40)
    _press(app, _form_key(project, "-no_change"))
    assert "cannot carry a percentage" in told(app)
    assert read_updates(screens, project) == []


@pytest.mark.parametrize("locale", LOCALES)
def test_a_milestone_whose_day_moves_gets_a_forecast(screens: Desk, locale: str) -> None:
    project, [first, _] = a_reported_project(screens)
    app = _screen(project, locale)
    app.text_area(key=_form_key(project, "text")).set_value("设备未到")
    app.multiselect(key=_form_key(project, "moved")).set_value([first]).run()
    app.date_input(key=_form_key(project, f"new_on_{first}")).set_value(date(2199, 1, 1))
    app.selectbox(key=_form_key(project, f"reason_code_{first}")).set_value("supply")
    app.text_input(key=_form_key(project, f"note_{first}")).set_value("厂家延期")
    _press(app, _form_key(project, "-sent"))
    [forecast] = read_updates(screens, project)[0].forecasts
    assert (forecast["milestone"], forecast["new_on"]) == ("选址", date(2199, 1, 1))


def test_a_forecast_without_its_reason_is_told_beside_it(screens: Desk) -> None:
    project, [first, _] = a_reported_project(screens)
    app = _screen(project)
    app.text_area(key=_form_key(project, "text")).set_value("设备未到")
    app.multiselect(key=_form_key(project, "moved")).set_value([first]).run()
    _press(app, _form_key(project, "-sent"))
    assert told(app).count("Please fill in this field.") == 3


def test_a_new_risk_is_in_the_log(screens: Desk) -> None:
    project, _ = a_reported_project(screens)
    app = _screen(project)
    app.text_area(key=_form_key(project, "text")).set_value("连日降雨")
    _press(app, _form_key(project, "-risk"))
    app.text_input(key=_form_key(project, "title_r1")).set_value("汛期停工")
    app.selectbox(key=_form_key(project, "likelihood_r1")).set_value(5)
    _press(app, _form_key(project, "-sent"))
    assert [(risk.title, risk.likelihood) for risk in read_risks(screens, project)] == [("汛期停工", 5)]


def test_what_was_typed_is_there_after_a_reload(screens: Desk) -> None:
    project, [first, _] = a_reported_project(screens)
    app = _screen(project)
    app.text_area(key=_form_key(project, "text")).set_value("还没写完")
    app.multiselect(key=_form_key(project, "moved")).set_value([first]).run()
    again = _screen(project)
    assert again.text_area(key=_form_key(project, "text")).value == "还没写完"
    assert again.multiselect(key=_form_key(project, "moved")).value == [first]


def test_a_second_press_sends_nothing_more(screens: Desk) -> None:
    project, _ = a_reported_project(screens)
    app = _screen(project)
    token = app.session_state[f"update_{project}_.form"]["content"]["token"]
    _press(app, _form_key(project, "-no_change"))
    app.session_state[f"update_asked_{project}"] = ("no_change", token)
    app.run()
    assert len(read_updates(screens, project)) == 1


@pytest.mark.parametrize(("locale", "words"), [("en", "Accepted on"), ("zh-CN", "审核通过")])
def test_a_lead_accepts_an_update(screens: Desk, locale: str, words: str) -> None:
    project, [first, _] = a_reported_project(screens)
    update = send_update(screens, project, an_update(forecasts=[moving(first)]))
    app = _press(_screen(project, locale), f"update_{update}_accept")
    assert words in told(app)
    assert milestone(screens, first).forecast_on == MOVED_TO


def test_a_forecast_left_out_is_told(screens: Desk) -> None:
    project, [first, _] = a_reported_project(screens)
    update = send_update(screens, project, an_update(forecasts=[moving(first)]))
    meet_milestone(screens, first, {"met_on": REPORTED}, seen=milestone(screens, first).version)
    app = _press(_screen(project), f"update_{update}_accept")
    assert "left out" in told(app)


def test_returning_without_a_note_is_refused(screens: Desk) -> None:
    project, _ = a_reported_project(screens)
    update = send_update(screens, project, an_update())
    app = _press(_screen(project), f"update_{update}_return")
    assert "Please give a reason." in told(app)
    assert read_updates(screens, project)[0].is_waiting


@pytest.mark.parametrize("locale", LOCALES)
def test_a_returned_update_says_what_is_missing(screens: Desk, locale: str) -> None:
    project, _ = a_reported_project(screens)
    update = send_update(screens, project, an_update())
    app = _screen(project, locale)
    app.text_area(key=f"update_{update}_note").set_value("请写明地点")
    _press(app, f"update_{update}_return")
    assert "请写明地点" in told(app)


def test_a_returned_update_is_corrected_and_sent_again(screens: Desk) -> None:
    project, [first, _] = a_reported_project(screens)
    update = send_update(screens, project, an_update(forecasts=[moving(first)]))
    return_update(screens, update, "请写明地点")
    app = _press(_screen(project), f"update_{update}_correct")
    assert app.text_area(key=_form_key(project, "text", 2)).value == "选址已定"
    app.text_area(key=_form_key(project, "text", 2)).set_value("选址定在城南")
    _press(app, _form_key(project, "-sent", 2))
    newest = read_updates(screens, project)[0]
    assert (newest.update["text"], newest.forecasts[0]["new_on"]) == ("选址定在城南", MOVED_TO)


def test_the_second_to_decide_is_told(screens: Desk) -> None:
    project, _ = a_reported_project(screens)
    update = send_update(screens, project, an_update())
    app = _screen(project)
    accept_update(screens, update)
    app.button(key=f"update_{update}_accept").click().run()
    assert not app.exception
    assert "Accepted on" in told(app)


def test_an_update_entered_in_error_is_withdrawn_and_restored(screens: Desk) -> None:
    project, _ = a_reported_project(screens)
    update = send_update(screens, project, an_update())
    app = _screen(project)
    app.text_input(key=f"update_{update}_reason").set_value("填错项目")
    _press(app, f"update_{update}_withdraw")
    assert "Withdrawn: 填错项目" in told(app)
    _press(app, f"update_{update}_restore")
    assert read_updates(screens, project)[0].is_waiting


def test_only_the_newest_updates_are_drawn_until_all_are_asked_for(screens: Desk) -> None:
    project, _ = a_reported_project(screens)
    for number in range(7):
        send_update(screens, project, an_update(text=f"第{number}次"))
    app = _screen(project)
    assert [t.value for t in app.text] == [f"第{n}次" for n in (6, 5, 4, 3, 2)]
    app.toggle(key=f"updates_{project}_all").set_value(True).run()
    assert len(app.text) == 7


def test_an_editor_sees_no_review_buttons(screens: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    project, _ = a_reported_project(screens)
    update = send_update(screens, project, an_update())
    _as(monkeypatch, Role.editor)
    keys = {button.key for button in _screen(project).button}
    assert f"update_{update}_accept" not in keys
    assert _form_key(project, "-sent") in keys


def test_a_viewer_sees_no_form(screens: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    project, _ = a_reported_project(screens)
    send_update(screens, project, an_update())
    _as(monkeypatch, Role.viewer)
    app = _screen(project)
    assert [t.value for t in app.text] == ["选址已定"]
    assert not app.text_area


@pytest.mark.parametrize("locale", LOCALES)
def test_a_lead_asks_for_an_update(screens: Desk, locale: str) -> None:
    project, _ = a_reported_project(screens)
    app = _screen(project, locale)
    app.text_area(key=f"request_{project}_0_question").set_value("何时上线?")
    label = {"en": "Ask", "zh-CN": "催报"}[locale]
    _press(app, f"FormSubmitter:request_{project}_0-{label}")
    assert [r.question for r in read_requests(screens, project)] == ["何时上线?"]
    assert "何时上线?" in told(app)


def test_a_request_without_a_question_is_explained(screens: Desk) -> None:
    project, _ = a_reported_project(screens)
    app = _press(_screen(project), f"FormSubmitter:request_{project}_0-Ask")
    assert "Please fill in this field." in told(app)


def test_the_second_to_ask_is_told_who_did(screens: Desk) -> None:
    project, _ = a_reported_project(screens)
    app = _screen(project)
    app.text_area(key=f"request_{project}_0_question").set_value("何时上线?")
    _asked(screens, project)
    app.button(key=f"FormSubmitter:request_{project}_0-Ask").click().run()
    assert not app.exception
    assert len(read_requests(screens, project)) == 1


@pytest.mark.parametrize(("locale", "words"), [("en", "overdue by 3 days"), ("zh-CN", "已逾期 3 天")])
def test_an_overdue_request_says_by_how_long(screens: Desk, locale: str, words: str) -> None:
    project, _ = a_reported_project(screens)
    days = {"asked_on": date(2020, 8, 1), "due_on": date(2020, 8, 4)}
    _asked(screens, project, **days)
    assert words in told(_screen(project, locale, as_of="2020-08-07"))


def test_an_update_answers_the_open_request(screens: Desk) -> None:
    project, _ = a_reported_project(screens)
    request = _asked(screens, project)
    app = _press(_screen(project), _form_key(project, "-no_change"))
    [sheet] = read_requests(screens, project)
    assert [answer.request_id for answer in sheet.answers] == [request]
    assert "waits for review" in told(app)


def test_an_update_may_leave_the_request_open(screens: Desk) -> None:
    project, _ = a_reported_project(screens)
    _asked(screens, project)
    app = _screen(project)
    app.checkbox(key=_form_key(project, "answers")).set_value(False)
    _press(app, _form_key(project, "-no_change"))
    assert read_requests(screens, project)[0].answers == ()


def test_a_closed_request_tells_asker_due_day_answer_and_review(screens: Desk) -> None:
    project, _ = a_reported_project(screens)
    request = _asked(screens, project)
    accept_update(screens, send_update(screens, project, an_update(request_id=request)))
    text = told(_screen(project))
    assert "asked for an update on" in text
    assert f"due on {screens.today}" in text
    assert "Answer of 2020-08-03" in text
    assert f"Answered on {screens.today}" in text


def test_a_request_is_withdrawn_with_a_reason(screens: Desk) -> None:
    project, _ = a_reported_project(screens)
    request = _asked(screens, project)
    app = _screen(project)
    app.text_input(key=f"request_{request}_reason").set_value("已电话说明")
    _press(app, f"request_{request}_withdraw")
    assert "已电话说明" in told(app)


@pytest.mark.parametrize("locale", LOCALES)
def test_a_risk_is_entered_in_the_log(screens: Desk, locale: str) -> None:
    project, _ = a_reported_project(screens)
    app = _screen(project, locale)
    app.text_input(key=f"risk_of_{project}_0_title").set_value("汛期停工")
    app.selectbox(key=f"risk_of_{project}_0_impact").set_value(5)
    label = {"en": "Save", "zh-CN": "保存"}[locale]
    _press(app, f"FormSubmitter:risk_of_{project}_0-{label}")
    assert [(risk.title, risk.impact) for risk in read_risks(screens, project)] == [("汛期停工", 5)]


def test_a_risk_without_a_title_is_explained(screens: Desk) -> None:
    project, _ = a_reported_project(screens)
    app = _press(_screen(project), f"FormSubmitter:risk_of_{project}_0-Save")
    assert "Please fill in this field." in told(app)


@pytest.mark.parametrize(("locale", "words"), [("en", "20 severe exposure"), ("zh-CN", "20 重大风险")])
def test_a_risk_stands_with_its_exposure_in_words(screens: Desk, locale: str, words: str) -> None:
    project, _ = a_reported_project(screens)
    open_risk(screens, project, {"title": "汛期停工", "likelihood": 4, "impact": 5})
    assert any(words in expander.label for expander in _screen(project, locale).expander)


def test_a_risk_past_its_day_says_so(screens: Desk) -> None:
    project, _ = a_reported_project(screens)
    open_risk(screens, project, {"title": "汛期停工", "due_on": date(2020, 8, 1)}, on=REPORTED)
    app = _screen(project, as_of="2020-08-03")
    assert any("overdue by 2 days" in expander.label for expander in app.expander)


def test_the_second_to_change_a_risk_chooses_field_by_field(screens: Desk) -> None:
    project, _ = a_reported_project(screens)
    risk = open_risk(screens, project, {"title": "汛期停工"})
    app = _screen(project)
    app.text_input(key=f"risk_{risk}_0_owner").set_value("县农业局")
    change_risk(screens, risk, {"title": "汛期停工", "owner": "县商务局"}, seen=1)
    _press(app, f"FormSubmitter:risk_{risk}_0-Save")
    assert "县商务局" in str([radio.options for radio in app.radio])
    _press(app, f"risk_{risk}_settle")
    assert read_risks(screens, project)[0].owner == "县农业局"


def test_a_risk_is_closed_with_a_note_and_taken_up_again(screens: Desk) -> None:
    project, _ = a_reported_project(screens)
    risk = open_risk(screens, project, {"title": "汛期停工"})
    app = _press(_screen(project), f"risk_{risk}_close")
    assert "Please fill in this field." in told(app)
    app.text_area(key=f"risk_{risk}_note").set_value("未发生")
    _press(app, f"risk_{risk}_close")
    assert read_risks(screens, project)[0].closing_note == "未发生"
    app.toggle(key=f"risks_{project}").set_value(True).run()
    app.text_input(key=f"risk_{risk}_reopen_reason").set_value("又现")
    _press(app, f"risk_{risk}_reopen")
    assert read_risks(screens, project)[0].closed_on is None


def test_a_risk_closed_meanwhile_is_said_to_be(screens: Desk) -> None:
    project, _ = a_reported_project(screens)
    risk = open_risk(screens, project, {"title": "汛期停工"})
    app = _screen(project)
    app.text_area(key=f"risk_{risk}_note").set_value("未发生")
    close_risk(screens, risk, {"closed_on": screens.today, "closing_note": "已排除"}, seen=1)
    app.button(key=f"risk_{risk}_close").click().run()
    assert not app.exception
    assert read_risks(screens, project)[0].closing_note == "已排除"

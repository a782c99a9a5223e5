"""Reporting on a milestone: with a link or a witness, before its start, taken back; and what is shown."""

from datetime import date
from io import BytesIO

import pytest
from streamlit.testing.v1 import AppTest

from db.models import Milestone
from db.queries.project import milestones_of
from tests.pages.project_screen import at, told
from tests.services.planning import a_row, an_opened_project
from tracker.services.desk import Desk
from tracker.services.document import store_upload
from tracker.services.evidence import credit_milestone, meet_milestone, unmeet_milestone
from tracker.services.forecast import change_forecast
from tracker.services.milestone_grid import save_milestones

SEPTEMBER = date(2020, 9, 1)
MET = {"met_on": SEPTEMBER, "evidence_link": "https://example.com/a(1)?b=$1$"}


def _milestone(desk: Desk, **values: object) -> Milestone:
    project = an_opened_project(desk)
    save_milestones(desk, project, [a_row(**values)], seen={})
    return _stored(desk, project)


def _stored(desk: Desk, project: int) -> Milestone:
    with desk.reading() as session:
        return milestones_of(session, project)[0]


def _report(app: AppTest, milestone: Milestone, on: date = SEPTEMBER, **fields: str) -> AppTest:
    form = f"evidence_{milestone.key}_met_0"
    app.date_input(key=f"{form}_day").set_value(on)
    for name, value in fields.items():
        app.text_input(key=f"{form}_{name}").set_value(value)
    return _send(app, form)


def _send(app: AppTest, form: str) -> AppTest:
    return next(b for b in app.button if b.key and b.key.startswith(f"FormSubmitter:{form}-")).click().run()


@pytest.mark.parametrize(
    ("locale", "sentence"),
    [
        ("en", "is a key milestone or a landing gate: to be met it needs a file, a link or a named witness."),
        ("zh-CN", "是关键节点或落地节点：完成须有文件、链接或指名的见证人作为佐证。"),
    ],
)
def test_missing_evidence_is_told_beside_the_upload(screens: Desk, locale: str, sentence: str) -> None:
    milestone = _milestone(screens, is_gate=True)
    app = _report(at("project.py", locale, id=milestone.project_id), milestone)
    assert sentence in told(app)


@pytest.mark.parametrize(
    "proof", [{"evidence_link": "https://example.com"}, {"evidence_witness": "商务局副局长"}]
)
def test_a_gate_is_met_with_a_link_or_a_witness(screens: Desk, proof: dict[str, str]) -> None:
    milestone = _milestone(screens, is_gate=True)
    _report(at("project.py", id=milestone.project_id), milestone, **proof)
    stored = _stored(screens, milestone.project_id)
    assert (stored.met_on, {name: getattr(stored, name) for name in proof}) == (SEPTEMBER, proof)


def test_a_link_that_does_not_open_is_told_beside_it(screens: Desk) -> None:
    milestone = _milestone(screens)
    app = at("project.py", id=milestone.project_id)
    _report(app, milestone, evidence_link="javascript:alert(1)")
    assert "it must begin with http:// or https://" in told(app).replace("\\", "")


def test_a_day_before_the_start_is_confirmed_and_saved(screens: Desk) -> None:
    milestone = _milestone(screens, start_on=SEPTEMBER)
    app = _report(at("project.py", id=milestone.project_id), milestone, date(2020, 8, 31))
    app.checkbox(key=f"evidence_{milestone.key}_met_0_confirmed").check()
    _send(app, f"evidence_{milestone.key}_met_0")
    assert _stored(screens, milestone.project_id).met_on == date(2020, 8, 31)


def test_a_day_before_the_start_is_not_saved_unconfirmed(screens: Desk) -> None:
    milestone = _milestone(screens, start_on=SEPTEMBER)
    app = _report(at("project.py", id=milestone.project_id), milestone, date(2020, 8, 31))
    _send(app, f"evidence_{milestone.key}_met_0")
    assert _stored(screens, milestone.project_id).met_on is None


@pytest.mark.parametrize(
    ("share", "sentence"),
    [
        (0, "0 % is not met in part."),
        (100, "100 % is not a part: say that the milestone is met."),
        (101, "101 % is more than the whole"),
    ],
)
def test_a_share_that_is_none_gets_its_own_sentence(screens: Desk, share: int, sentence: str) -> None:
    milestone = _milestone(screens)
    app = at("project.py", id=milestone.project_id)
    app.segmented_control(key=f"evidence_{milestone.key}_act").set_value("credit").run()
    app.number_input(key=f"evidence_{milestone.key}_credit_0_share").set_value(share)
    _send(app, f"evidence_{milestone.key}_credit_0")
    assert sentence in told(app)


@pytest.mark.parametrize(
    ("locale", "sentence"),
    [("en", "Met on 2020-09-01, recorded on {}"), ("zh-CN", "2020-09-01 完成，{} 登记")],
)
def test_met_and_recorded_are_shown_apart(screens: Desk, locale: str, sentence: str) -> None:
    milestone = _milestone(screens)
    meet_milestone(screens, milestone.key, MET, seen=1)
    app = at("project.py", locale, id=milestone.project_id)
    assert sentence.format(screens.today) in told(app)


def test_a_link_is_shown_to_be_clicked(screens: Desk) -> None:
    milestone = _milestone(screens)
    meet_milestone(screens, milestone.key, MET, seen=1)
    links = at("project.py", id=milestone.project_id).get("link_button")
    assert [link.proto.url for link in links] == [MET["evidence_link"]]


def test_files_are_named_beside_what_they_prove(screens: Desk) -> None:
    milestone = _milestone(screens)
    stored = store_upload(screens, "验收单.pdf", BytesIO(b"%PDF-1.7\n1 0 obj\n"))
    meet_milestone(screens, milestone.key, {"met_on": SEPTEMBER}, seen=1, evidence=stored)
    assert "Files: 验收单\\.pdf" in told(at("project.py", id=milestone.project_id))


def test_what_was_stored_past_the_product_is_no_link(screens: Desk) -> None:
    milestone = _milestone(screens)
    meet_milestone(screens, milestone.key, {"met_on": SEPTEMBER}, seen=1)
    with screens.transaction() as work:
        stored = work.get(Milestone, milestone.key)
        stored.evidence_link = "javascript:alert(1)"
        work.save(stored)
    app = at("project.py", id=milestone.project_id)
    assert len(app.get("link_button")) == 0
    assert "javascript" in told(app)


def test_what_was_taken_back_is_told_with_its_reason(screens: Desk) -> None:
    milestone = _milestone(screens)
    meet_milestone(screens, milestone.key, {"met_on": SEPTEMBER}, seen=1)
    unmeet_milestone(screens, milestone.key, "验收未通过", seen=2)
    app = at("project.py", id=milestone.project_id)
    assert "Reported as met on 2020-09-01: taken back – 验收未通过" in told(app)


def test_a_milestone_is_taken_back_with_a_reason(screens: Desk) -> None:
    milestone = _milestone(screens)
    meet_milestone(screens, milestone.key, {"met_on": SEPTEMBER}, seen=1)
    app = at("project.py", id=milestone.project_id)
    app.segmented_control(key=f"evidence_{milestone.key}_act").set_value("unmet").run()
    app.text_input(key=f"evidence_{milestone.key}_unmet_reason").set_value("验收未通过")
    _send(app, f"evidence_{milestone.key}_unmet")
    assert _stored(screens, milestone.project_id).met_on is None


def test_a_share_that_stands_is_said_before_the_whole_is_taken_back(screens: Desk) -> None:
    milestone = _milestone(screens)
    values = {"credit_percent": 60, "credited_on": SEPTEMBER}
    credit_milestone(screens, milestone.key, values, seen=1)
    meet_milestone(screens, milestone.key, {"met_on": date(2020, 9, 15)}, seen=2)
    app = at("project.py", id=milestone.project_id)
    app.segmented_control(key=f"evidence_{milestone.key}_act").set_value("unmet").run()
    assert "The 60 % stated as of 2020-09-01 stand." in told(app)


@pytest.mark.parametrize(
    ("locale", "sentence"),
    [
        ("en", "Forecast: none → **2190-06-01** · county side – 县里换届"),
        ("zh-CN", "预计: 无 → **2190-06-01** · 县方 – 县里换届"),
    ],
)
def test_each_move_of_the_forecast_is_told(screens: Desk, locale: str, sentence: str) -> None:
    milestone = _milestone(screens)
    values = {"new_on": date(2190, 6, 1), "reason_code": "county", "note": "县里换届"}
    change_forecast(screens, milestone.key, values, seen=1)
    assert sentence in told(at("project.py", locale, id=milestone.project_id))


def test_markup_in_evidence_is_shown_as_typed(screens: Desk) -> None:
    milestone = _milestone(screens)
    values = {"met_on": SEPTEMBER, "evidence_witness": ":red[x] $y$", "evidence_note": "**粗** <b>"}
    meet_milestone(screens, milestone.key, values, seen=1)
    app = at("project.py", id=milestone.project_id)
    assert "Witness: \\:red\\[x\\] \\$y\\$" in told(app)
    assert "\\*\\*粗\\*\\* \\<b\\>" in told(app)


def _forecasting(milestone: Milestone, locale: str = "en") -> AppTest:
    app = at("project.py", locale, id=milestone.project_id)
    return app.segmented_control(key=f"evidence_{milestone.key}_act").set_value("forecast").run()


def _forecast(app: AppTest, milestone: Milestone, day: date | None, note: str = "县里换届") -> AppTest:
    form = f"evidence_{milestone.key}_forecast_0"
    app.date_input(key=f"{form}_new_on").set_value(day)
    app.selectbox(key=f"{form}_reason_code").set_value("county")
    app.text_input(key=f"{form}_note").set_value(note)
    return _send(app, form)


def test_a_forecast_is_given_beside_the_grid(screens: Desk) -> None:
    milestone = _milestone(screens)
    _forecast(_forecasting(milestone), milestone, date(2190, 6, 1))
    assert _stored(screens, milestone.project_id).forecast_on == date(2190, 6, 1)


@pytest.mark.parametrize(("locale", "sentence"), [("en", "Please fill in"), ("zh-CN", "请填写此项。")])
def test_a_forecast_without_a_line_about_it_is_not_saved(screens: Desk, locale: str, sentence: str) -> None:
    milestone = _milestone(screens)
    app = _forecast(_forecasting(milestone, locale), milestone, date(2190, 6, 1), note=" ")
    assert sentence in told(app)
    assert _stored(screens, milestone.project_id).forecast_on is None


def test_the_second_of_two_forecasts_sees_the_first(screens: Desk) -> None:
    milestone = _milestone(screens)
    app = _forecasting(milestone)
    values = {"new_on": date(2190, 6, 1), "reason_code": "county", "note": "县里换届"}
    change_forecast(screens, milestone.key, values, seen=1)
    _forecast(app, milestone, date(2190, 7, 1))
    choice = app.radio(key=f"evidence_{milestone.key}_forecast_forecast_on_choice")
    assert choice.options == ["stored: 2190\\-06\\-01", "yours: 2190\\-07\\-01"]
    app.button(key=f"evidence_{milestone.key}_forecast_settle").click().run()
    assert _stored(screens, milestone.project_id).forecast_on == date(2190, 7, 1)

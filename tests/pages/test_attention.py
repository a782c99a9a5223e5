"""What needs attention: said in a sentence, with who must act and the way there, in both languages."""

from datetime import date
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from pages.components import context
from tests.agreement_samples import LILING, log_values
from tests.conftest import division_id
from tests.pages.list_screen import DEMO_DAY, counted, follow, look
from tests.pages.project_screen import told
from tests.services.planning import SIGNED_ON
from tests.services.reporting import REPORTED, a_reported_project, an_update
from tracker.permissions import Person, Role
from tracker.services.agreement import log_agreements
from tracker.services.desk import Desk
from tracker.services.project import change_project
from tracker.services.project_update import return_update, send_update
from tracker.services.risk import open_risk
from tracker.services.update_request import ask_for_update

FLOOD = {"title": "汛期停工", "likelihood": 4, "impact": 5}
AT = {"as_of": ["2020-08-10"]}


def _links(app: AppTest) -> list[str]:
    return [link.label for link in app.get("page_link") if link.proto.page in ("project", "agreement")]


def _owned(desk: Desk, owner: str) -> int:
    project, _ = a_reported_project(desk)
    facts = {"name": "农村电商", "pillar_id": 1, "owner": owner, "started_on": SIGNED_ON}
    change_project(desk, project, facts, seen=1)
    return project


def _asked(desk: Desk, project: int, **changed: Any) -> int:
    days = {"asked_on": date(2020, 8, 1), "due_on": date(2020, 8, 8), "question": "何时上线?"}
    return ask_for_update(desk, project, days | changed)


@pytest.mark.parametrize(("locale", "title"), [("en", "Attention"), ("zh-CN", "待办事项")])
def test_an_empty_database_shows_how_to_begin(screens: Desk, locale: str, title: str) -> None:
    app = look("attention.py", locale=locale)
    assert app.title[0].value == title
    assert any("python -m tracker demo" in code.value for code in app.code)


@pytest.mark.parametrize(("locale", "words"), [("en", "Nothing waits"), ("zh-CN", "没有待办事项")])
def test_nothing_to_do_says_so(screens: Desk, locale: str, words: str) -> None:
    a_reported_project(screens)
    assert words in told(look("attention.py", AT, locale))


@pytest.mark.parametrize(
    ("locale", "words"),
    [("en", "overdue by 2 days · to act: 区域经理"), ("zh-CN", "已逾期 2 天 · 待办人：区域经理")],
)
def test_an_overdue_request_names_who_must_act(screens: Desk, locale: str, words: str) -> None:
    _asked(screens, _owned(screens, "区域经理"))
    assert words in told(look("attention.py", AT, locale))


def test_a_request_with_an_answer_waits_for_a_lead(screens: Desk) -> None:
    project = _owned(screens, "区域经理")
    request = _asked(screens, project)
    send_update(screens, project, an_update(request_id=request))
    text = told(look("attention.py", AT))
    assert "an answer waits for review · to act: a lead" in text
    assert "the update of 2020-08-03 waits for review · to act: a lead" in text


def test_a_returned_update_waits_for_a_correction(screens: Desk) -> None:
    project = _owned(screens, "")
    return_update(screens, send_update(screens, project, an_update()), "请补充", on=REPORTED)
    assert "waits for a correction · to act: no owner is named" in told(look("attention.py", AT))


@pytest.mark.parametrize(("locale", "words"), [("en", "20, severe exposure"), ("zh-CN", "20，重大风险")])
def test_a_heavy_risk_stands_with_its_exposure(screens: Desk, locale: str, words: str) -> None:
    open_risk(screens, _owned(screens, "区域经理"), FLOOD, on=REPORTED)
    assert words in told(look("attention.py", AT, locale))


def test_a_row_leads_to_where_it_is_dealt_with(screens: Desk) -> None:
    project = _owned(screens, "区域经理")
    open_risk(screens, project, FLOOD, on=REPORTED)
    app = look("attention.py", AT)
    [link] = [link for link in app.get("page_link") if link.proto.page == "project"]
    assert any("汛期停工" in expander.label for expander in follow(link).expander)


def test_only_the_first_rows_are_drawn_and_the_rest_is_a_table(screens: Desk) -> None:
    project = _owned(screens, "区域经理")
    for number in range(7):
        open_risk(screens, project, FLOOD | {"title": f"风险{number}"}, on=REPORTED)
    app = look("attention.py", AT)
    assert "Heavy or overdue risks (7)" in app.subheader[0].value
    assert len(_links(app)) == 5
    [everything] = [link for link in app.get("page_link") if link.label == ":primary[All 7]"]
    assert counted(follow(everything)) == 7


def test_a_table_says_what_waits_in_plain_words(screens: Desk) -> None:
    open_risk(screens, _owned(screens, "区域经理"), FLOOD | {"title": "*汛期*"}, on=REPORTED)
    rows = look("attention.py", AT | {"kind": ["risk"]}).dataframe[0].value
    assert list(rows["told"]) == ["“*汛期*”: 20, severe exposure"]
    assert list(rows["acts"]) == ["区域经理"]


@pytest.mark.parametrize(("owner", "rows"), [("县专员", 1), ("区域经理", 0)])
def test_the_list_is_kept_to_an_owner_of_a_risk_too(screens: Desk, owner: str, rows: int) -> None:
    open_risk(screens, _owned(screens, "区域经理"), FLOOD | {"owner": "县专员"}, on=REPORTED)
    assert len(_links(look("attention.py", AT | {"owner": [owner]}))) == rows


def test_one_press_shows_only_what_is_mine(screens: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    open_risk(screens, _owned(screens, "区域经理"), FLOOD, on=REPORTED)
    monkeypatch.setattr(context, "LOCAL_ADMINISTRATOR", Person("区域经理", Role.administrator))
    app = look("attention.py", AT)
    app.button(key="attention_mine").click().run()
    assert app.query_params["owner"] == "区域经理"
    assert len(_links(app)) == 1


def test_the_list_is_kept_to_a_region(screens: Desk) -> None:
    open_risk(screens, _owned(screens, "区域经理"), FLOOD, on=REPORTED)
    hebei = division_id(screens.database, "130000")
    assert _links(look("attention.py", AT | {"region": [str(hebei)]})) == []


def test_before_it_was_asked_a_request_does_not_wait(screens: Desk) -> None:
    _asked(screens, _owned(screens, "区域经理"))
    assert _links(look("attention.py", {"as_of": ["2020-07-31"]})) == []


def test_an_agreement_to_decide_on_opens_the_agreement(screens: Desk) -> None:
    log_agreements(screens, log_values(screens, LILING, term_months=12), "one")
    app = look("attention.py", {"as_of": ["2021-06-01"]})
    [link] = [link for link in app.get("page_link") if link.proto.page == "agreement"]
    assert follow(link).title[0].value
    assert "ends on 2021-07-16" in told(app)


@pytest.mark.parametrize("locale", ["en", "zh-CN"])
def test_the_example_content_is_shown(demonstration: Desk, locale: str) -> None:
    app = look("attention.py", DEMO_DAY, locale)
    assert app.subheader
    assert _links(app)


@pytest.mark.parametrize(
    "kind", ["request", "review", "plan", "light", "key", "forecast", "conflict", "term", "risk", "override"]
)
def test_each_kind_opens_as_a_table(demonstration: Desk, kind: str) -> None:
    assert look("attention.py", DEMO_DAY | {"kind": [kind]}).title[0].value == "Attention"

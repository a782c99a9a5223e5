"""The S-curve and the milestone trend on the pages of projects, agreements and regions."""

import json
from datetime import date
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.list_screen import DEMO_DAY, look
from tests.pages.project_screen import a_planned_project, at, told
from tracker.services.desk import Desk
from tracker.services.plan import approve_plan
from tracker.services.project_sheet import read_project

APPROVED = date(2020, 8, 1)
DAY = "2020-08-15"


def _titles(app: AppTest) -> list[str]:
    specs = [json.loads(chart.proto.spec) for chart in app.get("vega_lite_chart")]
    return ["".join(spec["title"]["text"]) for spec in specs if "title" in spec]


def _curve(app: AppTest) -> str:
    return next(title for title in _titles(app) if "actual " in title)


def _charts(project: int, locale: str = "en", **address: Any) -> AppTest:
    return at("project.py", locale, id=project, section="charts", as_of=DAY, **address)


def _approved(desk: Desk, *names: str) -> int:
    project = a_planned_project(desk, *names)
    approve_plan(desk, project, APPROVED)
    return project


@pytest.mark.parametrize(
    ("locale", "curve", "trend"),
    [
        ("en", "on plan; actual 0%, planned 0%", "none of 2 milestones is later than first expected"),
        ("zh-CN", "与序时进度持平", "2 个里程碑均不晚于最初预计"),
    ],
)
def test_a_projects_charts_say_what_they_find(screens: Desk, locale: str, curve: str, trend: str) -> None:
    first, second = _titles(_charts(_approved(screens), locale))
    assert curve in first
    assert trend in second


def test_without_an_approved_plan_both_say_how_to_begin(screens: Desk) -> None:
    said = told(_charts(a_planned_project(screens)))
    assert "The curve begins with the first approved plan" in said
    assert "The trend begins with the first approved plan" in said


def test_more_lines_than_can_be_told_apart_are_offered(screens: Desk) -> None:
    project = _approved(screens, *(f"里程碑{n}" for n in range(14)))
    app = _charts(project)
    assert "milestones drawn 12/14" in str(app.get("vega_lite_chart")[1].proto.spec)
    app.button(key="trend_lines").click().run()
    assert "milestones drawn 14/14" in str(app.get("vega_lite_chart")[1].proto.spec)


def test_an_agreement_draws_its_charts_once_they_are_opened(screens: Desk) -> None:
    project = _approved(screens)
    agreement = read_project(screens, project, APPROVED).agreement["id"]
    assert _titles(at("agreement.py", id=agreement, as_of=DAY)) == []
    assert len(_titles(at("agreement.py", id=agreement, as_of=DAY, trend="all"))) == 2


@pytest.mark.parametrize("locale", ["en", "zh-CN"])
def test_the_overview_draws_the_curve_of_all_regions(demonstration: Desk, locale: str) -> None:
    said = "actual " if locale == "en" else "实际 "
    (title,) = [t for t in _titles(look("overview.py", DEMO_DAY, locale)) if said in t]
    assert title.startswith("All regions: " if locale == "en" else "全部区域")


def test_the_overviews_curve_has_the_very_shares_it_says_above(demonstration: Desk) -> None:
    app = look("overview.py", DEMO_DAY)
    shares = [text.split("%")[0] for text in _curve(app).split("actual ")[1].split("planned ")]
    assert f"Actual progress **{shares[0]}%**, planned **{shares[1]}%**" in told(app)


def test_the_overviews_curve_weighs_by_amount_where_its_figures_do(demonstration: Desk) -> None:
    app = look("overview.py", DEMO_DAY | {"weigh_by": ["amount"]})
    shares = [text.split("%")[0] for text in _curve(app).split("actual ")[1].split("planned ")]
    assert f"Actual progress **{shares[0]}%**, planned **{shares[1]}%**" in told(app)


def test_the_overviews_curve_can_be_that_of_one_pillar(demonstration: Desk) -> None:
    app = look("overview.py", DEMO_DAY)
    app.selectbox(key="filter_pillar").select_index(0).run()
    assert _curve(app).split(":")[0] in app.selectbox(key="filter_pillar").options


def test_a_county_has_its_curve(screens: Desk) -> None:
    county = read_project(screens, _approved(screens), APPROVED).division["id"]
    assert "on plan; actual 0%" in _titles(at("county.py", id=county, as_of=DAY))[0]


def test_a_signing_event_has_its_curve(demonstration: Desk) -> None:
    app = look("signing_event.py", DEMO_DAY | {"id": ["1"]})
    assert _titles(app)[0].startswith(app.title[0].value[:4])


def test_an_agreement_leads_to_what_if_its_milestones_shifted(screens: Desk) -> None:
    agreement = read_project(screens, _approved(screens), APPROVED).agreement["id"]
    links = at("agreement.py", id=agreement, as_of=DAY).get("page_link")
    (link,) = [
        link.proto for link in links if link.proto.page.endswith("what-if") and link.proto.query_string
    ]
    assert f"agreement={agreement}" in link.query_string

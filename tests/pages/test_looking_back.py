"""Looking back to what was known: chosen in the sidebar, said on every page, carried along, read only."""

import json
from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.list_screen import counted, look
from tests.pages.project_screen import a_planned_project, told
from tests.services.earlier import date_back
from tests.services.planning import an_agreement
from tracker.services.desk import Desk
from tracker.services.risk import open_risk

FOLDER = Path(__file__).parents[2] / "pages"
PAGES = sorted({path.name for path in FOLDER.glob("*.py")} - {"__init__.py", "navigation.py"})
RECORDED, THEN = datetime(2021, 6, 30, 2, tzinfo=UTC), {"known": ["2021-07-01"]}
BANNER = "As known at the end of 2021-07-01"


@pytest.fixture
def project(screens: Desk) -> int:
    """A project that was recorded in June 2021, and an agreement that was recorded today."""
    project = a_planned_project(screens)
    date_back(screens.database, RECORDED)
    an_agreement(screens.database, number="430281-2021-F-002")
    return project


def _moment(app: AppTest) -> str:
    found = app.query_params["known"]
    return found if isinstance(found, str) else found[-1]


@pytest.mark.parametrize("page", PAGES)
def test_every_page_says_what_it_looks_back_to(project: int, page: str) -> None:
    assert BANNER in told(look(page, THEN | {"id": [str(project)]}))


@pytest.mark.parametrize("page", PAGES)
def test_no_page_offers_to_save(project: int, page: str) -> None:
    app = look(page, THEN | {"id": [str(project)]})
    # A saved view is no record of the work but a way to look at it, also back.
    offered = [b for b in app.button if b.proto.is_form_submitter and not b.form_id.startswith("save_view")]
    assert [b.label for b in offered] == []


def test_the_banner_is_in_chinese_for_a_chinese_browser(project: int) -> None:
    assert "按 2021-07-01 日终所知：此后录入的变更不在其中" in told(look("overview.py", THEN, "zh-CN"))


def test_a_list_leaves_out_what_was_recorded_later(project: int) -> None:
    assert (counted(look("agreements.py", THEN)), counted(look("agreements.py"))) == (1, 2)


def test_a_time_of_the_day_can_be_meant(project: int) -> None:
    before, after = ({"known": [f"2021-06-30T{at}"]} for at in ("09:59", "10:00"))
    assert (counted(look("agreements.py", before)), counted(look("agreements.py", after))) == (0, 1)


def test_the_moment_is_chosen_in_the_sidebar(project: int) -> None:
    app = look("agreements.py")
    app.date_input(key="known_day").set_value(date(2021, 7, 1)).run()
    assert (_moment(app), counted(app)) == ("2021-07-01", 1)


def test_a_time_is_chosen_beside_the_day(project: int) -> None:
    app = look("agreements.py", THEN)
    app.time_input(key="known_time").set_value(time(9, 30)).run()
    assert _moment(app) == "2021-07-01T09:30"


def test_the_banner_leads_back_to_the_present(project: int) -> None:
    app = look("agreements.py", THEN)
    app.button(key="back_to_now").click().run()
    assert (BANNER in told(app), counted(app)) == (False, 2)


def test_the_sidebar_keeps_the_moment(project: int) -> None:
    app = look("agreements.py", THEN)
    app.query_params.clear()
    assert BANNER in told(app.switch_page("projects.py").run())


def test_links_name_the_moment(project: int) -> None:
    links = look("overview.py", THEN).get("page_link")
    assert all("known=2021-07-01" in link.proto.query_string for link in links)


def test_a_moment_that_is_none_shows_the_present(project: int) -> None:
    assert counted(look("agreements.py", {"known": ["2021-13-40"]})) == 2


def test_a_moment_after_today_shows_the_present(project: int) -> None:
    assert "As known at" not in told(look("agreements.py", {"known": ["2199-01-01"]}))


def test_a_moment_before_the_first_entry_says_so(project: int) -> None:
    assert "Nothing had been recorded by then" in told(look("overview.py", {"known": ["2001-01-01"]}))


def test_a_project_is_shown_as_it_was_known(project: int) -> None:
    app = look("project.py", THEN | {"id": [str(project)]})
    assert (app.title[0].value, len(app.dataframe)) == ("农村电商", 1)


@pytest.mark.parametrize(
    ("section", "said"),
    [
        ("plan", "No milestone of this project waits for another"),
        ("updates", "No update yet"),
        ("updates", "No open risk is recorded"),
        ("charts", "The curve begins with the first approved plan"),
        ("records", "No document was known"),
    ],
)
def test_every_section_of_a_project_is_shown_as_known(project: int, section: str, said: str) -> None:
    assert said in told(look("project.py", THEN | {"id": [str(project)], "section": [section]}))


def test_a_risk_of_later_is_not_in_the_log_of_then(screens: Desk, project: int) -> None:
    open_risk(screens, project, {"title": "后来的风险", "likelihood": 3, "impact": 3})
    address = {"id": [str(project)], "section": ["updates"]}
    logs = [[e.label for e in look("project.py", address | at).expander] for at in (THEN, {})]
    assert ["后来的风险" in "".join(log) for log in logs] == [False, True]


@pytest.mark.parametrize("heading", ["Parties", "Projects", "Milestones", "Documents"])
def test_every_part_of_an_agreement_is_shown_as_known(project: int, heading: str) -> None:
    app = look("agreement.py", THEN | {"id": ["1"]})
    assert heading in [one.value for one in app.subheader]


@pytest.mark.parametrize("page", ["project.py", "agreement.py"])
def test_a_known_record_says_what_cannot_be_rebuilt(project: int, page: str) -> None:
    said = told(look(page, THEN | {"id": ["1"]}, "zh-CN"))
    assert "计划模板的名称无法按当时重建" in said


def test_a_record_of_later_was_not_known(project: int) -> None:
    assert "This record was not known then" in told(look("agreement.py", THEN | {"id": ["2"]}))


def test_an_empty_database_can_be_looked_back_at(screens: Desk) -> None:
    assert "Nothing has been recorded yet" in told(look("overview.py", THEN))


def test_history_stops_at_the_moment(project: int) -> None:
    of_agreements = {"entity": ["agreement"]}
    assert [len(look("history.py", of_agreements | at).dataframe[0].value) for at in (THEN, {})] == [1, 2]


@pytest.mark.parametrize(
    ("locale", "said"), [("en", "as known at the end of"), ("zh-CN", "按 2021-07-01 日终所知")]
)
def test_a_picture_tells_the_moment_it_looks_back_to(project: int, locale: str, said: str) -> None:
    spec = json.loads(look("timeline.py", THEN, locale).get("vega_lite_chart")[-1].proto.spec)
    assert said in "".join(spec["title"]["subtitle"])

"""The list of projects: both languages, empty, searched, filtered."""

import pytest

from tests.conftest import division_id
from tests.pages.list_screen import counted, follow
from tests.pages.project_screen import a_planned_project, at, told
from tests.services.planning import LILING, NANXIAN, SIGNED_ON, an_agreement
from tracker.services.desk import Desk
from tracker.services.plan_template import plan_templates
from tracker.services.project import open_projects_from_template


def _two(desk: Desk) -> None:
    agreement = an_agreement(desk.database, LILING, NANXIAN)
    templates = [sheet.id for sheet in plan_templates(desk)]
    counties = [division_id(desk.database, code) for code in (LILING, NANXIAN)]
    open_projects_from_template(desk, agreement, list(zip(counties, templates, strict=False)), SIGNED_ON)


def _names(**address: object) -> list[str]:
    app = at("projects.py", **address)
    return sorted(app.dataframe[0].value["county"]) if app.dataframe else []


@pytest.mark.parametrize(("locale", "title"), [("en", "Projects"), ("zh-CN", "项目")])
def test_an_empty_list_says_where_to_begin(screens: Desk, locale: str, title: str) -> None:
    app = at("projects.py", locale)
    assert app.title[0].value == title
    assert len(app.info) == 1


def test_every_project_is_listed(screens: Desk) -> None:
    _two(screens)
    assert len(_names()) == 2


@pytest.mark.parametrize("typed", ["醴陵", "区域经理", "430281-2020"])
def test_the_list_is_searched_by_what_it_shows(screens: Desk, typed: str) -> None:
    _two(screens)
    assert "Liling City" in _names(q=typed)


def test_a_search_without_a_hit_says_so(screens: Desk) -> None:
    _two(screens)
    assert "Nothing matches" in told(at("projects.py", q="西藏"))


def test_the_list_is_narrowed_to_a_state(screens: Desk) -> None:
    _two(screens)
    assert _names(state="accepted") == []


def test_the_list_is_narrowed_to_a_template(screens: Desk) -> None:
    _two(screens)
    assert _names(template=plan_templates(screens)[0].id) == ["Liling City"]


def test_the_list_is_narrowed_to_a_template_nobody_uses(screens: Desk) -> None:
    _two(screens)
    assert _names(template=plan_templates(screens)[4].id) == []


def test_the_list_is_narrowed_to_a_province(screens: Desk) -> None:
    _two(screens)
    assert _names(region=division_id(screens.database, "520000")) == []


def test_the_list_is_narrowed_to_a_county(screens: Desk) -> None:
    _two(screens)
    assert _names(county=division_id(screens.database, NANXIAN)) == ["Nan County"]


def test_a_county_without_a_project_in_the_address_narrows_nothing(screens: Desk) -> None:
    _two(screens)
    assert len(_names(county=division_id(screens.database, "520000"))) == 2


def test_a_county_of_another_region_leaves_nothing(screens: Desk) -> None:
    _two(screens)
    county, region = (division_id(screens.database, code) for code in (NANXIAN, "430200"))
    assert _names(county=county, region=region) == []


def test_a_county_leads_to_its_projects(screens: Desk) -> None:
    _two(screens)
    county = at("county.py", id=division_id(screens.database, NANXIAN))
    links = [link for link in county.get("page_link") if "county=" in link.proto.query_string]
    assert links
    assert {counted(follow(link)) for link in links} == {1}


def test_the_list_stands_as_of_its_day(screens: Desk) -> None:
    a_planned_project(screens)
    assert _names(as_of="2019-01-01") == []

"""The list of agreements: both languages, empty, searched, filtered, ticked."""

import pytest

from tests.agreement_samples import GUIDONG, LILING, NAN, logged
from tests.pages.list_screen import DEMO_DAY, counted, look, tick
from tests.pages.project_screen import told
from tracker.services.desk import Desk

CHOICES = {
    "signed": "planned",
    "status": "expired",
    "kind": "specific",
    "pillar": "1",
    "event": "1",
    "owner": "湖南区域组",
    "signing_from": "2021-01-01",
    "decision_to": "2021-12-31",
    "q": "醴陵",
}


@pytest.mark.parametrize(("locale", "title"), [("en", "Agreements"), ("zh-CN", "协议")])
def test_an_empty_list_leads_to_logging(screens: Desk, locale: str, title: str) -> None:
    app = look("agreements.py", locale=locale)
    assert app.title[0].value == title
    assert "log" in [link.proto.page for link in app.get("page_link")]


@pytest.mark.parametrize(("locale", "status"), [("en", "expired"), ("zh-CN", "已到期")])
def test_statuses_are_shown_in_the_persons_language(screens: Desk, locale: str, status: str) -> None:
    logged(screens)
    assert list(look("agreements.py", locale=locale).dataframe[0].value["status"]) == [status]


@pytest.mark.parametrize("name", CHOICES)
def test_each_filter_in_the_address_narrows_the_list(demonstration: Desk, name: str) -> None:
    everything = counted(look("agreements.py", DEMO_DAY))
    assert 0 < counted(look("agreements.py", DEMO_DAY | {name: [CHOICES[name]]})) < everything


def test_the_list_says_how_many_of_how_many(demonstration: Desk) -> None:
    assert "**1** of 50" in told(look("agreements.py", DEMO_DAY | {"q": ["430281-2020-F-001"]}))


def test_choosing_a_filter_rewrites_the_address(screens: Desk) -> None:
    for code in (LILING, NAN, GUIDONG):
        logged(screens, code)
    app = look("agreements.py")
    app.text_input(key="filter_q").set_value("南县").run()
    assert (app.query_params["q"], counted(app)) == ("南县", 1)


def test_clearing_the_filters_keeps_the_day(demonstration: Desk) -> None:
    app = look("agreements.py", DEMO_DAY | {"q": ["醴陵"], "status": ["active"]})
    app.button(key="filter_clear").click().run()
    assert app.query_params == {"as_of": "2021-06-30"}


def test_choosing_todays_day_takes_it_out_of_the_address(screens: Desk) -> None:
    logged(screens)
    app = look("agreements.py", DEMO_DAY)
    app.date_input(key="filter_as_of").set_value(screens.today).run()
    assert "as_of" not in app.query_params


def test_a_filter_that_does_not_exist_is_left_out(demonstration: Desk) -> None:
    app = look("agreements.py", DEMO_DAY | {"status": ["shredded"], "event": ["x"], "signing_from": ["soon"]})
    assert counted(app) == 50


def test_a_search_without_a_hit_says_so(demonstration: Desk) -> None:
    assert "Nothing matches" in told(look("agreements.py", DEMO_DAY | {"q": ["zzz"]}))


def test_ticking_a_row_opens_that_agreement_at_the_same_day(demonstration: Desk) -> None:
    app = look("agreements.py", DEMO_DAY | {"q": ["430281-2020-F-001"]})
    app = tick(app, "agreements_table", 0)
    assert not app.exception
    assert (app.query_params["as_of"], "id" in app.query_params) == ("2021-06-30", True)


def test_what_people_typed_is_shown_as_they_typed_it(screens: Desk) -> None:
    logged(screens, title="<script>alert(1)</script> :red[x] $y$ **z**")
    rows = look("agreements.py").dataframe[0].value
    assert list(rows["title"]) == ["<script>alert(1)</script> :red[x] $y$ **z**"]


def test_going_back_finds_the_list_as_it_was_left(demonstration: Desk) -> None:
    left = look("agreements.py", DEMO_DAY | {"q": ["醴陵"]})
    app = tick(left, "agreements_table", 0)
    # On the way back the browser shows the agreement's parameters under the list's page first.
    app.switch_page("agreements.py").run()
    assert (app.title[0].value, counted(app)) == ("Agreements", counted(left))

"""What if on its page: a question in the address, its outcome, and what is wrong with an odd one."""

import pytest

from tests.conftest import division_id
from tests.pages.list_screen import look
from tests.pages.project_screen import at, told
from tests.services.planning import LILING
from tracker.services.desk import Desk


def _headers(app: object) -> list[str]:
    return [s.value for s in app.subheader]  # type: ignore[attr-defined]


@pytest.mark.parametrize(("locale", "title"), [("en", "What if"), ("zh-CN", "推演")])
def test_without_a_part_the_page_says_how_to_begin(screens: Desk, locale: str, title: str) -> None:
    app = at("what_if.py", locale)
    assert (app.title[0].value, len(app.info)) == (title, 1)


@pytest.mark.parametrize("locale", ["en", "zh-CN"])
def test_a_province_that_comes_later_shows_what_changes(demonstration: Desk, locale: str) -> None:
    region = division_id(demonstration.database, "430000")
    app = at("what_if.py", locale, region=region, shift=90, as_of="2021-06-30")
    assert len(app.metric) > 2
    assert app.dataframe


def test_the_page_says_how_it_is_worked_out(demonstration: Desk) -> None:
    region = division_id(demonstration.database, "430000")
    assert "Both outcomes are for 2021-09-30" in told(
        at("what_if.py", region=region, shift=90, as_of="2021-06-30")
    )


def test_a_county_is_found_and_picked(demonstration: Desk) -> None:
    county = division_id(demonstration.database, LILING)
    app = at("what_if.py")
    app.text_input(key="what_if_text").set_value("醴陵").run()
    app.button(key=f"what_if_region_{county}").click().run()
    assert not app.exception
    assert app.query_params["region"] in (str(county), [str(county)])


def test_the_shift_stands_in_the_address(demonstration: Desk) -> None:
    app = at("what_if.py", region=division_id(demonstration.database, "430000"))
    app.number_input(key="what_if_shift").set_value(45).run()
    assert app.query_params["shift"] in ("45", ["45"])


@pytest.mark.parametrize(
    "address",
    [
        {"shift": "x", "look": "never", "unit": "abc", "pillar": "99"},
        {"shift": "-", "look": "1900-01-01", "unit": "999999"},
        {"shift": "99999", "look": "2099-12-31", "milestone": "x"},
        {"shift": "-3650", "agreement": "999999"},
        {"project": "999999"},
    ],
)
def test_an_odd_address_opens_with_a_sentence(demonstration: Desk, address: dict[str, str]) -> None:
    region = division_id(demonstration.database, "430000")
    assert at("what_if.py", region=region, **address).title


def test_a_day_that_is_not_ahead_is_refused_with_a_sentence(demonstration: Desk) -> None:
    region = division_id(demonstration.database, "430000")
    app = at("what_if.py", region=region, shift=10, look="2020-01-01", as_of="2021-06-30")
    assert "Choose a day to look at after 2021-06-30" in told(app)


def test_an_agreement_and_a_project_can_be_asked_about(demonstration: Desk) -> None:
    for part in ("agreement", "project"):
        assert "1" in told(look("what_if.py", {part: ["1"], "shift": ["60"]}))

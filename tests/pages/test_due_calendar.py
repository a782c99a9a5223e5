"""The calendar: what is due, who has how much to do, what ends; lists equal to their cells; odd addresses."""

import json
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from tests.agreement_samples import logged
from tests.pages.list_screen import DEMO_DAY, follow, look, tick
from tests.pages.project_screen import told
from tracker.services.desk import Desk

PAGE = "due_calendar.py"
SECTIONS = ("due", "workload", "expiry")


def _table(app: AppTest, column: str) -> dict[str, list[object]]:
    """The first table on the screen that has a column, by column."""
    found = next(f.value for f in app.dataframe if column in f.value)
    return {name: list(found[name]) for name in found}


def _charts(app: AppTest) -> list[str]:
    return [json.dumps(json.loads(c.proto.spec), ensure_ascii=False) for c in app.get("vega_lite_chart")]


def _link(app: AppTest, label: str) -> Any:
    return next(link for link in app.get("page_link") if label in link.proto.label)


@pytest.mark.parametrize(("locale", "title"), [("en", "Calendar"), ("zh-CN", "日历")])
def test_an_empty_database_gets_its_first_steps(screens: Desk, locale: str, title: str) -> None:
    app = look(PAGE, locale=locale)
    assert (app.title[0].value, app.code[0].value) == (title, "python -m tracker demo")


@pytest.mark.parametrize(
    ("section", "said"),
    [
        ("due", "No milestone is due in these months"),
        ("workload", "No project here has work to do"),
    ],
)
def test_an_agreement_without_projects_has_nothing_to_do(screens: Desk, section: str, said: str) -> None:
    logged(screens)
    assert said in told(look(PAGE, {"section": [section], "as_of": ["2021-06-30"]}))


@pytest.mark.parametrize(
    ("locale", "said"), [("en", "milestones due are overdue, most in"), ("zh-CN", "到期里程碑逾期")]
)
def test_the_heat_map_says_how_much_is_overdue(demonstration: Desk, locale: str, said: str) -> None:
    assert said in _charts(look(PAGE, DEMO_DAY, locale))[0]


@pytest.mark.parametrize("by", ["province", "prefecture", "county"])
def test_a_ticked_cell_lists_as_many_milestones_as_it_counts(demonstration: Desk, by: str) -> None:
    app = look(PAGE, DEMO_DAY | {"by": [by]})
    due = _table(app, "key_overdue")["due"][0]
    listed = tick(app, "due-by-month_table", 0)
    assert not listed.exception
    assert len(_table(listed, "current_due_on")["name"]) == due


def test_a_cell_leads_to_the_same_milestones_in_their_list(demonstration: Desk) -> None:
    app = tick(look(PAGE, DEMO_DAY), "due-by-month_table", 0)
    here = _table(app, "current_due_on")["name"]
    there = follow(_link(app, "In the list of milestones"))
    assert sorted(map(str, _table(there, "current_due_on")["name"])) == sorted(map(str, here))


def test_the_way_back_from_a_cell_shows_all_again(demonstration: Desk) -> None:
    app = tick(look(PAGE, DEMO_DAY), "due-by-month_table", 0)
    app.button(key="month_heat_all").click().run()
    assert ("month" in app.query_params, bool(_table(app, "key_overdue"))) == (False, True)


def test_a_province_is_shown_by_its_prefectures_at_first(demonstration: Desk) -> None:
    app = look(PAGE, DEMO_DAY)
    hunan = next(o for o in app.selectbox(key="filter_region").options if o == "Hunan")
    app.selectbox(key="filter_region").select(hunan).run()
    assert not app.exception
    kinds: Any = app.get("button_group")
    assert next(c for c in kinds if c.label == "Rows").value == "prefecture"


def test_a_bearers_row_lists_all_that_is_open_for_them(demonstration: Desk) -> None:
    app = look(PAGE, DEMO_DAY | {"section": ["workload"]})
    open_ = _table(app, "projects")["open"][0]
    listed = tick(app, "workload_table", 0)
    assert not listed.exception
    assert len(_table(listed, "current_due_on")["name"]) == open_


@pytest.mark.parametrize("bearer", ["owner", "unit"])
def test_what_is_overdue_for_somebody_is_listed(demonstration: Desk, bearer: str) -> None:
    address = DEMO_DAY | {"section": ["workload"], "bearer": [bearer]}
    app = tick(look(PAGE, address), "workload_table", 0)
    overdue = look(PAGE, address | {"who": [str(app.query_params["who"])], "when": ["overdue"]})
    assert set(_table(overdue, "current_due_on")["state"]) == {"overdue"}


@pytest.mark.parametrize("bearer", ["owner", "unit"])
def test_the_projects_held_are_led_to(demonstration: Desk, bearer: str) -> None:
    app = look(PAGE, DEMO_DAY | {"section": ["workload"], "bearer": [bearer]})
    held = _table(app, "projects")["projects"][0]
    projects = follow(_link(tick(app, "workload_table", 0), "projects held"))
    assert len(_table(projects, "unit")["name"]) == held


def test_a_workload_is_sorted_as_asked(demonstration: Desk) -> None:
    app = look(PAGE, DEMO_DAY | {"section": ["workload"], "sort": ["projects"]})
    projects = _table(app, "projects")["projects"]
    assert projects == sorted(projects, reverse=True)  # type: ignore[type-var]


def test_expiries_list_days_left_and_what_is_open(demonstration: Desk) -> None:
    rows = _table(look(PAGE, DEMO_DAY | {"section": ["expiry"]}), "days_left")
    assert {"outcome", "decision", "open_projects", "outliving"} <= set(rows)


def test_a_month_of_expiries_lists_those_of_the_month_alone(demonstration: Desk) -> None:
    app = look(PAGE, DEMO_DAY | {"section": ["expiry"]})
    first = str(_table(app, "days_left")["term_end_on"][0])[:7]
    month = look(PAGE, DEMO_DAY | {"section": ["expiry"], "ends": [first]})
    assert all(
        first in (str(end)[:7], str(decide)[:7])
        for end, decide in zip(
            _table(month, "days_left")["term_end_on"], _table(month, "days_left")["decision_on"], strict=True
        )
    )


def test_an_expiry_is_opened_by_a_tick(demonstration: Desk) -> None:
    app = tick(look(PAGE, DEMO_DAY | {"section": ["expiry"]}), "expiry_table", 0)
    assert "id" in app.query_params


@pytest.mark.parametrize("section", SECTIONS)
@pytest.mark.parametrize("locale", ["en", "zh-CN"])
def test_every_section_draws_in_both_languages(demonstration: Desk, section: str, locale: str) -> None:
    assert _charts(look(PAGE, DEMO_DAY | {"section": [section]}, locale))


@pytest.mark.parametrize("section", SECTIONS)
@pytest.mark.parametrize("day", ["1949-10-01", "1999-01-01", "2099-12-31", "2199-12-31"])
def test_days_long_before_and_long_after_are_shown(demonstration: Desk, section: str, day: str) -> None:
    assert look(PAGE, {"as_of": [day], "section": [section]}).title[0].value == "Calendar"


@pytest.mark.parametrize(
    "address",
    [
        {"section": ["x"], "by": ["x"], "span": ["x"], "row": ["x"], "month": ["2021-06"]},
        {"by": ["county"], "row": ["99999999999999999999"], "month": ["2021-13"]},
        {"row": ["1"], "month": ["٢٠٢١-٠٦"], "region": ["x"], "pillar": ["-1"]},
        {"section": ["workload"], "who": ["x"], "when": ["x"], "sort": ["x"], "bearer": ["x"]},
        {"section": ["workload"], "who": ["-"], "when": ["9999-99"]},
        {"section": ["expiry"], "ends": ["9999-12"]},
        {"section": ["expiry"], "ends": ["0"]},
    ],
)
def test_an_address_edited_by_hand_falls_back(demonstration: Desk, address: dict[str, list[str]]) -> None:
    assert _charts(look(PAGE, DEMO_DAY | address))

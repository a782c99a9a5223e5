"""Landing: cohorts and their curves, one cohort's agreements, signing events compared, odd addresses."""

import json
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from tests.agreement_samples import logged
from tests.pages.list_screen import DEMO_DAY, follow, look, tick
from tests.pages.project_screen import told
from tracker.services.desk import Desk
from tracker.services.landing import Grouping

PAGE = "landing.py"
KINDS = ("year", "pillar", "province", "event")


def _table(app: AppTest, column: str) -> dict[str, list[object]]:
    """The first table on the screen that has a column, by column."""
    found = next(f.value for f in app.dataframe if column in f.value)
    return {name: list(found[name]) for name in found}


def _chart(app: AppTest) -> str:
    return json.dumps(json.loads(app.get("vega_lite_chart")[0].proto.spec), ensure_ascii=False)


@pytest.mark.parametrize(("locale", "title"), [("en", "Landing"), ("zh-CN", "落地")])
def test_an_empty_database_gets_its_first_steps(screens: Desk, locale: str, title: str) -> None:
    app = look(PAGE, locale=locale)
    assert (app.title[0].value, app.code[0].value) == (title, "python -m tracker demo")


def test_one_agreement_is_a_cohort_of_few(screens: Desk) -> None:
    logged(screens)
    app = look(PAGE)
    assert "fewer than 10 cases" in told(app)
    assert "2020: none of 1 signed has landed" in _chart(app)


@pytest.mark.parametrize(
    ("locale", "said"),
    [
        ("en", "2020: 22 of 24 landed so far; median 4.4 months"),
        ("zh-CN", "2020：24 份中已有 22 份落地，落地时间中位数 4.4 个月"),
    ],
)
def test_the_title_says_the_finding(demonstration: Desk, locale: str, said: str) -> None:
    assert said in _chart(look(PAGE, DEMO_DAY | {"cohort": ["2020"]}, locale))


def test_years_are_cohorts_unless_another_kind_is_chosen(demonstration: Desk) -> None:
    rows = _table(look(PAGE, DEMO_DAY), "median_days")
    assert rows["label"][:2] == ["2021", "2020"]
    assert rows["signed"][:2] == [10, 24]


@pytest.mark.parametrize("kind", KINDS)
def test_the_cohorts_have_the_counts_of_their_lists(demonstration: Desk, kind: str) -> None:
    app = look(PAGE, DEMO_DAY | {"by": [kind]})
    signed = _table(app, "median_days")["signed"][0]
    listed = tick(app, f"landing-by-{kind}_table", 0)
    assert not listed.exception
    assert len(_table(listed, "outcome")["number"]) == signed


def test_a_cohorts_agreement_is_opened_by_a_tick(demonstration: Desk) -> None:
    app = look(PAGE, DEMO_DAY | {"cohort": ["2020"]})
    assert "id" in tick(app, "landing-agreements_table", 0).query_params


def test_another_kind_forgets_the_cohorts_chosen(demonstration: Desk) -> None:
    app = look(PAGE, DEMO_DAY | {"cohort": ["2020"]})
    kinds: Any = app.get("button_group")
    next(c for c in kinds if c.label == "Cohorts by").set_value(Grouping.pillar).run()
    assert not app.exception
    assert (app.query_params["by"], "cohort" in app.query_params) == ("pillar", False)


def test_a_region_narrows_everything(demonstration: Desk) -> None:
    app = look(PAGE, DEMO_DAY | {"by": ["province"]})
    hunan = next(o for o in app.selectbox(key="filter_region").options if o == "Hunan")
    app.selectbox(key="filter_region").select(hunan).run()
    assert _table(app, "median_days")["label"] == ["Hunan"]


def test_cohorts_of_a_kind_nobody_uses_say_so(demonstration: Desk) -> None:
    before_any_region = {"as_of": ["2017-12-31"], "by": ["sales_region"]}
    assert "belongs to a cohort of this kind" in told(look(PAGE, before_any_region))


@pytest.mark.parametrize("day", ["1949-10-01", "2099-12-31"])
@pytest.mark.parametrize("kind", KINDS)
def test_days_long_before_and_long_after_are_shown(demonstration: Desk, day: str, kind: str) -> None:
    assert look(PAGE, {"as_of": [day], "by": [kind]}).title[0].value == "Landing"


def test_a_day_before_the_first_signing_says_so(demonstration: Desk) -> None:
    assert "was signed by this day" in told(look(PAGE, {"as_of": ["1999-01-01"]}))


@pytest.mark.parametrize(
    "address",
    [
        {"by": ["x"], "cohort": ["x"], "stage": ["x"], "region": ["x"], "event": ["9999"]},
        {"by": ["county"], "cohort": ["-1", "99999999999999999999"], "as_of": ["2021-99-99"]},
        {"cohort": ["2020", "2020", "٣"], "pillar": ["-5"]},
        {"cohort": [str(year) for year in range(2010, 2022)]},
    ],
)
def test_an_address_edited_by_hand_falls_back(demonstration: Desk, address: dict[str, list[str]]) -> None:
    assert look(PAGE, DEMO_DAY | address).get("vega_lite_chart")


def test_events_are_compared_by_what_landed_after_some_days(demonstration: Desk) -> None:
    rows = _table(look(PAGE, DEMO_DAY), "after_90")
    place = next(n for n, name in enumerate(rows["name"]) if "湖南" in str(name))
    assert rows["after_365"][place] == "not yet"
    assert str(rows["after_180"][place]).startswith("3/3")


def test_the_rates_of_events_stand_to_the_right(demonstration: Desk) -> None:
    (table,) = [t for t in look(PAGE, DEMO_DAY).dataframe if "after_90" in t.value.columns]
    looks = json.loads(table.proto.columns)
    assert [looks[name].get("alignment") for name in ("name", "after_90", "after_365")] == [
        *(None, "right", "right"),
    ]


def test_another_stage_is_compared(demonstration: Desk) -> None:
    rows = _table(look(PAGE, DEMO_DAY | {"stage": ["terminated"]}), "after_90")
    assert all(str(told_).startswith("0/") for told_ in rows["after_30"])


def test_a_compared_event_is_opened_by_a_tick(demonstration: Desk) -> None:
    app = tick(look(PAGE, DEMO_DAY), "events-landed_table", 0)
    assert "id" in app.query_params


def test_an_event_leads_to_the_landing_of_its_agreements(demonstration: Desk) -> None:
    app = look("signing_event.py", DEMO_DAY | {"id": ["10"]})
    links: Any = app.get("page_link")
    landing = next(link for link in links if link.proto.page == "landing")
    assert _table(follow(landing), "median_days")["signed"] == [5]

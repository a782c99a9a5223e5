"""The timeline's screen: groups, scales, the day compared with, sales regions, and odd addresses."""

import json
from datetime import date
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from db.models.sales_region import SalesRegion, SalesRegionDivision
from tests.agreement_samples import logged
from tests.conftest import division_id
from tests.pages.list_screen import DEMO_DAY, look
from tracker.services.desk import Desk


def _timeline(locale: str = "en", **address: str) -> AppTest:
    return look("timeline.py", DEMO_DAY | {name: [value] for name, value in address.items()}, locale)


def _spec(app: AppTest) -> dict[str, Any]:
    specs = [json.loads(chart.proto.spec) for chart in app.get("vega_lite_chart")]
    return next(spec for spec in specs if "title" in spec)


def _table(app: AppTest) -> Any:
    return next(t.value for t in app.dataframe if "slip_original_days" in t.value.columns)


def _heads(app: AppTest) -> list[dict[str, Any]]:
    layers = _spec(app)["layer"]
    return [x for x in layers if x["encoding"].get("text", {}).get("field") == "head"]


@pytest.mark.parametrize("group", ["pillar", "owner", "event"])
@pytest.mark.parametrize("locale", ["en", "zh-CN"])
def test_rows_are_grouped_as_the_address_says(demonstration: Desk, group: str, locale: str) -> None:
    app = _timeline(locale, group=group)
    assert len(_heads(app)) == 1
    assert _table(app)["group_name"].notna().any()


@pytest.mark.parametrize("address", [{}, {"group": "county"}, {"group": "odd"}])
def test_without_a_group_rows_stand_by_county(demonstration: Desk, address: dict[str, str]) -> None:
    assert _heads(_timeline(**address)) == []


def _domain(app: AppTest) -> list[str]:
    scales = [x["encoding"].get("x", {}).get("scale") for x in _spec(app)["layer"]]
    return [end["expr"] for end in next(s for s in scales if s)["domain"]]


@pytest.mark.parametrize(
    ("scale", "domain"),
    [
        ("month", ["datetime(2020, 11, 1)", "datetime(2021, 11, 31)"]),
        ("odd", ["datetime(2019, 6, 1)", "datetime(2022, 11, 31)"]),
        ("quarter", ["datetime(2019, 6, 1)", "datetime(2022, 11, 31)"]),
    ],
)
def test_the_scale_says_which_period_is_shown(demonstration: Desk, scale: str, domain: list[str]) -> None:
    assert _domain(_timeline(scale=scale)) == domain


def test_by_year_whole_years_are_shown(demonstration: Desk) -> None:
    first, last = _domain(_timeline(scale="year"))
    assert first.endswith(", 0, 1)")
    assert last.endswith(", 11, 31)")


def test_a_period_in_the_address_goes_before_the_scale(demonstration: Desk) -> None:
    app = _timeline(scale="month", **{"from": "2021-01-01", "to": "2021-04-01"})
    assert _domain(app) == ["datetime(2021, 0, 1)", "datetime(2021, 3, 1)"]


@pytest.mark.parametrize(
    ("locale", "words"),
    [("en", "since 2021-03-31: of 53 projects"), ("zh-CN", "自 2021-03-31 以来：53 个项目")],
)
def test_the_heading_tells_what_moved_since_the_day_compared_with(
    demonstration: Desk, locale: str, words: str
) -> None:
    assert words in "".join(_spec(_timeline(locale, then="2021-03-31"))["title"]["text"])


def test_the_table_tells_the_light_of_then_and_the_days_moved(demonstration: Desk) -> None:
    assert {"light_then", "finish_then_on", "moved_days"} <= set(_table(_timeline(then="2021-03-31")).columns)


@pytest.mark.parametrize("then", ["2021-06-30", "2099-01-01", "1900-01-01", "yesterday", "2021-02-31"])
def test_a_day_that_cannot_be_compared_with_is_none(demonstration: Desk, then: str) -> None:
    assert "moved_days" not in _table(_timeline(then=then)).columns


def test_a_day_before_everything_compares_with_nothing(demonstration: Desk) -> None:
    assert _table(_timeline(then="1990-01-01"))["moved_days"].isna().all()


@pytest.mark.parametrize("region", ["-999", "0", "abc", "99999999999999"])
def test_a_region_that_does_not_exist_narrows_nothing(demonstration: Desk, region: str) -> None:
    assert len(_table(_timeline(region=region))) == len(_table(_timeline()))


def test_a_sales_region_narrows_the_rows_and_stands_in_the_heading(screens: Desk) -> None:
    logged(screens, "430281")
    logged(screens, "520402")
    with screens.database.transaction(actor="dora", origin="test") as work:
        south = work.save(SalesRegion(name="华中大区", position=1))
        hunan = division_id(screens.database, "430000")
        work.save(SalesRegionDivision(sales_region_id=south.key, division_id=hunan, from_on=date(2020, 1, 1)))
    app = look("timeline.py", {"region": [f"-{south.key}"]}, "zh-CN")
    assert set(_table(app)["province_name"]) == {"湖南省"}
    assert "".join(_spec(app)["title"]["text"]).startswith("华中大区")


@pytest.mark.parametrize("page", ["0", "-1", "99", "x", "2"])
def test_a_page_that_does_not_exist_is_the_nearest_one(demonstration: Desk, page: str) -> None:
    assert 0 < len(_table(_timeline(page=page))) <= 50


@pytest.mark.parametrize("locale", ["en", "zh-CN"])
@pytest.mark.parametrize("more", [{}, {"then": ["1980-01-01"], "group": ["pillar"], "scale": ["year"]}])
def test_before_the_first_signing_a_way_on_is_offered(
    demonstration: Desk, locale: str, more: dict[str, list[str]]
) -> None:
    app = look("timeline.py", {"as_of": ["1990-01-01"], **more}, locale)
    assert not app.get("vega_lite_chart")
    assert app.info


def test_a_filter_that_matches_nothing_is_said_in_words(demonstration: Desk) -> None:
    assert not _timeline(status="expired", light="blue", event="1").get("vega_lite_chart")


@pytest.mark.parametrize("scale", ["", "month", "quarter", "year"])
def test_the_end_of_the_century_can_be_looked_at(demonstration: Desk, scale: str) -> None:
    app = look("timeline.py", {"as_of": ["2099-12-31"], "scale": [scale], "then": ["2021-06-30"]})
    assert _spec(app)["title"]

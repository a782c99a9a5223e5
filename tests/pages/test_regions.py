"""Regions side by side: kinds of region, ranking and arithmetic, targets, cells that open lists."""

import json
from datetime import date
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from tests.agreement_samples import logged
from tests.conftest import division_id
from tests.pages.list_screen import DEMO_DAY, look, tick
from tests.pages.project_screen import told
from tracker.services.desk import Desk
from tracker.services.sales_region import begin_with_macro_regions
from tracker.services.target import TargetMeasure, Wish, set_targets

PAGE = "regions.py"
PROVINCES = DEMO_DAY | {"by": ["province"]}


def _table(app: AppTest, column: str) -> Any:
    return next(f.value for f in app.dataframe if column in f.value)


def _chart(app: AppTest) -> str:
    return json.dumps(json.loads(app.get("vega_lite_chart")[0].proto.spec), ensure_ascii=False)


@pytest.mark.parametrize(("locale", "title"), [("en", "Regions"), ("zh-CN", "区域")])
def test_an_empty_database_gets_its_first_steps(screens: Desk, locale: str, title: str) -> None:
    app = look(PAGE, locale=locale)
    assert (app.title[0].value, app.code[0].value) == (title, "python -m tracker demo")


def test_one_agreement_without_a_project_is_said_to_have_none(screens: Desk) -> None:
    logged(screens)
    assert "No project is recorded in these regions" in told(look(PAGE))


@pytest.mark.parametrize(("locale", "word"), [("en", "Furthest behind plan"), ("zh-CN", "落后最多")])
def test_the_heat_table_speaks_the_persons_language(demonstration: Desk, locale: str, word: str) -> None:
    assert word in _chart(look(PAGE, PROVINCES, locale))


def test_every_province_stands_in_the_ranking_and_the_blank_ones_last(demonstration: Desk) -> None:
    ranks = _table(look(PAGE, PROVINCES), "rank")["rank"]
    assert (len(ranks), ranks.isna().iloc[-1], ranks.iloc[0]) == (34, True, 1)


def test_on_a_day_before_the_first_signing_an_empty_ranking_says_why(demonstration: Desk) -> None:
    app = look(PAGE, PROVINCES | {"as_of": ["1990-01-01"]})
    assert "Nothing to rank by this day" in told(app)
    assert not any("rank" in frame.value for frame in app.dataframe)


@pytest.mark.parametrize("indicator", ["landing", "progress"])
def test_an_indicator_orders_the_ranking_by_its_value_and_not_by_its_letters(
    demonstration: Desk, indicator: str
) -> None:
    table = _table(look(PAGE, PROVINCES | {"region_ranking_sort": [f"-{indicator}"]}), "rank")
    shares = [float(m) for m in table[indicator].str.extract(r"([\d.]+)%")[0].dropna()]
    assert len(shares) > 3
    assert shares == sorted(shares, reverse=True)


def test_the_arithmetic_of_a_region_is_shown_step_by_step(demonstration: Desk) -> None:
    hunan = division_id(demonstration.database, "430000")
    said = told(look(PAGE, PROVINCES | {"row": [str(hunan)]}))
    assert "0.6 × 35 + 0.4 × 35 × (" in said


def test_a_ticked_cell_opens_its_projects(demonstration: Desk) -> None:
    app = tick(look(PAGE, PROVINCES), "region_cells_table", 0)
    assert not app.exception
    assert app.title[0].value == "Projects"
    assert {"region", "pillar"} <= set(app.query_params)


def test_sales_regions_stand_first_once_there_are_some(screens: Desk) -> None:
    logged(screens)
    begin_with_macro_regions(screens, date(2020, 1, 1))
    assert len(_table(look(PAGE), "rank")) == 7


def test_without_sales_regions_the_way_to_define_them_is_shown(screens: Desk) -> None:
    logged(screens)
    assert "No region of this kind is defined yet." in told(look(PAGE, {"by": ["sales_region"]}))


def test_prefectures_ask_for_their_province(demonstration: Desk) -> None:
    assert "Choose a province to see its prefectures." in told(look(PAGE, {"by": ["prefecture"]}))


def test_the_prefectures_of_a_province_stand_side_by_side(demonstration: Desk) -> None:
    hunan = str(division_id(demonstration.database, "430000"))
    app = look(PAGE, DEMO_DAY | {"by": ["prefecture"], "region": [hunan]})
    assert len(_table(app, "rank")) == 14


def test_targets_stand_beside_what_was_reached(screens: Desk) -> None:
    logged(screens)
    hunan = division_id(screens.database, "430000")
    wishes = [Wish(None, TargetMeasure.signings, 4), Wish(hunan, TargetMeasure.signings, 2)]
    set_targets(screens, 2020, wishes, seen={})
    found = _table(look(PAGE, {"as_of": ["2020-12-31"], "by": ["province"]}), "attained")
    assert list(found["attained"]) == ["25%", "50%"]


@pytest.mark.parametrize(
    "address",
    [
        {"by": ["nonsense"]},
        {"by": ["prefecture"], "region": ["-3"]},
        {"by": ["prefecture"], "region": ["x"]},
        {"by": ["province"], "row": ["-999"]},
        {"by": ["province"], "row": ["9" * 40]},
        {"as_of": ["1950-01-01"]},
        {"as_of": ["2099-12-31"]},
    ],
)
def test_a_hand_edited_address_shows_the_page(demonstration: Desk, address: dict[str, list[str]]) -> None:
    assert look(PAGE, address).title[0].value == "Regions"


def test_a_what_if_of_a_sales_region_is_asked_by_its_address(screens: Desk) -> None:
    logged(screens)
    region = begin_with_macro_regions(screens, date(2020, 1, 1))[3]
    assert "**Central China**" in told(look("what_if.py", {"region": [f"-{region}"]}))

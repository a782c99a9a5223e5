"""The overview as a review: what is compared with what, what changed, the map, the funnel, odd addresses."""

import json
from datetime import date
from typing import Any

import polars as pl
import pytest
from streamlit.testing.v1 import AppTest

from db.models.sales_region import SalesRegion, SalesRegionDivision
from pages.components.text import plain
from tests.agreement_samples import logged
from tests.pages.list_screen import DEMO_DAY, look
from tests.pages.project_screen import told
from tracker.i18n import words_in
from tracker.rules.review_change import change_sentence
from tracker.services.desk import Desk
from tracker.services.lists import read_choices
from tracker.services.review import Part, read_part_figures, read_part_series
from tracker.services.review_change import read_changes
from tracker.services.target import TargetMeasure, Wish, set_targets

DAY, MARCH, MAY = date(2021, 6, 30), date(2021, 3, 31), date(2021, 5, 31)
SINCE_MARCH = DEMO_DAY | {"since": ["2021-03-31"]}
FIGURES = {"Agreements signed": "agreements_signed", "Milestones overdue": "milestones_overdue"}


def _region(desk: Desk, name: str) -> str:
    rows = read_choices(desk).regions
    return str(rows.row(by_predicate=pl.col("name") == name, named=True)["id"])


def _titles(app: AppTest) -> list[str]:
    specs = [json.loads(chart.proto.spec) for chart in app.get("vega_lite_chart")]
    return ["".join(spec["title"]["text"]) for spec in specs if "title" in spec]


def _links(app: AppTest, label: str) -> list[Any]:
    return [link for link in app.get("page_link") if label in link.proto.label]


@pytest.mark.parametrize("address", [SINCE_MARCH, DEMO_DAY])
def test_a_figure_says_how_it_changed_since_the_day_compared_with(
    demonstration: Desk, address: dict[str, list[str]]
) -> None:
    since = MARCH if "since" in address else MAY
    then, now = (read_part_figures(demonstration, day, Part()) for day in (since, DAY))
    shown = {m.label: m.proto for m in look("overview.py", address).metric}
    for label, name in FIGURES.items():
        assert shown[label].delta == f"+{now[name] - then[name]}"
        assert shown[label].delta_description == f"since {since}"


def test_a_change_has_no_colour_that_judges_it(demonstration: Desk) -> None:
    colours = {m.proto.color for m in look("overview.py", SINCE_MARCH).metric}
    assert len(colours) == 1


def test_a_figure_that_stands_still_says_so(demonstration: Desk) -> None:
    app = look("overview.py", {"as_of": ["2010-02-01"]})
    assert {m.delta for m in app.metric} == {"±0"}


def test_the_line_of_a_figure_is_its_last_year(demonstration: Desk) -> None:
    shown = {m.label: list(m.proto.chart_data) for m in look("overview.py", DEMO_DAY).metric}
    series = read_part_series(demonstration, DAY, Part())
    assert {label: shown[label] for label in FIGURES} == {
        label: series[name].to_list() for label, name in FIGURES.items()
    }


@pytest.mark.parametrize("since", ["2021-06-30", "2022-01-01", "1800-01-01", "soon", ""])
def test_a_day_that_cannot_be_compared_with_is_the_end_of_last_month(demonstration: Desk, since: str) -> None:
    assert look("overview.py", DEMO_DAY | {"since": [since]}).date_input(key="filter_since").value == MAY


def test_the_day_compared_with_can_be_chosen(demonstration: Desk) -> None:
    app = look("overview.py", DEMO_DAY)
    app.date_input(key="filter_since").set_value(MARCH).run()
    assert app.query_params["since"] == "2021-03-31"


@pytest.mark.parametrize(
    ("locale", "finding", "changed"),
    [
        ("en", "### 37 of 45 signed agreements have landed", "Since 31 March 2021: 3 newly signed, "),
        ("zh-CN", "### 已签协议45份，其中37份已落地", "自2021年3月31日以来：新签约3份，"),
    ],
)
def test_the_page_begins_with_the_finding(
    demonstration: Desk, locale: str, finding: str, changed: str
) -> None:
    said = [m.value for m in look("overview.py", SINCE_MARCH, locale).markdown]
    assert finding in said
    assert any(text.startswith(changed) for text in said)


def test_each_change_is_a_sentence_that_leads_to_its_record(demonstration: Desk) -> None:
    app = look("overview.py", SINCE_MARCH)
    rows = read_changes(demonstration, MARCH, DAY, Part()).filter(kind="signed").to_dicts()
    said = [m.value for m in app.markdown]
    links = _links(app, ":primary[Open]")[: len(rows)]
    assert all(plain(change_sentence(row, words_in("en"))) in said for row in rows)
    leads = [link.proto.query_string for link in links]
    assert all(f"id={row['agreement_id']}" in lead for row, lead in zip(rows, leads, strict=True))


def test_a_group_says_how_many_more_there_are_and_opens_them(demonstration: Desk) -> None:
    rows = read_changes(demonstration, MARCH, DAY, Part()).filter(kind="pushed_out")
    (more,) = [
        link for link in _links(look("overview.py", SINCE_MARCH), "more") if "and 22" in link.proto.label
    ]
    app = look("overview.py", SINCE_MARCH | {"changed": ["pushed_out"]})
    assert "changed=pushed_out" in more.proto.query_string
    assert rows.height in [frame.value.shape[0] for frame in app.dataframe]


@pytest.mark.parametrize("asked", ["rubbish", "terminated", ""])
def test_a_kind_of_change_that_does_not_occur_shows_all_of_them(demonstration: Desk, asked: str) -> None:
    app = look("overview.py", SINCE_MARCH | {"changed": [asked]})
    assert any("Milestones put off · " in m.value for m in app.markdown)


def test_a_typed_name_stands_in_a_sentence_as_typed(screens: Desk) -> None:
    logged(screens, title="**粗** <b>x</b> [a](b)")
    app = look("overview.py", {"since": ["2015-01-01"]})
    assert any(r"\*\*粗\*\*" in m.value for m in app.markdown)


@pytest.mark.parametrize(
    ("measure", "title"),
    [
        ("landing", "All regions: landed 37/45"),
        ("signed", "All regions: signed 45/50"),
        ("lights", "All regions: red 8/61"),
        ("overdue", "All regions: overdue 35/709"),
        ("coverage", "All regions: contacted 54/2,846"),
        ("rubbish", "All regions: landed 37/45"),
    ],
)
def test_the_map_shows_the_measure_in_the_address(demonstration: Desk, measure: str, title: str) -> None:
    titles = _titles(look("overview.py", DEMO_DAY | {"measure": [measure]}))
    assert any(found.startswith(title) for found in titles)


def test_a_click_on_a_province_narrows_the_page_to_it(demonstration: Desk) -> None:
    hunan = _region(demonstration, "湖南省")
    app = look("overview.py", DEMO_DAY)
    app.session_state[f"tile_map_{Part()}"] = {"selection": {"tile": [{"division_id": int(hunan)}]}}
    app.run()
    assert app.query_params["region"] == hunan
    assert any(m.value == "### 13 of 14 signed agreements have landed" for m in app.markdown)


def test_a_part_leads_to_its_timeline_and_back_to_everything(demonstration: Desk) -> None:
    hunan = _region(demonstration, "湖南省")
    app = look("overview.py", DEMO_DAY | {"region": [hunan]})
    (timeline,) = [link for link in _links(app, "Timeline") if link.proto.page == "timeline"]
    assert f"region={hunan}" in timeline.proto.query_string
    (back,) = _links(app, "All regions")
    assert "region" not in back.proto.query_string


@pytest.mark.parametrize(
    "address",
    [
        {"region": ["-99"], "pillar": ["abc"], "event": ["0"]},
        {"as_of": ["1949-10-01"]},
        {"as_of": ["1949-10-01"], "since": ["1949-10-01"]},
        {"as_of": ["2099-12-31"]},
        {"pillar": ["1"], "event": ["1"], "as_of": ["2021-06-30"]},
        {"pillar": ["3"], "event": ["2"], "as_of": ["2018-01-01"], "weigh_by": ["amount"]},
        {"weigh_by": ["gold"], "page": ["-1"]},
    ],
)
@pytest.mark.parametrize("locale", ["en", "zh-CN"])
def test_an_odd_address_still_gives_an_overview(
    demonstration: Desk, address: dict[str, list[str]], locale: str
) -> None:
    assert look("overview.py", address, locale).metric


def test_before_the_first_signing_everything_is_nought_and_says_so(demonstration: Desk) -> None:
    app = look("overview.py", {"as_of": ["2010-01-01"]})
    assert {m.value for m in app.metric} == {"0"}
    assert "No agreement is signed here by this day." in told(app)
    assert "No province has anything to show here by this day." in told(app)
    assert "Nothing was signed, landed, put off or ended since then" in told(app)


def test_one_agreement_makes_an_overview(screens: Desk) -> None:
    logged(screens)
    app = look("overview.py")
    assert any("0 of 1 signed agreements have landed" in m.value for m in app.markdown)
    assert any(title.startswith("All regions: landed 0/1") for title in _titles(app))


def test_a_pillars_overview_leaves_counties_out(demonstration: Desk) -> None:
    app = look("overview.py", DEMO_DAY | {"pillar": ["2"]})
    assert not any(m.label.startswith("Counties") for m in app.metric)
    assert "Counties belong to a region" in told(app)


def test_the_changes_are_those_of_the_part(demonstration: Desk) -> None:
    hunan = _region(demonstration, "湖南省")
    rows = read_changes(demonstration, MARCH, DAY, Part(region_id=int(hunan)))
    app = look("overview.py", SINCE_MARCH | {"region": [hunan], "changed": ["pushed_out"]})
    table = next(f.value for f in app.dataframe if "told" in f.value)
    expected = [change_sentence(r, words_in("en")) for r in rows.filter(kind="pushed_out").to_dicts()]
    assert table["told"].to_list() == expected


def _targets(app: AppTest) -> list[str]:
    return [caption.value for caption in app.caption if "Target of" in caption.value]


def test_a_target_of_the_year_stands_with_what_was_reached_of_it(screens: Desk) -> None:
    logged(screens)
    year = screens.today.year
    set_targets(screens, year, [Wish(None, TargetMeasure.landings, 4)], seen={}, token="once")
    assert _targets(look("overview.py")) == [f"Target of {year}: 0/4 · 0%"]


def test_a_pillar_has_no_target_of_its_own(screens: Desk) -> None:
    logged(screens)
    set_targets(screens, screens.today.year, [Wish(None, TargetMeasure.landings, 4)], seen={}, token="once")
    assert _targets(look("overview.py", {"pillar": ["1"]})) == []


def test_a_year_without_a_target_says_none(demonstration: Desk) -> None:
    assert _targets(look("overview.py", {"as_of": ["2016-06-30"]})) == []


def test_a_sales_region_has_a_map_and_a_table_of_its_provinces(screens: Desk) -> None:
    logged(screens, "430281")
    hunan = int(_region(screens, "湖南省"))
    with screens.database.transaction(actor="dora", origin="test") as work:
        south = work.save(SalesRegion(name="南区", position=1))
        work.save(SalesRegionDivision(sales_region_id=south.key, division_id=hunan, from_on=date(2020, 1, 1)))
    app = look("overview.py", {"region": [f"-{south.key}"]})
    assert any(title.startswith("南区: landed 0/1") for title in _titles(app))
    assert [list(f.value["label"]) for f in app.dataframe if "label" in f.value] == [["Hunan"]]

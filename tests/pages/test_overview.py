"""The overview: each figure opens the list of exactly the records it counts."""

import json
from datetime import date
from typing import Any

import polars as pl
import pytest
from streamlit.testing.v1 import AppTest

from tests.agreement_samples import logged
from tests.pages.list_screen import DEMO_DAY, counted, follow, look
from tests.pages.project_screen import told
from tracker.rules.rate import RATES
from tracker.services.desk import Desk
from tracker.services.figures import Grouping, read_figures
from tracker.services.lists import read_choices

HUNAN = "湖南省"


def _region(desk: Desk, name: str) -> str:
    rows = read_choices(desk).regions
    return str(rows.row(by_predicate=pl.col("name") == name, named=True)["id"])


@pytest.mark.parametrize(("locale", "title"), [("en", "Overview"), ("zh-CN", "总览")])
def test_an_empty_database_gets_its_first_steps(screens: Desk, locale: str, title: str) -> None:
    app = look("overview.py", locale=locale)
    assert app.title[0].value == title
    assert not app.metric
    assert app.code[0].value == "python -m tracker demo"


def _lists(app: AppTest) -> list[Any]:
    """The links of the key figures, in their order."""
    return [link for link in app.get("page_link") if "Open the list" in link.proto.label]


def _charts(app: AppTest) -> list[dict[str, Any]]:
    return [json.loads(chart.proto.spec) for chart in app.get("vega_lite_chart")]


@pytest.mark.parametrize("place", [{}, {"region": HUNAN}, {"pillar": "2"}, {"event": "1"}])
def test_each_figure_opens_the_list_of_exactly_these_records(
    demonstration: Desk, place: dict[str, str]
) -> None:
    asked = {n: [_region(demonstration, v) if n == "region" else v] for n, v in place.items()}
    app = look("overview.py", DEMO_DAY | asked)
    shown = {m.label: int(m.value.replace(",", "")) for m in app.metric}
    links = zip(app.metric, _lists(app), strict=True)
    assert {m.label: counted(follow(link)) for m, link in links} == shown


def test_the_weeks_add_up_to_the_figure_of_90_days(demonstration: Desk) -> None:
    app = look("overview.py", DEMO_DAY)
    weeks = [link for link in app.get("page_link") if " due, " in link.proto.label]
    figure = next(m for m in app.metric if m.label == "Due in 90 days")
    counts = [int(week.proto.label.split(": ")[1].split(" ")[0]) for week in weeks]
    assert sum(counts) == int(figure.value)


def test_a_rate_is_shown_as_n_of_n_with_its_definition(demonstration: Desk) -> None:
    app = look("overview.py", DEMO_DAY)
    figure = next(m for m in app.metric if m.label == "Turned into projects")
    signed = next(m for m in app.metric if m.label == "Agreements signed")
    assert f"{figure.value}/{signed.value}" in told(app)
    assert "of all signed" in next(m.help for m in app.markdown if m.value == figure.label)


def test_a_rate_of_few_cases_says_so(screens: Desk) -> None:
    logged(screens)
    assert "fewer than 10 cases" in told(look("overview.py"))


def test_a_rate_of_nothing_is_blank(screens: Desk) -> None:
    logged(screens)
    app = look("overview.py", {"as_of": ["2019-01-01"]})
    assert [m.value for m in app.metric][:3] == ["0", "0", "0"]
    assert not any("/0" in c.value for c in app.caption)


def test_the_chart_shows_each_status_that_occurs(demonstration: Desk) -> None:
    app = look("overview.py", DEMO_DAY, "zh-CN")
    assert any("履行中" in json.dumps(spec, ensure_ascii=False) for spec in _charts(app))


def test_provinces_are_listed_with_what_they_reached(demonstration: Desk) -> None:
    tables = [frame.value for frame in look("overview.py", DEMO_DAY).dataframe]
    assert "Hunan" in list(next(t["label"] for t in tables if "label" in t))


def test_each_province_tells_how_many_agreements_landed_of_those_signed(demonstration: Desk) -> None:
    rows = look("overview.py", DEMO_DAY).dataframe[-1].value
    counted = read_figures(demonstration, date(2021, 6, 30), Grouping.province)
    told = {
        row["label_en"]: f"{row['agreements_landed']}/{row['agreements_signed']} ·"
        for row in counted.iter_rows(named=True)
    }
    assert told
    assert all(told[row.label] in row.landed for row in rows.itertuples())


def test_a_landing_rate_of_few_agreements_is_marked(demonstration: Desk) -> None:
    rows = look("overview.py", DEMO_DAY).dataframe[-1].value
    assert list(rows["landed"].str.endswith(" *")) == list(rows["agreements_signed"] < 10)


def test_a_region_has_no_table_of_provinces(demonstration: Desk) -> None:
    app = look("overview.py", DEMO_DAY | {"region": [_region(demonstration, HUNAN)]})
    assert not any("label" in frame.value for frame in app.dataframe)


def test_every_rate_stands_beside_how_it_is_counted(demonstration: Desk) -> None:
    helped = {m.value: m.help for m in look("overview.py", DEMO_DAY).markdown}
    assert all("Counted: " in helped[rate.name] and "Left out: " in helped[rate.name] for rate in RATES)


def test_the_file_of_rates_holds_the_counts_that_the_command_line_prints(demonstration: Desk) -> None:
    row = read_figures(demonstration, date(2021, 6, 30)).row(0, named=True)
    tables = [f.value for f in look("overview.py", {"as_of": ["2021-06-30"]}).dataframe]
    shown = next(t for t in tables if "cohort" in t)
    assert list(shown["of"].dropna()) == [row[rate.of] for rate in RATES if row[rate.of] is not None]


def test_funds_in_place_are_not_recorded(demonstration: Desk) -> None:
    assert "**not recorded**" in [m.value for m in look("overview.py", DEMO_DAY).markdown]


def test_projects_weighed_by_amount_say_what_is_left_out(demonstration: Desk) -> None:
    app = look("overview.py", DEMO_DAY | {"weigh_by": ["amount"]})
    assert "more projects have none in yuan" in told(app)


def test_an_impossible_day_and_region_fall_back(demonstration: Desk) -> None:
    app = look("overview.py", {"as_of": ["9999-99-99"], "region": ["abc"]})
    assert app.metric

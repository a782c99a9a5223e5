"""Landing curves as drawn: where lines stand, what stands around them, what the title says."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from tests.charts.stored import assert_as_stored
from tests.portfolio.landing_facts import AS_OF, Row, after, on_the_way, signed
from tests.portfolio.timeline_facts import portfolio
from tracker.charts.landing import landing_chart
from tracker.charts.landing_heading import landing_heading
from tracker.charts.picture import picture, specification
from tracker.charts.view import ChartView
from tracker.i18n import words_in
from tracker.portfolio.figures import Grouping
from tracker.portfolio.landing import Landings, drawn_cohorts, landings
from tracker.rules.landing import days_in

ZH, EN = words_in("zh_CN"), words_in("en")
VIEW = ChartView(AS_OF, ("2020 年签署的协议",), ("截至 2021-07-17",))
YEAR_BEFORE = date(2019, 7, 17)


def _cohorts(*more: Row) -> Landings:
    """2020: of ten, four landed after 61, 122, 183 and 304 days, one was terminated; 2019: one of two did."""
    years = [signed(n, 61 * n) for n in (1, 2, 3)] + [signed(4, 304), signed(5, terminated_on=after(200))]
    years += [signed(n) for n in range(6, 11)]
    years += [signed(11, -300, signed_on=YEAR_BEFORE), signed(12, signed_on=YEAR_BEFORE)]
    return landings(on_the_way(*years, *more), AS_OF, Grouping.year)


def _spec(found: Landings | None = None, view: ChartView = VIEW, words: Any = ZH) -> dict[str, Any]:
    return specification(landing_chart(found or _cohorts(), view, words), 900)


def _rows(spec: dict[str, Any], *columns: str) -> list[tuple[Any, ...]]:
    """The rows of the first layer whose data has all these columns."""
    frames = [spec["datasets"][layer["data"]["name"]] for layer in spec["layer"]]
    rows = next(f for f in frames if f and set(columns) <= set(f[0]))
    return [tuple(row[c] for c in columns) for row in rows]


def _lines(spec: dict[str, Any], width: float) -> list[dict[str, Any]]:
    layer = next(x for x in spec["layer"] if x["mark"].get("strokeWidth") == width)
    rows: list[dict[str, Any]] = spec["datasets"][layer["data"]["name"]]
    return rows


def test_the_specification_is_valid_and_as_stored() -> None:
    assert_as_stored(landing_chart(_cohorts(), VIEW, ZH), "landing")


def test_a_line_steps_to_the_share_of_the_curve() -> None:
    drawn = [(r["days"], round(r["share"], 4)) for r in _lines(_spec(), 2.6) if r["key"] == 2020]
    # 10 wait: 1 of 10, 1 of 9, 1 of 8; one of 7 ends; 1 of 6 lands of what 0.6 of all still wait for.
    assert drawn == [(0, 0), (61, 0.1), (122, 0.2), (183, 0.3), (200, 0.3), (304, 0.4), (365, 0.4)]


def test_each_line_is_named_at_its_end_with_its_counts() -> None:
    assert sorted(said for (said,) in _rows(_spec(), "said")) == ["1/2 *  2019", "4/10  2020"]


def test_only_a_small_cohort_is_dashed() -> None:
    dashes = [x["encoding"]["strokeDash"] for x in _spec()["layer"] if "strokeDash" in x.get("encoding", {})]
    scale = dashes[0]["scale"]
    assert dict(zip(scale["domain"], scale["range"], strict=True)) == {2019: [6, 4], 2020: [1, 0]}


def test_the_number_at_risk_stands_below_each_mark() -> None:
    counts = [(m, n) for p, m, n in _rows(_spec(), "place", "months", "at_risk") if p == 1]
    assert counts == [(0, 10), (2, 10), (4, 9), (6, 8), (8, 6), (10, 5), (12, 0)]


def test_the_axis_names_the_months_that_have_a_count() -> None:
    spec = _spec()
    axis = spec["layer"][0]["encoding"]["x"]["axis"]
    assert axis["values"] == sorted({months for _place, months in _rows(spec, "place", "months")})


def test_the_axis_ends_after_the_last_landing() -> None:
    later = landings(on_the_way(signed(1, 500), signed(2, 20)), after(2_000), Grouping.year)
    assert _rows(_spec(later), "place", "months")[-1][1] == 18


def test_a_line_gets_thin_where_few_were_signed_so_long_ago() -> None:
    years = [signed(1, 304), signed(2, 100), *(signed(n) for n in range(3, 10))]
    # These are seen for 215 days; of the nine others one lands on day 304.
    fresh = [signed(n, signed_on=after(150)) for n in range(20, 30)]
    found = landings(on_the_way(*years, *fresh), AS_OF, Grouping.year)
    drawn = [[r["days"] for r in _lines(_spec(found), width)] for width in (2.6, 1.2)]
    assert drawn == [[0, 100, 215, 303], [303, 304, 365]]


def test_a_line_of_many_is_not_thin_where_few_still_wait() -> None:
    years = [signed(n, 100) for n in range(1, 10)] + [signed(10), signed(11, signed_on=after(300))]
    found = landings(on_the_way(*years), AS_OF, Grouping.pillar)
    assert _lines(_spec(found), 1.2) == []


def test_a_line_seen_to_its_end_is_never_thin() -> None:
    whole = landings(on_the_way(signed(1, 20), signed(2, terminated_on=after(30))), AS_OF, Grouping.year)
    assert _lines(_spec(whole), 1.2) == []


def test_names_are_in_the_readers_language() -> None:
    provinces = landings(on_the_way(signed(1, 20)), AS_OF, Grouping.province)
    assert [_rows(_spec(provinces, words=w), "said") for w in (ZH, EN)] == [
        [("1/1 *  湖南省",)],
        [("1/1 *  Hunan",)],
    ]


def test_nothing_to_draw_is_refused() -> None:
    with pytest.raises(ValueError, match="signed agreement"):
        landing_chart(landings(portfolio(), AS_OF, Grouping.year), VIEW, ZH)


@pytest.mark.parametrize("dark", [True, False])
@pytest.mark.parametrize("narrow", [True, False])
@pytest.mark.parametrize("day", [after(0), after(1), AS_OF, date(2099, 1, 1)])
def test_it_can_be_drawn_from_the_first_day_on(day: date, narrow: bool, dark: bool) -> None:
    found = landings(on_the_way(signed(1, 0), signed(2, 900)), day, Grouping.year)
    chart = landing_chart(found, replace(VIEW, as_of=day, narrow=narrow, dark=dark), EN)
    assert picture(chart, "svg", 390).startswith(b"<svg")


def test_a_name_of_forty_characters_is_drawn() -> None:
    event = {"id": 1, "name": "县域数字经济高质量发展" * 4, "held_on": after(0)}
    found = landings(on_the_way(signed(1, 9), signing_event=[event]), AS_OF, Grouping.event)
    assert picture(landing_chart(found, VIEW, ZH), "svg", 900).startswith(b"<svg")


def _title(found: Landings, words: Any = EN) -> str:
    return landing_heading(found, "全国", AS_OF, words)[0][0]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (ZH, "2020：10 份中 4 份在一年内落地，落地时间中位数 5 个月"),
        (EN, "2020: 4 of 10 landed within a year; median 5 months"),
    ],
)
def test_the_title_says_what_became_of_a_year_that_was_watched_whole(words: Any, said: str) -> None:
    assert _title(_cohorts(), words) == said


def test_a_year_not_watched_whole_says_so_far() -> None:
    fresh = _cohorts(*(signed(n, 80, signed_on=after(60)) for n in range(20, 22)))
    assert _title(fresh.only([2020])) == "2020: 6 of 12 landed so far; median 3 months"


def test_a_cohort_without_a_landing_says_none() -> None:
    found = landings(on_the_way(signed(1)), AS_OF, Grouping.year)
    assert _title(found) == "2020: none of 1 signed has landed"


def test_cohorts_side_by_side_are_said_by_the_most_and_the_least() -> None:
    both = on_the_way(signed(1, 9), signed(2, 9), signed(3, county=21))
    assert _title(landings(both, AS_OF, Grouping.province)) == "Most landed: Hunan 2/2; least: Guizhou 0/1"


def test_cohorts_that_fare_alike_are_said_by_the_largest() -> None:
    alike = on_the_way(signed(1, 9), signed(2, 9), signed(3, 9, county=21))
    said = _title(landings(alike, AS_OF, Grouping.province))
    assert said == "Hunan: 2 of 2 landed within a year; median 0.3 months"


def test_the_subtitle_says_what_it_rests_on() -> None:
    drawn = _cohorts().only([2020])
    line = landing_heading(drawn, "湖南省", AS_OF, EN)[1][0]
    assert line == "As of 2021-07-17 · 湖南省 · landed 5/12 of all signed · cohorts drawn 1/2"


def test_the_newest_years_are_drawn_and_of_others_the_largest() -> None:
    years = [signed(n, signed_on=date(2010 + n, 1, 1)) for n in range(1, 9)]
    assert drawn_cohorts(landings(on_the_way(*years), AS_OF, Grouping.year), Grouping.year).cohorts[
        "key"
    ].to_list() == [2014, 2015, 2016, 2017, 2018]
    provinces = landings(on_the_way(signed(1), signed(2, county=21)), AS_OF, Grouping.province)
    assert drawn_cohorts(provinces, Grouping.province).cohorts["key"].to_list() == [1, 2]


def test_what_was_chosen_is_drawn_alone() -> None:
    drawn = drawn_cohorts(_cohorts(), Grouping.year, [2019, 1900])
    assert (drawn.cohorts["key"].to_list(), drawn.in_all) == ([2019], 2)


@pytest.mark.parametrize(("months", "days"), [(0, 0), (1, 31), (6, 183), (12, 366), (24, 731)])
def test_a_mark_of_the_axis_begins_on_its_first_whole_day(months: int, days: int) -> None:
    assert days_in(months) == days

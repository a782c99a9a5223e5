from datetime import date

import pytest

from tests.charts.sample import frames as made_of
from tests.charts.sample import row
from tests.portfolio.timeline_facts import (
    AS_OF,
    DIVISIONS,
    PILLARS,
    agreement,
    party,
    portfolio,
    three_counties,
)
from tracker.i18n import words_in
from tracker.portfolio.timeline import (
    TimelineChoice,
    TimelineFrames,
    no_frames,
    timeline_frames,
)
from tracker.portfolio.timeline_page import on_page, page_breaks

ZH = words_in("zh_CN")


def _frames(**choice: object) -> TimelineFrames:
    return timeline_frames(three_counties(), AS_OF, TimelineChoice(**choice), ZH)  # type: ignore[arg-type]


def _names(frames: TimelineFrames) -> list[tuple[str, str | None]]:
    return frames.rows.select("county_name", "project_name").rows()


def test_rows_go_by_province_county_agreement_and_start() -> None:
    assert _names(_frames()) == [("醴陵市", "P2"), ("醴陵市", "P1"), ("南县", "P3"), ("西秀区", None)]


def test_a_county_of_a_joint_agreement_without_a_project_has_a_row_that_says_so() -> None:
    last = _frames().rows.row(-1, named=True)
    assert (last["state"], last["agreement_number"], last["province_name"]) == ("no_project", "A2", "贵州省")


def test_an_agreement_that_is_not_signed_and_has_no_project_is_left_out() -> None:
    assert "A3" not in _frames().rows["agreement_number"]


def test_progress_and_bar_are_those_of_the_project() -> None:
    first = _frames().rows.row(1, named=True)
    assert (first["progress"], first["planned"]) == (0.5, None)
    assert (first["start_on"], first["finish_on"]) == (date(2020, 12, 1), date(2021, 12, 1))


def test_milestones_show_the_day_met_or_due_and_whether_met_late() -> None:
    shown = _frames().milestones.select("row", "shown_on", "state").rows()
    assert shown == [
        (1, date(2021, 2, 20), "met"),
        (1, date(2021, 4, 9), "met_late"),
        (1, date(2021, 6, 1), "overdue"),
        (1, date(2021, 12, 1), "scheduled"),
    ]


def test_key_and_landing_marks_are_kept() -> None:
    assert _frames().milestones.select("is_key", "is_gate").rows()[:2] == [(True, False), (False, True)]


def test_a_band_spans_an_agreements_rows_in_each_of_its_counties() -> None:
    bands = _frames().bands.select("agreement_number", "row_from", "row_to").rows()
    assert bands == [("A1", 0, 1), ("A2", 2, 2), ("A2", 3, 3)]


def test_a_band_ends_with_the_term() -> None:
    assert set(_frames().bands["end_on"]) == {date(2023, 7, 16)}


def test_a_terminated_term_ends_on_that_day() -> None:
    facts = portfolio(
        division=DIVISIONS,
        pillar=PILLARS,
        agreement=[agreement(1, terminated_on=date(2021, 2, 1))],
        party=[party(1, 1, 11)],
    )
    (band,) = timeline_frames(facts, AS_OF, TimelineChoice(), ZH).bands.rows(named=True)
    assert (band["status"], band["end_on"]) == ("terminated", date(2021, 2, 1))


@pytest.mark.parametrize(
    ("choice", "rows"),
    [
        ({"region_ids": {2}}, [("西秀区", None)]),
        ({"region_ids": {3}}, [("醴陵市", "P2"), ("醴陵市", "P1")]),
        ({"region_ids": {12}}, [("南县", "P3")]),
        ({"pillar_codes": {"decision"}}, [("醴陵市", "P2"), ("西秀区", None)]),
        ({"unit_ids": {2}}, [("醴陵市", "P2")]),
        ({"owners": {"西南区"}}, [("南县", "P3"), ("西秀区", None)]),
        ({"event_ids": {1}}, [("醴陵市", "P2"), ("醴陵市", "P1")]),
        ({"statuses": {"expired"}}, []),
        ({"region_ids": set()}, []),
    ],
)
def test_a_choice_narrows_the_rows(choice: dict[str, object], rows: list[tuple[str, str | None]]) -> None:
    assert _names(_frames(**choice)) == rows


def test_a_county_whose_projects_are_filtered_away_is_not_said_to_have_none() -> None:
    assert ("南县", None) not in _names(_frames(pillar_codes={"decision"}))


def test_names_are_english_where_there_is_one() -> None:
    rows = timeline_frames(three_counties(), AS_OF, TimelineChoice(), words_in("en")).rows
    assert rows["county_name"].unique(maintain_order=True).to_list() == ["Liling", "南县", "西秀区"]
    assert rows["pillar_name"].to_list()[0] == "Scientific decisions"


def test_before_the_signature_there_is_nothing() -> None:
    assert timeline_frames(three_counties(), date(2020, 7, 16), TimelineChoice(), ZH).is_empty()


def test_an_empty_portfolio_gives_empty_frames() -> None:
    frames = timeline_frames(portfolio(), AS_OF, TimelineChoice(), ZH)
    assert frames.is_empty()
    assert frames.rows.schema == no_frames().rows.schema


def _counties(*sizes: int) -> TimelineFrames:
    ids = [county for county, size in enumerate(sizes) for _ in range(size)]
    return made_of([row(number, county_id=county) for number, county in enumerate(ids)])


@pytest.mark.parametrize(
    ("sizes", "pages"),
    [
        ((), []),
        ((50,), [range(50)]),
        ((30, 20, 1), [range(50), range(50, 51)]),
        ((30, 21), [range(30), range(30, 51)]),
        ((60, 5), [range(50), range(50, 65)]),
    ],
)
def test_a_page_holds_whole_counties(sizes: tuple[int, ...], pages: list[range]) -> None:
    assert page_breaks(_counties(*sizes)) == pages


def test_a_page_counts_its_rows_from_zero() -> None:
    page = on_page(_frames(), range(2, 4))
    assert page.rows["row"].to_list() == [0, 1]
    assert page.bands.select("row_from", "row_to").rows() == [(0, 0), (1, 1)]
    assert page.milestones.is_empty()

from dataclasses import replace
from datetime import date

import pytest

from tests.charts.sample import VIEW, band, bare_row, frames, milestone, row, two_counties
from tracker.charts.placing import place
from tracker.portfolio.timeline import no_frames

NARROW = replace(VIEW, narrow=True)


def test_45_percent_of_100_days_are_done_after_45_days() -> None:
    bar = place(frames([row(0)]), VIEW).bars.row(0, named=True)
    assert (bar["x"], bar["xp"], bar["x2"]) == (date(2021, 1, 1), date(2021, 2, 15), date(2021, 4, 11))


def test_a_bar_is_cut_to_the_period_and_its_done_part_with_it() -> None:
    view = replace(VIEW, from_on=date(2021, 2, 1), to_on=date(2021, 3, 1))
    bar = place(frames([row(0)]), view).bars.row(0, named=True)
    assert (bar["x"], bar["xp"], bar["x2"]) == (date(2021, 2, 1), date(2021, 2, 15), date(2021, 3, 1))


def test_a_done_part_before_the_period_has_no_length() -> None:
    bar = place(frames([row(0)]), replace(VIEW, from_on=date(2021, 3, 1))).bars.row(0, named=True)
    assert bar["xp"] == bar["x"] == date(2021, 3, 1)


def test_a_cut_bar_keeps_its_own_days_for_the_tooltip() -> None:
    bar = place(frames([row(0)]), replace(VIEW, from_on=date(2021, 3, 1))).bars.row(0, named=True)
    assert (bar["start_on"], bar["finish_on"]) == (date(2021, 1, 1), date(2021, 4, 11))


def test_a_bar_of_one_day_has_a_width() -> None:
    bar = place(frames([row(0, finish_on=date(2021, 1, 1))]), VIEW).bars.row(0, named=True)
    assert bar["x2"] == date(2021, 1, 2)


@pytest.mark.parametrize(("progress", "text"), [(None, "–"), (0.0, "0%"), (0.4567, "45.7%"), (1.0, "100%")])
def test_blank_progress_is_not_zero(progress: float | None, text: str) -> None:
    assert place(frames([row(0, progress=progress)]), VIEW).bars["progress"].to_list() == [text]


@pytest.mark.parametrize(
    ("from_on", "to_on", "edge"),
    [
        (date(2021, 5, 1), date(2021, 12, 31), date(2021, 5, 1)),
        (date(2020, 1, 1), date(2020, 12, 1), date(2020, 12, 1)),
    ],
)
def test_a_project_outside_the_period_is_marked_at_its_edge(from_on: date, to_on: date, edge: date) -> None:
    placed = place(frames([row(0)]), replace(VIEW, from_on=from_on, to_on=to_on))
    assert (placed.bars.height, placed.beyond["x"].to_list()) == (0, [edge])


def test_a_project_without_a_plan_has_a_name_and_no_bar() -> None:
    placed = place(frames([row(0, start_on=None, finish_on=None)]), VIEW)
    assert (placed.labels.height, placed.bars.height, placed.beyond.height) == (1, 0, 0)


def test_a_term_spans_the_rows_of_its_agreement() -> None:
    bands = place(two_counties(), VIEW).bands
    assert bands.select("y", "y2").rows() == [(0.0, 2.0), (2.0, 3.0)]


def test_a_term_without_an_end_runs_to_the_edge_and_is_marked_open() -> None:
    placed = place(two_counties(), VIEW)
    assert placed.bands["x2"].to_list() == [date(2022, 7, 16), VIEW.to_on]
    assert (placed.ends["x"].to_list(), placed.opens["y"].to_list()) == ([date(2022, 7, 16)], [2.5])


def test_a_term_that_ends_after_the_period_shows_no_end() -> None:
    placed = place(two_counties(), replace(VIEW, to_on=date(2021, 12, 31)))
    assert placed.ends.is_empty()


def test_an_unsigned_agreement_has_neither_band_nor_flag() -> None:
    placed = place(frames([row(0)], [band(0, 0, signed_on=None, effective_on=None)]), VIEW)
    assert placed.bands.is_empty()
    assert placed.flags.is_empty()


def test_a_flag_stands_on_the_day_of_signing() -> None:
    later = band(0, 0, effective_on=date(2020, 9, 1))
    placed = place(frames([row(0)], [later]), VIEW)
    assert (placed.flags["x"].to_list(), placed.bands["x"].to_list()) == (
        [date(2020, 7, 17)],
        [date(2020, 9, 1)],
    )


def test_milestones_look_by_state_and_landing_gate() -> None:
    looks = place(two_counties(), VIEW).milestones["look"].to_list()
    assert looks == ["filled", "crossed", "hollow_gate", "half_gate", "struck"]


def test_a_milestone_outside_the_period_is_not_drawn() -> None:
    milestones = [milestone(1, shown_on=VIEW.to_on), milestone(2, shown_on=date(2023, 1, 1))]
    assert place(frames([row(0)], None, milestones), VIEW).milestones["x"].to_list() == [VIEW.to_on]


def test_rows_are_a_unit_apart() -> None:
    assert place(two_counties(), VIEW).labels["y"].to_list() == [0.5, 1.5, 2.5]


def test_on_a_narrow_page_a_county_has_a_line_of_its_own() -> None:
    placed = place(two_counties(), NARROW)
    assert placed.labels["y"].to_list() == pytest.approx([1.3, 2.3, 3.9])
    assert placed.counties["top"].to_list() == pytest.approx([0.0, 2.6])
    assert placed.depth == pytest.approx(4.2)


def test_provinces_are_named_only_when_there_are_several() -> None:
    one = place(two_counties(), VIEW).counties["province"].to_list()
    rows = [
        row(0),
        bare_row(1, county_id=2, province_name="贵州省"),
        bare_row(2, county_id=3, province_name="贵州省"),
    ]
    assert one == ["", ""]
    assert place(frames(rows), VIEW).counties["province"].to_list() == ["湖南省", "贵州省", ""]


def test_nothing_to_draw_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one row"):
        place(no_frames(), VIEW)


def test_the_plans_below_a_bar_are_cut_to_the_period() -> None:
    view = replace(VIEW, from_on=date(2021, 2, 1), to_on=date(2021, 3, 1))
    moved = row(0, ghost_to=date(2021, 4, 1), current_to=date(2021, 4, 8), baselines=1)
    bar = place(frames([moved]), view).bars.row(0, named=True)
    assert (bar["ghost_x"], bar["ghost_x2"], bar["current_x2"]) == (
        date(2021, 2, 1),
        date(2021, 3, 1),
        date(2021, 3, 1),
    )


def test_a_first_plan_outside_the_period_is_not_drawn() -> None:
    bar = place(frames([row(0, ghost_to=date(2021, 1, 20))]), replace(VIEW, from_on=date(2021, 2, 1))).bars
    assert bar["ghost_x"].to_list() == [None]


@pytest.mark.parametrize(("baselines", "drawn"), [(0, None), (1, date(2021, 4, 8)), (None, None)])
def test_the_plan_in_force_is_drawn_where_it_is_another(baselines: int | None, drawn: date | None) -> None:
    bar = place(frames([row(0, baselines=baselines, current_to=date(2021, 4, 8))]), VIEW).bars
    assert bar["current_x2"].to_list() == [drawn]


def test_a_term_that_ends_before_the_work_is_marked_on_the_bar() -> None:
    late = row(0, outlives_term=True, term_end_on=date(2021, 3, 1))
    placed = place(frames([late, row(1)]), VIEW)
    assert placed.conflicts.select("y", "x").rows() == [(0.5, date(2021, 3, 1))]
    assert place(frames([late]), replace(VIEW, from_on=date(2021, 3, 2))).conflicts.is_empty()


def test_a_milestone_knows_by_how_many_days_it_was_moved() -> None:
    moved = milestone(1, shown_on=date(2021, 3, 1), due_on=date(2021, 2, 1))
    assert place(frames([row(0)], None, [moved]), VIEW).milestones["moved"].to_list() == [28]


def test_a_milestone_moved_by_more_than_a_century_is_drawn() -> None:
    moved = milestone(1, shown_on=date(2021, 3, 1), due_on=date(1949, 1, 1))
    view = replace(VIEW, from_on=date(1949, 1, 1), to_on=date(2199, 12, 31))
    back = milestone(2, shown_on=date(2021, 2, 1), due_on=date(2199, 12, 31))
    drawn = place(frames([row(0)], None, [moved, back]), view).milestones
    assert drawn["moved"].to_list() == [26_357, -65_346]


def test_a_bar_tells_a_slip_of_more_than_a_century() -> None:
    slips = {"slip_original_days": 65_126, "slip_current_days": -65_126}
    bar = place(frames([row(0, **slips)]), VIEW).bars.row(0, named=True)
    assert (bar["slip_days"], bar["slip_current_days"]) == (65_126, -65_126)


def test_a_bar_tells_of_two_hundred_re_baselines() -> None:
    assert place(frames([row(0, baselines=201)]), VIEW).bars["baselines"].to_list() == [201]


def test_a_bar_that_ends_at_the_edge_says_so() -> None:
    view = replace(VIEW, to_on=date(2021, 4, 12))
    assert place(frames([row(0)]), view).bars["at_edge"].to_list() == [True]

"""A timeline beside an earlier day: the lights, ends and milestones of then, and what has moved since."""

from datetime import date
from typing import Any

from tests.portfolio.timeline_facts import (
    AS_OF,
    DIVISIONS,
    PILLARS,
    agreement,
    milestone,
    party,
    portfolio,
    project,
)
from tracker.i18n import words_in
from tracker.portfolio.timeline import TimelineChoice, timeline_frames
from tracker.portfolio.timeline_page import on_page
from tracker.portfolio.timeline_then import Earlier

THEN = date(2021, 3, 31)
DUE, MET, PUT_OFF = date(2021, 5, 1), date(2021, 5, 11), date(2021, 9, 1)


def _earlier(then_on: date = THEN) -> Earlier:
    """P1: M1 met ten days late in May, M2 due in August and put off in April; P2 was opened in June."""
    tables: dict[str, Any] = {
        "division": DIVISIONS,
        "pillar": PILLARS,
        "agreement": [agreement(1)],
        "party": [party(1, 1, 11)],
        "project": [project(1, 1, 11), project(2, 1, 11, opened_on=date(2021, 6, 1))],
        "milestone": [
            milestone(1, 1, DUE, met_on=MET),
            milestone(2, 1, date(2021, 8, 1)),
            milestone(3, 1, date(2021, 7, 1)),
        ],
        "forecast_change": [
            {"id": 1, "milestone_id": 2, "changed_on": date(2021, 4, 15), "new_on": PUT_OFF},
        ],
    }
    facts = portfolio(**tables)
    found = timeline_frames(facts, AS_OF, TimelineChoice(then_on=then_on), words_in("zh_CN")).earlier
    assert found is not None
    return found


def test_a_project_that_did_not_exist_then_is_left_out() -> None:
    assert _earlier().rows["project_id"].to_list() == [1]


def test_an_end_put_off_has_moved_by_its_days() -> None:
    row = _earlier().rows.row(0, named=True)
    assert (row["finish_then_on"], row["moved_days"]) == (date(2021, 8, 1), 31)


def test_the_light_is_that_of_then() -> None:
    # Started in October without a report: yellow after two months, red after three.
    lights = [_earlier(day).rows["light_then"][0] for day in (date(2020, 12, 15), THEN)]
    assert lights == ["yellow", "red"]


def test_milestones_that_moved_stand_on_their_day_of_then() -> None:
    steps = _earlier().milestones.select("milestone_id", "then_on", "moved_days").rows()
    assert steps == [(1, DUE, 10), (2, date(2021, 8, 1), 31)]


def test_a_day_after_the_change_shows_no_move() -> None:
    assert _earlier(date(2021, 5, 31)).rows["moved_days"].to_list() == [0]


def test_a_page_takes_its_part_of_then() -> None:
    frames = timeline_frames(
        portfolio(
            division=DIVISIONS,
            pillar=PILLARS,
            agreement=[agreement(1)],
            party=[party(1, 1, 11)],
            project=[project(1, 1, 11), project(2, 1, 11)],
        ),
        AS_OF,
        TimelineChoice(then_on=THEN),
        words_in("zh_CN"),
    )
    part = on_page(frames, range(1, 2)).earlier
    assert part is not None
    assert part.rows.select("row", "project_id").rows() == [(0, 2)]


def test_before_anything_existed_nothing_stood() -> None:
    assert _earlier(date(2020, 1, 1)).rows.is_empty()

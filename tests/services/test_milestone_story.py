"""The story of a milestone: moves, reports and what was taken back, each with who, when and why."""

from datetime import date

import pytest

from db.models import Milestone
from db.queries.project import milestones_of
from tests.services.planning import a_row, an_opened_project
from tracker.errors import NotFound
from tracker.services.desk import Desk
from tracker.services.evidence import credit_milestone, meet_milestone, unmeet_milestone
from tracker.services.forecast import change_forecast
from tracker.services.milestone import bring_back_milestone, cancel_milestone
from tracker.services.milestone_grid import save_milestones
from tracker.services.milestone_story import StoryEvent, read_milestone_story

SEPTEMBER, AHEAD = date(2020, 9, 1), date(2190, 6, 1)


def _milestone(desk: Desk) -> Milestone:
    project = an_opened_project(desk)
    save_milestones(desk, project, [a_row()], seen={})
    with desk.reading() as session:
        return milestones_of(session, project)[0]


def _story(desk: Desk, milestone: Milestone) -> list[StoryEvent]:
    return read_milestone_story(desk, milestone.key)


def test_a_milestone_of_which_nothing_was_said_has_no_story(alice: Desk) -> None:
    assert _story(alice, _milestone(alice)) == []


def test_a_move_tells_who_from_when_to_when_and_why(alice: Desk) -> None:
    milestone = _milestone(alice)
    values = {"new_on": AHEAD, "reason_code": "county", "note": "县里换届", "changed_on": SEPTEMBER}
    change_forecast(alice, milestone.key, values, seen=1)
    [event] = _story(alice, milestone)
    assert (event.act, event.actor, event.on) == ("moved", "alice", SEPTEMBER)
    assert (event.old_on, event.new_on, event.reason_code, event.reason) == (
        None,
        AHEAD,
        "county",
        "县里换届",
    )


def test_what_was_taken_back_tells_the_day_it_had_said_and_why(alice: Desk) -> None:
    milestone = _milestone(alice)
    meet_milestone(alice, milestone.key, {"met_on": SEPTEMBER}, seen=1)
    unmeet_milestone(alice, milestone.key, "验收未通过", seen=2)
    newest, first = _story(alice, milestone)
    assert (first.act, first.on) == ("met", SEPTEMBER)
    assert (newest.act, newest.on, newest.reason) == ("unmet", SEPTEMBER, "验收未通过")


def test_a_share_is_told_with_its_day_even_if_only_one_of_them_changed(alice: Desk) -> None:
    milestone = _milestone(alice)
    credit_milestone(alice, milestone.key, {"credit_percent": 40, "credited_on": SEPTEMBER}, seen=1)
    credit_milestone(alice, milestone.key, {"credit_percent": 60, "credited_on": SEPTEMBER}, seen=2)
    assert [(e.act, e.on, e.percent) for e in _story(alice, milestone)] == [
        ("credited", SEPTEMBER, 60),
        ("credited", SEPTEMBER, 40),
    ]


def test_a_share_taken_back_is_told(alice: Desk) -> None:
    milestone = _milestone(alice)
    credit_milestone(alice, milestone.key, {"credit_percent": 40, "credited_on": SEPTEMBER}, seen=1)
    unmeet_milestone(alice, milestone.key, "数据有误", seen=2)
    newest = _story(alice, milestone)[0]
    assert (newest.act, newest.percent, newest.reason) == ("uncredited", 40, "数据有误")


def test_cancelling_and_bringing_back_are_told(alice: Desk) -> None:
    milestone = _milestone(alice)
    cancel_milestone(alice, milestone.key, SEPTEMBER, "不再需要")
    bring_back_milestone(alice, milestone.key, "又需要")
    assert [e.act for e in _story(alice, milestone)] == ["brought_back", "cancelled"]


def test_a_story_elsewhere_is_not_found(alice: Desk, charlie: Desk) -> None:
    milestone = _milestone(alice)
    with pytest.raises(NotFound):
        read_milestone_story(charlie, milestone.key)

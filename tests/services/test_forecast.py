"""Forecasts: changed with a reason, kept move by move, from the grid and whatever else moves a plan."""

from datetime import date, timedelta

import pytest
from sqlmodel import select

from db.models import ForecastChange, Milestone, Project
from db.queries.forecast import forecast_changes_of
from db.queries.project import milestones_of
from tests.conftest import ON_SQLITE
from tests.services.planning import a_row, an_opened_project, grid_of
from tracker.errors import EditConflict, InvalidInput, NotAllowed, NotFound, Required
from tracker.rules.forecast import ChangedSince, ForecastPassed, SameForecast
from tracker.rules.milestone_draft import MilestoneCancelled
from tracker.services.desk import Desk
from tracker.services.evidence import meet_milestone
from tracker.services.field_history import CannotBePutBack
from tracker.services.forecast import apply_forecast, change_forecast
from tracker.services.milestone import cancel_milestone
from tracker.services.milestone_grid import move_milestones, save_milestones
from tracker.services.project_course import end_pause, pause_project
from tracker.services.project_history import project_history, put_project_value_back

WHY = {"reason_code": "county", "note": "县里换届"}
AHEAD = date(2190, 6, 1)


def _planned(desk: Desk, *rows: dict[str, object]) -> int:
    project = an_opened_project(desk)
    save_milestones(desk, project, rows or (a_row(), a_row("上线", due_on=date(2020, 12, 1))), seen={})
    return project


def _first(desk: Desk, project: int) -> Milestone:
    with desk.reading() as session:
        return milestones_of(session, project)[0]


def _changes(desk: Desk, milestone: Milestone) -> list[ForecastChange]:
    with desk.reading() as session:
        return forecast_changes_of(session, [milestone.key])


def _moved(desk: Desk, *days: date, **values: object) -> Milestone:
    """A milestone whose forecast became each of `days` in turn."""
    project = _planned(desk, a_row())
    for day in days:
        milestone = _first(desk, project)
        change_forecast(desk, milestone.key, WHY | {"new_on": day} | values, seen=milestone.version)
    return _first(desk, project)


def _problems(caught: pytest.ExceptionInfo[InvalidInput]) -> list[tuple[str, type]]:
    return [(p.field, type(p)) for p in caught.value.problems]


def test_the_newest_forecast_stands_on_the_milestone(alice: Desk) -> None:
    assert _moved(alice, AHEAD, AHEAD + timedelta(days=9)).forecast_on == AHEAD + timedelta(days=9)


def test_every_move_is_kept_with_old_and_new(alice: Desk) -> None:
    later = AHEAD + timedelta(days=9)
    moves = _changes(alice, _moved(alice, AHEAD, later))
    assert [(m.old_on, m.new_on) for m in moves] == [(None, AHEAD), (AHEAD, later)]


def test_a_move_is_kept_with_its_reason_and_day(alice: Desk) -> None:
    [move] = _changes(alice, _moved(alice, AHEAD))
    assert (move.reason_code, move.note, move.changed_on) == ("county", "县里换届", alice.today)


def test_a_forecast_can_be_taken_back(alice: Desk) -> None:
    milestone = _moved(alice, AHEAD)
    change_forecast(alice, milestone.key, WHY | {"new_on": None}, seen=milestone.version)
    assert [(m.old_on, m.new_on) for m in _changes(alice, milestone)] == [(None, AHEAD), (AHEAD, None)]


def test_the_forecast_there_is_already_is_no_change(alice: Desk) -> None:
    milestone = _moved(alice, AHEAD)
    with pytest.raises(SameForecast):
        change_forecast(alice, milestone.key, WHY | {"new_on": AHEAD}, seen=milestone.version)


def test_a_forecast_in_the_past_is_refused(alice: Desk) -> None:
    milestone = _moved(alice)
    yesterday = alice.today - timedelta(days=1)
    with pytest.raises(InvalidInput) as caught:
        change_forecast(alice, milestone.key, WHY | {"new_on": yesterday}, seen=milestone.version)
    assert _problems(caught) == [("new_on", ForecastPassed)]


def test_a_change_before_the_newest_is_refused(alice: Desk) -> None:
    milestone = _moved(alice, AHEAD, changed_on=date(2020, 8, 2))
    values = WHY | {"new_on": date(2190, 7, 1), "changed_on": date(2020, 8, 1)}
    with pytest.raises(InvalidInput) as caught:
        change_forecast(alice, milestone.key, values, seen=milestone.version)
    assert _problems(caught) == [("changed_on", ChangedSince)]


def test_two_changes_of_one_day_are_both_kept(alice: Desk) -> None:
    milestone = _moved(alice, AHEAD, date(2190, 7, 1), changed_on=date(2020, 8, 2))
    assert len(_changes(alice, milestone)) == 2


def test_a_change_is_one_with_its_history(alice: Desk) -> None:
    milestone = _moved(alice, AHEAD)
    assert _changes(alice, milestone)[0].change_no == milestone.change_no


def test_the_second_of_two_forecasts_is_shown_beside_the_first(alice: Desk, dora: Desk) -> None:
    milestone = _moved(alice)
    change_forecast(dora, milestone.key, WHY | {"new_on": AHEAD}, seen=milestone.version)
    mine = AHEAD + timedelta(days=9)
    with pytest.raises(EditConflict) as caught:
        change_forecast(alice, milestone.key, WHY | {"new_on": mine}, seen=milestone.version)
    assert caught.value.fields == {"forecast_on": (AHEAD, mine)}


def test_a_cancelled_milestone_is_not_forecast(alice: Desk) -> None:
    milestone = _moved(alice)
    cancel_milestone(alice, milestone.key, date(2020, 9, 1), "不再需要")
    with pytest.raises(MilestoneCancelled):
        change_forecast(alice, milestone.key, WHY | {"new_on": AHEAD}, seen=milestone.version)


def test_a_forecast_from_before_the_project_was_opened_reaches_back(alice: Desk) -> None:
    milestone = _moved(alice, AHEAD, changed_on=date(2020, 1, 5))
    with alice.reading() as session:
        assert session.get_one(Project, milestone.project_id).opened_on == date(2020, 1, 5)


def test_a_reader_cannot_change_a_forecast(alice: Desk, bob: Desk) -> None:
    milestone = _moved(alice)
    with pytest.raises(NotAllowed):
        change_forecast(bob, milestone.key, WHY | {"new_on": AHEAD}, seen=1)


def test_a_forecast_elsewhere_is_not_found(alice: Desk, charlie: Desk) -> None:
    milestone = _moved(alice)
    with pytest.raises(NotFound):
        change_forecast(charlie, milestone.key, WHY | {"new_on": AHEAD}, seen=1)


def test_a_forecast_told_late_takes_its_place_and_the_newest_stays(alice: Desk) -> None:
    milestone = _moved(alice, AHEAD, changed_on=date(2020, 9, 1))
    with alice.transaction() as work:
        stored = work.get(Milestone, milestone.key)
        told = {"reason_code": "other", "note": "补报", "changed_on": date(2020, 8, 1)}
        apply_forecast(work, stored, date(2020, 10, 1), **told)  # type: ignore[arg-type]
    assert [(m.old_on, m.new_on) for m in _changes(alice, milestone)] == [
        (None, date(2020, 10, 1)),
        (None, AHEAD),
    ]
    assert _first(alice, milestone.project_id).forecast_on == AHEAD


def test_a_forecast_of_the_grid_asks_why(alice: Desk) -> None:
    project = _planned(alice)
    rows, seen = grid_of(alice, project)
    rows[0]["forecast_on"] = AHEAD
    with pytest.raises(InvalidInput) as caught:
        save_milestones(alice, project, rows, seen=seen)
    assert _problems(caught) == [("reason_code", Required), ("note", Required)]


def test_one_reason_is_kept_with_each_forecast_of_the_grid(alice: Desk) -> None:
    project = _planned(alice)
    rows, seen = grid_of(alice, project)
    for row in rows:
        row["forecast_on"] = AHEAD
    save_milestones(alice, project, rows, seen=seen, why=WHY)
    with alice.reading() as session:
        moves = session.exec(select(ForecastChange)).all()
    assert [(m.new_on, m.note) for m in moves] == [(AHEAD, "县里换届")] * 2


def test_a_row_added_with_a_forecast_begins_its_history(alice: Desk) -> None:
    project = an_opened_project(alice)
    save_milestones(alice, project, [a_row(forecast_on=AHEAD)], seen={}, why=WHY)
    assert [(m.old_on, m.new_on) for m in _changes(alice, _first(alice, project))] == [(None, AHEAD)]


def test_a_grid_without_moved_forecasts_needs_no_reason(alice: Desk) -> None:
    project = _planned(alice, a_row())
    rows, seen = grid_of(alice, project)
    rows[0]["weight"] = 25
    save_milestones(alice, project, rows, seen=seen)
    assert _changes(alice, _first(alice, project)) == []


@ON_SQLITE
def test_a_past_forecast_of_the_grid_is_named_with_its_row(alice: Desk) -> None:
    project = _planned(alice)
    rows, seen = grid_of(alice, project)
    rows[1]["forecast_on"] = alice.today - timedelta(days=1)
    with pytest.raises(InvalidInput) as caught:
        save_milestones(alice, project, rows, seen=seen, why=WHY)
    assert _problems(caught) == [("1.forecast_on", ForecastPassed)]


@ON_SQLITE
def test_a_change_of_the_grid_before_the_newest_is_named_with_its_row(alice: Desk) -> None:
    project = _moved(alice, AHEAD, changed_on=date(2020, 8, 2)).project_id
    rows, seen = grid_of(alice, project)
    rows[0]["forecast_on"] = AHEAD + timedelta(days=1)
    with pytest.raises(InvalidInput) as caught:
        save_milestones(alice, project, rows, seen=seen, why=WHY | {"changed_on": date(2020, 8, 1)})
    assert _problems(caught) == [("0.changed_on", ChangedSince)]


def test_a_forecast_somebody_else_moved_is_not_mine_to_explain(alice: Desk, dora: Desk) -> None:
    project = _planned(alice)
    rows, seen = grid_of(alice, project)
    milestone = _first(alice, project)
    change_forecast(dora, milestone.key, WHY | {"new_on": AHEAD}, seen=milestone.version)
    rows[1]["weight"] = 25
    save_milestones(alice, project, rows, seen=seen)
    assert len(_changes(alice, milestone)) == 1


def test_moving_the_plan_moves_its_forecasts_with_a_reason(alice: Desk) -> None:
    milestone = _moved(alice, AHEAD)
    move_milestones(alice, milestone.project_id, 10, why=WHY)
    assert _changes(alice, milestone)[-1].new_on == AHEAD + timedelta(days=10)


def test_moving_a_plan_with_forecasts_asks_why(alice: Desk) -> None:
    milestone = _moved(alice, AHEAD)
    with pytest.raises(InvalidInput):
        move_milestones(alice, milestone.project_id, 10)
    assert _first(alice, milestone.project_id).forecast_on == AHEAD


def test_the_end_of_a_pause_moves_forecasts_for_its_own_reason(alice: Desk) -> None:
    milestone = _moved(alice, AHEAD, changed_on=date(2020, 7, 20))
    pause_project(alice, milestone.project_id, {"from_on": date(2020, 8, 1), "reason": "汛期"})
    resumed = {"moves_plan": True, "reason_code": "weather"}
    end_pause(alice, milestone.project_id, date(2020, 8, 11), **resumed)  # type: ignore[arg-type]
    newest = _changes(alice, milestone)[-1]
    assert (newest.reason_code, newest.note, newest.changed_on) == ("weather", "汛期", date(2020, 8, 11))


def test_a_moved_forecast_is_never_dated_before_its_newest_change(alice: Desk) -> None:
    milestone = _moved(alice, AHEAD)
    pause_project(alice, milestone.project_id, {"from_on": date(2020, 8, 1), "reason": "汛期"})
    resumed = {"moves_plan": True, "reason_code": "weather"}
    end_pause(alice, milestone.project_id, date(2020, 8, 11), **resumed)  # type: ignore[arg-type]
    assert _changes(alice, milestone)[-1].changed_on == alice.today


def test_a_met_milestone_keeps_its_forecast_when_the_plan_moves(alice: Desk) -> None:
    milestone = _moved(alice, AHEAD)
    meet_milestone(alice, milestone.key, {"met_on": date(2020, 9, 1)}, seen=milestone.version)
    move_milestones(alice, milestone.project_id, 10, why=WHY)
    assert len(_changes(alice, milestone)) == 1


def test_a_forecast_is_not_put_back_without_a_reason(alice: Desk, dora: Desk) -> None:
    milestone = _moved(alice, AHEAD)
    entry = next(c for c in project_history(dora, milestone.project_id) if c.field == "forecast_on")
    with pytest.raises(CannotBePutBack):
        put_project_value_back(dora, milestone.project_id, entry.entry_id, "forecast_on")

"""Updates: sent, accepted, returned, corrected and withdrawn, on both engines."""

from datetime import date, timedelta
from typing import Any

import pytest

from db.models import Project
from db.queries.forecast import forecast_changes_of
from db.vocabulary import Decision, RequestOutcome
from tests.services.planning import SIGNED_ON
from tests.services.reporting import MOVED_TO, REPORTED, a_reported_project, an_update, milestone, moving
from tracker.errors import InvalidInput, NotAllowed, NotFound, ReasonRequired
from tracker.rules.milestone_draft import AlreadyMet
from tracker.rules.project_update import UpdateAccepted, UpdateReturned
from tracker.rules.update_request import RequestClosed
from tracker.services.agreement_scope import Withdrawn
from tracker.services.desk import Desk
from tracker.services.evidence import meet_milestone
from tracker.services.forecast import change_forecast
from tracker.services.milestone import cancel_milestone
from tracker.services.project import archive_project
from tracker.services.project_update import (
    UpdateSheet,
    accept_update,
    archive_update,
    read_updates,
    restore_update,
    return_update,
    send_update,
)
from tracker.services.risk import read_risks
from tracker.services.update_request import ask_for_update, read_requests, withdraw_request


def _only(desk: Desk, project: int) -> UpdateSheet:
    [sheet] = read_updates(desk, project)
    return sheet


def _moves(desk: Desk, milestone_id: int) -> list[tuple[date, date | None, date | None]]:
    with desk.reading() as session:
        return [(c.changed_on, c.old_on, c.new_on) for c in forecast_changes_of(session, [milestone_id])]


def _asked(desk: Desk, project: int) -> int:
    return ask_for_update(desk, project, {"due_on": desk.today, "question": "何时上线?"})


def test_an_update_waits_for_a_lead(alice: Desk) -> None:
    project, _ = a_reported_project(alice)
    send_update(alice, project, an_update())
    sheet = _only(alice, project)
    assert (sheet.update["author"], sheet.update["text"], sheet.is_waiting) == ("alice", "选址已定", True)


def test_one_tap_is_an_update(alice: Desk) -> None:
    project, _ = a_reported_project(alice)
    send_update(alice, project, {"reported_on": REPORTED, "is_no_change": True})
    assert _only(alice, project).update["is_no_change"]


def test_the_same_sending_twice_is_one_update(alice: Desk) -> None:
    project, milestones = a_reported_project(alice)
    values = an_update(forecasts=[moving(milestones[0])], risks=[{"title": "汛期"}])
    assert send_update(alice, project, values, token="t") == send_update(alice, project, values, token="t")
    assert len(read_updates(alice, project)) == len(read_risks(alice, project)) == 1


def test_a_project_exists_from_the_day_it_was_first_reported_on(alice: Desk) -> None:
    project, _ = a_reported_project(alice)
    send_update(alice, project, an_update(reported_on=SIGNED_ON - timedelta(days=1)))
    with alice.reading() as session:
        assert session.get_one(Project, project).opened_on == SIGNED_ON - timedelta(days=1)


def test_a_forecast_is_not_applied_before_the_update_is_accepted(alice: Desk) -> None:
    project, milestones = a_reported_project(alice)
    send_update(alice, project, an_update(forecasts=[moving(milestones[0])]))
    assert milestone(alice, milestones[0]).forecast_on is None


def test_accepting_applies_the_forecasts_as_of_the_reported_day(alice: Desk, dora: Desk) -> None:
    project, milestones = a_reported_project(alice)
    update = send_update(alice, project, an_update(forecasts=[moving(milestones[0])]))
    assert accept_update(dora, update) == []
    assert milestone(alice, milestones[0]).forecast_on == MOVED_TO
    assert _moves(alice, milestones[0]) == [(REPORTED, None, MOVED_TO)]


def test_a_newer_forecast_stays_in_force(alice: Desk, dora: Desk) -> None:
    project, [first, *_] = a_reported_project(alice)
    update = send_update(alice, project, an_update(forecasts=[moving(first)]))
    newer = {
        "new_on": date(2020, 12, 1),
        "changed_on": date(2020, 9, 1),
        "reason_code": "other",
        "note": "再推迟",
    }
    change_forecast(alice, first, newer, seen=milestone(alice, first).version)
    accept_update(dora, update)
    assert milestone(alice, first).forecast_on == date(2020, 12, 1)
    assert [change[2] for change in _moves(alice, first)] == [MOVED_TO, date(2020, 12, 1)]


def test_a_milestone_met_meanwhile_is_left_out_and_told(alice: Desk, dora: Desk) -> None:
    project, [first, second] = a_reported_project(alice)
    update = send_update(alice, project, an_update(forecasts=[moving(first), moving(second)]))
    meet_milestone(alice, first, {"met_on": REPORTED}, seen=milestone(alice, first).version)
    assert accept_update(dora, update) == ["选址"]
    assert [f["is_left_out"] for f in _only(dora, project).forecasts] == [True, False]
    assert milestone(alice, second).forecast_on == MOVED_TO


def test_a_milestone_cancelled_meanwhile_is_left_out(alice: Desk, dora: Desk) -> None:
    project, [first, _] = a_reported_project(alice)
    update = send_update(alice, project, an_update(forecasts=[moving(first)]))
    cancel_milestone(dora, first, REPORTED, "并入上线")
    assert accept_update(dora, update) == ["选址"]
    assert _moves(alice, first) == []


def test_a_milestone_that_is_met_takes_no_forecast(alice: Desk) -> None:
    project, [first, _] = a_reported_project(alice)
    meet_milestone(alice, first, {"met_on": REPORTED}, seen=milestone(alice, first).version)
    with pytest.raises(InvalidInput) as raised:
        send_update(alice, project, an_update(forecasts=[moving(first)]))
    assert [(p.field, type(p)) for p in raised.value.problems] == [(f"forecast.{first}.new_on", AlreadyMet)]


def test_a_milestone_of_another_project_takes_no_forecast(alice: Desk) -> None:
    project, _ = a_reported_project(alice)
    with pytest.raises(InvalidInput) as raised:
        send_update(alice, project, an_update(forecasts=[moving(999)]))
    assert [type(p) for p in raised.value.problems] == [NotFound]


def test_risks_are_in_the_log_before_the_update_is_accepted(alice: Desk) -> None:
    project, _ = a_reported_project(alice)
    update = send_update(alice, project, an_update(risks=[{"title": "汛期", "likelihood": 4, "impact": 5}]))
    [risk] = read_risks(alice, project)
    assert (risk.title, risk.opened_on, risk.update_id) == ("汛期", REPORTED, update)
    assert [r["title"] for r in _only(alice, project).risks] == ["汛期"]


def test_returning_needs_a_note(alice: Desk, dora: Desk) -> None:
    project, _ = a_reported_project(alice)
    update = send_update(alice, project, an_update())
    with pytest.raises(ReasonRequired):
        return_update(dora, update, " ")


def test_a_returned_update_applies_nothing_and_is_corrected_by_another(alice: Desk, dora: Desk) -> None:
    project, [first, _] = a_reported_project(alice)
    update = send_update(alice, project, an_update(forecasts=[moving(first)]))
    return_update(dora, update, "请写明新的选址")
    send_update(alice, project, an_update(text="选址定在城南"))
    newest, returned = read_updates(alice, project)
    assert (returned.update["decision"], returned.update["decision_note"]) == (
        Decision.returned,
        "请写明新的选址",
    )
    assert newest.is_waiting
    assert milestone(alice, first).forecast_on is None


@pytest.mark.parametrize(("first", "told"), [("accept", UpdateAccepted), ("return", UpdateReturned)])
@pytest.mark.parametrize("second", ["accept", "return"])
def test_the_second_to_decide_is_told(
    alice: Desk, dora: Desk, first: str, second: str, told: type[Exception]
) -> None:
    project, _ = a_reported_project(alice)
    update = send_update(alice, project, an_update())
    acts: dict[str, Any] = {
        "accept": lambda: accept_update(dora, update),
        "return": lambda: return_update(dora, update, "请补充"),
    }
    acts[first]()
    with pytest.raises(told, match="dora"):
        acts[second]()


def test_a_second_press_of_accept_tells_the_same(alice: Desk, dora: Desk) -> None:
    project, [first, _] = a_reported_project(alice)
    update = send_update(alice, project, an_update(forecasts=[moving(first)]))
    meet_milestone(alice, first, {"met_on": REPORTED}, seen=milestone(alice, first).version)
    assert accept_update(dora, update, token="t") == accept_update(dora, update, token="t") == ["选址"]


def test_an_accepted_answer_closes_its_request(alice: Desk, dora: Desk) -> None:
    project, _ = a_reported_project(alice)
    request = _asked(dora, project)
    update = send_update(alice, project, an_update(request_id=request))
    assert read_requests(dora, project)[0].is_open
    accept_update(dora, update)
    [sheet] = read_requests(dora, project)
    assert (sheet.outcome, sheet.closed_on) == (RequestOutcome.answered, dora.today)
    assert [answer.key for answer in sheet.answers] == [update]


def test_a_returned_answer_leaves_its_request_open(alice: Desk, dora: Desk) -> None:
    project, _ = a_reported_project(alice)
    update = send_update(alice, project, an_update(request_id=_asked(dora, project)))
    return_update(dora, update, "请补充")
    assert read_requests(dora, project)[0].is_open


def test_an_update_that_answers_nothing_leaves_the_request_open(alice: Desk, dora: Desk) -> None:
    project, _ = a_reported_project(alice)
    _asked(dora, project)
    accept_update(dora, send_update(alice, project, an_update()))
    assert read_requests(dora, project)[0].is_open


def test_an_answer_to_a_request_that_was_withdrawn_is_refused(alice: Desk, dora: Desk) -> None:
    project, _ = a_reported_project(alice)
    request = _asked(dora, project)
    withdraw_request(dora, request, "已电话说明")
    with pytest.raises(RequestClosed):
        send_update(alice, project, an_update(request_id=request))


def test_an_answer_accepted_after_the_request_was_withdrawn_leaves_it_withdrawn(
    alice: Desk, dora: Desk
) -> None:
    project, _ = a_reported_project(alice)
    request = _asked(dora, project)
    update = send_update(alice, project, an_update(request_id=request))
    withdraw_request(dora, request, "已电话说明")
    accept_update(dora, update)
    assert read_requests(dora, project)[0].outcome == RequestOutcome.withdrawn


def test_an_update_that_answers_a_request_nobody_made_is_refused(alice: Desk) -> None:
    project, _ = a_reported_project(alice)
    with pytest.raises(RequestClosed):
        send_update(alice, project, an_update(request_id=999))


def test_a_withdrawn_update_stands_last_and_is_not_decided(alice: Desk, dora: Desk) -> None:
    project, _ = a_reported_project(alice)
    wrong = send_update(alice, project, an_update(reported_on=date(2020, 9, 9)))
    send_update(alice, project, an_update())
    archive_update(dora, wrong, "填错项目")
    assert [sheet.id == wrong for sheet in read_updates(alice, project)] == [False, True]
    with pytest.raises(Withdrawn):
        accept_update(dora, wrong)


def test_a_withdrawn_update_is_brought_back(alice: Desk, dora: Desk) -> None:
    project, _ = a_reported_project(alice)
    update = send_update(alice, project, an_update())
    archive_update(dora, update, "填错项目")
    restore_update(dora, update)
    assert _only(alice, project).is_waiting


def test_a_withdrawn_project_takes_no_update(alice: Desk, dora: Desk) -> None:
    project, _ = a_reported_project(alice)
    archive_project(dora, project, "重复")
    with pytest.raises(Withdrawn):
        send_update(alice, project, an_update())


def test_an_editor_does_not_decide(alice: Desk) -> None:
    project, _ = a_reported_project(alice)
    update = send_update(alice, project, an_update())
    with pytest.raises(NotAllowed):
        accept_update(alice, update)


def test_an_update_elsewhere_is_not_there(alice: Desk, charlie: Desk) -> None:
    project, _ = a_reported_project(alice)
    update = send_update(alice, project, an_update())
    with pytest.raises(NotFound):
        accept_update(charlie, update)

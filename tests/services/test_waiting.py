"""What waits, as the services know it: plans to approve too, and only what a person may see."""

from dataclasses import replace
from datetime import date, timedelta

from db.models.base import utc_now
from tests.services.planning import change_plan
from tests.services.reporting import REPORTED, a_reported_project, an_update
from tracker.rules.waiting import Actor, Waiting
from tracker.services.desk import Desk
from tracker.services.plan import approve_plan
from tracker.services.plan_proposal import propose_plan
from tracker.services.project_update import accept_update, send_update
from tracker.services.risk import open_risk
from tracker.services.waiting import read_waiting

APPROVED, PROPOSED = date(2020, 8, 1), date(2020, 8, 3)
FLOOD = {"title": "汛期停工", "likelihood": 5, "impact": 5}


def _kinds(desk: Desk, as_of: date = REPORTED) -> list[str]:
    return read_waiting(desk, as_of)["kind"].to_list()


def _proposed(desk: Desk, author: Desk) -> None:
    project, _ = a_reported_project(author)
    approve_plan(desk, project, APPROVED)
    change_plan(author, project, due_on=date(2020, 10, 1))
    propose_plan(author, project, "县里要求", proposed_on=PROPOSED)


def test_a_proposed_plan_waits_for_whoever_approves_it(alice: Desk, dora: Desk) -> None:
    _proposed(dora, alice)
    [row] = read_waiting(dora, PROPOSED).to_dicts()
    assert (row["kind"], row["actor"], row["subject"]) == (Waiting.plan, Actor.lead, "alice")
    assert (row["title"], row["day"]) == ("农村电商", PROPOSED)


def test_a_plan_does_not_wait_before_it_was_proposed(alice: Desk, dora: Desk) -> None:
    _proposed(dora, alice)
    assert _kinds(dora, PROPOSED - timedelta(days=1)) == []


def test_what_was_known_earlier_tells_of_no_plans(alice: Desk, dora: Desk) -> None:
    _proposed(dora, alice)
    assert _kinds(replace(dora, known_at=utc_now()), PROPOSED) == []


def test_an_update_waits_until_it_is_accepted(alice: Desk, dora: Desk) -> None:
    project, _ = a_reported_project(alice)
    update = send_update(alice, project, an_update())
    assert _kinds(alice) == ["review"]
    accept_update(dora, update, on=REPORTED)
    assert _kinds(alice) == []


def test_nobody_sees_what_waits_elsewhere(alice: Desk, bob: Desk, charlie: Desk) -> None:
    project, _ = a_reported_project(alice)
    open_risk(alice, project, FLOOD, on=REPORTED)
    assert [_kinds(desk) for desk in (bob, charlie)] == [["risk"], []]


def test_rows_are_kept_to_a_region_and_an_owner(alice: Desk, dora: Desk) -> None:
    _proposed(dora, alice)
    assert read_waiting(dora, PROPOSED, owners=["nobody"]).is_empty()
    assert read_waiting(dora, PROPOSED, region_id=-1).is_empty()

"""Requests for update: asked, one at a time, withdrawn; also from two windows at once."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest

from db.engine import Database
from db.vocabulary import RequestOutcome
from tests.services.reporting import a_reported_project, an_update
from tracker.errors import NotAllowed, ReasonRequired
from tracker.permissions import LOCAL_ADMINISTRATOR
from tracker.rules.project_draft import AlreadyStopped
from tracker.rules.project_update import UpdateAccepted, UpdateReturned
from tracker.rules.update_request import AlreadyAsked, RequestClosed
from tracker.services.desk import Desk
from tracker.services.project_course import stop_project
from tracker.services.project_update import accept_update, read_updates, return_update, send_update
from tracker.services.update_request import ask_for_update, read_requests, withdraw_request
from tracker.settings import Settings


def _question(desk: Desk, **changed: Any) -> dict[str, Any]:
    return {"due_on": desk.today, "question": "何时上线?"} | changed


def test_a_request_tells_who_asked_what_and_by_when(dora: Desk) -> None:
    project, _ = a_reported_project(dora)
    ask_for_update(dora, project, _question(dora))
    [sheet] = read_requests(dora, project)
    assert (sheet.asked_by, sheet.asked_on, sheet.due_on) == ("dora", dora.today, dora.today)
    assert (sheet.question, sheet.is_open) == ("何时上线?", True)


def test_the_second_to_ask_is_told_who_asked_and_when(dora: Desk) -> None:
    project, _ = a_reported_project(dora)
    ask_for_update(dora, project, _question(dora))
    with pytest.raises(AlreadyAsked) as raised:
        ask_for_update(dora, project, _question(dora, question="?"))
    assert raised.value.details == {"who": "dora", "day": dora.today, "due": dora.today}


def test_the_same_asking_twice_is_one_request(dora: Desk) -> None:
    project, _ = a_reported_project(dora)
    first = ask_for_update(dora, project, _question(dora), token="t")
    assert ask_for_update(dora, project, _question(dora), token="t") == first


def test_a_withdrawn_request_makes_room_for_the_next(dora: Desk) -> None:
    project, _ = a_reported_project(dora)
    withdraw_request(dora, ask_for_update(dora, project, _question(dora)), "已电话说明")
    ask_for_update(dora, project, _question(dora))
    newest, earlier = read_requests(dora, project)
    assert newest.is_open
    assert (earlier.outcome, earlier.closing_note) == (RequestOutcome.withdrawn, "已电话说明")


def test_withdrawing_needs_a_reason(dora: Desk) -> None:
    project, _ = a_reported_project(dora)
    with pytest.raises(ReasonRequired):
        withdraw_request(dora, ask_for_update(dora, project, _question(dora)), "")


def test_a_request_is_withdrawn_once(dora: Desk) -> None:
    project, _ = a_reported_project(dora)
    request = ask_for_update(dora, project, _question(dora))
    withdraw_request(dora, request, "已电话说明")
    with pytest.raises(RequestClosed):
        withdraw_request(dora, request, "已电话说明")


def test_nobody_is_asked_about_a_stopped_project(dora: Desk) -> None:
    project, _ = a_reported_project(dora)
    stop_project(dora, project, {"stopped_on": dora.today, "stop_reason": "县里调整"}, seen=1)
    with pytest.raises(AlreadyStopped):
        ask_for_update(dora, project, _question(dora))


def test_an_editor_does_not_ask(alice: Desk) -> None:
    project, _ = a_reported_project(alice)
    with pytest.raises(NotAllowed):
        ask_for_update(alice, project, _question(alice))


def _at_once(database: Database, settings: Settings, act: Any) -> list[Any]:
    """Run `act` from two desks with connections of their own; return what each gave or was refused with."""
    url = database.url.render_as_string(hide_password=False)
    desks = [Desk(LOCAL_ADMINISTRATOR, Database(url), settings) for _ in range(2)]
    start = Barrier(2)

    def run(desk: Desk) -> Any:
        start.wait()
        try:
            return act(desk)
        except (AlreadyAsked, UpdateAccepted, UpdateReturned) as refusal:
            return refusal

    with ThreadPoolExecutor(2) as pool:
        outcomes = list(pool.map(run, desks))
    for desk in desks:
        desk.database.close()
    return outcomes


def test_of_two_who_ask_at_once_one_is_told_of_the_other(
    postgresql_database: Database, settings: Settings
) -> None:
    desk = Desk(LOCAL_ADMINISTRATOR, postgresql_database, settings)
    project, _ = a_reported_project(desk)
    outcomes = _at_once(
        postgresql_database, settings, lambda one: ask_for_update(one, project, _question(one))
    )
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["AlreadyAsked", "int"]
    assert len(read_requests(desk, project)) == 1


def test_of_two_who_decide_at_once_one_is_told_of_the_other(
    postgresql_database: Database, settings: Settings
) -> None:
    desk = Desk(LOCAL_ADMINISTRATOR, postgresql_database, settings)
    project, _ = a_reported_project(desk)
    update = send_update(desk, project, an_update())
    decide = iter([accept_update, lambda one, update_id: return_update(one, update_id, "请补充")])
    outcomes = _at_once(postgresql_database, settings, lambda one: next(decide)(one, update))
    refused = [o for o in outcomes if isinstance(o, UpdateAccepted | UpdateReturned)]
    [sheet] = read_updates(desk, project)
    assert len(refused) == 1
    assert sheet.update["decision"] == ("accepted" if isinstance(refused[0], UpdateAccepted) else "returned")

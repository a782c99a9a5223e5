"""Records as they had been recorded by a moment, texts included, read at a desk that looks back."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from tests.services.earlier import date_back
from tests.services.planning import an_agreement
from tests.services.reporting import REPORTED, a_reported_project, an_update, moving
from tracker.errors import NotFound
from tracker.services.agreement_file import read_agreement
from tracker.services.desk import Desk
from tracker.services.known_record import read_known_agreement, read_known_project
from tracker.services.party import change_party
from tracker.services.project import archive_project, change_project
from tracker.services.project_sheet import read_project
from tracker.services.project_update import archive_update, read_updates, return_update, send_update
from tracker.services.risk import archive_risk, change_risk, open_risk, read_risks
from tracker.services.update_request import ask_for_update, read_requests

RECORDED, LATER = datetime(2021, 6, 30, tzinfo=UTC), datetime(2021, 7, 1, tzinfo=UTC)
RISK = {"title": "设备涨价", "likelihood": 2, "impact": 4}


@pytest.fixture
def project(alice: Desk, dora: Desk) -> int:
    """A project with an update, a risk and a request, all recorded in June 2021."""
    project_id, (first, _second) = a_reported_project(alice)
    send_update(alice, project_id, an_update(forecasts=[moving(first)]))
    open_risk(alice, project_id, RISK, on=REPORTED)
    ask_for_update(dora, project_id, {"question": "何时开工", "asked_on": REPORTED, "due_on": REPORTED})
    date_back(alice.database, RECORDED)
    return project_id


def _back(desk: Desk) -> Desk:
    return replace(desk, known_at=LATER)


def test_an_update_stands_as_it_did_before_a_lead_returned_it(dora: Desk, project: int) -> None:
    return_update(dora, read_updates(dora, project)[0].id, "缺照片")
    then, now = (read_updates(desk, project)[0].update["decision"] for desk in (_back(dora), dora))
    assert (then, now) == (None, "returned")


def test_an_update_keeps_its_text_and_what_it_brought(dora: Desk, project: int) -> None:
    (update,) = read_updates(_back(dora), project)
    assert (update.update["text"], update.forecasts[0]["note"]) == ("选址已定", "设备未到")


def test_an_update_of_later_was_not_known(dora: Desk, project: int) -> None:
    send_update(dora, project, an_update(text="后来"))
    assert [len(read_updates(desk, project)) for desk in (_back(dora), dora)] == [1, 2]


def test_an_update_withdrawn_since_stood_then(dora: Desk, project: int) -> None:
    archive_update(dora, read_updates(dora, project)[0].id, "录错")
    assert read_updates(_back(dora), project)[0].update["archived_at"] is None


def test_a_risk_has_the_grades_and_the_response_it_had(dora: Desk, project: int) -> None:
    (risk,) = read_risks(dora, project)
    change_risk(dora, risk.key, RISK | {"impact": 1, "response": "换供应商"}, seen=risk.version)
    (then,) = read_risks(_back(dora), project)
    assert (then.impact, then.response) == (4, "")


def test_a_risk_withdrawn_since_is_an_open_one_then(dora: Desk, project: int) -> None:
    archive_risk(dora, read_risks(dora, project)[0].key, "录错")
    assert [risk.archived_at for risk in read_risks(_back(dora), project)] == [None]


def test_a_request_of_then_is_open(dora: Desk, project: int) -> None:
    assert [request.is_open for request in read_requests(_back(dora), project)] == [True]


def test_a_project_has_the_name_and_the_note_it_had(dora: Desk, project: int) -> None:
    sheet = read_project(dora, project, REPORTED)
    change_project(dora, project, sheet.fields | {"name": "新名", "note": "新注"}, seen=sheet.version)
    then = read_known_project(_back(dora), project, REPORTED)
    assert (then.fields["name"], then.fields["note"]) == (sheet.fields["name"], sheet.fields["note"])


def test_a_project_withdrawn_since_stood_then(dora: Desk, project: int) -> None:
    archive_project(dora, project, "录错")
    assert read_known_project(_back(dora), project, REPORTED).archived_at is None


def test_an_agreement_has_the_parties_it_had(dora: Desk, project: int) -> None:
    agreement = read_project(dora, project, REPORTED).agreement["id"]
    party = read_agreement(dora, agreement, REPORTED).parties[0]
    values = party.model_dump(include={"side", "division_id", "name", "required", "signed_on", "position"})
    change_party(dora, party.key, values | {"post": "副县长"}, seen=party.version)
    assert read_known_agreement(_back(dora), agreement, REPORTED).parties[0].post == party.post


def test_an_agreement_of_later_was_not_known(dora: Desk, project: int) -> None:
    later = an_agreement(dora.database, number="430281-2021-F-002")
    with pytest.raises(NotFound):
        read_known_agreement(_back(dora), later, REPORTED)


def test_at_the_present_a_known_record_is_the_stored_one(dora: Desk, project: int) -> None:
    assert (
        read_known_project(dora, project, REPORTED).project == read_project(dora, project, REPORTED).project
    )

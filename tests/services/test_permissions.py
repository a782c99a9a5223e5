"""Every public service × persona, and what every service owes the gate; both grow with the services."""

import ast
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import select

from db.engine import Database
from db.models import (
    Agreement,
    CalendarDay,
    Dependency,
    Document,
    DocumentVersion,
    LightOverride,
    Meeting,
    Milestone,
    Party,
    Pillar,
    PlanProposal,
    Project,
    ProjectUpdate,
    Risk,
    Supplement,
    Suspension,
    UpdateRequest,
)
from db.models.base import utc_now
from pages.components.record_names import ACT_NAMES
from tests.conftest import division_id
from tests.services.public_services import FOLDER, Service, public_services
from tracker.errors import NotAllowed, NotFound
from tracker.permissions import LEAST_ROLE, Role
from tracker.services.desk import Desk

LILING = "430281"
DAY = date(2020, 7, 17)

# What a service may do before it asks: find out where the record lies that it is to ask about.
WHERE = "divisions_of"
# Services that do not ask in their first line, and why.
EXCEPTIONS = {
    "agreement_scope.divisions_of": "tells where a record lies, which is what the gate is asked about",
    "meeting.divisions_of_meeting": "tells where a record lies",
    "project_scope.divisions_of_project": "tells where a record lies",
    "project_scope.divisions_of_milestone": "tells where a record lies",
    "project_scope.divisions_of_part": "tells where a record lies",
    "dependency.divisions_of_dependency": "tells where a record lies",
    "dependent.refuse_while_others_wait": "part of withdrawing, whose service has asked",
    "dependent.waited_for": "part of removing milestones, whose service has asked",
    "dependent.told_names": "part of a refusal; it looks at the scope name by name",
    "document.open_document": "finds the document that the version belongs to, then asks",
    "project_sheet.read_opening": "finds the agreement's divisions, then asks",
    "demo_agreement.log_public": "looks the county up in the demo's own list, then asks",
    "demo_agreement.log_example": "looks the counties up in the demo's own list, then asks",
}
# Parts of loading the demo: they take entries of its file, so the table cannot call them.
DEMO_PARTS = ("demo_agreement", "demo_project", "demo_code")

SERVICES = [pytest.param(s, id=s.label) for s in public_services()]
ASKING = [pytest.param(s, id=s.label) for s in public_services() if s.gates and s.module not in DEMO_PARTS]
PLACED = [p for p in ASKING if p.values[0].asks_where]  # type: ignore[union-attr]


@pytest.fixture(scope="module")
def database(one_database: Database) -> Database:
    """The gate is the same on either engine, and nearly all of the table is refused."""
    return one_database


@pytest.fixture(scope="module")
def ids(database: Database) -> dict[str, Any]:
    """One record of each kind in 醴陵市, by the name of the parameter that takes its id."""
    county = division_id(database, LILING)
    with database.transaction(actor="dora", origin="test") as work:
        pillar = work.session.exec(select(Pillar)).first()
        assert pillar is not None
        agreement = work.save(Agreement(number=f"{LILING}-2020-F-001", title="框架协议", opened_on=DAY))
        party = Party(agreement_id=agreement.key, side="county", division_id=county, signed_on=DAY)
        work.save(party)
        course = {"name": "产地仓", "pillar_id": pillar.key, "opened_on": DAY}
        project = work.save(Project(agreement_id=agreement.key, division_id=county, **course))
        milestone = work.save(Milestone(project_id=project.key, name="启动会", due_on=DAY))
        supplement = work.save(Supplement(agreement_id=agreement.key, number="S1", title="补充协议"))
        suspension = work.save(Suspension(agreement_id=agreement.key, from_on=DAY, reason="汛期"))
        meeting = work.save(Meeting(division_id=county, held_on=DAY, with_whom="县长"))
        after = work.save(Milestone(project_id=project.key, name="验收", due_on=DAY))
        ends = {"predecessor_id": milestone.key, "successor_id": after.key}
        dependency = work.save(Dependency(**ends, agreed_on=DAY))
        own_day = work.save(CalendarDay(day=DAY, is_working=False, reason="搬迁"))
        lit = {"colour": "red", "author": "dora", "from_on": DAY, "until_on": DAY, "reason": "汛期"}
        override = work.save(LightOverride(project_id=project.key, **lit))
        document = work.save(Document(title="扫描件", agreement_id=agreement.key))
        update = work.save(ProjectUpdate(project_id=project.key, author="alice", reported_on=DAY))
        asked = {"asked_by": "dora", "asked_on": DAY, "due_on": DAY, "question": "何时上线?"}
        request = work.save(UpdateRequest(project_id=project.key, **asked))
        risk = work.save(Risk(project_id=project.key, title="汛期停工", opened_on=DAY))
        proposed = {"author": "alice", "proposed_on": DAY, "reason": "汛期", "plan_change_no": work.number}
        proposal = work.save(PlanProposal(project_id=project.key, **proposed))
        content = {"sha256": "0" * 64, "file_name": "a.pdf", "media_type": "application/pdf", "size_bytes": 1}
        version = work.save(
            DocumentVersion(document_id=document.key, number=1, stored_at=utc_now(), **content)
        )
    return {
        "agreement_id": agreement.key,
        "party_id": party.key,
        "project_id": project.key,
        "milestone_id": milestone.key,
        "supplement_id": supplement.key,
        "suspension_id": suspension.key,
        "meeting_id": meeting.key,
        "successor_id": after.key,
        "dependency_id": dependency.key,
        "override_id": override.key,
        "calendar_day_id": own_day.key,
        "document_id": document.key,
        "update_id": update.key,
        "request_id": request.key,
        "risk_id": risk.key,
        "proposal_id": proposal.key,
        "version_id": version.key,
        "division_id": county,
        "owner": {"agreement_id": agreement.key},
        "values": {"division_id": county},
    }


def _answer(service: Service, desk: Desk, ids: dict[str, Any]) -> str:
    """Call a service with real ids and nothing else of use, and say how the gate answered."""
    arguments: dict[str, Any] = {name: ids.get(name) for name in service.parameters}
    if service.node.args.kwarg:
        arguments |= ids["owner"]
    if "content" in arguments:
        arguments["content"] = BytesIO(b"")
    try:
        service.function(desk, **arguments)
    except NotAllowed:
        return "not allowed"
    except NotFound:
        return "not found"
    except Exception:  # noqa: BLE001 - past the gate the useless arguments may fail in any way
        return "let in"
    return "let in"


def _least(service: Service) -> Role:
    return LEAST_ROLE[service.acts[0]]


@pytest.mark.parametrize("service", ASKING)
def test_a_viewer_is_let_into_reading_only(service: Service, bob: Desk, ids: dict[str, Any]) -> None:
    refused = _answer(service, bob, ids) == "not allowed"
    assert refused == (_least(service) > Role.viewer)


@pytest.mark.parametrize("service", ASKING)
def test_an_editor_is_refused_what_takes_a_lead(service: Service, alice: Desk, ids: dict[str, Any]) -> None:
    refused = _answer(service, alice, ids) == "not allowed"
    assert refused == any(LEAST_ROLE[act] > Role.editor for act in service.acts[:1])


@pytest.mark.parametrize("service", ASKING)
def test_an_administrator_is_never_refused(service: Service, dora: Desk, ids: dict[str, Any]) -> None:
    assert _answer(service, dora, ids) != "not allowed"


@pytest.mark.parametrize("service", PLACED)
def test_a_record_outside_the_scope_is_not_found(
    service: Service, charlie: Desk, ids: dict[str, Any]
) -> None:
    assert _answer(service, charlie, ids) == "not found"


@pytest.mark.parametrize("service", SERVICES)
def test_the_gate_is_the_first_line(service: Service) -> None:
    if service.label in EXCEPTIONS:
        return
    first = next(line for line in service.statements if WHERE not in line or line.startswith("desk.allow"))
    assert first.startswith("desk.allow(")


@pytest.mark.parametrize("label", EXCEPTIONS)
def test_an_exception_is_still_needed(label: str) -> None:
    service = next(s for s in public_services() if s.label == label)
    assert not service.statements[0].startswith("desk.allow(")


@pytest.mark.parametrize("label", [e for e, why in EXCEPTIONS.items() if why.endswith("then asks")])
def test_an_exception_that_says_so_asks_later(label: str) -> None:
    assert next(s for s in public_services() if s.label == label).gates


def test_every_act_that_services_ask_for_has_a_least_role() -> None:
    asked = {act for service in public_services() for act in service.acts} | _acts_elsewhere()
    assert asked - LEAST_ROLE.keys() == set()


def test_every_act_with_a_least_role_is_asked_for() -> None:
    asked = {act for service in public_services() for act in service.acts} | _acts_elsewhere()
    assert LEAST_ROLE.keys() - asked == set()


def test_every_writing_service_is_called_by_a_test() -> None:
    tests = "\n".join(p.read_text(encoding="utf-8") for p in Path(__file__).parents[1].rglob("test_*.py"))
    assert [
        s.label
        for s in public_services()
        if s.writes and s.module not in DEMO_PARTS and f"{s.name}(" not in tests
    ] == []


def test_every_act_that_is_recorded_has_a_name_on_screens() -> None:
    recorded = set()
    for path in FOLDER.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and _is_act(node.value):
                recorded.add(node.value.rpartition(".")[2])
    assert recorded - ACT_NAMES.keys() == set()


def _is_act(text: str) -> bool:
    entity, dot, act = text.partition(".")
    known = {"agreement", "agreement_pillar", "milestone", "party", "plan", "plan_template", "project"}
    return bool(dot) and entity in known and act.isidentifier() and text not in LEAST_ROLE


def _acts_elsewhere() -> set[str]:
    """The acts that are asked for without a desk, as by the command line before a database is open."""
    found = set()
    for path in FOLDER.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "may":
                found |= {a.value for a in node.args if isinstance(a, ast.Constant)}
    return found

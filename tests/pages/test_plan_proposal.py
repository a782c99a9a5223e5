"""A changed plan on its screen: proposed, approved, declined, withdrawn, in one step by the only person."""

from dataclasses import replace
from datetime import date

import pytest

from db.models import Baseline, Milestone
from db.queries.plan_proposal import proposals_of
from db.queries.project import baselines_of, milestones_of
from pages.components import context
from tests.pages.project_screen import a_planned_project, at, told
from tests.services.planning import change_plan
from tracker.permissions import Person, Role
from tracker.services.desk import Desk
from tracker.services.plan import approve_plan
from tracker.services.plan_proposal import approve_proposal, decline_proposal, propose_plan

ALICE, DORA = Person("alice", Role.editor), Person("dora", Role.administrator)
APPROVED = date(2020, 8, 1)


def _seated(desk: Desk, monkeypatch: pytest.MonkeyPatch, person: Person) -> Desk:
    """Let a person with an account sit in front of the screens."""
    monkeypatch.setattr(context, "LOCAL_ADMINISTRATOR", person)
    return replace(desk, person=person)


def _changed(desk: Desk) -> int:
    project = a_planned_project(desk)
    approve_plan(desk, project, APPROVED)
    change_plan(desk, project, weight=25)
    return project


def _proposed(desk: Desk, author: Person = ALICE) -> tuple[int, int]:
    project = _changed(desk)
    return project, propose_plan(replace(desk, person=author), project, "县里要求")


def _baselines(desk: Desk, project: int) -> list[Baseline]:
    with desk.reading() as session:
        return baselines_of(session, project)


def _first(desk: Desk, project: int) -> Milestone:
    with desk.reading() as session:
        return milestones_of(session, project)[0]


def test_an_editor_proposes_a_change_with_a_reason(screens: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    project = _changed(screens)
    _seated(screens, monkeypatch, ALICE)
    app = at("project.py", id=project)
    app.button(key=f"propose_{project}_save").click().run()
    assert "Please give a reason." in told(app)
    app.text_input(key=f"propose_{project}_reason").set_value("县里要求")
    app.button(key=f"propose_{project}_save").click().run()
    with screens.reading() as session:
        assert [p.reason for p in proposals_of(session, project)] == ["县里要求"]


def test_a_proposal_is_approved_by_somebody_else(screens: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    project, proposal = _proposed(screens)
    _seated(screens, monkeypatch, DORA)
    at("project.py", id=project).button(key=f"proposal_{proposal}_approve").click().run()
    newest = _baselines(screens, project)[-1]
    assert (newest.number, newest.author, newest.approver) == (1, "alice", "dora")


def test_the_author_sees_no_way_to_approve(screens: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    project, proposal = _proposed(screens, DORA)
    _seated(screens, monkeypatch, DORA)
    app = at("project.py", id=project)
    assert f"proposal_{proposal}_approve" not in [b.key for b in app.button]
    assert "Somebody else has to approve it." in told(app)


def test_declining_asks_why(screens: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    project, proposal = _proposed(screens)
    _seated(screens, monkeypatch, DORA)
    app = at("project.py", id=project)
    app.button(key=f"proposal_{proposal}_decline").click().run()
    assert "Please give a reason." in told(app)


def test_what_was_declined_is_told_with_its_reason(screens: Desk) -> None:
    project, proposal = _proposed(screens)
    decline_proposal(replace(screens, person=DORA), proposal, "先补证明")
    app = at("project.py", id=project)
    assert "declined on" in told(app)
    assert "先补证明" in told(app)


def test_the_author_withdraws(screens: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    project, proposal = _proposed(screens)
    _seated(screens, monkeypatch, ALICE)
    at("project.py", id=project).button(key=f"proposal_{proposal}_withdraw").click().run()
    with screens.reading() as session:
        assert [p.decision for p in proposals_of(session, project)] == ["withdrawn"]


def test_a_plan_changed_after_its_proposal_says_so(screens: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    project, proposal = _proposed(screens)
    change_plan(screens, project, weight=30)
    _seated(screens, monkeypatch, DORA)
    app = at("project.py", id=project)
    assert app.button(key=f"proposal_{proposal}_approve").disabled
    assert "Propose it anew." in told(app)


def test_the_second_window_is_told_who_approved(screens: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    project, proposal = _proposed(screens)
    _seated(screens, monkeypatch, DORA)
    app = at("project.py", id=project)
    approve_proposal(replace(screens, person=Person("lena", Role.lead)), proposal, screens.today)
    app.button(key=f"proposal_{proposal}_approve").click().run()
    assert "Plan B1, approved on" in told(app)
    assert [b.approver for b in _baselines(screens, project)][1:] == ["lena"]


@pytest.mark.parametrize(
    ("locale", "said"),
    [
        ("en", "Approved by its author: there was nobody else"),
        ("zh-CN", "由提出人本人批准：当时没有其他人可批准"),
    ],
)
def test_a_plan_approved_by_its_author_is_marked(screens: Desk, locale: str, said: str) -> None:
    project = _changed(screens)
    approve_plan(screens, project, date(2020, 8, 15), reason="县里要求")
    assert said in told(at("project.py", locale, id=project)).replace("\\", "")


def test_the_only_person_is_told_that_it_is_recorded(screens: Desk) -> None:
    assert "There is nobody else to approve it" in told(at("project.py", id=_changed(screens)))


@pytest.mark.parametrize(("locale", "said"), [("en", "to cancel “启动会”"), ("zh-CN", "提出取消“启动会”")])
def test_cancelling_in_an_approved_plan_is_put_before_an_approver(
    screens: Desk, monkeypatch: pytest.MonkeyPatch, locale: str, said: str
) -> None:
    project = a_planned_project(screens)
    approve_plan(screens, project, APPROVED)
    milestone = _first(screens, project).key
    _seated(screens, monkeypatch, ALICE)
    app = at("project.py", locale, id=project)
    app.segmented_control(key=f"evidence_{milestone}_act").set_value("cancel").run()
    app.text_input(key=f"evidence_{milestone}_cancel_reason").set_value("县里不再需要")
    form = f"FormSubmitter:evidence_{milestone}_cancel-"
    next(b for b in app.button if b.key and b.key.startswith(form)).click().run()
    assert said in told(app)
    assert _first(screens, project).cancelled_on is None


def test_a_reason_with_markup_is_shown_as_typed(screens: Desk) -> None:
    project = _changed(screens)
    propose_plan(replace(screens, person=ALICE), project, "**粗** $x$")
    assert "\\*\\*粗\\*\\* \\$x\\$" in told(at("project.py", id=project))

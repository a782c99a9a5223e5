"""Drafts: kept per person and form, on any device, until saved or discarded."""

from sqlmodel import func, select

from db.models import AuditEntry, ChangeCounter
from tracker.services.desk import Desk
from tracker.services.draft import discard_draft, read_draft, save_draft


def _content(desk: Desk) -> object:
    found = read_draft(desk, "log")
    return found and found[0]


def test_a_draft_comes_back_as_it_was_kept(alice: Desk) -> None:
    save_draft(alice, "log", {"title": "醴陵市", "counties": [1, 2]})
    assert _content(alice) == {"title": "醴陵市", "counties": [1, 2]}


def test_a_later_draft_replaces_the_earlier_one(alice: Desk) -> None:
    save_draft(alice, "log", {"title": "a"})
    save_draft(alice, "log", {"title": "b"})
    assert _content(alice) == {"title": "b"}


def test_nobody_else_gets_a_draft(alice: Desk, dora: Desk) -> None:
    save_draft(alice, "log", {"title": "a"})
    assert _content(dora) is None


def test_each_form_has_its_own_draft(alice: Desk) -> None:
    save_draft(alice, "meeting", {"title": "a"})
    assert _content(alice) is None


def test_a_discarded_draft_is_gone(alice: Desk) -> None:
    save_draft(alice, "log", {"title": "a"})
    discard_draft(alice, "log")
    assert _content(alice) is None


def test_a_draft_is_neither_audited_nor_numbered(alice: Desk) -> None:
    def numbers() -> tuple[int, int]:
        with alice.reading() as session:
            entries = session.exec(select(func.count()).select_from(AuditEntry)).one()
            return entries, session.exec(select(ChangeCounter.number)).one()

    before = numbers()
    save_draft(alice, "log", {"title": "a"})
    assert numbers() == before

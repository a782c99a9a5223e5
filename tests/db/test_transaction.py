"""Writing: numbers, audit entries, versions, and what is refused."""

import pytest
from sqlmodel import select, text

from db.engine import Database
from db.errors import RecordChanged, UnrecordedWrite
from db.models import AuditEntry, ChangeCounter, Pillar


def _number(database: Database) -> int:
    with database.reading() as session:
        return session.exec(select(ChangeCounter.number)).one()


def _add(database: Database, code: str = "new") -> Pillar:
    with database.transaction(actor="alice", origin="test", reason="because") as work:
        return work.save(Pillar(code=code, name_zh="新", name_en="New"))


def test_a_saved_row_carries_the_number_of_its_change(database: Database) -> None:
    before = _number(database)
    assert _add(database).change_no == before + 1 == _number(database)


def test_an_audit_entry_tells_who_what_and_why(database: Database) -> None:
    pillar = _add(database)
    with database.reading() as session:
        entry = session.exec(select(AuditEntry).order_by(AuditEntry.id.desc())).first()
    assert (entry.entity, entry.record_id, entry.action) == ("pillar", pillar.id, "pillar.added")
    assert (entry.actor, entry.reason, entry.origin) == ("alice", "because", "test")
    assert entry.fields["name_en"] == [None, "New"]


def test_a_change_records_old_and_new_of_the_changed_fields_alone(database: Database) -> None:
    pillar = _add(database)
    with database.transaction(actor="bob", origin="test") as work:
        stored = work.get(Pillar, pillar.key, seen=pillar.version)
        stored.name_en = "Newer"
        work.save(stored)
    with database.reading() as session:
        entry = session.exec(select(AuditEntry).order_by(AuditEntry.id.desc())).first()
    assert entry.fields == {"name_en": ["New", "Newer"]}


def test_a_transaction_that_saves_nothing_gives_its_number_back(database: Database) -> None:
    before = _number(database)
    with database.transaction(actor="alice", origin="test"):
        pass
    assert _number(database) == before


def test_an_error_midway_leaves_nothing(database: Database) -> None:
    before = _number(database)
    with pytest.raises(RuntimeError), database.transaction(actor="alice", origin="test") as work:
        work.save(Pillar(code="new", name_zh="新", name_en="New"))
        raise RuntimeError
    with database.reading() as session:
        assert session.exec(select(Pillar).where(Pillar.code == "new")).first() is None
    assert _number(database) == before


def test_a_save_that_names_an_old_version_is_refused(database: Database) -> None:
    pillar = _add(database)
    with database.transaction(actor="bob", origin="test") as work:
        stored = work.get(Pillar, pillar.key)
        stored.name_en = "Newer"
        work.save(stored)
    with pytest.raises(RecordChanged), database.transaction(actor="alice", origin="test") as work:
        work.get(Pillar, pillar.key, seen=pillar.version)


def test_a_changed_row_that_was_not_saved_is_refused(database: Database) -> None:
    pillar = _add(database)
    with pytest.raises(UnrecordedWrite), database.transaction(actor="bob", origin="test") as work:
        work.get(Pillar, pillar.key).name_en = "Sneaked"
        work.session.flush()


def test_a_change_beside_the_saved_one_is_refused(database: Database) -> None:
    one, other = _add(database, "one"), _add(database, "other")
    with pytest.raises(UnrecordedWrite), database.transaction(actor="bob", origin="test") as work:
        stored = work.get(Pillar, one.key)
        stored.name_en = "Told"
        work.get(Pillar, other.key).name_en = "Sneaked"
        work.save(stored)


def test_a_change_nobody_saved_is_refused_at_the_end(database: Database) -> None:
    pillar = _add(database)
    with pytest.raises(UnrecordedWrite), database.transaction(actor="bob", origin="test") as work:
        work.get(Pillar, pillar.key).name_en = "Forgotten"


def test_plain_sql_that_writes_is_refused(database: Database) -> None:
    with pytest.raises(UnrecordedWrite), database.transaction(actor="bob", origin="test") as work:
        work.session.execute(text("UPDATE pillar SET name_en = 'x'"))


def test_a_reading_session_cannot_write(database: Database) -> None:
    with pytest.raises(UnrecordedWrite), database.reading() as session:
        session.execute(text("DELETE FROM pillar"))


def test_a_request_sent_twice_finds_its_outcome(database: Database) -> None:
    with database.transaction(actor="alice", origin="test", token="t1") as work:
        pillar = work.save(Pillar(code="new", name_zh="新", name_en="New"))
        work.outcome = [pillar.key]
    with database.transaction(actor="alice", origin="test", token="t1") as work:
        assert work.outcome == [pillar.key]

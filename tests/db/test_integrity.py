"""Corruptions are planted past the product, each with SQLite's own hand, and each is found and named."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from db.engine import Database
from db.files import FileStore
from db.integrity import Problem, find_problems
from tests.db.samples import SCAN, record_samples


@pytest.fixture
def store(tmp_path: Path) -> FileStore:
    return FileStore(str(tmp_path / "files"))


@pytest.fixture
def plant(sqlite_database: Database, store: FileStore) -> Callable[..., list[Problem]]:
    """Plant by statements into a database with records, and return what is then found."""
    record_samples(sqlite_database, store)
    sqlite_database.close()
    path = sqlite_database.path
    assert path is not None

    def planted(*statements: str) -> list[Problem]:
        with closing(sqlite3.connect(path)) as connection:
            connection.execute("PRAGMA ignore_check_constraints=ON")
            for statement in statements:
                connection.execute(statement)
            connection.commit()
        return find_problems(Database(f"sqlite:///{path}"), store)

    return planted


def _kinds(problems: list[Problem]) -> set[str]:
    return {problem.kind for problem in problems}


def test_what_the_product_wrote_is_found_whole(database: Database, store: FileStore) -> None:
    record_samples(database, store)
    assert find_problems(database, store) == []


def test_a_row_whose_parent_is_gone(plant: Callable[..., list[Problem]]) -> None:
    found = plant("UPDATE milestone SET project_id = 999")
    assert ("missing_parent", "milestone 1", "project") in [
        (p.kind, p.where, p.details.get("parent")) for p in found
    ]


def test_a_row_numbered_above_the_counter(plant: Callable[..., list[Problem]]) -> None:
    found = plant("UPDATE milestone SET change_no = 99")
    assert Problem("change_above_counter", "milestone 1", {"number": 3, "change_no": 99}) in found


def test_a_counter_behind_its_history(plant: Callable[..., list[Problem]]) -> None:
    found = plant("UPDATE change_counter SET number = 1")
    assert Problem("counter_behind", "change_counter", {"number": 1, "change_no": 3}) in found


def test_a_missing_counter(plant: Callable[..., list[Problem]]) -> None:
    assert Problem("counter_rows", "change_counter", {"count": 0}) in plant("DELETE FROM change_counter")


def test_a_row_no_entry_tells_of(plant: Callable[..., list[Problem]]) -> None:
    found = plant("DELETE FROM audit_entry WHERE entity = 'milestone'")
    assert found == [Problem("entry_missing", "milestone 1", {"change_no": 2})]


def test_a_change_no_entry_tells_of(plant: Callable[..., list[Problem]]) -> None:
    found = plant("UPDATE agreement SET change_no = 3 WHERE id = 2")
    assert found == [Problem("entry_missing", "agreement 2", {"change_no": 3})]


def test_a_value_its_history_does_not_tell(plant: Callable[..., list[Problem]]) -> None:
    found = plant("UPDATE milestone SET weight = 50")
    assert found == [Problem("value_differs", "milestone 1", {"field": "weight", "stored": 50, "told": 5})]


def test_a_value_put_where_there_was_none(plant: Callable[..., list[Problem]]) -> None:
    found = plant("UPDATE agreement SET amount_cents = 0 WHERE id = 1")
    assert [(p.kind, p.details["field"]) for p in found] == [("value_differs", "amount_cents")]


def test_a_history_that_was_rewritten(plant: Callable[..., list[Problem]]) -> None:
    found = plant("""UPDATE audit_entry SET fields = '{"note": ["x", "更正"]}' WHERE reason = 'typo'""")
    assert found == [Problem("history_in_pieces", "agreement 1", {"field": "note"})]


def test_a_record_that_was_removed(plant: Callable[..., list[Problem]]) -> None:
    found = plant("DELETE FROM document_version")
    assert found == [Problem("record_missing", "document_version 1")]


def test_entries_out_of_order(plant: Callable[..., list[Problem]]) -> None:
    found = plant("UPDATE audit_entry SET recorded_at = '2001-01-01 00:00:00.000000' WHERE reason = 'typo'")
    assert _kinds(found) == {"entries_disordered"}


def test_a_missing_content(plant: Callable[..., list[Problem]], store: FileStore, tmp_path: Path) -> None:
    sha256 = store.put(SCAN)
    (tmp_path / "files" / sha256[:2] / sha256).unlink()
    assert plant() == [Problem("content_missing", "document_version 1", {"sha256": sha256})]


def test_a_changed_content(plant: Callable[..., list[Problem]], store: FileStore, tmp_path: Path) -> None:
    sha256 = store.put(SCAN)
    (tmp_path / "files" / sha256[:2] / sha256).write_bytes(b"other")
    assert plant() == [Problem("content_damaged", "document_version 1", {"sha256": sha256})]


def test_a_text_that_is_no_date(plant: Callable[..., list[Problem]]) -> None:
    found = plant("UPDATE milestone SET due_on = '2020年12月1日'")
    assert {"broken_constraint", "value_unreadable"} <= _kinds(found)


def test_a_word_outside_its_vocabulary(plant: Callable[..., list[Problem]]) -> None:
    assert "broken_constraint" in _kinds(plant("UPDATE agreement SET kind = 'promise' WHERE id = 1"))


def test_an_agreement_number_used_twice(plant: Callable[..., list[Problem]]) -> None:
    plant(
        "PRAGMA writable_schema=ON",
        "UPDATE sqlite_schema"
        " SET sql = replace(sql, 'CONSTRAINT uq_agreement_number UNIQUE (number)', 'CHECK (1)')"
        " WHERE name = 'agreement'",
        "DELETE FROM sqlite_schema WHERE name LIKE 'sqlite_autoindex_agreement%' AND tbl_name = 'agreement'",
    )
    plant("VACUUM")
    found = plant("UPDATE agreement SET number = '430281-2020-F-001' WHERE id = 2")
    assert ("number_used_twice", 2) in [(p.kind, p.details.get("count")) for p in found]


def test_a_forecast_its_history_does_not_end_with(plant: Callable[..., list[Problem]]) -> None:
    found = plant("UPDATE milestone SET forecast_on = '2021-01-05'")
    details = {"field": "forecast_on", "stored": "2021-01-05", "told": "2020-12-20"}
    assert Problem("newest_value_apart", "milestone 1", details) in found


def test_a_history_whose_newest_forecast_is_gone(plant: Callable[..., list[Problem]]) -> None:
    found = plant("UPDATE forecast_change SET archived_at = '2021-01-01 00:00:00.000000' WHERE id = 2")
    details = {"field": "forecast_on", "stored": "2020-12-20", "told": "2020-12-10"}
    assert Problem("newest_value_apart", "milestone 1", details) in found


def test_a_forecast_without_any_history(plant: Callable[..., list[Problem]]) -> None:
    found = plant("DELETE FROM forecast_change")
    details = {"field": "forecast_on", "stored": "2020-12-20", "told": "–"}
    assert Problem("newest_value_apart", "milestone 1", details) in found


def test_a_share_its_history_does_not_end_with(plant: Callable[..., list[Problem]]) -> None:
    found = plant("UPDATE milestone_credit SET percent = 50 WHERE id = 2")
    details = {"field": "credit_percent", "stored": "40", "told": "50"}
    assert Problem("newest_value_apart", "milestone 1", details) in found


def test_a_history_out_of_order_is_read_by_its_days(plant: Callable[..., list[Problem]]) -> None:
    found = plant("UPDATE milestone_credit SET credited_on = '2020-11-20' WHERE id = 1")
    assert ("newest_value_apart", "credit_percent") in [(p.kind, p.details.get("field")) for p in found]


def test_a_forecast_that_is_no_day(plant: Callable[..., list[Problem]]) -> None:
    found = plant("UPDATE milestone SET forecast_on = '2021年1月5日'")
    assert {"broken_constraint", "value_unreadable", "newest_value_apart"} <= _kinds(found)


def test_a_table_without_its_index(plant: Callable[..., list[Problem]]) -> None:
    assert _kinds(plant("DROP INDEX uq_division_current_code")) == {"schema_differs"}


def test_a_schema_from_elsewhere(plant: Callable[..., list[Problem]]) -> None:
    found = plant("UPDATE alembic_version SET version_num = '9999'")
    assert found == [Problem("schema_unknown", "alembic_version", {"revision": "9999"})]


def test_a_division_below_nothing(plant: Callable[..., list[Problem]]) -> None:
    found = plant("UPDATE division SET parent_id = NULL WHERE code = '430281'")
    assert Problem("division_without_parent", "division 430281", {"code": "430281"}) in found


def test_a_county_missing_from_the_registry(plant: Callable[..., list[Problem]]) -> None:
    assert "registry_count" in _kinds(plant("UPDATE division SET valid_to = 2020 WHERE code = '430281'"))


def test_damaged_pages(sqlite_database: Database, store: FileStore) -> None:
    record_samples(sqlite_database, store)
    path = sqlite_database.path
    assert path is not None
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    sqlite_database.close()
    damage_a_page(path)
    assert _kinds(find_problems(Database(f"sqlite:///{path}"), store)) == {"damaged_page"}


def test_no_more_than_twenty_of_a_kind_are_listed(plant: Callable[..., list[Problem]]) -> None:
    found = plant("UPDATE division SET name_en = 'X'")
    assert [p.kind for p in found] == ["value_differs"] * 20


def test_looking_changes_nothing(sqlite_database: Database, store: FileStore) -> None:
    record_samples(sqlite_database, store)
    before = sqlite_database.path.read_bytes() if sqlite_database.path else b""
    find_problems(sqlite_database, store)
    assert sqlite_database.path is not None
    assert sqlite_database.path.read_bytes() == before


def test_postgresql_is_looked_through_too(postgresql_database: Database, store: FileStore) -> None:
    record_samples(postgresql_database, store)
    engine = postgresql_database.engine.execution_options(isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.info["writing"] = True
        connection.exec_driver_sql("UPDATE pillar SET name_en = 'Sneaked' WHERE id = 1")
    assert [(p.kind, p.where) for p in find_problems(postgresql_database, store)] == [
        ("value_differs", "pillar 1")
    ]


def damage_a_page(path: Path) -> None:
    """Overwrite the head of a page in the middle of the file, as a failing disk does."""
    page_count = path.stat().st_size // 4096
    with path.open("r+b") as file:
        file.seek(page_count // 2 * 4096)
        file.write(b"\xff" * 64)

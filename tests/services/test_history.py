from datetime import date, timedelta

import pytest

from db.engine import Database
from db.queries import history as queries
from pages.components.field_names import FIELD_NAMES
from pages.components.record_names import ENTITY_NAMES
from tests.agreement_samples import GUIDONG, LILING, logged
from tests.conftest import division_id
from tests.services.conftest import RECORDED
from tests.services.planning import an_opened_project
from tracker.services import history
from tracker.services.agreement import archive_agreement
from tracker.services.desk import Desk
from tracker.services.history import (
    HistoryQuestion,
    name_values,
    read_history,
    read_history_choices,
    referred,
)
from tracker.services.signing_event import change_signing_event, hold_signing_event

SUMMIT = {"name": "湖南峰会", "held_on": date(2020, 7, 17), "place": "杭州"}
BAODING = "130606"


def _held(desk: Desk, name: str = "湖南峰会") -> int:
    return hold_signing_event(desk, SUMMIT | {"name": name})


def _entities(desk: Desk, **asked: object) -> set[str]:
    return {e.entity for e in read_history(desk, HistoryQuestion(**asked)).entries}  # type: ignore[arg-type]


def test_the_newest_entry_comes_first(dora: Desk) -> None:
    _held(dora, "甲")
    _held(dora, "乙")
    assert [e.fields["name"] for e in read_history(dora, HistoryQuestion()).entries[:2]] == [
        (None, "乙"),
        (None, "甲"),
    ]


def test_an_entry_holds_the_old_and_the_new_value(dora: Desk) -> None:
    event_id = _held(dora)
    change_signing_event(dora, event_id, SUMMIT | {"place": "长沙"}, seen=1)
    newest = read_history(dora, HistoryQuestion()).entries[0]
    assert newest.fields == {"place": ("杭州", "长沙")}


def test_an_entry_holds_the_reason(dora: Desk) -> None:
    archive_agreement(dora, logged(dora), "重复登记")
    assert read_history(dora, HistoryQuestion()).entries[0].reason == "重复登记"


def test_it_is_narrowed_to_a_person(dora: Desk, alice: Desk) -> None:
    _held(dora)
    _held(alice)
    assert [e.actor for e in read_history(dora, HistoryQuestion(actor="alice")).entries] == ["alice"]


def test_it_is_narrowed_to_a_kind_of_record_an_act_and_a_record(dora: Desk) -> None:
    agreement_id = logged(dora)
    question = HistoryQuestion(entity="agreement", action="agreement.logged", record_id=agreement_id)
    assert len(read_history(dora, question).entries) == 1


@pytest.mark.parametrize(("first", "last", "found"), [(0, 0, True), (1, None, False), (None, -1, False)])
def test_it_is_narrowed_to_days_both_included(
    dora: Desk, first: int | None, last: int | None, found: bool
) -> None:
    _held(dora)
    days = [None if n is None else dora.today + timedelta(days=n) for n in (first, last)]
    question = HistoryQuestion(entity="signing_event", from_on=days[0], to_on=days[1])
    assert bool(read_history(dora, question).entries) == found


def test_pages_follow_each_other_without_a_gap(dora: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    for n in range(5):
        _held(dora, f"第{n}次")
    monkeypatch.setattr(history, "PAGE_SIZE", 2)
    asked = HistoryQuestion(entity="signing_event")
    pages = []
    while True:
        page = read_history(dora, asked)
        pages.append([e.fields["name"][1] for e in page.entries])
        if page.older_than is None:
            break
        asked = HistoryQuestion(entity="signing_event", older_than=page.older_than)
    assert pages == [["第4次", "第3次"], ["第2次", "第1次"], ["第0次"]]


def test_values_that_point_at_records_are_named(dora: Desk) -> None:
    liling = division_id(dora.database, LILING)
    logged(dora)
    page = read_history(dora, HistoryQuestion(entity="party"))
    assert page.names["division", liling] == ("醴陵市", "Liling City")


def test_what_has_no_name_is_called_after_what_it_belongs_to(dora: Desk) -> None:
    logged(dora)
    page = read_history(dora, HistoryQuestion(entity="party"))
    assert page.names["party", page.entries[0].record_id] == ("430281-2020-F-001", "430281-2020-F-001")


def test_every_kind_of_the_demo_can_be_named(dora: Desk) -> None:
    an_opened_project(dora)
    named = {entity for entity, _id in read_history(dora, HistoryQuestion()).names}
    assert {"agreement", "division", "party", "project"} <= named


def test_names_are_found_for_a_field_history_too(dora: Desk) -> None:
    liling = division_id(dora.database, LILING)
    assert ("division", liling) in name_values(dora, [("party", "division_id", liling)])


def test_what_belongs_to_a_parent_depends_on_the_record() -> None:
    assert (referred("agreement", "parent_id"), referred("division", "parent_id")) == (
        "agreement",
        "division",
    )


def test_a_person_sees_the_history_of_their_own_counties(dora: Desk, alice: Desk, charlie: Desk) -> None:
    logged(dora, LILING)
    assert ("agreement" in _entities(alice), "agreement" in _entities(charlie)) == (True, False)


def test_nothing_that_hangs_on_an_agreement_elsewhere_is_seen(dora: Desk, charlie: Desk) -> None:
    an_opened_project(dora)
    assert _entities(charlie, actor="dora") == set()


def test_a_joint_agreement_is_seen_from_each_of_its_counties(dora: Desk, alice: Desk, charlie: Desk) -> None:
    logged(dora, GUIDONG, BAODING, joint=True)
    assert "agreement" in _entities(alice) & _entities(charlie)


def test_choices_are_what_the_history_holds(dora: Desk) -> None:
    _held(dora)
    choices = read_history_choices(dora)
    assert "dora" in choices.actors
    assert "signing_event.held" in choices.actions


def test_every_recorded_kind_has_a_name() -> None:
    assert RECORDED - ENTITY_NAMES.keys() == set()


def test_every_recorded_field_has_a_name() -> None:
    fields = {column.name for name in RECORDED for column in queries.metadata.tables[name].columns}
    assert fields - {"id", "version", "change_no"} - FIELD_NAMES.keys() == set()


def test_every_field_that_refers_to_a_record_says_to_which() -> None:
    wrong = [
        (name, column.name)
        for name in RECORDED
        for column in queries.metadata.tables[name].columns
        for key in column.foreign_keys
        if referred(name, column.name) != key.column.table.name
    ]
    assert wrong == []


def test_a_page_is_read_by_the_index_alone(sqlite_database: Database) -> None:
    plans = []
    for wanted in (
        queries.HistoryWanted(actor="alice"),
        queries.HistoryWanted(entity="milestone"),
        queries.HistoryWanted(action="milestone.met"),
    ):
        with sqlite_database.reading() as session:
            statement = queries.newest_query(session, wanted, None, 100)
            text = statement.compile(session.get_bind(), compile_kwargs={"literal_binds": True})
            rows = session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {text}")
            plans.append(" ".join(str(row[3]) for row in rows))
    assert not [plan for plan in plans if "TEMP B-TREE" in plan]

"""Loading facts: whole, by what changed, after a restore, and within a scope; on both engines."""

from contextlib import AbstractContextManager
from datetime import date

import polars as pl
import pytest
from polars.testing import assert_frame_equal
from sqlmodel import select

from db.engine import Database
from db.models import (
    Agreement,
    Baseline,
    BaselineMilestone,
    ChangeCounter,
    Meeting,
    Milestone,
    Party,
    Pillar,
    Project,
    Recorded,
)
from db.transaction import Transaction
from tests.conftest import division_id
from tracker.portfolio.load import load_portfolio
from tracker.portfolio.model import FACTS, Portfolio
from tracker.services.desk import Desk
from tracker.services.reading import portfolio_for

SUMMIT = date(2020, 7, 17)


def _sign(work: Transaction, county: int, number: str, other: int | None = None) -> Agreement:
    agreement = work.save(Agreement(number=number, title="框架协议", opened_on=SUMMIT, term_months=36))
    for division in [county, *([other] if other else [])]:
        work.save(Party(agreement_id=agreement.key, side="county", division_id=division, signed_on=SUMMIT))
    work.save(Party(agreement_id=agreement.key, side="partner", name="合作方", signed_on=SUMMIT))
    return agreement


def _plan(work: Transaction, agreement: Agreement, county: int) -> Project:
    pillar = work.session.exec(select(Pillar)).first()
    assert pillar is not None
    project = work.save(
        Project(
            agreement_id=agreement.key,
            division_id=county,
            pillar_id=pillar.key,
            name="产地仓",
            opened_on=SUMMIT,
        )
    )
    steps = [
        Milestone(project_id=project.key, name=f"第{i}步", weight=50, due_on=date(2020, 9, i), position=i)
        for i in (1, 2)
    ]
    work.save_many(steps)
    baseline = work.save(Baseline(project_id=project.key, number=0, approved_on=SUMMIT))
    frozen = [
        BaselineMilestone(
            baseline_id=baseline.key,
            milestone_id=s.key,
            due_on=s.due_on,
            weight=50,
            is_key=False,
            is_gate=False,
        )
        for s in steps
    ]
    work.save_many(frozen)
    return project


@pytest.fixture
def liling(database: Database) -> int:
    return division_id(database, "430281")


def _write(database: Database) -> AbstractContextManager[Transaction]:
    return database.transaction(actor="alice", origin="test")


def _same(one: Portfolio, other: Portfolio) -> None:
    for table in [*FACTS, "plan"]:
        key = ["id", "in_force_from"] if table == "plan" else ["id"]
        assert_frame_equal(one[table].sort(key), other[table].sort(key), check_column_order=False)


def _archive(work: Transaction, record: Recorded) -> None:
    record.archived_at = work.recorded_at
    work.save(record)


def test_what_changed_is_merged_as_if_all_were_loaded_anew(database: Database, liling: int) -> None:
    with _write(database) as work:
        project = _plan(work, _sign(work, liling, "430281-2020-F-001"), liling)
    known = load_portfolio(database)
    with _write(database) as work:
        step = work.session.exec(select(Milestone).where(Milestone.project_id == project.key)).first()
        assert step is not None
        step.met_on = date(2020, 8, 30)
        work.save(step)
        _plan(work, _sign(work, liling, "430281-2020-F-002"), liling)
    _same(load_portfolio(database, known), load_portfolio(database))


def test_an_archived_row_leaves_the_facts(database: Database, liling: int) -> None:
    with _write(database) as work:
        agreement = _sign(work, liling, "430281-2020-F-001")
    known = load_portfolio(database)
    with _write(database) as work:
        _archive(work, work.get(Agreement, agreement.key))
    refreshed = load_portfolio(database, known)
    assert (known["agreement"].height, refreshed["agreement"].height) == (1, 0)
    _same(refreshed, load_portfolio(database))


def test_a_restored_row_comes_back(database: Database, liling: int) -> None:
    with _write(database) as work:
        agreement = _sign(work, liling, "430281-2020-F-001")
        _archive(work, agreement)
    known = load_portfolio(database)
    with _write(database) as work:
        stored = work.get(Agreement, agreement.key)
        stored.archived_at = None
        work.save(stored)
    assert load_portfolio(database, known)["agreement"]["id"].to_list() == [agreement.key]


def test_nothing_new_gives_the_same_portfolio(database: Database) -> None:
    known = load_portfolio(database)
    assert load_portfolio(database, known) is known


def test_another_database_under_the_same_address_is_loaded_anew(database: Database, liling: int) -> None:
    known = load_portfolio(database)
    with database.scratch() as session:
        counter = session.get(ChangeCounter, 1)
        assert counter is not None
        counter.database_id = "restored"
    assert load_portfolio(database, known).database_id == "restored"


def test_a_joint_agreement_is_seen_by_each_county_but_projects_only_by_their_own(
    database: Database, alice: Desk, charlie: Desk, liling: int
) -> None:
    hebei = division_id(database, "130121")
    with _write(database) as work:
        agreement = _sign(work, liling, "430281-2020-F-001", hebei)
        _plan(work, agreement, liling)
    seen = {d.person.name: portfolio_for(d) for d in (alice, charlie)}
    assert {n: p["agreement"].height for n, p in seen.items()} == {"alice": 1, "charlie": 1}
    assert {n: (p["project"].height, p["plan"].height) for n, p in seen.items()} == {
        "alice": (1, 4),
        "charlie": (0, 0),
    }


def test_a_meeting_outside_the_scope_is_not_seen(database: Database, charlie: Desk, liling: int) -> None:
    with _write(database) as work:
        work.save(Meeting(division_id=liling, held_on=SUMMIT, with_whom="县长"))
    assert portfolio_for(charlie)["meeting"].is_empty()


def test_dates_are_dates_on_both_engines(database: Database, liling: int) -> None:
    with _write(database) as work:
        _sign(work, liling, "430281-2020-F-001")
    frame = load_portfolio(database)["agreement"]
    assert (frame.schema["opened_on"], frame["opened_on"].to_list()) == (pl.Date, [SUMMIT])


def test_remembered_figures_are_given_again_and_forgotten_with_the_facts(database: Database) -> None:
    portfolio = load_portfolio(database)
    calls: list[int] = []
    for _ in range(2):
        portfolio.once("key", lambda: calls.append(1))
    assert calls == [1]


def test_large_steps_are_forgotten_before_small_answers(database: Database) -> None:
    portfolio = load_portfolio(database)
    portfolio.once("answer", lambda: 42)
    for step in range(20):
        portfolio.once(step, lambda: pl.DataFrame({"day": pl.zeros(2**20, dtype=pl.Float64, eager=True)}))

    def forgotten() -> int:
        raise AssertionError("the answer was made again")

    assert portfolio.once("answer", forgotten) == 42
    assert portfolio.once(0, lambda: 0) == 0

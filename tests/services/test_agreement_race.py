"""Several people, or a crash, at the same moment; on the engine that lets them meet."""

import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from sqlmodel import Session, func, select

from db.engine import Database
from db.models import Agreement, AgreementPillar, AuditEntry, CarriedOut, ChangeCounter, Party
from tests.agreement_samples import LILING, NAN, log_values, logged
from tracker.errors import EditConflict
from tracker.permissions import LOCAL_ADMINISTRATOR
from tracker.services.agreement import change_agreement, log_agreements
from tracker.services.agreement_file import read_agreement
from tracker.services.desk import Desk
from tracker.settings import Settings

_AT_ONCE = 8


@pytest.fixture
def desk(postgresql_database: Database, settings: Settings) -> Desk:
    return Desk(LOCAL_ADMINISTRATOR, postgresql_database, settings)


def _colleague(desk: Desk) -> Desk:
    """The same database through connections and locks of its own, as from another process."""
    url = desk.database.url.render_as_string(hide_password=False)
    return Desk(desk.person, Database(url), desk.settings)


def _together(desks: list[Desk], act: Any) -> list[Any]:
    start = Barrier(len(desks))

    def run(desk: Desk) -> Any:
        start.wait()
        try:
            return act(desk)
        except EditConflict as conflict:
            return conflict

    with ThreadPoolExecutor(len(desks)) as pool:
        outcomes = list(pool.map(run, desks))
    for desk in desks:
        desk.database.close()
    return outcomes


def test_of_two_editors_at_once_one_saves_and_the_other_sees_both_values(desk: Desk) -> None:
    one = logged(desk)
    agreement = read_agreement(desk, one, desk.today).agreement
    names = iter(["周", "吴"])

    def edit(colleague: Desk) -> str:
        owner = next(names)
        values = agreement.model_dump(include={"kind", "title", "effective_on", "term_months"})
        change_agreement(colleague, one, values | {"owner": owner}, seen=agreement.version)
        return owner

    outcomes = _together([_colleague(desk), _colleague(desk)], edit)
    [saved] = [o for o in outcomes if isinstance(o, str)]
    [conflict] = [o for o in outcomes if isinstance(o, EditConflict)]
    assert conflict.fields["owner"][0] == saved == read_agreement(desk, one, desk.today).agreement.owner


def test_numbers_given_at_once_are_all_different(desk: Desk) -> None:
    desks = [_colleague(desk) for _ in range(_AT_ONCE)]
    ids = _together(desks, logged)
    with desk.reading() as session:
        numbers = sorted(session.exec(select(Agreement.number)))
    assert len(ids) == _AT_ONCE
    assert numbers == [f"430281-2020-F-{n:03}" for n in range(1, _AT_ONCE + 1)]


def test_one_sending_that_arrives_twice_at_once_is_carried_out_once(desk: Desk) -> None:
    values = log_values(desk, LILING, NAN)
    desks = [_colleague(desk), _colleague(desk)]
    first, second = _together(desks, lambda d: log_agreements(d, dict(values), "one token"))
    with desk.reading() as session:
        assert session.exec(select(func.count()).select_from(Agreement)).one() == 2
    assert first == second


_SENDER = """
import sys
from db.engine import Database
from pathlib import Path
from tests.agreement_samples import log_values
from tracker.permissions import LOCAL_ADMINISTRATOR
from tracker.services.agreement import log_agreements
from tracker.services.desk import Desk
from tracker.settings import Settings

desk = Desk(LOCAL_ADMINISTRATOR, Database(sys.argv[1]), Settings(home=Path(sys.argv[2])))
codes = ["430281", "430921", "431027", "430300", "430400", "430500", "430600", "430700"]
values = log_values(desk, *codes, pillar_ids=[1, 2])
log_agreements(desk, dict(values), f"{sys.argv[3]}-first")
print("ready", flush=True)
for turn in range(10_000):
    log_agreements(desk, dict(values), f"{sys.argv[3]}-{turn}")
"""
_COUNTIES, _PARTIES, _PILLARS = 8, 2, 2


def _kill_midway(url: str, home: Path, turn: int) -> None:
    command = [sys.executable, "-c", _SENDER, url, str(home), f"run {turn}"]
    sender = subprocess.Popen(command, stdout=subprocess.PIPE, cwd=Path(__file__).parents[2])
    assert sender.stdout is not None
    sender.stdout.readline()
    # A different moment each time; what it interrupts is left to chance, as in life.
    time.sleep(0.05 + 0.013 * turn)
    os.kill(sender.pid, signal.SIGKILL)
    sender.wait()
    sender.stdout.close()


def test_a_sending_that_is_killed_leaves_all_of_it_or_none(database: Database, tmp_path: Path) -> None:
    url = database.url.render_as_string(hide_password=False)
    for turn in range(5):
        _kill_midway(url, tmp_path, turn)
    with database.reading() as session:
        sendings = session.exec(select(func.count()).select_from(CarriedOut)).one()
        assert sendings > 0
        assert _rows(session) == [
            sendings * _COUNTIES,
            sendings * _COUNTIES * _PARTIES,
            sendings * _COUNTIES * _PILLARS,
        ]


def test_after_a_kill_every_row_has_its_audit_entry_and_the_counter_fits(
    database: Database, tmp_path: Path
) -> None:
    before = _counter(database)
    _kill_midway(database.url.render_as_string(hide_password=False), tmp_path, 9)
    with database.reading() as session:
        told = session.exec(select(func.count()).select_from(AuditEntry).where(AuditEntry.change_no > before))
        sendings = session.exec(select(func.count()).select_from(CarriedOut)).one()
        assert told.one() == sum(_rows(session))
    assert _counter(database) == before + sendings


def _rows(session: Session) -> list[int]:
    return [
        session.exec(select(func.count()).select_from(m)).one() for m in (Agreement, Party, AgreementPillar)
    ]


def _counter(database: Database) -> int:
    with database.reading() as session:
        return session.exec(select(ChangeCounter.number)).one()

"""Two leads set one light, and two administrators one threshold, at the same moment."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest

from db.engine import Database
from tests.services.dated_desk import on
from tests.services.planning import an_opened_project
from tracker.errors import EditConflict, TrackerError
from tracker.permissions import LOCAL_ADMINISTRATOR
from tracker.rules.light_override import LightSetAlready
from tracker.services.desk import Desk
from tracker.services.light_override import set_light
from tracker.services.threshold import change_thresholds, read_thresholds
from tracker.settings import Settings

TODAY = date(2020, 8, 10)


@pytest.fixture
def desks(postgresql_database: Database, settings: Settings) -> list[Desk]:
    """One database through two sets of connections, as from two processes."""
    url = postgresql_database.url.render_as_string(hide_password=False)
    databases = [postgresql_database, Database(url)]
    return [on(Desk(LOCAL_ADMINISTRATOR, database, settings), TODAY) for database in databases]


def _together(desks: list[Desk], *acts: Callable[[Desk], object]) -> list[type[TrackerError] | None]:
    """Carry out one act at each desk at once; return what each was refused with, None if it was not."""
    start = Barrier(len(desks))

    def run(desk: Desk, act: Callable[[Desk], object]) -> type[TrackerError] | None:
        start.wait()
        try:
            act(desk)
        except TrackerError as error:
            return type(error)
        return None

    with ThreadPoolExecutor(len(desks)) as pool:
        outcomes = list(pool.map(run, desks, acts))
    desks[1].database.close()
    return sorted(outcomes, key=str)


def test_of_two_leads_at_once_one_sets_the_light_and_the_other_is_told(desks: list[Desk]) -> None:
    project = an_opened_project(desks[0])
    values = {"colour": "red", "until_on": TODAY, "reason": "待核"}
    act = lambda desk: set_light(desk, project, values)  # noqa: E731
    assert _together(desks, act, act) == [LightSetAlready, None]


def test_of_two_administrators_at_once_one_changes_the_threshold(desks: list[Desk]) -> None:
    acts = [lambda desk, n=n: change_thresholds(desk, {"dormant_months": n}, seen=0) for n in (9, 12)]
    assert _together(desks, *acts) == [EditConflict, None]


def test_of_two_thresholds_changed_at_once_neither_is_lost(desks: list[Desk]) -> None:
    changes = [{"dormant_months": 9}, {"few_records": 5}]
    acts = [lambda desk, values=values: change_thresholds(desk, values, seen=0) for values in changes]
    assert _together(desks, *acts) == [None, None]
    values = read_thresholds(desks[0], TODAY).values
    assert (values["dormant_months"], values["few_records"]) == (9, 5)

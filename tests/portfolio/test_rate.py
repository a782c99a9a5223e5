"""D4 by hand: each rate's n and N at their edges."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings

from tests.portfolio.test_figures import TABLES, Tables, some_tables
from tests.portfolio.timeline_facts import AS_OF, agreement, party, project
from tests.portfolio.timeline_facts import portfolio as made_of
from tracker.portfolio.figures import Grouping, figures
from tracker.rules.rate import RATES, rate_value

DAY_AFTER = AS_OF + timedelta(days=1)
LILING, XIXIU = 11, 21
BY_KEY = {rate.key: rate for rate in RATES}


def _rate(key: str, as_of: date = AS_OF, **changed: list[dict[str, Any]]) -> tuple[int | None, int | None]:
    row = figures(made_of(**TABLES | changed), as_of).row(0, named=True)
    value = rate_value(row, BY_KEY[key], 10)
    return value.n, value.of


@pytest.mark.parametrize(
    ("key", "pair"),
    [
        ("contact", (3, 3)),
        ("signing", (3, 3)),
        ("decomposition", (1, 2)),
        ("performance", (1, 2)),
        ("landing", (0, 2)),
        ("start", (1, 1)),
        ("due_start", (0, 0)),
        ("go_live", (0, 1)),
        ("upgrade", (0, 2)),
        ("funds", (None, None)),
    ],
)
def test_each_rate_is_a_pair_of_counts(key: str, pair: tuple[int | None, int | None]) -> None:
    assert _rate(key) == pair


@pytest.mark.parametrize(
    ("course", "pair"),
    [
        ({"started_on": AS_OF}, (1, 1)),
        ({"started_on": DAY_AFTER}, (0, 1)),
        ({"started_on": None}, (0, 1)),
        ({"started_on": AS_OF, "stopped_on": AS_OF}, (1, 1)),
    ],
)
def test_a_start_counts_from_its_day_on_and_stopping_takes_nothing_away(
    course: dict[str, Any], pair: tuple[int, int]
) -> None:
    projects = [project(1, 1, LILING, **course), TABLES["project"][1]]
    assert _rate("start", project=projects) == pair


def test_a_started_project_without_a_plan_is_no_member_of_n() -> None:
    projects = [project(1, 1, LILING, started_on=None), project(2, 2, XIXIU, started_on=AS_OF)]
    assert _rate("start", project=projects) == (0, 1)


@pytest.mark.parametrize(
    ("planned", "started", "pair"),
    [
        (AS_OF, AS_OF, (1, 1)),
        (AS_OF, DAY_AFTER, (0, 1)),
        (DAY_AFTER, AS_OF, (0, 0)),
        (None, AS_OF, (0, 0)),
    ],
)
def test_due_start_asks_only_those_whose_day_has_come(
    planned: date | None, started: date | None, pair: tuple[int, int]
) -> None:
    projects = [project(1, 1, LILING, planned_start_on=planned, started_on=started)]
    assert _rate("due_start", project=projects) == pair


@pytest.mark.parametrize(("live", "n"), [(AS_OF, 1), (DAY_AFTER, 0), (None, 0)])
def test_go_live_counts_from_its_day_on(live: date | None, n: int) -> None:
    projects = [project(1, 1, LILING, live_on=live), project(2, 2, XIXIU, live_on=AS_OF)]
    assert _rate("go_live", project=projects) == (n, 1)


@pytest.mark.parametrize(
    ("follower", "signed", "n"),
    [
        ({"kind": "specific", "parent_id": 1}, AS_OF, 1),
        ({"kind": "contract", "parent_id": 1}, AS_OF, 1),
        ({"kind": "contract", "parent_id": 1}, DAY_AFTER, 0),
        ({"kind": "contract", "parent_id": 1}, None, 0),
        ({"kind": "framework", "parent_id": 1}, AS_OF, 0),
        ({"kind": "intent", "parent_id": 1}, AS_OF, 0),
        ({"kind": "contract", "parent_id": None}, AS_OF, 0),
    ],
)
def test_an_upgrade_is_a_signed_specific_agreement_or_contract(
    follower: dict[str, Any], signed: date | None, n: int
) -> None:
    agreements = [agreement(1), agreement(9, **follower)]
    parties = [party(1, 1, LILING), party(9, 9, LILING, signed)]
    assert _rate("upgrade", agreement=agreements, party=parties)[0] == n


def test_two_contracts_after_one_framework_are_one_upgrade() -> None:
    follower = {"kind": "contract", "parent_id": 1}
    agreements = [agreement(1), agreement(8, **follower), agreement(9, **follower)]
    parties = [party(i, i, LILING) for i in (1, 8, 9)]
    assert _rate("upgrade", agreement=agreements, party=parties) == (1, 1)


def test_an_unsigned_framework_is_no_framework_yet() -> None:
    assert _rate("upgrade", agreement=[agreement(3)], party=TABLES["party"][3:]) == (0, 0)


def test_a_terminated_agreement_stays_in_n_and_in_n_of_its_rates() -> None:
    ended = [agreement(1, terminated_on=date(2021, 1, 1)), *TABLES["agreement"][1:]]
    assert _rate("decomposition", agreement=ended) == (1, 2)


def test_a_landed_project_lands_its_agreement() -> None:
    steps = [dict(TABLES["milestone"][0], evidence_witness="县长")]
    frozen = [dict(TABLES["baseline_milestone"][0], is_gate=True)]
    assert _rate("landing", milestone=steps, baseline_milestone=frozen) == (1, 2)


def test_a_joint_agreement_has_reached_the_same_for_each_who_sees_it() -> None:
    projects = [project(1, 1, LILING, started_on=None), project(2, 2, XIXIU)]
    seen = made_of(**TABLES | {"project": projects}).within(frozenset({12}))
    row = figures(seen, AS_OF).row(0, named=True)
    assert (row["agreements_performed"], row["agreements_signed"]) == (1, 1)


@pytest.mark.parametrize(("of", "few"), [(0, False), (1, True), (9, True), (10, False)])
def test_fewer_than_the_threshold_are_marked(of: int, few: bool) -> None:
    row = dict.fromkeys(("counties", "counties_contacted"), of)
    assert rate_value(row, BY_KEY["contact"], 10).is_few is few


@pytest.mark.parametrize(("n", "of", "share"), [(0, 0, None), (0, 5, 0.0), (5, 5, 1.0), (None, None, None)])
def test_a_rate_of_nothing_is_blank_and_never_0(n: int | None, of: int | None, share: float | None) -> None:
    row = {"funds_arrived": n, "funds_committed": of}
    assert rate_value(row, BY_KEY["funds"], 10).share == share


@settings(max_examples=60, deadline=None)
@given(tables=some_tables())
def test_n_counts_only_members_of_the_whole(tables: Tables) -> None:
    for by in (None, Grouping.province, Grouping.county, Grouping.owner):
        for row in figures(made_of(**tables), AS_OF, by).iter_rows(named=True):
            values = [rate_value(row, rate, 10) for rate in RATES]
            assert all(v.n <= v.of for v in values if v.n is not None and v.of is not None)


@settings(max_examples=60, deadline=None)
@given(tables=some_tables())
def test_splitting_a_region_changes_no_count_of_projects_or_counties(tables: Tables) -> None:
    known = made_of(**tables)
    named = [name for name in figures(known, AS_OF).columns if name.startswith(("projects", "milestones"))]
    named += ["counties", "counties_contacted", "counties_signed"]
    counties = known["division"].select("province_id", "level", key="id")
    # A province that is a party itself stands beside its counties, and so do its projects.
    whole = {
        row["key"]: [row[name] for name in named]
        for row in figures(known, AS_OF, Grouping.province).iter_rows(named=True)
    }
    parts: dict[int, list[int]] = {}
    for row in figures(known, AS_OF, Grouping.county).join(counties, on="key").iter_rows(named=True):
        key = row["province_id"] or row["key"]
        counted = [row[name] or 0 for name in named]
        parts[key] = [a + b for a, b in zip(parts.get(key, [0] * len(named)), counted, strict=True)]
    shown = [named.index(n) for n in named if n != "counties"]
    assert {k: [v[i] for i in shown] for k, v in whole.items()} == {
        k: [v[i] for i in shown] for k, v in parts.items()
    }

"""The figures of the last year in one pass are those of each of its days."""

from datetime import date
from typing import Any

import pytest

from tests.portfolio.timeline_facts import DIVISIONS, PILLARS, agreement, milestone, party, portfolio, project
from tracker.portfolio.figure_series import COUNTED, figure_series, series_days
from tracker.portfolio.model import Portfolio
from tracker.portfolio.part import Part, part_figures

AS_OF = date(2021, 6, 30)
DECEMBER, MARCH = date(2020, 12, 10), date(2021, 3, 10)
JOINT, HUNAN, SOUTH = 2, 1, -1


def _portfolio() -> Portfolio:
    """Everything that begins, ends, moves or is taken back within the year, once."""
    steps = [
        milestone(1, 1, MARCH, met_on=DECEMBER, evidence_witness="县长"),
        milestone(2, 1, MARCH, met_on=DECEMBER, cancelled_on=date(2021, 4, 2)),
        milestone(3, 1, DECEMBER, met_on=date(2021, 2, 5), evidence_witness="县长"),
        milestone(4, 2, DECEMBER, credited_on=date(2021, 1, 20), credit_percent=50),
        milestone(5, 2, DECEMBER),
        milestone(6, 3, date(2020, 11, 30)),
        milestone(7, 4, date(2020, 9, 1), met_on=date(2020, 9, 30)),
    ]
    baselines = [
        {"id": 1, "project_id": 1, "number": 0, "approved_on": date(2020, 10, 31)},
        {"id": 2, "project_id": 1, "number": 1, "approved_on": date(2021, 1, 15)},
        {"id": 3, "project_id": 2, "number": 0, "approved_on": date(2021, 2, 28)},
    ]
    frozen = [(1, 1, MARCH, True), (1, 3, DECEMBER, False), (2, 1, MARCH, True), (2, 3, MARCH, True)]
    frozen += [(3, 5, date(2021, 4, 30), False)]
    return portfolio(
        division=[
            *({**d, "valid_to": 2020} if d["id"] == 12 else d for d in DIVISIONS),
            {"id": 22, "code": "520403", "name": "平坝区", "level": "county", "province_id": 2}
            | {"valid_from": 2021},
        ],
        pillar=PILLARS,
        agreement=[
            agreement(1),
            agreement(JOINT, opened_on=date(2020, 11, 5)),
            agreement(3, terminated_on=MARCH),
            agreement(4, opened_on=date(2020, 8, 1)),
        ],
        agreement_pillar=[{"id": 1, "agreement_id": 1, "pillar_id": 2}],
        party=[
            party(1, 1, 11),
            party(2, JOINT, 12, date(2020, 10, 1)),
            party(3, JOINT, 21, date(2020, 9, 1)),
            party(4, 3, 22, DECEMBER),
            party(5, 4, 12, None),
        ],
        project=[
            project(1, 1, 11),
            project(2, 1, 11, pillar_id=1, opened_on=date(2021, 1, 31)),
            project(3, JOINT, 21, opened_on=date(2020, 8, 1), stopped_on=date(2021, 2, 28)),
            project(4, 4, 12),
        ],
        milestone=steps,
        baseline=baselines,
        baseline_milestone=[
            {"id": n, "baseline_id": b, "milestone_id": m, "due_on": due, "weight": 25, "is_gate": gate}
            for n, (b, m, due, gate) in enumerate(frozen, start=1)
        ],
        meeting=[{"id": 1, "division_id": 22, "held_on": date(2020, 10, 10)}],
        sales_region=[{"id": 1, "name": "南区", "position": 1}],
        sales_region_division=[
            {"id": 1, "sales_region_id": 1, "division_id": 11, "from_on": date(2020, 1, 1)},
            {"id": 2, "sales_region_id": 1, "division_id": 2, "from_on": DECEMBER, "to_on": MARCH},
        ],
    )


PARTS = [
    Part(),
    Part(region_id=HUNAN),
    Part(region_id=SOUTH),
    Part(pillar_id=2),
    Part(event_id=1),
    Part(agreement_id=1),
    Part(project_id=3),
    Part(region_id=2, event_id=1),
    Part(region_id=99),
]


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("as_of", [AS_OF, date(2021, 3, 9), date(2020, 12, 9), date(2019, 1, 1)])
def test_each_day_has_the_figures_of_that_day(part: Part, as_of: date) -> None:
    series = figure_series(_portfolio(), as_of, part).to_dicts()
    figures: list[dict[str, Any]] = [part_figures(_portfolio(), row["day"], part) for row in series]
    assert series == [
        {"day": row["day"]} | {name: figure[name] for name in COUNTED}
        for row, figure in zip(series, figures, strict=True)
    ]


def test_a_restricted_person_sees_the_series_of_their_own_figures() -> None:
    ours = _portfolio().within(frozenset({12}))
    series = figure_series(ours, AS_OF, Part()).to_dicts()
    assert [row["agreements_signed"] for row in series] == [
        part_figures(ours, row["day"], Part())["agreements_signed"] for row in series
    ]


def test_something_moves_in_every_figure() -> None:
    series = figure_series(_portfolio(), AS_OF, Part())
    assert all(series[name].n_unique() > 1 for name in COUNTED)


@pytest.mark.parametrize(
    ("as_of", "first", "last_but_one"),
    [
        (AS_OF, date(2020, 7, 31), date(2021, 5, 31)),
        (date(2021, 6, 1), date(2020, 7, 31), date(2021, 5, 31)),
        (date(2020, 3, 1), date(2019, 4, 30), date(2020, 2, 29)),
    ],
)
def test_the_days_are_the_ends_of_months_and_the_day_itself(
    as_of: date, first: date, last_but_one: date
) -> None:
    days = series_days(as_of)
    assert (len(days), days[0], days[-2], days[-1]) == (12, first, last_but_one, as_of)


def test_nothing_recorded_counts_nothing() -> None:
    assert figure_series(portfolio(), AS_OF, Part()).select(COUNTED).sum().row(0) == (0,) * len(COUNTED)

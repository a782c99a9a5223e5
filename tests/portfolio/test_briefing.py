"""What a briefing tells, by hand: lights with what they were, slips with reasons, and what lies ahead."""

from datetime import date
from typing import Any

import pytest

from tests.portfolio.plan_facts import approved, step
from tests.portfolio.timeline_facts import DIVISIONS, PILLARS, agreement, party, project
from tests.portfolio.timeline_facts import portfolio as made_of
from tracker.portfolio.briefing import Briefing, briefing, part_names
from tracker.portfolio.figures import Grouping, group_figures
from tracker.portfolio.model import Portfolio
from tracker.portfolio.part import Part, part_figures
from tracker.rules.briefing import briefing_month

HUNAN, GUIZHOU, LILING, NAN, XIXIU = 1, 2, 11, 12, 21
JUNE, LAST = date(2021, 6, 1), date(2021, 6, 30)
WHOLE = Part()
EVENTS = [{"id": 1, "name": "湖南峰会", "held_on": date(2020, 7, 17), "place": "杭州"}]


def _steps() -> list[dict[str, Any]]:
    """P1: one step a day overdue and key, one put off in June. P2: nothing due. P3 has no plan."""
    return [
        step(1, due_on=date(2021, 6, 29), is_key=True),
        step(2, due_on=date(2021, 6, 20)),
        step(3, project_id=2, due_on=date(2021, 9, 28), is_key=True),
        step(4, project_id=2, due_on=date(2021, 9, 29), is_key=True),
        step(5, project_id=2, due_on=date(2021, 7, 1)),
        step(6, project_id=3, due_on=date(2021, 8, 1)),
    ]


def _facts(**changed: list[dict[str, Any]]) -> Portfolio:
    steps = _steps()
    baselines, frozen = [], []
    for number, ids in ((1, (1, 2)), (2, (3, 4, 5))):
        row = approved(*((s["id"], s["due_on"], 10) for s in steps if s["id"] in ids))
        baselines.append({"id": number, "project_id": number, "number": 0, "approved_on": row["approved_on"]})
        frozen += [
            {"id": i, "baseline_id": number, "milestone_id": i, "due_on": due, "weight": weight}
            | {"is_key": i in (1, 3, 4), "is_gate": False}
            for i, due, weight in row["frozen"]
        ]
    moves = [
        {"id": 1, "milestone_id": 2, "changed_on": date(2021, 6, 10), "new_on": date(2021, 7, 5)}
        | {"reason_code": "funding"},
        {"id": 2, "milestone_id": 2, "changed_on": date(2021, 6, 12), "new_on": date(2021, 7, 9)}
        | {"reason_code": "county"},
    ]
    tables: dict[str, list[dict[str, Any]]] = {
        "division": DIVISIONS,
        "pillar": PILLARS,
        "signing_event": EVENTS,
        "agreement": [
            agreement(1),
            agreement(2, effective_on=date(2021, 6, 1), term_months=4, notice_days=30),
            agreement(3, effective_on=date(2020, 8, 1), term_months=11, notice_days=0),
        ],
        "party": [party(1, 1, LILING), party(2, 2, NAN), party(3, 3, XIXIU)],
        "project": [project(1, 1, LILING), project(2, 2, NAN), project(3, 3, XIXIU)],
        "milestone": steps,
        "baseline": baselines,
        "baseline_milestone": frozen,
        "forecast_change": moves,
        "project_update": [
            {"id": n, "project_id": n, "reported_on": day, "decision": "accepted", "decided_on": day}
            for n, day in ((1, date(2021, 5, 31)), (2, date(2021, 5, 31)))
        ],
    }
    return made_of(**tables | changed)


def _told(part: Part = WHOLE, day: date = LAST, **changed: list[dict[str, Any]]) -> Briefing:
    return briefing(_facts(**changed), part, briefing_month(JUNE, day))


@pytest.mark.parametrize(
    ("part", "by", "key"),
    [
        (Part(region_id=HUNAN), Grouping.province, HUNAN),
        (Part(pillar_id=2), Grouping.pillar, 2),
        (Part(event_id=1), Grouping.event, 1),
    ],
)
def test_figures_are_those_of_the_part_on_both_days(part: Part, by: Grouping, key: int) -> None:
    facts, told = _facts(), _told(part)
    for day, row in ((LAST, told.figures), (date(2021, 5, 31), told.figures_before)):
        same = group_figures(facts, day, by, key)
        assert row == part_figures(facts, day, part)
        assert row == {name: same[name] for name in row}


def test_a_sales_region_is_a_part_like_any_other() -> None:
    own = {
        "sales_region": [{"id": 4, "name": "华中区", "name_en": "Central", "position": 1}],
        "sales_region_division": [
            {"id": 1, "sales_region_id": 4, "division_id": HUNAN, "from_on": date(2021, 1, 1)}
        ],
    }
    told, same = _told(Part(region_id=-4), **own), _told(Part(region_id=HUNAN))
    assert (told.figures, told.slips.height) == (same.figures, same.slips.height)


def test_lights_stand_worst_first_with_what_they_were() -> None:
    rows = _told().lights.select("project_id", "light", "light_before").rows()
    assert rows == [(1, "red", "green"), (3, "red", "red"), (2, "green", "green")]


def test_a_light_tells_what_is_overdue_the_longest_first() -> None:
    row = _told().lights.row(0, named=True)
    assert (row["late"], row["late_keys"]) == (["里程碑 2", "里程碑 1"], ["里程碑 1"])


def test_a_project_opened_since_had_no_light() -> None:
    new = [project(1, 1, LILING), project(2, 2, NAN), project(3, 3, XIXIU, opened_on=date(2021, 6, 2))]
    lights = _told(project=new).lights
    assert lights.filter(project_id=3)["light_before"].to_list() == [None]


def test_a_slip_has_the_newest_reason_of_the_month() -> None:
    rows = _told().slips.select("milestone_id", "was_on", "on", "days", "reason_code").rows()
    assert rows == [(2, date(2021, 6, 20), date(2021, 7, 9), 19, "county")]


def test_what_was_pushed_out_of_the_month_is_one_of_those_that_stood_in_it() -> None:
    told = _told()
    assert (told.pushed, told.stood) == (1, 2)


def test_key_milestones_ahead_end_with_the_ninetieth_day() -> None:
    assert _told().due["id"].to_list() == [3]


def test_agreements_end_or_need_a_decision_within_ninety_days() -> None:
    # A2 ends on 30 September, its decision is due 30 days before; A3 ended a day after the last of June.
    rows = _told().ending.select("id", "next_on").rows()
    assert rows == [(3, LAST), (2, date(2021, 8, 31))]


def test_a_part_holds_its_own_alone() -> None:
    told = _told(Part(region_id=GUIZHOU))
    assert (told.lights["project_id"].to_list(), told.slips.height, told.stood) == ([3], 0, 0)


def test_a_month_that_runs_is_told_up_to_the_day_looked_at() -> None:
    assert _told(day=date(2021, 6, 11)).slips["reason_code"].to_list() == ["funding"]


def test_nothing_recorded_makes_an_empty_briefing() -> None:
    told = briefing(made_of(division=DIVISIONS), Part(), briefing_month(JUNE, LAST))
    frames = (told.lights, told.changes, told.slips, told.due, told.ending)
    assert ([f.height for f in frames], told.curve.is_empty()) == ([0] * 5, True)


def test_a_part_is_named_by_all_that_it_is_of() -> None:
    own = [{"id": 4, "name": "华中区", "name_en": "Central", "position": 1}]
    facts = _facts(sales_region=own)
    found = [part_names(facts, p) for p in (Part(region_id=-4, pillar_id=2), Part(event_id=1), Part())]
    assert found == [(("华中区", "Central"), ("数字兴业", "Digital industry")), (("湖南峰会", ""),), ()]

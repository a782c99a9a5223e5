"""Work that would outlive its agreement, by hand."""

from datetime import date
from typing import Any

import pytest

from tests.portfolio.plan_facts import AS_OF, approved, step, tables
from tests.portfolio.timeline_facts import agreement, party, portfolio, project
from tracker.portfolio.model import Portfolio
from tracker.portfolio.project import projects_as_of
from tracker.portfolio.term_conflict import term_conflicts

END = date(2023, 7, 16)
DAY_LATER = date(2023, 7, 17)


def _facts(finish: date, *agreements: dict[str, Any], **course: Any) -> Portfolio:
    facts = tables([step(1, due_on=finish)], [approved((1, finish, 10))], [])
    facts["agreement"] = [agreement(1), *agreements]
    facts["party"] = [
        party(a["id"], a["id"], 11, a.pop("signed", date(2020, 7, 17))) for a in facts["agreement"]
    ]
    facts["project"] = [project(1, 1, 11, **course)]
    return portfolio(**facts)


@pytest.mark.parametrize(("finish", "over"), [(END, []), (DAY_LATER, [1]), (date(2023, 8, 16), [31])])
def test_the_last_day_of_the_term_is_still_inside(finish: date, over: list[int]) -> None:
    assert term_conflicts(_facts(finish), AS_OF)["days_over"].to_list() == over


def test_both_days_are_told() -> None:
    row = term_conflicts(_facts(DAY_LATER), AS_OF).row(0, named=True)
    assert (row["effective_finish_on"], row["term_end_on"], row["agreement_number"]) == (DAY_LATER, END, "A1")


def test_a_renewal_in_force_gives_its_term() -> None:
    renewal = agreement(2, renewal_of_id=1, effective_on=date(2021, 1, 1), term_months=60)
    assert term_conflicts(_facts(DAY_LATER, renewal), AS_OF).is_empty()


def test_a_renewal_not_effective_yet_gives_none() -> None:
    renewal = agreement(2, renewal_of_id=1, effective_on=date(2021, 7, 1), term_months=60)
    assert term_conflicts(_facts(DAY_LATER, renewal), AS_OF).height == 1


@pytest.mark.parametrize("ended", ["stopped_on", "accepted_on"])
def test_work_that_is_over_conflicts_with_nothing(ended: str) -> None:
    assert term_conflicts(_facts(DAY_LATER, **{ended: AS_OF}), AS_OF).is_empty()


def test_an_open_ended_term_is_never_outlived() -> None:
    facts = _facts(DAY_LATER)
    endless = agreement(1, term_months=None, end_on=None)
    open_ended = portfolio(
        **{
            name: facts[name].to_dicts()
            for name in ("project", "milestone", "baseline", "baseline_milestone")
        },
        agreement=[endless],
        party=[party(1, 1, 11)],
    )
    assert projects_as_of(open_ended, AS_OF)["outlives_term"].to_list() == [False]


def test_a_lapsed_plan_finishes_today_at_the_earliest() -> None:
    facts = _facts(date(2021, 1, 1))
    day = date(2023, 8, 1)
    assert term_conflicts(facts, day)["days_over"].to_list() == [16]

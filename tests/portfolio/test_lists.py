from datetime import date

import polars as pl
import pytest

from tests.portfolio.landing_facts import facts, signed
from tests.portfolio.test_figures import GUIZHOU, HUNAN, LILING, NAN, TABLES
from tests.portfolio.timeline_facts import AS_OF, PILLARS, SUMMIT, agreement, party
from tests.portfolio.timeline_facts import portfolio as made_of
from tracker.portfolio.attention import OPEN_STATES, ahead, due_by_month, due_steps, weeks_ahead
from tracker.portfolio.figures import Grouping, figures
from tracker.portfolio.lists import (
    Wanted,
    agreement_rows,
    event_rows,
    milestone_count,
    milestone_rows,
)
from tracker.portfolio.model import Portfolio
from tracker.portfolio.search import find_agreements, find_events, find_projects

EVENTS = [{"id": 1, "name": "湖南峰会", "held_on": SUMMIT, "place": "杭州"}]
PARTNER = {"id": 9, "agreement_id": 1, "side": "partner", "name": "Alibaba", "required": True}


def _portfolio() -> Portfolio:
    partner = PARTNER | {"signed_on": SUMMIT, "position": 1}
    about = [{"id": 1, "agreement_id": 1, "pillar_id": 2}]
    changed = {"signing_event": EVENTS, "pillar": PILLARS, "agreement_pillar": about}
    return made_of(**TABLES | changed | {"party": [*TABLES["party"], partner]})


def _numbers(**wanted: object) -> list[str]:
    return agreement_rows(_portfolio(), AS_OF, Wanted(**wanted))["number"].to_list()  # type: ignore[arg-type]


def _steps(**wanted: object) -> list[int]:
    return milestone_rows(_portfolio(), AS_OF, Wanted(**wanted))["id"].to_list()  # type: ignore[arg-type]


def test_unsigned_agreements_come_first_then_the_newest() -> None:
    assert _numbers() == ["A3", "A1", "A2"]


def test_a_joint_agreement_is_one_row_that_names_its_counties() -> None:
    row = agreement_rows(_portfolio(), AS_OF, Wanted(text="A2")).row(0, named=True)
    assert (row["counties"], row["provinces_en"]) == ("南县、西秀区", "Hunan, Guizhou")


def test_a_region_holds_the_agreements_of_every_division_below_it() -> None:
    assert (_numbers(region_id=HUNAN), _numbers(region_id=GUIZHOU)) == (["A3", "A1", "A2"], ["A2"])


@pytest.mark.parametrize(
    ("reached", "figure"),
    [("is_performed", "agreements_performed"), ("is_landed", "agreements_landed"), ("is_live", None)],
)
def test_what_agreements_led_to_is_that_of_the_figures(reached: str, figure: str | None) -> None:
    tables = facts(signed(1, 30), signed(2, 500), signed(3))
    tables["project"][0]["live_on"] = AS_OF
    everything = made_of(**tables)
    total = figures(everything, AS_OF).row(0, named=True)
    rows = agreement_rows(everything, AS_OF, Wanted(signed=True, reached=reached))
    assert rows.height == (total[figure] if figure else 1) > 0


def test_a_county_holds_only_its_own() -> None:
    assert _numbers(region_id=NAN) == ["A2"]


@pytest.mark.parametrize("text", ["a1", "醴陵", "liling", "ALIBABA"])
def test_text_is_found_whatever_its_case_and_column(text: str) -> None:
    assert _numbers(text=text) == ["A1"]


def test_text_is_taken_literally() -> None:
    assert _numbers(text=".*") == []


def test_signed_and_planned_are_those_of_the_figures() -> None:
    assert (len(_numbers(signed=True)), len(_numbers(signed=True, planned=True))) == (2, 1)


def test_a_signing_period_includes_both_ends() -> None:
    assert _numbers(period=(SUMMIT, SUMMIT)) == ["A1", "A2"]


@pytest.mark.parametrize(
    ("as_of", "until", "found"),
    [
        (AS_OF, date(2023, 4, 16), []),
        (AS_OF, date(2023, 4, 17), [1]),
        (date(2023, 7, 16), date(2023, 4, 17), [1]),
        (date(2023, 7, 17), date(2023, 4, 17), []),
    ],
)
def test_a_decision_is_asked_for_by_its_day_while_the_term_runs(
    as_of: date, until: date, found: list[int]
) -> None:
    facts = made_of(agreement=[agreement(1)], party=[party(1, 1, 11)])
    rows = agreement_rows(facts, as_of, Wanted(decision=(None, until)))
    assert rows["id"].to_list() == found


def test_owner_pillar_and_event_narrow_together() -> None:
    assert _numbers(owners=["华中区"], pillar_ids=[2], event_ids=[1]) == ["A1"]


def test_milestones_come_by_due_day_with_their_project_and_county() -> None:
    rows = milestone_rows(_portfolio(), AS_OF, Wanted(states=["overdue"]))
    assert rows.select("id", "project", "county", "days_overdue").rows() == [(2, "P1", "醴陵市", 1)]


def test_the_due_period_includes_both_ends() -> None:
    assert _steps(period=(date(2021, 6, 29), date(2021, 9, 28))) == [2, 3]


def test_all_milestones_are_counted_with_the_cancelled() -> None:
    assert milestone_count(_portfolio(), AS_OF) == len(_steps()) == 5


def test_events_tell_what_was_signed_there_counted_once() -> None:
    row = event_rows(_portfolio(), AS_OF, Wanted()).row(0, named=True)
    assert (row["name"], row["agreements_signed"], row["projects"]) == ("湖南峰会", 2, 2)


def test_an_event_is_not_there_before_its_day() -> None:
    assert event_rows(_portfolio(), date(2020, 7, 16), Wanted()).is_empty()


def test_an_event_lies_where_its_agreements_do() -> None:
    here = event_rows(_portfolio(), AS_OF, Wanted(region_id=GUIZHOU))
    assert here["id"].to_list() == [1]


def test_the_lists_hold_exactly_what_the_figures_count() -> None:
    facts = _portfolio()
    for row in figures(facts, AS_OF, Grouping.province).iter_rows(named=True):
        region = Wanted(region_id=row["key"])
        assert agreement_rows(facts, AS_OF, region).height == row["agreements"]
        late = milestone_rows(facts, AS_OF, Wanted(region_id=row["key"], states=["overdue"]))
        assert late.height == row["milestones_overdue"]
        assert ahead(facts, AS_OF, region).height == row["milestones_ahead"]
        due = due_steps(facts, AS_OF, region)["is_overdue"]
        assert (due.sum(), (~due).sum()) == (row["milestones_overdue"], row["milestones_ahead"])


def test_open_states_are_those_without_an_outcome() -> None:
    assert not {"met", "cancelled", "overdue"} & set(OPEN_STATES)


def test_weeks_begin_on_monday_and_stay_within_the_90_days() -> None:
    row = weeks_ahead(due_steps(_portfolio(), AS_OF), AS_OF).row(0, named=True)
    # The 90th day, 28 September 2021, is a Tuesday.
    assert (row["from_on"], row["to_on"], row["milestones"]) == (date(2021, 9, 27), date(2021, 9, 28), 1)


def test_months_begin_with_what_is_overdue() -> None:
    assert due_by_month(due_steps(_portfolio(), AS_OF)).rows() == [(None, 1), (date(2021, 9, 1), 1)]


def test_months_without_anything_due_are_an_empty_frame() -> None:
    assert due_by_month(due_steps(made_of(), AS_OF)).is_empty()


@pytest.mark.parametrize("text", ["A1", "醴陵", "alibaba"])
def test_search_finds_an_agreement_by_number_county_and_partner(text: str) -> None:
    assert find_agreements(_portfolio(), text, [], 20).rows["number"].to_list() == ["A1"]


def test_search_follows_divisions_that_were_named_otherwise() -> None:
    found = find_agreements(_portfolio(), "430281", [LILING], 20)
    assert found.rows["number"].to_list() == ["A1"]


def test_search_takes_text_literally() -> None:
    assert find_projects(_portfolio(), "(", [], 20).total == 0


def test_search_shows_some_and_counts_all() -> None:
    found = find_projects(_portfolio(), "P", [], 1)
    assert (found.rows.height, found.total) == (1, 2)


def test_search_finds_an_event_by_name_place_and_day() -> None:
    totals = [find_events(_portfolio(), text, 20).total for text in ("峰会", "杭州", "2020-07", "上海")]
    assert totals == [1, 1, 1, 0]


def test_lists_of_an_empty_portfolio_are_empty() -> None:
    nothing = made_of()
    frames: list[pl.DataFrame] = [
        agreement_rows(nothing, AS_OF, Wanted()),
        milestone_rows(nothing, AS_OF, Wanted()),
        event_rows(nothing, AS_OF, Wanted()),
    ]
    assert all(frame.is_empty() for frame in frames)

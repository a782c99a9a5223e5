"""What changed between two days, each change worked out by hand."""

from datetime import date
from typing import Any

import polars as pl
import pytest

from tests.portfolio.timeline_facts import (
    AS_OF,
    DIVISIONS,
    PILLARS,
    agreement,
    milestone,
    party,
    portfolio,
    project,
)
from tracker.i18n import words_in
from tracker.portfolio.model import Portfolio
from tracker.portfolio.part import Part
from tracker.portfolio.review_change import CHANGES, review_changes
from tracker.rules.review_change import change_sentence

SINCE = date(2021, 5, 31)
IN_JUNE, LATER = date(2021, 6, 15), date(2021, 12, 1)
EVERYTHING = Part()
EN, ZH = words_in("en"), words_in("zh_CN")
PLAN = [{"id": 1, "project_id": 1, "number": 0, "approved_on": date(2020, 12, 1)}]


def _facts(**tables: Any) -> Portfolio:
    """One agreement of 醴陵市 with a project of one milestone, which an approved plan expects in December."""
    rows: dict[str, Any] = {
        "division": DIVISIONS,
        "pillar": PILLARS,
        "agreement": [agreement(1)],
        "party": [party(1, 1, 11)],
        "project": [project(1, 1, 11, accepted_on=None)],
        "milestone": [milestone(1, 1, LATER)],
        "baseline": PLAN,
        "baseline_milestone": [_frozen()],
    }
    return portfolio(**rows | tables)


def _frozen(**changes: Any) -> dict[str, Any]:
    return {"id": 1, "baseline_id": 1, "milestone_id": 1, "due_on": LATER, "weight": 25} | changes


def _moved(number: int, on: date, to: date) -> dict[str, Any]:
    return {"id": number, "milestone_id": 1, "changed_on": on, "new_on": to}


def _told(facts: Portfolio, *kinds: str, part: Part = EVERYTHING, since: date = SINCE) -> list[str]:
    rows = review_changes(facts, since, AS_OF, part).filter(pl.col("kind").is_in(kinds))
    return [change_sentence(row, EN) for row in rows.to_dicts()]


@pytest.mark.parametrize(
    ("signed_on", "told"),
    [
        (SINCE, []),
        (date(2021, 6, 1), ["Liling signed “框架合作协议” (A1) on 1 June 2021."]),
        (AS_OF, ["Liling signed “框架合作协议” (A1) on 30 June 2021."]),
        (date(2021, 7, 1), []),
    ],
)
def test_a_signing_counts_from_the_day_after_to_the_day_looked_at(signed_on: date, told: list[str]) -> None:
    assert _told(_facts(party=[party(1, 1, 11, signed_on)]), "signed") == told


def test_a_landing_is_told_with_its_days_after_signing() -> None:
    step = milestone(1, 1, LATER, met_on=IN_JUNE, evidence_witness="县长")
    facts = _facts(milestone=[step], baseline_milestone=[_frozen(is_gate=True)])
    assert _told(facts, "landed") == ["“P1” in Liling landed on 15 June 2021, 333 days after signing."]


def test_a_project_that_had_landed_then_is_not_told_again() -> None:
    step = milestone(1, 1, LATER, met_on=SINCE, evidence_witness="县长")
    facts = _facts(milestone=[step], baseline_milestone=[_frozen(is_gate=True)])
    assert _told(facts, "landed") == []


def test_a_light_that_turns_red_says_why() -> None:
    # Started on 1 October and silent since: yellow from December, red from January; asked since 15 December.
    facts = _facts()
    told = _told(facts, "turned_red", since=date(2020, 12, 15))
    assert told == ["“P1” in Liling turned red; it was yellow before: Silence."]


def test_a_project_opened_since_and_red_is_told_as_new() -> None:
    told = _told(_facts(), "turned_red", since=date(2020, 7, 1))
    assert told == ["“P1” in Liling, opened since, is red: Silence."]


def test_a_light_that_a_person_set_needs_no_test() -> None:
    spoke = {"id": 1, "project_id": 1, "reported_on": IN_JUNE, "decision": "accepted", "decided_on": IN_JUNE}
    earlier = {**spoke, "id": 2, "reported_on": date(2021, 5, 20), "decided_on": date(2021, 5, 20)}
    override = {"id": 1, "project_id": 1, "colour": "red", "from_on": IN_JUNE, "until_on": date(2021, 7, 10)}
    facts = _facts(project_update=[spoke, earlier], light_override=[override])
    assert _told(facts, "turned_red") == ["“P1” in Liling turned red; it was green before: set by a person."]


def test_a_light_that_turns_green_says_what_it_was() -> None:
    spoke = {"id": 1, "project_id": 1, "reported_on": IN_JUNE, "decision": "accepted", "decided_on": IN_JUNE}
    facts = _facts(project_update=[spoke])
    assert _told(facts, "turned_green") == ["“P1” in Liling turned green; it was red before."]


@pytest.mark.parametrize(
    ("changed_on", "to", "told"),
    [
        (IN_JUNE, date(2021, 12, 31), ["30"]),
        (IN_JUNE, LATER, []),
        (IN_JUNE, date(2021, 11, 1), []),
        (SINCE, date(2021, 12, 31), []),
        (date(2021, 7, 1), date(2021, 12, 31), []),
    ],
)
def test_only_a_later_day_set_since_puts_a_milestone_off(changed_on: date, to: date, told: list[str]) -> None:
    facts = _facts(forecast_change=[_moved(1, changed_on, to)])
    rows = review_changes(facts, SINCE, AS_OF, Part()).filter(kind="pushed_out")
    assert [str(days) for days in rows["days"]] == told


def test_a_re_baseline_puts_off_too() -> None:
    plans = [*PLAN, {"id": 2, "project_id": 1, "number": 1, "approved_on": IN_JUNE}]
    frozen = [_frozen(), _frozen(id=2, baseline_id=2, due_on=date(2021, 12, 11))]
    told = _told(_facts(baseline=plans, baseline_milestone=frozen), "pushed_out")
    assert told == [
        "“M1” of “P1” in Liling was put off by 10 days, from 1 December 2021 to 11 December 2021."
    ]


def test_what_is_typed_before_an_approval_is_never_put_off() -> None:
    plans = [{"id": 1, "project_id": 1, "number": 0, "approved_on": IN_JUNE}]
    facts = _facts(baseline=plans, baseline_milestone=[_frozen(due_on=date(2021, 12, 31))])
    assert _told(facts, "pushed_out") == []


def test_what_was_met_meanwhile_is_not_put_off() -> None:
    step = milestone(1, 1, LATER, met_on=IN_JUNE)
    facts = _facts(milestone=[step], forecast_change=[_moved(1, date(2021, 6, 2), date(2022, 1, 1))])
    assert _told(facts, "pushed_out") == []


@pytest.mark.parametrize(
    ("forecast", "told"),
    [
        (date(2021, 5, 30), 0),
        (SINCE, 1),
        (date(2021, 6, 29), 1),
        (AS_OF, 0),
    ],
)
def test_a_forecast_lapses_on_the_day_after_it(forecast: date, told: int) -> None:
    facts = _facts(forecast_change=[_moved(1, date(2021, 1, 5), forecast)])
    assert len(_told(facts, "lapsed")) == told


def test_a_lapse_is_told_with_its_day() -> None:
    facts = _facts(forecast_change=[_moved(1, date(2021, 1, 5), IN_JUNE)])
    assert _told(facts, "lapsed") == ["“M1” of “P1” in Liling was forecast for 15 June 2021 and is not met."]


def test_a_termination_is_told() -> None:
    told = _told(_facts(agreement=[agreement(1, terminated_on=IN_JUNE)]), "terminated", "expired")
    assert told == ["“框架合作协议” (A1) with Liling was terminated on 15 June 2021."]


def test_an_expiry_is_told() -> None:
    told = _told(_facts(agreement=[agreement(1, term_months=None, end_on=IN_JUNE)]), "terminated", "expired")
    assert told == ["“框架合作协议” (A1) with Liling expired on 15 June 2021."]


def test_a_joint_agreement_names_three_counties_and_counts_the_rest() -> None:
    more = [{"id": n, "code": f"4309{n}", "name": f"县{n}", "level": "county"} for n in (31, 32, 33)]
    parties = [party(n, 1, division, IN_JUNE) for n, division in enumerate((11, 12, 31, 32, 33), start=1)]
    facts = _facts(division=[*DIVISIONS, *more], party=parties)
    assert _told(facts, "signed") == [
        "Liling, 南县, 县31 and 2 more signed “框架合作协议” (A1) on 15 June 2021."
    ]


def test_only_what_belongs_to_the_part_is_told() -> None:
    facts = _facts(party=[party(1, 1, 11, IN_JUNE)])
    assert _told(facts, "signed", part=Part(region_id=2)) == []


def test_key_milestones_stand_before_those_put_off_further() -> None:
    steps = [milestone(1, 1, LATER), milestone(2, 1, LATER, is_key=True)]
    frozen = [_frozen(), _frozen(id=2, milestone_id=2, is_key=True)]
    moves = [_moved(1, IN_JUNE, date(2022, 6, 1)), _moved(2, IN_JUNE, date(2022, 1, 1)) | {"milestone_id": 2}]
    facts = _facts(milestone=steps, baseline_milestone=frozen, forecast_change=moves)
    rows = review_changes(facts, SINCE, AS_OF, Part()).filter(kind="pushed_out")
    assert rows["milestone"].to_list() == ["M2", "M1"]


@pytest.mark.parametrize("since", [AS_OF, date(2022, 1, 1)])
def test_nothing_changes_after_the_day_looked_at(since: date) -> None:
    rows = review_changes(_facts(), since, AS_OF, Part())
    assert (rows.height, dict(rows.schema)) == (0, CHANGES)


def test_an_empty_database_has_no_changes() -> None:
    assert review_changes(portfolio(), SINCE, AS_OF, Part()).is_empty()


def test_a_sentence_reads_aloud_in_chinese() -> None:
    facts = _facts(party=[party(1, 1, 11, IN_JUNE)])
    (row,) = review_changes(facts, SINCE, AS_OF, Part()).filter(kind="signed").to_dicts()
    assert change_sentence(row, ZH) == "2021年6月15日，醴陵市签署《框架合作协议》（A1）。"

"""What waits for somebody, case by case, from a quiet project that nothing waits on."""

from datetime import date, timedelta
from typing import Any

import pytest

from tests.portfolio.light_facts import override, quiet, quiet_tables, update
from tests.portfolio.plan_facts import AS_OF, DAY_BEFORE, OPENED, Row, step
from tests.portfolio.timeline_facts import portfolio
from tracker.portfolio.model import Portfolio
from tracker.portfolio.waiting import SCHEMA, waiting

DAY = timedelta(days=1)
# Of a framework agreement of three years from 2020-07-17.
DECISION_ON = date(2023, 4, 17)


def _with(table: str, *rows: Row, **others: Any) -> Portfolio:
    made = quiet_tables(**others)
    made[table] = [{"id": i, "project_id": 1} | row for i, row in enumerate(rows, start=1)]
    return portfolio(**made)


def _asked(due_on: date = AS_OF, **changes: Any) -> Row:
    return {"asked_by": "dora", "asked_on": DAY_BEFORE - DAY, "due_on": due_on} | changes


def _risk(likelihood: int, impact: int, **changes: Any) -> Row:
    values = {"title": "汛期停工", "likelihood": likelihood, "impact": impact, "opened_on": OPENED}
    return values | changes


def _told(facts: Portfolio, *columns: str, as_of: date = AS_OF) -> list[tuple[Any, ...]]:
    return waiting(facts, as_of).select("kind", *columns).rows()


def test_nothing_waits_on_a_quiet_project() -> None:
    assert _told(quiet()) == []


def test_nothing_at_all_is_an_empty_table() -> None:
    assert dict(waiting(portfolio(), AS_OF).schema) == SCHEMA


@pytest.mark.parametrize(("due_on", "days"), [(AS_OF + DAY, -1), (AS_OF, 0), (AS_OF - DAY, 1)])
def test_an_open_request_waits_for_the_owner(due_on: date, days: int) -> None:
    facts = _with("update_request", _asked(due_on, asked_on=OPENED), project={"owner": "甲"}, updates=[])
    row = waiting(facts, OPENED + DAY).row(0, named=True)
    assert (row["kind"], row["actor"], row["owner"], row["subject"]) == ("request", "owner", "甲", "dora")
    assert _told(facts, "days")[0] == ("request", days)


def test_a_request_closed_that_day_no_longer_waits() -> None:
    assert _told(_with("update_request", _asked(closed_on=AS_OF))) == []


def test_a_request_with_an_answer_to_review_waits_for_a_lead() -> None:
    facts = _with("update_request", _asked(), updates=[update(OPENED), update(AS_OF, decision=None)])
    assert ("request", "lead", "answered") in _told(facts, "actor", "code")


def test_an_update_from_before_the_request_is_no_answer() -> None:
    facts = _with("update_request", _asked(asked_on=AS_OF), updates=[update(DAY_BEFORE, decision=None)])
    assert ("request", "owner", None) in _told(facts, "actor", "code")


def test_an_update_waits_for_a_lead_until_it_is_decided() -> None:
    facts = quiet(updates=[update(DAY_BEFORE - DAY), update(DAY_BEFORE, decided_on=AS_OF)])
    assert _told(facts, "actor", "days", as_of=DAY_BEFORE) == [("review", "lead", 0)]
    assert _told(facts) == []


def test_a_returned_update_waits_for_its_author() -> None:
    facts = quiet(updates=[update(OPENED), update(DAY_BEFORE, decision="returned")])
    assert ("review", "owner", "returned") in _told(facts, "actor", "code")


def test_a_returned_update_that_was_corrected_waits_no_longer() -> None:
    facts = quiet(updates=[update(DAY_BEFORE, decision="returned"), update(AS_OF)])
    assert _told(facts) == []


def test_a_silent_project_waits_with_the_reason() -> None:
    facts = quiet(updates=[update(date(2021, 4, 30))])
    assert _told(facts, "code", "detail", "day") == [("light", "silence", 0, date(2021, 4, 30))]


def test_a_dormant_project_says_so() -> None:
    facts = quiet(updates=[update(date(2020, 12, 29))])
    assert _told(facts, "code", "detail") == [("light", "silence", 1)]


def test_a_red_project_names_each_red_test() -> None:
    late = [step(1, due_on=date(2021, 5, 1), is_key=True), step(2)]
    assert ("light", "plan,key") in _told(quiet(*late), "code")


def test_a_project_set_to_red_by_a_person_has_no_red_test() -> None:
    facts = quiet(overrides=[override("red", AS_OF, AS_OF + 20 * DAY)])
    assert _told(facts, "code") == [("light", "")]


@pytest.mark.parametrize(("due", "waits"), [(AS_OF, False), (DAY_BEFORE, True)])
def test_a_key_milestone_waits_once_it_is_overdue(due: date, waits: bool) -> None:
    facts = quiet(step(1, due_on=due, is_key=True, weight=1), step(2, weight=99))
    assert [row[1:] for row in _told(facts, "subject", "days") if row[0] == "key"] == (
        [("里程碑 1", 1)] if waits else []
    )


def test_a_milestone_that_is_not_key_does_not_wait() -> None:
    facts = quiet(step(1, due_on=DAY_BEFORE, weight=1), step(2, weight=99))
    assert _told(facts) == []


@pytest.mark.parametrize(("forecast", "waits"), [(AS_OF, False), (DAY_BEFORE, True)])
def test_a_forecast_that_has_gone_by_waits(forecast: date, waits: bool) -> None:
    facts = quiet(step(1, forecast_on=forecast))
    assert _told(facts, "subject", "days") == ([("forecast", "里程碑 1", 1)] if waits else [])


def test_a_finished_project_is_asked_for_nothing() -> None:
    course = {"live_on": OPENED, "accepted_on": AS_OF}
    late = step(1, forecast_on=DAY_BEFORE, due_on=DAY_BEFORE, is_key=True)
    made = quiet_tables(late, project=course)
    made["risk"] = [{"id": 1, "project_id": 1} | _risk(5, 5)]
    assert _told(portfolio(**made)) == []


def test_work_that_outlives_its_term_waits() -> None:
    facts = quiet(step(1, due_on=date(2023, 7, 20)))
    assert _told(facts, "day", "detail") == [("conflict", date(2023, 7, 16), 4)]


@pytest.mark.parametrize(
    ("as_of", "waits"),
    [(DECISION_ON - 31 * DAY, False), (DECISION_ON - 30 * DAY, True), (DECISION_ON - DAY, True)],
)
def test_an_agreement_waits_for_30_days_before_its_decision(as_of: date, waits: bool) -> None:
    rows = [row for row in _told(quiet(updates=[update(as_of)]), "day", as_of=as_of) if row[0] == "term"]
    assert rows == ([("term", DECISION_ON)] if waits else [])


def test_an_agreement_that_runs_out_waits_until_its_end() -> None:
    rows = _told(quiet(updates=[update(date(2023, 7, 1))]), "code", "day", as_of=date(2023, 7, 1))
    assert ("term", "expiring", date(2023, 7, 16)) in rows


@pytest.mark.parametrize(
    ("risk", "waits"),
    [
        (_risk(2, 5), True),
        (_risk(3, 3), False),
        (_risk(1, 1, due_on=DAY_BEFORE), True),
        (_risk(1, 1, due_on=AS_OF), False),
        (_risk(5, 5, closed_on=AS_OF), False),
        (_risk(5, 5, opened_on=AS_OF + DAY), False),
    ],
)
def test_a_risk_waits_if_it_is_heavy_or_overdue(risk: Row, waits: bool) -> None:
    assert bool(_told(_with("risk", risk))) is waits


def test_the_heaviest_risk_stands_first_and_has_an_owner_of_its_own() -> None:
    risks = [_risk(2, 5), _risk(5, 5, owner="乙")]
    facts = _with("risk", *risks, project={"owner": "甲"})
    assert _told(facts, "detail", "owner") == [("risk", 25, "乙"), ("risk", 10, "甲")]


@pytest.mark.parametrize(("days", "waits"), [(7, True), (8, False)])
def test_a_light_set_by_hand_waits_in_its_last_week(days: int, waits: bool) -> None:
    facts = quiet(overrides=[override("yellow", OPENED, AS_OF + days * DAY)])
    assert _told(facts, "code", "days") == ([("override", "yellow", -days)] if waits else [])


def test_rows_are_kept_to_a_region_and_to_owners() -> None:
    facts = _with("risk", _risk(5, 5), project={"owner": "甲"})
    assert waiting(facts, AS_OF, 1).height == waiting(facts, AS_OF, None, ["甲"]).height == 1
    assert waiting(facts, AS_OF, 2).height == waiting(facts, AS_OF, None, ["乙"]).height == 0


def test_an_agreement_is_kept_to_its_region() -> None:
    facts = quiet(updates=[update(DECISION_ON)])
    found = [waiting(facts, DECISION_ON, region)["kind"].to_list() for region in (1, 2)]
    assert ["term" in kinds for kinds in found] == [True, False]

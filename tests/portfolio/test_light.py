"""The lights of projects by hand at every edge, and against a naive second implementation."""

import random
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.portfolio.light_facts import LATER, light_of, override, quiet, quiet_tables, update
from tests.portfolio.naive_light import naive_light
from tests.portfolio.plan_facts import AS_OF, DAY_AFTER, DAY_BEFORE, OPENED, Row, approved, step
from tests.portfolio.plans import plans
from tests.portfolio.timeline_facts import DIVISIONS, agreement, party, portfolio, three_counties
from tracker.portfolio.figures import Grouping, figures
from tracker.portfolio.light import light_counts, lights_as_of
from tracker.portfolio.project import projects_as_of
from tracker.portfolio.term import terms_as_of
from tracker.rules.light import Light


def _due(number: int, weight: int, due_on: date, **changes: Any) -> Row:
    return step(number, weight=weight, due_on=due_on, **changes)


def test_a_quiet_project_is_green() -> None:
    row = light_of(quiet())
    tests = ("light_plan", "light_start", "light_key", "light_silence", "light_term")
    assert (row["light"], [row[t] for t in tests]) == ("green", ["green", "none", "green", "green", "green"])


@pytest.mark.parametrize(
    ("late", "rest", "light"),
    [(99, 901, "green"), (100, 900, "yellow"), (300, 700, "yellow"), (301, 699, "red")],
)
def test_behind_plan_turns_at_10_and_over_30_points(late: int, rest: int, light: str) -> None:
    facts = quiet(_due(1, late, DAY_BEFORE), _due(2, rest, LATER))
    assert (light_of(facts)["light_plan"], light_of(facts)["light"]) == (light, light)


def test_one_hundredth_of_a_weight_below_10_points_is_green() -> None:
    # 1,000 of 10,000 hundredths are due; one hundredth of them has been earned elsewhere.
    part = _due(2, 1, LATER, credit_percent=1, credited_on=OPENED)
    row = light_of(quiet(_due(1, 10, DAY_BEFORE), part, _due(3, 89, LATER)))
    assert (row["behind_sum"], row["weight_total"], row["light_plan"]) == (999, 10_000, "green")


def test_one_hundredth_of_a_weight_over_30_points_is_red() -> None:
    part = _due(2, 1, DAY_BEFORE, credit_percent=99, credited_on=OPENED)
    row = light_of(quiet(_due(1, 30, DAY_BEFORE), part, _due(3, 69, LATER)))
    assert (row["behind_sum"], row["weight_total"], row["light_plan"]) == (3_001, 10_000, "red")


@pytest.mark.parametrize(("due", "light"), [(DAY_BEFORE, "red"), (AS_OF, "green"), (DAY_AFTER, "green")])
def test_what_is_due_today_is_not_behind_yet(due: date, light: str) -> None:
    assert light_of(quiet(_due(1, 10, due)))["light"] == light


@pytest.mark.parametrize(
    ("days", "light"), [(0, "green"), (1, "yellow"), (30, "yellow"), (31, "red"), (300, "red")]
)
def test_a_key_milestone_overdue_turns_at_1_and_over_30_days(days: int, light: str) -> None:
    key = _due(1, 1, AS_OF - timedelta(days=days), is_key=True)
    assert light_of(quiet(key, _due(2, 99, LATER)))["light"] == light


def test_a_key_mark_taken_off_after_the_approval_turns_nothing_green() -> None:
    made = quiet_tables(_due(1, 1, OPENED, is_key=True), _due(2, 99, LATER))
    made["milestone"][0]["is_key"] = False
    assert light_of(portfolio(**made))["light_key"] == "red"


def test_the_longest_overdue_key_milestone_counts() -> None:
    late = [_due(i, 1, AS_OF - timedelta(days=days), is_key=True) for i, days in ((1, 5), (2, 31))]
    row = light_of(quiet(*late, _due(3, 98, LATER)))
    assert (row["key_overdue_days"], row["light_key"]) == (31, "red")


@pytest.mark.parametrize("changes", [{"met_on": AS_OF}, {"cancelled_on": AS_OF}, {"is_key": False}])
def test_what_is_met_cancelled_or_not_key_does_not_count_as_a_late_key_milestone(
    changes: dict[str, Any],
) -> None:
    key = _due(1, 1, OPENED, is_key=True) | changes
    assert light_of(quiet(key, _due(2, 99, LATER)))["light_key"] == "green"


@pytest.mark.parametrize(
    ("planned", "light"),
    [(DAY_AFTER, "green"), (AS_OF, "green"), (DAY_BEFORE, "yellow"), (date(2021, 3, 30), "red")],
)
def test_a_missed_start_shows_at_once(planned: date, light: str) -> None:
    row = light_of(quiet(project={"started_on": None, "planned_start_on": planned}))
    assert row["light"] == light


@pytest.mark.parametrize(
    ("spoke", "light"),
    [
        (date(2021, 5, 1), "green"),
        (date(2021, 4, 30), "yellow"),
        (date(2021, 4, 1), "yellow"),
        (date(2021, 3, 31), "red"),
        (date(2021, 3, 30), "red"),
    ],
)
def test_silence_counts_from_the_last_accepted_update(spoke: date, light: str) -> None:
    assert light_of(quiet(updates=[update(spoke)]))["light"] == light


def test_silence_counts_from_the_start_where_it_is_later() -> None:
    row = light_of(quiet(project={"started_on": AS_OF}, updates=[update(OPENED)]))
    assert (row["silent_since_on"], row["light"]) == (AS_OF, "green")


@pytest.mark.parametrize(
    "unheard",
    [
        update(AS_OF, decision=None),
        update(AS_OF, decision="returned"),
        update(DAY_BEFORE, decided_on=DAY_AFTER),
        update(DAY_AFTER),
    ],
)
def test_an_update_breaks_the_silence_only_once_it_is_accepted(unheard: Row) -> None:
    row = light_of(quiet(updates=[update(OPENED), unheard]))
    assert (row["last_update_on"], row["light_silence"]) == (OPENED, "red")


def test_an_update_speaks_for_the_day_it_reports_and_not_for_the_day_it_was_accepted() -> None:
    assert light_of(quiet(updates=[update(date(2021, 3, 1), decided_on=AS_OF)]))["light_silence"] == "red"


def test_a_project_silent_for_more_than_six_months_is_dormant() -> None:
    rows = [light_of(quiet(updates=[update(day)])) for day in (date(2020, 12, 30), date(2020, 12, 29))]
    assert [row["is_dormant"] for row in rows] == [False, True]


def test_days_of_rest_are_no_silence() -> None:
    # Two months and 20 days after the last update, of which 21 were rest: both ends rest.
    rest = {"project_id": 1, "from_on": date(2021, 5, 1), "to_on": date(2021, 5, 21)}
    row = light_of(quiet(updates=[update(date(2021, 4, 10))], suspensions=[rest]))
    assert (row["rested_days"], row["silent_since_on"], row["light"]) == (21, date(2021, 5, 1), "green")


def test_one_day_of_rest_does_not_end_the_silence() -> None:
    rest = {"project_id": 1, "from_on": DAY_BEFORE, "to_on": DAY_BEFORE}
    assert light_of(quiet(updates=[update(OPENED)], suspensions=[rest]))["light"] == "red"


def test_a_day_in_two_suspensions_rests_once() -> None:
    rests = [
        {"project_id": 1, "from_on": date(2021, 5, 1), "to_on": date(2021, 5, 10)},
        {"agreement_id": 1, "from_on": date(2021, 5, 5), "to_on": date(2021, 5, 12)},
        {"agreement_id": 1, "from_on": date(2021, 5, 20), "to_on": date(2021, 5, 20)},
    ]
    assert light_of(quiet(updates=[update(OPENED)], suspensions=rests))["rested_days"] == 13


def test_rest_before_the_last_update_does_not_count() -> None:
    rest = {"project_id": 1, "from_on": OPENED, "to_on": date(2021, 5, 1)}
    row = light_of(quiet(updates=[update(date(2021, 5, 1))], suspensions=[rest]))
    assert (row["rested_days"], row["silent_since_on"]) == (0, date(2021, 5, 1))


@pytest.mark.parametrize(
    ("from_on", "to_on", "light"),
    [
        (AS_OF, None, "grey"),
        (OPENED, AS_OF, "grey"),
        (DAY_AFTER, None, "red"),
        (OPENED, DAY_BEFORE, "red"),
    ],
)
@pytest.mark.parametrize("subject", ["project_id", "agreement_id"])
def test_inside_a_suspension_the_tests_pause(
    from_on: date, to_on: date | None, light: str, subject: str
) -> None:
    rest = {subject: 1, "from_on": from_on, "to_on": to_on}
    row = light_of(quiet(_due(1, 10, OPENED, is_key=True), suspensions=[rest]))
    assert (row["light"], row["is_paused"]) == (light, light == "grey")


@pytest.mark.parametrize(
    ("as_of", "light"),
    [
        (date(2023, 4, 16), "green"),
        (date(2023, 4, 17), "yellow"),
        (date(2023, 7, 16), "yellow"),
        (date(2023, 7, 17), "red"),
    ],
)
def test_the_term_warns_within_the_days_of_notice_and_is_red_once_it_ended(as_of: date, light: str) -> None:
    # 36 months from 17 July 2020 end on 16 July 2023.
    facts = quiet(_due(1, 10, date(2030, 1, 1)), updates=[update(as_of)])
    assert light_of(facts, as_of)["light"] == light


def test_a_terminated_agreement_with_an_open_project_is_red() -> None:
    assert light_of(quiet(agreement={"terminated_on": AS_OF}))["light_term"] == "red"


def test_an_open_ended_agreement_never_warns() -> None:
    assert light_of(quiet(agreement={"term_months": None}))["light_term"] == "green"


def test_a_superseded_agreement_uses_its_renewals_term() -> None:
    facts = quiet_tables(agreement={"term_months": 6})
    renewed_on = date(2021, 1, 1)
    renewal = agreement(2, renewal_of_id=1, opened_on=renewed_on, effective_on=renewed_on)
    before, after = (
        light_of(portfolio(**facts | more))["light_term"]
        for more in (
            {},
            {"agreement": [*facts["agreement"], renewal]}
            | {"party": [*facts["party"], party(2, 2, 11, renewed_on)]},
        )
    )
    assert (before, after) == ("red", "green")


def test_without_an_approved_plan_grey_replaces_green() -> None:
    row = light_of(quiet(_due(1, 10, OPENED, is_key=True), baselines=[]))
    assert (row["light"], row["has_plan"], row["light_plan"], row["light_key"]) == (
        "grey",
        False,
        "none",
        "none",
    )


@pytest.mark.parametrize(
    ("spoke", "light"), [(AS_OF, "grey"), (date(2021, 4, 30), "yellow"), (OPENED, "red")]
)
def test_without_an_approved_plan_the_other_tests_go_on(spoke: date, light: str) -> None:
    assert light_of(quiet(baselines=[], updates=[update(spoke)]))["light"] == light


def test_a_plan_approved_tomorrow_is_none_yet() -> None:
    tomorrow = approved((1, LATER, 10), on=DAY_AFTER)
    assert light_of(quiet(baselines=[tomorrow]))["light"] == "grey"


def test_a_plan_without_any_weight_is_no_yardstick() -> None:
    assert light_of(quiet(_due(1, 0, LATER)))["light"] == "grey"


def test_a_finished_project_is_blue_with_its_slip() -> None:
    finished = _due(1, 10, date(2021, 6, 1), met_on=date(2021, 6, 13))
    row = light_of(quiet(finished, project={"accepted_on": AS_OF}))
    assert (row["light"], row["slip_original_days"], row["slip_current_days"]) == ("blue", 12, 12)


@pytest.mark.parametrize(("accepted_on", "light"), [(AS_OF, "blue"), (DAY_AFTER, "red")])
def test_a_project_is_blue_from_the_day_it_is_accepted(accepted_on: date, light: str) -> None:
    late = _due(1, 10, OPENED, is_key=True)
    assert light_of(quiet(late, project={"accepted_on": accepted_on}))["light"] == light


def test_a_stopped_project_has_its_own_mark() -> None:
    row = light_of(quiet(_due(1, 10, OPENED), project={"stopped_on": AS_OF}))
    assert (row["light"], row["light_plan"]) == ("stopped", "none")


@pytest.mark.parametrize(
    ("from_on", "until_on", "light"),
    [
        (AS_OF, AS_OF, "red"),
        (OPENED, AS_OF, "red"),
        (AS_OF, LATER, "red"),
        (OPENED, DAY_BEFORE, "green"),
        (DAY_AFTER, LATER, "green"),
    ],
)
def test_an_override_holds_from_its_first_to_its_last_day(from_on: date, until_on: date, light: str) -> None:
    row = light_of(quiet(overrides=[override("red", from_on, until_on)]))
    assert (row["light"], row["computed_light"]) == (light, "green")


@pytest.mark.parametrize(("lifted_on", "light"), [(AS_OF, "green"), (DAY_AFTER, "red")])
def test_a_lifted_override_has_no_effect_from_that_day_on(lifted_on: date, light: str) -> None:
    facts = quiet(overrides=[override("red", OPENED, LATER, lifted_on=lifted_on)])
    assert light_of(facts)["light"] == light


def test_an_override_is_told_with_its_reason_and_end() -> None:
    row = light_of(quiet(overrides=[override("yellow", OPENED, LATER)]))
    told = [row[f"override_{name}"] for name in ("colour", "until_on", "reason", "author")]
    assert told == ["yellow", LATER, "待核", "区域负责人"]


def test_nobody_makes_a_project_without_a_plan_green() -> None:
    row = light_of(quiet(baselines=[], overrides=[override("green", OPENED, LATER)]))
    assert (row["light"], row["override_colour"]) == ("grey", "green")


def test_changed_thresholds_count_from_their_day_on() -> None:
    looser = {"name": "behind_yellow_points", "value": 20, "from_on": AS_OF}
    facts = quiet(_due(1, 15, OPENED), _due(2, 85, LATER), thresholds=[looser])
    assert [light_of(facts, day)["light_plan"] for day in (DAY_BEFORE, AS_OF)] == ["yellow", "green"]


def test_every_project_has_one_row() -> None:
    facts = three_counties()
    assert lights_as_of(facts, AS_OF)["project_id"].to_list() == projects_as_of(facts, AS_OF)["id"].to_list()


def test_lights_are_counted_by_group() -> None:
    facts = quiet()
    members = (
        projects_as_of(facts, AS_OF).select("division_id", project_id="id").rename({"division_id": "key"})
    )
    counts = light_counts(facts, AS_OF, members)
    assert counts.to_dicts() == [
        {
            "key": 11,
            "light_red": 0,
            "light_yellow": 0,
            "light_green": 1,
            "light_grey": 0,
            "light_blue": 0,
            "light_stopped": 0,
        }
    ]


def test_the_lights_of_the_counties_add_up_to_those_of_all() -> None:
    facts = three_counties()
    whole = figures(facts, AS_OF)
    parts = figures(facts, AS_OF, Grouping.county)
    names = [f"light_{light.value}" for light in Light]
    assert parts.select(names).sum().row(0) == whole.select(names).row(0)


def test_a_scope_changes_no_light() -> None:
    facts = three_counties()
    seen = lights_as_of(facts.within(frozenset({11})), AS_OF)
    whole = lights_as_of(facts, AS_OF)
    assert seen.equals(whole.filter(whole["project_id"].is_in(seen["project_id"].implode())))


_DAYS = st.integers(-400, 60).map(lambda n: date(2021, 1, 1) + timedelta(days=n))
_MAYBE = st.none() | _DAYS


@st.composite
def _lit(draw: Any) -> tuple[dict[str, list[Row]], date]:
    """A plan with everything else a light looks at, and a day."""
    steps, baselines, suspensions, as_of = draw(plans())
    started, accepted = draw(_MAYBE), draw(st.sampled_from([None, None, None, date(2021, 2, 1)]))
    steps = [s | {"is_key": draw(st.booleans()), "due_on": draw(_MAYBE)} for s in steps]
    days = draw(st.lists(st.tuples(_DAYS, st.integers(0, 9)), max_size=3))
    decisions = st.sampled_from(["accepted", "accepted", "returned", None])
    updates = [update(day, day + timedelta(days=n), draw(decisions)) for day, n in days]
    spans = draw(st.lists(st.tuples(_DAYS, st.integers(0, 29), _MAYBE), max_size=2))
    overrides = [
        override(
            draw(st.sampled_from(["green", "yellow", "red"])), a, a + timedelta(days=n), lifted_on=lifted
        )
        for a, n, lifted in spans
    ]
    course = {"planned_start_on": draw(_MAYBE), "started_on": started, "accepted_on": accepted}
    course |= {"stopped_on": draw(st.sampled_from([None, None, None, date(2021, 2, 10)]))}
    others = {"updates": updates, "overrides": overrides, "baselines": baselines}
    more = {"suspensions": suspensions, "project": course | {"opened_on": date(2019, 1, 1)}}
    bound = {"agreement": {"opened_on": date(2018, 1, 1), "effective_on": date(2018, 1, 1)}}
    bound["agreement"]["term_months"] = draw(st.sampled_from([None, 36, 37, 40]))
    facts = quiet_tables(*steps, **others, **more, **bound)
    facts["party"] = [party(1, 1, 11, date(2018, 1, 1))]
    return facts, as_of + timedelta(days=draw(st.sampled_from([0, 0, 29, 60])))


@settings(deadline=None, max_examples=150)
@given(_lit())
def test_lights_equal_the_naive_ones(made: tuple[dict[str, list[Row]], date]) -> None:
    facts, as_of = made
    found = portfolio(**facts)
    term = terms_as_of(found, as_of).row(0, named=True)
    naive = naive_light(facts, facts["project"][0], as_of, (term["term_status"], term["term_end_on"]))
    row = light_of(found, as_of)
    assert {name: row[name] for name in naive} == naive


@settings(deadline=None, max_examples=60)
@given(_lit())
def test_lights_do_not_depend_on_the_order_of_rows(made: tuple[dict[str, list[Row]], date]) -> None:
    facts, as_of = made
    shuffled = {name: random.Random(7).sample(rows, len(rows)) for name, rows in facts.items()}
    assert light_of(portfolio(**facts), as_of) == light_of(portfolio(**shuffled), as_of)


@settings(deadline=None, max_examples=30)
@given(
    gaps=st.lists(st.integers(1, 90), min_size=1, max_size=6),
    weights=st.lists(st.integers(0, 50), min_size=6, max_size=6),
    look=st.integers(0, 600),
)
def test_a_plan_kept_to_the_day_is_green_on_every_day_of_its_life(
    gaps: list[int], weights: list[int], look: int
) -> None:
    starts_on, due_on = OPENED + timedelta(days=7), OPENED + timedelta(days=7)
    steps = []
    for number, (gap, weight) in enumerate(zip(gaps, weights, strict=False), start=1):
        due_on += timedelta(days=gap)
        steps.append(_due(number, weight + 1, due_on, met_on=due_on, is_key=number % 2 == 1))
    life = (due_on - OPENED).days
    told = [update(starts_on + timedelta(days=n)) for n in range(0, life, 59)]
    course = {"planned_start_on": starts_on, "started_on": starts_on, "accepted_on": due_on}
    facts = quiet(*steps, project=course, updates=told)
    days = {s["due_on"] + timedelta(days=n) for s in steps for n in (-1, 0)} | {OPENED, starts_on}
    days.add(OPENED + timedelta(days=look % life))
    lights = {light_of(facts, day)["light"] for day in days if day < due_on}
    assert (lights, light_of(facts, due_on)["light"]) == ({"green"}, "blue")


def test_facts_without_a_division_have_lights_too() -> None:
    assert portfolio(division=DIVISIONS)["project"].is_empty()
    assert lights_as_of(portfolio(division=DIVISIONS), AS_OF).is_empty()

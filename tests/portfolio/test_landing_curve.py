"""D5's landing curves: the outcome of each agreement, and the cumulative incidence of each cohort."""

from datetime import date
from typing import Any

import polars as pl
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.portfolio.landing_facts import (
    AS_OF,
    LILING,
    NAN,
    SIGNED,
    XIXIU,
    Row,
    after,
    facts,
    on_the_way,
    signed,
)
from tests.portfolio.naive_landing import LANDED, OPEN, naive_curve, naive_wait
from tests.portfolio.timeline_facts import portfolio
from tracker.portfolio.figures import Grouping, figures
from tracker.portfolio.landing import COHORTS, Landings, cohort_members, landings, outcomes_as_of
from tracker.portfolio.model import Portfolio
from tracker.portfolio.part import Part

HUNAN, GUIZHOU = 1, 2
YEAR = 365


def _outcome(*agreements: Row, as_of: date = AS_OF, **more: list[Row]) -> tuple[str, int]:
    """Outcome and days of the first of the agreements."""
    rows = outcomes_as_of(on_the_way(*agreements, **more), as_of)
    row = rows.row(by_predicate=pl.col("agreement_id") == agreements[0]["id"], named=True)
    return row["outcome"], row["waited_days"]


def _curve(found: Landings, key: int = 2020) -> list[tuple[int, int, float]]:
    steps = found.steps.filter(pl.col("key") == key)
    return [(d, n, round(s, 6)) for d, n, s in steps.select("days", "at_risk", "share").iter_rows()]


def _cohort(facts_: Portfolio, by: Grouping = Grouping.year, key: int = 2020, **part: Any) -> dict[str, Any]:
    return landings(facts_, AS_OF, by, Part(**part)).cohorts.row(
        by_predicate=pl.col("key") == key, named=True
    )


@pytest.mark.parametrize(
    ("landed", "changes", "expected"),
    [
        (None, {}, ("open", YEAR)),
        (200, {}, ("landed", 200)),
        # On the very day of the signing; and a gate met before the last signature.
        (0, {}, ("landed", 0)),
        (-30, {}, ("landed", 0)),
        # On the day looked at, and after it.
        (YEAR, {}, ("landed", YEAR)),
        (YEAR + 1, {}, ("open", YEAR)),
        # Terminated: before, on and after the day looked at.
        (None, {"terminated_on": after(100)}, ("terminated", 100)),
        (None, {"terminated_on": after(YEAR)}, ("terminated", YEAR)),
        (None, {"terminated_on": after(YEAR + 1)}, ("open", YEAR)),
        # Landing and termination on one day, and a landing after the end: it landed.
        (100, {"terminated_on": after(100)}, ("landed", 100)),
        (150, {"terminated_on": after(100)}, ("landed", 150)),
        # A month's term ends on 16 August, its 31st day; it has expired on the day after that.
        (None, {"term_months": 1, "effective_on": SIGNED}, ("expired", 31)),
        (None, {"term_months": 1}, ("expired", 31)),
        (30, {"term_months": 1}, ("landed", 30)),
        (31, {"term_months": 1}, ("landed", 31)),
        # On its last day a term is still in force; not yet effective is on the way, too.
        (None, {"end_on": AS_OF}, ("open", YEAR)),
        (None, {"end_on": after(YEAR - 1)}, ("expired", YEAR)),
        (None, {"effective_on": after(YEAR + 1), "term_months": 1}, ("open", YEAR)),
        # Expired first and terminated after it: D1 calls it terminated, it ended when the term did.
        (None, {"term_months": 1, "terminated_on": after(90)}, ("terminated", 31)),
        (None, {"term_months": 6, "terminated_on": after(90)}, ("terminated", 90)),
        # Renewing itself (D2): in force while it may; ended after the last renewal allowed, or after notice.
        (None, {"term_months": 1, "renewals_allowed": 99}, ("open", YEAR)),
        (None, {"term_months": 1, "renewals_allowed": 1}, ("expired", 62)),
        (
            None,
            {"term_months": 6, "renewals_allowed": 9, "notice_days": 30, "non_renewal_notice_on": after(90)},
            ("expired", 184),
        ),
    ],
)
def test_an_agreement_lands_or_ends_or_is_seen_until_today(
    landed: int | None, changes: Row, expected: tuple[str, int]
) -> None:
    assert _outcome(signed(1, landed, **changes)) == expected


def test_a_suspension_neither_ends_the_wait_nor_stops_its_clock() -> None:
    rest = {"id": 1, "agreement_id": 1, "from_on": after(10), "to_on": after(80)}
    assert _outcome(signed(1, 90), suspension=[rest]) == ("landed", 90)


def test_a_suspension_does_not_lengthen_the_term() -> None:
    rest = {"id": 1, "agreement_id": 1, "from_on": after(10), "to_on": None}
    assert _outcome(signed(1, term_months=1), suspension=[rest]) == ("expired", 31)


def test_a_supplement_that_lengthens_the_term_keeps_it_open() -> None:
    longer = {"id": 1, "agreement_id": 1, "number": "S1", "signed_on": after(20), "new_end_on": after(900)}
    assert _outcome(signed(1, term_months=1), supplement=[longer]) == ("open", YEAR)


def _renewed(old: Row | None = None, **new: Any) -> tuple[Row, Row]:
    return (
        signed(1, **{"term_months": 1, **(old or {})}),
        signed(2, **{"renewal_of_id": 1, "signed_on": after(31), **new}),
    )


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        # Superseded: its renewal's term binds, so it waits on, and ends when that ends.
        ({}, {}, ("open", YEAR)),
        ({}, {"term_months": 2}, ("expired", 31 + 61)),
        ({}, {"terminated_on": after(50)}, ("terminated", 50)),
        # Its own landing counts, also under the renewal; the renewal's landing is the renewal's.
        ({"landed": 200}, {}, ("landed", 200)),
        ({}, {"landed": 60}, ("open", YEAR)),
        # Its own termination comes before being superseded (D1).
        ({"terminated_on": after(20)}, {}, ("terminated", 20)),
        # A renewal that is not signed yet supersedes nothing.
        ({}, {"signed_on": after(YEAR + 1)}, ("expired", 31)),
    ],
)
def test_a_superseded_agreement_waits_on_under_its_renewal(
    old: Row, new: Row, expected: tuple[str, int]
) -> None:
    assert _outcome(*_renewed(old, **new)) == expected


def test_a_renewal_is_a_count_of_its_own_in_its_own_cohort() -> None:
    renewed = on_the_way(*_renewed(signed_on=date(2021, 1, 5)))
    assert [_cohort(renewed, key=year)["signed"] for year in (2020, 2021)] == [1, 1]


def test_an_agreement_lands_with_its_first_project() -> None:
    tables = facts(signed(1, 90), signed(2, 30))
    tables["project"][1]["agreement_id"] = 1
    row = outcomes_as_of(portfolio(**tables), AS_OF).sort("agreement_id").row(0, named=True)
    assert (row["landed_on"], row["waited_days"]) == (after(30), 30)


def test_a_missing_signature_keeps_it_out() -> None:
    assert outcomes_as_of(on_the_way(signed(1, 90, also=NAN, signed_on=None)), AS_OF).is_empty()


def test_a_signature_of_tomorrow_keeps_it_out() -> None:
    assert outcomes_as_of(on_the_way(signed(1)), after(-1)).is_empty()


# Worked by hand, all signed on one day and seen for 365 days:
#   day 100: 1 of 10 lands                              share 0.1,   stays 0.9
#   day 200: 1 of 9 is terminated and 2 of 9 land       share 0.1 + 0.9 · 2/9 = 0.3, stays 0.6
#   day 300: 1 of 6 lands                               share 0.4
#   day 365: 5 of 5 are seen no longer
def test_the_curve_of_a_cohort_worked_by_hand() -> None:
    cohort = [signed(1, 100), signed(2, terminated_on=after(200)), signed(3, 200), signed(4, 200)]
    cohort += [signed(5, 300), *(signed(n) for n in range(6, 11))]
    found = landings(on_the_way(*cohort), AS_OF, Grouping.year)
    assert _curve(found) == [(0, 10, 0.0), (100, 10, 0.1), (200, 9, 0.3), (300, 6, 0.4), (365, 5, 0.4)]


# Signed 365, 265 and 165 days ago: the last is seen for 165 days only, and says nothing of day 200.
#   day 165: 3 wait, one of them is seen no longer      share 0
#   day 200: 1 of 2 lands                               share 0.5
#   day 265: 1 is seen no longer
#   day 365: nobody waits
def test_who_is_seen_no_longer_leaves_those_at_risk() -> None:
    cohort = [signed(1, 200), signed(2, signed_on=after(100)), signed(3, signed_on=after(200))]
    found = landings(on_the_way(*cohort), AS_OF, Grouping.pillar)
    assert _curve(found, 2) == [(0, 3, 0), (165, 3, 0), (200, 2, 0.5), (265, 1, 0.5), (365, 0, 0.5)]


def test_who_lands_on_the_last_day_seen_lands_before_leaving() -> None:
    found = landings(on_the_way(signed(1, YEAR), signed(2)), AS_OF, Grouping.year)
    assert _curve(found) == [(0, 2, 0), (YEAR, 2, 0.5)]


def test_landing_on_the_signing_day_lifts_the_curve_at_once() -> None:
    found = landings(on_the_way(signed(1, 0), signed(2, 0), signed(3)), AS_OF, Grouping.year)
    assert _curve(found) == [(0, 3, 0.666667), (YEAR, 1, 0.666667)]


def test_a_cohort_signed_today_is_a_point() -> None:
    found = landings(on_the_way(signed(1, 0), signed(2)), SIGNED, Grouping.year)
    assert _curve(found) == [(0, 2, 0.5)]


def test_nobody_signed_is_no_curve() -> None:
    assert landings(on_the_way(signed(1)), date(2019, 1, 1), Grouping.year).is_empty()


def test_an_empty_database_has_no_curve() -> None:
    assert all(landings(portfolio(), AS_OF, by).is_empty() for by in COHORTS)


def test_the_counts_of_a_cohort_add_up() -> None:
    cohort = [signed(1, 100), signed(2, terminated_on=after(9)), signed(3, term_months=1), signed(4)]
    row = _cohort(on_the_way(*cohort))
    counted = [row[name] for name in ("signed", "landed", "terminated", "expired", "open")]
    assert counted == [4, 1, 1, 1, 1]


def test_quartiles_are_those_of_the_landed_alone() -> None:
    cohort = [signed(1, 100), signed(2, 200), signed(3, 300), signed(4, 400), signed(5)]
    row = landings(on_the_way(*cohort), after(400), Grouping.year).cohorts.row(0, named=True)
    assert (row["first_days"], row["median_days"], row["third_days"]) == (175, 250, 325)


def test_without_a_landing_there_is_no_median() -> None:
    assert _cohort(on_the_way(signed(1)))["median_days"] is None


@pytest.mark.parametrize(("landed", "expected"), [(364, (2, 1)), (365, (2, 1)), (366, (2, 0))])
def test_within_a_year_counts_what_was_watched_for_one(landed: int, expected: tuple[int, int]) -> None:
    cohort = [signed(1, landed), signed(2), signed(3, 80, signed_on=after(20))]
    row = landings(on_the_way(*cohort), after(370), Grouping.year).cohorts.row(0, named=True)
    assert (row["year_of"], row["year_landed"]) == expected


def test_a_joint_agreement_is_in_each_provinces_cohort_and_once_in_the_years() -> None:
    joint = on_the_way(signed(1, 90, also=XIXIU))
    rows = [_cohort(joint, Grouping.province, key) for key in (HUNAN, GUIZHOU)]
    assert [(r["signed"], r["landed"]) for r in [*rows, _cohort(joint)]] == [(1, 1)] * 3


def test_a_region_of_a_breakdown_by_region_leaves_out_its_partners_elsewhere() -> None:
    joint = on_the_way(signed(1, 90, also=XIXIU))
    found = landings(joint, AS_OF, Grouping.province, Part(region_id=LILING))
    assert found.cohorts["key"].to_list() == [HUNAN]


SALES = {
    "sales_region": [
        {"id": n, "name": name, "name_en": "", "position": n} for n, name in ((1, "华中"), (2, "西南"))
    ],
    "sales_region_division": [
        {"id": 1, "sales_region_id": 1, "division_id": HUNAN, "from_on": SIGNED},
        {"id": 2, "sales_region_id": 2, "division_id": GUIZHOU, "from_on": SIGNED},
        {"id": 3, "sales_region_id": 2, "division_id": LILING, "from_on": after(1), "to_on": after(9)},
    ],
}


def test_sales_regions_are_cohorts_as_they_stand_on_the_day() -> None:
    regions = on_the_way(signed(1, 5), signed(2, county=XIXIU), **SALES)
    counts = [landings(regions, after(day), Grouping.sales_region).cohorts for day in (8, 10)]
    assert [c.select("key", "landed", "signed").rows() for c in counts] == [
        [(-2, 1, 2), (-1, 1, 1)],
        [(-2, 0, 1), (-1, 1, 1)],
    ]


def test_a_sales_region_is_a_part_with_cohorts_of_its_own() -> None:
    regions = on_the_way(signed(1, 5, also=XIXIU), signed(2, county=XIXIU), **SALES)
    found = landings(regions, AS_OF, Grouping.province, Part(region_id=-1))
    assert found.cohorts.select("key", "signed").rows() == [(HUNAN, 1)]


def test_a_pillar_of_a_breakdown_by_pillar_leaves_out_what_goes_with_it() -> None:
    both = on_the_way(signed(1, 90, pillars=(1, 2)))
    assert landings(both, AS_OF, Grouping.pillar, Part(pillar_id=2)).cohorts["key"].to_list() == [2]


def test_a_scope_sees_its_agreements_with_what_they_led_to_elsewhere() -> None:
    joint = on_the_way(signed(1, 90, also=XIXIU), signed(2, 10)).within(frozenset({XIXIU}))
    row = _cohort(joint)
    assert (row["signed"], row["landed"], row["median_days"]) == (1, 1, 90)


def test_the_members_of_a_cohort_are_those_it_counts() -> None:
    found = on_the_way(signed(1), signed(2, signed_on=date(2021, 1, 1)))
    members = cohort_members(found, AS_OF, Grouping.year)
    assert sorted(members.iter_rows()) == [(1, 2020), (2, 2021)]


_DAYS = st.none() | st.integers(0, 500)


@st.composite
def cohorts(draw: st.DrawFn) -> list[Row]:
    return [
        signed(
            number,
            draw(_DAYS),
            signed_on=after(draw(st.integers(0, 300))),
            terminated_on=draw(st.none() | st.dates(SIGNED, after(500))),
            term_months=draw(st.none() | st.integers(1, 9)),
            effective_on=draw(st.none() | st.dates(SIGNED, after(90))),
            county=draw(st.sampled_from((LILING, NAN, XIXIU))),
        )
        for number in range(1, draw(st.integers(1, 9)) + 1)
    ]


@settings(max_examples=40, deadline=None)
@given(cohorts(), st.integers(0, 700))
def test_the_curve_is_that_of_plain_fractions(agreements: list[Row], day: int) -> None:
    tables, as_of = facts(*agreements), after(day)
    waits = {a["id"]: w for a in agreements if (w := naive_wait(tables, a["id"], as_of))}
    assume(waits)
    longest = max((as_of - a["signed_on"]).days for a in agreements if a["id"] in waits)
    expected = naive_curve(list(waits.values()), longest)
    found = landings(portfolio(**tables), as_of, Grouping.pillar)
    assert _curve(found, 2) == [(d, n, round(float(share), 6)) for d, n, share in expected]


@settings(max_examples=40, deadline=None)
@given(cohorts(), st.sampled_from(COHORTS))
def test_a_fully_observed_cohorts_curve_ends_at_its_landing_rate(agreements: list[Row], by: Grouping) -> None:
    # Seen until every open-ended agreement was given up and every term had passed.
    as_of = after(3_000)
    ended = [a | {"terminated_on": a["terminated_on"] or after(2_000)} for a in agreements]
    everything = on_the_way(*ended)
    found = landings(everything, as_of, by)
    assert found.cohorts["open"].sum() == 0
    ends = dict(found.steps.group_by("key").agg(pl.col("share").last()).iter_rows())
    rates = figures(everything, as_of, by).select("key", "agreements_landed", "agreements_signed")
    assert ends == {key: pytest.approx(n / of) for key, n, of in rates.iter_rows()}


@settings(max_examples=40, deadline=None)
@given(cohorts(), st.integers(0, 700), st.sampled_from(COHORTS))
def test_a_cohorts_counts_are_those_of_the_figures(agreements: list[Row], day: int, by: Grouping) -> None:
    everything = on_the_way(*agreements)
    found = landings(everything, after(day), by).cohorts.select("key", "landed", "signed")
    rates = figures(everything, after(day), by).filter(pl.col("agreements_signed") > 0)
    assert found.rows() == rates.select("key", "agreements_landed", "agreements_signed").rows()


@settings(max_examples=40, deadline=None)
@given(cohorts(), st.integers(0, 700))
def test_a_curve_never_falls_and_never_passes_one(agreements: list[Row], day: int) -> None:
    for _key, share in (
        landings(on_the_way(*agreements), after(day), Grouping.year)
        .steps.group_by("key")
        .agg("share")
        .iter_rows()
    ):
        assert all(0 <= low <= high <= 1 + 1e-9 for low, high in zip([0.0, *share], share, strict=False))


def test_the_naive_twin_knows_all_three_outcomes() -> None:
    tables = facts(signed(1, 90), signed(2, term_months=1), signed(3))
    assert [naive_wait(tables, n, AS_OF) for n in (1, 2, 3)] == [(90, LANDED), (31, "ended"), (365, OPEN)]


def test_the_number_at_risk_is_of_those_who_wait_until_that_day() -> None:
    found = landings(on_the_way(signed(1, 100), signed(2), signed(3, 0)), AS_OF, Grouping.year)
    counts = found.at_risk([0, 1, 100, 101, YEAR, YEAR + 1])["at_risk"].to_list()
    assert counts == [3, 2, 2, 1, 1, 0]


def test_the_whole_part_counts_each_agreement_once() -> None:
    both = on_the_way(signed(1, 90, pillars=(1, 2)), signed(2, pillars=()))
    total = landings(both, AS_OF, Grouping.pillar).total.row(0, named=True)
    assert (total["signed"], total["landed"]) == (2, 1)


def test_who_was_signed_so_long_ago_is_watched_whatever_became_of_it() -> None:
    cohort = [signed(1, 100), signed(2, signed_on=after(100)), signed(3, 250, signed_on=after(200))]
    found = landings(on_the_way(*cohort), AS_OF, Grouping.pillar)
    assert found.steps.select("days", "watched").rows() == [(0, 3), (50, 3), (100, 3), (265, 2), (365, 1)]

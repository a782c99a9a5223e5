"""The agreements, events and meetings of the demo home: known codes, days in order, every case shown."""

import json
import re
from collections import Counter
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from db.reference import FOLDER, rows_of
from db.vocabulary import AgreementKind, Stage
from tracker.rules.term import term_end

DEMO: dict[str, Any] = json.loads((FOLDER / "demo.json").read_text("utf-8"))
AS_OF = date.fromisoformat(DEMO["as_of"])
STEPS = {t["code"]: t["milestones"] for t in json.loads((FOLDER / "plan_templates.json").read_text("utf-8"))}
AGREEMENTS: list[dict[str, Any]] = DEMO["agreements"]
PUBLIC: list[dict[str, Any]] = DEMO["public"]
BY_KEY = {agreement["key"]: agreement for agreement in AGREEMENTS}
PROJECTS: list[dict[str, Any]] = [p | {"of": a} for a in AGREEMENTS + PUBLIC for p in a["projects"]]
each_agreement = pytest.mark.parametrize("agreement", AGREEMENTS, ids=lambda a: a["key"])
A_FACT = {
    "on",
    "from",
    *(f"{act}_on" for act in ("signed", "opened", "approved", "started", "live", "accepted")),
}


def _codes(name: str) -> set[str]:
    return {row["code"] for row in rows_of(name)}


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _first_end(agreement: dict[str, Any]) -> date | None:
    if agreement["end_on"] or not agreement["term_months"] or not agreement["effective_on"]:
        return _day(agreement["end_on"])
    return term_end(date.fromisoformat(agreement["effective_on"]), agreement["term_months"])


def _end(agreement: dict[str, Any]) -> date | None:
    """The end on the demo's day, by stepping: renewals one by one, then the newest signed supplement."""
    end, k = _first_end(agreement), 0
    while end and end < AS_OF and k < agreement["renewals_allowed"]:
        k += 1
        end = term_end(date.fromisoformat(agreement["effective_on"]), (k + 1) * agreement["term_months"])
    moved = [_day(s["new_end_on"]) for s in agreement["supplements"] if s["new_end_on"]]
    return moved[-1] if moved else end


def _status(agreement: dict[str, Any]) -> str:
    end = _end(agreement)
    cases = [
        (agreement["abandoned"], "abandoned"),
        (agreement["terminated"], "terminated"),
        (any(a["renewal_of"] == agreement["key"] for a in AGREEMENTS), "superseded"),
        (not agreement["signed_on"], agreement["stages"][-1]["stage"] if agreement["stages"] else ""),
        ((_day(agreement["effective_on"]) or AS_OF) > AS_OF, "not_yet_effective"),
        (end is not None and end < AS_OF, "expired"),
        (agreement["suspended"], "suspended"),
        (end is not None and (end - AS_OF).days <= agreement["notice_days"], "expiring"),
    ]
    return next((name for holds, name in cases if holds), "active")


def _facts(part: Any) -> list[date]:
    """Every day in `part` on which something is said to have happened."""
    if isinstance(part, list):
        return [day for item in part for day in _facts(item)]
    if not isinstance(part, dict):
        return []
    own = [date.fromisoformat(v) for k, v in part.items() if k in A_FACT and v]
    return own + [day for value in part.values() for day in _facts(value)]


def test_every_agreement_has_the_same_fields() -> None:
    assert len({frozenset(agreement) for agreement in AGREEMENTS}) == 1
    assert len({frozenset(signing) for signing in PUBLIC}) == 1


def test_every_public_signing_is_in_the_demo_once() -> None:
    listed = [(r["county_code"], r["signed_on"]) for r in rows_of("agreements_public.csv")]
    assert sorted((p["county"], p["signed_on"]) for p in PUBLIC) == sorted(listed)


def test_what_was_not_reported_about_a_public_signing_is_marked_as_assumed() -> None:
    assert all({"effective_on", "term_months"} <= set(p["assumed"]) for p in PUBLIC)


def test_a_public_amount_is_the_reported_one() -> None:
    units = {"万元": 10_000, "亿元": 100_000_000, "": 0}
    for row in rows_of("agreements_public.csv"):
        found = next(
            p for p in PUBLIC if (p["county"], p["signed_on"]) == (row["county_code"], row["signed_on"])
        )
        number, unit = re.fullmatch(r"([\d.]*)(\D*)", row["amount_as_reported"]).groups()
        assert Decimal(found["amount"] or 0) == Decimal(number or 0) * units[unit]


def test_the_three_hunan_signings_share_their_event() -> None:
    assert Counter(p["event"] for p in PUBLIC)["hunan-2020"] == 3


def test_every_public_event_is_named_as_reported() -> None:
    reported = {row["event"].split("(")[0] for row in rows_of("agreements_public.csv")}
    named = {e["name"] for e in DEMO["events"] if e["public"]}
    assert {name for name in named if not any(r and r in name for r in reported)} == set()


def test_everything_invented_says_that_it_is_an_example() -> None:
    titles = [a["title"] for a in AGREEMENTS] + [p["name"] for p in PROJECTS]
    titles += [e["name"] for e in DEMO["events"] if not e["public"]] + [m["topic"] for m in DEMO["meetings"]]
    titles += [s["title"] for a in AGREEMENTS for s in a["supplements"]] + [DEMO["evidence_note"]]
    assert [title for title in titles if "示例" not in title] == []


def test_every_place_is_a_division_of_today() -> None:
    counties = {c for a in AGREEMENTS for c in a["counties"]} | {p["county"] for p in PUBLIC}
    counties |= {p["county"] for p in PROJECTS} | {m["county"] for m in DEMO["meetings"]}
    assert counties <= _codes("counties.csv")
    prefectures = {c for a in AGREEMENTS for c in a["prefectures"]}
    assert prefectures <= _codes("prefectures.csv")
    hosts = {e["county_code"] for e in DEMO["events"]} - {None}
    assert hosts <= _codes("counties.csv") | _codes("prefectures.csv")


@each_agreement
def test_a_title_is_that_of_its_county(agreement: dict[str, Any]) -> None:
    names = {row["code"]: row["name"] for row in rows_of("counties.csv")}
    assert len(agreement["counties"]) > 1 or agreement["title"].startswith(names[agreement["counties"][0]])


def test_every_pillar_unit_kind_and_stage_is_known() -> None:
    everything = AGREEMENTS + PUBLIC
    assert {c for a in everything + DEMO["meetings"] for c in a["pillars"]} <= _codes("pillars.csv")
    assert {p["unit"] for p in PROJECTS} - {None} <= _codes("units.csv")
    assert {a["kind"] for a in everything} <= set(AgreementKind)
    assert {s["stage"] for a in AGREEMENTS for s in a["stages"]} <= set(Stage)


def test_every_event_and_relative_is_in_the_demo() -> None:
    events = {event["key"] for event in DEMO["events"]}
    assert {a["event"] for a in AGREEMENTS + PUBLIC} - {None} <= events
    assert {a[kin] for a in AGREEMENTS for kin in ("renewal_of", "parent")} - {None} <= set(BY_KEY)


@each_agreement
def test_a_relative_is_listed_before_and_signed_before(agreement: dict[str, Any]) -> None:
    keys = list(BY_KEY)
    for kin in filter(None, (agreement["renewal_of"], agreement["parent"])):
        assert keys.index(kin) < keys.index(agreement["key"])
        assert BY_KEY[kin]["signed_on"] < agreement["signed_on"]


def test_what_is_signed_at_an_event_is_signed_on_its_day() -> None:
    held = {event["key"]: event["held_on"] for event in DEMO["events"]} | {None: None}
    assert [a for a in AGREEMENTS + PUBLIC if a["event"] and a["signed_on"] != held[a["event"]]] == []


def test_each_example_event_brings_several_counties_together() -> None:
    signed = Counter(a["event"] for a in AGREEMENTS)
    assert all(signed[e["key"]] >= 4 for e in DEMO["events"] if not e["public"])


def test_nothing_invented_has_happened_after_the_demos_day() -> None:
    assert (
        max(
            _facts(
                AGREEMENTS
                + DEMO["meetings"]
                + [p["projects"] for p in PUBLIC if _day(p["signed_on"]) <= AS_OF]
            )
        )
        <= AS_OF
    )


def test_signings_after_the_demos_day_have_projects_without_progress() -> None:
    later = [p for p in PUBLIC if _day(p["signed_on"]) > AS_OF]
    for project in (project for signing in later for project in signing["projects"]):
        assert (project["approved_on"], project["started_on"], project["met"]) == (None, None, [])


@each_agreement
def test_an_agreements_days_are_in_order(agreement: dict[str, Any]) -> None:
    ended = agreement["terminated"] or agreement["abandoned"]
    days = [s["on"] for s in agreement["stages"]]
    days += [agreement["signed_on"], agreement["effective_on"], ended and ended["on"]]
    days = [day for day in days if day]
    assert days == sorted(days)


@each_agreement
def test_an_agreement_has_one_kind_of_end(agreement: dict[str, Any]) -> None:
    assert not (agreement["term_months"] and agreement["end_on"])


@each_agreement
def test_a_supplement_takes_effect_before_the_old_end(agreement: dict[str, Any]) -> None:
    for supplement in agreement["supplements"]:
        assert supplement["signed_on"] <= supplement["effective_on"]
        assert _day(supplement["effective_on"]) <= _first_end(agreement) + timedelta(days=1)


def test_every_status_is_shown() -> None:
    assert {_status(a) for a in AGREEMENTS} == {
        *("abandoned", "terminated", "superseded", "draft", "negotiating", "awaiting_signature"),
        *("not_yet_effective", "expired", "suspended", "expiring", "active"),
    }


def test_six_provinces_have_examples() -> None:
    assert {code[:2] for a in AGREEMENTS for code in a["counties"]} == {"13", "34", "36", "43", "52", "53"}


def test_a_joint_agreement_and_one_with_a_prefecture_are_shown() -> None:
    assert any(len(a["counties"]) > 1 for a in AGREEMENTS)
    assert any(a["prefectures"] for a in AGREEMENTS)


def test_every_kind_of_agreement_and_every_template_is_shown() -> None:
    assert {a["kind"] for a in AGREEMENTS + PUBLIC} == set(AgreementKind)
    assert {p["template"] for p in PROJECTS} == set(STEPS)


def test_only_posts_are_named_never_people() -> None:
    posts = {a["county_post"] for a in AGREEMENTS} | {a["partner_post"] for a in AGREEMENTS}
    posts |= {post for m in DEMO["meetings"] for post in m["with_post"].split("、")}
    assert [post for post in posts if not post.endswith(("长", "主任", "总经理", "负责人"))] == []


def test_a_next_step_follows_its_meeting() -> None:
    planned = [m for m in DEMO["meetings"] if m["next_step_on"]]
    assert all(m["next_step"] and m["next_step_on"] > m["on"] for m in planned)

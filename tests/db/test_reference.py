"""The lists and templates that ship as data: whole, consistent, and of the shape the product reads."""

import csv
import json
import re
from collections import Counter
from typing import Any

import pytest

from db.models import PlanTemplateFields, PlanTemplateMilestoneFields
from db.reference import FOLDER
from tracker.rules.plan_template import checked_steps

LISTS = [
    ("provinces.csv", 34, "code"),
    ("prefectures.csv", 333, "code"),
    ("counties.csv", 2847, "code"),
    ("functional_areas.csv", 133, "stat_code"),
    ("pillars.csv", 3, "code"),
    ("units.csv", 7, "code"),
]
TEMPLATES: list[dict[str, Any]] = json.loads((FOLDER / "plan_templates.json").read_text("utf-8"))
each_template = pytest.mark.parametrize("template", TEMPLATES, ids=lambda t: t["code"])


def _rows(name: str) -> list[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _codes(name: str) -> set[str]:
    return {row["code"] for row in _rows(name)}


def _rough_days(offset: int, unit: str) -> float:
    return offset * (30.4 if unit == "month" else 1)


@pytest.mark.parametrize(("name", "count", "_key"), LISTS)
def test_a_list_has_as_many_rows_as_its_source_says(name: str, count: int, _key: str) -> None:
    assert len(_rows(name)) == count


@pytest.mark.parametrize(("name", "_count", "key"), LISTS)
def test_no_code_stands_twice_in_a_list(name: str, _count: int, key: str) -> None:
    assert [c for c, n in Counter(row[key] for row in _rows(name)).items() if n > 1] == []


@pytest.mark.parametrize("name", [name for name, _, _ in LISTS] + ["aliases.csv", "agreements_public.csv"])
def test_a_list_is_clean_utf_8_without_ragged_rows(name: str) -> None:
    content = (FOLDER / name).read_bytes()
    assert not content.startswith(b"\xef\xbb\xbf")
    assert "\ufffd" not in content.decode("utf-8")
    assert all(None not in row and None not in row.values() for row in _rows(name))


def test_every_division_code_has_six_digits() -> None:
    codes = _codes("provinces.csv") | _codes("prefectures.csv") | _codes("counties.csv")
    assert [code for code in codes if not re.fullmatch(r"\d{6}", code)] == []


def test_every_prefecture_lies_in_a_province() -> None:
    assert {row["province_code"] for row in _rows("prefectures.csv")} <= _codes("provinces.csv")


def test_every_county_lies_in_a_province_by_code_and_by_name() -> None:
    names = {row["code"]: row["name"] for row in _rows("provinces.csv")}
    assert [r for r in _rows("counties.csv") if names.get(r["province_code"]) != r["province"]] == []


def test_every_county_lies_in_its_prefecture_by_code_and_by_name() -> None:
    names = {row["code"]: row["name"] for row in _rows("prefectures.csv")} | {"": ""}
    assert [r for r in _rows("counties.csv") if names.get(r["prefecture_code"]) != r["prefecture"]] == []


def test_118_counties_stand_directly_under_a_province() -> None:
    assert sum(not row["prefecture_code"] for row in _rows("counties.csv")) == 118


def test_a_prefecture_has_as_many_counties_as_it_says() -> None:
    counted = Counter(row["prefecture_code"] for row in _rows("counties.csv"))
    assert [r for r in _rows("prefectures.csv") if counted[r["code"]] != int(r["county_count"])] == []


def test_provinces_share_no_tile_of_the_map() -> None:
    assert len({(row["grid_col"], row["grid_row"]) for row in _rows("provinces.csv")}) == 34


def test_every_alias_leads_to_divisions_of_today() -> None:
    known = _codes("counties.csv") | _codes("prefectures.csv")
    led = {code for row in _rows("aliases.csv") for code in row["current_codes"].split(";") if code}
    assert led <= known


def test_112_aliases_are_marked_as_ambiguous() -> None:
    assert sum(row["ambiguous"] == "yes" for row in _rows("aliases.csv")) == 112


def test_every_functional_area_lies_in_a_known_division() -> None:
    parents = {r["prefecture_code"] or r["province_code"] for r in _rows("functional_areas.csv")}
    assert parents <= _codes("prefectures.csv") | _codes("provinces.csv")


def test_no_functional_area_is_a_division() -> None:
    assert {row["stat_code"] for row in _rows("functional_areas.csv")} & _codes("counties.csv") == set()


def test_every_public_signing_names_a_county_by_code_and_by_name() -> None:
    names = {row["code"]: row["name"] for row in _rows("counties.csv")}
    assert [r for r in _rows("agreements_public.csv") if names.get(r["county_code"]) != r["county"]] == []


def test_every_public_signing_has_its_source() -> None:
    assert all(row["source"] for row in _rows("agreements_public.csv"))


@pytest.mark.parametrize("name", ["pillars.csv", "units.csv"])
def test_positions_run_from_one_without_gaps(name: str) -> None:
    rows = _rows(name)
    assert [int(row["position"]) for row in rows] == list(range(1, len(rows) + 1))


def test_five_templates_ship() -> None:
    assert [template["code"] for template in TEMPLATES] == [
        "ecommerce_operation",
        "origin_warehouse",
        "talent_training",
        "digital_governance",
        "decision_data",
    ]


@each_template
def test_a_template_names_a_pillar_and_a_unit(template: dict[str, Any]) -> None:
    assert template["pillar"] in _codes("pillars.csv")
    assert template["unit"] in _codes("units.csv")


def test_every_pillar_has_a_template() -> None:
    assert {template["pillar"] for template in TEMPLATES} == _codes("pillars.csv")


@each_template
def test_a_template_has_the_columns_of_its_table(template: dict[str, Any]) -> None:
    fields = set(PlanTemplateFields.model_fields) - {"pillar_id", "unit_id"}
    assert set(template) == fields | {"code", "pillar", "unit", "milestones"}


@each_template
def test_a_templates_steps_say_everything_in_both_languages(template: dict[str, Any]) -> None:
    for step in template["milestones"]:
        assert set(step) == set(PlanTemplateMilestoneFields.model_fields)
        assert "" not in step.values()


@each_template
def test_a_template_passes_the_rules_for_templates_that_people_write(template: dict[str, Any]) -> None:
    assert len(checked_steps(template["milestones"])) == len(template["milestones"])


@each_template
def test_a_templates_weights_sum_to_100(template: dict[str, Any]) -> None:
    assert sum(step["weight"] for step in template["milestones"]) == 100


@each_template
def test_a_template_has_eight_to_twelve_steps(template: dict[str, Any]) -> None:
    assert 8 <= len(template["milestones"]) <= 12


@each_template
def test_a_template_has_three_landing_gates(template: dict[str, Any]) -> None:
    assert sum(step["is_gate"] for step in template["milestones"]) == 3


@each_template
def test_a_templates_gates_are_owners_document_and_resource(template: dict[str, Any]) -> None:
    gates = [step["name_zh"] for step in template["milestones"] if step["is_gate"]]
    assert ["明确" in gates[0], "签署" in gates[1], "到位" in gates[2]] == [True, True, True]


@each_template
def test_a_template_ends_with_a_key_acceptance(template: dict[str, Any]) -> None:
    last = template["milestones"][-1]
    assert (last["is_key"], last["evidence_kind"]) == (True, "acceptance_form")


@each_template
def test_a_templates_steps_are_in_the_order_of_their_offsets(template: dict[str, Any]) -> None:
    days = [_rough_days(step["offset"], step["offset_unit"]) for step in template["milestones"]]
    assert days == sorted(set(days))


@each_template
def test_a_templates_steps_do_not_start_after_they_are_due(template: dict[str, Any]) -> None:
    assert all(0 <= step["start_offset"] <= step["offset"] for step in template["milestones"])


@each_template
def test_a_template_names_no_step_twice(template: dict[str, Any]) -> None:
    for name in ("name_zh", "name_en"):
        assert len({step[name] for step in template["milestones"]}) == len(template["milestones"])

"""Numbers, titles, doubts, and what a form's values must be."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.models.agreement import AgreementFields
from db.vocabulary import AgreementKind
from tracker.errors import InvalidInput
from tracker.i18n import words_in
from tracker.rules.agreement_doubt import doubts
from tracker.rules.agreement_draft import checked_agreement, checked_log
from tracker.rules.agreement_number import next_number, next_supplement_number, number_prefix
from tracker.rules.agreement_title import default_title, title_for_one

TODAY = date(2026, 6, 1)
SIGNED = date(2020, 7, 17)


def test_the_first_number_of_a_county_year_and_kind() -> None:
    assert next_number(number_prefix("430281", 2020, AgreementKind.framework), []) == "430281-2020-F-001"


def test_a_gap_in_the_numbers_is_not_filled() -> None:
    assert next_number("x-", ["x-001", "x-007"]) == "x-008"


def test_after_999_the_numbers_grow_longer() -> None:
    assert next_number("x-", ["x-999", "x-1000"]) == "x-1001"


def test_supplements_are_numbered_by_their_own() -> None:
    used = ["430281-2020-F-001-S9", "430281-2020-F-001-S10"]
    assert next_supplement_number("430281-2020-F-001", used) == "430281-2020-F-001-S11"


@given(st.lists(st.integers(1, 2000), unique=True))
def test_a_number_is_never_used_again(numbers: list[int]) -> None:
    used = [f"x-{n:03}" for n in numbers]
    assert next_number("x-", used) not in used


def test_the_usual_title_in_both_languages() -> None:
    names = (["醴陵市"], ["阿里巴巴"], AgreementKind.framework)
    assert default_title(*names, words_in("zh_CN")) == "醴陵市与阿里巴巴框架协议"
    assert default_title(*names, words_in("en")) == "醴陵市 and 阿里巴巴: framework agreement"


def test_a_title_of_many_counties_names_three_and_counts_the_rest() -> None:
    title = default_title(list("甲乙丙丁戊"), ["某公司"], AgreementKind.intent, words_in("zh_CN"))
    assert title == "甲、乙、丙等另外 2 家与某公司意向书"


def test_a_common_title_with_a_county_still_fits() -> None:
    title = title_for_one("字" * 300, "醴陵市")
    assert len(title) == 300
    assert title.endswith("（醴陵市）")


def _fields(**changed: object) -> AgreementFields:
    return AgreementFields.model_validate({"title": "t", "effective_on": SIGNED, "term_months": 36} | changed)


def _doubts(signed_on: date | None = SIGNED, **changed: object) -> list[str]:
    return [doubt.field for doubt in doubts(_fields(**changed), signed_on)]


def test_an_ordinary_agreement_raises_no_doubt() -> None:
    assert _doubts() == []


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"term_months": 241}, "term_months"),
        ({"term_months": None, "end_on": date(2040, 7, 18)}, "end_on"),
        ({"effective_on": date(2020, 7, 16)}, "effective_on"),
        ({"effective_on": date(2021, 7, 19)}, "effective_on"),
        ({"effective_on": date(2020, 8, 31), "term_months": 6}, "term_months"),
        ({"effective_on": date(2020, 8, 29), "term_months": 6}, "term_months"),
    ],
)
def test_what_is_odd_is_told_beside_its_field(changed: dict[str, object], field: str) -> None:
    assert _doubts(**changed) == [field]


@pytest.mark.parametrize(
    "changed",
    [
        {"term_months": 240},
        {"term_months": None, "end_on": date(2040, 7, 17)},
        {"effective_on": date(2021, 7, 18)},
        {"effective_on": date(2020, 8, 28), "term_months": 6},
        {"effective_on": date(2020, 8, 31), "term_months": 12},
    ],
)
def test_what_is_just_within_the_usual_is_not(changed: dict[str, object]) -> None:
    assert _doubts(**changed) == []


def test_without_any_day_there_is_nothing_to_doubt() -> None:
    assert _doubts(None, effective_on=None) == []


def _refused(**changed: object) -> set[str]:
    with pytest.raises(InvalidInput) as refusal:
        checked_agreement({"title": "t", "effective_on": SIGNED} | changed)
    return {problem.field for problem in refusal.value.problems}


def test_an_end_on_the_first_day_is_allowed() -> None:
    assert checked_agreement({"title": "t", "effective_on": SIGNED, "end_on": SIGNED}).end_on == SIGNED


@pytest.mark.parametrize("day", [date(1949, 9, 30), date(2200, 1, 1)])
def test_a_day_outside_the_calendar_is_refused(day: date) -> None:
    assert _refused(effective_on=day) == {"effective_on"}


def test_a_term_that_ends_after_the_calendar_is_refused() -> None:
    assert _refused(effective_on=date(2150, 1, 1), term_months=1200) == {"term_months"}


def test_a_hundred_years_is_the_longest_term() -> None:
    assert checked_agreement(
        {"title": "t", "effective_on": date(2050, 1, 1), "term_months": 1200}
    ).term_months


@pytest.mark.parametrize("field", ["notice_days", "renewals_allowed"])
def test_a_negative_number_is_refused(field: str) -> None:
    assert _refused(**{field: -1}) == {field}


def test_every_problem_of_a_sending_is_told_at_once() -> None:
    with pytest.raises(InvalidInput) as refusal:
        checked_log({"title": "x" * 301, "term_months": 0, "amount": "?", "parties": []}, TODAY)
    found = {problem.field for problem in refusal.value.problems}
    assert found == {"title", "term_months", "amount", "division_ids", "partners"}

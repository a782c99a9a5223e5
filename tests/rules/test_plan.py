"""Plans: days counted from an anchor, what can be approved, what changed since."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.models import BaselineMilestone, Milestone
from db.models.plan_template import PlanTemplateMilestoneFields
from db.vocabulary import EvidenceKind, OffsetUnit
from tracker.errors import DateOutOfRange
from tracker.rules.plan import (
    DueMissing,
    PlanChange,
    PlanEmpty,
    WeightsZero,
    changes_since,
    day_at,
    plan_at,
    problems_of,
)

DUE = date(2020, 9, 1)


def _step(**values: object) -> PlanTemplateMilestoneFields:
    known = {"name_zh": "启动会", "name_en": "Kick-off", "offset": 1, "weight": 10}
    return PlanTemplateMilestoneFields.model_validate(known | values)


def _milestone(number: int = 1, **values: object) -> Milestone:
    return Milestone(
        **{"id": number, "name": "启动会", "project_id": 1, "weight": 10, "due_on": DUE} | values
    )


def _frozen(milestone_id: int = 1, **values: object) -> BaselineMilestone:
    known = {"baseline_id": 1, "milestone_id": milestone_id, "due_on": DUE, "weight": 10}
    return BaselineMilestone(**known | {"is_key": False, "is_gate": False} | values)


@pytest.mark.parametrize(
    ("anchor", "months", "day"),
    [
        (date(2020, 7, 17), 1, date(2020, 8, 17)),
        (date(2020, 1, 31), 1, date(2020, 2, 29)),
        (date(2021, 1, 31), 1, date(2021, 2, 28)),
        (date(2020, 2, 29), 12, date(2021, 2, 28)),
        (date(2020, 8, 31), 6, date(2021, 2, 28)),
        (date(2020, 12, 31), 2, date(2021, 2, 28)),
        (date(2020, 7, 17), 0, date(2020, 7, 17)),
    ],
)
def test_months_are_counted_to_the_same_day_or_the_months_last(anchor: date, months: int, day: date) -> None:
    assert day_at(anchor, months, OffsetUnit.month) == day


def test_days_are_counted_as_days() -> None:
    assert day_at(date(2020, 2, 28), 2, OffsetUnit.day) == date(2020, 3, 1)


@pytest.mark.parametrize(("offset", "unit"), [(10_000, OffsetUnit.month), (10_000, OffsetUnit.day)])
def test_a_plan_beyond_the_calendar_is_refused(offset: int, unit: OffsetUnit) -> None:
    with pytest.raises(DateOutOfRange):
        day_at(date(2199, 1, 1), offset, unit)


@given(st.dates(date(1990, 1, 1), date(2100, 1, 1)), st.integers(0, 240))
def test_months_never_overshoot_their_month(anchor: date, months: int) -> None:
    later = day_at(anchor, months, OffsetUnit.month)
    assert (later.year * 12 + later.month) - (anchor.year * 12 + anchor.month) == months


@pytest.mark.parametrize(
    ("offsets", "days", "start", "due"),
    [
        ((1, 2), None, date(2020, 10, 1), date(2020, 11, 1)),
        ((1, 2), 61, date(2020, 10, 1), date(2020, 11, 1)),
        ((1, 2), 91, date(2020, 10, 31), date(2020, 12, 1)),
        ((1, 2), 20, date(2020, 9, 1), date(2020, 9, 21)),
        ((1, 2), 0, date(2020, 9, 1), date(2020, 9, 1)),
        ((None, 2), 20, None, date(2020, 9, 21)),
    ],
)
def test_another_offset_moves_a_step_that_keeps_its_time(
    offsets: tuple[int | None, int], days: int | None, start: date | None, due: date
) -> None:
    step = _step(start_offset=offsets[0], offset=offsets[1])
    [m] = plan_at([step], DUE, offset_days=[days])
    assert (m.start_on, m.due_on) == (start, due)


def test_an_offset_beyond_the_calendar_is_refused() -> None:
    with pytest.raises(DateOutOfRange):
        plan_at([_step()], DUE, offset_days=[10**9])


def test_a_plan_is_named_in_chinese_unless_asked_otherwise() -> None:
    assert [m.name for m in plan_at([_step()], DUE)] == ["启动会"]


def test_a_plan_can_be_named_in_english() -> None:
    assert [m.name for m in plan_at([_step()], DUE, chinese=False)] == ["Kick-off"]


def test_a_planned_milestone_takes_its_marks_and_evidence_from_the_template() -> None:
    marks = {"is_key": True, "is_gate": True, "evidence_kind": "photo", "evidence_hint_zh": "合影"}
    [m] = plan_at([_step(**marks)], DUE)
    assert (m.is_key, m.is_gate, m.evidence_kind, m.evidence_hint) == (True, True, EvidenceKind.photo, "合影")


def test_a_step_without_start_gives_a_milestone_without_one() -> None:
    assert plan_at([_step()], DUE)[0].start_on is None


def test_a_step_starts_by_the_same_unit() -> None:
    [m] = plan_at([_step(start_offset=10, offset=20, offset_unit="day")], DUE)
    assert (m.start_on, m.due_on) == (date(2020, 9, 11), date(2020, 9, 21))


def test_an_empty_plan_cannot_be_approved() -> None:
    assert [type(p) for p in problems_of([])] == [PlanEmpty]


def test_a_plan_with_a_dateless_milestone_cannot_be_approved() -> None:
    assert [type(p) for p in problems_of([_milestone(due_on=None)])] == [DueMissing]


def test_a_plan_without_any_weight_cannot_be_approved() -> None:
    assert [type(p) for p in problems_of([_milestone(weight=0)])] == [WeightsZero]


def test_one_weight_is_enough() -> None:
    assert problems_of([_milestone(weight=0), _milestone(2, weight=1)]) == []


def test_nothing_changed_while_plan_and_approval_agree() -> None:
    assert changes_since([_milestone()], [_frozen()]) == []


def test_a_changed_due_and_weight_are_told_with_both_values() -> None:
    later = date(2020, 10, 1)
    assert changes_since([_milestone(due_on=later, weight=20)], [_frozen()]) == [
        PlanChange(1, "启动会", "due_on", DUE, later),
        PlanChange(1, "启动会", "weight", 10, 20),
    ]


def test_a_changed_name_is_no_change_of_the_plan() -> None:
    assert changes_since([_milestone(name="开工")], [_frozen()]) == []


def test_an_added_milestone_is_a_change() -> None:
    assert changes_since([_milestone(), _milestone(2)], [_frozen()]) == [PlanChange(2, "启动会", "added")]


def test_a_milestone_gone_from_the_plan_is_a_change() -> None:
    assert changes_since([], [_frozen()]) == [PlanChange(1, "", "removed")]

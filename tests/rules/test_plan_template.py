"""Plan templates as entered: weights that make the whole, steps in order, gates to land by."""

import pytest

from tracker.errors import InvalidInput, NotANumber, Required
from tracker.rules.plan_template import OffsetsOutOfOrder, WeightsNotWhole, checked_steps, gates_missing


def _step(weight: int = 100, **values: object) -> dict[str, object]:
    return {"name_zh": "启动", "name_en": "Kick-off", "offset": 1, "weight": weight} | values


def _problems(*steps: dict[str, object]) -> list[tuple[str, type]]:
    with pytest.raises(InvalidInput) as caught:
        checked_steps(list(steps))
    return [(p.field, type(p)) for p in caught.value.problems]


def test_weights_that_sum_to_100_hold() -> None:
    assert len(checked_steps([_step(60), _step(40)])) == 2


@pytest.mark.parametrize("weights", [(99,), (60, 41), (0,)])
def test_weights_that_do_not_are_refused(weights: tuple[int, ...]) -> None:
    assert _problems(*(_step(w) for w in weights)) == [("", WeightsNotWhole)]


@pytest.mark.parametrize("offset", [-1, 10_001, float("nan"), 1e308])
def test_an_offset_is_a_whole_number_to_10000(offset: float) -> None:
    assert _problems(_step(offset=offset)) == [("0.offset", NotANumber)]


def test_a_step_needs_both_names() -> None:
    assert _problems(_step(name_en=" ")) == [("0.name_en", Required)]


def test_a_step_due_before_it_starts_is_refused() -> None:
    assert _problems(_step(start_offset=2)) == [("0.offset", OffsetsOutOfOrder)]


def test_steps_need_not_ascend() -> None:
    assert [s.offset for s in checked_steps([_step(50, offset=9), _step(50, offset=1)])] == [9, 1]


@pytest.mark.parametrize(("gates", "missing"), [(0, True), (2, True), (3, False)])
def test_fewer_than_three_gates_are_warned_of(gates: int, *, missing: bool) -> None:
    assert gates_missing([{"is_gate": i < gates} for i in range(4)]) is missing

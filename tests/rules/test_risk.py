"""Risks: what they may say, and how much they weigh."""

from datetime import date
from typing import Any

import polars as pl
import pytest

from db.models import Risk
from tracker.errors import EndBeforeStart, InTheFuture, InvalidInput, NotANumber, Required
from tracker.rules.risk import Exposure, checked_closing, checked_risk, exposure, is_heavy, is_open

TODAY = date(2021, 6, 30)
OPENED = date(2021, 6, 1)


@pytest.mark.parametrize(
    ("product", "grade"),
    [
        (1, Exposure.low),
        (4, Exposure.low),
        (5, Exposure.moderate),
        (9, Exposure.moderate),
        (10, Exposure.high),
        (16, Exposure.high),
        (20, Exposure.severe),
        (25, Exposure.severe),
    ],
)
def test_a_product_has_its_grade(product: int, grade: Exposure) -> None:
    assert exposure(product) == grade


@pytest.mark.parametrize("field", ["likelihood", "impact"])
@pytest.mark.parametrize("value", [0, 6, None, float("nan")])
def test_likelihood_and_impact_run_from_1_to_5(field: str, value: object) -> None:
    with pytest.raises(InvalidInput) as raised:
        checked_risk({"title": "汛期", field: value})
    assert [(p.field, type(p)) for p in raised.value.problems] == [
        (field, Required if value is None else NotANumber)
    ]


def test_a_risk_needs_a_title() -> None:
    with pytest.raises(InvalidInput):
        checked_risk({"title": " "})


def _closing_problem(**values: Any) -> list[type]:
    values = {"closed_on": TODAY, "closing_note": "已排除"} | values
    with pytest.raises(InvalidInput) as raised:
        checked_closing(values, Risk(title="汛期", opened_on=OPENED), TODAY)
    return [type(p) for p in raised.value.problems]


def test_a_risk_is_not_closed_before_it_was_opened() -> None:
    assert _closing_problem(closed_on=date(2021, 5, 31)) == [EndBeforeStart]


def test_a_risk_is_not_closed_in_the_future() -> None:
    assert _closing_problem(closed_on=date(2021, 7, 1)) == [InTheFuture]


def test_closing_a_risk_needs_a_note() -> None:
    assert _closing_problem(closing_note=" ") == [Required]


@pytest.mark.parametrize(
    ("as_of", "opened"),
    [(date(2021, 5, 31), False), (OPENED, True), (date(2021, 6, 29), True), (TODAY, False)],
)
def test_a_risk_is_open_from_its_first_day_until_the_day_it_is_closed(as_of: date, opened: bool) -> None:
    frame = pl.DataFrame({"opened_on": [OPENED], "closed_on": [TODAY]})
    assert frame.select(is_open(as_of)).item() is opened


def test_a_risk_never_closed_stays_open() -> None:
    frame = pl.DataFrame(
        {"opened_on": [OPENED], "closed_on": [None]}, schema_overrides={"closed_on": pl.Date}
    )
    assert frame.select(is_open(TODAY)).item() is True


@pytest.mark.parametrize(("likelihood", "impact", "heavy"), [(3, 3, False), (2, 5, True), (5, 5, True)])
def test_high_and_severe_risks_are_heavy(likelihood: int, impact: int, heavy: bool) -> None:
    frame = pl.DataFrame({"likelihood": [likelihood], "impact": [impact]})
    assert frame.select(is_heavy()).to_series().item() is heavy

"""Which thresholds are in force on a day."""

from datetime import date
from typing import Any

import pytest

from tests.portfolio.timeline_facts import portfolio
from tracker.portfolio.threshold import thresholds_as_of
from tracker.rules.threshold import Thresholds

FROM = date(2021, 6, 30)


def _row(number: int, value: int, from_on: date = FROM, name: str = "behind_yellow_points") -> dict[str, Any]:
    return {"id": number, "name": name, "value": value, "from_on": from_on}


def test_without_any_change_the_defaults_are_in_force() -> None:
    assert thresholds_as_of(portfolio(), FROM) == Thresholds()


@pytest.mark.parametrize(
    ("as_of", "value"), [(date(2021, 6, 29), 10), (FROM, 15), (date(2021, 7, 1), 15), (date(2022, 1, 1), 20)]
)
def test_a_change_applies_from_its_day_on_and_not_before(as_of: date, value: int) -> None:
    facts = portfolio(threshold=[_row(1, 15), _row(2, 20, date(2022, 1, 1))])
    assert thresholds_as_of(facts, as_of).behind_yellow_points == value


def test_a_change_leaves_the_other_thresholds_alone() -> None:
    assert thresholds_as_of(portfolio(threshold=[_row(1, 15)]), FROM) == Thresholds(behind_yellow_points=15)


def test_a_name_the_product_no_longer_knows_is_left_out() -> None:
    assert thresholds_as_of(portfolio(threshold=[_row(1, 15, name="colour")]), FROM) == Thresholds()


def test_the_order_of_rows_does_not_matter() -> None:
    rows = [_row(2, 20, date(2021, 6, 29)), _row(1, 15), _row(3, 12, date(2021, 1, 1))]
    assert thresholds_as_of(portfolio(threshold=rows), FROM).behind_yellow_points == 15

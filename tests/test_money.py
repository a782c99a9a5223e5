"""Amounts as people type them."""

import pytest

from tracker.money import NotAnAmount, read_amount


@pytest.mark.parametrize(
    ("typed", "cents"),
    [
        ("", None),
        ("0", 0),
        ("20000000", 2_000_000_000),
        ("20,000,000.5", 2_000_000_050),
        ("2000万元", 2_000_000_000),
        ("1.5亿", 15_000_000_000),
        ("¥ 8.06 亿元", 80_600_000_000),
        ("２０００万", 2_000_000_000),
        ("0.01", 1),
    ],
)
def test_an_amount_is_read_as_exact_cents(typed: str, cents: int | None) -> None:
    assert read_amount(typed) == cents


@pytest.mark.parametrize(
    "typed", ["abc", "-5", "1,00", "1.001", "NaN", "1e308", "9" * 30, "5 million", "２０，0万"]
)
def test_what_is_not_an_amount_is_refused_and_named(typed: str) -> None:
    with pytest.raises(NotAnAmount) as refusal:
        read_amount(typed)
    assert refusal.value.details["text"] == typed

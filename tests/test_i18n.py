"""Words, dates, numbers and money in both languages."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from tracker.i18n import language_for, words_in

ZH, EN = words_in("zh_CN"), words_in("en")


@pytest.mark.parametrize(
    ("locale", "language"),
    [("zh-CN", "zh_CN"), ("zh-TW", "zh_CN"), ("en-GB", "en"), ("fr", "en"), (None, "en")],
)
def test_the_browser_decides_the_language_at_first(locale: str | None, language: str) -> None:
    assert language_for(locale) == language


def test_an_unknown_language_is_english() -> None:
    assert words_in("xx").language == "en"


def test_a_message_is_translated_and_filled() -> None:
    message = "The end {end} is before the start {start}."
    filled = ZH.text(message, end=date(2020, 7, 1), start=date(2020, 7, 17))
    assert filled == "结束日期 2020-07-01 早于开始日期 2020-07-17。"


def test_typed_braces_do_not_disturb_a_message() -> None:
    assert EN.text("{who} came", who="{x}") == "{x} came"


@pytest.mark.parametrize(
    ("cents", "chinese", "english"),
    [
        (2_000_000_000, "2,000万元", "¥20,000,000"),
        (15_000_000_000, "1.5亿元", "¥150,000,000"),
        (12_345, "123.45元", "¥123.45"),
        (None, "", ""),
        (0, "0元", "¥0"),
    ],
)
def test_money_is_written_as_each_language_does(cents: int | None, chinese: str, english: str) -> None:
    assert (ZH.money(cents), EN.money(cents).replace("CN", "")) == (chinese, english)


def test_another_currency_keeps_its_sign() -> None:
    assert ZH.money(100_000, "USD") == "US$1,000"


def test_a_long_date_is_written_as_each_language_does() -> None:
    day = date(2020, 7, 17)
    assert (ZH.long_date(day), EN.long_date(day)) == ("2020年7月17日", "17 July 2020")


def test_an_instant_is_shown_in_the_organisations_zone() -> None:
    moment = datetime(2020, 7, 16, 16, 30, tzinfo=UTC)
    assert ZH.instant(moment, ZoneInfo("Asia/Shanghai")) == "2020-07-17 00:30"


def test_a_missing_share_is_blank_and_never_zero() -> None:
    assert (EN.percent(None), EN.percent(0.125)) == ("", "12.5%")


def test_names_fall_back_to_the_other_language() -> None:
    assert (EN.name("醴陵市", ""), ZH.name("", "Liling")) == ("醴陵市", "Liling")


@pytest.mark.parametrize(
    ("share", "points"),
    [(0.029, "+2.9"), (-0.029, "-2.9"), (0.0, "0"), (-0.0, "0"), (-0.0004, "0"), (1.0, "+100.0"), (None, "")],
)
def test_points_carry_their_sign_unless_they_are_nothing(share: float | None, points: str) -> None:
    assert EN.points(share) == points

"""The product's words in English and Simplified Chinese, and dates, numbers and money as each writes them.

English is the language of the code, so a message is its own English. Catalogues are read once.
"""

import datetime as dt
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from babel import dates, numbers
from babel.messages.pofile import read_po

LANGUAGES = {"zh_CN": "中文", "en": "English"}
_LOCALES = Path(__file__).parent.parent / "locales"


class Words:
    """One language: its texts and its ways of writing dates, numbers and money."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._texts = _catalogue(language)

    def __reduce__(self) -> tuple[Any, ...]:
        return words_in, (self.language,)

    @property
    def is_chinese(self) -> bool:
        """Whether Chinese names come first."""
        return self.language == "zh_CN"

    def text(self, message: str, **values: Any) -> str:
        """Return `message` in this language with its `{placeholders}` filled; dates are written out."""
        translated = self._texts.get(message, message)
        if not values:
            return translated
        return translated.format(**{name: self._plain(value) for name, value in values.items()})

    def date(self, day: dt.date | None) -> str:
        """Write a day the ISO way, which both languages read alike; an empty text for None."""
        return day.isoformat() if day else ""

    def long_date(self, day: dt.date) -> str:
        """Write a day in words: 17 July 2020, 2020年7月17日."""
        pattern = "y年M月d日" if self.is_chinese else "d MMMM y"
        return dates.format_date(day, pattern, locale=self.language)

    def month(self, day: dt.date) -> str:
        """Write the month of a day in words: June 2021, 2021年6月."""
        return dates.format_date(day, "y年M月" if self.is_chinese else "MMMM y", locale=self.language)

    def weekday(self, day: dt.date) -> str:
        """Write a day's weekday in short: Mon, 周一."""
        return dates.format_date(day, "EEE", locale=self.language)

    def instant(self, moment: dt.datetime | None, zone: ZoneInfo) -> str:
        """Write an instant in the organisation's zone, to the minute."""
        return moment.astimezone(zone).strftime("%Y-%m-%d %H:%M") if moment else ""

    def number(self, value: float | None) -> str:
        """Write a number with thousands separators; an empty text for None."""
        return "" if value is None else numbers.format_decimal(value, locale=self.language)

    def ratio(self, n: float | None, of: float | None) -> str:
        """Write n of N: 1,355/1,502."""
        return f"{self.number(n)}/{self.number(of)}"

    def percent(self, share: float | None) -> str:
        """Write a share of one as a percentage with one decimal at most; an empty text for None."""
        return "" if share is None else numbers.format_percent(share, "#,##0.#%", locale=self.language)

    def points(self, share: float | None) -> str:
        """Write a difference of shares as signed points with one decimal: +2.9; an empty text for None."""
        if share is None:
            return ""
        points = round(100 * share, 1)
        # What rounds to nothing has no sign.
        return f"{points:+.1f}" if points else "0"

    def money(self, cents: int | None, currency: str = "CNY") -> str:
        """Write an amount: 2,000万元 or 1.5亿元 in Chinese, ¥20,000,000 in English."""
        if cents is None:
            return ""
        if self.is_chinese and currency == "CNY":
            for size, unit in ((10**10, "亿元"), (10**6, "万元")):
                if cents >= size:
                    return f"{numbers.format_decimal(cents / size, '#,##0.####', locale='zh_CN')}{unit}"
            return f"{numbers.format_decimal(cents / 100, '#,##0.##', locale='zh_CN')}元"
        return numbers.format_currency(
            cents / 100, currency, "¤#,##0.##", locale=self.language, currency_digits=False
        )

    def name(self, zh: str, en: str) -> str:
        """Choose between a thing's Chinese and English name."""
        return (zh or en) if self.is_chinese else (en or zh)

    def _plain(self, value: Any) -> Any:
        return (
            self.date(value) if isinstance(value, dt.date) and not isinstance(value, dt.datetime) else value
        )


@cache
def words_in(language: str) -> Words:
    """Return the words of `language`, English for one the product does not speak."""
    return Words(language if language in LANGUAGES else "en")


def language_for(locale: str | None) -> str:
    """Return the language for a browser's locale: Chinese for any `zh`, otherwise English."""
    return "zh_CN" if (locale or "").lower().startswith("zh") else "en"


@cache
def _catalogue(language: str) -> dict[str, str]:
    texts: dict[str, str] = {}
    for path in sorted((_LOCALES / language).glob("*.po")):
        with path.open("rb") as file:
            catalogue = read_po(file, locale=language)
        texts |= {str(m.id): str(m.string) for m in catalogue if m.id and m.string}
    return texts

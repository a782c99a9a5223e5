"""Moments as addresses and command lines write them, in the organisation's zone."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.rules.moment import NotAMoment, moment_at, read_moment, written_moment

SHANGHAI, BERLIN = ZoneInfo("Asia/Shanghai"), ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize(
    ("text", "zone", "instant"),
    [
        ("2021-06-30", SHANGHAI, datetime(2021, 6, 30, 15, 59, 59, 999_999, UTC)),
        ("2021-06-30T14:30", SHANGHAI, datetime(2021, 6, 30, 6, 30, 59, 999_999, UTC)),
        (" 2021-06-30 00:00 ", SHANGHAI, datetime(2021, 6, 29, 16, 0, 59, 999_999, UTC)),
        ("2020-02-29", SHANGHAI, datetime(2020, 2, 29, 15, 59, 59, 999_999, UTC)),
        ("2021-03-28", BERLIN, datetime(2021, 3, 28, 21, 59, 59, 999_999, UTC)),
        ("2021-10-31", BERLIN, datetime(2021, 10, 31, 22, 59, 59, 999_999, UTC)),
    ],
)
def test_a_day_and_a_minute_mean_their_end(text: str, zone: ZoneInfo, instant: datetime) -> None:
    assert read_moment(text, zone) == instant


@pytest.mark.parametrize(
    "text",
    ["", "today", "2021-02-29", "2021-06-30T24:00", "2021-6-3", "9999-12-31", "1900-01-01", "2021-06-30T"],
)
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(NotAMoment):
        read_moment(text, SHANGHAI)


@given(day=st.dates(date(1990, 1, 1), date(2199, 12, 31)), at=st.none() | st.times())
def test_what_is_written_is_read_as_the_same_moment(day: date, at: time | None) -> None:
    at = at.replace(second=0, microsecond=0) if at else None
    moment = moment_at(day, at, SHANGHAI)
    assert read_moment(written_moment(moment, SHANGHAI), SHANGHAI) == moment

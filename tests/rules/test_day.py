"""Days as people write and paste them: the plain ones are read, the doubtful ones are named."""

from contextlib import suppress
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.errors import DateOutOfRange, TrackerError
from tracker.rules.day import AmbiguousDay, NoSuchDay, NotADay, RepublicanDay, SerialDay, read_day

SUMMIT = date(2020, 7, 17)
WRITINGS = ("%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y%m%d", "%Y年%m月%d日")


@pytest.mark.parametrize(
    "text",
    [
        "2020/7/17",
        "2020-7-17",
        "2020.7.17",
        "20200717",
        "2020年7月17日",
        "2020年07月17日",
        "2020年7月17",
        "２０２０/７/１７",
        "２０２０年７月１７日",
        "２０２０．７．１７",
        " 2020-07-17\u3000",
        "2020 年 7 月 17 日",
    ],
)
def test_the_usual_writings_are_read(text: str) -> None:
    assert read_day(text) == SUMMIT


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("3/4/2020", AmbiguousDay),
        ("17-7-20", AmbiguousDay),
        ("44029", SerialDay),
        ("44029.0", SerialDay),
        ("民国109年7月17日", RepublicanDay),
        ("中华民国一百零九年", RepublicanDay),
        ("2020-02-30", NoSuchDay),
        ("20201301", NoSuchDay),
        ("2021-02-29", NoSuchDay),
        ("长期", NotADay),
        ("至今", NotADay),
        ("-", NotADay),
        ("2020-07", NotADay),
        ("2020-07-17T00:00", NotADay),
        ("tomorrow", NotADay),
        ("1949-09-30", DateOutOfRange),
        ("2200-01-01", DateOutOfRange),
    ],
)
def test_a_doubtful_day_is_a_problem_with_a_name(text: str, problem: type[TrackerError]) -> None:
    with pytest.raises(problem):
        read_day(text)


@pytest.mark.parametrize("text", ["", "  ", "\u3000"])
def test_a_blank_is_no_day(text: str) -> None:
    assert read_day(text) is None


@given(st.integers(0, 91_000).map(lambda n: date(1949, 10, 1) + timedelta(days=n)), st.sampled_from(WRITINGS))
def test_every_day_is_read_as_it_was_written(day: date, writing: str) -> None:
    assert read_day(day.strftime(writing)) == day


@given(st.text(max_size=30))
def test_any_text_is_a_day_or_a_named_problem(text: str) -> None:
    with suppress(TrackerError):
        assert isinstance(read_day(text), date | None)

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from tests.charts.sample import VIEW, two_counties
from tests.charts.stored import assert_as_stored
from tracker.charts.picture import picture, specification
from tracker.charts.year_strip import picked_period, strip_frame, year_strip_chart
from tracker.i18n import words_in

ZH = words_in("zh_CN")


def test_months_are_counted_by_group_without_the_cancelled() -> None:
    assert strip_frame(two_counties().milestones).rows() == [
        (date(2021, 2, 1), "met", 1),
        (date(2021, 3, 1), "open", 1),
        (date(2021, 3, 1), "overdue", 1),
        (date(2021, 4, 1), "open", 1),
    ]


def test_the_specification_is_valid_and_as_stored() -> None:
    months = strip_frame(two_counties().milestones)
    assert_as_stored(year_strip_chart(months, VIEW, ZH), "year_strip")


def test_groups_stand_on_one_another_overdue_first() -> None:
    spec = specification(year_strip_chart(strip_frame(two_counties().milestones), VIEW, ZH), 900)
    march = [r for r in spec["datasets"]["frame_1"] if r["month_on"].startswith("2021-03")]
    assert [(r["said"], r["low"], r["high"]) for r in march] == [("已逾期", 0, 1), ("未完成", 1, 2)]


def test_the_brush_picks_along_x() -> None:
    (param,) = year_strip_chart(strip_frame(two_counties().milestones), VIEW, ZH).to_dict(validate=True)[
        "params"
    ]
    assert (param["name"], param["select"]) == ("period", {"type": "interval", "encodings": ["x"]})


def test_a_strip_can_be_drawn() -> None:
    assert picture(year_strip_chart(strip_frame(two_counties().milestones), VIEW, ZH), "svg").startswith(
        b"<svg"
    )


@pytest.mark.parametrize("zone", ["Asia/Shanghai", "America/New_York", "Europe/London"])
def test_a_viewers_midnights_become_the_days_that_were_meant(zone: str) -> None:
    ends = [datetime(2021, 9, 1, tzinfo=ZoneInfo(zone)), datetime(2020, 10, 16, tzinfo=ZoneInfo(zone))]
    period = picked_period({"month_on": [end.astimezone(UTC).timestamp() * 1000 for end in ends]})
    assert period == (date(2020, 10, 16), date(2021, 9, 1))


def test_no_brush_is_no_period() -> None:
    assert picked_period({}) is None


def test_no_milestone_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one milestone"):
        year_strip_chart(strip_frame(two_counties().milestones.clear()), VIEW, ZH)

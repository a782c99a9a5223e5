"""Links with days: on which they hold, and which of them make a loop together."""

from datetime import date

import pytest

from tracker.rules.dependency import DatedLink, loop_on_some_day

FIRST, SECOND, THIRD, LAST = (date(2021, month, 1) for month in (1, 2, 3, 4))


@pytest.mark.parametrize(
    ("day", "holds"),
    [
        (date(2020, 12, 31), False),
        (FIRST, True),
        (date(2021, 1, 31), True),
        (SECOND, False),
        (LAST, False),
    ],
)
def test_a_link_holds_from_its_day_to_the_day_before_it_is_lifted(day: date, holds: bool) -> None:
    assert DatedLink(1, 2, FIRST, SECOND).holds_on(day) is holds


def test_a_link_lifted_on_the_day_it_was_agreed_never_held() -> None:
    assert not DatedLink(1, 2, FIRST, FIRST).holds_on(FIRST)


def test_a_link_that_is_not_lifted_holds_on_every_later_day() -> None:
    assert DatedLink(1, 2, FIRST).holds_on(date(2199, 12, 31))


@pytest.mark.parametrize(
    ("links", "loop"),
    [
        ([DatedLink(2, 1, FIRST)], [2, 1]),
        ([DatedLink(2, 1, FIRST, SECOND)], []),
        ([DatedLink(2, 1, FIRST, THIRD)], [2, 1]),
        ([DatedLink(2, 1, LAST)], [2, 1]),
        ([DatedLink(2, 1, LAST, LAST)], []),
        # Two links that never hold on one day make no loop with a third.
        ([DatedLink(2, 3, FIRST, THIRD), DatedLink(3, 1, THIRD)], []),
        ([DatedLink(2, 3, FIRST, LAST), DatedLink(3, 1, THIRD)], [2, 3, 1]),
    ],
)
def test_only_links_of_one_day_make_a_loop(links: list[DatedLink], loop: list[int]) -> None:
    assert loop_on_some_day(DatedLink(1, 2, SECOND), links) == loop

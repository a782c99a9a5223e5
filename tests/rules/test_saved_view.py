"""What of an address is kept as a view, and what is refused."""

from datetime import date

import pytest

from tracker.errors import InvalidInput, Required, TooLong
from tracker.rules.saved_view import (
    AddressTooLong,
    NoViewsHere,
    checked_saved_view,
    read_query,
    written_query,
)

VALUES = {"name": "湖南逾期", "page": "timeline", "query": "region=430000"}
DAY = date(2021, 6, 30)


@pytest.mark.parametrize(
    ("parameters", "day", "query"),
    [
        ({}, None, ""),
        ({}, DAY, "as_of=2021-06-30"),
        ({"as_of": ["2020-12-31"]}, None, ""),
        ({"as_of": ["2020-12-31"]}, DAY, "as_of=2021-06-30"),
        ({"region": ["43"], "light": ["red", "yellow"]}, None, "light=red&light=yellow&region=43"),
        ({"known": ["2021-06-30T18:00"]}, None, "known=2021-06-30T18%3A00"),
        ({"view": ["7"], "via": ["2"], "q": ["a&b=c"]}, None, "q=a%26b%3Dc"),
        ({"q": [""]}, None, ""),
    ],
)
def test_what_is_chosen_is_kept_in_order_with_the_day_asked_for(
    parameters: dict[str, list[str]], day: date | None, query: str
) -> None:
    assert written_query(parameters, day) == query


def test_what_is_kept_is_read_as_it_was_written() -> None:
    chosen = {"q": ["a&b=c 县 +%"], "region": ["-3"], "light": ["red", "yellow"]}
    assert read_query(written_query(chosen, None)) == chosen


def test_a_kept_query_leads_to_no_other_view() -> None:
    assert read_query("view=3&via=1&region=43") == {"region": ["43"]}


@pytest.mark.parametrize(
    ("changed", "problem"),
    [
        ({"name": " "}, Required),
        ({"name": "湖" * 61}, TooLong),
        ({"query": "q=" + "x" * 3_999}, AddressTooLong),
        ({"page": "log"}, NoViewsHere),
        ({"page": "project"}, NoViewsHere),
        ({"page": "https://example.org"}, NoViewsHere),
    ],
)
def test_a_view_is_refused(changed: dict[str, str], problem: type[Exception]) -> None:
    with pytest.raises(InvalidInput) as refused:
        checked_saved_view(VALUES | changed)
    assert [type(p) for p in refused.value.problems] == [problem]


@pytest.mark.parametrize(
    "changed", [{"name": "湖" * 60}, {"query": "q=" + "x" * 3_998}, {"page": ""}, {"query": ""}]
)
def test_a_view_holds_at_its_limits(changed: dict[str, str]) -> None:
    assert checked_saved_view(VALUES | changed).model_dump().items() >= changed.items()

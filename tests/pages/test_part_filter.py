"""The part of the work in the address of a review page: one way to read it, whatever somebody typed there."""

from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.list_screen import look
from tracker.services.desk import Desk

FILTERS = ("region", "pillar", "event")


def _chosen(app: AppTest) -> dict[str, str | None]:
    return {name: app.selectbox(key=f"filter_{name}").value for name in FILTERS}


@pytest.mark.parametrize(
    ("address", "chosen"),
    [
        ({}, {}),
        ({"region": ["18"], "pillar": ["2"], "event": ["1"]}, {"region": "18", "pillar": "2", "event": "1"}),
        ({"pillar": ["1", "2"]}, {"pillar": "1"}),
        ({"region": ["0"], "pillar": ["99"], "event": ["-1"]}, {}),
        ({"region": ["１８"], "pillar": ["1.0"], "event": [" 1"]}, {}),
    ],
)
def test_a_part_is_what_the_address_names_and_exists(
    demonstration: Desk, address: dict[str, list[str]], chosen: dict[str, str]
) -> None:
    assert _chosen(look("overview.py", address)) == dict.fromkeys(FILTERS) | chosen


def test_clearing_takes_the_whole_part_out(demonstration: Desk) -> None:
    app = look("overview.py", {"region": ["18"], "pillar": ["2"], "as_of": ["2021-06-30"]})
    app.button(key="filter_clear").click().run()
    assert _chosen(app) == dict.fromkeys(FILTERS)
    assert app.query_params["as_of"] == "2021-06-30"


@pytest.mark.parametrize(
    ("as_of", "since"),
    [
        ("2021-06-30", date(2021, 5, 31)),
        ("2021-06-01", date(2021, 5, 31)),
        ("2021-01-15", date(2020, 12, 31)),
        ("2020-03-31", date(2020, 2, 29)),
        ("1949-10-01", date(1949, 10, 1)),
        ("2199-12-31", date(2199, 11, 30)),
    ],
)
def test_the_day_compared_with_is_the_end_of_the_month_before(
    demonstration: Desk, as_of: str, since: date
) -> None:
    assert look("overview.py", {"as_of": [as_of]}).date_input(key="filter_since").value == since

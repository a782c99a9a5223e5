"""Addresses edited by hand: every page opens with its title, whatever stands behind the question mark."""

import pytest

from tests.pages.project_screen import at
from tracker.services.desk import Desk

PAGES = (
    "agreement agreements attention briefing counties county history log milestones months overview"
    " plan_templates project projects pushed_out restatement search signing_event signing_events thresholds"
    " timeline what_if working_days"
)
ODD = [
    {"id": "abc", "agreement": "abc", "event": "x", "county": "x", "project": "x", "renewal_of": "x"},
    {"id": "999999", "event": "999999", "county": "999999", "project": "999999"},
    {"agreement": "999999", "renewal_of": "999999"},
    {
        "id": "1",
        "as_of": "9999-99-99",
        "region": "x",
        "page": "-1",
        "status": "nonsense",
        "state": "nonsense",
    },
    {"id": "1", "as_of": "2099-01-01", "page": "9" * 30, "before": "-1", "from": "z", "to": "2020-13-01"},
    {"id": "1", "as_of": "1900-01-01", "region": "999999", "q": "%_\\'\";--"},
    {"id": "9" * 20, "as_of": "9999-12-31", "from": "2022-01-01", "to": "2021-01-01"},
    # The last day there is: everything unmet is overdue for longer than a century and a half.
    {"id": "1", "as_of": "2199-12-31", "known_at": "2199-12-31T23:59", "section": "charts"},
    {"id": "-1", "as_of": "1949-01-01", "known_at": "1949-01-01", "project": "-1", "region": "-1"},
    {"id": "1e9", "known_at": "0000-00-00T99:99", "shift": "1e9", "look": "9999-12-31", "section": "x"},
    {"id": "1", "project": "1", "shift": "3650", "look": "2199-12-31", "section": "updates"},
    {"id": "²", "project": "²", "agreement": "²", "region": "²", "page": "²", "unit": "²", "trend": "²"},
]


@pytest.mark.parametrize("page", PAGES.split())
@pytest.mark.parametrize("address", ODD, ids=range(len(ODD)))
def test_a_page_opens_at_an_odd_address(demonstration: Desk, page: str, address: dict[str, str]) -> None:
    assert at(f"{page}.py", **address).title

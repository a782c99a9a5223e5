"""Landing as people with different areas read it, and as it was known at an earlier moment."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from db.models.base import utc_now
from tests.agreement_samples import LILING, SUMMIT, logged
from tracker.services.desk import Desk
from tracker.services.landing import (
    Grouping,
    Part,
    list_cohorts,
    read_follow_ups,
    read_landings,
    read_promise,
)
from tracker.services.signing_event import hold_signing_event

YEAR_LATER = date(2021, 7, 17)
XIXIU = "520402"


def _signed(desk: Desk, kind: Grouping = Grouping.year) -> list[int]:
    return read_landings(desk, YEAR_LATER, kind, Part()).cohorts["signed"].to_list()


def test_everybody_sees_the_cohorts_of_their_area(dora: Desk, bob: Desk) -> None:
    logged(dora, LILING)
    logged(dora, XIXIU)
    assert (_signed(dora), _signed(bob)) == ([2], [1])


def test_a_joint_agreement_is_seen_from_both_sides_of_a_border(dora: Desk, bob: Desk) -> None:
    logged(dora, LILING, XIXIU, joint=True)
    assert (_signed(dora, Grouping.province), _signed(bob)) == ([1, 1], [1])


def test_the_list_of_a_cohort_holds_its_agreements_with_their_outcome(dora: Desk) -> None:
    kept = logged(dora, LILING)
    logged(dora, LILING, signed_on=date(2019, 3, 1), effective_on=date(2019, 3, 1))
    rows = list_cohorts(dora, YEAR_LATER, (Grouping.year, Part()), [2020])
    assert rows.select("id", "outcome", "waited_days").rows() == [(kept, "open", 365)]


def test_what_was_recorded_later_was_not_known_then(dora: Desk) -> None:
    logged(dora, LILING)
    moment = utc_now()
    logged(dora, XIXIU)
    back = replace(dora, known_at=moment)
    assert (_signed(back), _signed(dora)) == ([1], [2])


@pytest.mark.parametrize("days", [30, 90])
def test_an_event_is_followed_up_within_the_area(dora: Desk, bob: Desk, days: int) -> None:
    event = hold_signing_event(dora, {"name": "峰会", "held_on": SUMMIT})
    logged(dora, LILING, event_id=event)
    logged(dora, XIXIU, event_id=event)
    as_of = SUMMIT + timedelta(days=days)
    signed = [read_follow_ups(desk, as_of, Part(event_id=event))["signed"][-1] for desk in (dora, bob)]
    promised = [read_promise(desk, as_of, event).agreements for desk in (dora, bob)]
    assert (signed, promised) == ([2, 1], [2, 1])

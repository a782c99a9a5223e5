"""The warning before one agreement is logged twice."""

from datetime import date, timedelta
from typing import Any

import pytest

from tests.agreement_samples import LILING, NAN, PARTNER, SUMMIT, log_values, logged
from tests.conftest import division_id
from tracker.services.agreement_twin import likely_duplicates
from tracker.services.desk import Desk


def _numbers(desk: Desk, *codes: str, **changed: Any) -> list[str]:
    return [twin.number for twin in likely_duplicates(desk, log_values(desk, *codes, **changed))]


def test_the_same_agreement_again_is_warned_of(alice: Desk) -> None:
    logged(alice)
    assert _numbers(alice) == ["430281-2020-F-001"]


@pytest.mark.parametrize(("days", "found"), [(-31, 0), (-30, 1), (30, 1), (31, 0)])
def test_thirty_days_apart_is_near_and_one_more_is_not(alice: Desk, days: int, found: int) -> None:
    logged(alice)
    day = SUMMIT + timedelta(days=days)
    assert len(_numbers(alice, signed_on=day, effective_on=day)) == found


def test_another_county_kind_or_partner_is_another_agreement(alice: Desk) -> None:
    logged(alice)
    other = [
        {"side": "county", "division_id": division_id(alice.database, LILING)},
        {"side": "partner", "name": "别的公司"},
    ]
    assert _numbers(alice, NAN) + _numbers(alice, kind="contract") + _numbers(alice, parties=other) == []


def test_one_of_several_counties_is_enough(alice: Desk) -> None:
    logged(alice)
    assert _numbers(alice, NAN, LILING) == ["430281-2020-F-001"]


def test_a_partner_written_with_other_blanks_and_widths_is_the_same(alice: Desk) -> None:
    logged(alice)
    values = log_values(alice)
    values["parties"][1]["name"] = f" {PARTNER} "
    assert likely_duplicates(alice, values)


def test_the_same_title_is_warned_of_wherever_it_is(alice: Desk) -> None:
    logged(alice, title="数字乡村合作")
    [twin] = likely_duplicates(alice, log_values(alice, NAN, title="数字乡村 合作", kind="contract"))
    assert twin.same_title


def test_two_unsigned_ones_of_the_same_parties_are_warned_of(alice: Desk) -> None:
    logged(alice, stage="negotiating")
    assert len(_numbers(alice, stage="draft")) == 1


def test_what_a_renewal_renews_is_not_its_duplicate(alice: Desk) -> None:
    one = logged(alice, title="数字乡村合作")
    assert _numbers(alice, title="数字乡村合作", renewal_of_id=one) == []


def test_a_form_that_does_not_hold_yet_has_no_duplicates(alice: Desk) -> None:
    logged(alice)
    assert _numbers(alice, signed_on=None) == []


def test_nothing_outside_the_scope_is_told(alice: Desk, charlie: Desk) -> None:
    logged(alice)
    assert _numbers(charlie) == []


def test_an_agreement_of_another_year_is_not_near(alice: Desk) -> None:
    logged(alice, signed_on=date(2019, 7, 17), effective_on=None)
    assert _numbers(alice) == []

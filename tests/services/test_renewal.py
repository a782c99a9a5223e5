"""Notices of non-renewal, renewals and upgrades."""

from datetime import date, timedelta
from typing import Any

import pytest

from tests.agreement_samples import SUMMIT, logged
from tracker.errors import EndBeforeStart, InvalidInput, NotAllowed, NotFound
from tracker.rules.termination import NotSigned
from tracker.services.agreement import log_agreements
from tracker.services.agreement_file import read_agreement
from tracker.services.desk import Desk
from tracker.services.renewal import NoticeGiven, give_notice, renewal_values, upgrade_values


def _standing(desk: Desk, agreement_id: int, day: date) -> dict[str, Any]:
    standing = read_agreement(desk, agreement_id, day).standing
    assert standing is not None
    return standing


def test_a_notice_in_time_stops_the_renewal(alice: Desk) -> None:
    one = logged(alice, renewals_allowed=1)
    give_notice(alice, one, date(2023, 4, 17))
    assert _standing(alice, one, date(2024, 1, 1))["status"] == "expired"


def test_a_notice_a_day_late_does_not_stop_it(alice: Desk) -> None:
    one = logged(alice, renewals_allowed=1)
    give_notice(alice, one, date(2023, 4, 18))
    assert _standing(alice, one, date(2024, 1, 1))["term_end_on"] == date(2026, 7, 16)


def test_a_notice_can_be_taken_back(alice: Desk) -> None:
    one = logged(alice, renewals_allowed=1)
    give_notice(alice, one, date(2023, 4, 17))
    give_notice(alice, one, None)
    assert _standing(alice, one, date(2024, 1, 1))["status"] == "active"


def test_a_notice_is_not_overwritten_by_another(alice: Desk) -> None:
    one = logged(alice, renewals_allowed=1)
    give_notice(alice, one, date(2023, 4, 17))
    with pytest.raises(NoticeGiven):
        give_notice(alice, one, date(2023, 4, 18))


def test_a_notice_before_signing_is_refused(alice: Desk) -> None:
    with pytest.raises(EndBeforeStart):
        give_notice(alice, logged(alice), SUMMIT - timedelta(days=1))


def test_a_notice_in_the_future_is_refused_beside_its_field(alice: Desk) -> None:
    with pytest.raises(InvalidInput) as refusal:
        give_notice(alice, logged(alice), alice.today + timedelta(days=1))
    assert [p.field for p in refusal.value.problems] == ["given_on"]


def test_no_notice_about_an_unsigned_agreement(alice: Desk) -> None:
    with pytest.raises(NotSigned):
        give_notice(alice, logged(alice, stage="draft"), SUMMIT)


def test_a_renewal_starts_from_the_day_after_the_end_with_the_same_terms(alice: Desk) -> None:
    one = logged(alice, owner="周", pillar_ids=[2])
    values = renewal_values(alice, one)
    assert (values["effective_on"], values["term_months"]) == (date(2023, 7, 17), 36)
    assert (values["owner"], values["pillar_ids"], values["renewal_of_id"]) == ("周", [2], one)


def test_a_signed_renewal_supersedes_from_the_day_it_takes_effect(alice: Desk) -> None:
    one = logged(alice)
    log_agreements(alice, renewal_values(alice, one) | {"signed_on": date(2023, 6, 1)}, "t")
    days = (date(2023, 7, 16), date(2023, 7, 17))
    assert [_standing(alice, one, d)["status"] for d in days] == ["expiring", "superseded"]


def test_an_upgrade_is_one_kind_stronger_and_points_back(alice: Desk) -> None:
    one = logged(alice)
    values = upgrade_values(alice, one)
    assert (values["kind"], values["parent_id"]) == ("specific", one)


def test_the_upgrade_stands_on_the_page_of_the_framework(alice: Desk) -> None:
    one = logged(alice)
    [upgraded] = log_agreements(alice, upgrade_values(alice, one) | {"signed_on": date(2021, 6, 1)}, "t")
    assert [a.id for a in read_agreement(alice, one, alice.today).relatives] == [upgraded]


def test_charlie_and_bob_cannot_give_notice_or_renew(alice: Desk, bob: Desk, charlie: Desk) -> None:
    one = logged(alice)
    for desk, refusal in ((bob, NotAllowed), (charlie, NotFound)):
        for act in (
            lambda d=desk: give_notice(d, one, SUMMIT),
            lambda d=desk: renewal_values(d, one),
            lambda d=desk: upgrade_values(d, one),
        ):
            with pytest.raises(refusal):
                act()


def test_what_is_outside_the_scope_cannot_be_renewed(alice: Desk, charlie: Desk) -> None:
    one = logged(alice)
    values = renewal_values(alice, one) | {"signed_on": date(2023, 6, 1)}
    with pytest.raises(NotFound):
        log_agreements(charlie, values, "t")

"""Supplementary agreements and suspensions of an agreement."""

from datetime import date, timedelta
from typing import Any

import pytest

from tests.agreement_samples import SUMMIT, logged
from tracker.errors import EditConflict, InvalidInput, NotAllowed, NotFound
from tracker.rules.termination import NotSigned
from tracker.services.agreement_file import read_agreement
from tracker.services.desk import Desk
from tracker.services.supplement import (
    add_supplement,
    archive_supplement,
    change_supplement,
    restore_supplement,
)
from tracker.services.suspension import archive_suspension, end_suspension, suspend_agreement

LONGER = {
    "title": "延长期限",
    "signed_on": date(2022, 3, 1),
    "effective_on": date(2022, 3, 1),
    "new_end_on": date(2025, 7, 16),
}
REST = {"from_on": date(2021, 2, 1), "to_on": date(2021, 5, 31), "reason": "疫情"}


def _standing(desk: Desk, agreement_id: int, day: date) -> dict[str, Any]:
    standing = read_agreement(desk, agreement_id, day).standing
    assert standing is not None
    return standing


def test_supplements_are_numbered_under_their_agreement(alice: Desk) -> None:
    one = logged(alice)
    add_supplement(alice, one, LONGER)
    add_supplement(alice, one, LONGER)
    numbers = [s.number for s in read_agreement(alice, one, alice.today).supplements]
    assert numbers == ["430281-2020-F-001-S1", "430281-2020-F-001-S2"]


def test_the_number_of_an_archived_supplement_is_not_used_again(dora: Desk) -> None:
    one = logged(dora)
    archive_supplement(dora, add_supplement(dora, one, LONGER), "wrong")
    add_supplement(dora, one, LONGER)
    assert [s.number for s in read_agreement(dora, one, dora.today).supplements] == ["430281-2020-F-001-S2"]


def test_a_supplement_that_changes_the_term_moves_the_end(alice: Desk) -> None:
    one = logged(alice)
    add_supplement(alice, one, LONGER)
    assert _standing(alice, one, date(2022, 3, 1))["term_end_on"] == date(2025, 7, 16)


def test_an_archived_supplement_no_longer_moves_the_end_until_restored(dora: Desk) -> None:
    one = logged(dora)
    supplement = add_supplement(dora, one, LONGER)
    archive_supplement(dora, supplement, "wrong")
    assert _standing(dora, one, date(2022, 3, 1))["term_end_on"] == date(2023, 7, 16)
    restore_supplement(dora, supplement)
    assert _standing(dora, one, date(2022, 3, 1))["term_end_on"] == date(2025, 7, 16)


def test_a_supplement_sent_twice_is_one(alice: Desk) -> None:
    one = logged(alice)
    assert add_supplement(alice, one, LONGER, token="t") == add_supplement(alice, one, LONGER, token="t")


def test_a_supplement_of_an_unsigned_agreement_is_refused(alice: Desk) -> None:
    one = logged(alice, stage="draft")
    with pytest.raises(NotSigned):
        add_supplement(alice, one, LONGER)


def test_a_supplement_that_ends_before_it_takes_effect_is_refused(alice: Desk) -> None:
    with pytest.raises(InvalidInput) as refusal:
        add_supplement(alice, logged(alice), LONGER | {"new_end_on": date(2022, 2, 28)})
    assert [p.field for p in refusal.value.problems] == ["new_end_on"]


def test_a_supplement_signed_in_the_future_is_refused(alice: Desk) -> None:
    with pytest.raises(InvalidInput):
        add_supplement(alice, logged(alice), LONGER | {"signed_on": alice.today + timedelta(days=1)})


def test_the_second_editor_of_a_supplement_sees_both_values(alice: Desk) -> None:
    supplement = add_supplement(alice, logged(alice), LONGER)
    change_supplement(alice, supplement, LONGER | {"title": "一"}, seen=1)
    with pytest.raises(EditConflict) as conflict:
        change_supplement(alice, supplement, LONGER | {"title": "二"}, seen=1)
    assert conflict.value.fields == {"title": ("一", "二")}


def test_an_agreement_rests_on_both_days_of_its_suspension(alice: Desk) -> None:
    one = logged(alice)
    suspend_agreement(alice, one, REST)
    days = (date(2021, 1, 31), date(2021, 2, 1), date(2021, 5, 31), date(2021, 6, 1))
    assert [_standing(alice, one, d)["status"] for d in days] == [
        "active",
        "suspended",
        "suspended",
        "active",
    ]


def test_a_suspension_without_an_end_can_be_ended(alice: Desk) -> None:
    one = logged(alice)
    rest = suspend_agreement(alice, one, REST | {"to_on": None})
    end_suspension(alice, rest, date(2021, 2, 28), seen=1)
    assert _standing(alice, one, date(2021, 3, 1))["status"] == "active"


def test_the_second_to_end_a_suspension_sees_both_days(alice: Desk) -> None:
    rest = suspend_agreement(alice, logged(alice), REST | {"to_on": None})
    end_suspension(alice, rest, date(2021, 2, 28), seen=1)
    with pytest.raises(EditConflict) as conflict:
        end_suspension(alice, rest, date(2021, 3, 31), seen=1)
    assert conflict.value.fields == {"to_on": (date(2021, 2, 28), date(2021, 3, 31))}


def test_a_suspension_cannot_end_before_it_begins(alice: Desk) -> None:
    rest = suspend_agreement(alice, logged(alice), REST | {"to_on": None})
    with pytest.raises(InvalidInput) as refusal:
        end_suspension(alice, rest, date(2021, 1, 31), seen=1)
    assert [p.field for p in refusal.value.problems] == ["to_on"]


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (date(2021, 5, 31), date(2021, 6, 1)),
        (date(2021, 1, 1), date(2021, 2, 1)),
        (date(2021, 3, 1), None),
        (date(2020, 8, 1), None),
    ],
)
def test_two_suspensions_share_no_day(alice: Desk, first: date, last: date | None) -> None:
    one = logged(alice)
    suspend_agreement(alice, one, REST)
    with pytest.raises(InvalidInput) as refusal:
        suspend_agreement(alice, one, REST | {"from_on": first, "to_on": last})
    assert [p.field for p in refusal.value.problems] == ["from_on"]


def test_a_suspension_may_begin_the_day_after_another(alice: Desk) -> None:
    one = logged(alice)
    suspend_agreement(alice, one, REST)
    suspend_agreement(alice, one, REST | {"from_on": date(2021, 6, 1), "to_on": None})
    assert len(read_agreement(alice, one, alice.today).suspensions) == 2


def test_a_suspension_needs_a_reason(alice: Desk) -> None:
    with pytest.raises(InvalidInput) as refusal:
        suspend_agreement(alice, logged(alice), REST | {"reason": ""})
    assert [p.field for p in refusal.value.problems] == ["reason"]


def test_an_archived_suspension_never_was(dora: Desk) -> None:
    one = logged(dora)
    archive_suspension(dora, suspend_agreement(dora, one, REST), "wrong agreement")
    assert _standing(dora, one, date(2021, 3, 1))["status"] == "active"


def test_charlie_and_bob_cannot_supplement_or_suspend(alice: Desk, bob: Desk, charlie: Desk) -> None:
    one = logged(alice)
    supplement, rest = add_supplement(alice, one, LONGER), suspend_agreement(alice, one, REST)
    for desk, refusal in ((bob, NotAllowed), (charlie, NotFound)):
        for act in (
            lambda d=desk: add_supplement(d, one, LONGER),
            lambda d=desk: change_supplement(d, supplement, LONGER, seen=1),
            lambda d=desk: archive_supplement(d, supplement, "x"),
            lambda d=desk: restore_supplement(d, supplement),
            lambda d=desk: suspend_agreement(d, one, REST),
            lambda d=desk: end_suspension(d, rest, SUMMIT, seen=1),
            lambda d=desk: archive_suspension(d, rest, "x"),
        ):
            with pytest.raises(refusal):
                act()

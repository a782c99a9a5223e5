"""The history of an agreement, and putting one field back."""

from datetime import date
from typing import Any

import pytest

from tests.agreement_samples import logged
from tracker.errors import InvalidInput, NotAllowed, NotFound
from tracker.services.agreement import change_agreement
from tracker.services.agreement_file import read_agreement
from tracker.services.desk import Desk
from tracker.services.field_history import (
    CannotBePutBack,
    FieldChange,
    agreement_history,
    put_value_back,
)
from tracker.services.party import change_party
from tracker.services.termination import terminate_agreement


def _change(desk: Desk, agreement_id: int, **changed: Any) -> None:
    agreement = read_agreement(desk, agreement_id, desk.today).agreement
    names = ("kind", "title", "effective_on", "term_months", "end_on", "owner", "renewals_allowed")
    values = {name: getattr(agreement, name) for name in names} | changed
    change_agreement(desk, agreement_id, values, seen=agreement.version)


def _last(desk: Desk, agreement_id: int, field: str) -> FieldChange:
    return next(c for c in agreement_history(desk, agreement_id) if c.field == field)


def test_the_history_tells_who_changed_what_from_which_value_to_which(alice: Desk) -> None:
    one = logged(alice, owner="周")
    _change(alice, one, owner="吴")
    change = _last(alice, one, "owner")
    assert (change.actor, change.old, change.new) == ("alice", "周", "吴")


def test_the_history_holds_the_parties_too(alice: Desk) -> None:
    one = logged(alice)
    county = read_agreement(alice, one, alice.today).parties[0]
    values = {"side": "county", "division_id": county.division_id, "signed_on": county.signed_on}
    change_party(alice, county.key, values | {"post": "县长"}, seen=county.version)
    assert _last(alice, one, "post").entity == "party"


def test_a_value_put_back_is_the_earlier_one(dora: Desk) -> None:
    one = logged(dora, owner="周")
    _change(dora, one, owner="吴")
    put_value_back(dora, one, _last(dora, one, "owner").entry_id, "owner")
    assert read_agreement(dora, one, dora.today).agreement.owner == "周"


def test_a_day_put_back_is_a_day(dora: Desk) -> None:
    one = logged(dora)
    _change(dora, one, effective_on=date(2020, 8, 1))
    put_value_back(dora, one, _last(dora, one, "effective_on").entry_id, "effective_on")
    assert read_agreement(dora, one, dora.today).agreement.effective_on == date(2020, 7, 17)


def test_a_text_that_was_empty_is_empty_again(dora: Desk) -> None:
    one = logged(dora)
    _change(dora, one, owner="吴")
    put_value_back(dora, one, _last(dora, one, "owner").entry_id, "owner")
    assert read_agreement(dora, one, dora.today).agreement.owner == ""


def test_a_termination_can_be_taken_back(dora: Desk) -> None:
    one = logged(dora)
    terminate_agreement(dora, one, {"ended_on": date(2021, 1, 1), "reason": "wrong agreement"})
    put_value_back(dora, one, _last(dora, one, "terminated_on").entry_id, "terminated_on")
    assert read_agreement(dora, one, dora.today).agreement.terminated_on is None


def test_putting_back_is_itself_in_the_history(dora: Desk) -> None:
    one = logged(dora, owner="周")
    _change(dora, one, owner="吴")
    put_value_back(dora, one, _last(dora, one, "owner").entry_id, "owner")
    change = _last(dora, one, "owner")
    assert (change.action, change.old, change.new) == ("agreement.put_back", "吴", "周")


def test_a_value_that_no_longer_fits_the_others_is_refused(dora: Desk) -> None:
    one = logged(dora)
    _change(dora, one, term_months=None, end_on=date(2025, 1, 1))
    with pytest.raises(InvalidInput):
        put_value_back(dora, one, _last(dora, one, "term_months").entry_id, "term_months")


def test_the_number_cannot_be_put_back(dora: Desk) -> None:
    one = logged(dora)
    with pytest.raises(CannotBePutBack):
        put_value_back(dora, one, _last(dora, one, "number").entry_id, "number")


def test_what_was_entered_at_the_beginning_offers_nothing_to_put_back(dora: Desk) -> None:
    assert not any(c.can_put_back for c in agreement_history(dora, logged(dora)))


def test_an_entry_about_another_agreement_is_not_found(dora: Desk) -> None:
    one, other = logged(dora, owner="周"), logged(dora)
    _change(dora, one, owner="吴")
    with pytest.raises(NotFound):
        put_value_back(dora, other, _last(dora, one, "owner").entry_id, "owner")


def test_an_editor_cannot_put_back(alice: Desk) -> None:
    one = logged(alice, owner="周")
    _change(alice, one, owner="吴")
    with pytest.raises(NotAllowed):
        put_value_back(alice, one, _last(alice, one, "owner").entry_id, "owner")


def test_charlie_does_not_find_the_history(alice: Desk, charlie: Desk) -> None:
    one = logged(alice)
    with pytest.raises(NotFound):
        agreement_history(charlie, one)

"""Parties: added, corrected, removed, and their signatures."""

from datetime import date, timedelta
from typing import Any

import pytest

from db.models import Party
from tests.agreement_samples import LILING, NAN, PARTNER, SUMMIT, logged
from tests.conftest import division_id
from tracker.errors import EditConflict, InvalidInput, NotAllowed, NotFound, ReasonRequired
from tracker.services.agreement_file import read_agreement
from tracker.services.desk import Desk
from tracker.services.party import LastOfItsSide, add_party, change_party, remove_party, sign_agreement

BANK = {"side": "partner", "name": "某银行"}


def _parties(desk: Desk, agreement_id: int) -> tuple[Party, ...]:
    return read_agreement(desk, agreement_id, desk.today).parties


def _values(party: Party, **changed: Any) -> dict[str, Any]:
    names = ("side", "division_id", "name", "required", "signatory", "post", "signed_on")
    return {name: getattr(party, name) for name in names} | changed


def _signed_on(desk: Desk, agreement_id: int) -> date | None:
    standing = read_agreement(desk, agreement_id, desk.today).standing
    return standing["signed_on"] if standing else None


def test_a_party_is_added_after_the_others(alice: Desk) -> None:
    one = logged(alice)
    add_party(alice, one, BANK)
    assert [p.name for p in _parties(alice, one)] == ["", PARTNER, "某银行"]


def test_an_agreement_is_not_signed_while_an_added_required_party_is_missing(alice: Desk) -> None:
    one = logged(alice)
    add_party(alice, one, BANK)
    assert _signed_on(alice, one) is None


def test_a_party_that_is_not_required_does_not_hold_up_the_signing(alice: Desk) -> None:
    one = logged(alice)
    add_party(alice, one, BANK | {"required": False})
    assert _signed_on(alice, one) == SUMMIT


def test_the_agreement_is_signed_on_the_day_of_its_last_signature(alice: Desk) -> None:
    one = logged(alice, stage="awaiting_signature", stage_on=SUMMIT, signed_on=None)
    county, partner = _parties(alice, one)
    sign_agreement(alice, one, {county.key: SUMMIT})
    assert _signed_on(alice, one) is None
    sign_agreement(alice, one, {partner.key: SUMMIT + timedelta(days=9)})
    assert _signed_on(alice, one) == SUMMIT + timedelta(days=9)


def test_a_signature_in_the_future_is_refused_beside_its_party(alice: Desk) -> None:
    one = logged(alice, stage="draft")
    county, _ = _parties(alice, one)
    with pytest.raises(InvalidInput) as refusal:
        sign_agreement(alice, one, {county.key: alice.today + timedelta(days=1)})
    assert [p.field for p in refusal.value.problems] == [f"signed_on_{county.key}"]


def test_a_signature_recorded_meanwhile_is_not_overwritten(alice: Desk, dora: Desk) -> None:
    one = logged(alice, stage="draft")
    county, _ = _parties(alice, one)
    sign_agreement(alice, one, {county.key: SUMMIT})
    with pytest.raises(InvalidInput) as refusal:
        sign_agreement(dora, one, {county.key: SUMMIT + timedelta(days=1)})
    assert refusal.value.problems[0].details["day"] == SUMMIT


def test_an_agreement_exists_from_a_signature_that_was_corrected_to_an_earlier_day(alice: Desk) -> None:
    one = logged(alice)
    county, _ = _parties(alice, one)
    change_party(alice, county.key, _values(county, signed_on=date(2020, 1, 5)), seen=county.version)
    assert read_agreement(alice, one, alice.today).agreement.opened_on == date(2020, 1, 5)


def test_a_signatory_and_post_are_corrected(alice: Desk) -> None:
    one = logged(alice)
    county, _ = _parties(alice, one)
    change_party(alice, county.key, _values(county, post="县长"), seen=county.version)
    assert _parties(alice, one)[0].post == "县长"


def test_the_second_editor_of_a_party_sees_both_values(alice: Desk) -> None:
    county, _ = _parties(alice, logged(alice))
    change_party(alice, county.key, _values(county, post="县长"), seen=county.version)
    with pytest.raises(EditConflict) as conflict:
        change_party(alice, county.key, _values(county, post="副县长"), seen=county.version)
    assert conflict.value.fields == {"post": ("县长", "副县长")}


def test_a_party_that_names_nobody_is_refused(alice: Desk) -> None:
    with pytest.raises(InvalidInput):
        add_party(alice, logged(alice), {"side": "partner", "name": " "})


def test_the_last_party_of_a_side_stays(alice: Desk) -> None:
    county, partner = _parties(alice, logged(alice))
    for party in (county, partner):
        with pytest.raises(LastOfItsSide):
            remove_party(alice, party.key, "wrong")


def test_the_last_county_does_not_change_sides(alice: Desk) -> None:
    county, _ = _parties(alice, logged(alice))
    with pytest.raises(LastOfItsSide):
        change_party(alice, county.key, _values(county, side="partner"), seen=county.version)


def test_a_removed_party_is_gone_with_a_reason(alice: Desk) -> None:
    one = logged(alice, LILING, NAN, joint=True)
    with pytest.raises(ReasonRequired):
        remove_party(alice, _parties(alice, one)[1].key, "")
    remove_party(alice, _parties(alice, one)[1].key, "did not join")
    assert len(_parties(alice, one)) == 2


def test_a_county_outside_the_scope_cannot_be_added(alice: Desk) -> None:
    hebei = {"side": "county", "division_id": division_id(alice.database, "130502")}
    with pytest.raises(NotFound):
        add_party(alice, logged(alice), hebei)


def test_charlie_does_not_find_the_parties_alice_logged(alice: Desk, charlie: Desk) -> None:
    one = logged(alice)
    county, _ = _parties(alice, one)
    for act in (
        lambda: add_party(charlie, one, BANK),
        lambda: change_party(charlie, county.key, _values(county), seen=1),
        lambda: remove_party(charlie, county.key, "wrong"),
        lambda: sign_agreement(charlie, one, {county.key: SUMMIT}),
    ):
        with pytest.raises(NotFound):
            act()


def test_bob_cannot_touch_the_parties_he_reads(alice: Desk, bob: Desk) -> None:
    one = logged(alice)
    county, _ = _parties(alice, one)
    for act in (
        lambda: add_party(bob, one, BANK),
        lambda: change_party(bob, county.key, _values(county), seen=1),
        lambda: remove_party(bob, county.key, "wrong"),
        lambda: sign_agreement(bob, one, {county.key: SUMMIT}),
    ):
        with pytest.raises(NotAllowed):
            act()


def test_a_party_that_never_was_is_not_found(dora: Desk) -> None:
    with pytest.raises(NotFound):
        remove_party(dora, 404, "wrong")

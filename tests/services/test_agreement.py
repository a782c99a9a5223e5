"""Logging, correcting, archiving and restoring agreements."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlmodel import col, func, select

from db.models import Agreement, AgreementPillar, AgreementStage, AuditEntry, Party
from tests.agreement_samples import GUIDONG, LILING, NAN, PARTNER, SUMMIT, log_values, logged
from tests.conftest import ON_SQLITE, division_id
from tracker.errors import EditConflict, InvalidInput, NotAllowed, NotFound, ReasonRequired
from tracker.services.agreement import (
    archive_agreement,
    change_agreement,
    log_agreements,
    restore_agreement,
)
from tracker.services.agreement_file import read_agreement
from tracker.services.agreement_scope import Withdrawn
from tracker.services.desk import Desk

HEBEI_COUNTY = "130502"


def _agreement(desk: Desk, agreement_id: int) -> Agreement:
    with desk.reading() as session:
        found = session.get(Agreement, agreement_id)
        assert found is not None
        session.expunge(found)
        return found


def _count(desk: Desk) -> int:
    with desk.reading() as session:
        return session.exec(select(func.count()).select_from(Agreement)).one()


def _fields(desk: Desk, agreement_id: int, **changed: Any) -> dict[str, Any]:
    agreement = _agreement(desk, agreement_id)
    names = ("kind", "title", "effective_on", "term_months", "end_on", "notice_days", "owner")
    return {name: getattr(agreement, name) for name in names} | changed


def _fields_refused(desk: Desk, **changed: Any) -> set[str]:
    with pytest.raises(InvalidInput) as refusal:
        log_agreements(desk, log_values(desk, **changed), "t")
    assert _count(desk) == 0
    return {problem.field for problem in refusal.value.problems}


def test_the_summit_logs_one_agreement_for_each_county(alice: Desk) -> None:
    ids = log_agreements(alice, log_values(alice, LILING, NAN, GUIDONG), "t")
    assert [_agreement(alice, i).number for i in ids] == [
        "430281-2020-F-001",
        "430921-2020-F-001",
        "431027-2020-F-001",
    ]


def test_a_joint_agreement_is_one_under_its_first_county(alice: Desk) -> None:
    [one] = log_agreements(alice, log_values(alice, NAN, LILING, joint=True), "t")
    assert _agreement(alice, one).number == "430921-2020-F-001"
    assert len(read_agreement(alice, one, alice.today).parties) == 3


def test_a_prefecture_can_be_a_party(alice: Desk) -> None:
    assert _agreement(alice, logged(alice, "430200")).number == "430200-2020-F-001"


@pytest.mark.parametrize(
    ("kind", "letter"), [("intent", "I"), ("framework", "F"), ("specific", "S"), ("contract", "C")]
)
def test_the_number_names_the_kind(alice: Desk, kind: str, letter: str) -> None:
    assert _agreement(alice, logged(alice, kind=kind)).number == f"430281-2020-{letter}-001"


def test_the_next_agreement_of_a_county_kind_and_year_takes_the_next_number(alice: Desk) -> None:
    logged(alice)
    assert _agreement(alice, logged(alice)).number == "430281-2020-F-002"


def test_the_number_of_an_archived_agreement_is_not_used_again(dora: Desk) -> None:
    archive_agreement(dora, logged(dora), "entered twice")
    assert _agreement(dora, logged(dora)).number == "430281-2020-F-002"


def test_the_same_token_again_returns_the_first_agreements(alice: Desk) -> None:
    values = log_values(alice, LILING, NAN)
    assert log_agreements(alice, values, "t") == log_agreements(alice, values, "t")
    assert _count(alice) == 2


def test_a_title_is_made_from_county_partner_and_kind(alice: Desk) -> None:
    assert _agreement(alice, logged(alice)).title == f"醴陵市与{PARTNER}框架协议"


def test_a_title_typed_for_several_agreements_names_each_county(alice: Desk) -> None:
    ids = log_agreements(alice, log_values(alice, LILING, NAN, title="数字乡村合作"), "t")
    assert [_agreement(alice, i).title for i in ids] == ["数字乡村合作（醴陵市）", "数字乡村合作（南县）"]


def test_all_parties_sign_on_the_common_day_unless_one_has_its_own(alice: Desk) -> None:
    values = log_values(alice)
    values["parties"][1]["signed_on"] = SUMMIT + timedelta(days=3)
    [one] = log_agreements(alice, values, "t")
    signed = [p.signed_on for p in read_agreement(alice, one, alice.today).parties]
    assert signed == [SUMMIT, SUMMIT + timedelta(days=3)]


def test_the_first_day_of_an_agreement_is_that_of_its_first_signature(alice: Desk) -> None:
    values = log_values(alice)
    values["parties"][1]["signed_on"] = SUMMIT - timedelta(days=3)
    [one] = log_agreements(alice, values, "t")
    assert _agreement(alice, one).opened_on == SUMMIT - timedelta(days=3)


def test_an_unsigned_agreement_enters_its_stage(alice: Desk) -> None:
    one = logged(alice, stage="negotiating", stage_on=date(2021, 3, 1), signed_on=None)
    with alice.reading() as session:
        stage = session.exec(select(AgreementStage).where(AgreementStage.agreement_id == one)).one()
    assert (stage.stage, stage.entered_on) == ("negotiating", date(2021, 3, 1))


def test_an_unsigned_agreement_has_no_signatures(alice: Desk) -> None:
    one = logged(alice, stage="draft")
    assert not read_agreement(alice, one, alice.today).is_signed


def test_the_status_on_the_page_is_that_of_the_figures(alice: Desk) -> None:
    standing = read_agreement(alice, logged(alice), date(2022, 1, 1)).standing
    assert standing is not None
    assert (standing["status"], standing["term_end_on"]) == ("active", date(2023, 7, 16))


def test_everything_of_one_sending_shares_one_change_number(alice: Desk) -> None:
    log_agreements(alice, log_values(alice, LILING, NAN, pillar_ids=[1, 2]), "t")
    with alice.reading() as session:
        numbers = {n for m in (Agreement, Party, AgreementPillar) for n in session.exec(select(m.change_no))}
    assert len(numbers) == 1


def test_logging_is_told_as_such_in_the_audit_entries(alice: Desk) -> None:
    one = logged(alice)
    with alice.reading() as session:
        entry = session.exec(
            select(AuditEntry).where(AuditEntry.entity == "agreement", AuditEntry.record_id == one)
        ).one()
    assert (entry.action, entry.actor) == ("agreement.logged", "alice")


def test_a_day_of_signing_in_the_future_is_refused_beside_its_field(alice: Desk) -> None:
    assert _fields_refused(alice, signed_on=alice.today + timedelta(days=1)) == {"signed_on"}


def test_an_end_before_the_start_is_refused_beside_its_field(alice: Desk) -> None:
    assert _fields_refused(alice, term_months=None, end_on=SUMMIT - timedelta(days=1)) == {"end_on"}


@ON_SQLITE
@pytest.mark.parametrize("months", [0, -1, 1201, 10**9])
def test_a_term_of_nothing_or_over_a_hundred_years_is_refused(alice: Desk, months: int) -> None:
    assert _fields_refused(alice, term_months=months) == {"term_months"}


def test_a_term_and_an_end_at_once_are_refused(alice: Desk) -> None:
    assert _fields_refused(alice, end_on=date(2025, 1, 1)) == {"end_on"}


def test_a_renewal_without_any_term_is_refused(alice: Desk) -> None:
    refused = _fields_refused(alice, term_months=None, end_on=date(2025, 1, 1), renewals_allowed=1)
    assert refused == {"renewal_term_months"}


def test_no_county_and_no_partner_are_refused_together(alice: Desk) -> None:
    assert _fields_refused(alice, parties=[]) == {"division_ids", "partners"}


def test_a_title_of_ten_thousand_characters_is_refused_beside_its_field(alice: Desk) -> None:
    assert _fields_refused(alice, title="字" * 10_000) == {"title"}


def test_a_signatory_that_is_too_long_is_refused_beside_its_own_row(alice: Desk) -> None:
    county = division_id(alice.database, LILING)
    parties = [
        {"side": "county", "division_id": county, "signatory": "x" * 301},
        {"side": "partner", "name": PARTNER},
    ]
    assert _fields_refused(alice, parties=parties) == {f"signatory_{county}"}


@pytest.mark.parametrize(
    "title", ["🎉 协议", "<script>alert(1)</script>", "**x** [a](javascript:b)", ":red[x] $y$", "عقد"]
)
def test_odd_titles_are_kept_as_typed(alice: Desk, title: str) -> None:
    assert _agreement(alice, logged(alice, title=title)).title == title


def test_a_reordering_control_in_a_title_is_dropped(alice: Desk) -> None:
    assert _agreement(alice, logged(alice, title="协议\u202egnp.exe")).title == "协议gnp.exe"


def test_a_signed_agreement_needs_its_day(alice: Desk) -> None:
    assert _fields_refused(alice, signed_on=None) == {"signed_on"}


def test_a_renewal_cannot_be_several_agreements(alice: Desk) -> None:
    one = logged(alice)
    with pytest.raises(InvalidInput):
        log_agreements(alice, log_values(alice, LILING, NAN, renewal_of_id=one), "t")


def test_a_viewer_cannot_log(bob: Desk) -> None:
    with pytest.raises(NotAllowed):
        log_agreements(bob, log_values(bob), "t")


def test_a_county_outside_the_scope_is_not_found(charlie: Desk) -> None:
    with pytest.raises(NotFound):
        log_agreements(charlie, log_values(charlie), "t")


def test_one_county_outside_the_scope_refuses_the_whole_sending(alice: Desk) -> None:
    with pytest.raises(NotFound):
        log_agreements(alice, log_values(alice, LILING, HEBEI_COUNTY), "t")
    assert _count(alice) == 0


def test_a_joint_agreement_across_scopes_may_be_logged_from_either(alice: Desk) -> None:
    assert logged(alice, LILING, HEBEI_COUNTY, joint=True)


def test_bob_reads_what_alice_logged(alice: Desk, bob: Desk) -> None:
    assert read_agreement(bob, logged(alice), bob.today).agreement.owner == ""


def test_charlie_does_not_find_what_alice_logged(alice: Desk, charlie: Desk) -> None:
    one = logged(alice)
    with pytest.raises(NotFound):
        read_agreement(charlie, one, charlie.today)


def test_an_agreement_that_never_was_is_not_found(dora: Desk) -> None:
    with pytest.raises(NotFound):
        read_agreement(dora, 404, dora.today)


def test_a_change_writes_the_fields(alice: Desk) -> None:
    one = logged(alice)
    change_agreement(alice, one, _fields(alice, one, owner="周"), seen=_agreement(alice, one).version)
    assert _agreement(alice, one).owner == "周"


def test_charlie_cannot_change_what_alice_logged(alice: Desk, charlie: Desk) -> None:
    one = logged(alice)
    with pytest.raises(NotFound):
        change_agreement(charlie, one, _fields(alice, one), seen=1)


def test_bob_cannot_change_what_he_reads(alice: Desk, bob: Desk) -> None:
    one = logged(alice)
    with pytest.raises(NotAllowed):
        change_agreement(bob, one, _fields(alice, one), seen=1)


def test_the_second_of_two_editors_sees_both_values(alice: Desk, dora: Desk) -> None:
    one = logged(alice)
    seen = _agreement(alice, one).version
    change_agreement(alice, one, _fields(alice, one, owner="周"), seen=seen)
    with pytest.raises(EditConflict) as conflict:
        change_agreement(dora, one, _fields(dora, one, owner="吴"), seen=seen)
    assert conflict.value.fields == {"owner": ("周", "吴")}
    assert conflict.value.details["who"] == "alice"
    assert _agreement(dora, one).owner == "周"


def test_a_change_that_leaves_the_version_out_is_a_conflict(alice: Desk) -> None:
    one = logged(alice)
    with pytest.raises(EditConflict):
        change_agreement(alice, one, _fields(alice, one, owner="周"), seen=None)


def test_what_the_second_editor_chose_is_saved_with_the_new_version(alice: Desk, dora: Desk) -> None:
    one = logged(alice)
    seen = _agreement(alice, one).version
    change_agreement(alice, one, _fields(alice, one, owner="周"), seen=seen)
    with pytest.raises(EditConflict) as conflict:
        change_agreement(dora, one, _fields(dora, one, owner="吴"), seen=seen)
    change_agreement(dora, one, _fields(dora, one, owner="吴"), seen=conflict.value.version)
    assert _agreement(dora, one).owner == "吴"


def _pillars(desk: Desk, agreement_id: int) -> set[int]:
    with desk.reading() as session:
        statement = select(AgreementPillar.pillar_id).where(
            AgreementPillar.agreement_id == agreement_id, col(AgreementPillar.archived_at).is_(None)
        )
        return set(session.exec(statement))


def test_pillars_that_two_editors_add_both_stay(alice: Desk) -> None:
    one = logged(alice, pillar_ids=[1])
    for added in (2, 3):
        values = _fields(alice, one) | {"pillar_ids": [1, added], "pillar_ids_seen": [1]}
        change_agreement(alice, one, values, seen=_agreement(alice, one).version)
    assert _pillars(alice, one) == {1, 2, 3}


def test_a_pillar_taken_away_can_be_taken_up_again(alice: Desk) -> None:
    one = logged(alice, pillar_ids=[1, 2])
    for before, after in (([1, 2], [1]), ([1], [1, 2])):
        values = _fields(alice, one) | {"pillar_ids": after, "pillar_ids_seen": before}
        change_agreement(alice, one, values, seen=_agreement(alice, one).version)
    assert _pillars(alice, one) == {1, 2}


def test_archiving_needs_a_reason(dora: Desk) -> None:
    one = logged(dora)
    with pytest.raises(ReasonRequired):
        archive_agreement(dora, one, "  ")


def test_an_archived_agreement_stands_nowhere_but_is_still_shown(dora: Desk) -> None:
    one = logged(dora)
    archive_agreement(dora, one, "entered twice")
    found = read_agreement(dora, one, dora.today)
    assert (found.standing, found.agreement.archive_reason) == (None, "entered twice")


def test_an_archived_agreement_cannot_be_changed(dora: Desk) -> None:
    one = logged(dora)
    archive_agreement(dora, one, "entered twice")
    with pytest.raises(Withdrawn):
        change_agreement(dora, one, _fields(dora, one, owner="周"), seen=None)


def test_a_restored_agreement_stands_again(dora: Desk) -> None:
    one = logged(dora)
    archive_agreement(dora, one, "entered twice")
    restore_agreement(dora, one)
    assert read_agreement(dora, one, dora.today).standing is not None


def test_an_editor_cannot_archive(alice: Desk) -> None:
    one = logged(alice)
    with pytest.raises(NotAllowed):
        archive_agreement(alice, one, "entered twice")


def test_an_amount_is_read_as_people_write_it(alice: Desk) -> None:
    assert _agreement(alice, logged(alice, amount="2,000万元")).amount_cents == 20_000_000_00


def test_an_amount_that_is_none_is_refused_together_with_the_rest(alice: Desk) -> None:
    assert _fields_refused(alice, amount="a lot", term_months=0) == {"amount", "term_months"}

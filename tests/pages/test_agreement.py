"""An agreement's page: how it stands, changing it, its acts, documents and history."""

from datetime import date, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from db.models import Agreement, Project
from db.vocabulary import DocumentKind
from pages.components.act_dialog import Asked
from tests.agreement_samples import LILING, PARTNER, SUMMIT, log_values, logged
from tests.conftest import division_id
from tracker.services.agreement import archive_agreement, change_agreement, log_agreements
from tracker.services.agreement_file import AgreementFile, read_agreement
from tracker.services.desk import Desk
from tracker.services.document import add_document, read_documents, store_upload
from tracker.services.party import change_party
from tracker.services.renewal import upgrade_values
from tracker.services.signing_event import archive_signing_event, hold_signing_event
from tracker.services.supplement import add_supplement
from tracker.services.suspension import end_suspension, suspend_agreement

NAVIGATION = str(Path(__file__).parents[2] / "pages" / "navigation.py")
HOSTILE = "数字 **x** :red[y] $z$ <script>alert(1)</script> [a](javascript:b) 🎉"


@pytest.fixture
def desk(screens: Desk) -> Desk:
    """The local administrator, whose database the screens have open too."""
    return screens


def at_agreement(agreement_id: object, locale: str = "en", **address: object) -> AppTest:
    app = AppTest.from_file(NAVIGATION, default_timeout=60)
    app.context = {"locale": locale}
    app.run()
    for name, value in {"id": agreement_id, **address}.items():
        app.query_params[name] = str(value)
    app.switch_page("agreement.py").run()
    assert not app.exception
    return app


def said(app: AppTest) -> str:
    kinds = (app.markdown, app.error, app.warning, app.success, app.info, app.caption, app.title)
    return "\n".join(str(element.value) for kind in kinds for element in kind)


def act(app: AppTest, name: str, agreement_id: int, part_id: int | None = None) -> AppTest:
    """Open an act's dialog, as picking it from the menu does."""
    app.session_state["act_dialog"] = Asked(name, agreement_id, part_id)
    app.run()
    assert not app.exception
    return app


def send(app: AppTest, form: str) -> AppTest:
    [button] = [b for b in app.button if b.form_id == f"{form}_form"]
    button.click().run()
    assert not app.exception
    return app


def file_of(desk: Desk, agreement_id: int) -> AgreementFile:
    return read_agreement(desk, agreement_id, desk.today)


def change(app: AppTest) -> AppTest:
    app.get_by_key("agreement_menu").click("change").run()
    assert not app.exception
    return app


@pytest.mark.parametrize("address", ["404", "", "abc", "-1", "99999999999", "１"])
@pytest.mark.parametrize(("locale", "word"), [("en", "There is no such record"), ("zh-CN", "没有这条记录")])
def test_an_address_that_names_none_is_answered_in_words(
    desk: Desk, address: str, locale: str, word: str
) -> None:
    assert word in said(at_agreement(address, locale))


@pytest.mark.parametrize(
    ("locale", "reason"),
    [("en", "Active: ends 2023-07-16, 561 days left."), ("zh-CN", "履行中：2023-07-16 届满，还剩 561 天。")],
)
def test_the_status_and_its_reason_are_those_of_the_day_looked_at(
    desk: Desk, locale: str, reason: str
) -> None:
    assert reason in said(at_agreement(logged(desk), locale, as_of="2022-01-01"))


def test_before_its_first_day_it_says_so(desk: Desk) -> None:
    assert "did not exist yet" in said(at_agreement(logged(desk), as_of="2019-01-01"))


def test_what_people_typed_is_shown_literally(desk: Desk) -> None:
    app = at_agreement(logged(desk, title=HOSTILE, owner=":blue[x]", note="# big"))
    text = said(app)
    assert r"\*\*x\*\* \:red\[y\] \$z\$ \<script\>" in text
    assert r"\:blue\[x\]" in text


def test_parts_and_relatives_are_shown(desk: Desk) -> None:
    one = logged(desk)
    add_supplement(desk, one, {"title": "延长", "signed_on": SUMMIT, "new_end_on": date(2025, 1, 1)})
    suspend_agreement(desk, one, {"from_on": date(2021, 1, 1), "reason": "疫情"})
    log_agreements(desk, upgrade_values(desk, one) | {"signed_on": date(2021, 6, 1)}, "t")
    app = at_agreement(one)
    headings = [h.value for h in app.subheader]
    assert {"Supplementary agreements", "Suspensions", "Renewals and follow-ups"} <= set(headings)


def test_a_change_is_saved_with_the_form_that_logs(desk: Desk) -> None:
    one = logged(desk, owner="周")
    app = change(at_agreement(one))
    app.text_input(key="change1_title").set_value("新标题").run()
    app.button(key="change-save").click().run()
    assert file_of(desk, one).agreement.title == "新标题"


def test_opening_and_saving_the_form_unchanged_changes_nothing(desk: Desk) -> None:
    one = logged(desk, amount="123,456,789.01", owner="周", pillar_ids=[1, 3], note="x")
    before = file_of(desk, one).agreement.version
    change(at_agreement(one)).button(key="change-save").click().run()
    assert file_of(desk, one).agreement.version == before


def test_pillars_are_changed_with_the_form(desk: Desk) -> None:
    one = logged(desk, pillar_ids=[1])
    app = change(at_agreement(one))
    app.pills(key="change1_pillar_ids").set_value([2, 3]).run()
    app.button(key="change-save").click().run()
    assert {p.key for p in file_of(desk, one).pillars} == {2, 3}


def test_a_refused_change_keeps_what_was_typed_and_says_why(desk: Desk) -> None:
    one = logged(desk)
    app = change(at_agreement(one))
    app.text_input(key="change1_title").set_value("字" * 301).run()
    app.button(key="change-save").click().run()
    assert "At most 300 characters; this has 301." in said(app)
    assert app.text_input(key="change1_title").value == "字" * 301


def _edited_meanwhile(desk: Desk) -> tuple[int, AppTest]:
    """Two editors: another saved a title while this page typed one."""
    one = logged(desk, owner="周", title="旧")
    app = change(at_agreement(one))
    fields = file_of(desk, one).agreement.model_dump(include={"kind", "effective_on", "term_months", "owner"})
    change_agreement(desk, one, fields | {"title": "甲"}, seen=1)
    app.text_input(key="change1_title").set_value("乙").run()
    app.button(key="change-save").click().run()
    assert not app.exception
    return one, app


def test_the_second_editor_sees_both_values_and_nothing_is_overwritten(desk: Desk) -> None:
    one, app = _edited_meanwhile(desk)
    [choice] = app.radio
    assert choice.options == ["stored: 甲", "yours: 乙"]
    assert file_of(desk, one).agreement.title == "甲"


@pytest.mark.parametrize(("kept", "title"), [("theirs", "甲"), ("yours", "乙")])
def test_the_value_chosen_is_the_one_saved(desk: Desk, kept: str, title: str) -> None:
    one, app = _edited_meanwhile(desk)
    app.radio[0].set_value(kept).run()
    app.button(key="change_settle").click().run()
    assert not app.exception
    assert file_of(desk, one).agreement.title == title


def test_a_field_that_only_the_other_editor_changed_proposes_their_value(desk: Desk) -> None:
    one = logged(desk, owner="周", title="旧")
    app = change(at_agreement(one))
    fields = file_of(desk, one).agreement.model_dump(include={"kind", "effective_on", "term_months"})
    change_agreement(desk, one, fields | {"title": "旧", "owner": "吴"}, seen=1)
    app.text_input(key="change1_title").set_value("乙").run()
    app.button(key="change-save").click().run()
    app.button(key="change_settle").click().run()
    agreement = file_of(desk, one).agreement
    assert (agreement.title, agreement.owner) == ("乙", "吴")


def test_signatures_are_recorded_party_by_party(desk: Desk) -> None:
    one = logged(desk, stage="draft", stage_on=date(2020, 1, 1))
    app = act(at_agreement(one), "sign", one)
    for party in file_of(desk, one).parties:
        app.date_input(key=f"sign_signed_on_{party.key}").set_value(SUMMIT)
    send(app, "sign")
    assert file_of(desk, one).is_signed


def test_an_unsigned_agreement_enters_a_stage(desk: Desk) -> None:
    one = logged(desk, stage="draft", stage_on=date(2020, 1, 1))
    send(act(at_agreement(one), "stage", one), "stage")
    assert file_of(desk, one).stages[-1].stage == "negotiating"


def test_a_supplement_is_added_and_corrected(desk: Desk) -> None:
    one = logged(desk)
    app = act(at_agreement(one), "supplement", one)
    app.text_input(key="supplement_title").set_value("延长")
    send(app, "supplement")
    [supplement] = file_of(desk, one).supplements
    act(app, "one_supplement", one, supplement.key)
    app.text_input(key=f"supplement_{supplement.key}_title").set_value("延长一年")
    send(app, f"supplement_{supplement.key}")
    assert file_of(desk, one).supplements[0].title == "延长一年"


def test_a_suspension_is_begun_and_ended(desk: Desk) -> None:
    one = logged(desk)
    app = act(at_agreement(one), "suspend", one)
    app.text_area(key="suspend_reason").set_value("疫情")
    send(app, "suspend")
    [rest] = file_of(desk, one).suspensions
    send(act(app, "end_suspension", one, rest.key), f"end_suspension_{rest.key}")
    assert file_of(desk, one).suspensions[0].to_on == desk.today


def test_the_second_to_end_a_suspension_is_shown_both_days(desk: Desk) -> None:
    one = logged(desk)
    rest = suspend_agreement(desk, one, {"from_on": desk.today, "to_on": None, "reason": "疫情"})
    app = act(at_agreement(one), "end_suspension", one, rest)
    elsewhere = desk.today + timedelta(days=9)
    end_suspension(desk, rest, elsewhere, seen=1)
    send(app, f"end_suspension_{rest}")
    assert app.get_by_key(f"end_suspension_{rest}_to_on_choice").options
    assert file_of(desk, one).suspensions[0].to_on == elsewhere


def test_a_notice_is_given_and_taken_back(desk: Desk) -> None:
    one = logged(desk, renewals_allowed=1)
    app = send(act(at_agreement(one), "notice", one), "notice")
    assert file_of(desk, one).agreement.non_renewal_notice_on == desk.today
    send(act(app, "no_notice", one), "no_notice")
    assert file_of(desk, one).agreement.non_renewal_notice_on is None


def _with_project(desk: Desk) -> tuple[int, int]:
    one = logged(desk)
    with desk.transaction() as work:
        project = Project(
            name="仓",
            agreement_id=one,
            division_id=division_id(desk.database, LILING),
            pillar_id=1,
            opened_on=SUMMIT,
        )
        return one, work.save(project).key


def test_termination_asks_about_each_project(desk: Desk) -> None:
    one, _project = _with_project(desk)
    app = act(at_agreement(one), "terminate", one)
    app.text_area(key="terminate_reason").set_value("县里退出")
    send(app, "terminate")
    assert "Decide what becomes of this project." in said(app)
    assert file_of(desk, one).agreement.terminated_on is None


def test_termination_stops_the_project_that_is_to_stop(desk: Desk) -> None:
    one, project = _with_project(desk)
    app = act(at_agreement(one), "terminate", one)
    app.text_area(key="terminate_reason").set_value("县里退出")
    app.segmented_control(key=f"terminate_fate_{project}").set_value("stop")
    send(app, "terminate")
    assert file_of(desk, one).projects[0]["stopped_on"] == desk.today


def test_the_reason_of_a_termination_stands_on_the_page(desk: Desk) -> None:
    one = logged(desk)
    app = act(at_agreement(one), "terminate", one)
    app.text_area(key="terminate_reason").set_value("县里退出")
    send(app, "terminate")
    assert "Reason: 县里退出" in said(at_agreement(one))


def test_an_unsigned_agreement_is_abandoned(desk: Desk) -> None:
    one = logged(desk, stage="draft", stage_on=date(2020, 1, 1))
    app = act(at_agreement(one), "abandon", one)
    app.text_area(key="abandon_reason").set_value("谈不拢")
    send(app, "abandon")
    assert file_of(desk, one).agreement.abandoned_on == desk.today


def test_archiving_without_a_reason_is_told_beside_the_field(desk: Desk) -> None:
    one = logged(desk)
    app = send(act(at_agreement(one), "archive", one), "archive")
    assert "Please give a reason." in said(app)
    assert file_of(desk, one).agreement.archived_at is None


def test_an_archived_agreement_says_why_and_can_be_restored(desk: Desk) -> None:
    one = logged(desk)
    archive_agreement(desk, one, "录入错误")
    app = at_agreement(one)
    assert "Withdrawn: 录入错误" in said(app)
    send(act(app, "restore", one), "restore")
    assert file_of(desk, one).agreement.archived_at is None


def test_an_archived_agreement_offers_only_to_be_restored(desk: Desk) -> None:
    one = logged(desk)
    archive_agreement(desk, one, "录入错误")
    assert len(at_agreement(one).get_by_key("agreement_menu").options) == 1


def test_a_partner_is_added(desk: Desk) -> None:
    one = logged(desk)
    app = act(at_agreement(one), "new_party", one)
    [side] = [s for s in app.segmented_control if s.value == "county"]
    side.set_value("partner").run()
    app.text_input(key="new_party_name").set_value("某银行")
    send(app, "new_party")
    assert [p.name for p in file_of(desk, one).parties] == ["", PARTNER, "某银行"]


def test_a_signatory_is_corrected(desk: Desk) -> None:
    one = logged(desk)
    party = file_of(desk, one).parties[0]
    app = act(at_agreement(one), "party", one, party.key)
    app.text_input(key=f"party_{party.key}_post").set_value("县长")
    send(app, f"party_{party.key}")
    assert file_of(desk, one).parties[0].post == "县长"


def test_the_second_editor_of_a_party_sees_both_values(desk: Desk) -> None:
    one = logged(desk)
    party = file_of(desk, one).parties[0]
    app = act(at_agreement(one), "party", one, party.key)
    values = party.model_dump(include={"side", "division_id", "signed_on"})
    change_party(desk, party.key, values | {"post": "县长"}, seen=party.version)
    app.text_input(key=f"party_{party.key}_post").set_value("副县长")
    send(app, f"party_{party.key}")
    assert app.radio[0].options == ["stored: 县长", "yours: 副县长"]


def test_the_last_county_is_not_removed(desk: Desk) -> None:
    one = logged(desk)
    party = file_of(desk, one).parties[0]
    app = act(at_agreement(one), "no_party", one, party.key)
    app.text_area(key=f"no_party_{party.key}_reason").set_value("x")
    send(app, f"no_party_{party.key}")
    assert "An agreement needs both sides" in said(app)


def test_an_upload_becomes_a_document_at_once(desk: Desk) -> None:
    one = logged(desk)
    app = at_agreement(one)
    app.file_uploader[0].set_value(("扫描件.pdf", b"%PDF-1.7", "application/pdf")).run()
    assert [d.title for d in file_of(desk, one).documents] == ["扫描件.pdf"]


def test_a_supplement_has_documents_of_its_own(desk: Desk) -> None:
    one = logged(desk)
    supplement = add_supplement(desk, one, {"title": "延长", "signed_on": SUMMIT})
    app = at_agreement(one)
    app.session_state[f"supplement_documents_{supplement}"] = True
    app.run()
    app.file_uploader[0].set_value(("补充协议.pdf", b"%PDF-1.7", "application/pdf")).run()
    assert [d.title for d in read_documents(desk, supplement_id=supplement)] == ["补充协议.pdf"]


def test_a_document_can_be_downloaded(desk: Desk) -> None:
    one = logged(desk)
    stored = store_upload(desk, "扫描件.pdf", BytesIO(b"%PDF-1.7"))
    add_document(desk, {"agreement_id": one}, stored, DocumentKind.scan)
    assert "Download" in [b.label for b in at_agreement(one).get("download_button")]


def test_a_value_is_put_back_from_the_history(desk: Desk) -> None:
    one = logged(desk, owner="周")
    fields = file_of(desk, one).agreement.model_dump(include={"kind", "title", "effective_on", "term_months"})
    change_agreement(desk, one, fields | {"owner": "吴"}, seen=1)
    app = at_agreement(one)
    app.session_state["agreement_history"] = True
    app.run()
    [put_back] = [b for b in app.button if (b.key or "").startswith("put_back_") and "owner" in (b.key or "")]
    put_back.click().run()
    assert file_of(desk, one).agreement.owner == "周"


def test_a_project_is_linked_and_another_can_be_opened(desk: Desk) -> None:
    one, _project = _with_project(desk)
    labels = "\n".join(link.proto.label for link in at_agreement(one).get("page_link"))
    assert "仓" in labels
    assert "Open a project" in labels


def test_a_joint_agreement_shows_all_its_parties(desk: Desk) -> None:
    [one] = log_agreements(desk, log_values(desk, LILING, "430921", joint=True), "t")
    text = said(at_agreement(one, "zh-CN"))
    assert "**醴陵市**" in text
    assert "**南县**" in text


def test_the_number_is_shown(desk: Desk) -> None:
    one = logged(desk)
    with desk.reading() as session:
        number = session.get_one(Agreement, one).number
    assert f"`{number}`" in said(at_agreement(one))


def test_who_signs_is_named_literally(desk: Desk) -> None:
    values = log_values(desk, stage="draft", stage_on=date(2020, 1, 1), signed_on=None)
    values["parties"][-1]["name"] = HOSTILE
    one = log_agreements(desk, values, "t")[0]
    labels = [field.label for field in act(at_agreement(one), "sign", one).date_input]
    assert r"数字 \*\*x\*\* \:red\[y\] \$z\$ \<script\>alert\(1\)\</script\>" in " ".join(labels)


@pytest.mark.parametrize(
    ("name", "field", "parts"), [("supplement", "title", "supplements"), ("suspend", "reason", "suspensions")]
)
def test_a_second_press_in_a_dialog_saves_nothing_more(desk: Desk, name: str, field: str, parts: str) -> None:
    one = logged(desk)
    app = act(at_agreement(one), name, one)
    asked = app.session_state["act_dialog"]
    for _press in range(2):
        app.session_state["act_dialog"] = asked
        app.run()
        [line] = [w for w in (*app.text_input, *app.text_area) if w.key == f"{name}_{field}"]
        line.set_value("延长")
        send(app, name)
    assert not app.error
    assert len(getattr(file_of(desk, one), parts)) == 1


def test_a_part_removed_meanwhile_is_answered_in_words(desk: Desk) -> None:
    one = logged(desk)
    assert "There is no such record" in said(act(at_agreement(one), "party", one, 999))


def test_a_field_of_a_party_that_only_the_other_editor_changed_proposes_their_value(desk: Desk) -> None:
    one = logged(desk)
    party = file_of(desk, one).parties[0]
    app = act(at_agreement(one), "party", one, party.key)
    values = party.model_dump(include={"side", "division_id", "signed_on"})
    change_party(desk, party.key, values | {"post": "县长"}, seen=party.version)
    app.text_input(key=f"party_{party.key}_signatory").set_value("乙")
    send(app, f"party_{party.key}")
    app.button(key=f"party_{party.key}_settle").click().run()
    stored = file_of(desk, one).parties[0]
    assert (stored.post, stored.signatory) == ("县长", "乙")


def test_saving_the_form_keeps_an_event_that_was_withdrawn(desk: Desk) -> None:
    event = hold_signing_event(desk, {"name": "峰会", "held_on": SUMMIT})
    one = logged(desk, event_id=event)
    archive_signing_event(desk, event, "重复")
    app = change(at_agreement(one))
    app.text_input(key="change1_title").set_value("新标题").run()
    app.button(key="change-save").click().run()
    agreement = file_of(desk, one).agreement
    assert (agreement.title, agreement.event_id) == ("新标题", event)


def test_a_withdrawn_agreement_does_not_claim_that_it_was_not_signed(desk: Desk) -> None:
    one = logged(desk)
    archive_agreement(desk, one, "重复")
    assert not {"not signed", "open-ended"} & set(said(at_agreement(one)).split("\n"))

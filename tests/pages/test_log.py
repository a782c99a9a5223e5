"""Logging agreements on the screen: what is kept, what is told, and what is saved once."""

from datetime import date, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from sqlmodel import select
from streamlit.testing.v1 import AppTest

from db.models import Agreement, Draft, Party, Project
from db.models.base import utc_now
from tests.agreement_samples import LILING, NAN, PARTNER, SUMMIT, logged
from tests.conftest import division_id
from tracker.services.desk import Desk
from tracker.services.document import read_documents
from tracker.services.plan_template import plan_templates
from tracker.services.signing_event import hold_signing_event

NAVIGATION = str(Path(__file__).parents[2] / "pages" / "navigation.py")
PDF = b"%PDF-1.7\n"


@pytest.fixture
def desk(screens: Desk) -> Desk:
    """The local administrator, whose database the screens have open too."""
    return screens


def at_log(locale: str = "en", **address: object) -> AppTest:
    """The log page in a new session, as after a reload or on another device."""
    app = AppTest.from_file(NAVIGATION, default_timeout=60)
    app.context = {"locale": locale}
    app.run()
    for name, value in address.items():
        app.query_params[name] = str(value)
    app.switch_page("log.py").run()
    assert not app.exception
    return app


def pick(app: AppTest, desk: Desk, *codes: str, turn: int = 1) -> AppTest:
    app.session_state[f"log{turn}_division_ids"] = [division_id(desk.database, code) for code in codes]
    return app.run()


def filled(desk: Desk, *codes: str) -> AppTest:
    app = pick(at_log(), desk, *(codes or (LILING,)))
    app.multiselect(key="log1_partners").set_value([PARTNER]).run()
    return app.date_input(key="log1_signed_on").set_value(SUMMIT).run()


def press(app: AppTest, key: str) -> AppTest:
    app.button(key=key).click().run()
    assert not app.exception
    return app


def stored(desk: Desk) -> list[Agreement]:
    with desk.reading() as session:
        found = list(session.exec(select(Agreement).order_by(Agreement.number)))
        session.expunge_all()
        return found


def said(app: AppTest) -> str:
    kinds = (app.markdown, app.error, app.warning, app.success, app.info, app.caption)
    return "\n".join(str(element.value) for kind in kinds for element in kind)


@pytest.mark.parametrize(("locale", "title"), [("en", "Log an agreement"), ("zh-CN", "登记协议")])
def test_the_form_opens_on_an_empty_database(desk: Desk, locale: str, title: str) -> None:
    assert at_log(locale).title[0].value == title


def test_looking_at_the_form_leaves_no_draft(desk: Desk) -> None:
    at_log()
    with desk.reading() as session:
        assert session.exec(select(Draft)).all() == []


def test_a_saved_agreement_opens_on_its_page(desk: Desk) -> None:
    app = press(filled(desk), "log1_-save")
    assert [a.number for a in stored(desk)] == ["430281-2020-F-001"]
    assert "430281-2020-F-001" in said(app)


def test_several_counties_sign_one_agreement_each(desk: Desk) -> None:
    press(filled(desk, LILING, NAN), "log1_-save")
    assert len(stored(desk)) == 2


def test_several_counties_may_sign_one_together(desk: Desk) -> None:
    app = filled(desk, LILING, NAN)
    app.segmented_control(key="log1_joint").set_value("joint").run()
    press(app, "log1_-save")
    assert len(stored(desk)) == 1


def test_a_second_press_of_the_same_button_saves_nothing_more(desk: Desk) -> None:
    app = filled(desk)
    token = app.session_state["log.form"]["content"]["token"]
    press(app, "log1_-next")
    # What a second click of the first form's button leaves behind.
    app.session_state["log_asked"] = ("next", token)
    app.run()
    assert len(stored(desk)) == 1


def test_saving_and_logging_the_next_keeps_event_day_and_partner(desk: Desk) -> None:
    event = hold_signing_event(desk, {"name": "峰会", "held_on": SUMMIT})
    app = filled(desk)
    app.selectbox(key="log1_event_id").set_value(event).run()
    press(app, "log1_-next")
    kept = app.session_state
    assert (kept["log2_event_id"], kept["log2_signed_on"]) == (event, SUMMIT)
    assert (kept["log2_partners"], kept["log2_division_ids"]) == ([PARTNER], [])


def test_choosing_an_event_takes_its_day(desk: Desk) -> None:
    event = hold_signing_event(desk, {"name": "峰会", "held_on": SUMMIT})
    app = at_log()
    app.selectbox(key="log1_event_id").set_value(event).run()
    assert app.date_input(key="log1_signed_on").value == SUMMIT


def test_the_end_is_told_as_one_types(desk: Desk) -> None:
    app = filled(desk)
    app.number_input(key="log1_term_months").set_value(6).run()
    assert "**2021-01-16**" in said(app)


@pytest.mark.parametrize("months", [0, 1201])
def test_a_term_out_of_range_is_told_as_one_types(desk: Desk, months: int) -> None:
    app = filled(desk)
    app.number_input(key="log1_term_months").set_value(months).run()
    assert "Enter a number from 1 to 1200" in said(app)


def test_a_term_from_the_31st_says_how_it_is_counted(desk: Desk) -> None:
    app = filled(desk)
    app.date_input(key="log1_effective_on").set_value(date(2020, 8, 31)).run()
    app.number_input(key="log1_term_months").set_value(6).run()
    assert "begins on day 31" in said(app)


def test_an_end_before_the_start_is_told_as_one_types(desk: Desk) -> None:
    app = filled(desk)
    app.segmented_control(key="log1_term_kind").set_value("end").run()
    app.date_input(key="log1_end_on").set_value(date(2020, 7, 16)).run()
    assert "The end 2020-07-16 is before the start 2020-07-17" in said(app)


def test_nothing_is_lost_when_the_save_is_refused(desk: Desk) -> None:
    app = filled(desk)
    app.text_input(key="log1_title").set_value("数字乡村").run()
    app.date_input(key="log1_signed_on").set_value(desk.today + timedelta(days=1)).run()
    press(app, "log1_-save")
    assert "in the future" in said(app)
    assert app.text_input(key="log1_title").value == "数字乡村"
    assert stored(desk) == []


def test_no_county_and_no_partner_are_told(desk: Desk) -> None:
    app = press(at_log("zh-CN"), "log1_-save")
    assert "请至少选择一个县（市、区）、地级市或省份。" in said(app)
    assert "请至少填写一个合作方。" in said(app)


def test_a_title_of_ten_thousand_characters_is_told_with_its_length(desk: Desk) -> None:
    app = filled(desk)
    app.text_input(key="log1_title").set_value("字" * 10_000).run()
    assert "this has 10000" in said(press(app, "log1_-save"))


def test_an_amount_that_is_none_is_shown_literally(desk: Desk) -> None:
    app = filled(desk)
    app.text_input(key="log1_amount").set_value(":red[x]").run()
    assert r"\:red\[x\]" in said(press(app, "log1_-save"))


def test_a_likely_duplicate_is_shown_and_not_saved_unless_confirmed(desk: Desk) -> None:
    logged(desk)
    app = filled(desk)
    assert "This may be logged already:" in said(app)
    press(app, "log1_-save")
    assert len(stored(desk)) == 1
    app.checkbox(key="log1_not_twin").check().run()
    press(app, "log1_-save")
    assert len(stored(desk)) == 2


def test_a_draft_comes_back_in_another_session(desk: Desk) -> None:
    app = filled(desk, LILING, NAN)
    app.text_input(key="log1_title").set_value("数字乡村").run()
    again = at_log()
    assert again.text_input(key="log1_title").value == "数字乡村"
    assert again.date_input(key="log1_signed_on").value == SUMMIT
    assert again.multiselect(key="log1_partners").value == [PARTNER]
    assert len(again.session_state["log1_division_ids"]) == 2


def test_a_draft_comes_back_from_another_page(desk: Desk) -> None:
    app = filled(desk)
    app.text_input(key="log1_title").set_value("数字乡村").run()
    app.switch_page("agreements.py").run()
    app.switch_page("log.py").run()
    assert app.text_input(key="log1_title").value == "数字乡村"


def test_what_is_hidden_for_a_while_is_kept(desk: Desk) -> None:
    app = filled(desk)
    app.segmented_control(key="log1_stage").set_value("negotiating").run()
    app.segmented_control(key="log1_stage").set_value("signed").run()
    assert app.date_input(key="log1_signed_on").value == SUMMIT


def test_a_saved_form_leaves_no_draft(desk: Desk) -> None:
    press(filled(desk), "log1_-save")
    with desk.reading() as session:
        assert session.exec(select(Draft)).all() == []


def test_a_discarded_draft_does_not_come_back(desk: Desk) -> None:
    app = filled(desk)
    app.text_input(key="log1_title").set_value("数字乡村").run()
    press(app, "log1_-discard")
    assert at_log().text_input(key="log1_title").value == ""


def test_a_form_resent_from_its_draft_after_the_save_saves_once(desk: Desk) -> None:
    app = filled(desk)
    with desk.reading() as session:
        draft = session.exec(select(Draft)).one().content
    press(app, "log1_-next")
    with desk.database.scratch() as session:
        session.add(Draft(person=desk.person.name, form="log", content=draft, saved_at=utc_now()))
    again = at_log()
    again.checkbox(key="log1_not_twin").check().run()
    press(again, "log1_-save")
    assert len(stored(desk)) == 1


def _upload(app: AppTest, name: str, content: bytes) -> AppTest:
    app.file_uploader[0].set_value((name, content, "application/pdf")).run()
    assert not app.exception
    return app


def test_a_scan_is_stored_on_upload_and_comes_back_with_the_draft(desk: Desk) -> None:
    _upload(filled(desk), "醴陵市.pdf", PDF)
    again = at_log()
    assert "醴陵市\\.pdf" in said(again)
    press(again, "log1_-save")
    [document] = read_documents(desk, agreement_id=stored(desk)[0].key)
    assert document.title == "醴陵市.pdf"


def test_a_scan_that_is_not_what_its_name_says_is_told_and_the_rest_kept(desk: Desk) -> None:
    app = _upload(filled(desk), "photo.png", PDF)
    assert "is not what its name says" in said(app)
    assert app.multiselect(key="log1_partners").value == [PARTNER]


def test_a_scan_of_sixty_megabytes_is_told_with_its_size(desk: Desk) -> None:
    content = BytesIO(PDF)
    content.seek(60 * 1024 * 1024)
    content.write(b"%%EOF")
    assert "61 MB; at most 50 MB" in said(_upload(filled(desk), "big.pdf", content.getvalue()))


def test_a_plan_template_opens_a_project_with_its_county(desk: Desk) -> None:
    template = plan_templates(desk)[0]
    app = filled(desk)
    app.selectbox(key=f"log1_template_{division_id(desk.database, LILING)}").set_value(template.id).run()
    press(app, "log1_-save")
    with desk.reading() as session:
        [project] = session.exec(select(Project))
        assert project.anchor_on == SUMMIT


def test_a_signatory_and_post_are_those_of_their_row(desk: Desk) -> None:
    app = filled(desk)
    county = division_id(desk.database, LILING)
    app.text_input(key=f"log1_post_{county}").set_value("县长").run()
    press(app, "log1_-save")
    with desk.reading() as session:
        posts = session.exec(select(Party.post).where(Party.division_id == county)).all()
    assert posts == ["县长"]


def test_an_unsigned_agreement_asks_since_when_it_is_in_its_stage(desk: Desk) -> None:
    app = filled(desk)
    app.segmented_control(key="log1_stage").set_value("negotiating").run()
    app.date_input(key="log1_stage_on").set_value(date(2022, 1, 1)).run()
    press(app, "log1_-save")
    assert stored(desk)[0].opened_on == date(2022, 1, 1)


def test_a_renewal_starts_from_the_agreement_it_renews(desk: Desk) -> None:
    one = logged(desk, owner="周")
    app = at_log(renewal_of=one)
    assert "This agreement renews 430281-2020-F-001." in said(app)
    assert app.date_input(key="log1_effective_on").value == date(2023, 7, 17)
    app.date_input(key="log1_signed_on").set_value(date(2023, 6, 1)).run()
    press(app, "log1_-save")
    assert [a.renewal_of_id for a in stored(desk)] == [None, one]


def test_a_renewal_of_no_agreement_is_answered_in_words(desk: Desk) -> None:
    assert "There is no such record" in said(at_log(renewal_of=404))


def test_a_link_from_a_county_starts_with_it(desk: Desk) -> None:
    county = division_id(desk.database, NAN)
    assert at_log(division=county).session_state["log1_division_ids"] == [county]


def test_a_link_from_an_event_starts_with_it_and_its_day(desk: Desk) -> None:
    event = hold_signing_event(desk, {"name": "峰会", "held_on": SUMMIT})
    app = at_log(event=event)
    assert app.selectbox(key="log1_event_id").value == event
    assert app.date_input(key="log1_signed_on").value == SUMMIT


def test_a_renewal_has_a_draft_of_its_own(desk: Desk) -> None:
    one = logged(desk)
    app = at_log()
    app.text_input(key="log1_title").set_value("另一份").run()
    assert at_log(renewal_of=one).text_input(key="log1_title").value != "另一份"


def test_a_new_event_can_be_made_in_place(desk: Desk) -> None:
    app = at_log()
    press(app, "log-new-event")
    [name] = [f for f in app.text_input if (f.key or "").startswith("log-event") and f.label == "Name"]
    name.set_value("湖南数字乡村峰会")
    [day] = [f for f in app.date_input if (f.key or "").startswith("log-event")]
    day.set_value(SUMMIT)
    [send] = [b for b in app.button if (b.form_id or "").startswith("log-event")]
    send.click().run()
    assert app.date_input(key="log1_signed_on").value == SUMMIT


def test_a_county_that_was_not_called_so_then_is_warned_of_but_not_refused(desk: Desk) -> None:
    app = filled(desk, "610118")
    app.date_input(key="log1_signed_on").set_value(date(2015, 1, 1)).run()
    assert "户县" in said(app)
    press(app, "log1_-save")
    assert len(stored(desk)) == 1

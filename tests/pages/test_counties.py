"""The list of counties and a county's page, in both languages and for what people do there."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from db.engine import Database
from db.models import Agreement, Party
from db.vocabulary import Side
from tests.conftest import division_id
from tracker.permissions import LOCAL_ADMINISTRATOR
from tracker.services.desk import Desk
from tracker.services.meeting import log_meeting, read_meetings
from tracker.services.office import close_office, open_office
from tracker.settings import Settings

NAVIGATION = str(Path(__file__).parents[2] / "pages" / "navigation.py")
SIGNED_ON = date(2020, 7, 17)


@pytest.fixture
def desk(sqlite_database: Database, tmp_path: Path) -> Iterator[Desk]:
    """The local administrator at a fresh database, which the screens have open too."""
    path = sqlite_database.path
    assert path is not None
    settings = Settings(home=tmp_path, database=f"sqlite:///{path}")
    open_office(settings)
    yield Desk(LOCAL_ADMINISTRATOR, sqlite_database, settings)
    close_office()


def at(page: str, locale: str = "en", **address: object) -> AppTest:
    app = AppTest.from_file(NAVIGATION, default_timeout=30)
    app.context = {"locale": locale}
    app.run()
    for name, value in address.items():
        app.query_params[name] = str(value)
    app.switch_page(page).run()
    assert not app.exception
    return app


def sign(desk: Desk, code: str) -> None:
    with desk.transaction() as work:
        agreement = work.save(
            Agreement(number=f"{code}-2020-F-001", title="框架合作协议", opened_on=SIGNED_ON)
        )
        county = division_id(desk.database, code)
        work.save(
            Party(agreement_id=agreement.key, side=Side.county, division_id=county, signed_on=SIGNED_ON)
        )


def listed(app: AppTest) -> list[str]:
    return list(app.dataframe[0].value["code"])


def table(app: AppTest) -> list[dict[str, object]]:
    return app.dataframe[0].value.to_dict("records")


@pytest.mark.parametrize(("locale", "title"), [("en", "Counties"), ("zh-CN", "县（市、区）")])
def test_the_list_opens_on_an_empty_database(desk: Desk, locale: str, title: str) -> None:
    app = at("counties.py", locale)
    assert app.title[0].value == title
    assert len(app.dataframe[0].value) == 2847


@pytest.mark.parametrize("typed", ["liling", "醴陵", "430281"])
def test_the_list_is_searched_as_everywhere(desk: Desk, typed: str) -> None:
    assert listed(at("counties.py", q=typed)) == ["430281"]


def test_a_former_name_finds_its_county_in_the_list(desk: Desk) -> None:
    assert listed(at("counties.py", q="户县")) == ["610118"]


def test_the_name_of_a_prefecture_lists_its_counties(desk: Desk) -> None:
    assert "430281" in listed(at("counties.py", q="株洲市"))


def test_the_list_can_be_kept_to_a_region_and_a_kind(desk: Desk) -> None:
    app = at("counties.py", region=division_id(desk.database, "430200"), kind="县级市")
    assert listed(app) == ["430281"]


def test_a_county_that_signed_is_contacted_and_signed(desk: Desk) -> None:
    sign(desk, "430281")
    for contact in ("contacted", "signed"):
        assert listed(at("counties.py", contact=contact)) == ["430281"]


def test_a_county_met_is_contacted_and_not_signed(desk: Desk) -> None:
    nan = division_id(desk.database, "430921")
    log_meeting(desk, {"division_id": nan, "held_on": SIGNED_ON, "with_whom": "县长"})
    assert listed(at("counties.py", contact="contacted")) == ["430921"]
    assert not at("counties.py", contact="signed").dataframe


def test_before_its_first_meeting_a_county_is_not_contacted(desk: Desk) -> None:
    nan = division_id(desk.database, "430921")
    log_meeting(desk, {"division_id": nan, "held_on": SIGNED_ON, "with_whom": "县长"})
    assert not at("counties.py", contact="contacted", as_of="2020-07-16").dataframe


def test_a_row_tells_what_was_signed_and_when(desk: Desk) -> None:
    sign(desk, "430281")
    row = table(at("counties.py", q="430281"))[0]
    assert (row["agreements_signed"], row["projects"]) == (1, 0)
    assert str(row["last_signed_on"])[:10] == "2020-07-17"


def test_a_search_that_finds_nothing_says_so(desk: Desk) -> None:
    assert "Nothing matches" in at("counties.py", q="<script>").info[0].value


@pytest.mark.parametrize(("locale", "title"), [("en", "Liling City"), ("zh-CN", "醴陵市")])
def test_a_county_page_opens_with_nothing_recorded(desk: Desk, locale: str, title: str) -> None:
    app = at("county.py", locale, id=division_id(desk.database, "430281"))
    assert app.title[0].value == title


def test_a_county_page_tells_its_former_names(desk: Desk) -> None:
    app = at("county.py", "zh-CN", id=division_id(desk.database, "610118"))
    assert any("户县（610125），至 2016 年" in m.value for m in app.markdown)


def test_a_county_page_lists_its_agreements(desk: Desk) -> None:
    sign(desk, "430281")
    app = at("county.py", id=division_id(desk.database, "430281"))
    assert list(app.dataframe[0].value["number"]) == ["430281-2020-F-001"]


@pytest.mark.parametrize("typed", ["", "0", "999999", "x", "-1"])
def test_a_county_that_is_not_there_says_so(desk: Desk, typed: str) -> None:
    app = at("county.py", id=typed)
    assert app.title[0].value == "County"
    assert "no such record" in app.warning[0].value


def test_a_meeting_is_logged_on_the_county_page(desk: Desk) -> None:
    liling = division_id(desk.database, "430281")
    app = at("county.py", id=liling)
    app.text_input(key="new_meeting_0_with_whom").set_value("县长")
    app.date_input(key="new_meeting_0_held_on").set_value(SIGNED_ON)
    app.button(key="FormSubmitter:new_meeting_0-Save").click().run()
    assert not app.exception
    assert [(m.held_on, m.with_whom) for m in read_meetings(desk, liling)] == [(SIGNED_ON, "县长")]
    assert app.text_input(key="new_meeting_1_with_whom").value == ""


def test_a_meeting_without_anybody_is_explained_and_kept(desk: Desk) -> None:
    liling = division_id(desk.database, "430281")
    app = at("county.py", id=liling)
    app.text_input(key="new_meeting_0_topic").set_value("数字兴业")
    app.button(key="FormSubmitter:new_meeting_0-Save").click().run()
    assert any("Please fill in this field" in m.value for m in app.markdown)
    assert app.text_input(key="new_meeting_0_topic").value == "数字兴业"
    assert read_meetings(desk, liling) == []


def test_typed_markdown_is_shown_as_typed(desk: Desk) -> None:
    liling = division_id(desk.database, "430281")
    log_meeting(desk, {"division_id": liling, "held_on": SIGNED_ON, "with_whom": ":red[**x**]"})
    app = at("county.py", id=liling)
    assert any("\\:red\\[\\*\\*x\\*\\*\\]" in e.label for e in app.expander)


def test_a_withdrawn_meeting_asks_for_a_reason(desk: Desk) -> None:
    liling = division_id(desk.database, "430281")
    meeting = log_meeting(desk, {"division_id": liling, "held_on": SIGNED_ON, "with_whom": "县长"})
    app = at("county.py", id=liling)
    app.button(key=f"meeting_{meeting}_withdraw").click().run()
    assert [e.value for e in app.error] == ["Please give a reason."]
    app.text_input(key=f"meeting_{meeting}_reason").set_value("重复登记")
    app.button(key=f"meeting_{meeting}_withdraw").click().run()
    assert [m.archive_reason for m in read_meetings(desk, liling)] == ["重复登记"]

"""The screen of sales regions: begun at one click, defined, changed by two people, withdrawn and restored."""

import pytest
from streamlit.testing.v1 import AppTest

from tests.conftest import division_id
from tests.pages.list_screen import look
from tests.pages.project_screen import told
from tracker.services.desk import Desk
from tracker.services.sales_region import archive_region, change_region, define_region, read_sales_regions

PAGE = "sales_regions.py"


def _press(app: AppTest, label: str) -> AppTest:
    next(button for button in app.button if button.label == label).click().run()
    assert not app.exception
    return app


def _opened(desk: Desk, **values: object) -> tuple[AppTest, int]:
    region = define_region(desk, {"name": "南方*大区*", "name_en": "South"} | values)
    return look(PAGE, {"id": [str(region)]}), region


@pytest.mark.parametrize(
    ("locale", "first"), [("en", "No sales region is defined yet"), ("zh-CN", "尚未设立销售大区")]
)
def test_an_empty_database_says_how_to_begin(screens: Desk, locale: str, first: str) -> None:
    assert first in told(look(PAGE, locale=locale))


def test_the_macro_regions_are_there_at_one_click(screens: Desk) -> None:
    app = _press(look(PAGE, locale="en"), "Begin with the macro regions")
    table = next(f.value for f in app.dataframe if "places" in f.value)
    assert (len(table), int(table["places"].sum())) == (7, 34)


def test_a_region_is_defined_with_a_name(screens: Desk) -> None:
    app = look(PAGE)
    next(field for field in app.text_input if field.label == "Name").set_value("重点县").run()
    _press(app, "Save")
    assert [sheet.region.name for sheet in read_sales_regions(screens)] == ["重点县"]


def test_a_region_without_a_name_is_refused_beside_the_field(screens: Desk) -> None:
    assert "Please fill in this field." in told(_press(look(PAGE), "Save"))


def test_a_name_is_shown_as_it_was_typed(screens: Desk) -> None:
    define_region(screens, {"name": "南方*大区*"})
    app, _region = _opened(screens, name="<b>北</b>")
    assert "South" in app.subheader[0].value


def test_the_second_editor_of_a_name_sees_both(screens: Desk) -> None:
    app, region = _opened(screens, name="南方大区")
    change_region(screens, region, {"name": "华南大区", "name_en": "South"}, seen=1)
    next(field for field in app.text_input if field.value == "南方大区").set_value("南区")
    saves = [button for button in app.button if button.label == "Save"]
    saves[-1].click().run()
    assert {"stored: 华南大区", "yours: 南区"} <= {text for radio in app.radio for text in radio.options}


def test_a_region_is_withdrawn_with_a_reason_and_restored(screens: Desk) -> None:
    app, region = _opened(screens)
    assert "Please give a reason." in told(_press(app, "Withdraw this sales region"))
    archive_region(screens, region, "重复")
    app = _press(look(PAGE), "Restore")
    assert read_sales_regions(screens)[0].region.archived_at is None


def test_shared_counties_are_told(screens: Desk) -> None:
    day = look(PAGE)
    for name, code in (("甲", "430000"), ("乙", "430281")):
        ids = [division_id(screens.database, code)]
        define_region(screens, {"name": name, "division_ids": ids, "from_on": "2020-01-01"})
    del day
    assert "甲 and 乙: 1 counties" in told(look(PAGE))


@pytest.mark.parametrize("typed", ["999", "-1", "x", "9" * 30])
def test_a_hand_edited_address_shows_the_list(screens: Desk, typed: str) -> None:
    assert look(PAGE, {"id": [typed]}).title[0].value == "Sales regions"


def test_looking_back_shows_what_is_stored_now_and_lets_nothing_be_entered(screens: Desk) -> None:
    define_region(screens, {"name": "甲"})
    app = look(PAGE, {"known": ["2020-01-01"]})
    assert "Begin with the macro regions" not in [button.label for button in app.button]

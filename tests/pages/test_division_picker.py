"""Picking counties on a screen: typed, pasted, pressed, taken away."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from db.engine import Database
from tests.conftest import division_id
from tracker.services.office import close_office, open_office
from tracker.settings import Settings

SCRIPT = """
import streamlit as st
from datetime import date
from pages.components.division_picker import pick_divisions
picked = pick_divisions("counties", several={several}, levels={levels}, day=date(2020, 7, 17),
                        on_change=lambda: st.session_state.update(told=True))
st.text(",".join(map(str, picked)))
"""


@pytest.fixture
def office(sqlite_database: Database, tmp_path: Path) -> Iterator[Database]:
    path = sqlite_database.path
    assert path is not None
    open_office(Settings(home=tmp_path, database=f"sqlite:///{path}"))
    yield sqlite_database
    close_office()


def picker(*, several: bool = True, levels: tuple[str, ...] = ("county",), locale: str = "en") -> AppTest:
    app = AppTest.from_string(SCRIPT.format(several=several, levels=levels), default_timeout=20)
    app.context = {"locale": locale}
    return app.run()


def typed(app: AppTest, text: str) -> AppTest:
    return app.text_input(key="counties_typed").set_value(text).run()


def pressed(app: AppTest, key: str) -> AppTest:
    return app.button(key=key).click().run()


def test_a_match_pressed_is_picked_and_the_search_is_empty_again(office: Database) -> None:
    liling = division_id(office, "430281")
    app = pressed(typed(picker(), "ll"), f"counties_add_0_{division_id(office, '371481')}")
    app = pressed(typed(app, "liling"), f"counties_add_0_{liling}")
    assert app.session_state["counties"] == [division_id(office, "371481"), liling]
    assert app.text_input(key="counties_typed").value == ""
    assert app.session_state["told"]


def test_a_match_says_where_it_lies_and_its_code(office: Database) -> None:
    app = typed(picker(locale="zh-CN"), "醴陵")
    assert [b.label for b in app.button] == ["**醴陵市** · 株洲市 · 湖南省 · 430281"]


def test_a_former_name_is_said(office: Database) -> None:
    app = typed(picker(locale="zh-CN"), "户县")
    assert "2016 年以前称户县" in app.button[0].label


def test_several_names_pasted_are_added_in_one_press(office: Database) -> None:
    app = typed(picker(), "醴陵市, 南县、桂东县")
    assert app.button(key="counties_add_all").label == "Add all 3"
    app = pressed(app, "counties_add_all")
    assert app.session_state["counties"] == [division_id(office, c) for c in ("430281", "430921", "431027")]


def test_of_several_names_the_doubtful_ones_are_left_to_choose(office: Database) -> None:
    app = typed(picker(), "醴陵市、鼓楼区")
    assert app.button(key="counties_add_all").label == "Add the clear ones (1)"
    assert len(app.button) == 5


def test_the_doubtful_ones_stay_to_be_searched_once_the_clear_ones_are_added(office: Database) -> None:
    app = pressed(typed(picker(), "鼓楼区、醴陵市"), "counties_add_all")
    assert app.session_state["counties"] == [division_id(office, "430281")]
    assert app.text_input(key="counties_typed").value == "鼓楼区"


def test_choosing_a_doubtful_one_leaves_the_others_typed(office: Database) -> None:
    nanjing = division_id(office, "320106")
    app = pressed(typed(picker(), "鼓楼区、醴陵市"), f"counties_add_0_{nanjing}")
    assert app.session_state["counties"] == [nanjing]
    assert app.text_input(key="counties_typed").value == "醴陵市"


def test_a_picked_one_can_be_taken_away(office: Database) -> None:
    liling = division_id(office, "430281")
    app = pressed(typed(picker(), "liling"), f"counties_add_0_{liling}")
    app = pressed(app, f"counties_remove_{liling}")
    assert app.session_state["counties"] == []


def test_a_single_pick_replaces_the_one_before(office: Database) -> None:
    nan, liling = division_id(office, "430921"), division_id(office, "430281")
    app = pressed(typed(picker(several=False), "liling"), f"counties_add_0_{liling}")
    app = pressed(typed(app, "南县"), f"counties_add_0_{nan}")
    assert app.session_state["counties"] == [nan]


def test_what_a_draft_puts_back_is_shown(office: Database) -> None:
    app = AppTest.from_string(SCRIPT.format(several=True, levels=("county",)), default_timeout=20)
    app.context = {"locale": "zh-CN"}
    app.session_state["counties"] = [division_id(office, "430281")]
    assert [b.label for b in app.run().button] == ["醴陵市 · 株洲市"]


def test_a_prefecture_can_be_picked_where_it_may_be(office: Database) -> None:
    app = typed(picker(levels=("county", "prefecture")), "株洲市")
    assert app.button[0].key == f"counties_add_0_{division_id(office, '430200')}"


def test_a_county_that_did_not_exist_then_is_warned_of(office: Database) -> None:
    app = pressed(typed(picker(), "500157"), f"counties_add_0_{division_id(office, '500157')}")
    assert "did not exist on 2020-07-17" in app.warning[0].value.replace("\\", "")


def test_a_statistics_only_area_cannot_be_pressed(office: Database) -> None:
    app = typed(picker(), "石家庄高新技术产业开发区")
    assert not app.button
    assert "Statistics" in app.caption[0].value


def test_nonsense_is_shown_as_typed(office: Database) -> None:
    app = typed(picker(), "<script>:red[x]")
    assert "\\<script\\>\\:red\\[x\\]" in app.caption[0].value

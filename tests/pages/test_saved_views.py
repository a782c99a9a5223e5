"""Saved views on the screens: save one, open it, pass its link on, and begin a page with one."""

from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest

from pages.components import context
from pages.components.act_dialog import Asked
from tests.conftest import division_id
from tests.pages.list_screen import look, tick
from tests.pages.project_screen import told
from tests.pages.test_literal_text import HOSTILE
from tracker.permissions import LOCAL_ADMINISTRATOR, Person, Role
from tracker.services.desk import Desk
from tracker.services.saved_view import View, archive_view, list_views, make_default, save_view

PAGE = "counties.py"
VALUES = {"name": "湖南各县", "page": "counties", "query": "q=liling", "is_shared": False}
SHARED = VALUES | {"is_shared": True}
MISSING = "does not exist any more"


def search(app: AppTest) -> str:
    return str(app.text_input(key="filter_q").value)


def save(app: AppTest, name: str, *, shared: bool = False) -> AppTest:
    [field] = [f for f in app.text_input if "save_view" in (f.key or "")]
    field.set_value(name)
    if shared:
        [box] = [c for c in app.checkbox if "save_view" in (c.key or "")]
        box.check()
    [button] = [b for b in app.button if "save_view" in b.form_id]
    button.click().run()
    assert not app.exception
    return app


def ask(app: AppTest, act: str, view: int) -> AppTest:
    """Open an act's dialog, as picking it from the view's menu does."""
    app.session_state["act_dialog"] = Asked(act, -view)
    app.run()
    assert not app.exception
    return app


def as_person(monkeypatch: pytest.MonkeyPatch, name: str, role: Role) -> None:
    monkeypatch.setattr(context, "LOCAL_ADMINISTRATOR", Person(name, role))


def other(desk: Desk) -> Desk:
    return replace(desk, person=Person("alice", Role.editor))


def views(desk: Desk, page: str = "counties") -> list[View]:
    return list_views(desk, page)


def test_what_a_page_shows_is_saved_under_a_name(screens: Desk) -> None:
    save(look(PAGE, {"q": ["liling"], "as_of": ["2021-06-30"]}), "醴陵")
    [view] = views(screens)
    assert (view.name, view.parameters, view.is_shared) == (
        "醴陵",
        {"q": ["liling"], "as_of": ["2021-06-30"]},
        False,
    )


def test_always_today_keeps_no_day(screens: Desk) -> None:
    app = look(PAGE, {"q": ["liling"], "as_of": ["2021-06-30"]})
    app.radio[0].set_value(False)
    save(app, "醴陵")
    assert views(screens)[0].parameters == {"q": ["liling"]}


def test_a_view_is_saved_while_looking_back(screens: Desk) -> None:
    save(look(PAGE, {"known": ["2021-06-30"]}), "当时")
    assert views(screens)[0].parameters == {"known": ["2021-06-30"]}


def test_a_name_that_is_taken_is_told_beside_it(screens: Desk) -> None:
    save_view(screens, VALUES)
    app = save(look(PAGE), VALUES["name"])
    assert "You have a view of that name on this page already" in told(app)


def test_one_click_opens_a_view_and_its_link_stands_in_the_address(screens: Desk) -> None:
    view = save_view(screens, VALUES)
    app = look(PAGE, {"q": ["hunan"], "as_of": ["2021-06-30"]})
    app.button(key=f"open_view_{view}").click().run()
    assert (search(app), app.query_params) == ("liling", {"view": str(view)})


@pytest.mark.parametrize("locale", ["zh", "en"])
def test_a_link_shows_the_view_it_names(screens: Desk, locale: str) -> None:
    app = look(PAGE, {"view": [str(save_view(screens, VALUES))]}, locale)
    assert search(app) == "liling"


def test_a_link_leads_to_the_views_own_page(screens: Desk) -> None:
    app = look("signing_events.py", {"view": [str(save_view(screens, VALUES))]})
    assert (app.title[0].value, search(app)) == ("Counties", "liling")


def test_a_change_of_an_opened_view_is_the_addresss_alone(screens: Desk) -> None:
    app = look(PAGE, {"view": [str(save_view(screens, VALUES | {"query": "q=liling&kind=district"}))]})
    app.text_input(key="filter_q").set_value("changsha").run()
    assert app.query_params == {"q": "changsha", "kind": "district"}
    assert views(screens)[0].query == "q=liling&kind=district"


@pytest.mark.parametrize("named", ["999", "x", "²", "-1", "9" * 30, ""])
def test_a_link_to_no_view_says_so_and_shows_the_page(screens: Desk, named: str) -> None:
    app = look(PAGE, {"view": [named]})
    assert (MISSING in told(app), app.title[0].value) == (True, "Counties")


def test_a_withdrawn_view_is_told_in_chinese_too(screens: Desk) -> None:
    view = save_view(screens, VALUES)
    archive_view(screens, view, "不用了")
    assert "此链接所指的视图已不存在" in told(look(PAGE, {"view": [str(view)]}, "zh"))


def test_the_sentence_goes_with_the_next_choice(screens: Desk) -> None:
    app = look(PAGE, {"view": ["999"]})
    app.text_input(key="filter_q").set_value("changsha").run()
    assert (MISSING in told(app), app.query_params) == (False, {"q": "changsha"})


def test_anothers_view_that_is_not_shared_is_neither_listed_nor_opened(screens: Desk) -> None:
    view = save_view(other(screens), VALUES)
    app = look(PAGE, {"view": [str(view)]})
    assert (MISSING in told(app), "湖南各县" in [b.label for b in app.button]) == (True, False)


def test_anothers_shared_view_is_listed_with_its_author(screens: Desk) -> None:
    save_view(other(screens), SHARED)
    app = look(PAGE)
    assert "湖南各县" in [b.label for b in app.button]
    assert "by alice" in told(app)


def test_a_viewer_saves_a_view_of_their_own(screens: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    as_person(monkeypatch, "bob", Role.viewer)
    save(look(PAGE, {"q": ["liling"]}), "我的", shared=True)
    assert [(v.author, v.is_shared) for v in views(screens)] == [("bob", True)]


def test_the_menu_offers_what_the_person_may_do(screens: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    own, others = save_view(screens, SHARED), save_view(other(screens), SHARED)
    app = look(PAGE)
    assert [len(app.get_by_key(f"view_menu_{v}").options) for v in (own, others)] == [4, 2]
    as_person(monkeypatch, "bob", Role.viewer)
    assert len(look(PAGE).get_by_key(f"view_menu_{own}").options) == 1


def test_a_page_opens_with_the_view_of_the_role_where_nothing_is_chosen(screens: Desk) -> None:
    make_default(screens, save_view(screens, SHARED), "administrator")
    assert (search(look(PAGE)), search(look(PAGE, {"q": ["x"]}))) == ("liling", "x")


def test_another_role_begins_with_the_page_as_it_is(screens: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    make_default(screens, save_view(screens, SHARED), "administrator")
    as_person(monkeypatch, "bob", Role.viewer)
    assert search(look(PAGE)) == ""


def test_what_a_page_begins_with_can_be_cleared(screens: Desk) -> None:
    make_default(screens, save_view(screens, SHARED), "administrator")
    app = look(PAGE)
    app.button(key="filter_clear").click().run()
    assert (search(app), app.run().query_params) == ("", {})


def test_the_view_shown_gives_the_button_its_name(screens: Desk) -> None:
    view = save_view(screens, VALUES)
    assert app_label(look(PAGE, {"view": [str(view)]})) == "湖南各县"
    assert app_label(look(PAGE, {"q": ["liling"]})) == "湖南各县"
    assert app_label(look(PAGE, {"q": ["other"]})) == "Views"


def app_label(app: AppTest) -> str:
    return next(p.proto.popover.label for p in app.get("popover") if "bookmarks" in p.proto.popover.icon)


def test_a_form_and_a_record_have_no_views(screens: Desk) -> None:
    liling = division_id(screens.database, "430281")
    apps = [look("log.py"), look("county.py", {"id": [str(liling)]}), look("history.py")]
    assert [[f.key for f in app.text_input if "save_view" in (f.key or "")] for app in apps] == [[]] * 3


def test_a_dialog_shows_the_link(screens: Desk) -> None:
    view = save_view(screens, VALUES)
    app = ask(look(PAGE), "view_link", view)
    assert app.code[0].value.endswith(f"?view={view}")


def test_a_view_is_renamed_shared_and_filled_anew(screens: Desk) -> None:
    view = save_view(screens, VALUES)
    app = ask(look(PAGE, {"q": ["changsha"]}), "view_change", view)
    token = app.session_state["act_dialog"].token
    app.text_input(key=f"view_{token}_name").set_value("长沙")
    app.checkbox(key=f"view_{token}_shared").check()
    app.checkbox(key=f"view_{token}_replaced").check()
    next(b for b in app.button if b.form_id == f"view_{token}").click().run()
    [now] = views(screens)
    assert (now.name, now.query, now.is_shared) == ("长沙", "q=changsha", True)


def test_a_role_is_given_a_view_to_begin_with(screens: Desk) -> None:
    view = save_view(screens, SHARED)
    app = ask(look(PAGE), "view_first", view)
    app.get_by_key("view_first_default_for").set_value("viewer")  # type: ignore[union-attr]
    next(b for b in app.button if b.form_id == "view_first_form").click().run()
    assert views(screens)[0].default_for == "viewer"


def test_withdrawing_asks_for_a_reason(screens: Desk) -> None:
    view = save_view(screens, VALUES)
    app = ask(look(PAGE), "view_withdraw", view)
    next(b for b in app.button if b.form_id == "view_withdraw_form").click().run()
    assert len(views(screens)) == 1
    app.text_input(key="view_withdraw_reason").set_value("不用了")
    next(b for b in app.button if b.form_id == "view_withdraw_form").click().run()
    assert views(screens) == []


def test_a_name_stands_as_the_characters_typed(screens: Desk) -> None:
    hostile = HOSTILE[:60]
    save_view(replace(screens, person=LOCAL_ADMINISTRATOR), VALUES | {"name": hostile})
    app = look(PAGE)
    [label] = [b.label for b in app.button if (b.key or "").startswith("open_view")]
    assert label.replace("\\", "") == hostile
    assert ":red[" not in label


def test_a_tables_columns_and_order_are_part_of_the_address(screens: Desk) -> None:
    app = look(PAGE, {"counties_columns": ["name"], "counties_sort": ["-name"]})
    assert app.multiselect(key="counties_columns").value == ["name"]
    names = app.dataframe[0].value["name"].to_list()
    assert names == sorted(names, reverse=True)


def test_a_ticked_row_of_a_table_in_another_order_opens_its_own_record(screens: Desk) -> None:
    app = look(PAGE, {"counties_sort": ["-name"], "q": ["liling"]})
    opened = app.dataframe[0].value["name"].to_list()[0]
    app = tick(app, "counties_table_-name", 0)
    assert opened in told(app) + "".join(t.value for t in app.title)


@pytest.mark.parametrize(
    ("order", "landed"),
    [("landed", ["0/9", "1/3 *", "10/12"]), ("-landed", ["10/12", "1/3 *", "0/9"])],
)
def test_ratios_are_ordered_by_their_share(screens: Desk, order: str, landed: list[str]) -> None:
    def page() -> None:
        import polars as pl

        from pages.components.record_table import Column, record_table

        frame = pl.DataFrame({"landed": ["10/12", None, "0/9", "1/3 *"]})
        record_table(frame, [Column("landed", "Landed", "ratio")], key="rates")

    app = AppTest.from_function(page)
    app.query_params["rates_sort"] = order
    # What has no ratio comes last in either order.
    assert app.run().dataframe[0].value["landed"].to_list()[:3] == landed


@pytest.mark.parametrize(
    "address", [{"counties_sort": ["nonsense"]}, {"counties_sort": ["-"]}, {"counties_columns": ["x", ""]}]
)
def test_a_hand_edited_order_or_column_is_left_out(screens: Desk, address: dict[str, list[str]]) -> None:
    assert look(PAGE, address).dataframe[0].value.shape == look(PAGE).dataframe[0].value.shape

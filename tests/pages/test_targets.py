"""The screen of targets: typed into a grid, saved once, told what others set meanwhile."""

from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from tests.agreement_samples import logged
from tests.pages.list_screen import look
from tests.pages.project_screen import told
from tracker.services.desk import Desk
from tracker.services.target import TargetMeasure, Wish, read_targets, set_targets

PAGE, SIGNINGS = "targets.py", TargetMeasure.signings
YEAR = {"year": ["2020"], "as_of": ["2020-12-31"]}


def _type(app: AppTest, count: int | None) -> AppTest:
    app.session_state["targets_2020_1"] = {
        "edited_rows": {0: {"signings": count}},
        "added_rows": [],
        "deleted_rows": [],
    }
    return app.run()


def _save(app: AppTest) -> AppTest:
    next(button for button in app.button if button.label == "Save targets").click().run()
    assert not app.exception
    return app


def _stored(desk: Desk) -> int | None:
    return read_targets(desk, date(2020, 12, 31), 2020).stored.get((None, SIGNINGS))


def _set(desk: Desk, count: int) -> None:
    stored = read_targets(desk, date(2020, 12, 31), 2020).stored
    set_targets(desk, 2020, [Wish(None, SIGNINGS, count)], seen=stored)


@pytest.mark.parametrize(
    ("locale", "title", "first"), [("en", "Targets", "All regions"), ("zh-CN", "目标", "全部")]
)
def test_an_empty_database_offers_all_of_it_and_every_province(
    screens: Desk, locale: str, title: str, first: str
) -> None:
    app = look(PAGE, YEAR, locale)
    places = app.dataframe[0].value["place"]
    assert (app.title[0].value, len(places)) == (title, 35)
    assert first in places[0]


def test_what_is_typed_is_saved(screens: Desk) -> None:
    _save(_type(look(PAGE, YEAR), 12))
    assert _stored(screens) == 12


def test_what_is_typed_outlives_a_visit_to_another_page(screens: Desk) -> None:
    app = _type(look(PAGE, YEAR), 12)
    app.switch_page("counties.py").run()
    app.query_params["year"] = ["2020"]
    app.switch_page(PAGE).run()
    assert app.dataframe[0].value.iloc[0]["signings"] == 12
    _save(app)
    assert _stored(screens) == 12


def test_what_was_reached_stands_beside_the_target(screens: Desk) -> None:
    logged(screens)
    _set(screens, 4)
    row = look(PAGE, YEAR).dataframe[0].value.iloc[0]
    assert (row["signings"], row["signings_reached"], row["signings_attained"]) == (4, 1, "25%")


def test_the_second_of_two_editors_is_told_and_may_save_again(screens: Desk) -> None:
    _set(screens, 4)
    app = _type(look(PAGE, YEAR), 8)
    _set(screens, 6)
    app = _save(app)
    assert "somebody set 6 meanwhile, and you typed 8" in told(app)
    _save(app)
    assert _stored(screens) == 8


def test_taking_a_target_away_asks_for_the_reason(screens: Desk) -> None:
    _set(screens, 4)
    app = _save(_type(look(PAGE, YEAR), None))
    assert "Please give a reason." in told(app)
    next(f for f in app.text_input if f.label == "Why take targets away?").set_value("口径调整")
    _save(app)
    assert _stored(screens) is None


@pytest.mark.parametrize("year", ["1900", "9999", "x", "-5"])
def test_a_hand_edited_year_shows_one_that_can_be_set(screens: Desk, year: str) -> None:
    assert look(PAGE, {"year": [year]}).title[0].value == "Targets"

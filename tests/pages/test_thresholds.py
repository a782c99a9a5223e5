"""Thresholds on their screen: seen, changed from today on, refused with a sentence, told apart by day."""

import pytest

from pages.components import context
from tests.pages.project_screen import at, told
from tracker.permissions import Person, Role
from tracker.rules.threshold import NAMES
from tracker.services.desk import Desk
from tracker.services.threshold import change_thresholds, read_thresholds, thresholds_on


def _save(app: object, name: str, value: int) -> None:
    app.number_input(key=f"thresholds_form_0_{name}").set_value(value)  # type: ignore[attr-defined]
    button = next(b for b in app.button if b.label == "Save")  # type: ignore[attr-defined]
    button.click().run()


@pytest.mark.parametrize(("locale", "title"), [("en", "Thresholds"), ("zh-CN", "阈值")])
def test_every_threshold_is_shown(screens: Desk, locale: str, title: str) -> None:
    app = at("thresholds.py", locale)
    assert (app.title[0].value, len(app.dataframe[0].value)) == (title, len(NAMES))


def test_a_change_is_saved_from_today_on(screens: Desk) -> None:
    _save(at("thresholds.py"), "behind_yellow_points", 15)
    assert read_thresholds(screens, screens.today).since_on["behind_yellow_points"] == screens.today


def test_a_change_is_told_with_who_made_it(screens: Desk) -> None:
    change_thresholds(screens, {"dormant_months": 9}, seen=0, reason="省里的新办法")
    row = at("thresholds.py").dataframe[1].value.iloc[0]
    assert [row[name] for name in ("name", "old", "new", "reason")] == ["Dormant", 6, 9, "省里的新办法"]


def test_values_that_do_not_go_together_are_explained(screens: Desk) -> None:
    app = at("thresholds.py")
    _save(app, "behind_red_points", 5)
    assert "5 is less than 10, the value of the milder warning before it." in told(app)


def test_two_editors_of_one_threshold_see_both(screens: Desk) -> None:
    app = at("thresholds.py")
    change_thresholds(screens, {"dormant_months": 9}, seen=0)
    _save(app, "dormant_months", 12)
    choice = app.radio(key="thresholds_form_dormant_months_choice")
    assert (choice.label, choice.options) == ("Dormant", ["stored: 9", "yours: 12"])


def test_the_choice_between_both_is_saved(screens: Desk) -> None:
    app = at("thresholds.py")
    change_thresholds(screens, {"dormant_months": 9}, seen=0)
    _save(app, "dormant_months", 12)
    app.button(key="thresholds_form_settle").click().run()
    assert thresholds_on(screens, screens.today).dormant_months == 12


def test_on_an_earlier_day_the_values_of_then_are_shown(screens: Desk) -> None:
    change_thresholds(screens, {"behind_yellow_points": 15}, seen=0)
    values = at("thresholds.py", as_of="2021-06-30").dataframe[0].value
    assert values["value"].iloc[0] == 10


def test_a_new_agreement_is_offered_the_days_of_notice_in_force(screens: Desk) -> None:
    change_thresholds(screens, {"notice_days": 60}, seen=0)
    offered = [field.value for field in at("log.py").number_input if field.label == "Notice, days"]
    assert offered == [60]


def test_an_editor_sees_thresholds_and_cannot_change_them(
    screens: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(context, "LOCAL_ADMINISTRATOR", Person("alice", Role.editor))
    assert not at("thresholds.py").number_input

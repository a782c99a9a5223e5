"""Plan templates on their screen: seen, added, changed, withdrawn."""

import pytest

from pages.components import context
from tests.pages.project_screen import at, told
from tracker.permissions import Person, Role
from tracker.services.desk import Desk
from tracker.services.plan_template import (
    archive_plan_template,
    change_plan_template,
    plan_templates,
    read_plan_template,
)


def _steps(*weights: int) -> dict[str, object]:
    rows = [{"name_zh": "启动", "name_en": "Start", "offset": 1, "weight": w} for w in weights]
    return {"edited_rows": {}, "added_rows": rows, "deleted_rows": []}


@pytest.mark.parametrize(("locale", "title"), [("en", "Plan templates"), ("zh-CN", "计划模板")])
def test_the_shipped_templates_are_shown(screens: Desk, locale: str, title: str) -> None:
    app = at("plan_templates.py", locale)
    assert app.title[0].value == title
    assert len([b for b in app.button if (b.key or "").startswith("open_")]) == 5


def test_without_any_template_the_screen_says_what_one_is_for(screens: Desk) -> None:
    for sheet in plan_templates(screens):
        archive_plan_template(screens, sheet.id, "不再使用")
    assert "No template yet." in told(at("plan_templates.py"))


@pytest.mark.parametrize("locale", ["en", "zh-CN"])
def test_a_template_is_shown_with_its_steps(screens: Desk, locale: str) -> None:
    sheet = plan_templates(screens)[0]
    app = at("plan_templates.py", locale, id=sheet.id)
    assert len(app.dataframe[0].value) == len(sheet.steps)


def test_a_template_that_is_not_there_is_said_in_a_sentence(screens: Desk) -> None:
    assert len(at("plan_templates.py", id=99).error) == 1


def _type_new(app: object, *weights: int) -> None:
    for field, value in (("name_zh", "试点"), ("name_en", "Pilot")):
        app.text_input(key=f"new_template_0_{field}").set_value(value)
    app.selectbox(key="new_template_0_pillar_id").select_index(0)
    app.session_state["new_template_0_steps"] = _steps(*weights)
    app.button(key="new_template_0_save").click().run()


def test_a_template_is_added(screens: Desk) -> None:
    _type_new(at("plan_templates.py", new=1), 60, 40)
    assert plan_templates(screens)[-1].fields["name_zh"] == "试点"


def test_weights_that_do_not_sum_to_100_are_explained(screens: Desk) -> None:
    app = at("plan_templates.py", new=1)
    _type_new(app, 60, 30)
    assert "The weights sum to 90; they must sum to 100." in told(app)


def test_too_few_gates_are_warned_of(screens: Desk) -> None:
    app = at("plan_templates.py", new=1)
    app.session_state["new_template_0_steps"] = _steps(100)
    app.run()
    assert "Fewer than 3 landing gates" in told(app)


def test_changed_steps_become_a_new_edition(screens: Desk) -> None:
    sheet = plan_templates(screens)[0]
    app = at("plan_templates.py", id=sheet.id)
    first, second = sheet.steps[0]["weight"], sheet.steps[1]["weight"]
    app.session_state[f"template_{sheet.id}_0_steps"] = {
        "edited_rows": {0: {"weight": first + 1}, 1: {"weight": second - 1}},
        "added_rows": [],
        "deleted_rows": [],
    }
    app.button(key=f"template_{sheet.id}_0_save").click().run()
    assert read_plan_template(screens, sheet.id).edition == 2


def test_two_authors_of_one_template_see_both(screens: Desk) -> None:
    sheet = plan_templates(screens)[0]
    app = at("plan_templates.py", id=sheet.id)
    change_plan_template(
        screens, sheet.id, sheet.fields | {"name_en": "Hers"}, list(sheet.steps), seen=(1, 1)
    )
    app.text_input(key=f"template_{sheet.id}_0_name_en").set_value("Mine")
    app.button(key=f"template_{sheet.id}_0_save").click().run()
    assert app.radio(key=f"template_{sheet.id}_name_en_choice").options == ["stored: Hers", "yours: Mine"]


def test_saving_an_untouched_template_changes_nothing(screens: Desk) -> None:
    sheet = plan_templates(screens)[0]
    at("plan_templates.py", id=sheet.id).button(key=f"template_{sheet.id}_0_save").click().run()
    assert read_plan_template(screens, sheet.id) == sheet


def test_a_template_is_withdrawn_with_a_reason(screens: Desk) -> None:
    sheet = plan_templates(screens)[0]
    app = at("plan_templates.py", id=sheet.id)
    app.text_input(key="template_archive_reason").set_value("不再使用")
    app.button(key="template_archive").click().run()
    assert sheet.id not in [s.id for s in plan_templates(screens)]


def test_an_editor_sees_templates_and_cannot_change_them(
    screens: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    sheet = plan_templates(screens)[0]
    monkeypatch.setattr(context, "LOCAL_ADMINISTRATOR", Person("alice", Role.editor))
    keys = {b.key for b in at("plan_templates.py", id=sheet.id).button}
    assert not keys & {f"template_{sheet.id}_0_save", "template_archive"}

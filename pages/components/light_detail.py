"""What a click on a light opens: its rule, what it looked at, what would turn it green, and who set it."""

import streamlit as st

from pages.components.context import _, as_of, desk, words
from pages.components.light_mark import light_mark, told_mark
from pages.components.light_override import override_part
from pages.components.record_names import actor_name
from pages.components.text import plain
from tracker.rules.health import SIDE_NAMES, Side, side_told
from tracker.rules.light import TEST_NAMES, Light
from tracker.rules.light_sentence import LightTold, light_reason, told_tests
from tracker.services.light import LightSheet, read_light

_NAMED = 3


def light_popover(project_id: int, told: str, *, place: str) -> None:
    """Draw a project's `told_light` as a button that opens the detail; `place` tells lights apart."""
    opened = st.popover(told_mark(told), key=f"light_{place}_{project_id}", on_change="rerun")
    with opened:
        if opened.open and (sheet := read_light(desk(), project_id, as_of())):
            light_detail(sheet, place)


def light_head(project_id: int, *, place: str = "head") -> None:
    """Draw the light at the head of one project, nothing where the project is not there on the day."""
    if sheet := read_light(desk(), project_id, as_of()):
        light_popover(project_id, sheet.row["told_light"], place=place)


def light_detail(sheet: LightSheet, place: str) -> None:
    """Draw why the light is what it is, test by test, the five sides of health, and lights people set."""
    _headline(sheet)
    if sheet.row["computed_light"] not in (Light.blue, Light.stopped):
        names = {"late": _names(sheet.late), "key": _names(sheet.late_keys)}
        for told in told_tests(sheet.row, sheet.limits, as_of(), words(), names=names):
            _test(told)
    _health(sheet)
    override_part(sheet, place)


def _headline(sheet: LightSheet) -> None:
    row = sheet.row
    reason = light_reason(row, words())
    if row["override_colour"] is None:
        st.markdown(f"**{light_mark(row['light'])}** · {reason}")
        return
    values = {"who": plain(actor_name(row["override_author"])), "day": row["override_until_on"]}
    st.markdown(f"**{light_mark(row['light'])}** · " + _("set by {who} until {day}", **values))
    if row["light"] != row["override_colour"]:
        st.caption(_("What was set has no effect here: there is no approved plan, or no test runs."))
    st.caption(_("Reason: {reason}", reason=plain(row["override_reason"])))
    st.markdown(_("As computed:") + f" {light_mark(row['computed_light'])} · {reason}")


def _test(told: LightTold) -> None:
    lines = [f"{light_mark(told.colour)} **{_(TEST_NAMES[told.test])}** · {told.inputs}"]
    if told.cure:
        lines.append(f":material/arrow_forward: {told.cure}")
    st.markdown("  \n".join([*lines, f":small[:gray[{told.rule}]]"]))


def _health(sheet: LightSheet) -> None:
    lines = ["**" + _("Health") + f"** · {light_mark(sheet.health['overall'])}"]
    lines += [
        f":small[{light_mark(sheet.health[side.value])} {_(SIDE_NAMES[side])}"
        f" · {side_told(side, sheet.health, words())}]"
        for side in Side
    ]
    st.markdown("  \n".join(lines))


def _names(names: tuple[str, ...]) -> str:
    """The first few names, so that a sentence stays one, and how many more there are."""
    comma = "、" if words().is_chinese else ", "
    shown = comma.join(_("“{name}”", name=plain(name)) for name in names[:_NAMED])
    more = len(names) - _NAMED
    return _("{names}, and {count} others", names=shown, count=more) if more > 0 else shown

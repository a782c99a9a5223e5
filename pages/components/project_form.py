"""The one form for projects: open one of an agreement, or correct one."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import uuid4

import streamlit as st

from pages.components.context import _, desk, named, words
from pages.components.feedback import announce, attempt, problem_beside
from pages.components.field_conflict import keep_conflict, settled_values
from pages.components.field_names import field_name
from pages.components.form_turn import drawn_from, end_turn, turn_key
from pages.components.template_evidence import medians_wanted
from tracker.errors import EditConflict
from tracker.services.plan_template import plan_templates
from tracker.services.project import change_project, open_project
from tracker.services.project_choices import divisions_below, pillars_and_units
from tracker.services.project_sheet import ProjectSheet, read_opening

_FIRST_DAY = date(1949, 10, 1)


def opening_form(key: str, agreement_id: int) -> int | None:
    """Draw the form for a new project of an agreement; return its id once it is open. Raises: NotFound."""
    agreement, bound = read_opening(desk(), agreement_id)
    places = divisions_below(desk(), [division["id"] for division in bound])
    sheets = [{"id": sheet.id} | sheet.fields for sheet in plan_templates(desk())]
    fields = _Fields(key, {"owner": agreement["owner"], "division_id": bound[0]["id"] if bound else None})
    with st.form(key, border=False, enter_to_submit=False):
        fields.pick("division_id", places, label=_("County name"))
        fields.pick("template_id", sheets, label=_("Plan template"), empty=_("No template: an empty plan"))
        st.caption(
            _("With a template, name, pillar and unit may be left empty: they are the template's then.")
        )
        fields.day("anchor_on", agreement["effective_on"] or agreement["opened_on"])
        medians_on = medians_wanted(sheets, key)
        _draw(fields)
        sent = st.form_submit_button(_("Create the project"), type="primary", icon=":material/add:")
    if not sent:
        # A second press of the button arrives as a run of its own, which finds the token of the first.
        st.session_state[f"{key}_token"] = uuid4().hex
        return None
    token = st.session_state.setdefault(f"{key}_token", uuid4().hex)
    values = fields.values | {"language": words().language, "medians_on": medians_on}
    with attempt():
        opened = open_project(desk(), agreement_id, values, token=token)
        announce(_("The project is open."))
        return opened
    fields.show_problems()
    return None


def project_form(sheet: ProjectSheet) -> bool:
    """Draw the form that corrects a project; return whether it was saved."""
    name = f"project_form_{sheet.id}"
    if settled := settled_values(name, "project"):
        values, seen = settled
        return _save(name, sheet, values, seen=seen)
    key = turn_key(name)
    drawn = drawn_from(key, f"{key}_name", sheet)
    fields = _Fields(key, drawn.fields)
    with st.form(key, border=False, enter_to_submit=False):
        _draw(fields)
        places = st.columns(3)
        for place, field in zip(places, ("started_on", "live_on", "accepted_on"), strict=True):
            with place:
                fields.day(field, drawn.fields[field])
        sent = st.form_submit_button(_("Save"), type="primary", icon=":material/save:")
    if not sent:
        return False
    saved = _save(name, drawn, fields.values, seen=drawn.version)
    fields.show_problems()
    return saved


def _save(name: str, sheet: ProjectSheet, values: dict[str, Any], *, seen: int) -> bool:
    try:
        with attempt():
            change_project(desk(), sheet.id, values, seen=seen)
            end_turn(name)
            announce(_("Saved."))
            return True
    except EditConflict as conflict:
        keep_conflict(name, conflict, values, sheet.fields)
        st.rerun()
    return False


class _Fields:
    """The fields of one drawing: what they hold, and the place for a problem beside each."""

    def __init__(self, key: str, now: Mapping[str, Any]) -> None:
        self.key, self.now = key, now
        self.values: dict[str, Any] = {}
        self.places: dict[str, Any] = {}

    def line(self, name: str) -> None:
        now = self.now.get(name, "")
        self._hold(name, st.text_input(field_name(name), now, key=f"{self.key}_{name}", max_chars=300))

    def day(self, name: str, now: date | None) -> None:
        key = f"{self.key}_{name}"
        self._hold(
            name, st.date_input(field_name(name), now, key=key, format="YYYY-MM-DD", min_value=_FIRST_DAY)
        )

    def pick(self, name: str, rows: list[dict[str, Any]], *, label: str = "", empty: str = "") -> None:
        names = {int(row["id"]): named(row) for row in rows}
        chosen = self.now.get(name)
        picked = st.selectbox(
            label or field_name(name),
            list(names),
            index=list(names).index(chosen) if chosen in names else None,
            format_func=names.__getitem__,
            key=f"{self.key}_{name}",
            placeholder=empty or _("Choose"),
        )
        self._hold(name, picked)

    def prose(self, name: str) -> None:
        now = self.now.get(name, "")
        self._hold(name, st.text_area(field_name(name), now, key=f"{self.key}_{name}", height=80))

    def show_problems(self) -> None:
        for name, place in self.places.items():
            with place:
                problem_beside(name)

    def _hold(self, name: str, value: Any) -> None:
        self.values[name] = value
        self.places[name] = st.container()


def _draw(fields: _Fields) -> None:
    pillars, units = pillars_and_units(desk())
    fields.line("name")
    left, right = st.columns(2)
    with left:
        fields.pick("pillar_id", pillars)
        fields.line("owner")
        fields.day("planned_start_on", fields.now.get("planned_start_on"))
    with right:
        fields.pick("unit_id", units)
        fields.line("county_owner")
    fields.prose("note")

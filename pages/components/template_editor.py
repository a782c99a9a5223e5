"""The one form for plan templates: what one is for, and its steps as a grid."""

from typing import Any
from uuid import uuid4

import polars as pl
import streamlit as st

from db.vocabulary import EvidenceKind, OffsetUnit, ProgressBasis
from pages.components.context import _, desk, named
from pages.components.feedback import announce, attempt
from pages.components.field_conflict import keep_conflict, settled_values
from pages.components.field_names import field_name, value_text
from pages.components.form_turn import drawn_from, end_turn, turn_key
from pages.components.grid_frame import from_editor, to_editor
from pages.components.grid_problems import show_grid_problems
from pages.components.grid_save import grid_save_button, save_asked
from tracker.errors import EditConflict, InvalidInput
from tracker.rules.milestone_draft import weight_total
from tracker.rules.plan_template import USUAL_GATES, WHOLE_WEIGHT, gates_missing
from tracker.services.plan_template import TemplateSheet, add_plan_template, change_plan_template
from tracker.services.project_choices import pillars_and_units

_SCHEMA = {
    "name_zh": pl.String,
    "name_en": pl.String,
    "start_offset": pl.Int64,
    "offset": pl.Int64,
    "offset_unit": pl.String,
    "weight": pl.Int64,
    "is_key": pl.Boolean,
    "is_gate": pl.Boolean,
    "evidence_kind": pl.String,
    "evidence_hint_zh": pl.String,
    "evidence_hint_en": pl.String,
}


def template_editor(name: str, sheet: TemplateSheet | None = None) -> int | None:
    """Draw the form; return the template's id once it is saved."""
    if settled := settled_values(name, "plan_template"):
        values, _version = settled
        if isinstance(values["steps"], str) and sheet:
            values["steps"] = list(sheet.steps)
        return _save(name, sheet, values)
    key = turn_key(name)
    drawn = drawn_from(key, f"{key}_name_zh", sheet)
    values = _fields(key, dict(drawn.fields) if drawn else {})
    edited = st.data_editor(
        to_editor(drawn.steps if drawn else [], _SCHEMA),
        key=f"{key}_steps",
        num_rows="dynamic",
        hide_index=True,
        height="content",
        column_config=_columns(),
        placeholder="",
        alt=_("Steps of the template"),
    )
    steps = [{k: v for k, v in row.items() if v is not None} for row in from_editor(edited, _SCHEMA)]
    _foot(steps)
    grid_save_button(key, _("Save"))
    if not save_asked(key):
        return None
    return _save(name, drawn, values | {"steps": steps})


def _fields(key: str, now: dict[str, Any]) -> dict[str, Any]:
    pillars, units = pillars_and_units(desk())
    values: dict[str, Any] = {}
    left, right = st.columns(2)
    for place, language in ((left, "zh"), (right, "en")):
        with place:
            for name, draw in (
                (f"name_{language}", st.text_input),
                (f"description_{language}", st.text_area),
            ):
                values[name] = draw(field_name(name), now.get(name, ""), key=f"{key}_{name}")
    for place, name, rows in ((left, "pillar_id", pillars), (right, "unit_id", units)):
        names = {int(row["id"]): named(row) for row in rows}
        with place:
            values[name] = st.selectbox(
                field_name(name),
                list(names),
                index=list(names).index(now[name]) if now.get(name) else None,
                format_func=names.__getitem__,
                key=f"{key}_{name}",
                placeholder=_("Choose"),
            )
    bases = {str(b): value_text("edition", "progress_basis", str(b), {}) for b in ProgressBasis}
    with left:
        values["progress_basis"] = st.segmented_control(
            field_name("progress_basis"),
            list(bases),
            default=now.get("progress_basis", ProgressBasis.milestones.value),
            format_func=bases.__getitem__,
            required=True,
            key=f"{key}_progress_basis",
            help=_("Reported percent: the percent of the last accepted update counts, not what is met."),
        )
    return values


def _columns() -> dict[str, Any]:
    column = st.column_config
    number = {name: column.NumberColumn(field_name(name), step=1) for name in ("start_offset", "offset")}
    texts = ("name_zh", "name_en", "evidence_hint_zh", "evidence_hint_en")
    yes = ("is_key", "is_gate")
    return (
        {name: column.TextColumn(field_name(name), max_chars=300) for name in texts}
        | number
        | {name: column.CheckboxColumn(field_name(name), default=False) for name in yes}
        | {
            "weight": column.NumberColumn(field_name("weight"), step=1, default=0),
            "offset_unit": _one_of("offset_unit", [unit.value for unit in OffsetUnit], default="month"),
            "evidence_kind": _one_of("evidence_kind", [kind.value for kind in EvidenceKind]),
        }
    )


def _one_of(name: str, options: list[str], default: str | None = None) -> Any:
    said = {value: value_text("plan_template_milestone", name, value, {}) for value in options}
    return st.column_config.SelectboxColumn(
        field_name(name),
        options=options,
        format_func=lambda value: said.get(str(value), str(value)),
        default=default,
    )


def _foot(steps: list[dict[str, Any]]) -> None:
    total = weight_total(steps)
    colour = "green" if total == WHOLE_WEIGHT else "red"
    told = _("Weights sum to {total} of {whole}.", total=total, whole=WHOLE_WEIGHT)
    st.markdown(f":{colour}[{told}]")
    if steps and gates_missing(steps):
        st.warning(
            _(
                "Fewer than {usual} landing gates: a project lands once all its gates are met.",
                usual=USUAL_GATES,
            )
        )


def _save(name: str, sheet: TemplateSheet | None, typed: dict[str, Any]) -> int | None:
    token = st.session_state.setdefault(f"{name}_token", uuid4().hex)
    values, steps = {k: v for k, v in typed.items() if k != "steps"}, typed["steps"]
    try:
        with attempt():
            try:
                if sheet is None:
                    saved = add_plan_template(desk(), values, steps, token=token)
                else:
                    change_plan_template(desk(), saved := sheet.id, values, steps, seen=sheet.seen)
            except InvalidInput as error:
                show_grid_problems(error, [step.get("name_zh", "") for step in steps])
                return None
            st.session_state.pop(f"{name}_token", None)
            end_turn(name)
            announce(_("Saved."))
            return saved
    except EditConflict as conflict:
        keep_conflict(name, conflict, typed, sheet.fields if sheet else None)
        st.rerun()
    return None

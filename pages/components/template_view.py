"""Plan templates to look at: as cards, and one with its steps."""

from typing import Any

import polars as pl
import streamlit as st

from db.vocabulary import OffsetUnit
from pages.components.context import _, desk, named, words
from pages.components.feedback import announce, attempt
from pages.components.field_names import field_name, value_text
from pages.components.filters import change_address
from pages.components.record_table import Column, record_table
from pages.components.text import plain
from tracker.services.plan_template import TemplateSheet, archive_plan_template, restore_plan_template
from tracker.services.project_choices import pillars_and_units


def template_cards(sheets: list[TemplateSheet]) -> None:
    """Draw one card per template, which opens it."""
    if not sheets:
        st.info(_("No template yet. Add one: it fills the plan of every new project of its kind."))
    pillars = {row["id"]: named(row) for row in pillars_and_units(desk())[0]}
    cards = st.grid(3, min_column_width=280)
    for sheet in sheets:
        with cards.cell(), st.container(border=True, height="stretch"):
            st.markdown(f"**{plain(named(sheet.fields))}**")
            st.caption(f"{plain(pillars[sheet.fields['pillar_id']])} · {_outline(sheet)}")
            st.markdown(plain(_described(sheet)))
            st.button(
                _("Open"), key=f"open_{sheet.id}", on_click=lambda i=sheet.id: change_address(id=str(i))
            )


def template_steps(sheet: TemplateSheet) -> None:
    """Draw a template's description and its steps in order."""
    st.header(plain(named(sheet.fields)))
    if sheet.archived_at:
        reason = plain(sheet.archive_reason)
        st.warning(_("Withdrawn, no longer offered: {reason}", reason=reason), icon=":material/archive:")
    edition = {"number": sheet.edition, "day": words().date(sheet.published_on)}
    basis = value_text("edition", "progress_basis", sheet.fields["progress_basis"], {})
    told = [_outline(sheet), f"{field_name('progress_basis')}: {basis}"]
    st.caption(" · ".join([*told, _("edition {number} of {day}", **edition)]))
    st.markdown(plain(_described(sheet)))
    rows = [
        {
            "name": step["name_zh"],
            "name_en": step["name_en"],
            "when": _after(step),
            "weight": step["weight"],
            "is_key": step["is_key"],
            "is_gate": step["is_gate"],
            "evidence": value_text("step", "evidence_kind", step["evidence_kind"], {}),
            "evidence_hint": step["evidence_hint_zh"],
            "evidence_hint_en": step["evidence_hint_en"],
        }
        for step in sheet.steps
    ]
    columns = [
        Column("name", _("Milestone")),
        Column("when", _("Due after")),
        Column("weight", field_name("weight"), "number"),
        Column("is_key", field_name("is_key"), "yes"),
        Column("is_gate", field_name("is_gate"), "yes"),
        Column("evidence", field_name("evidence_kind")),
        Column("evidence_hint", field_name("evidence_hint")),
    ]
    record_table(pl.DataFrame(rows), columns, key=f"template_{sheet.id}")


def template_acts(sheet: TemplateSheet) -> None:
    """Draw what an administrator can do with a template as a whole."""
    if sheet.archived_at:
        if st.button(_("Restore"), icon=":material/unarchive:"):
            with attempt():
                restore_plan_template(desk(), sheet.id)
                announce(_("Saved."))
                st.rerun()
        return
    with st.popover(_("Archive"), icon=":material/archive:"):
        st.caption(_("The template is no longer offered; projects made from it keep their plans."))
        reason = st.text_input(_("Reason"), key="template_archive_reason", max_chars=2000)
        if st.button(_("Archive"), key="template_archive"):
            with attempt():
                archive_plan_template(desk(), sheet.id, reason)
                announce(_("Saved."))
                st.rerun()


def _after(step: dict[str, Any]) -> str:
    if step["offset_unit"] == OffsetUnit.day:
        return _("{count} days", count=step["offset"])
    return _("{count} months", count=step["offset"])


def _outline(sheet: TemplateSheet) -> str:
    keys, gates = (sum(step[field] for step in sheet.steps) for field in ("is_key", "is_gate"))
    return _(
        "Milestones: {count}; key nodes: {keys}; landing gates: {gates}",
        count=len(sheet.steps),
        keys=keys,
        gates=gates,
    )


def _described(sheet: TemplateSheet) -> str:
    return words().name(sheet.fields["description_zh"], sheet.fields["description_en"])

"""What would happen: which lights change, which terms end too early, which dates and landings move."""

import polars as pl
import streamlit as st

from pages.components.context import _, words
from pages.components.light_mark import light_word
from pages.components.record_table import Column, record_table
from tracker.rules.light_sentence import light_reason
from tracker.services.what_if import WhatIfSheet

_LIGHTS = ("red", "yellow", "green", "grey", "blue", "stopped")


def how_it_is_worked_out(as_of: str, look_on: str) -> None:
    """Say in words what both outcomes rest on."""
    st.caption(
        _(
            "Both outcomes are for {look_on}, from what is known on {as_of}, and worked out alike: unmet"
            " milestones are met on the day they are expected, after what they wait for, with evidence;"
            " projects start as planned; updates keep coming; a reported percentage stays what it was; what"
            " waits for stopped work is not met. Approved plans stay as they are, no light is set by hand."
            " Nothing is saved.",
            look_on=look_on,
            as_of=as_of,
        )
    )


def outcome(sheet: WhatIfSheet) -> None:
    """Draw the comparison: counts first, then what changes, kind by kind."""
    _counts(sheet)
    if not any(f.height for f in (sheet.lights, sheet.finishes, sheet.landings, sheet.terms, sheet.in_vain)):
        st.success(_("Nothing changes by that day."), icon=":material/check:")
        return
    _lights(sheet)
    _terms(sheet)
    _landings(sheet)
    _in_vain(sheet)
    _finishes(sheet)


def _counts(sheet: WhatIfSheet) -> None:
    counted = sheet.counted
    shown = [kind for kind in _LIGHTS if counted[f"{kind}_before"] or counted[f"{kind}_after"]]
    cells = st.grid(6, min_column_width=130)
    for kind in shown:
        _before_after(cells, light_word(kind), counted[f"{kind}_before"], counted[f"{kind}_after"])
    names = {"outlives": _("Outliving the term"), "landed": _("Landed")}
    for name, label in names.items():
        _before_after(cells, label, counted[f"{name}_before"], counted[f"{name}_after"])
    told = [_("{number} projects", number=words().number(counted["projects"]))]
    if counted["elsewhere"]:
        told.append(_("{number} of them elsewhere, waiting for this work", number=counted["elsewhere"]))
    st.caption(" · ".join(told))


def _before_after(cells: object, label: str, before: int, after: int) -> None:
    change = after - before
    cells.metric(  # type: ignore[attr-defined]
        label,
        f"{before} → {after}" if change else str(after),
        delta=f"{change:+d}" if change else None,
        delta_color="off",
    )


def _place() -> list[Column]:
    return [
        Column("project", _("Project")),
        Column("county", _("County")),
        Column("agreement", _("Agreement")),
    ]


def _table(title: str, frame: pl.DataFrame, columns: list[Column], *, key: str) -> None:
    if frame.is_empty():
        return
    st.subheader(f"{title} ({words().number(frame.height)})")
    record_table(frame, columns, key=key, opens="project.py", id_column="project_id")


def _lights(sheet: WhatIfSheet) -> None:
    marks = {kind: light_word(kind) for kind in _LIGHTS}
    reasons = [
        light_reason(sheet.rows["after", project_id], words()) for project_id in sheet.lights["project_id"]
    ]
    frame = sheet.lights.with_columns(
        pl.col("light_before", "light_after").replace(marks), pl.Series("reason", reasons, dtype=pl.String)
    )
    columns = [
        Column("project", _("Project")),
        Column("light_before", _("Light before")),
        Column("light_after", _("Light after")),
        Column("reason", _("Why")),
        Column("county", _("County")),
        Column("agreement", _("Agreement"), shown=False),
    ]
    _table(_("Lights that change"), frame, columns, key="what_if_lights")


def _terms(sheet: WhatIfSheet) -> None:
    if sheet.terms.is_empty():
        return
    title = _("Agreements that end before their work does")
    st.subheader(f"{title} ({words().number(sheet.terms.height)})")
    columns = [
        Column("agreement", _("Agreement")),
        Column("title", _("Title")),
        Column("term_end_on", _("Ends on"), "date"),
        Column("before", _("Projects that outlive it, before"), "number"),
        Column("after", _("Projects that outlive it, after"), "number"),
    ]
    record_table(sheet.terms, columns, key="what_if_terms", opens="agreement.py", id_column="agreement_id")


def _landings(sheet: WhatIfSheet) -> None:
    lost, gained = (
        sheet.landings.filter(landed) for landed in (~pl.col("landed_after"), pl.col("landed_after"))
    )
    _table(_("Landings lost by that day"), lost, _place(), key="what_if_lost")
    _table(_("Landings gained by that day"), gained, _place(), key="what_if_gained")


def _in_vain(sheet: WhatIfSheet) -> None:
    columns = [*_place(), Column("waits_in_vain_after", _("Milestones that wait for stopped work"), "number")]
    _table(_("Waiting for work that has stopped"), sheet.in_vain, columns, key="what_if_in_vain")


def _finishes(sheet: WhatIfSheet) -> None:
    columns = [
        Column("project", _("Project")),
        Column("finish_before", _("Finish before"), "date"),
        Column("finish_after", _("Finish after"), "date"),
        Column("days", _("Days moved"), "number"),
        Column("county", _("County")),
        Column("slip_original_days_after", _("Slip to the original plan, days"), "number"),
        Column("slip_current_days_after", _("Slip to the current plan, days"), "number"),
        Column("baselines", _("Re-baselines"), "number"),
        Column("agreement", _("Agreement"), shown=False),
    ]
    _table(_("Finish dates that move"), sheet.finishes, columns, key="what_if_finishes")

"""Compare any two plans of a project, approved or typed: as a picture, and as a table to take along."""

from collections.abc import Mapping
from typing import Any

import polars as pl
import streamlit as st

from pages.components.address import parameter
from pages.components.context import _, as_of, desk, is_dark, is_phone, words
from pages.components.field_names import field_name
from pages.components.filters import change_address
from pages.components.looking_back import is_looking_back, with_moment
from pages.components.record_names import actor_name
from pages.components.record_table import Column, record_table
from pages.components.timeline_export import picture_buttons
from tracker.charts.frame import WholeChart
from tracker.charts.plan_comparison import comparison_period, plan_comparison_chart, signed
from tracker.charts.view import TimelineView
from tracker.rules.plan_comparison import DIFFERENCE_NAMES, StartComparison
from tracker.services.plan_comparison import PlanComparison, compare_plans
from tracker.services.project_sheet import ProjectSheet

_BEFORE, _AFTER, _TYPED = "plan_before", "plan_after", "typed"


def baseline_comparison(sheet: ProjectSheet) -> None:
    """Draw two plans side by side, once there is an approved one; closed until it is opened."""
    if not sheet.baselines:
        return
    opened = st.expander(
        _("Compare plans"),
        # An address that names plans was sent to be looked at.
        expanded=bool(parameter(_BEFORE) or parameter(_AFTER)),
        icon=":material/compare_arrows:",
        on_change="rerun",
        key="comparison_open",
    )
    with opened:
        if not opened.open:
            return
        plans = _plans(sheet)
        last = _TYPED if sheet.changes or len(sheet.baselines) == 1 else str(sheet.baselines[-1]["number"])
        with st.container(horizontal=True, vertical_alignment="bottom"):
            before = _choice(_BEFORE, _("The older plan"), plans, default="0")
            after = _choice(_AFTER, _("The newer plan"), plans, default=last)
        found = compare_plans(desk(), sheet.id, _number(before), _number(after), as_of())
        st.markdown(_slips(found))
        st.caption(_counted(found))
        st.caption(_start(found.start))
        _picture(found, plans[before], plans[after])
        record_table(found.rows, _columns(_short(before), _short(after)), key="plan-comparison")
        st.markdown("**" + _("Approvals") + "**")
        record_table(_approvals(sheet), _approval_columns(), key="approvals")


def _plans(sheet: ProjectSheet) -> dict[str, str]:
    approved = {
        str(b["number"]): _("B{number} of {day}", number=b["number"], day=b["approved_on"])
        for b in sheet.baselines
    }
    return approved | {
        _TYPED: _("the plan as typed then") if is_looking_back() else _("the plan as typed now")
    }


def _choice(name: str, label: str, plans: Mapping[str, str], default: str) -> str:
    """Draw one choice of a plan, which stands in the address; what it does not know counts as none."""
    asked = parameter(name)
    chosen = asked if asked in plans else default
    key = f"comparison_{name}"
    st.session_state[key] = chosen
    st.selectbox(
        label,
        list(plans),
        format_func=plans.__getitem__,
        key=key,
        width=240,
        on_change=lambda: change_address(**{name: st.session_state[key]}),
    )
    return chosen


def _short(plan: str) -> str:
    return _("typed") if plan == _TYPED else f"B{plan}"


def _number(plan: str) -> int | None:
    return None if plan == _TYPED else int(plan)


def _slips(found: PlanComparison) -> str:
    """Both slips together, with the number of re-baselines (D7): moving a baseline hides no delay."""
    if found.slip_original_days is None or found.slip_current_days is None:
        return _("On {day} this project had no approved plan, so there is no slip.", day=as_of())
    return _(
        "As of {day} the project slips **{original}** days to the original plan, "
        "**{current}** days to the current one; re-baselines: **{count}**.",
        day=as_of(),
        original=signed(found.slip_original_days),
        current=signed(found.slip_current_days),
        count=found.rebaselines,
    )


def _counted(found: PlanComparison) -> str:
    totals = found.totals
    told = _(
        "Milestones changed: {changed}; added: {added}; removed: {removed}; unchanged: {kept}. "
        "Sum of weights: {before} → {after}.",
        changed=totals.changed,
        added=totals.added,
        removed=totals.removed,
        kept=totals.kept,
        before=totals.weight_before,
        after=totals.weight_after,
    )
    if totals.finish_days is None:
        return told
    return f"{told} " + _(
        "Last due day: {before} → {after} ({days} days).",
        before=totals.finish_before,
        after=totals.finish_after,
        days=signed(totals.finish_days),
    )


def _start(start: StartComparison) -> str:
    """The planned start of both plans, and how far the start slips to the original and the current one."""
    told = _("Planned start: {before} → {after}.", before=start.before or "–", after=start.after or "–")
    if start.days is not None:
        told = _(
            "Planned start: {before} → {after} ({days} days).",
            before=start.before,
            after=start.after,
            days=signed(start.days),
        )
    if start.slip_original_days is None or start.slip_current_days is None:
        return told
    return f"{told} " + _(
        "As of {day} the start slips {original} days to the original plan, {current} to the current one.",
        day=as_of(),
        original=signed(start.slip_original_days),
        current=signed(start.slip_current_days),
    )


def _picture(found: PlanComparison, before: str, after: str) -> None:
    has_day = pl.any_horizontal(pl.col("due_on_before", "due_on_after").is_not_null())
    if found.rows.filter(has_day).is_empty():
        return
    language = words()
    subtitle = (
        _("Grey: {before}. Marks: {after}. A shield is a landing gate.", before=before, after=after),
        _("As of {day}", day=as_of()),
    )
    heading = with_moment(((f"{before} → {after}",), subtitle))
    day = as_of()

    def draw(*, dark: bool = False, narrow: bool = False) -> WholeChart:
        start, end = comparison_period(found.rows, narrow=narrow)
        view = TimelineView(start, end, day, *heading, dark, narrow)
        return plan_comparison_chart(found.rows, view, language)

    st.altair_chart(draw(dark=is_dark(), narrow=is_phone()), width="stretch", key="comparison_chart")
    picture_buttons(draw, day, "plan-comparison")


def _columns(before: str, after: str) -> list[Column]:
    def pair(field: str, kind: Any, *, shown: bool = True) -> list[Column]:
        label = field_name(field)
        return [
            Column(f"{field}_before", f"{label} · {before}", kind, shown=shown),
            Column(f"{field}_after", f"{label} · {after}", kind, shown=shown),
        ]

    return [
        Column("name", _("Milestone")),
        Column("difference", _("Difference"), names={str(k): v for k, v in DIFFERENCE_NAMES.items()}),
        *pair("due_on", "date"),
        Column("due_days", _("Days moved"), "number", help=_("Signed calendar days; negative is earlier.")),
        *pair("start_on", "date", shown=False),
        Column("start_days", _("Start moved, days"), "number", shown=False),
        *pair("weight", "number"),
        *pair("is_key", "yes", shown=False),
        *pair("is_gate", "yes", shown=False),
        Column("slip_original_days", _("Slip to original, days"), "number"),
        Column("slip_current_days", _("Slip to current, days"), "number"),
    ]


def _approvals(sheet: ProjectSheet) -> pl.DataFrame:
    columns = ("number", "approved_on", "planned_start_on", "author", "approver", "self_approved", "reason")
    rows = [
        {name: baseline[name] for name in columns}
        | {name: actor_name(baseline[name]) for name in ("author", "approver")}
        for baseline in sheet.baselines
    ]
    return pl.DataFrame(rows).with_columns(name=pl.format("B{}", "number"))


def _approval_columns() -> list[Column]:
    return [
        Column("name", _("Plan")),
        Column("approved_on", field_name("approved_on"), "date"),
        Column("planned_start_on", field_name("planned_start_on"), "date"),
        Column("author", _("Proposed by")),
        Column("approver", field_name("approver")),
        Column("self_approved", _("Approved by its author"), "yes"),
        Column("reason", _("Reason")),
    ]

"""The parts of the update form that grow: milestones whose day moves, and new risks."""

from typing import Any

import streamlit as st

from pages.components.agreement_form import day_field
from pages.components.context import _, words
from pages.components.feedback import problem_beside
from pages.components.field_names import field_name
from pages.components.kept_form import KeptForm
from pages.components.text import plain
from tracker.rules.forecast import SLIP_REASON_NAMES
from tracker.rules.risk import IMPACT_NAMES, LIKELIHOOD_NAMES
from tracker.services.project_sheet import ProjectSheet

_REASONS = {str(reason): name for reason, name in SLIP_REASON_NAMES.items()}
_FIELDS = ("new_on", "reason_code", "note")
_RISK_FIELDS = ("title", "likelihood", "impact", "owner", "response", "due_on")


def unmet(sheet: ProjectSheet) -> list[dict[str, Any]]:
    """Return the milestones that can still be forecast, in the plan's order."""
    return [m for m in sheet.milestones if not m["met_on"] and not m["cancelled_on"]]


def forecast_rows(sheet: ProjectSheet, form: KeptForm) -> None:
    """Draw the choice of milestones whose day moves and, for each, its new day, the reason and a line."""
    milestones = {m["id"]: m for m in unmet(sheet)}
    if not milestones:
        return
    labels = {i: f"{m['name']} · {_expected(sheet, m)}" for i, m in milestones.items()}
    moved = st.multiselect(
        _("Milestones whose day moves"),
        list(labels),
        key=form.field("moved", [], labels),
        format_func=labels.__getitem__,
        placeholder=_("None moves"),
        on_change=form.keep,
    )
    for milestone_id in moved:
        _forecast_row(form, milestone_id, milestones[milestone_id], sheet)


def forecast_values(form: KeptForm) -> list[dict[str, Any]]:
    """Return the new forecasts as the service takes them."""
    return [
        {"milestone_id": i} | {name: form.get(f"{name}_{i}") for name in _FIELDS}
        for i in form.get("moved") or []
    ]


def risk_rows(form: KeptForm) -> None:
    """Draw the new risks, and the button for one more."""
    numbers: list[int] = form.get("risks") or []
    for index, number in enumerate(numbers):
        with st.container(border=True):
            _risk_row(form, index, number)
    st.button(_("Add a risk"), key=form.key("-risk"), icon=":material/add:", on_click=_add_risk, args=(form,))


def risk_values(form: KeptForm) -> list[dict[str, Any]]:
    """Return the new risks as the service takes them."""
    return [{name: form.get(f"{name}_r{n}") for name in _RISK_FIELDS} for n in form.get("risks") or []]


def _expected(sheet: ProjectSheet, milestone: dict[str, Any]) -> str:
    now = sheet.states.get(milestone["id"], {})
    day = now.get("forecast_on") or now.get("current_due_on") or milestone["due_on"]
    return words().date(day) or _("no day yet")


def _forecast_row(form: KeptForm, milestone_id: int, milestone: dict[str, Any], sheet: ProjectSheet) -> None:
    st.markdown(_("**{name}**, so far {day}", name=plain(milestone["name"]), day=_expected(sheet, milestone)))
    day, reason, line = st.columns([1, 1, 2])
    with day:
        day_field(form, f"new_on_{milestone_id}", _("Expected now on"))
        problem_beside(f"forecast.{milestone_id}.new_on")
    reasons = {code: _(name) for code, name in _REASONS.items()}
    with reason:
        st.selectbox(
            field_name("reason_code"),
            list(reasons),
            index=None,
            key=form.field(f"reason_code_{milestone_id}", None, [*reasons, None]),
            format_func=reasons.__getitem__,
            placeholder=_("Choose"),
            on_change=form.keep,
        )
        problem_beside(f"forecast.{milestone_id}.reason_code")
    with line:
        st.text_input(
            _("What moved it, in a line"),
            key=form.field(f"note_{milestone_id}", ""),
            max_chars=300,
            on_change=form.keep,
        )
        problem_beside(f"forecast.{milestone_id}.note")


def _risk_row(form: KeptForm, index: int, number: int) -> None:
    def line(name: str) -> None:
        st.text_input(
            field_name(name), key=form.field(f"{name}_r{number}", ""), max_chars=300, on_change=form.keep
        )
        problem_beside(f"risk.{index}.{name}")

    def grade(name: str, names: dict[int, str]) -> None:
        labels = {value: _(said) for value, said in names.items()}
        st.selectbox(
            field_name(name),
            list(labels),
            key=form.field(f"{name}_r{number}", 3, labels),
            format_func=labels.__getitem__,
            on_change=form.keep,
        )

    line("title")
    left, right = st.columns(2)
    with left:
        grade("likelihood", LIKELIHOOD_NAMES)
        line("owner")
    with right:
        grade("impact", IMPACT_NAMES)
        day_field(form, f"due_on_r{number}", field_name("due_on"))
        problem_beside(f"risk.{index}.due_on")
    line("response")
    st.button(
        _("Remove"),
        key=form.key(f"-drop_{number}"),
        icon=":material/delete:",
        type="tertiary",
        on_click=_drop_risk,
        args=(form, number),
    )


def _add_risk(form: KeptForm) -> None:
    numbers: list[int] = form.get("risks") or []
    form.put("risks", [*numbers, max(numbers, default=0) + 1])
    form.keep()


def _drop_risk(form: KeptForm, number: int) -> None:
    form.put("risks", [n for n in form.get("risks") or [] if n != number])
    form.keep()

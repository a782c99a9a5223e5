"""Why forecasts move: a reason, a line and a day, asked for wherever one does."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from pages.components.act_dialog import FIRST_DAY
from pages.components.context import _, default_day, desk
from tracker.rules.forecast import SLIP_REASON_NAMES


def forecast_reason(key: str, typed: Mapping[str, Any]) -> dict[str, Any]:
    """Draw the fields and return what stands in them; `typed` is what stood in them before, if anything."""
    reasons = list(SLIP_REASON_NAMES)
    known = typed.get("reason_code")
    today = desk().today
    code, line, day = st.columns([1, 2, 1])
    with code:
        reason = reason_choice(key, reasons.index(known) if known in reasons else None)
    with line:
        note = st.text_input(
            _("What happened, in a line"), typed.get("note", ""), key=f"{key}_note", max_chars=300
        )
    with day:
        changed_on = st.date_input(
            _("Changed on"),
            typed.get("changed_on") or min(default_day(), today),
            key=f"{key}_changed_on",
            format="YYYY-MM-DD",
            min_value=FIRST_DAY,
            max_value=today,
        )
    return {"reason_code": reason, "note": note, "changed_on": changed_on}


def reason_choice(key: str, index: int | None = None) -> Any:
    """Draw the choice of a reason alone and return it, None before one is chosen."""
    names = {str(code): _(name) for code, name in SLIP_REASON_NAMES.items()}
    return st.selectbox(
        _("Why forecasts move"),
        list(names),
        index=index,
        format_func=names.__getitem__,
        key=f"{key}_reason_code",
        placeholder=_("Choose"),
    )

"""The thresholds as tables: what is in force, and what was changed when."""

from datetime import date

import polars as pl
import streamlit as st

from pages.components.context import _, desk, words
from pages.components.record_names import actor_name
from pages.components.record_table import Column, record_table
from tracker.rules.threshold import DEFAULTS, MEANINGS, NAMES, THRESHOLD_NAMES, UNIT_NAMES, unit_of
from tracker.services.threshold import ThresholdSheet


def threshold_table(sheet: ThresholdSheet) -> None:
    """Draw every threshold with its meaning, its default, the value in force, and since when it is."""
    rows = [
        {
            "name": _(THRESHOLD_NAMES[name]),
            "value": sheet.values[name],
            "unit": _(UNIT_NAMES[unit_of(name)]),
            "standard": DEFAULTS[name],
            "since_on": words().date(sheet.since_on[name]) or _("from the beginning"),
            "meaning": _(MEANINGS[name]),
        }
        for name in NAMES
    ]
    columns = [
        Column("name", _("Threshold")),
        Column("value", _("In force"), "number"),
        Column("unit", _("Unit of measure")),
        Column("standard", _("Default"), "number"),
        Column("since_on", _("Applies from")),
        Column("meaning", _("Meaning")),
    ]
    record_table(pl.DataFrame(rows), columns, key="thresholds")


def threshold_history(sheet: ThresholdSheet) -> None:
    """Draw every change, the newest first."""
    st.subheader(_("Changes"))
    if not sheet.changes:
        st.info(_("No threshold was ever changed: the defaults apply."))
        return
    rows = [
        {
            "name": _(THRESHOLD_NAMES[change.name]),
            "old": change.old,
            "new": change.new,
            "from_on": change.from_on,
            "actor": actor_name(change.actor),
            "at": words().instant(change.recorded_at, desk().settings.zone),
            "reason": change.reason,
        }
        for change in sheet.changes
    ]
    columns = [
        Column("name", _("Threshold")),
        Column("old", _("before"), "number"),
        Column("new", _("after"), "number"),
        Column("from_on", _("Applies from"), "date"),
        Column("actor", _("Who")),
        Column("at", _("When")),
        Column("reason", _("Reason")),
    ]
    schema = {"name": pl.String, "old": pl.Int64, "new": pl.Int64, "from_on": pl.Date}
    record_table(pl.DataFrame(rows, schema_overrides=schema), columns, key="threshold_changes")


def applies_note(today: date) -> None:
    """Say from when a change applies, above the form."""
    st.caption(
        _(
            "A change applies from today, {day}, on. Figures of earlier days stay as they are.",
            day=today,
        )
    )

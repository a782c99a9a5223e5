"""Milestones as a table, wherever they are listed."""

import polars as pl

from pages.components.context import _
from pages.components.record_table import Column, record_table
from tracker.rules.milestone import STATE_NAMES


def milestone_table(frame: pl.DataFrame, *, key: str, total: int | None = None) -> None:
    """Draw rows of `list_milestones`, of `total` before filtering; a ticked one opens its project."""
    lapsed = _("Not met, and the day it was forecast for has gone by.")
    slip = _("Calendar days from the approved plan to the day met or now expected; negative is early.")
    moved = _("How often the expected day changed, by forecast or by re-baseline.")
    record_table(
        frame,
        [
            Column("name", _("Milestone")),
            Column("project", _("Project name")),
            Column("county", _("County name")),
            Column("current_due_on", _("Due"), "date"),
            Column("state", _("State"), names={s.value: name for s, name in STATE_NAMES.items()}),
            Column("forecast_on", _("Forecast"), "date"),
            Column("is_lapsed", _("Forecast lapsed"), "yes", help=lapsed),
            Column("slip_original_days", _("Slip to original, days"), "number", help=slip),
            Column("slip_current_days", _("Slip to current, days"), "number", help=slip),
            Column("moves", _("Moves"), "number", help=moved),
            Column("days_overdue", _("Days overdue"), "number"),
            Column("met_on", _("Met on"), "date"),
            Column("owner", _("Owner")),
            Column("province", _("Province"), shown=False),
            Column("is_key", _("Key node"), "yes", shown=False),
            Column("is_gate", _("Landing gate"), "yes", shown=False),
            Column("original_due_on", _("Due in the original plan"), "date", shown=False),
            Column("pillar", _("Pillar"), shown=False),
            Column("agreement_number", _("Agreement number"), shown=False),
        ],
        key=key,
        total=total,
        opens="project.py",
        id_column="project_id",
    )

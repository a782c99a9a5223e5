"""Milestones as a table, wherever they are listed."""

import polars as pl

from pages.components.context import _
from pages.components.record_table import Column, record_table
from tracker.rules.milestone import STATE_NAMES


def milestone_table(frame: pl.DataFrame, *, key: str, total: int | None = None) -> None:
    """Draw rows of `list_milestones`, of `total` before filtering; a ticked one opens its project."""
    record_table(
        frame,
        [
            Column("name", _("Milestone")),
            Column("project", _("Project name")),
            Column("county", _("County name")),
            Column("current_due_on", _("Due"), "date"),
            Column("state", _("State"), names={s.value: name for s, name in STATE_NAMES.items()}),
            Column("days_overdue", _("Days overdue"), "number"),
            Column("met_on", _("Met on"), "date"),
            Column("owner", _("Owner")),
            Column("province", _("Province"), shown=False),
            Column("is_key", _("Key node"), "yes", shown=False),
            Column("is_gate", _("Landing gate"), "yes", shown=False),
            Column("forecast_on", _("Forecast"), "date", shown=False),
            Column("original_due_on", _("Due in the original plan"), "date", shown=False),
            Column("pillar", _("Pillar"), shown=False),
            Column("agreement_number", _("Agreement number"), shown=False),
        ],
        key=key,
        total=total,
        opens="project.py",
        id_column="project_id",
    )

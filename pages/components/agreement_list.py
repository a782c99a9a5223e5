"""Agreements as a table, wherever they are listed."""

import polars as pl

from pages.components.context import _
from pages.components.light_mark import health_column
from pages.components.record_table import Column, record_table
from tracker.rules.agreement import STATUS_NAMES
from tracker.rules.agreement_title import KIND_NAMES


def agreement_table(frame: pl.DataFrame, *, key: str, total: int | None = None) -> None:
    """Draw rows of `list_agreements`, of `total` before filtering; a ticked one opens its page."""
    record_table(
        frame,
        [
            Column("number", _("Number")),
            Column("counties", _("Counties")),
            Column("status", _("Status"), names={s.value: name for s, name in STATUS_NAMES.items()}),
            health_column(),
            Column("signed_on", _("Signed on"), "date"),
            Column("term_end_on", _("Ends on"), "date"),
            Column("projects", _("Projects"), "number"),
            Column("owner", _("Owner")),
            Column("title", _("Title")),
            Column("kind", _("Kind"), shown=False, names={k.value: name for k, name in KIND_NAMES.items()}),
            Column("provinces", _("Province"), shown=False),
            Column("partners", _("Partners"), shown=False),
            Column("pillars", _("Pillar"), shown=False),
            Column("event", _("Signing event"), shown=False),
            Column("effective_on", _("Effective on"), "date", shown=False),
            Column("decision_on", _("Decide on renewal by"), "date", shown=False),
            Column("amount_cents", _("Amount, 10,000"), "money", shown=False),
            Column("currency", _("Currency"), shown=False),
            Column("is_planned", _("Has an approved plan"), "yes", shown=False),
        ],
        key=key,
        total=total,
        opens="agreement.py",
    )

"""What needs attention, kind by kind: what it is, who has to act, and the way there."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import polars as pl
import streamlit as st

from pages.components.context import _, words
from pages.components.filters import Filter
from pages.components.link import link_to
from pages.components.record_table import Column, record_table
from pages.components.text import plain
from pages.components.waiting_told import actor_told, waiting_told
from tracker.rules.waiting import WAITING_NAMES, Waiting

_SHOWN = 5
_ICONS: Final = {
    Waiting.request: ":material/notifications_active:",
    Waiting.review: ":material/rate_review:",
    Waiting.plan: ":material/approval:",
    Waiting.light: ":material/traffic:",
    Waiting.key: ":material/flag:",
    Waiting.forecast: ":material/event_busy:",
    Waiting.conflict: ":material/hourglass_disabled:",
    Waiting.term: ":material/handshake:",
    Waiting.risk: ":material/warning:",
    Waiting.override: ":material/pan_tool:",
}
# The section of a project's page where the thing can be dealt with; the first one for any other.
_SECTIONS: Final = {Waiting.request: "updates", Waiting.review: "updates", Waiting.risk: "updates"}


def kind_filter() -> Filter:
    """Offer the kinds of what waits."""
    names = {kind.value: _(name) for kind, name in WAITING_NAMES.items()}
    return Filter("kind", _("What waits"), names, several=False)


def waiting_sections(frame: pl.DataFrame, picked: Mapping[str, Sequence[str]]) -> None:
    """Draw each kind that occurs: how many there are, the most urgent, and the way to all of them."""
    counts = dict(frame["kind"].value_counts().iter_rows())
    for kind in Waiting:
        if not (count := counts.get(kind.value, 0)):
            continue
        st.subheader(f"{_ICONS[kind]} {_(WAITING_NAMES[kind])} ({words().number(count)})")
        for row in frame.filter(pl.col("kind") == kind.value).head(_SHOWN).iter_rows(named=True):
            _row(kind, row)
        if count > _SHOWN:
            label = _("All {count}", count=words().number(count))
            link_to("attention.py", label, icon=":material/list:", kind=kind.value, **dict(picked))


def waiting_table(kind: Waiting, frame: pl.DataFrame) -> None:
    """Draw everything of one kind as a table; a ticked row opens the project or agreement."""
    rows = frame.filter(pl.col("kind") == kind.value)
    told = [waiting_told(row) for row in rows.iter_rows(named=True)]
    actors = [actor_told(row) for row in rows.iter_rows(named=True)]
    is_term = kind == Waiting.term
    record_table(
        rows.with_columns(told=pl.Series(told, dtype=pl.String), acts=pl.Series(actors, dtype=pl.String)),
        [
            Column("title", _("Agreement") if is_term else _("Project")),
            Column("county", _("County")),
            Column("told", _("What waits")),
            Column("acts", _("Who must act")),
            Column("owner", _("Owner"), shown=False),
            Column("day", _("Day"), "date"),
            Column("days", _("Days past"), "number"),
        ],
        key=f"waiting_{kind.value}",
        opens="agreement.py" if is_term else "project.py",
        id_column="agreement_id" if is_term else "project_id",
    )


def _row(kind: Waiting, row: Mapping[str, Any]) -> None:
    county = row["county"] if words().is_chinese else row["county_en"] or row["county"]
    label = f"{plain(row['title'])} · {plain(county)}"
    with st.container(gap="xxsmall"):
        if kind == Waiting.term:
            link_to("agreement.py", label, id=row["agreement_id"])
        else:
            link_to("project.py", label, id=row["project_id"], section=_SECTIONS.get(kind))
        who = _("to act: {who}", who=plain(actor_told(row)))
        st.caption(f"{waiting_told(row, markdown=True)} · {who}")

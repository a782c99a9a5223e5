"""What later entries changed, as two tables: the figures that differ, and every fact behind them."""

from collections.abc import Mapping
from typing import Any

import polars as pl
import streamlit as st

from pages.components.context import _, desk, words
from pages.components.field_names import field_name, record_name, value_text
from pages.components.record_names import actor_name, entity_name
from pages.components.record_table import Column, record_table
from tracker.exchange.figure_text import difference, written
from tracker.rules.figure import FIGURE_NAMES, IN_POINTS, SHARES
from tracker.services.history import Names
from tracker.services.restatement import Bearing, Line, Restatement, Turn


def figure_name(name: str) -> str:
    """Return what a figure is called."""
    return _(FIGURE_NAMES.get(name, name))


def figure_text(name: str, value: float | None) -> str:
    """Return a figure as people read it, a dash for one that is not known."""
    told = written(name, value, words())
    return told if value is None or name not in IN_POINTS else _("{points} points", points=told)


def figure_change(name: str, old: float | None, new: float | None) -> str:
    """Return by how much a figure differs, signed; shares in points; a dash where one is not known."""
    told = difference(name, old, new, words())
    is_in_points = None not in (old, new) and name in SHARES | IN_POINTS
    return _("{points} points", points=told) if is_in_points else told


def restatement_tables(restated: Restatement, *, key: str) -> None:
    """Draw the figures that differ and the facts that were recorded since."""
    if not restated.total:
        st.success(_("Nothing recorded since differs: the figures are the same then and now."))
        return
    st.subheader(_("Figures that differ"))
    _differences(restated, key)
    st.subheader(_("Facts recorded since"))
    if restated.lines:
        _lines(restated, key)


def _differences(restated: Restatement, key: str) -> None:
    if not restated.differences:
        st.info(_("No key figure of this day differs; the facts below bear on other days or other lists."))
        return
    rows = [
        {
            "figure": figure_name(d.name),
            "then": figure_text(d.name, d.then),
            "now": figure_text(d.name, d.now),
            "change": figure_change(d.name, d.then, d.now),
            "lines": d.lines,
        }
        for d in restated.differences
    ]
    columns = [
        Column("figure", _("Figure")),
        Column("then", _("As known then")),
        Column("now", _("As known now")),
        Column("change", _("Difference")),
        Column("lines", _("Facts it rests on, below"), "number"),
    ]
    record_table(pl.DataFrame(rows), columns, key=f"{key}_figures")


def _lines(restated: Restatement, key: str) -> None:
    rows = [_row(line, restated.names) for line in restated.lines]
    columns = [
        Column("bearing", _("Bears on the day")),
        Column("agreement", _("Agreement")),
        Column("project", _("Project name")),
        Column("milestone", _("Milestone")),
        Column("entity", _("Kind of record")),
        Column("what", _("What changed")),
        Column("old", _("Was")),
        Column("new", _("Is")),
        Column("actor", _("Who")),
        Column("at", _("When")),
        Column("reason", _("Reason")),
        Column("change_no", _("Change number"), "number"),
    ]
    record_table(pl.DataFrame(rows, infer_schema_length=None), columns, key=f"{key}_lines")
    listed = len({(line.change.entity, line.change.record_id) for line in restated.lines})
    if listed < restated.total:
        st.caption(
            _("{listed} of {total} records that differ are listed.", listed=listed, total=restated.total)
        )


def _row(line: Line, names: Names) -> dict[str, Any]:
    change = line.change
    owners = {name.removesuffix("_id"): owner for name, owner in change.owners.items()}
    what, old, new = _told(line, names)
    return {
        "bearing": {
            Bearing.by_day: _("dated by then"),
            Bearing.undated: _("without a date"),
            Bearing.later: _("dated later"),
        }[change.bearing],
        **{
            entity: record_name(entity, owners[entity], names) if entity in owners else ""
            for entity in ("agreement", "project", "milestone")
        },
        "entity": entity_name(change.entity),
        "what": what,
        "old": old,
        "new": new,
        "actor": actor_name(line.actor),
        "at": words().instant(line.recorded_at, desk().settings.zone),
        "reason": line.reason,
        "change_no": line.change_no,
    }


def _told(line: Line, names: Names) -> tuple[str, str, str]:
    """What changed, the old and the new value: one field's, or all of a record's."""
    change = line.change
    if change.turn is Turn.changed:
        old, new = (value_text(change.entity, change.field, v, names) for v in (change.old, change.new))
        return field_name(change.field), old, new
    whole = _whole(change.entity, change.old or change.new or {}, names)
    if change.turn is Turn.gone:
        return _("withdrawn") if line.action.endswith("archived") else _("no longer counted here"), whole, "–"
    restored = line.action.endswith("restored")
    return _("restored") if restored else _("recorded") if line.action else _("counted here now"), "–", whole


def _whole(entity: str, row: Mapping[str, Any], names: Names) -> str:
    """A record's values in one line, without its own number and what stands in other columns."""
    left_out = {"id", "position", "agreement_id", "project_id", "milestone_id"}
    told = {name: value for name, value in row.items() if name not in left_out and value not in (None, "")}
    return "; ".join(
        f"{field_name(name)}: {value_text(entity, name, value, names)}" for name, value in told.items()
    )

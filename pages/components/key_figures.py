"""The key figures: each with its definition within reach and the list behind it one click away."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import streamlit as st

from pages.components.context import _, words
from pages.components.link import link_to
from tracker.services.lists import AHEAD_DAYS, OPEN_STATES

_FEW = 10


@dataclass(frozen=True)
class KeyFigure:
    """A count `n`, of `whole` if it is a share, and the list that holds exactly these records."""

    label: str
    n: int
    definition: str
    page: str
    params: Mapping[str, Any] = field(default_factory=dict)
    whole: int | None = None


def key_figures(shown: Sequence[KeyFigure], region_id: int | None) -> None:
    """Draw the figures as cards; their lists open narrowed to the same region and day."""
    with st.grid(5, min_column_width=150, border=True) as grid:
        for figure in shown:
            with grid.cell():
                # A metric cuts a long label off; as text it wraps.
                st.markdown(figure.label, help=figure.definition)
                st.metric(figure.label, words().number(figure.n), label_visibility="collapsed")
                if note := _note(figure):
                    st.caption(note)
                link_to(
                    figure.page,
                    _("Open the list"),
                    icon=":material/arrow_forward:",
                    region=region_id,
                    **figure.params,
                )


def figures_of(row: Mapping[str, Any], day: date) -> list[KeyFigure]:
    """Return the overview's figures of one row of `read_figures`."""
    ahead = {
        "state": OPEN_STATES,
        "due_from": day.isoformat(),
        "due_to": (day + timedelta(days=AHEAD_DAYS)).isoformat(),
    }
    return [
        KeyFigure(
            _("Counties contacted"),
            row["counties_contacted"],
            _("Counties with a meeting or a signed agreement by this day, of all that exist on it."),
            "counties.py",
            {"contact": "contacted"},
            row["counties"],
        ),
        KeyFigure(
            _("Counties signed"),
            row["counties_signed"],
            _("Counties with a signed agreement by this day, of those contacted."),
            "counties.py",
            {"contact": "signed"},
            row["counties_contacted"],
        ),
        KeyFigure(
            _("Agreements signed"),
            row["agreements_signed"],
            _(
                "Signed by every required party by this day; terminated and expired ones stay. An agreement"
                " of several counties counts once here and once in each county's own row."
            ),
            "agreements.py",
            {"signed": "yes"},
        ),
        KeyFigure(
            _("Turned into projects"),
            row["agreements_decomposed"],
            _("Signed agreements with at least one project whose plan is approved, of all signed."),
            "agreements.py",
            {"signed": "planned"},
            row["agreements_signed"],
        ),
        KeyFigure(
            _("Expiring"),
            row["status_expiring"],
            _("Agreements whose term ends within their days of notice."),
            "agreements.py",
            {"status": "expiring"},
        ),
        KeyFigure(
            _("Projects"),
            row["projects"],
            _("All projects opened by this day, stopped ones too."),
            "projects.py",
        ),
        KeyFigure(
            _("Milestones met"),
            row["milestones_met"],
            _("Milestones met by this day, of all that are not cancelled."),
            "milestones.py",
            {"state": "met"},
            row["milestones"],
        ),
        KeyFigure(
            _("Milestones overdue"),
            row["milestones_overdue"],
            _(
                "Unmet milestones whose due day, in the plan in force, is before this day. Projects that"
                " were stopped are left out."
            ),
            "milestones.py",
            {"state": "overdue"},
        ),
        KeyFigure(
            _("Due in 90 days"),
            row["milestones_ahead"],
            _("Unmet milestones due from this day to 90 days later, of projects that were not stopped."),
            "milestones.py",
            ahead,
        ),
    ]


def progress_figure(row: Mapping[str, Any]) -> None:
    """Say how far the projects are beside how far their plans go, and how many projects that rests on."""
    if not row["projects_covered"]:
        return
    st.markdown(
        _(
            "Actual progress **{actual}**, planned **{planned}**, over {covered} of {projects} projects:"
            " those with an approved plan that were not stopped.",
            actual=words().percent(row["actual"]),
            planned=words().percent(row["planned"]),
            covered=words().number(row["projects_covered"]),
            projects=words().number(row["projects"]),
        )
    )


def _note(figure: KeyFigure) -> str:
    """The rate as n/N (D4): blank where N is 0, marked where N is small."""
    if not figure.whole:
        return ""
    pair = f"{words().number(figure.n)}/{words().number(figure.whole)}"
    rate = f"{pair} · {words().percent(figure.n / figure.whole)}"
    return _("{rate}, fewer than 10 cases", rate=rate) if figure.whole < _FEW else rate

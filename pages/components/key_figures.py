"""The key figures: each with its definition, its change and its year within reach, and the list behind it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import polars as pl
import streamlit as st

from pages.components.context import _, desk, words
from pages.components.filters import Filter
from pages.components.link import link_to
from pages.components.part_filter import part_address
from pages.components.rate_list import rate_help, rate_text
from tracker.errors import N_
from tracker.rules.figure import FIGURE_DEFINITIONS
from tracker.rules.rate import Rate, RateValue
from tracker.services.figures import WeighBy, read_rates
from tracker.services.lists import AHEAD_DAYS, OPEN_STATES
from tracker.services.review import Part
from tracker.services.target import Attainment, TargetMeasure

_TARGET_HELP = N_(
    "Signed, or landed for the first time, within the year up to this day, of the year's target."
)
# The list that holds the records of a figure, by the first word of its name.
_PAGES = {
    "counties": "counties.py",
    "agreements": "agreements.py",
    "status": "agreements.py",
    "projects": "projects.py",
    "milestones": "milestones.py",
}
_TARGET_OF = {
    TargetMeasure.signings: "agreements_signed",
    TargetMeasure.landings: "agreements_landed",
}


@dataclass(frozen=True)
class KeyFigure:
    """A count, its rate if it is one's numerator, and the list that holds exactly these records.

    `name` is the column of figures that it is.
    """

    name: str
    label: str
    n: int
    definition: str
    page: str
    params: Mapping[str, Any] = field(default_factory=dict)
    rate: RateValue | None = None


@dataclass(frozen=True)
class Past:
    """What a figure is compared with: the figures of the day `since`, those of its year, and its targets."""

    since: date
    row: Mapping[str, Any]
    series: pl.DataFrame
    targets: Sequence[Attainment] = ()


def key_figures(shown: Sequence[KeyFigure], part: Part, past: Past) -> None:
    """Draw the figures as cards; their lists open narrowed to the same part and day."""
    with st.grid(5, min_column_width=150, border=True) as grid:
        for figure in shown:
            with grid.cell():
                # A metric cuts a long label off; as text it wraps.
                st.markdown(figure.label, help=figure.definition)
                _metric(figure, past)
                if figure.rate and figure.rate.of:
                    st.caption(rate_text(figure.rate))
                for target in past.targets:
                    if _TARGET_OF[target.measure] == figure.name:
                        st.caption(target_text(target), help=_(_TARGET_HELP))
                link_to(
                    figure.page,
                    _("Open the list"),
                    icon=":material/arrow_forward:",
                    **part_address(part),
                    **figure.params,
                )


def target_text(target: Attainment) -> str:
    """Return what was reached of a year's target: Target of 2021: 12/40 · 30 %."""
    reached = words().ratio(target.reached, target.target)
    share = f" · {words().percent(target.share)}" if target.share is not None else ""
    return _("Target of {year}: {reached}", year=target.year, reached=reached + share)


def change_text(now: int, then: int) -> str:
    """Return by how much a count differs, with its sign: +3, −1, ±0."""
    if now == then:
        return "±0"
    return f"{'+' if now > then else '−'}{words().number(abs(now - then))}"


def _metric(figure: KeyFigure, past: Past) -> None:
    """Draw the number with its change, which is neither good nor bad, and the line of its year."""
    then = past.row.get(figure.name)
    counted = figure.name in past.series.columns
    st.metric(
        figure.label,
        words().number(figure.n),
        None if then is None else change_text(figure.n, then),
        "off",
        delta_arrow="off",
        delta_description=_("since {day}", day=past.since),
        label_visibility="collapsed",
        chart_data=past.series[figure.name].to_list() if counted else None,
        chart_type="area",
    )


def figures_of(row: Mapping[str, Any], day: date) -> list[KeyFigure]:
    """Return the overview's figures of one row of figures; those of counties only where it has them."""
    rates = {rate.key: (rate, value) for rate, value in read_rates(desk(), day, row)}
    counties = [
        _of_rate("counties_contacted", _("Counties contacted"), rates["contact"], contact="contacted"),
        _of_rate("counties_signed", _("Counties signed"), rates["signing"], contact="signed"),
    ]
    return [
        *(counties if row["counties"] is not None else []),
        *_agreement_figures(row, rates),
        *_project_figures(row, day, rates["contact"][1].few),
    ]


def _agreement_figures(
    row: Mapping[str, Any], rates: Mapping[str, tuple[Rate, RateValue]]
) -> list[KeyFigure]:
    return [
        _of_count("agreements_signed", _("Agreements signed"), row, {"signed": "yes"}),
        _of_rate(
            "agreements_decomposed", _("Turned into projects"), rates["decomposition"], signed="planned"
        ),
        _of_rate("agreements_landed", _("Agreements landed"), rates["landing"], signed="landed"),
        _of_count("status_expiring", _("Expiring"), row, {"status": "expiring"}),
    ]


def _project_figures(row: Mapping[str, Any], day: date, few: int) -> list[KeyFigure]:
    ahead = {
        "state": OPEN_STATES,
        "due_from": day.isoformat(),
        "due_to": (day + timedelta(days=AHEAD_DAYS)).isoformat(),
    }
    met, overdue = (
        RateValue(row[name], row["milestones"], few) for name in ("milestones_met", "milestones_overdue")
    )
    return [
        _of_count("projects", _("Projects"), row),
        _of_count("milestones_met", _("Milestones met"), row, {"state": "met"}, met),
        _of_count("milestones_overdue", _("Milestones overdue"), row, {"state": "overdue"}, overdue),
        _of_count("milestones_ahead", _("Due in 90 days"), row, ahead),
    ]


def _of_count(
    name: str,
    label: str,
    row: Mapping[str, Any],
    params: Mapping[str, Any] | None = None,
    rate: RateValue | None = None,
) -> KeyFigure:
    page = _PAGES[name.split("_", maxsplit=1)[0]]
    return KeyFigure(name, label, row[name], _(FIGURE_DEFINITIONS[name]), page, params or {}, rate)


def _of_rate(name: str, label: str, rated: tuple[Rate, RateValue], **params: str) -> KeyFigure:
    rate, value = rated
    page = _PAGES[name.split("_", maxsplit=1)[0]]
    return KeyFigure(name, label, value.n or 0, rate_help(rate), page, params, value)


def progress_figure(row: Mapping[str, Any], weigh_by: WeighBy) -> None:
    """Say how far the projects are beside how far their plans go, and how many projects that rests on."""
    if not row["projects_covered"]:
        return
    told = [
        _(
            "Actual progress **{actual}**, planned **{planned}**: deviation **{points}** points, SPI {spi}.",
            actual=words().percent(row["actual"]) or "–",
            planned=words().percent(row["planned"]) or "–",
            points=words().points(row["deviation"]) or "–",
            spi="–" if row["spi"] is None else f"{row['spi']:.2f}",
        ),
        _(
            "Coverage: {covered} of {projects} projects, those with an approved plan that were not stopped.",
            covered=words().number(row["projects_covered"]),
            projects=words().number(row["projects"]),
        ),
    ]
    if weigh_by is WeighBy.amount:
        left_out = words().number(row["projects_unweighed"])
        told.append(_("Weighed by amount; {count} more projects have none in yuan.", count=left_out))
    definition = FIGURE_DEFINITIONS["deviation"]
    st.markdown(" ".join(told), help=_(definition))


def weight_filter() -> Filter:
    """Offer what a project weighs in the progress of many: all alike unless chosen otherwise."""
    choices = {WeighBy.equal.value: _("all alike"), WeighBy.amount.value: _("by amount")}
    return Filter("weigh_by", _("Weigh projects"), choices, several=False)

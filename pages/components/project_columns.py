"""The columns that lists of projects show, and the filters only they have."""

import polars as pl

from pages.components.context import _, named, words
from pages.components.filters import Filter
from pages.components.light_mark import computed_light_column, told_light_column
from pages.components.record_table import Column
from tracker.errors import N_
from tracker.rules.project import PROJECT_STATE_NAMES
from tracker.services.project_list import ProjectChoices

_SLIP_HELP = N_(
    "Days from the last due day of the plan to the last effective finish; negative is early. Blank without an"
    " approved plan."
)


def project_columns() -> list[Column]:
    """Return the columns in their order; those that are not shown at first can be chosen."""
    states = {state.value: name for state, name in PROJECT_STATE_NAMES.items()}
    return [
        Column("name", _("Name")),
        Column("county", _("County name")),
        Column("province", _("Province"), shown=False),
        told_light_column(),
        Column("state", _("State"), names=states),
        Column("actual", _("Actual progress"), "share"),
        Column("planned", _("Planned progress"), "share", help=_("Blank without an approved plan.")),
        Column("met", _("Milestones met"), "number"),
        Column("milestones", _("Milestones"), "number"),
        Column("overdue", _("Overdue"), "number"),
        Column("next_due_on", _("Next due"), "date"),
        Column("slip_original_days", _("Slip to original, days"), "number", help=_(_SLIP_HELP)),
        Column("slip_current_days", _("Slip to current, days"), "number", help=_(_SLIP_HELP)),
        Column("baselines", _("Re-baselines"), "number"),
        Column("pillar", _("Pillar")),
        Column("unit", _("Unit")),
        Column("owner", _("Owner")),
        Column("county_owner", _("Owner on the county's side"), shown=False),
        Column("agreement_number", _("Agreement number")),
        Column("title", _("Title"), shown=False),
        Column("template", _("Plan template"), shown=False),
        computed_light_column(),
        Column("approved_on", _("Plan approved on"), "date", shown=False),
        Column("started_on", _("Started on"), "date", shown=False),
        Column("live_on", _("Live on"), "date", shown=False),
        Column("accepted_on", _("Accepted on"), "date", shown=False),
        Column("stopped_on", _("Stopped on"), "date", shown=False),
        Column("landed_on", _("Landed on"), "date", shown=False),
        Column("effective_finish_on", _("Work ends on"), "date", shown=False),
        Column("term_end_on", _("Term ends on"), "date", shown=False),
        Column("days_over", _("Days beyond the term"), "number", shown=False),
    ]


def project_state_filter() -> Filter:
    """Offer the states of projects."""
    return Filter("state", _("State"), {s.value: _(name) for s, name in PROJECT_STATE_NAMES.items()})


def term_filter() -> Filter:
    """Offer the projects whose work would outlive their agreement."""
    return Filter("term", _("Term"), {"outlived": _("work ends after the term")}, several=False)


def county_filter(choices: ProjectChoices) -> Filter:
    """Offer the counties that have a project, each behind its province, since names recur."""
    written = words()
    names = {
        str(row["id"]): " · ".join(
            written.name(row[level], row[f"{level}_en"]) for level in ("province", "county")
        )
        for row in choices.counties.iter_rows(named=True)
    }
    return Filter("county", _("County"), names)


def unit_filter(choices: ProjectChoices) -> Filter:
    """Offer the business units."""
    return Filter("unit", _("Unit"), _names(choices.units))


def template_filter(choices: ProjectChoices) -> Filter:
    """Offer the plan templates."""
    return Filter("template", _("Plan template"), _names(choices.templates))


def _names(frame: pl.DataFrame) -> dict[str, str]:
    return {str(row["id"]): named(row) for row in frame.iter_rows(named=True)}

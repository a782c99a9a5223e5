"""What the key figures are called, and which kinds of fact each of them rests on."""

from typing import Final

from tracker.errors import N_

FIGURE_NAMES: Final = {
    "counties": N_("Counties in scope"),
    "counties_contacted": N_("Counties contacted"),
    "counties_signed": N_("Counties signed"),
    "agreements": N_("Agreements recorded"),
    "agreements_signed": N_("Agreements signed"),
    "agreements_decomposed": N_("Turned into projects"),
    "agreements_performed": N_("Agreements being performed"),
    "agreements_landed": N_("Agreements landed"),
    "frameworks": N_("Frameworks signed"),
    "frameworks_upgraded": N_("Frameworks upgraded"),
    "status_abandoned": N_("Agreements: abandoned"),
    "status_terminated": N_("Agreements: terminated"),
    "status_superseded": N_("Agreements: superseded"),
    "status_draft": N_("Agreements: draft"),
    "status_negotiating": N_("Agreements: negotiating"),
    "status_awaiting_signature": N_("Agreements: awaiting signature"),
    "status_not_yet_effective": N_("Agreements: signed, not yet effective"),
    "status_expired": N_("Agreements: expired"),
    "status_suspended": N_("Agreements: suspended"),
    "status_expiring": N_("Agreements: expiring"),
    "status_active": N_("Agreements: active"),
    "projects": N_("Projects"),
    "projects_approved": N_("Projects with an approved plan"),
    "projects_started": N_("Projects started"),
    "projects_live": N_("Projects live"),
    "projects_landed": N_("Projects landed"),
    "projects_stopped": N_("Projects stopped"),
    "projects_approved_started": N_("Approved projects started"),
    "projects_approved_live": N_("Approved projects live"),
    "projects_due": N_("Projects due to start"),
    "projects_due_started": N_("Projects due to start, started"),
    "projects_covered": N_("Projects the progress rests on"),
    "projects_unweighed": N_("Projects without a weight"),
    "light_green": N_("Projects: green light"),
    "light_yellow": N_("Projects: yellow light"),
    "light_red": N_("Projects: red light"),
    "light_grey": N_("Projects: grey, no plan"),
    "light_blue": N_("Projects: blue, finished"),
    "light_stopped": N_("Projects: stopped, outside the lights"),
    "milestones": N_("Milestones"),
    "milestones_met": N_("Milestones met"),
    "milestones_overdue": N_("Milestones overdue"),
    "milestones_ahead": N_("Milestones due within 90 days"),
    "milestones_lapsed": N_("Milestones with a lapsed forecast"),
    "planned": N_("Planned progress"),
    "actual": N_("Actual progress"),
    "deviation": N_("Deviation"),
    "spi": N_("SPI"),
    "funds_arrived": N_("Funds arrived"),
    "funds_committed": N_("Funds committed"),
}
# How the counts that are no part of a rate are counted; rates have their own sentences in rules.rate.
FIGURE_DEFINITIONS: Final = {
    "agreements_signed": N_(
        "Signed by every required party by this day; terminated and expired ones stay. An agreement of"
        " several counties counts once here and once in each county's own row."
    ),
    "status_expiring": N_("Agreements whose term ends within their days of notice."),
    "projects": N_("All projects opened by this day, stopped ones too."),
    "milestones_met": N_("Milestones met by this day, of all that are not cancelled."),
    "milestones_overdue": N_(
        "Unmet milestones whose due day, in the plan in force, is before this day. Projects that were stopped"
        " are left out."
    ),
    "milestones_ahead": N_(
        "Unmet milestones due from this day to 90 days later, of projects that were not stopped."
    ),
    "deviation": N_(
        "Deviation is actual minus planned. SPI is actual divided by planned, blank while nothing is planned."
        " Each project counts with its own share: all alike, or by its part of the agreement's amount, which"
        " is split evenly over the agreement's projects. Shares are pooled, never averaged group by group."
    ),
}
# The shares of one among them, a difference of such shares, and a ratio; all others are counts.
SHARES: Final = frozenset({"planned", "actual"})
IN_POINTS: Final = frozenset({"deviation"})
RATIOS: Final = frozenset({"spi"})

_OF_AGREEMENTS: Final = frozenset(
    {"agreement", "agreement_stage", "agreement_pillar", "party", "supplement", "suspension", "signing_event"}
)
_OF_COUNTIES: Final = _OF_AGREEMENTS | {"division", "meeting"}
_OF_PROJECTS: Final = _OF_AGREEMENTS | {
    *("project", "milestone", "forecast_change", "milestone_credit", "document", "dependency"),
    *("baseline", "baseline_milestone", "project_update", "risk", "update_request", "light_override"),
    *("plan_template_version", "plan_template_milestone", "threshold", "calendar_day", "division"),
}


def rests_on(figure: str) -> frozenset[str]:
    """Return the kinds of record whose facts a figure is computed from."""
    if figure.startswith("counties"):
        return _OF_COUNTIES
    if figure.startswith("status_") or figure in ("agreements", "agreements_signed", "frameworks"):
        return _OF_AGREEMENTS | {"threshold"}
    return _OF_PROJECTS

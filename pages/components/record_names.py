"""What kinds of record, acts and those who act are called on screens that tell of changes."""

from typing import Final

from pages.components.context import _
from tracker.errors import N_

ENTITY_NAMES: Final = {
    "agreement": N_("agreement"),
    "agreement_pillar": N_("pillar of an agreement"),
    "agreement_stage": N_("stage of an agreement"),
    "baseline": N_("approved plan"),
    "baseline_milestone": N_("milestone in an approved plan"),
    "calendar_day": N_("day of the working calendar"),
    "dependency": N_("dependency"),
    "division": N_("administrative division"),
    "division_name": N_("former or short name"),
    "document": N_("document"),
    "document_version": N_("document version"),
    "forecast_change": N_("move of a forecast"),
    "functional_area": N_("functional area"),
    "light_override": N_("light set by a person"),
    "meeting": N_("meeting"),
    "milestone": N_("milestone"),
    "milestone_credit": N_("share of a milestone met"),
    "month_close": N_("closed month"),
    "party": N_("party"),
    "pillar": N_("pillar"),
    "plan_proposal": N_("proposed plan"),
    "plan_template": N_("plan template"),
    "plan_template_milestone": N_("step of a plan template"),
    "plan_template_version": N_("edition of a plan template"),
    "project": N_("project"),
    "project_update": N_("update"),
    "registry_version": N_("county registry"),
    "risk": N_("risk"),
    "sales_region": N_("sales region"),
    "sales_region_division": N_("part of a sales region"),
    "saved_view": N_("saved view"),
    "signing_event": N_("signing event"),
    "supplement": N_("supplementary agreement"),
    "suspension": N_("suspension"),
    "target": N_("target"),
    "threshold": N_("threshold"),
    "unit": N_("business unit"),
    "update_forecast": N_("forecast in an update"),
    "update_request": N_("request for update"),
}

ACT_NAMES: Final = {
    "abandoned": N_("abandoned"),
    "abolished": N_("abolished"),
    "accepted": N_("accepted"),
    "added": N_("added"),
    "answered": N_("answered"),
    "applied": N_("applied"),
    "approved": N_("approved"),
    "archived": N_("withdrawn"),
    "asked": N_("asked"),
    "brought_back": N_("brought back"),
    "cancelled": N_("cancelled"),
    "changed": N_("changed"),
    "closed": N_("closed"),
    "declined": N_("declined"),
    "forecast_changed": N_("forecast changed"),
    "frozen": N_("frozen in a plan"),
    "held": N_("recorded"),
    "history_begun": N_("history begun"),
    "lifted": N_("lifted"),
    "listed": N_("taken from the list"),
    "logged": N_("logged"),
    "met": N_("met"),
    "met_in_part": N_("met in part"),
    "moved": N_("moved"),
    "no_change": N_("no change reported"),
    "notice_given": N_("notice of non-renewal given"),
    "notice_withdrawn": N_("notice of non-renewal withdrawn"),
    "opened": N_("opened"),
    "pause_ended": N_("pause ended"),
    "paused": N_("paused"),
    "planned": N_("planned"),
    "proposed": N_("proposed"),
    "published": N_("published"),
    "put_back": N_("put back to an earlier value"),
    "recoded": N_("given another code"),
    "removed": N_("removed"),
    "renamed": N_("renamed"),
    "restored": N_("restored"),
    "resumed": N_("resumed"),
    "returned": N_("returned"),
    "sent": N_("sent"),
    "set": N_("set"),
    "signed": N_("signed"),
    "stage_entered": N_("stage entered"),
    "started": N_("started"),
    "stopped": N_("stopped"),
    "suspended": N_("suspended"),
    "taken_back": N_("taken back"),
    "terminated": N_("terminated"),
    "unmet": N_("no longer met"),
    "went_live": N_("went live"),
    "withdrawn": N_("withdrawn by its author"),
}


def entity_name(entity: str) -> str:
    """Return what a kind of record is called."""
    return _(ENTITY_NAMES.get(entity, entity))


def act_name(action: str) -> str:
    """Return what was done, of an action such as "agreement.signed"."""
    act = action.rpartition(".")[2]
    return _(ACT_NAMES.get(act, act))


def actor_name(actor: str) -> str:
    """Return what a person is called; the one local administrator has no name of their own."""
    known = {"local administrator": _("local administrator"), "system": _("the product itself")}
    return known.get(actor, actor)

"""What stored fields, kinds of record, acts and values are called on screens that tell of changes."""

from collections.abc import Mapping
from typing import Any, Final

from pages.components.context import _, words
from tracker.errors import N_
from tracker.rules.agreement_title import KIND_NAMES
from tracker.services.history import Names, referred

ENTITY_NAMES: Final = {
    "agreement": N_("agreement"),
    "agreement_pillar": N_("pillar of an agreement"),
    "agreement_stage": N_("stage of an agreement"),
    "baseline": N_("approved plan"),
    "baseline_milestone": N_("milestone in an approved plan"),
    "division": N_("administrative division"),
    "division_name": N_("former or short name"),
    "document": N_("document"),
    "document_version": N_("document version"),
    "functional_area": N_("functional area"),
    "meeting": N_("meeting"),
    "milestone": N_("milestone"),
    "party": N_("party"),
    "pillar": N_("pillar"),
    "plan_template": N_("plan template"),
    "plan_template_milestone": N_("step of a plan template"),
    "plan_template_version": N_("edition of a plan template"),
    "project": N_("project"),
    "registry_version": N_("county registry"),
    "signing_event": N_("signing event"),
    "supplement": N_("supplementary agreement"),
    "suspension": N_("suspension"),
    "unit": N_("business unit"),
}

ACT_NAMES: Final = {
    "abandoned": N_("abandoned"),
    "abolished": N_("abolished"),
    "accepted": N_("accepted"),
    "added": N_("added"),
    "applied": N_("applied"),
    "approved": N_("approved"),
    "archived": N_("withdrawn"),
    "brought_back": N_("brought back"),
    "cancelled": N_("cancelled"),
    "changed": N_("changed"),
    "frozen": N_("frozen in a plan"),
    "held": N_("recorded"),
    "listed": N_("taken from the list"),
    "logged": N_("logged"),
    "met": N_("met"),
    "met_in_part": N_("met in part"),
    "moved": N_("moved"),
    "notice_given": N_("notice of non-renewal given"),
    "notice_withdrawn": N_("notice of non-renewal withdrawn"),
    "opened": N_("opened"),
    "pause_ended": N_("pause ended"),
    "paused": N_("paused"),
    "planned": N_("planned"),
    "published": N_("published"),
    "put_back": N_("put back to an earlier value"),
    "recoded": N_("given another code"),
    "removed": N_("removed"),
    "renamed": N_("renamed"),
    "restored": N_("restored"),
    "resumed": N_("resumed"),
    "signed": N_("signed"),
    "stage_entered": N_("stage entered"),
    "started": N_("started"),
    "stopped": N_("stopped"),
    "suspended": N_("suspended"),
    "terminated": N_("terminated"),
    "unmet": N_("no longer met"),
    "went_live": N_("went live"),
}

FIELD_NAMES: Final = {
    "abandoned_on": N_("Abandoned on"),
    "abandonment_reason": N_("Reason of abandonment"),
    "accepted_on": N_("Accepted on"),
    "agreement_id": N_("Of agreement"),
    "ambiguous": N_("Leads to several divisions"),
    "amount_cents": N_("Amount"),
    "anchor_on": N_("Plan counted from"),
    "applied_at": N_("Applied at"),
    "approved_on": N_("Approved on"),
    "approver": N_("Approver"),
    "archive_reason": N_("Reason of withdrawal"),
    "archived_at": N_("Withdrawn at"),
    "baseline_id": N_("Of approved plan"),
    "cancelled_on": N_("Cancelled on"),
    "code": N_("Code"),
    "county_owner": N_("Owner on the county's side"),
    "credit_percent": N_("Share met, percent"),
    "credited_on": N_("Met in part on"),
    "currency": N_("Currency"),
    "description_en": N_("Description in English"),
    "description_zh": N_("Description in Chinese"),
    "division_count": N_("Number of divisions"),
    "division_id": N_("Division"),
    "document_id": N_("Of document"),
    "due_on": N_("Due on"),
    "effective_on": N_("Effective on"),
    "end_on": N_("Ends on"),
    "entered_on": N_("Entered on"),
    "event_id": N_("At signing event"),
    "evidence_hint": N_("Evidence asked for"),
    "evidence_hint_en": N_("Evidence asked for, in English"),
    "evidence_hint_zh": N_("Evidence asked for, in Chinese"),
    "evidence_kind": N_("Kind of evidence"),
    "evidence_note": N_("Evidence"),
    "file_name": N_("File"),
    "forecast_on": N_("Forecast"),
    "from_on": N_("From"),
    "grid_column": N_("Column on the tile map"),
    "grid_row": N_("Row on the tile map"),
    "held_on": N_("Held on"),
    "is_gate": N_("Landing gate"),
    "is_key": N_("Key node"),
    "kind": N_("Kind"),
    "label": N_("Edition"),
    "level": N_("Level"),
    "live_on": N_("Live on"),
    "macro_region": N_("Macro region"),
    "media_type": N_("Format"),
    "met_on": N_("Met on"),
    "milestone_id": N_("Of milestone"),
    "name": N_("Name"),
    "name_en": N_("English name"),
    "name_zh": N_("Chinese name"),
    "new_end_on": N_("New end of the term"),
    "next_step": N_("Next step"),
    "next_step_on": N_("Next step on"),
    "non_renewal_notice_on": N_("Notice of non-renewal on"),
    "note": N_("Note"),
    "notice_days": N_("Notice, days"),
    "number": N_("Number"),
    "offset": N_("Due after"),
    "offset_unit": N_("Counted in"),
    "opened_on": N_("Opened on"),
    "outcome": N_("Outcome"),
    "owner": N_("Owner"),
    "parent_id": N_("Belongs to"),
    "pillar_id": N_("Pillar"),
    "place": N_("Place"),
    "planned_start_on": N_("Planned start"),
    "position": N_("Position"),
    "post": N_("Post"),
    "project_id": N_("Of project"),
    "province_id": N_("Province"),
    "published_on": N_("Published on"),
    "reason": N_("Reason"),
    "relation": N_("Relation"),
    "renewal_of_id": N_("Renewal of"),
    "renewal_term_months": N_("Renewal term, months"),
    "renewals_allowed": N_("Renewals allowed"),
    "required": N_("Signature required"),
    "sha256": N_("Checksum"),
    "short_name": N_("Short name"),
    "side": N_("Side"),
    "signatory": N_("Signatory"),
    "signed_on": N_("Signed on"),
    "size_bytes": N_("Size, bytes"),
    "source": N_("Source"),
    "stage": N_("Stage"),
    "start_offset": N_("Starts after"),
    "start_on": N_("Start"),
    "started_on": N_("Started on"),
    "stop_reason": N_("Reason of stopping"),
    "stopped_on": N_("Stopped on"),
    "stored_at": N_("Stored at"),
    "supplement_id": N_("Of supplementary agreement"),
    "template_id": N_("Of plan template"),
    "template_version_id": N_("Edition of the plan template"),
    "term_months": N_("Term, months"),
    "terminated_on": N_("Terminated on"),
    "termination_reason": N_("Reason of termination"),
    "title": N_("Title"),
    "to_on": N_("Until"),
    "topic": N_("Topic"),
    "unit_id": N_("Unit"),
    "valid_from": N_("Valid from the year"),
    "valid_to": N_("Valid to the year"),
    "weight": N_("Weight"),
    "with_whom": N_("With whom"),
}

_VALUE_NAMES: Final[dict[str, Mapping[str, str]]] = {
    "kind": {str(kind): name for kind, name in KIND_NAMES.items()}
    | {
        "scan": N_("signed scan"),
        "supplement": N_("supplementary agreement"),
        "evidence": N_("evidence"),
        "other": N_("other document"),
    },
    "stage": {
        "draft": N_("draft"),
        "negotiating": N_("negotiating"),
        "awaiting_signature": N_("awaiting signature"),
    },
    "side": {"county": N_("county side"), "partner": N_("partner side")},
    "offset_unit": {"day": N_("days"), "month": N_("months")},
    "level": {"province": N_("province"), "prefecture": N_("prefecture"), "county": N_("county")},
    "evidence_kind": {
        "document": N_("document"),
        "photo": N_("photo"),
        "link": N_("link"),
        "acceptance_form": N_("acceptance form"),
        "attendance_list": N_("attendance list"),
        "data_report": N_("data report"),
        "system_screenshot": N_("system screenshot"),
        "witness": N_("witness"),
    },
}


def field_name(field: str) -> str:
    """Return what a stored field is called."""
    return _(FIELD_NAMES.get(field, field))


def entity_name(entity: str) -> str:
    """Return what a kind of record is called."""
    return _(ENTITY_NAMES.get(entity, entity))


def act_name(action: str) -> str:
    """Return what was done, of an action such as "agreement.signed"."""
    act = action.rpartition(".")[2]
    return _(ACT_NAMES.get(act, act))


def record_name(entity: str, record_id: int, names: Names) -> str:
    """Return the name of a record in the person's language, its number where it has none."""
    if found := names.get((entity, record_id)):
        return words().name(*found)
    return _("no. {number}", number=record_id)


def value_text(entity: str, field: str, value: Any, names: Names) -> str:
    """Return a stored value as people read it, as plain text; an empty one is a dash."""
    if value is None or value == "":
        return "–"
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if (target := referred(entity, field)) and isinstance(value, int):
        return record_name(target, value, names)
    if field == "amount_cents":
        return words().money(value)
    if field in _VALUE_NAMES:
        return _(_VALUE_NAMES[field].get(value, value))
    return str(value)

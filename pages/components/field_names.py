"""What stored fields and their values are called on screens."""

from collections.abc import Mapping
from typing import Any, Final

from pages.components.context import _, words
from pages.components.record_names import actor_name
from tracker.errors import N_
from tracker.rules.agreement_title import KIND_NAMES
from tracker.rules.forecast import SLIP_REASON_NAMES
from tracker.rules.threshold import THRESHOLD_NAMES
from tracker.services.history import Names, referred

FIELD_NAMES: Final = {
    "abandoned_on": N_("Abandoned on"),
    "abandonment_reason": N_("Reason of abandonment"),
    "accepted_on": N_("Accepted on"),
    "agreed_on": N_("Agreed on"),
    "agreement_id": N_("Of agreement"),
    "ambiguous": N_("Leads to several divisions"),
    "amount_cents": N_("Amount"),
    "anchor_on": N_("Plan counted from"),
    "applied_at": N_("Applied at"),
    "approved_on": N_("Approved on"),
    "approver": N_("Approver"),
    "archive_reason": N_("Reason of withdrawal"),
    "archived_at": N_("Withdrawn at"),
    "asked_by": N_("Asked by"),
    "asked_on": N_("Asked on"),
    "author": N_("Author"),
    "baseline_id": N_("Of approved plan"),
    "cancelled_on": N_("Cancelled on"),
    "changed_on": N_("Changed on"),
    "closed_by": N_("Closed by"),
    "closed_on": N_("Closed on"),
    "closing_note": N_("How it ended"),
    "code": N_("Code"),
    "colour": N_("Light"),
    "county_owner": N_("Owner on the county's side"),
    "credit_percent": N_("Share met, percent"),
    "credited_on": N_("Met in part on"),
    "count": N_("Number of agreements"),
    "currency": N_("Currency"),
    "day": N_("Day"),
    "decided_by": N_("Decided by"),
    "decided_on": N_("Decided on"),
    "decision": N_("Decision"),
    "decision_note": N_("Note on the decision"),
    "default_for": N_("Opens first for"),
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
    "evidence_link": N_("Link to the evidence"),
    "evidence_note": N_("Evidence"),
    "evidence_witness": N_("Witness"),
    "figures": N_("Figures"),
    "file_name": N_("File"),
    "forecast_on": N_("Forecast"),
    "from_on": N_("From"),
    "grid_column": N_("Column on the tile map"),
    "grid_row": N_("Row on the tile map"),
    "held_on": N_("Held on"),
    "impact": N_("Impact, 1 to 5"),
    "in_working_days": N_("In working days"),
    "is_gate": N_("Landing gate"),
    "is_key": N_("Key node"),
    "is_no_change": N_("No change"),
    "is_shared": N_("Shared"),
    "is_working": N_("Working day"),
    "kind": N_("Kind"),
    "known_no": N_("Known up to change"),
    "label": N_("Edition"),
    "lag_days": N_("Lag, days"),
    "level": N_("Level"),
    "lifted_on": N_("Lifted on"),
    "likelihood": N_("Likelihood, 1 to 5"),
    "live_on": N_("Live on"),
    "macro_region": N_("Macro region"),
    "measure": N_("Measure"),
    "media_type": N_("Format"),
    "met_on": N_("Met on"),
    "met_recorded_on": N_("Recorded as met on"),
    "milestone_id": N_("Of milestone"),
    "month_on": N_("Month"),
    "name": N_("Name"),
    "name_en": N_("English name"),
    "name_zh": N_("Chinese name"),
    "new_end_on": N_("New end of the term"),
    "new_on": N_("New day"),
    "next_step": N_("Next step"),
    "next_step_on": N_("Next step on"),
    "non_renewal_notice_on": N_("Notice of non-renewal on"),
    "note": N_("Note"),
    "notice_days": N_("Notice, days"),
    "number": N_("Number"),
    "offset": N_("Due after"),
    "offset_unit": N_("Counted in"),
    "old_on": N_("Old day"),
    "opened_on": N_("Opened on"),
    "outcome": N_("Outcome"),
    "owner": N_("Owner"),
    "page": N_("Page"),
    "parent_id": N_("Belongs to"),
    "percent": N_("Percent"),
    "pillar_id": N_("Pillar"),
    "place": N_("Place"),
    "plan_change_no": N_("Plan as of change"),
    "planned_start_on": N_("Planned start"),
    "position": N_("Position"),
    "post": N_("Post"),
    "predecessor_id": N_("Waits for"),
    "progress_basis": N_("Progress rests on"),
    "project_id": N_("Of project"),
    "proposed_on": N_("Proposed on"),
    "province_id": N_("Province"),
    "published_on": N_("Published on"),
    "query": N_("What is chosen"),
    "question": N_("Question"),
    "reason": N_("Reason"),
    "reason_code": N_("Reason of the move"),
    "relation": N_("Relation"),
    "renewal_of_id": N_("Renewal of"),
    "renewal_term_months": N_("Renewal term, months"),
    "renewals_allowed": N_("Renewals allowed"),
    "reported_on": N_("Reported on"),
    "reported_percent": N_("Reported percent"),
    "request_id": N_("Answers request"),
    "required": N_("Signature required"),
    "response": N_("Response"),
    "sales_region_id": N_("Sales region"),
    "self_approved": N_("Approved by its author"),
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
    "successor_id": N_("Milestone that waits"),
    "supplement_id": N_("Of supplementary agreement"),
    "template_id": N_("Of plan template"),
    "template_milestone_id": N_("Step of the plan template"),
    "template_version_id": N_("Edition of the plan template"),
    "term_months": N_("Term, months"),
    "terminated_on": N_("Terminated on"),
    "termination_reason": N_("Reason of termination"),
    "text": N_("Text"),
    "title": N_("Title"),
    "to_on": N_("Until"),
    "topic": N_("Topic"),
    "unit_id": N_("Unit"),
    "until_on": N_("Until and including"),
    "update_id": N_("Of update"),
    "valid_from": N_("Valid from the year"),
    "valid_to": N_("Valid to the year"),
    "value": N_("Value"),
    "weight": N_("Weight"),
    "with_whom": N_("With whom"),
    "year": N_("Year"),
}

# The fields that name who acted, as the audit entries do.
_WHO: Final = ("approver", "asked_by", "author", "closed_by", "decided_by")
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
    "colour": {"green": N_("green"), "yellow": N_("yellow"), "red": N_("red")},
    "progress_basis": {"milestones": N_("milestones met"), "reported": N_("reported percent")},
    "decision": {
        "accepted": N_("review passed"),
        "returned": N_("returned"),
        "withdrawn": N_("withdrawn by its author"),
    },
    "reason_code": {str(reason): name for reason, name in SLIP_REASON_NAMES.items()},
    "offset_unit": {"day": N_("days"), "month": N_("months")},
    "level": {"province": N_("province"), "prefecture": N_("prefecture"), "county": N_("county")},
    "measure": {"signings": N_("signings"), "landings": N_("landings")},
    "default_for": {
        "viewer": N_("viewers"),
        "editor": N_("editors"),
        "lead": N_("regional leads"),
        "administrator": N_("administrators"),
    },
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
    return _(FIELD_NAMES.get(field) or THRESHOLD_NAMES.get(field, field))


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
    if field in _WHO:
        return actor_name(value)
    known = _VALUE_NAMES.get(f"{entity}.{field}", _VALUE_NAMES.get(field))
    return _(known.get(value, value)) if known else str(value)

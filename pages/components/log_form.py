"""The form that logs agreements: its sections, what it says, and sending it."""

from collections.abc import Callable
from typing import Any

import streamlit as st

from pages.components.agreement_form import (
    agreement_values,
    day_field,
    event_field,
    form_start,
    kind_field,
    money_and_owner,
    more_fields,
    pillar_field,
    term_fields,
    title_field,
)
from pages.components.context import _, default_day, desk, words
from pages.components.division_picker import pick_divisions
from pages.components.feedback import problem_beside
from pages.components.kept_form import KeptForm
from pages.components.party_rows import division_names, party_rows, party_values, template_values
from pages.components.scan_upload import scan_upload, scan_values
from pages.components.signing_event_form import signing_event_form
from tracker.errors import N_
from tracker.rules.agreement_title import default_title
from tracker.services.agreement_choice import AgreementChoices, agreement_choices
from tracker.services.agreement_file import read_agreement
from tracker.services.renewal import renewal_values, upgrade_values
from tracker.services.stage import STAGE_NAMES

_UNSIGNED = {str(stage): name for stage, name in reversed(STAGE_NAMES.items())}
_STAGES = {"signed": N_("already signed")} | _UNSIGNED
_TURN_KEEPS = ("event_id", "signed_on", "partners", "owner", "kind", "pillar_ids", "stage", "stage_on")
_TERM_KEEPS = ("term_kind", "term_months", "renewals_allowed", "renewal_term_months", "notice_days")


def open_log_form() -> KeptForm:
    """Return the log form: its draft, or anew. The address may name what it starts from.

    `renewal_of` and `upgrade_of` name an agreement, `division` a county, `event` a signing event; each has
    a draft of its own. Raises: NotFound.
    """
    for field, start_of in _STARTS.items():
        named = st.query_params.get(field, "")
        if named.isascii() and named.isdigit() and len(named) < 10:
            start = start_of(int(named))
            return KeptForm(f"log:{field}:{named}", prefix="log", start=start, is_draft=True)
    return KeptForm("log", prefix="log", start={}, is_draft=True)


def next_turn(form: KeptForm) -> dict[str, Any]:
    """Return what the next agreement starts from: the same event and day, partners, owner and terms."""
    return {field: form.get(field) for field in (*_TURN_KEEPS, *_TERM_KEEPS) if form.get(field) is not None}


def log_values(form: KeptForm) -> dict[str, Any]:
    """Return what the form says, as the service takes it."""
    stage = form.get("stage", "signed")
    return agreement_values(form) | {
        "joint": form.get("joint") == "joint",
        "parties": party_values(form),
        "signed_on": form.get("signed_on") if stage == "signed" else None,
        "stage": None if stage == "signed" else stage,
        "stage_on": form.get("stage_on"),
        "template_ids": template_values(form),
        "scans": scan_values(form),
        "renewal_of_id": form.get("renewal_of_id"),
        "parent_id": form.get("parent_id"),
        "language": words().language,
    }


def relation_note(form: KeptForm) -> None:
    """Say which agreement this one renews or follows, if any."""
    for field, message in (
        ("renewal_of_id", N_("This agreement renews {number}.")),
        ("parent_id", N_("This agreement follows up {number}.")),
    ):
        if relative := form.get(field):
            number = read_agreement(desk(), relative, desk().today).agreement.number
            st.info(_(message, number=number), icon=":material/link:")


def who_section(form: KeptForm, choices: AgreementChoices) -> None:
    """Draw both sides, and whether several counties sign one agreement each or one together."""
    counties, partners = st.columns(2)
    with counties:
        pick_divisions(
            form.field("division_ids", []),
            several=True,
            levels=("county", "prefecture", "province"),
            day=form.get("signed_on") or default_day(),
            on_change=form.keep,
        )
        problem_beside("division_ids")
        if len(form.get("division_ids") or []) > 1:
            _arrangement(form)
    with partners:
        _partner_field(form, choices)


def signing_section(form: KeptForm, choices: AgreementChoices) -> None:
    """Draw the event, whether it is signed, and on which day."""
    if made := st.session_state.pop("log_event_made", None):
        form.put("event_id", made)
        _follow_event(form, choices)
    event, new = st.columns([5, 1], vertical_alignment="bottom")
    with event:
        event_field(form, choices, on_change=_follow_event, args=(form, choices))
    with new:
        if st.button(_("New event"), icon=":material/add:", key="log-new-event", width="stretch"):
            st.session_state["log_event_dialog"] = True
    stage, day = st.columns([2, 1])
    with stage:
        st.segmented_control(
            _("Stage"),
            list(_STAGES),
            key=form.field("stage", "signed", _STAGES),
            format_func=lambda s: _(_STAGES[s]),
            required=True,
            wrap=True,
            on_change=form.keep,
        )
    with day:
        if form.get("stage") == "signed":
            day_field(form, "signed_on", _("Signed on"), default=default_day())
        else:
            day_field(form, "stage_on", _("In this stage since"), default=default_day())
    _event_dialog()


def agreement_section(form: KeptForm, choices: AgreementChoices) -> None:
    """Draw what the agreement is: kind, title, pillars, money, term."""
    kind_field(form)
    title_field(form, _usual_title(form))
    pillar_field(form, choices)
    money_and_owner(form, choices)
    term_fields(form, form.get("signed_on") if form.get("stage", "signed") == "signed" else None)
    more_fields(form)


def party_section(form: KeptForm, choices: AgreementChoices) -> None:
    """Draw who signs, and the scans."""
    party_rows(form, choices)
    scan_upload(form)


def _start_from(values: dict[str, Any]) -> dict[str, Any]:
    parties = values.pop("parties")
    start = form_start(values)
    start["division_ids"] = [p["division_id"] for p in parties if p["side"] == "county" and p["division_id"]]
    start["partners"] = [p["name"] for p in parties if p["side"] == "partner" and p["name"]]
    start["joint"] = "joint"
    for party in parties:
        key = party["division_id"] or party["name"]
        start |= {f"signatory_{key}": party["signatory"], f"post_{key}": party["post"]}
    return start


def _start_at(event_id: int) -> dict[str, Any]:
    event = agreement_choices(desk()).events.get(event_id)
    return {"event_id": event_id, "signed_on": event[1]} if event else {}


_STARTS: dict[str, Callable[[int], dict[str, Any]]] = {
    "renewal_of": lambda i: _start_from(renewal_values(desk(), i)),
    "upgrade_of": lambda i: _start_from(upgrade_values(desk(), i)),
    "division": lambda i: {"division_ids": [i]},
    "event": _start_at,
}


def _arrangement(form: KeptForm) -> None:
    options = {"each": _("one agreement each"), "joint": _("one joint agreement")}
    st.segmented_control(
        _("Several counties sign"),
        list(options),
        key=form.field("joint", "each", options),
        format_func=options.__getitem__,
        required=True,
        wrap=True,
        on_change=form.keep,
    )


def _partner_field(form: KeptForm, choices: AgreementChoices) -> None:
    usual = choices.partners[:1]
    chosen = form.get("partners") or []
    st.multiselect(
        _("Partners"),
        list(dict.fromkeys([*choices.partners, *chosen])),
        key=form.field("partners", usual),
        accept_new_options=True,
        placeholder=_("Choose or type a name"),
        on_change=form.keep,
    )
    problem_beside("partners")


def _follow_event(form: KeptForm, choices: AgreementChoices) -> None:
    """Take the event's day for the day of signing, as it nearly always is."""
    event = choices.events.get(form.get("event_id") or 0)
    if event:
        form.put("signed_on", event[1])
    form.keep()


def _event_dialog() -> None:
    if not st.session_state.get("log_event_dialog"):
        return

    @st.dialog(_("New signing event"), on_dismiss=lambda: st.session_state.pop("log_event_dialog", None))
    def draw() -> None:
        if made := signing_event_form("log-event"):
            st.session_state.pop("log_event_dialog", None)
            st.session_state["log_event_made"] = made
            st.rerun()

    draw()


def _usual_title(form: KeptForm) -> str:
    names = list(division_names(form.get("division_ids") or []).values())
    partners = form.get("partners") or []
    if not names or not partners:
        return _("Made from county, partner and kind")
    together = names if form.get("joint") == "joint" else names[:1]
    return default_title(together, partners, form.get("kind", "framework"), words())

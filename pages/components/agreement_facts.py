"""What an agreement is and how it stands."""

import streamlit as st

from pages.components.context import _, as_of, named, words
from pages.components.field_names import value_text
from pages.components.link import link_to
from pages.components.text import plain
from tracker.errors import N_
from tracker.rules.agreement import STATUS_NAMES, Status, status_reason
from tracker.rules.agreement_title import KIND_NAMES
from tracker.services.agreement_file import AgreementFile

# Never by colour alone: the badge also says the status in words.
_COLOURS = {
    Status.active: "green",
    Status.not_yet_effective: "blue",
    Status.expiring: "orange",
    Status.expired: "red",
    Status.terminated: "red",
    Status.suspended: "violet",
}
# Where nothing is left to decide about a renewal.
_OVER = (Status.terminated, Status.superseded, Status.expired, Status.abandoned)


def agreement_head(file: AgreementFile) -> None:
    """Draw the title, the number and the status with its reason."""
    agreement, standing = file.agreement, file.standing
    st.title(plain(agreement.title))
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"`{agreement.number}`")
        st.badge(_(KIND_NAMES[agreement.kind]), color="gray")
        if standing:
            status = Status(standing["status"])
            st.badge(_(STATUS_NAMES[status]), color=_COLOURS.get(status, "gray"))  # type: ignore[arg-type]
    if agreement.archived_at:
        st.warning(
            _("Withdrawn: {reason}", reason=plain(agreement.archive_reason)), icon=":material/archive:"
        )
    elif standing:
        st.markdown(status_reason(standing, words()))
        _why_ended(file)
    else:
        st.info(_("On the day looked at, this agreement did not exist yet."))


def agreement_facts(file: AgreementFile) -> None:
    """Draw the facts: dates, term, money, owner, pillars, source."""
    agreement, standing = file.agreement, file.standing or {}
    facts = {
        _("Signed on"): words().date(standing.get("signed_on")) or (_("not signed") if standing else ""),
        _("Effective on"): words().date(standing.get("effective_on")),
        _("Term"): _term(file),
        _("Ends on"): words().date(standing.get("term_end_on")) or (_("open-ended") if standing else ""),
        _("Decision deadline"): ""
        if standing.get("status") in _OVER
        else words().date(standing.get("decision_on")),
        _("Renewals allowed"): str(agreement.renewals_allowed or ""),
        _("Notice, days"): str(agreement.notice_days),
        _("Notice of non-renewal on"): words().date(agreement.non_renewal_notice_on),
        _("Amount"): words().money(agreement.amount_cents, agreement.currency),
        _("Owner"): plain(agreement.owner),
        _("Pillars"): ", ".join(plain(named(pillar.model_dump())) for pillar in file.pillars),
        _("Source"): plain(agreement.source),
        _("Note"): plain(agreement.note),
    }
    with st.grid(4, min_column_width=150):
        for label, value in facts.items():
            if value:
                with st.container(gap=None):
                    st.caption(label)
                    st.markdown(value)
    if file.event:
        label = f"{plain(file.event.name)} · {file.event.held_on.isoformat()}"
        link_to("signing_event.py", label, icon=":material/event:", id=file.event.key)


def stage_list(file: AgreementFile) -> None:
    """Draw the stages before the signature that were entered by the day looked at, each with its day."""
    entered = [
        f"{value_text('agreement_stage', 'stage', stage.stage, {})} {stage.entered_on.isoformat()}"
        for stage in file.stages
        if stage.entered_on <= as_of()
    ]
    if entered:
        st.caption(_("Stages before signing: {stages}", stages=" → ".join(entered)))


def relative_list(file: AgreementFile) -> None:
    """Draw the agreements it renews, follows, or was renewed or followed by."""
    agreement = file.agreement
    for relative in file.relatives:
        if relative.id == agreement.renewal_of_id:
            relation = N_("renews")
        elif relative.id == agreement.parent_id:
            relation = N_("follows")
        else:
            relation = N_("renewed by") if relative.renewal_of_id == agreement.id else N_("followed by")
        label = f"{_(relation)}: {plain(relative.number)} {plain(relative.title)}"
        link_to("agreement.py", label, icon=":material/link:", id=relative.key)


def _why_ended(file: AgreementFile) -> None:
    reason = file.agreement.termination_reason or file.agreement.abandonment_reason
    ended = file.standing and file.standing["status"] in {Status.terminated, Status.abandoned}
    if ended and reason:
        st.caption(_("Reason: {reason}", reason=plain(reason)))


def _term(file: AgreementFile) -> str:
    months = file.agreement.term_months
    return _("{count} months", count=months) if months else ""

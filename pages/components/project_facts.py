"""What a project is and how far it is, at the head of its page."""

import streamlit as st

from pages.components.context import _, named, words
from pages.components.field_names import field_name
from pages.components.filters import as_of_picker
from pages.components.light_detail import light_head
from pages.components.link import link_to
from pages.components.text import plain
from tracker.rules.project import PROJECT_STATE_NAMES, ProjectState
from tracker.services.project_sheet import ProjectSheet

_COLOURS = {
    ProjectState.stopped: "gray",
    ProjectState.accepted: "blue",
    ProjectState.paused: "orange",
    ProjectState.live: "green",
    ProjectState.under_way: "primary",
    ProjectState.not_started: "gray",
}


def project_head(sheet: ProjectSheet) -> None:
    """Draw the name, the state, and where the project comes from."""
    st.title(plain(sheet.fields["name"]))
    with st.container(horizontal=True, vertical_alignment="center"):
        if sheet.standing:
            state = ProjectState(sheet.standing["state"])
            st.badge(_(PROJECT_STATE_NAMES[state]), color=_COLOURS[state])  # type: ignore[arg-type]
            light_head(sheet.id)
        county, agreement = named(sheet.division), sheet.agreement
        link_to("county.py", plain(county), icon=":material/location_on:", id=sheet.division["id"])
        title = f"{plain(agreement['number'])} {plain(agreement['title'])}"
        link_to("agreement.py", title, icon=":material/handshake:", id=agreement["id"])
    if sheet.archived_at:
        reason = plain(sheet.project["archive_reason"])
        st.warning(_("Withdrawn, so in no count: {reason}", reason=reason), icon=":material/archive:")
    if sheet.project["stopped_on"]:
        stopped = {"day": sheet.project["stopped_on"], "reason": plain(sheet.project["stop_reason"])}
        st.warning(_("Stopped on {day}: {reason}", **stopped), icon=":material/block:")
    if pause := sheet.open_pause:
        told = {"day": pause["from_on"], "reason": plain(pause["reason"])}
        st.info(_("Paused since {day}: {reason}", **told), icon=":material/pause_circle:")


def project_progress(sheet: ProjectSheet) -> None:
    """Draw the day looked at and the figures as of it: progress, milestones met of all, overdue, next due."""
    day = as_of_picker()
    standing = sheet.standing
    if standing is None:
        if sheet.agreement["archived_at"]:
            st.info(_("Its agreement is withdrawn, so this project is in no count."))
        elif not sheet.archived_at:
            st.info(_("On {day} this project was not there yet.", day=day))
        return
    has_plan = standing["approved_on"] is not None
    cells = st.grid(4, min_column_width=140)
    cells.metric(
        _("Actual progress"),
        words().percent(standing["actual"]) or "–",
        help=_("Weights of met milestones over all weights of the plan; a part met counts its share."),
    )
    cells.metric(
        _("Planned progress"),
        words().percent(standing["planned"]) or ("–" if has_plan else _("no plan")),
        help=_("Weights of the milestones due before this day over all weights of the approved plan."),
    )
    cells.metric(_("Milestones met"), f"{standing['met']}/{standing['milestones']}")
    cells.metric(_("Overdue"), str(standing["overdue"]))
    told = [_("As of {day}", day=day)]
    if standing["next_due_on"]:
        told.append(_("next due on {day}", day=standing["next_due_on"]))
    if standing["outside_plan"]:
        told.append(_("outside the approved plan, counted apart: {count}", count=standing["outside_plan"]))
    st.caption(" · ".join(told))


def project_facts(sheet: ProjectSheet) -> None:
    """Draw the project's own facts, empty ones as a dash."""
    template = named(sheet.template) if sheet.template else ""
    facts = {
        field_name("pillar_id"): named(sheet.pillar),
        field_name("unit_id"): named(sheet.unit) if sheet.unit else "",
        field_name("owner"): sheet.fields["owner"],
        field_name("county_owner"): sheet.fields["county_owner"],
        _("Plan template"): _("{name}, edition {number}", name=template, number=sheet.edition)
        if template
        else "",
        field_name("anchor_on"): words().date(sheet.project["anchor_on"]),
    }
    facts[field_name("planned_start_on")] = _planned_start(sheet)
    facts |= {
        field_name(field): words().date(sheet.fields[field])
        for field in ("started_on", "live_on", "accepted_on")
    }
    cells = st.grid(5, min_column_width=140)
    for label, value in facts.items():
        cells.markdown(f":gray[{label}]  \n{plain(value) or '–'}")
    if note := sheet.fields["note"]:
        st.caption(field_name("note"))
        st.text(note)


def _planned_start(sheet: ProjectSheet) -> str:
    """Return the planned start in force, and beside it a typed one that nobody approved."""
    typed = sheet.fields["planned_start_on"]
    if not sheet.baselines:
        return words().date(typed)
    counts = sheet.standing["planned_start_on"] if sheet.standing else sheet.baselines[-1]["planned_start_on"]
    told = words().date(counts) or "–"
    if typed == sheet.baselines[-1]["planned_start_on"]:
        return told
    beside = _("typed {day}, not approved yet", day=typed) if typed else _("taken out, not approved yet")
    return f"{told} ({beside})"

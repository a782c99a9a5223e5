"""Who signs for each side of an agreement about to be logged, and the plan each county starts with."""

from typing import Any

import streamlit as st

from pages.components.agreement_form import day_field
from pages.components.context import _, desk, words
from pages.components.feedback import problem_beside
from pages.components.kept_form import KeptForm
from pages.components.text import plain
from tracker.services.agreement_choice import AgreementChoices
from tracker.services.division import division_index


def party_rows(form: KeptForm, choices: AgreementChoices) -> None:
    """Draw one row for each party: signatory, post, and where asked for its own day and its plan."""
    counties, partners = form.get("division_ids") or [], form.get("partners") or []
    if not counties and not partners:
        return
    st.toggle(_("Signed on different days"), key=form.field("days_differ", False), on_change=form.keep)
    names = division_names(counties)
    for division_id in counties:
        _row(form, str(division_id), names[division_id], choices)
    for partner in partners:
        _row(form, partner, partner, None)


def party_values(form: KeptForm) -> list[dict[str, Any]]:
    """Return the parties as the services take them, county side first."""
    sides = [("county", i, "") for i in form.get("division_ids") or []]
    sides += [("partner", None, name) for name in form.get("partners") or []]
    own_days = form.get("days_differ") and form.get("stage", "signed") == "signed"
    return [
        {
            "side": side,
            "division_id": division_id,
            "name": name,
            "signatory": form.get(f"signatory_{division_id or name}", ""),
            "post": form.get(f"post_{division_id or name}", ""),
            "signed_on": form.get(f"signed_on_{division_id or name}") if own_days else None,
        }
        for side, division_id, name in sides
    ]


def template_values(form: KeptForm) -> dict[int, int]:
    """Return the plan template chosen for each county that has one."""
    chosen = {i: form.get(f"template_{i}") for i in form.get("division_ids") or []}
    return {division_id: template for division_id, template in chosen.items() if template}


def division_names(division_ids: list[int]) -> dict[int, str]:
    """Return the names of these divisions in the person's language."""
    known = division_index(desk()).by_id
    return {i: words().name(known[i].name, known[i].name_en) for i in division_ids if i in known}


def _row(form: KeptForm, key: str, name: str, choices: AgreementChoices | None) -> None:
    own_day = form.get("days_differ") and form.get("stage", "signed") == "signed"
    who, signatory, post, *more = st.columns(5 if own_day else 4, vertical_alignment="center")
    who.markdown(f"**{plain(name)}**")
    for field, label, place in (("signatory", _("Signatory"), signatory), ("post", _("Post"), post)):
        with place:
            st.text_input(
                label,
                key=form.field(f"{field}_{key}", ""),
                placeholder=label,
                label_visibility="collapsed",
                on_change=form.keep,
            )
            problem_beside(f"{field}_{key}")
    if own_day:
        with more[0]:
            day = form.get("signed_on")
            hidden = {"label_visibility": "collapsed"}
            day_field(form, f"signed_on_{key}", _("Signed on"), default=day, **hidden)
    if choices and choices.templates:
        with more[-1]:
            _template_field(form, key, choices)


def _template_field(form: KeptForm, key: str, choices: AgreementChoices) -> None:
    st.selectbox(
        _("Project plan"),
        list(choices.templates),
        index=None,
        key=form.field(f"template_{key}", None, {None, *choices.templates}),
        format_func=lambda i: words().name(*choices.templates[i]),
        placeholder=_("Project plan, if any"),
        label_visibility="collapsed",
        on_change=form.keep,
    )

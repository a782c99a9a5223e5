"""The fields of an agreement itself, for logging one and for changing one."""

from datetime import date
from typing import Any

import streamlit as st

from pages.components.context import _, desk, words
from pages.components.feedback import problem_beside, sentence
from pages.components.field_names import field_name
from pages.components.kept_form import KeptForm
from pages.components.text import plain
from tracker.errors import N_
from tracker.rules.agreement_title import KIND_NAMES
from tracker.services.agreement_choice import AgreementChoices
from tracker.services.agreement_doubt import preview_term
from tracker.services.threshold import thresholds_on

FIRST_DAY, LAST_DAY = date(1949, 10, 1), date(2199, 12, 31)
_USUAL_MONTHS = 36


def day_field(form: KeptForm, field: str, label: str, *, default: date | None = None, **options: Any) -> None:
    """Draw a field for a day, with what the last attempt met beside it."""
    st.date_input(
        label,
        value=None,
        key=form.field(field, default),
        min_value=FIRST_DAY,
        max_value=LAST_DAY,
        format="YYYY-MM-DD",
        on_change=options.pop("on_change", form.keep),
        **options,
    )
    problem_beside(field)


def kind_field(form: KeptForm) -> None:
    """Draw the kinds, weakest commitment first."""
    kinds = [str(kind) for kind in KIND_NAMES]
    st.segmented_control(
        _("Kind"),
        kinds,
        key=form.field("kind", "framework", kinds),
        format_func=lambda kind: _(KIND_NAMES[kind]),
        required=True,
        on_change=form.keep,
    )


def title_field(form: KeptForm, usual: str = "") -> None:
    """Draw the title; `usual` is shown where nothing is typed, and then used."""
    st.text_input(_("Title"), key=form.field("title", ""), placeholder=usual, on_change=form.keep)
    problem_beside("title")


def pillar_field(form: KeptForm, choices: AgreementChoices) -> None:
    """Draw the pillars to pick from."""
    st.pills(
        _("Pillars"),
        list(choices.pillars),
        selection_mode="multi",
        key=form.field("pillar_ids", [], choices.pillars),
        format_func=lambda i: plain(words().name(*choices.pillars[i])),
        on_change=form.keep,
    )


def event_field(form: KeptForm, choices: AgreementChoices, **options: Any) -> None:
    """Draw the signing events, newest first."""
    st.selectbox(
        _("At signing event"),
        list(choices.events),
        index=None,
        key=form.field("event_id", None, {None, *choices.events}),
        format_func=lambda i: f"{choices.events[i][0]} · {choices.events[i][1].isoformat()}",
        placeholder=_("None, or choose one"),
        on_change=options.pop("on_change", form.keep),
        **options,
    )


def money_and_owner(form: KeptForm, choices: AgreementChoices) -> None:
    """Draw the amount, as people write it, and the owner."""
    left, right = st.columns(2)
    with left:
        st.text_input(
            _("Amount, if any"),
            key=form.field("amount", ""),
            placeholder=_("For example 2000万 or 1.5亿"),
            on_change=form.keep,
        )
        problem_beside("amount")
    with right:
        owner = form.get("owner") or None
        st.selectbox(
            _("Owner"),
            list(dict.fromkeys([*choices.owners, *([owner] if owner else [])])),
            index=None,
            key=form.field("owner", None),
            accept_new_options=True,
            placeholder=_("Choose or type a name"),
            on_change=form.keep,
        )
        problem_beside("owner")


def term_fields(form: KeptForm, signed_on: date | None) -> None:
    """Draw when it takes effect and ends; the end is computed as one types."""
    left, middle, right = st.columns([3, 4, 3])
    with left:
        day_field(form, "effective_on", _("Effective on"), help=_("Empty: the day of signing."))
    with middle:
        st.segmented_control(
            _("Term"),
            list(_TERM_KINDS),
            key=form.field("term_kind", "months", _TERM_KINDS),
            format_func=lambda kind: _(_TERM_KINDS[kind]),
            required=True,
            wrap=True,
            on_change=form.keep,
        )
    with right:
        match form.get("term_kind"):
            case "months":
                number_field(form, "term_months", _("Term, months"), _USUAL_MONTHS, step=12)
            case "end":
                day_field(form, "end_on", _("Ends on"))
    _computed_end(form, signed_on)
    with st.expander(_("Renewal and notice"), icon=":material/autorenew:"):
        _renewal_fields(form)


def number_field(form: KeptForm, field: str, label: str, default: int | None, *, step: int = 1) -> None:
    """Draw a field for a whole number without limits of its own: the rule's sentence tells of them."""
    st.number_input(
        label, value=None, step=step, key=form.field(field, default), format="%d", on_change=form.keep
    )


def more_fields(form: KeptForm) -> None:
    """Draw what is rarely needed: source and note."""
    with st.expander(_("Source and note"), icon=":material/notes:"):
        st.text_input(_("Source"), key=form.field("source", ""), on_change=form.keep)
        problem_beside("source")
        st.text_area(_("Note"), key=form.field("note", ""), height=80, on_change=form.keep)
        problem_beside("note")


def agreement_values(form: KeptForm) -> dict[str, Any]:
    """Return what the fields hold, as the services take it."""
    kind = form.get("term_kind", "months")
    return {
        "kind": form.get("kind", "framework"),
        "title": form.get("title", ""),
        "event_id": form.get("event_id"),
        "amount": form.get("amount", ""),
        "owner": form.get("owner") or "",
        "effective_on": form.get("effective_on"),
        "term_months": form.get("term_months", _USUAL_MONTHS) if kind == "months" else None,
        "end_on": form.get("end_on") if kind == "end" else None,
        "renewals_allowed": form.get("renewals_allowed", 0),
        "renewal_term_months": form.get("renewal_term_months"),
        "notice_days": form.get("notice_days", _usual_notice()),
        "source": form.get("source", ""),
        "note": form.get("note", ""),
        "pillar_ids": list(form.get("pillar_ids") or []),
    }


def form_start(values: dict[str, Any]) -> dict[str, Any]:
    """Return what a form starts from, of an agreement's own fields as stored."""
    kind = "months" if values.get("term_months") else "end" if values.get("end_on") else "open"
    cents = values.get("amount_cents")
    # To the cent, unlike the rounded 万元 that pages show: saving unchanged must change nothing.
    amount = "" if cents is None else f"{cents // 100:,}.{cents % 100:02}".removesuffix(".00")
    named = {name: str(value) if name == "kind" else value for name, value in values.items()}
    return named | {"term_kind": kind, "amount": amount, "owner": values.get("owner") or None}


def _usual_notice() -> int:
    """The days of notice that the threshold in force proposes."""
    return thresholds_on(desk(), desk().today).notice_days


_TERM_KINDS = {"months": N_("in months"), "end": N_("until a day"), "open": N_("open-ended")}


def _renewal_fields(form: KeptForm) -> None:
    left, middle, right = st.columns(3)
    with left:
        number_field(form, "renewals_allowed", _("Renewals allowed"), 0)
    with middle:
        number_field(form, "renewal_term_months", _("Renewal term, months"), None, step=12)
    with right:
        number_field(form, "notice_days", _("Notice, days"), _usual_notice())


def _computed_end(form: KeptForm, signed_on: date | None) -> None:
    preview = preview_term(desk(), agreement_values(form), signed_on)
    for problem in preview.problems:
        st.markdown(f":red[:material/error: {field_name(problem.field)} – {sentence(problem)}]")
    if preview.end_on:
        st.markdown(
            _(
                "The term ends on **{end}**; decide about a renewal by {decision}.",
                end=preview.end_on,
                decision=preview.decision_on,
            )
        )
    for doubt in preview.doubts:
        st.markdown(f":orange[:material/help: {sentence(doubt)}]")

"""What past projects of a template show, and the offer to plan by it."""

from datetime import date
from typing import Any

import polars as pl
import streamlit as st

from pages.components.context import _, as_of, desk, words
from pages.components.record_table import Column, record_table
from tracker.rules.forecast import SLIP_REASON_NAMES
from tracker.rules.template_evidence import FEWEST_PROJECTS, StepEvidence, TemplateEvidence
from tracker.services.plan_template import TemplateSheet
from tracker.services.template_evidence import read_template_evidence


def template_evidence(sheet: TemplateSheet) -> None:
    """Draw how long each step took past projects, how many landed, and why forecasts moved."""
    found = read_template_evidence(desk(), sheet.id, as_of())
    st.subheader(_("What past projects show"))
    if not found.projects:
        st.info(_("No project was made from this template yet, so there is nothing to learn from."))
        return
    st.markdown("  \n".join(_told(found)))
    rows = [
        _row(step["name_zh"], step["name_en"], one, found.few_records)
        for step, one in zip(sheet.steps, found.steps, strict=True)
    ]
    record_table(pl.DataFrame(rows, schema=_SCHEMA), _columns(found.few_records), key=f"evidence_{sheet.id}")
    st.caption(
        _(
            "Days count from the day a project's plan counts from to the day the milestone was met, pauses "
            "included; half of the projects lie in the middle half. Who has not met it yet is missing, so "
            "slow projects are underrepresented."
        )
    )


def offset_choice(template_id: int | None, key: str) -> date | None:
    """Draw the choice between a template's own offsets and medians of past projects, if these say enough.

    Return the day as of which medians are to be used, None for the template's own.
    """
    found = read_template_evidence(desk(), template_id, as_of()) if template_id else None
    if not (found and found.offered):
        return None
    names = {"own": _("the template's own"), "medians": _("medians of past projects")}
    picked = st.segmented_control(
        _("Due days"),
        list(names),
        default="own",
        format_func=names.__getitem__,
        required=True,
        key=f"{key}_offsets",
        help=_(
            "{offered} of {all} milestones have a median, each of {fewest} projects or more; the others keep "
            "the template's own. A median needs {least} projects.",
            offered=found.offered,
            all=len(found.steps),
            fewest=found.fewest_met,
            least=FEWEST_PROJECTS,
        ),
    )
    return as_of() if picked == "medians" else None


def medians_wanted(sheets: list[dict[str, Any]], key: str) -> date | None:
    """Draw the same choice in a form, where the template is not known yet; nothing if none has medians."""
    if not any(read_template_evidence(desk(), sheet["id"], as_of()).offered for sheet in sheets):
        return None
    wanted = st.checkbox(
        _("Plan by the medians of past projects"),
        key=f"{key}_medians",
        help=_(
            "Where {least} projects or more met a milestone of the template; "
            "the others keep its own due days.",
            least=FEWEST_PROJECTS,
        ),
    )
    return as_of() if wanted else None


def _told(found: TemplateEvidence) -> list[str]:
    rate = f"{found.landed}/{found.projects} · {words().percent(found.landed / found.projects)}"
    told = [_("As of {day}, projects landed: **{rate}**", day=as_of(), rate=rate)]
    if found.projects < found.few_records:
        told.append(
            ":material/warning: "
            + _("Fewer than {few} projects: take it as a hint, not as a rule.", few=found.few_records)
        )
    if found.moves:
        told.append(
            _(
                "Forecasts moved later: {moves} times, most often because of **{reason}** ({count}).",
                moves=found.moves,
                reason=_reason(found.reason),
                count=found.reason_count,
            )
        )
    return told


def _reason(code: str) -> str:
    names = {str(reason): name for reason, name in SLIP_REASON_NAMES.items()}
    return _(names.get(code, code))


_SCHEMA = {
    "name": pl.String,
    "name_en": pl.String,
    "median": pl.Float64,
    "middle": pl.String,
    "met": pl.String,
    "is_few": pl.Boolean,
    "reason": pl.String,
}


def _row(name: str, name_en: str, step: StepEvidence, few: int) -> dict[str, Any]:
    spread = (step.low_days, step.high_days)
    middle = "–".join(words().number(round(days)) for days in spread if days is not None)
    reason = f"{_reason(step.reason)} ({step.reason_count}/{step.moves})" if step.moves else ""
    return {
        "name": name,
        "name_en": name_en,
        "median": step.median_days,
        "middle": middle,
        "met": f"{step.met}/{step.projects}",
        "is_few": step.met < few,
        "reason": reason,
    }


def _columns(few: int) -> list[Column]:
    return [
        Column("name", _("Milestone")),
        Column("median", _("Median, days"), "number"),
        Column("middle", _("Middle half, days")),
        Column("met", _("Met, of projects")),
        Column("is_few", _("Fewer than {few}", few=few), "yes"),
        Column("reason", _("Most common reason of slips")),
    ]

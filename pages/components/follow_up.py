"""What signing events promised and what existed of it later: one event's grid, and all events compared."""

from collections.abc import Mapping
from typing import Any

import polars as pl
import streamlit as st

from pages.components.address import parameter
from pages.components.context import _, as_of, desk, named, words
from pages.components.filters import change_address
from pages.components.link import link_to, open_page
from pages.components.record_table import Column, record_table
from pages.components.text import plain
from tracker.errors import N_
from tracker.i18n import Words
from tracker.rules.rate import RateValue
from tracker.services.landing import STAGES, Part, Promise, read_follow_ups, read_promise

STAGE_NAMES = {
    "signed": N_("Signed"),
    "decomposed": N_("Turned into projects"),
    "started": N_("Project started"),
    "landed": N_("Landed"),
    "live": N_("Project live"),
    "terminated": N_("Terminated"),
}
# The list that holds exactly these agreements, on the day looked at again.
_LISTS: Mapping[str, Mapping[str, str]] = {
    "signed": {"signed": "yes"},
    "decomposed": {"signed": "planned"},
    "started": {"signed": "started"},
    "landed": {"signed": "landed"},
    "live": {"signed": "live"},
    "terminated": {"signed": "yes", "status": "terminated"},
}
_STAGE = "stage"


def event_follow_up(event_id: int) -> None:
    """Say what was promised at an event and draw what existed of it later on; a cell opens its list."""
    frame = read_follow_ups(desk(), as_of(), Part(event_id=event_id))
    if frame.is_empty():
        return
    rows = frame.to_dicts()
    st.subheader(_("What was promised, and what became of it"))
    _promised(read_promise(desk(), as_of(), event_id))
    told = [[_(STAGE_NAMES[stage]), *_told(frame, stage)] for stage in STAGES]
    table = pl.DataFrame(told, schema=["stage", *map(_column, rows)], orient="row")
    picked: Any = st.dataframe(
        table,
        key=f"follow_up_{event_id}",
        hide_index=True,
        column_config={"stage": st.column_config.TextColumn(_("Stage"), pinned=True)}
        | {_column(row): _day_column(row) for row in rows},
        on_select="rerun",
        selection_mode="single-cell",
    )
    st.caption(_("Click a figure for the list of its agreements."))
    _caption(rows[0]["few"])
    link_to("landing.py", _("How its agreements came to land"), icon=":material/flight_land:", event=event_id)
    for place, column in picked["selection"].get("cells", []):
        row = next((r for r in rows if _column(r) == column), None)
        if row and not row["is_ahead"]:
            # The list as of that very day holds exactly the agreements counted.
            open_page("agreements.py", **{**_LISTS[STAGES[place]], "event": event_id, "as_of": row["day"]})


def _promised(promise: Promise) -> None:
    """Say which agreements an event was for: their counties, pillars and amounts."""
    number = words().number
    pillars = [f"{plain(named(row))} {row['agreements']}" for row in promise.pillars.iter_rows(named=True)]
    amounts = [
        _(
            "{amount}, stated in {n}/{total}",
            amount=plain(words().money(row["cents"], row["currency"])),
            n=row["agreements"],
            total=promise.agreements,
        )
        for row in promise.amounts.iter_rows(named=True)
    ]
    lines = {
        _("Agreements"): number(promise.agreements),
        _("signed that day"): words().ratio(promise.signed_that_day, promise.agreements),
        _("Counties"): number(promise.counties),
        _("Prefectures and provinces"): number(promise.above) if promise.above else "",
        _("Pillars"): "、".join(pillars) if words().is_chinese else ", ".join(pillars),
        _("Amount"): "; ".join(amounts) or _("not stated"),
    }
    st.markdown(" · ".join(f"{label} **{text}**" for label, text in lines.items() if text))


def _day_column(row: Mapping[str, Any]) -> Any:
    return st.column_config.TextColumn(_heading(row), help=words().date(row["day"]), alignment="right")


def events_compared(part: Part) -> None:
    """Draw one row for each event: of one stage, n/N on each day looked at again; a ticked one opens it."""
    rows = read_follow_ups(desk(), as_of(), part)
    st.subheader(_("Signing events compared"))
    if rows.is_empty():
        st.info(_("No agreement here belongs to a signing event held by this day."))
        link_to("signing_events.py", _("Signing events"), icon=":material/event:")
        return
    stage = _stage_choice()
    events = rows.unique("event_id", maintain_order=True).select("event_id", "name", "held_on", "promised")
    days = rows.head(rows["horizon_days"].n_unique()).to_dicts()
    told = rows.with_columns(told=_told(rows, stage))
    for day in days:
        here = told.filter(pl.col("horizon_days").eq_missing(pl.lit(day["horizon_days"], pl.Int64)))
        events = events.with_columns(here["told"].alias(_column(day)))
    columns = [
        Column("name", _("Signing event")),
        Column("held_on", _("Held on"), "date"),
        Column("promised", _("Agreements"), "number"),
        *(Column(_column(day), _heading(day), "ratio") for day in days),
    ]
    record_table(events, columns, key=f"events-{stage}", opens="signing_event.py", id_column="event_id")
    _caption(rows["few"][0])


def _stage_choice() -> str:
    """Draw the choice of what is compared, and return it: what the address says, else landing."""
    asked = parameter(_STAGE)
    stage = asked if asked in STAGES else "landed"
    st.session_state["stage_compared"] = stage
    st.segmented_control(
        _("Compared by"),
        STAGES,
        format_func=lambda one: _(STAGE_NAMES[one]),
        key="stage_compared",
        required=True,
        wrap=True,
        on_change=lambda: change_address(**{_STAGE: st.session_state["stage_compared"]}),
    )
    return stage


def _column(row: Mapping[str, Any]) -> str:
    return f"after_{row['horizon_days']}"


def _heading(row: Mapping[str, Any]) -> str:
    if row["horizon_days"] is None:
        return _("As of {day}", day=as_of())
    return _("{days} days later", days=row["horizon_days"])


def _told(rows: pl.DataFrame, stage: str) -> pl.Series:
    """Return n/N of a stage on each day and its share, a small N with a star; "not yet" of a day ahead."""
    of = pl.col("promised" if stage == "signed" else "signed")
    counts = rows.select("is_ahead", "few", n=pl.col(stage), of=of)
    # Many rows have the same few counts, and a sentence takes much longer than a look-up.
    cases = counts.unique()
    said, ahead = words(), _("not yet")
    texts = [ahead if case["is_ahead"] else _rate(case, said) for case in cases.iter_rows(named=True)]
    spoken = cases.with_columns(told=pl.Series(texts, dtype=pl.String))
    return counts.join(spoken, on=cases.columns, nulls_equal=True, maintain_order="left")["told"]


def _rate(case: Mapping[str, Any], said: Words) -> str:
    value = RateValue(case["n"], case["of"], case["few"])
    told = said.ratio(value.n, value.of)
    if value.share is None:
        return told
    return f"{told} · {said.percent(value.share)}{' *' if value.is_few else ''}"


def _caption(few: int) -> None:
    st.caption(
        _(
            "Each agreement counts once, however many projects it has. Signed: of all agreements of the"
            " event; all others: of those signed by the same day, terminated ones included. *: fewer than"
            " {few} cases.",
            few=few,
        )
    )

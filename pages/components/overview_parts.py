"""The smaller parts of the overview."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import polars as pl
import streamlit as st

from pages.components.context import _, as_of, desk, is_dark, is_phone, words
from pages.components.light_mark import light_count_columns
from pages.components.link import link_to, open_page
from pages.components.looking_back import is_looking_back, with_moment
from pages.components.part_filter import part_address
from pages.components.rate_list import short_rate, short_rate_help
from pages.components.record_table import Column, record_table
from tracker.charts.overview import due_chart, due_heading, status_chart, status_heading
from tracker.charts.view import ChartView
from tracker.rules.agreement import Status
from tracker.rules.rate import Rate, RateValue, rate_value
from tracker.rules.review_change import change_counts
from tracker.services.figures import read_rates
from tracker.services.lists import OPEN_STATES, Wanted, list_weeks_ahead
from tracker.services.review import Part


def first_steps() -> None:
    """Say how to begin where nothing is recorded yet; the banner of a look back says that by itself."""
    if is_looking_back():
        return
    st.markdown(_("Nothing is recorded yet. Two ways to begin:"))
    with st.grid(2, min_column_width=280, border=True) as grid:
        with grid.cell():
            st.markdown("#### " + _("Log your first agreement"))
            st.markdown(_("Choose the counties, the signing event and the day; it takes a minute."))
            link_to("log.py", _("Log an agreement"), icon=":material/edit_square:")
        with grid.cell():
            st.markdown("#### " + _("Look around with examples"))
            st.markdown(
                _("Run this where the product is installed. It opens a separate home and leaves yours alone.")
            )
            st.code("python -m tracker demo", language="shell")


def finding(row: Mapping[str, Any], changes: pl.DataFrame, since: date) -> None:
    """Say the answer first: how many of the signed have landed, and what changed since."""
    if not row["agreements_signed"]:
        st.markdown("### " + _("No agreement is signed here by this day."))
        return
    landed = _(
        "{n} of {total} signed agreements have landed",
        n=words().number(row["agreements_landed"]),
        total=words().number(row["agreements_signed"]),
    )
    st.markdown(f"### {landed}")
    day = words().long_date(since)
    if counts := change_counts(dict(changes.group_by("kind").len().iter_rows()), words()):
        st.markdown(_("Since {day}: {counts}.", day=day, counts=counts))
    else:
        st.markdown(_("Nothing changed since {day}.", day=day))


def part_links(part: Part) -> None:
    """Lead to the other reviews of the part, and from a part back to everything."""
    with st.container(horizontal=True):
        link_to("timeline.py", _("Timeline"), icon=":material/view_timeline:", **part_address(part))
        link_to("landing.py", _("Landing"), icon=":material/flight_land:", **part_address(part))
        link_to("briefing.py", _("Briefing"), icon=":material/summarize:", **part_address(part))
        if part != Part():
            link_to("overview.py", _("All regions"), icon=":material/public:")


def status_part(row: Mapping[str, Any], part: Part) -> None:
    """Draw the agreements of a part by status; a click on a bar opens its list."""
    st.subheader(_("Agreements by status"))
    statuses = status_counts(row)
    if statuses.is_empty():
        st.info(_("No agreement is recorded by this day."))
        return
    heading = with_moment(status_heading(statuses, as_of(), words()))
    event = st.altair_chart(
        status_chart(statuses, ChartView(as_of(), *heading, dark=is_dark(), narrow=is_phone()), words()),
        key="status_chart",
        alt=heading[0][0],
        on_select="rerun",
        selection_mode=["status"],
    )
    if chosen := event["selection"].get("status"):
        open_page("agreements.py", status=chosen[0]["status"], **part_address(part))
    st.caption(_("Click a bar for its agreements."))


def due_part(part: Part) -> None:
    """Draw what of a part is overdue and falls due in the weeks ahead."""
    st.subheader(_("Milestones due"))
    wanted = Wanted(
        region_id=part.region_id,
        pillar_ids=[part.pillar_id] if part.pillar_id is not None else [],
        event_ids=[part.event_id] if part.event_id is not None else [],
    )
    weeks, months = list_weeks_ahead(desk(), as_of(), wanted)
    if months.is_empty():
        st.info(_("Nothing is overdue or due in the next 90 days."))
        return
    heading = with_moment(due_heading(months, as_of(), words()))
    view = ChartView(as_of(), *heading, dark=is_dark(), narrow=is_phone())
    st.altair_chart(due_chart(months, view, words()), key="due_chart", alt=heading[0][0])
    _week_links(weeks, part)


def status_counts(row: Mapping[str, Any]) -> pl.DataFrame:
    """Return status and count of a row of figures, of the statuses that occur."""
    counts = {s.value: row[f"status_{s.value}"] for s in Status}
    return pl.DataFrame(
        [(status, count) for status, count in counts.items() if count],
        schema={"status": pl.String, "count": pl.Int64},
        orient="row",
    )


def _week_links(weeks: pl.DataFrame, part: Part) -> None:
    """Draw one link a week with something due: how much, and the way to that week's milestones."""
    with st.grid(2, min_column_width=180, gap="xxsmall"):
        for week in weeks.iter_rows(named=True):
            label = _(
                "{start}–{end}: {number} due, {keys} key",
                start=f"{week['from_on']:%m-%d}",
                end=f"{week['to_on']:%m-%d}",
                number=week["milestones"],
                keys=week["key_milestones"],
            )
            days = {"due_from": week["from_on"], "due_to": week["to_on"]}
            link_to("milestones.py", label, state=OPEN_STATES, **part_address(part), **days)


def _landings(frame: pl.DataFrame) -> list[tuple[Rate, RateValue]]:
    """Return the landing rate of each row of figures; how few is few is the same for all of them."""
    if frame.is_empty():
        return []
    rate, first = next(
        r for r in read_rates(desk(), as_of(), frame.row(0, named=True)) if r[0].key == "landing"
    )
    rows = frame.select(rate.n, rate.of).iter_rows(named=True)
    return [(rate, rate_value(row, rate, first.few)) for row in rows]


def province_table(frame: pl.DataFrame) -> None:
    """Draw the figures of each province; a ticked row opens its timeline."""
    counted = (
        "agreements_signed",
        "agreements_decomposed",
        "projects",
        "milestones_met",
        "milestones_overdue",
    )
    # Twelve columns run off a laptop's screen; these can be chosen.
    lesser = ("agreements_decomposed", "milestones_met")
    labels = {
        "agreements_signed": _("Agreements signed"),
        "agreements_decomposed": _("Turned into projects"),
        "projects": _("Projects"),
        "milestones_met": _("Milestones met"),
        "milestones_overdue": _("Milestones overdue"),
    }
    landings = _landings(frame)
    landed = pl.Series([short_rate(value) for _rate, value in landings], dtype=pl.String)
    record_table(
        frame.with_columns(landed=landed).sort("agreements_signed", descending=True, maintain_order=True),
        [
            Column("label", _("Province")),
            Column("counties", _("Counties"), "number", shown=False),
            Column("counties_contacted", _("Counties contacted"), "number"),
            Column("counties_signed", _("Counties signed"), "number"),
            *(Column(name, labels[name], "number", shown=name not in lesser) for name in counted),
            *(
                Column("landed", _(rate.name), "ratio", help=short_rate_help(rate, value))
                for rate, value in landings[:1]
            ),
            *light_count_columns(),
            Column("actual", _("Actual progress"), "share"),
            Column("planned", _("Planned progress"), "share", shown=False),
            Column("projects_covered", _("Projects with a plan"), "number", shown=False),
        ],
        key="provinces",
        opens="timeline.py",
        id_column="key",
        address_name="region",
    )
    st.caption(
        _(
            "An agreement of several provinces counts in each of them, so the rows can add up to more than"
            " the total."
        )
    )

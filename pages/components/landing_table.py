"""Landing as tables: the steps of the curves, the cohorts, and the agreements of a cohort."""

import polars as pl

from pages.components.context import _, as_of, desk, words
from pages.components.landing_choice import BY, COHORT, COHORT_NAMES
from pages.components.link import open_page
from pages.components.part_filter import part_address
from pages.components.record_table import Column, record_table
from tracker.rules.agreement import STATUS_NAMES
from tracker.rules.landing import DAYS_A_MONTH, OUTCOME_NAMES
from tracker.services.landing import Grouping, Landings, Part, list_cohorts

_DAYS = ("first_days", "median_days", "third_days")


def steps_table(drawn: Landings) -> None:
    """Draw the steps of the curves, with their file."""
    names = drawn.cohorts.select("key", "label", "label_en")
    rows = drawn.steps.join(names, on="key", maintain_order="left")
    columns = [
        Column("label", _("Cohort of signing")),
        Column("days", _("Days since signing"), "number"),
        Column("at_risk", _("Still waiting"), "number"),
        Column("landed", _("Landed that day"), "number"),
        Column("ended", _("Ended that day"), "number"),
        Column("unseen", _("Seen no longer"), "number"),
        Column("share", _("Share on the curve"), "share"),
    ]
    record_table(rows, columns, key="landing-steps")


def cohort_table(found: Landings, by: Grouping, part: Part) -> None:
    """Draw a row for each cohort; a ticked one opens the list of its agreements."""
    months = [(pl.col(name) / DAYS_A_MONTH).round(1).alias(name) for name in _DAYS]
    said = words()
    within = pl.struct("year_landed", "year_of").map_elements(
        lambda row: said.ratio(row["year_landed"], row["year_of"]), return_dtype=pl.String
    )
    rows = found.cohorts.with_columns(
        *months,
        rate=pl.col("landed") / pl.col("signed"),
        is_few=pl.col("signed") < found.few,
        within=pl.when(pl.col("year_of") > 0).then(within),
    )
    label = _(COHORT_NAMES[by])
    watched = _("Landed within 365 days, of those signed at least 365 days ago; blank where there are none.")
    columns = [
        Column("label", label),
        Column("landed", _("Landed (n)"), "number"),
        Column("signed", _("Signed (N)"), "number"),
        Column("rate", _("Landing rate"), "share"),
        Column("is_few", _("Few cases"), "yes"),
        Column("within", _("Landed within a year"), "ratio", help=watched),
        Column("median_days", _("Median, months"), "number"),
        Column("first_days", _("First quartile, months"), "number"),
        Column("third_days", _("Third quartile, months"), "number"),
        Column("terminated", _("Terminated without landing"), "number"),
        Column("expired", _("Expired without landing"), "number"),
        Column("open", _("Still on the way"), "number"),
    ]
    descending = by is Grouping.year
    order = "key" if descending else "signed"
    rows = rows.sort(order, "key", descending=[True, descending])
    ticked = record_table(rows, columns, key=f"landing-by-{by.value}", ticks=True)
    if ticked is not None:
        here = {BY: by.value, **part_address(part), COHORT: rows["key"][ticked]}
        open_page("landing.py", **here)


def cohort_agreements(by: Grouping, part: Part, keys: list[int]) -> None:
    """Draw the agreements of the cohorts chosen with what became of each; a ticked one opens its page."""
    rows = list_cohorts(desk(), as_of(), (by, part), keys)
    lived = _(
        "Days from signing to landing or to the end; of what is still on the way, to the day looked at."
    )
    columns = [
        Column("number", _("Number")),
        Column("counties", _("Counties")),
        Column("signed_on", _("Signed on"), "date"),
        Column("outcome", _("Outcome"), names={o.value: name for o, name in OUTCOME_NAMES.items()}),
        Column("landed_on", _("Landed on"), "date"),
        Column("waited_days", _("Days from signing"), "number", help=lived),
        Column("status", _("Status"), names={s.value: name for s, name in STATUS_NAMES.items()}),
        Column("projects", _("Projects"), "number"),
        Column("owner", _("Owner")),
        Column("title", _("Title"), shown=False),
        Column("provinces", _("Province"), shown=False),
        Column("pillars", _("Pillar"), shown=False),
        Column("event", _("Signing event"), shown=False),
    ]
    record_table(rows, columns, key="landing-agreements", opens="agreement.py")

"""The rates of D4: each as n of N, with its definition, cohort and what it leaves out within reach."""

from collections.abc import Mapping
from typing import Any

import polars as pl
import streamlit as st

from pages.components.context import _, as_of, desk, words
from pages.components.record_table import Column, record_table
from pages.components.text import plain
from tracker.rules.rate import Rate, RateValue
from tracker.services.figures import read_rates


def rate_list(row: Mapping[str, Any]) -> None:
    """Draw every rate of a row of figures, and the same as a table with the definitions and a file."""
    rates = read_rates(desk(), as_of(), row)
    st.subheader(_("Rates"))
    with st.grid(5, min_column_width=150) as grid:
        for rate, value in rates:
            with grid.cell():
                st.markdown(_(rate.name), help=rate_help(rate))
                st.markdown(f"**{rate_text(value)}**")
    st.caption(
        _(
            "Each rate divides all records of the region by all others, never rates by rates. They are not"
            " nested: one may exceed the one before it."
        )
    )
    with st.expander(_("Definitions of the rates, and as a file"), icon=":material/menu_book:"):
        _rate_table(rates)


def rate_text(value: RateValue) -> str:
    """Return a rate as n/N and its share: blank where N is 0, marked where N is small."""
    if value.n is None or value.of is None:
        return _("not recorded")
    if value.share is None:
        return "–"
    rate = _counts(value)
    return _("{rate}, fewer than {few} cases", rate=rate, few=value.few) if value.is_few else rate


def short_rate(value: RateValue) -> str:
    """Return the same for a narrow column: blank where N is 0, with a star where N is small."""
    if value.share is None:
        return ""
    return f"{_counts(value)} *" if value.is_few else _counts(value)


def short_rate_help(rate: Rate, value: RateValue) -> str:
    """Return how a column of short rates is counted, and what the star means."""
    return rate_help(rate) + "\n\n" + plain(_("* fewer than {few} cases", few=value.few))


def _counts(value: RateValue) -> str:
    share = "" if value.share is None else words().percent(value.share)
    return f"{words().ratio(value.n or 0, value.of or 0)} · {share}"


def rate_help(rate: Rate) -> str:
    """Return how a rate is counted: its definition, its cohort, and what it leaves out."""
    told = (
        _(rate.definition),
        _("Counted: {cohort}", cohort=_(rate.cohort)),
        _("Left out: {excluded}", excluded=_(rate.excluded)),
        _("As of {day}", day=as_of()),
    )
    return "\n\n".join(told)


def _rate_table(rates: list[tuple[Rate, RateValue]]) -> None:
    rows = [
        (_(r.name), v.n, v.of, v.share, _(r.definition), _(r.cohort), _(r.excluded), v.is_few)
        for r, v in rates
    ]
    names = ("name", "n", "of", "share", "definition", "cohort", "excluded", "is_few")
    kinds = (pl.String, pl.Int64, pl.Int64, pl.Float64, pl.String, pl.String, pl.String, pl.Boolean)
    record_table(
        pl.DataFrame(rows, schema=dict(zip(names, kinds, strict=True)), orient="row"),
        [
            Column("name", _("Rate")),
            Column("n", _("Cases (n)"), "number"),
            Column("of", _("Of (N)"), "number"),
            Column("share", _("Share"), "share", help=_("Blank where N is 0.")),
            Column("is_few", _("Few cases"), "yes", shown=False),
            Column("definition", _("Definition")),
            Column("cohort", _("Cohort")),
            Column("excluded", _("Left out")),
        ],
        key="rates",
    )

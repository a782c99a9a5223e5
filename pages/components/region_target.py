"""What regions reached of the year's targets, beside each other."""

import polars as pl
import streamlit as st

from pages.components.context import _, as_of, desk, words
from pages.components.link import link_to
from pages.components.record_table import Column, record_table
from tracker.services.region_table import RegionTable
from tracker.services.target import read_attainments


def targets_part(found: RegionTable) -> None:
    """Draw the targets of the year looked at, and what was reached of each; the whole comes first."""
    st.subheader(_("Targets of {year}", year=as_of().year))
    labels = found.rows.select("label", "label_en", region_key="key")
    whole = _("All regions")
    rows = read_attainments(desk(), as_of()).join(labels, on="region_key", how="left", maintain_order="left")
    rows = rows.filter(pl.col("label").is_not_null() | pl.col("region_key").is_null()).with_columns(
        pl.col("label", "label_en").fill_null(whole),
        attained=pl.col("share").map_elements(words().percent, return_dtype=pl.String),
    )
    if rows.is_empty():
        st.info(_("No target is set for these regions and this year."))
    else:
        measures = {"signings": _("signings"), "landings": _("landings")}
        columns = [
            Column("label", _("Region")),
            Column("measure", _("Measure"), names=measures),
            Column("target", _("Target"), "number"),
            Column("reached", _("Reached"), "number", help=_("From 1 January to the day looked at.")),
            Column("attained", _("Attained"), "ratio"),
        ]
        record_table(rows, columns, key="region_targets")
    link_to("targets.py", _("Targets"), icon=":material/track_changes:")

"""The sales regions as a table, which of them share counties, and those that were withdrawn."""

from collections.abc import Sequence
from datetime import date

import polars as pl
import streamlit as st

from pages.components.context import _, desk, words
from pages.components.feedback import announce, attempt
from pages.components.record_table import Column, record_table
from pages.components.text import plain
from tracker.services.division import division_index
from tracker.services.sales_region import RegionSheet, read_overlaps, restore_region

_NAMED = 12


def region_list(sheets: Sequence[RegionSheet], day: date) -> None:
    """Draw a row for each region, with what it holds on a day; a ticked row opens the region."""
    if not sheets:
        st.info(_("No sales region is defined yet. Begin with the macro regions, or define one above."))
        return
    rows = [
        {
            "id": sheet.region.key,
            "name": sheet.region.name,
            "name_en": sheet.region.name_en or sheet.region.name,
            "places": len(sheet.inside(day)),
            "held": _held(sheet, day),
        }
        for sheet in sheets
    ]
    columns = [
        Column("name", _("Name")),
        Column("places", _("Places on this day"), "number"),
        Column("held", _("Holds")),
    ]
    record_table(pl.DataFrame(rows), columns, key="sales_regions", opens="sales_regions.py")


def division_name(division_id: int) -> str:
    """Return a division's name in the person's language."""
    division = division_index(desk()).by_id.get(division_id)
    return words().name(division.name, division.name_en or division.name) if division else str(division_id)


def overlaps_told(day: date) -> None:
    """Say which regions share counties on a day, for these count in each of them."""
    pairs = read_overlaps(desk(), day)
    if pairs.is_empty():
        return
    lines = [
        _(
            "{one} and {other}: {number} counties",
            one=plain(words().name(row["name"], row["name_en"] or row["name"])),
            other=plain(words().name(row["other"], row["other_en"] or row["other"])),
            number=words().number(row["counties"]),
        )
        for row in pairs.head(_NAMED).iter_rows(named=True)
    ]
    told = _("Counties in two sales regions count in each of them, so regions need not add up to the total.")
    st.info("\n".join([told, "", *(f"- {line}" for line in lines)]), icon=":material/join_inner:")


def withdrawn_regions(sheets: Sequence[RegionSheet]) -> None:
    """Draw the regions that were withdrawn, each to bring back."""
    if not sheets:
        return
    with st.expander(_("Withdrawn sales regions ({number})", number=len(sheets)), icon=":material/archive:"):
        for sheet in sheets:
            region = sheet.region
            with st.container(horizontal=True, vertical_alignment="center"):
                st.markdown(f"**{plain(region.name)}** · {plain(region.archive_reason)}")
                if desk().may("sales_region.write") and st.button(
                    _("Restore"), icon=":material/restore_from_trash:", key=f"restore_{region.key}"
                ):
                    with attempt():
                        restore_region(desk(), region.key)
                        announce(_("Saved."))
                        st.rerun()


def _held(sheet: RegionSheet, day: date) -> str:
    held = sheet.inside(day)
    names = ", ".join(division_name(member.division_id) for member in held[:_NAMED])
    return f"{names} …" if len(held) > _NAMED else names

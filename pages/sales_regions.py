"""Sales regions: see and define the organisation's own parts of the country, each with its places."""

import streamlit as st

from pages.components.context import _, as_of, desk, record_id
from pages.components.filters import as_of_picker
from pages.components.link import link_to
from pages.components.looking_back import as_stored_now
from pages.components.sales_region_form import macro_offer, new_region_form
from pages.components.sales_region_list import overlaps_told, region_list, withdrawn_regions
from pages.components.sales_region_sheet import region_sheet
from tracker.services.sales_region import read_sales_regions

st.title(_("Sales regions"))
st.caption(
    _(
        "The organisation's own parts of the country: each holds provinces, prefectures or counties from a"
        " day on. They can be chosen wherever a region can."
    )
)
as_of_picker()
as_stored_now(_("Sales regions"))
regions = read_sales_regions(desk())
opened = next((sheet for sheet in regions if sheet.region.key == record_id()), None)
if opened is not None:
    link_to("sales_regions.py", _("All sales regions"), icon=":material/arrow_back:")
    region_sheet(opened, as_of())
    st.stop()
if record_id() is not None:
    st.warning(_("There is no such sales region."))
standing = [sheet for sheet in regions if sheet.region.archived_at is None]
if desk().may("sales_region.write"):
    macro_offer(has_regions=bool(standing))
    with st.expander(_("Define a sales region"), icon=":material/add:", expanded=not standing):
        new_region_form()
region_list(standing, as_of())
overlaps_told(as_of())
withdrawn_regions([sheet for sheet in regions if sheet.region.archived_at is not None])

"""Search: one text, and every county, agreement, project and event it is found in."""

import streamlit as st

from pages.components.context import _, desk, words
from pages.components.filters import TEXT, chosen
from pages.components.link import link_to
from pages.components.search_results import result_group
from pages.components.text import plain
from tracker.services.search import search_everything

st.title(_("Search"))
text = next(iter(chosen(TEXT)), "").strip()[:200]
if not text:
    st.info(
        _("Type a county, an agreement's number or title, a project or an event into the box at the side.")
    )
    st.stop()

found = search_everything(desk(), text)
st.markdown(_("**{number}** found for “{text}”", number=words().number(found.total), text=plain(text)))
if not found.total:
    st.info(_("Nothing was found. Counties are also found by code, pinyin, initials and former names."))
    link_to("log.py", _("Log an agreement"), icon=":material/edit_square:")

divisions = [
    (
        "county.py",
        m.division.id if m.division else None,
        words().name(m.division.name, m.division.name_en) if m.division else m.area.name if m.area else "",
        [
            *(words().name(d.name, d.name_en) for d in (m.province, m.prefecture) if d),
            m.division.code if m.division else m.area.code if m.area else "",
            _(m.remark[0], **m.remark[1]) if m.remark else "",
        ],
    )
    for m in found.divisions
]
result_group(_("Counties, prefectures and provinces"), len(divisions), divisions)
agreements = [
    (
        "agreement.py",
        r["id"],
        r["number"],
        [r["title"], words().name(r["counties"] or "", r["counties_en"] or "")],
    )
    for r in found.agreements.rows.iter_rows(named=True)
]
result_group(_("Agreements"), found.agreements.total, agreements, "agreements.py", text)
projects = [
    ("project.py", r["id"], r["name"], [words().name(r["county"], r["county_en"]), r["number"]])
    for r in found.projects.rows.iter_rows(named=True)
]
result_group(_("Projects"), found.projects.total, projects, "projects.py", text)
events = [
    ("signing_event.py", r["id"], r["name"], [words().date(r["held_on"]), r["place"]])
    for r in found.events.rows.iter_rows(named=True)
]
result_group(_("Signing events"), found.events.total, events, "signing_events.py", text)

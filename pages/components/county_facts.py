"""What a division is: where it lies, what it was called, what became of it."""

import streamlit as st

from pages.components.context import _, desk, words
from pages.components.link import link_to
from pages.components.text import plain
from tracker.rules.division import KIND_NAMES, SHORT_FORMS, DivisionFacts, FormerName
from tracker.services.division import DivisionSheet, registry_version


def county_head(sheet: DivisionSheet) -> None:
    """Draw the name, the facts, the former names, and where it went if it was abolished."""
    division = sheet.division
    st.title(plain(_called(division)))
    around = [d for d in (sheet.prefecture, sheet.province) if d]
    facts = [
        *(plain(_called(d)) for d in around),
        *([_(KIND_NAMES[division.kind])] if division.kind in KIND_NAMES else []),
        division.code,
        plain(words().name(division.name_en, division.name)),
        *([_("since {year}", year=division.valid_from)] if division.valid_from else []),
    ]
    st.markdown(" · ".join(fact for fact in facts if fact))
    if division.valid_to:
        st.warning(
            _("Abolished in {year}. It stays for what was recorded about it.", year=division.valid_to),
            icon=":material/event_busy:",
        )
        for successor in sheet.successors:
            link_to("county.py", plain(_called(successor)), icon=":material/arrow_forward:", id=successor.id)
    if sheet.formers:
        with st.expander(_("Former and short names ({number})", number=len(sheet.formers))):
            for former in sheet.formers:
                st.markdown(f"- {_former(former)}")
    st.caption(_("County registry {version}", version=plain(registry_version(desk()))))


def _called(division: DivisionFacts) -> str:
    return words().name(division.name, division.name_en)


def _former(former: FormerName) -> str:
    values = {"name": plain(former.name), "code": former.code, "year": former.valid_to}
    if former.relation in SHORT_FORMS:
        return _("{name}, a short form", **values)
    if former.relation == "split":
        return _("{name} ({code}), of which it has a part, until {year}", **values)
    return _("{name} ({code}), until {year}", **values)

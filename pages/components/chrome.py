"""What stands on every page: search, language, the person, the registry's version, and any banner."""

import streamlit as st

from pages.components.context import _, choose_language, default_day, desk, words
from pages.components.feedback import show_announcement
from pages.components.link import open_page
from pages.components.looking_back import looking_back_banner, moment_picker
from pages.components.text import plain
from tracker.i18n import LANGUAGES
from tracker.services.division import registry_version
from tracker.services.office import the_office

# Wide tables need the room that the margins of a page take on a laptop's screen. Figures of one width stand
# under each other, in the big numbers of a page as in its lists.
_LOOKS = (
    '<style>[data-testid="stMainBlockContainer"] {padding-inline: clamp(1rem, 2.5vw, 5rem)}'
    " .stApp {font-variant-numeric: tabular-nums}</style>"
)


def draw_chrome() -> None:
    """Draw the sidebar's fixed part and the banner above the page."""
    st.html(_LOOKS)
    with st.sidebar:
        _search_box()
        _language_switch()
        moment_picker()
        _foot()
    if the_office().settings.demo_as_of:
        st.info(
            _(
                "Demonstration: example data marked 示例 beside public signings, seen as of {day}.",
                day=default_day(),
            ),
            icon=":material/science:",
        )
    looking_back_banner()
    show_announcement()


def _search_box() -> None:
    st.text_input(
        _("Search everything"),
        key="search_everywhere",
        placeholder=_("County, agreement, project"),
        type="search",
        on_change=_search,
        label_visibility="collapsed",
    )
    if st.session_state.pop("search_asked", None):
        open_page("search.py", q=st.session_state["search_everywhere"])


def _search() -> None:
    st.session_state["search_asked"] = bool(st.session_state["search_everywhere"].strip())


def _language_switch() -> None:
    language = words().language
    st.segmented_control(
        _("Language"),
        list(LANGUAGES),
        format_func=LANGUAGES.__getitem__,
        default=language,
        key="language_switch",
        on_change=lambda: choose_language(st.session_state["language_switch"] or language),
        label_visibility="collapsed",
    )


def _foot() -> None:
    st.caption(_("You work as the local administrator; this app answers this computer alone."))
    st.caption(_("County registry {version}", version=plain(registry_version(desk()))))

"""What a person sees when something unexpected happens: a number to report, never the trace."""

import logging
from uuid import uuid4

import streamlit as st

from db.errors import StorageError
from pages.components.context import _
from pages.components.feedback import sentence

_log = logging.getLogger(__name__)


def show_mishap(error: Exception) -> bool:
    """Log an unexpected error under a short number and show that number; True says it was dealt with.

    What the storage met while a page was read (a server that went away, say) has a sentence of its own.
    """
    if isinstance(error, StorageError):
        _log.error("the page could not be read", exc_info=error)
        st.error(sentence(error), icon=":material/error:")
        return True
    number = uuid4().hex[:8]
    _log.error("unexpected error %s", number, exc_info=error)
    st.error(
        _(
            "Something unexpected happened. What was saved before is safe. "
            "Please reload the page; if it happens again, report number {number}.",
            number=number,
        ),
        icon=":material/report:",
    )
    return True

"""Say what went wrong or right: the one place where errors become sentences on a screen."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import streamlit as st

from db.errors import (
    ContentTooLarge,
    DatabaseBusy,
    DatabaseDamaged,
    DatabaseFull,
    DatabaseReadOnly,
    DatabaseUnreachable,
    FileMissing,
    FilesNotWritable,
    RecordMissing,
    StorageError,
)
from pages.components.context import _, words
from pages.components.record_names import actor_name
from pages.components.text import plain
from tracker.errors import N_, EditConflict, InvalidInput, TrackerError

_log = logging.getLogger(__name__)
_PROBLEMS = "problems"
# The details of a sentence that name who acted.
_WHO = ("who", "author")
_STORAGE = {
    DatabaseBusy: N_("The database is busy with another save. Nothing was saved; please try again."),
    DatabaseFull: N_(
        "The disk is full. Nothing was saved and your entries are kept; make room and try again."
    ),
    DatabaseReadOnly: N_("The database cannot be written. Nothing was saved and your entries are kept."),
    DatabaseDamaged: N_("The database is damaged. Stop the product and restore a backup."),
    DatabaseUnreachable: N_("The database does not answer. Your entries are kept; please try again."),
    FileMissing: N_("The document's content is missing from the file store."),
    FilesNotWritable: N_("The document could not be stored: the file store cannot be written."),
    ContentTooLarge: N_("The file is larger than 50 MB."),
    RecordMissing: N_("There is no such record, or it is outside your area."),
}


def sentence(error: TrackerError | StorageError) -> str:
    """Return an error's sentence in the person's language, with typed text shown literally."""
    if isinstance(error, TrackerError):
        return words().text(error.sentence, **{k: _shown(k, v) for k, v in error.details.items()})
    message = next((m for kind, m in _STORAGE.items() if isinstance(error, kind)), None)
    return _(message) if message else _("The database refused this. Nothing was saved.")


def _shown(name: str, value: Any) -> Any:
    if hasattr(value, "isoformat"):
        return value
    return plain(actor_name(value) if name in _WHO else value)


@contextmanager
def attempt() -> Iterator[None]:
    """Run one write; show what it refuses as a sentence and keep each field's problem for `problem_beside`.

    An `EditConflict` passes through: the form that meets it shows both values.
    """
    st.session_state.pop(_PROBLEMS, None)
    try:
        yield
    except EditConflict:
        raise
    except InvalidInput as error:
        st.session_state[_PROBLEMS] = {p.field: sentence(p) for p in error.problems}
        st.error(sentence(error), icon=":material/error:")
        for problem in error.problems:
            if not problem.field:
                st.error(sentence(problem))
    except (TrackerError, StorageError) as error:
        _log.info("refused: %r", error)
        if isinstance(error, TrackerError) and error.field:
            st.session_state[_PROBLEMS] = {error.field: sentence(error)}
        st.error(sentence(error), icon=":material/error:")


def problem_beside(field: str) -> None:
    """Show the problem of `field` that the last attempt met, if any, where the field is."""
    problem = st.session_state.get(_PROBLEMS, {}).get(field)
    if problem:
        st.markdown(f":red[:material/error: {problem}]")


def forget_problems() -> None:
    """Forget the last attempt's problems, as when a form is opened anew."""
    st.session_state.pop(_PROBLEMS, None)


def announce(message: str) -> None:
    """Keep a word of success to be shown by the next run, since a save usually leads to another page."""
    st.session_state["announcement"] = message


def show_announcement() -> None:
    """Show the word kept by `announce`, once."""
    if message := st.session_state.pop("announcement", None):
        st.toast(message, icon=":material/check_circle:")

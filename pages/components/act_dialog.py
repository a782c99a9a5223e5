"""Acts on a record: picked from a menu, asked about in a dialog, carried out once.

Only one dialog can be open in a run: which one stands in the session, and it is opened at the page's end.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NoReturn
from uuid import uuid4

import streamlit as st

from pages.components.context import _
from pages.components.feedback import announce, attempt, forget_problems, problem_beside

_OPEN = "act_dialog"
FIRST_DAY, LAST_DAY = date(1949, 10, 1), date(2199, 12, 31)


@dataclass(frozen=True)
class Asked:
    """The act asked for, on which record, and for agreements' parts on which part.

    `token` marks the dialog's one sending, so that a second press of its button saves nothing more.
    """

    act: str
    record_id: int
    part_id: int | None = None
    token: str = field(default_factory=lambda: uuid4().hex)


def ask(act: str, record_id: int, part_id: int | None = None) -> None:
    """Open the dialog of an act in this run or the next."""
    forget_problems()
    st.session_state[_OPEN] = Asked(act, record_id, part_id)


def asked(record_id: int) -> Asked | None:
    """Return the act asked for on this record, if any."""
    found: Asked | None = st.session_state.get(_OPEN)
    return found if found and found.record_id == record_id else None


def draw_dialog(title: str, body: Callable[[], None]) -> None:
    """Draw the dialog; closing it forgets the act."""
    st.dialog(title, width="medium", on_dismiss=_close)(body)()


def done(message: str = "") -> NoReturn:
    """Close the dialog after a save and show the page anew."""
    _close()
    announce(message or _("Saved."))
    st.rerun()
    raise AssertionError


def _close() -> None:
    st.session_state.pop(_OPEN, None)
    forget_problems()


@dataclass
class ActFields:
    """The fields of a dialog's form, and the place beside each for what the save met."""

    key: str
    values: dict[str, Any] = field(default_factory=dict)
    _places: dict[str, Any] = field(default_factory=dict)

    def day(self, name: str, label: str, value: date | None = None, **options: Any) -> None:
        """Draw a field for a day."""
        self.values[name] = st.date_input(
            label,
            value,
            key=f"{self.key}_{name}",
            min_value=FIRST_DAY,
            max_value=LAST_DAY,
            format="YYYY-MM-DD",
            **options,
        )
        self._places[name] = st.container()

    def line(self, name: str, label: str, value: str = "", *, long: bool = False) -> None:
        """Draw a field for a line or, if `long`, a paragraph."""
        draw = st.text_area if long else st.text_input
        self.values[name] = draw(label, value, key=f"{self.key}_{name}")
        self._places[name] = st.container()

    def choice(self, name: str, label: str, options: dict[Any, str], value: Any = None) -> None:
        """Draw a choice of few; `options` maps a value to what it is called."""
        self.values[name] = st.segmented_control(
            label,
            list(options),
            default=value,
            format_func=options.__getitem__,
            key=f"{self.key}_{name}",
        )
        self._places[name] = st.container()

    def check(self, name: str, label: str, *, value: bool) -> None:
        """Draw a yes or no."""
        self.values[name] = st.checkbox(label, value, key=f"{self.key}_{name}")

    def show_problems(self) -> None:
        """Show what the save met, each beside its field."""
        for name, place in self._places.items():
            with place:
                problem_beside(name)


def act_form(
    key: str, fields: Callable[[ActFields], None], act: Callable[[dict[str, Any]], object], label: str = ""
) -> None:
    """Draw a form of `fields` and carry out `act` with their values once it is sent."""
    drawn = ActFields(key)
    with st.form(f"{key}_form", border=False, enter_to_submit=False):
        fields(drawn)
        sent = st.form_submit_button(label or _("Save"), type="primary")
    if sent:
        with attempt():
            act(drawn.values)
            done()
        drawn.show_problems()

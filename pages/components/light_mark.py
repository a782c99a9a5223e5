"""A light wherever one is shown: a shape and a word beside the colour, so that it reads without it."""

from collections.abc import Mapping
from typing import Any, Final

import streamlit as st

from pages.components.context import _
from pages.components.filters import Filter
from pages.components.link import link_to
from pages.components.record_table import Column
from tracker.rules.light import LIGHT_MARKS, LIGHT_NAMES, Light

# Yellow itself is too pale to read on a light page.
_COLOURS: Final = {
    Light.red: "red",
    Light.yellow: "orange",
    Light.green: "green",
    Light.grey: "gray",
    Light.blue: "blue",
    Light.stopped: "gray",
}


def light_word(kind: str) -> str:
    """Return a light's shape and word, without its colour."""
    return f"{LIGHT_MARKS[Light(kind)]} {_(LIGHT_NAMES[Light(kind)])}"


def light_mark(kind: str) -> str:
    """Return a light as Markdown: its shape and word in its colour; "none" is a dash."""
    return f":{_COLOURS[Light(kind)]}[{light_word(kind)}]" if kind != "none" else ":gray[–]"


def told_word(told: str) -> str:
    """Return a `told_light` in words: why grey is grey, and what was computed beside what a person set."""
    kind, _slash, beside = told.partition("/")
    if kind == Light.grey:
        why = _("paused") if beside else _("no plan")
        return f"{light_word(kind)} · {why}"
    if beside:
        return f"{light_word(kind)} · " + _("computed: {light}", light=light_word(beside))
    return light_word(kind)


def told_mark(told: str) -> str:
    """Return the same as Markdown, in the colour of the light that is shown."""
    return f":{_COLOURS[Light(told.partition('/')[0])]}[{told_word(told)}]"


def light_column() -> Column:
    """Return the column of a table's lights, as shown."""
    return Column("light", _("Light"), names=_words())


def told_light_column() -> Column:
    """Return the column of a list's lights, each with what has to be told beside it."""
    judged = (Light.red, Light.yellow, Light.green)
    told = [kind.value for kind in Light] + ["grey/paused"]
    told += [f"{a.value}/{b.value}" for a in judged for b in (*judged, Light.grey) if a != b]
    return Column("told_light", _("Light"), names={one: told_word(one) for one in told})


def computed_light_column() -> Column:
    """Return the column of the lights as computed alone."""
    return Column("computed_light", _("Light as computed"), names=_words(), shown=False)


def health_column() -> Column:
    """Return the column of agreements' health; blank where no side of it is recorded."""
    words = {name: word for name, word in _words().items() if name in ("red", "yellow", "green")}
    return Column(
        "health",
        _("Health"),
        names=words | {"none": "–"},
        help=_("The worst of the sides that are recorded."),
    )


def light_count_columns() -> list[Column]:
    """Return the columns of how many projects have each light; the two that warn are shown at first."""
    warning = (Light.red, Light.yellow)
    return [
        Column(f"light_{kind.value}", light_word(kind), "number", shown=kind in warning) for kind in Light
    ]


def light_filter() -> Filter:
    """Offer the lights."""
    return Filter("light", _("Light"), _words())


def light_counts(counts: Mapping[str, Any], **narrowed: int | None) -> None:
    """Draw each light that occurs with its count, which leads to its projects, narrowed as the address says.

    `counts` holds `light_red` and so on, as rows of figures do.
    """
    shown = [kind for kind in Light if counts.get(f"light_{kind.value}")]
    if not shown:
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(
            _("Projects by light"),
            width="content",
            help=_(
                "Red, yellow and green: the worst of five tests, or what a person set. Grey: no approved"
                " plan, or paused. Blue: finished. Stopped ones stand outside the lights."
            ),
        )
        for kind in shown:
            label = f":{_COLOURS[kind]}[{light_word(kind)} {counts[f'light_{kind.value}']}]"
            link_to("projects.py", label, icon=None, light=kind.value, **narrowed)


def _words() -> dict[str, str]:
    return {kind.value: light_word(kind) for kind in Light}

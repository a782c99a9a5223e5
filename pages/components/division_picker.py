"""The one way to pick counties and other divisions: type anything, press what is meant.

The ids picked stand in the session under the picker's key, so that a draft restores them by setting it.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import streamlit as st

from pages.components.context import _, desk, words
from pages.components.feedback import sentence
from pages.components.text import plain
from tracker.rules.division import DivisionFacts, DivisionMatch, TermMatches
from tracker.services.division import division_doubts, division_index, find_divisions

_SHOWN = 8
_SHOWN_OF_SEVERAL = 4
_CHARACTERS_SEARCHED = 4_000


@dataclass(frozen=True)
class _Picker:
    """One picker on a page and what it may pick."""

    key: str
    several: bool
    levels: tuple[str, ...]
    label: str
    on_change: Callable[[], None] | None

    @property
    def typed(self) -> str:
        return f"{self.key}_typed"

    @property
    def changed(self) -> str:
        return f"{self.key}_changed"

    def picked(self) -> list[int]:
        return list(st.session_state.get(self.key) or [])

    def add(self, division_ids: Sequence[int], rest: str = "") -> None:
        """Add what was pressed and leave `rest` to be searched on; runs before the page does."""
        wanted = [*self.picked(), *division_ids] if self.several else list(division_ids[:1])
        self._keep(list(dict.fromkeys(wanted)))
        st.session_state[self.typed] = rest

    def remove(self, division_id: int) -> None:
        self._keep([i for i in self.picked() if i != division_id])

    def _keep(self, division_ids: list[int]) -> None:
        st.session_state[self.key] = division_ids
        st.session_state[self.changed] = True
        if self.on_change:
            self.on_change()


def pick_divisions(
    key: str,
    *,
    several: bool,
    levels: Sequence[str] = ("county",),
    label: str = "",
    day: date | None = None,
    on_change: Callable[[], None] | None = None,
) -> list[int]:
    """Draw the picker and return the ids picked, which also stand in `st.session_state[key]`.

    Only divisions in the person's scope are offered, those of the first of `levels` first. With `day`, the
    picker warns of divisions that did not exist or had another name then. `on_change` is called once what
    is picked has changed, before the page runs again. It cannot stand inside a form.
    """
    picker = _Picker(key, several, tuple(levels), label or _("Counties, cities or districts"), on_change)
    by_id = division_index(desk()).by_id
    st.session_state[key] = [i for i in picker.picked() if i in by_id]
    _search(picker)
    if day and picker.picked():
        for doubt in division_doubts(desk(), picker.picked(), day):
            st.warning(sentence(doubt), icon=":material/event_busy:")
    return picker.picked()


# Typing runs only this part of the page again; a pick runs the whole page.
@st.fragment
def _search(picker: _Picker) -> None:
    if st.session_state.pop(picker.changed, False):
        st.rerun()
    _chips(picker)
    typed = st.text_input(
        picker.label,
        key=picker.typed,
        type="search",
        live="300ms",
        placeholder=_("Name, code or pinyin: 醴陵, 430281, liling, ll"),
        help=_("Several names can be pasted at once, such as 醴陵市, 南县、桂东县."),
    )
    if not typed or not typed.strip():
        return
    terms = find_divisions(desk(), typed[:_CHARACTERS_SEARCHED], levels=picker.levels, limit=_SHOWN + 1)
    if len(terms) > 1 and picker.several:
        _several(picker, terms)
    elif terms:
        _choices(picker, terms[0], _SHOWN)


def _chips(picker: _Picker) -> None:
    if not picker.picked():
        return
    index = division_index(desk())
    with st.container(horizontal=True, gap="small", key=f"{picker.key}_chips"):
        for division_id in picker.picked():
            prefecture, province = index.parents(division_id)
            st.button(
                _place([index.by_id[division_id], prefecture or province]),
                key=f"{picker.key}_remove_{division_id}",
                icon=":material/close:",
                icon_position="right",
                type="primary",
                help=_("Remove"),
                on_click=picker.remove,
                args=(division_id,),
            )


def _several(picker: _Picker, terms: list[TermMatches]) -> None:
    """Offer all that is sure in one press, and below it what each other text may mean."""
    sure = [t.sure.division.id for t in terms if t.sure and t.sure.division]
    if sure:
        message = _("Add all {number}") if len(sure) == len(terms) else _("Add the clear ones ({number})")
        st.button(
            message.format(number=len(sure)),
            key=f"{picker.key}_add_all",
            type="primary",
            icon=":material/playlist_add:",
            on_click=picker.add,
            args=(sure, _rest(t for t in terms if not t.sure)),
        )
    for number, term in enumerate(terms):
        if term.sure:
            st.caption(f"{plain(term.term)} → {_described(term.sure)}")
        else:
            st.markdown(f"**{plain(term.term)}**")
            _choices(picker, term, _SHOWN_OF_SEVERAL, number, _rest(t for t in terms if t is not term))


def _rest(terms: Iterable[TermMatches]) -> str:
    return "、".join(t.term for t in terms)


def _choices(picker: _Picker, term: TermMatches, shown: int, number: int = 0, rest: str = "") -> None:
    """Draw a button for each thing the term may mean; pressing one leaves the `rest` of what was typed."""
    if not term.matches:
        st.caption(_("Nothing is called “{text}”. Try its code or pinyin.", text=plain(term.term)))
    for match in term.matches[:shown]:
        division = match.division
        if division is None:
            st.caption(_described(match))
            continue
        st.button(
            _described(match),
            key=f"{picker.key}_add_{number}_{division.id}",
            icon=":material/check:" if division.id in picker.picked() else ":material/add:",
            width="stretch",
            on_click=picker.add,
            args=([division.id], rest),
        )
    if len(term.matches) > shown:
        st.caption(_("There are more; type on."))


def _described(match: DivisionMatch) -> str:
    """Return a match as a line of Markdown: name · prefecture · province · code, and what must be said."""
    if match.division:
        line = f"**{_place([match.division])}**"
        code = match.division.code
    else:
        line, code = (
            f"**{plain(match.area.name if match.area else '')}**",
            match.area.code if match.area else "",
        )
    around = _place([match.prefecture, match.province])
    parts = [line, *([around] if around else []), code]
    if match.remark:
        message, values = match.remark
        parts.append(f"*{plain(words().text(message, **values))}*")
    return " · ".join(parts)


def _place(divisions: Sequence[DivisionFacts | None]) -> str:
    return " · ".join(plain(words().name(d.name, d.name_en)) for d in divisions if d)

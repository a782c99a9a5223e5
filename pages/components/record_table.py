"""The one table of records: what is shown of how many, columns and order to choose, a row, a file to take.

The columns chosen and the order live in the address, named after the table, so that a link shows them too.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

import polars as pl
import streamlit as st

from pages.components.address import parameter
from pages.components.context import _, as_of, is_phone, known_mark, words
from pages.components.filters import change_address, chosen
from pages.components.link import open_page
from tracker.charts.lettering import width_of
from tracker.exchange.table import to_csv

# More rows than anybody scrolls through only make the page heavy; the file holds all of them.
_ROWS_SHOWN = 5_000
_MILLION_CENTS = 1_000_000
_PHONE_WIDTH = 108
_DATE_WIDTH = 97
_HEAD_MARGIN = 24
# The row's place in the frame given, whatever the order shown.
_PLACE = "place in the frame"
# The grid's own download writes texts as they are, formulas too; ours makes them harmless.
_OWN_DOWNLOAD = '[data-testid="stElementToolbarButton"]:has([aria-label="Download as CSV"])'


@dataclass(frozen=True)
class Column:
    """One column: `name` in the frame, or `name`_en where that exists and the person reads English.

    `names` translates stored values (statuses, kinds), message ids by value. Columns that are not `shown`
    can be chosen by the person. kind "money" takes cents and shows ten thousands; "share" takes a share
    of one; "ratio" a text that begins with n/N or a percentage.
    """

    name: str
    label: str
    kind: Literal["text", "date", "number", "share", "ratio", "money", "yes"] = "text"
    shown: bool = True
    names: Mapping[str, str] = field(default_factory=dict)
    help: str | None = None


def record_table(
    frame: pl.DataFrame,
    columns: Sequence[Column],
    *,
    key: str,
    total: int | None = None,
    opens: str = "",
    id_column: str = "id",
    address_name: str = "id",
    ticks: bool = False,
    picks: Callable[[Any], None] | None = None,
) -> int | None:
    """Draw `frame`, of `total` records before filtering, with its download; a ticked row opens its record.

    `opens` is the file of the record's page, given the row's `id_column` as `address_name`. With `ticks`
    the ticked row's number in the frame is returned instead; `picks` is told the row's `id_column` as it is
    ticked. `key` names the table and its file.
    """
    if frame.is_empty():
        st.info(_("Nothing matches. Change the search or the filters."), icon=":material/search_off:")
        return None
    frame, order = _in_order(frame, columns, key)
    # Made here, in the person's language: a download is written later, when nobody is known to ask.
    shown = [_expression(frame, column).alias(column.name) for column in columns]
    picked = _head(frame.lazy().select(shown), columns, key=key, counted=_counted(frame.height, total))
    st.html(f"<style>{_OWN_DOWNLOAD} {{display: none}}</style>")
    tell = _telling(picks, frame[id_column], f"{key}_table{order}") if picks else None
    event: Any = st.dataframe(
        frame.head(_ROWS_SHOWN).select(shown).with_columns(pl.col(_shares(columns)) * 100),
        # A tick stands for a place in the table, so it must not outlast the order it was made in.
        key=f"{key}_table{order}",
        hide_index=True,
        placeholder="",
        column_order=picked,
        column_config={c.name: _config(c) for c in columns},
        on_select=tell or ("rerun" if opens or ticks else "ignore"),
        selection_mode="single-row",
    )
    if frame.height > _ROWS_SHOWN:
        st.caption(_("The first {number} are listed; the file holds all.", number=_ROWS_SHOWN))
    if not (opens or ticks or picks):
        return None
    st.caption(_("Tick a row to open it."))
    if picks:
        return None
    rows = event["selection"]["rows"]
    row = next((r for r in rows if r < frame.height), None)
    if opens and row is not None:
        open_page(opens, **{address_name: frame[id_column][row]})
    return None if row is None else int(frame[_PLACE][row])


def _shares(columns: Sequence[Column]) -> list[str]:
    return [column.name for column in columns if column.kind == "share"]


def _telling(picks: Callable[[Any], None], ids: pl.Series, key: str) -> Callable[[], None]:
    def tell() -> None:
        for row in st.session_state[key]["selection"]["rows"]:
            if row < ids.len():
                picks(ids[row])

    return tell


def _head(texts: pl.LazyFrame, columns: Sequence[Column], *, key: str, counted: str) -> list[str]:
    """Draw the line above the table and return the columns picked."""
    labels = {c.name: c.label for c in columns}
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(counted, width="stretch")
        with st.popover(_("Columns"), icon=":material/view_column:"):
            picked = _columns_choice(columns, labels, key)
            _order_choice(labels, key)
        st.download_button(
            _("Download"),
            data=lambda: to_csv(texts.select(pl.col(n).alias(labels[n]) for n in picked).collect()),
            file_name=f"{key}-{as_of()}{known_mark()}.csv",
            mime="text/csv",
            key=f"{key}_download",
            icon=":material/download:",
            on_click="ignore",
            help=_("These rows and columns as a CSV file."),
        )
    return picked


def _columns_choice(columns: Sequence[Column], labels: Mapping[str, str], key: str) -> list[str]:
    """Draw the choice of columns and return those to show; nothing chosen means the usual ones."""
    name = f"{key}_columns"
    usual = [c.name for c in columns if c.shown]
    picked = [n for n in chosen(name) if n in labels] or usual
    st.session_state[name] = picked

    def choose() -> None:
        now: list[str] = st.session_state[name]
        change_address(**{name: None if set(now) == set(usual) else now})

    st.multiselect(
        _("Columns"),
        list(labels),
        key=name,
        format_func=labels.__getitem__,
        label_visibility="collapsed",
        on_change=choose,
    )
    return [c.name for c in columns if c.name in picked] or [columns[0].name]


def _order_choice(labels: Mapping[str, str], key: str) -> None:
    """Draw the choice of the column that orders the rows, and of the direction."""
    name, falling = f"{key}_sort", f"{key}_falling"
    by, is_falling = _order(labels, key)
    st.session_state[name], st.session_state[falling] = by or None, is_falling

    def choose() -> None:
        now = st.session_state[name]
        change_address(**{name: f"-{now}" if now and st.session_state.get(falling) else now})

    st.selectbox(
        _("Sort by"),
        list(labels),
        index=None,
        key=name,
        format_func=labels.__getitem__,
        placeholder=_("as it comes"),
        on_change=choose,
    )
    st.checkbox(_("Largest first"), key=falling, disabled=not by, on_change=choose)


def _order(names: Collection[str], key: str) -> tuple[str, bool]:
    """Return the column that orders the rows, empty for none, and whether the largest comes first."""
    typed = parameter(f"{key}_sort")
    by = typed.removeprefix("-")
    return (by, typed.startswith("-")) if by in names else ("", False)


def _in_order(frame: pl.DataFrame, columns: Sequence[Column], key: str) -> tuple[pl.DataFrame, str]:
    """Return the rows in the order chosen, each with its place before, and a mark of that order."""
    frame = frame.with_row_index(_PLACE)
    by, is_falling = _order([c.name for c in columns], key)
    column = next((c for c in columns if c.name == by), None)
    if column is None:
        return frame, ""
    if column.names:
        # Statuses and lights have an order of their own, which their names in any language do not.
        places = {value: place for place, value in enumerate(column.names)}
        value = pl.col(by).replace_strict(places, default=None, return_dtype=pl.Int64)
    elif column.kind == "ratio":
        value = _ratio(by)
    else:
        value = _expression(frame, column)
    frame = frame.sort(value, descending=is_falling, nulls_last=True, maintain_order=True)
    return frame, f"_{'-' if is_falling else ''}{by}"


def _ratio(name: str) -> pl.Expr:
    """Return the number that a text beginning with n/N or a percentage stands for, to order by it."""
    text = pl.col(name).cast(pl.String).str.replace_all(",", "")
    said = text.str.extract_groups(r"^(?<n>\d+)/(?<of>\d+)")
    counted = said.struct.field("n").cast(pl.Int64) / said.struct.field("of").cast(pl.Int64)
    return pl.coalesce(counted, text.str.extract(r"^([\d.]+)%").cast(pl.Float64) / 100)


def _counted(shown: int, total: int | None) -> str:
    if total is None:
        return _("**{number}** listed", number=words().number(shown))
    if total == shown:
        return _("**{number}** in all", number=words().number(shown))
    return _("**{number}** of {total}", number=words().number(shown), total=words().number(total))


def _expression(frame: pl.DataFrame, column: Column) -> pl.Expr:
    """Return the column as it is read, in the person's language."""
    english = f"{column.name}_en"
    name = english if not words().is_chinese and english in frame.columns else column.name
    if column.names:
        said = {value: _(message) for value, message in column.names.items()}
        return pl.col(name).replace_strict(said, default=pl.col(name), return_dtype=pl.String)
    if column.kind == "money":
        return pl.col(name) / _MILLION_CENTS
    if column.kind == "yes":
        return pl.when(pl.col(name)).then(pl.lit(_("yes"))).otherwise(pl.lit(""))
    return pl.col(name)


def _config(column: Column) -> Any:
    if column.kind == "date":
        # Where most days are missing, the grid takes those there are for exceptions and cuts them off.
        room = max(_DATE_WIDTH, round(width_of(column.label, 14)) + _HEAD_MARGIN)
        return st.column_config.DateColumn(column.label, format="YYYY-MM-DD", width=room, help=column.help)
    if column.kind == "share":
        return st.column_config.ProgressColumn(
            column.label, width=110, min_value=0, max_value=100, format="%.1f%%", help=column.help
        )
    if column.kind in ("number", "money"):
        return st.column_config.NumberColumn(column.label, format="localized", help=column.help)
    if column.kind == "ratio":
        return st.column_config.TextColumn(column.label, alignment="right", help=column.help)
    # Long names would push what a list is read for off a phone's screen.
    width = _PHONE_WIDTH if is_phone() else None
    return st.column_config.TextColumn(column.label, width=width, help=column.help)

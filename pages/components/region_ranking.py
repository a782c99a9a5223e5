"""The ranking on a page: marks beside raw values and N, and one region's arithmetic step by step."""

from fractions import Fraction
from typing import Any

import polars as pl
import streamlit as st

from pages.components.context import _, words
from pages.components.filters import change_address, chosen_region
from pages.components.link import link_to
from pages.components.record_table import Column, record_table
from pages.components.region_choice import ROW
from pages.components.text import plain
from tracker.rules.ranking import rounded
from tracker.services.region_table import INDICATORS, Mark, Ranked, RegionTable


def ranking_part(found: RegionTable) -> None:
    """Draw the ranking with its rule, and the arithmetic of the region chosen."""
    st.subheader(_("Ranking"))
    falling = _("(less is better)")
    weights = ", ".join(
        f"{_(one.name)} {one.weight}{f' {falling}' if one.is_falling else ''}" for one in INDICATORS
    )
    st.caption(
        _(
            "Efficacy coefficient: of each indicator's weight W a region gets 0.6 W + 0.4 W × (x − min) ÷"
            " (max − min), where max = min full marks. Weights: {weights}; in all 100. A region without a"
            " case of an indicator is not ranked; * marks fewer than {few} cases.",
            weights=weights,
            few=found.few,
        )
    )
    if all(mark.x is None for one in found.ranked for mark in one.marks):
        st.info(
            _("Nothing to rank by this day: no agreement is signed in these regions yet. Choose a later day.")
        )
        return
    record_table(_rows(found), _columns(), key="region_ranking")
    st.caption(
        _(
            "All of it: {total} agreements signed, each counted once. A joint agreement counts in each of its"
            " regions, so the rows need not add up to this.",
            total=words().number(found.total["agreements_signed"]),
        )
    )
    _arithmetic(found)


def _rows(found: RegionTable) -> pl.DataFrame:
    rows = []
    for one in found.ranked:
        region = found.row_of(one.key)
        row: dict[str, Any] = {"key": one.key, "rank": one.rank, "score": one.told_score}
        row |= {"label": region["label"], "label_en": region["label_en"]}
        row["signed"] = region["agreements_signed"]
        for mark in one.marks:
            row[mark.indicator.key] = raw_text(mark, found.few)
            row[f"{mark.indicator.key}_marks"] = None if mark.marks is None else rounded(mark.marks)
        rows.append(row)
    numbers = {f"{i.key}_marks": pl.Float64 for i in INDICATORS} | {"rank": pl.Int64, "score": pl.Float64}
    return pl.DataFrame(rows, schema_overrides=numbers, infer_schema_length=None)


def _columns() -> list[Column]:
    columns = [
        Column("rank", _("Rank"), "number", help=_("Blank: not ranked, as an indicator has no case.")),
        Column("label", _("Region")),
        Column("score", _("Score"), "number"),
    ]
    for one in INDICATORS:
        columns.append(Column(one.key, _(one.name), "ratio"))
        marks = _("{indicator}, marks of {weight}", indicator=_(one.name), weight=one.weight)
        columns.append(Column(f"{one.key}_marks", marks, "number"))
    return [*columns, Column("signed", _("Agreements signed"), "number", shown=False)]


def raw_text(mark: Mark, few: int) -> str:
    """Return n/N with its share, a star where N is small; blank where N is 0."""
    if mark.x is None:
        return ""
    share = words().percent(float(mark.x))
    star = "*" if mark.of < few else ""
    if mark.n is None:
        return f"{share} (N={words().number(mark.of)}{star})"
    return f"{words().ratio(mark.n, mark.of)}{star} · {share}"


def _arithmetic(found: RegionTable) -> None:
    names = {r["key"]: words().name(r["label"], r["label_en"]) for r in found.rows.iter_rows(named=True)}
    asked = chosen_region(ROW)
    st.session_state["region_row"] = asked if asked in names else None
    st.selectbox(
        _("How a region's score comes about"),
        list(names),
        index=None,
        key="region_row",
        format_func=names.__getitem__,
        placeholder=_("Choose a region"),
        width=320,
        on_change=_choose,
    )
    if asked not in names:
        return
    one = next(one for one in found.ranked if one.key == asked)
    st.markdown("\n".join(f"- {step(mark)}" for mark in one.marks))
    st.markdown(_sum(one))
    link_to("overview.py", plain(names[asked]), icon=":material/dashboard:", region=asked)


def step(mark: Mark) -> str:
    """Return how an indicator's marks come about, with its numbers."""
    name, weight = _(mark.indicator.name), mark.indicator.weight
    if mark.x is None or mark.least is None or mark.most is None or mark.marks is None:
        return _("**{indicator}**: no case, so no marks and no rank", indicator=name)
    counted = (
        f"{mark.n}/{mark.of} = {_share(mark.x)}" if mark.n is not None else f"{_share(mark.x)}, N={mark.of}"
    )
    if mark.most == mark.least:
        return _(
            "**{indicator}**: x = {x}; all regions are alike, so full marks: **{marks}**",
            indicator=name,
            x=counted,
            marks=rounded(mark.marks),
        )
    ahead = (mark.most, mark.x) if mark.indicator.is_falling else (mark.x, mark.least)
    sum_ = (
        f"0.6 × {weight} + 0.4 × {weight} × ({_share(ahead[0])} − {_share(ahead[1])})"
        f" ÷ ({_share(mark.most)} − {_share(mark.least)})"
    )
    return _(
        "**{indicator}**: x = {x}; min {least}, max {most}; {sum} = **{marks}**",
        indicator=name,
        x=counted,
        least=_share(mark.least),
        most=_share(mark.most),
        sum=sum_,
        marks=rounded(mark.marks),
    )


def _sum(one: Ranked) -> str:
    if one.told_score is None:
        return _("Not ranked: an indicator has no case.")
    parts = " + ".join(str(rounded(mark.marks)) for mark in one.marks if mark.marks is not None)
    return _("{sum} = **{score}**, rank {rank}", sum=parts, score=one.told_score, rank=one.rank)


def _share(value: Fraction) -> str:
    return f"{float(100 * value):.2f}%"


def _choose() -> None:
    picked = st.session_state["region_row"]
    change_address(**{ROW: None if picked is None else str(picked)})

"""Ask what would happen if milestones came later or a unit's work were dropped. Nothing is saved."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import polars as pl

from tracker.errors import N_, NotANumber, NotFound, TrackerError
from tracker.portfolio.lists import named_divisions
from tracker.portfolio.model import Portfolio
from tracker.portfolio.what_if import Supposed, WhatIf, chosen_projects, what_if
from tracker.rules.checks import raise_any
from tracker.rules.region import sales_region_id
from tracker.services.desk import Desk
from tracker.services.reading import portfolio_for

__all__ = ["MOST_DAYS", "Supposed"]

MOST_DAYS = 3650
# The furthest day that can be looked at: beyond it plans say little.
_FURTHEST = timedelta(days=MOST_DAYS)


class LookAheadOnly(TrackerError):
    """A day to look at that is not ahead, or too far."""

    sentence = N_("Choose a day to look at after {day}, and no more than ten years after it.")


@dataclass(frozen=True)
class Part:
    """What was chosen: its name in both languages, its projects, and the choices that narrow them.

    `pillars` and `units` hold id, name_zh, name_en of those its projects have; `steps` maps the unmet
    milestones of a single project to their names.
    """

    name: str
    name_en: str
    projects: int
    pillars: list[dict[str, Any]]
    units: list[dict[str, Any]]
    steps: dict[int, str]


@dataclass(frozen=True)
class WhatIfSheet:
    """Both outcomes compared; each frame names project_id, project, county, agreement_id and agreement.

    `lights`: light_before, light_after. `finishes`: finish_before, finish_after, days, slip_original_days,
    slip_current_days, baselines. `landings`: landed_after. `in_vain`: waits_in_vain_after. `terms` has one
    row an agreement: agreement_id, agreement, title, term_end_on, before, after (projects expected to
    outlive it).
    `rows` maps ("before" or "after", project id) to the light's row of a project in `lights`.
    `counted` holds projects, elsewhere (those outside the part) and, `_before` and `_after`: red, yellow,
    green, grey, outlives, landed.
    """

    look_on: date
    lights: pl.DataFrame
    finishes: pl.DataFrame
    landings: pl.DataFrame
    in_vain: pl.DataFrame
    terms: pl.DataFrame
    rows: dict[tuple[str, int], dict[str, Any]]
    counted: dict[str, int]


def read_part(desk: Desk, as_of: date, supposed: Supposed) -> Part:
    """Return what the choice of a part leads to. Raises: NotFound if the person sees no such part."""
    desk.allow("read")
    portfolio = portfolio_for(desk)
    projects = chosen_projects(portfolio, as_of, supposed)
    unmet = portfolio["milestone"].filter(
        pl.col("project_id") == (supposed.project_id or 0),
        pl.col("met_on").is_null() & pl.col("cancelled_on").is_null(),
    )
    name, name_en = _name(portfolio, supposed)
    return Part(
        name,
        name_en,
        projects.height,
        _of(portfolio["pillar"], projects["pillar_id"]),
        _of(portfolio["unit"], projects["unit_id"]),
        dict(unmet.sort("position", "id").select("id", "name").iter_rows()),
    )


def read_what_if(desk: Desk, as_of: date, look_on: date, supposed: Supposed) -> WhatIfSheet:
    """Return what is to be expected on `look_on` with what is supposed, beside without it.

    Raises: NotAllowed, InvalidInput, StorageError.
    """
    desk.allow("read")
    raise_any(_problems(as_of, look_on, supposed))
    portfolio = portfolio_for(desk)
    found = what_if(portfolio, as_of, look_on, supposed)
    rows = _named(portfolio, found.projects)
    differs = {name: _differs(name) for name in ("light", "finish", "landed")}
    days = (pl.col("finish_after") - pl.col("finish_before")).dt.total_days()
    return WhatIfSheet(
        look_on,
        rows.filter(differs["light"]),
        rows.filter(differs["finish"])
        .with_columns(days=days)
        .sort("days", "project_id", descending=[True, False]),
        rows.filter(differs["landed"]),
        rows.filter(pl.col("waits_in_vain_after") > 0),
        _terms(portfolio, rows),
        found.lights,
        _counted(found),
    )


def _problems(as_of: date, look_on: date, supposed: Supposed) -> list[TrackerError]:
    problems: list[TrackerError] = []
    if not as_of < look_on <= as_of + _FURTHEST:
        problems.append(LookAheadOnly(field="look_on", day=as_of))
    if not -MOST_DAYS <= supposed.shift_days <= MOST_DAYS:
        problems.append(NotANumber(field="shift_days", least=-MOST_DAYS, most=MOST_DAYS))
    return problems


def _name(portfolio: Portfolio, supposed: Supposed) -> tuple[str, str]:
    """Return the part's name in Chinese and English. Raises: NotFound."""
    own = sales_region_id(supposed.region_id) if supposed.region_id is not None else None
    region = ("division", supposed.region_id) if own is None else ("sales_region", own)
    asked = (
        ("project", supposed.project_id, ("name", "name")),
        ("agreement", supposed.agreement_id, ("title", "title")),
        (*region, ("name", "name_en")),
    )
    for table, record_id, names in asked:
        if record_id is not None:
            found = (
                portfolio[table].filter(pl.col("id") == record_id).select(*map(pl.col, dict.fromkeys(names)))
            )
            if found.is_empty():
                raise NotFound
            row = found.row(0, named=True)
            return row[names[0]], row[names[1]] or row[names[0]]
    return "", ""


def _of(table: pl.DataFrame, ids: pl.Series) -> list[dict[str, Any]]:
    used = table.filter(pl.col("id").is_in(ids.unique().implode()))
    return used.sort("position", "id").select("id", "name_zh", "name_en").to_dicts()


def _named(portfolio: Portfolio, rows: pl.DataFrame) -> pl.DataFrame:
    places = portfolio["project"].select("id", "division_id")
    agreements = portfolio["agreement"].select(agreement_id="id", agreement="number")
    return (
        rows.rename({"name": "project"})
        .join(places, on="id")
        .join(named_divisions(portfolio), on="division_id", how="left")
        .join(agreements, on="agreement_id", how="left")
        .rename({"id": "project_id"})
        .sort("province", "county", "project_id")
    )


def _differs(name: str) -> pl.Expr:
    return pl.col(f"{name}_before").ne_missing(pl.col(f"{name}_after"))


def _terms(portfolio: Portfolio, rows: pl.DataFrame) -> pl.DataFrame:
    titles = portfolio["agreement"].select("title", agreement_id="id")
    return (
        rows.group_by("agreement_id")
        .agg(
            pl.first("agreement"),
            pl.first("term_end_on"),
            before=pl.col("outlives_before").sum().cast(pl.Int64),
            after=pl.col("outlives_after").sum().cast(pl.Int64),
        )
        .filter(pl.col("before") != pl.col("after"))
        .join(titles, on="agreement_id", how="left")
        .sort("term_end_on", "agreement_id")
    )


def _counted(found: WhatIf) -> dict[str, int]:
    rows = found.projects
    counted = {"projects": rows.height, "elsewhere": rows.filter(~pl.col("is_chosen")).height}
    for side in ("before", "after"):
        for light in ("red", "yellow", "green", "grey", "blue", "stopped"):
            counted[f"{light}_{side}"] = rows.filter(pl.col(f"light_{side}") == light).height
        for name in ("outlives", "landed"):
            counted[f"{name}_{side}"] = rows.filter(pl.col(f"{name}_{side}")).height
    return counted

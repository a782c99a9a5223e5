"""The rows of the list of projects as of a day."""

from collections.abc import Sequence
from datetime import date

import polars as pl

from tracker.portfolio.light import lights_as_of
from tracker.portfolio.lists import Wanted, named_divisions
from tracker.portfolio.model import Portfolio
from tracker.portfolio.project import projects_as_of
from tracker.portfolio.region import divisions_within
from tracker.portfolio.term_conflict import term_conflicts


def project_rows(
    portfolio: Portfolio,
    as_of: date,
    wanted: Wanted,
    *,
    county_ids: Sequence[int] = (),
    unit_ids: Sequence[int] = (),
    version_ids: Sequence[int] = (),
    lights: Sequence[str] = (),
    in_conflict: bool = False,
) -> pl.DataFrame:
    """Return the projects wanted, the newest first.

    The columns of `projects_as_of` and: county, county_en, province, province_en, pillar, pillar_en, unit,
    unit_en, agreement_number, title, event_id, light, computed_light and told_light (D11), days_over (by
    which its work would outlive the term, null if not). `version_ids` are editions of plan templates;
    `in_conflict` asks for those whose work would outlive the term.
    """
    rows = portfolio.once(("project_rows", as_of), lambda: _rows(portfolio, as_of))
    if wanted.region_id is not None:
        inside = divisions_within(portfolio, wanted.region_id, as_of)
        rows = rows.join(inside, on="division_id", how="semi", maintain_order="left")
    narrowed = {
        "division_id": county_ids,
        "state": wanted.states,
        "pillar_id": wanted.pillar_ids,
        "event_id": wanted.event_ids,
        "owner": wanted.owners,
        "unit_id": unit_ids,
        "template_version_id": version_ids,
        "light": lights,
    }
    conditions = [pl.col(column).is_in(list(values)) for column, values in narrowed.items() if values]
    if in_conflict:
        conditions.append(pl.col("days_over").is_not_null())
    if sought := wanted.text.strip().lower():
        conditions.append(_contains(sought))
    return rows.filter(conditions) if conditions else rows


def counties_with_projects(portfolio: Portfolio) -> pl.DataFrame:
    """Return the counties that have a project, on whatever day, by their code.

    Columns id, county, county_en, province, province_en.
    """
    codes = portfolio["division"].select("id", "code")
    used = portfolio["project"].select(id="division_id").unique()
    names = named_divisions(portfolio).drop("province_id").rename({"division_id": "id"})
    return (
        used.join(codes, on="id").sort("code", "id").drop("code").join(names, on="id", maintain_order="left")
    )


def _rows(portfolio: Portfolio, as_of: date) -> pl.DataFrame:
    pillars = portfolio["pillar"].select(pillar_id="id", pillar="name_zh", pillar_en="name_en")
    units = portfolio["unit"].select(unit_id="id", unit="name_zh", unit_en="name_en")
    agreements = portfolio["agreement"].select(
        "title", "event_id", agreement_id="id", agreement_number="number"
    )
    lights = lights_as_of(portfolio, as_of).select("light", "computed_light", "told_light", id="project_id")
    conflicts = term_conflicts(portfolio, as_of).select("days_over", id="project_id")
    return (
        projects_as_of(portfolio, as_of)
        .join(lights, on="id")
        .join(conflicts, on="id", how="left")
        .join(agreements, on="agreement_id")
        .join(named_divisions(portfolio).drop("province_id"), on="division_id", how="left")
        .join(pillars, on="pillar_id", how="left")
        .join(units, on="unit_id", how="left")
        .sort("opened_on", "id", descending=True)
    )


def _contains(sought: str) -> pl.Expr:
    columns = ("name", "county", "county_en", "agreement_number", "title", "owner", "county_owner")
    return pl.any_horizontal(
        pl.col(c).fill_null("").str.to_lowercase().str.contains(sought, literal=True) for c in columns
    )

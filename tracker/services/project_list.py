"""Read the list of projects, and what else than the shared filters it can be narrowed to."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from db.queries.plan_template import editions
from tracker.portfolio.lists import Wanted
from tracker.portfolio.project_list import counties_with_projects, project_rows
from tracker.services.desk import Desk
from tracker.services.reading import portfolio_for


@dataclass(frozen=True)
class ProjectChoices:
    """Units and plan templates, withdrawn ones too: frames with id, name_zh, name_en.

    `counties` are those with a project, see `counties_with_projects`.
    """

    counties: pl.DataFrame
    units: pl.DataFrame
    templates: pl.DataFrame


def list_projects(
    desk: Desk,
    as_of: date,
    wanted: Wanted,
    *,
    county_ids: Sequence[int] = (),
    unit_ids: Sequence[int] = (),
    template_ids: Sequence[int] = (),
    lights: Sequence[str] = (),
    in_conflict: bool = False,
) -> tuple[pl.DataFrame, int]:
    """Return the projects wanted and how many there are in all.

    The columns of `project_rows` and template, template_en. Raises: NotAllowed, StorageError.
    """
    desk.allow("read")
    portfolio = portfolio_for(desk)
    known = _editions(desk)
    version_ids = known.filter(pl.col("template_id").is_in(list(template_ids)))[
        "template_version_id"
    ].to_list()
    # A template without a project still narrows the list: to nothing.
    version_ids = version_ids or ([0] if template_ids else [])
    narrowed = {"county_ids": county_ids, "unit_ids": unit_ids, "version_ids": version_ids, "lights": lights}
    rows = project_rows(portfolio, as_of, wanted, **narrowed, in_conflict=in_conflict)
    names = known.select("template_version_id", template="name_zh", template_en="name_en")
    rows = rows.join(names, on="template_version_id", how="left", maintain_order="left")
    return rows, project_rows(portfolio, as_of, Wanted()).height


def project_choices(desk: Desk) -> ProjectChoices:
    """Return the counties, units and templates that the list can be narrowed to.

    Raises: NotAllowed, StorageError.
    """
    desk.allow("read")
    templates = _editions(desk).unique("template_id", maintain_order=True)
    portfolio = portfolio_for(desk)
    return ProjectChoices(
        counties=counties_with_projects(portfolio),
        units=portfolio["unit"].sort("position", "id").select("id", "name_zh", "name_en"),
        templates=templates.select("name_zh", "name_en", id="template_id"),
    )


def _editions(desk: Desk) -> pl.DataFrame:
    columns = {
        "template_version_id": pl.Int64,
        "template_id": pl.Int64,
        "name_zh": pl.String,
        "name_en": pl.String,
    }
    with desk.reading() as session:
        return pl.DataFrame([tuple(row) for row in editions(session)], schema=columns, orient="row")

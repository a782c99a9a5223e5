"""A part of the work that is reviewed: everything, a region, a pillar, an event, an agreement, a project."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

import polars as pl

from tracker.portfolio.agreement import agreements_as_of, county_parties
from tracker.portfolio.figures import Grouping, WeighBy, figures, group_figures, region_figures
from tracker.portfolio.model import Portfolio
from tracker.portfolio.project import projects_as_of
from tracker.portfolio.region import divisions_within


class PartKind(StrEnum):
    """What a part can be."""

    everything = "everything"
    region = "region"
    pillar = "pillar"
    event = "event"
    agreement = "agreement"
    project = "project"


@dataclass(frozen=True)
class Part:
    """A part by kind and id; a region's id is as in rules.region."""

    kind: PartKind = PartKind.everything
    id: int = 0


def part_projects(portfolio: Portfolio, as_of: date, part: Part) -> pl.DataFrame:
    """Return the rows of `projects_as_of` that belong to a part; a region's are those in its divisions."""
    projects = projects_as_of(portfolio, as_of)
    match part.kind:
        case PartKind.everything:
            return projects
        case PartKind.region:
            inside = divisions_within(portfolio, part.id, as_of)
            return projects.join(inside, on="division_id", how="semi", maintain_order="left")
        case PartKind.pillar:
            return projects.filter(pl.col("pillar_id") == part.id)
        case PartKind.event:
            signed = portfolio["agreement"].filter(pl.col("event_id") == part.id)["id"]
            return projects.filter(pl.col("agreement_id").is_in(signed.implode()))
        case PartKind.agreement:
            return projects.filter(pl.col("agreement_id") == part.id)
        case PartKind.project:
            return projects.filter(pl.col("id") == part.id)


def part_agreements(portfolio: Portfolio, as_of: date, part: Part) -> pl.DataFrame:
    """Return the rows of `agreements_as_of` that belong to a part, each once (D3).

    A region's are those with a party in it, a pillar's those that are about it, a project's its own.
    """
    agreements = agreements_as_of(portfolio, as_of)
    match part.kind:
        case PartKind.everything:
            return agreements
        case PartKind.region:
            inside = divisions_within(portfolio, part.id, as_of)
            own = county_parties(portfolio).join(inside, on="division_id", how="semi").select("agreement_id")
        case PartKind.pillar:
            own = portfolio["agreement_pillar"].filter(pl.col("pillar_id") == part.id).select("agreement_id")
        case PartKind.event:
            return agreements.filter(pl.col("event_id") == part.id)
        case PartKind.agreement:
            return agreements.filter(pl.col("id") == part.id)
        case PartKind.project:
            own = part_projects(portfolio, as_of, part).select("agreement_id")
    return agreements.join(own, left_on="id", right_on="agreement_id", how="semi", maintain_order="left")


def part_figures(
    portfolio: Portfolio, as_of: date, part: Part, weigh_by: WeighBy = WeighBy.equal
) -> dict[str, Any]:
    """Return the row of figures of everything, of a region, a pillar or an event, all counts 0 if empty.

    Raises: KeyError if there is no such region, pillar or event.
    """
    match part.kind:
        case PartKind.everything:
            return figures(portfolio, as_of, weigh_by=weigh_by).row(0, named=True)
        case PartKind.region:
            return region_figures(portfolio, as_of, part.id, weigh_by)
        case _:
            return group_figures(portfolio, as_of, Grouping(part.kind.value), part.id, weigh_by)

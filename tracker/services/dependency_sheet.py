"""Read who waits for whom around a project, the dates that follow, and what else could be waited for."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from db.queries.dependency import dependencies_of
from db.vocabulary import DependencyKind
from tracker.portfolio.dependency import (
    STANDING_NAMES,
    Standing,
    dependencies_around,
    ends_as_of,
    moved_ids,
    predecessor_rows,
)
from tracker.portfolio.model import Portfolio
from tracker.portfolio.propagation import PathStep, driving_path
from tracker.services.desk import Desk
from tracker.services.project_scope import divisions_of_project
from tracker.services.reading import portfolio_for

__all__ = ["STANDING_NAMES", "Standing"]


@dataclass(frozen=True)
class End:
    """One milestone of a dependency; name and project are empty where it lies outside the person's scope.

    `effective_on` is its finish by itself (D7), `start_on` and `finish_on` are with what it waits for.
    """

    milestone_id: int
    name: str
    project_id: int | None
    project: str
    standing: Standing
    effective_on: date | None
    start_on: date | None
    finish_on: date | None


@dataclass(frozen=True)
class Wait:
    """One dependency with both its ends; `version` is None where it cannot be changed any more.

    It holds from `agreed_on` to the day before `lifted_on`, which may lie after the day looked at.
    """

    id: int
    version: int | None
    kind: DependencyKind
    lag_days: int
    in_working_days: bool
    agreed_on: date
    lifted_on: date | None
    predecessor: End
    successor: End

    @property
    def values(self) -> dict[str, Any]:
        """What a form about it begins with."""
        names = ("kind", "lag_days", "in_working_days", "agreed_on")
        return {name: getattr(self, name) for name in names}


@dataclass(frozen=True)
class PathPart:
    """A milestone on a driving path, its day that drives, and what leads on from it (None: the end)."""

    end: End
    day: date
    is_start: bool
    onward: Wait | None


@dataclass(frozen=True)
class MovedDate:
    """A milestone whose date follows from others, with the path of what drives it, first cause first."""

    step: End
    path: tuple[PathPart, ...]


@dataclass(frozen=True)
class DependencySheet:
    """What this project's milestones wait for, who elsewhere waits for them, and the dates that follow.

    `lifted` are those around it that hold no more.
    """

    waits: tuple[Wait, ...]
    awaited: tuple[Wait, ...]
    lifted: tuple[Wait, ...]
    moved: tuple[MovedDate, ...]


def read_dependencies(desk: Desk, project_id: int, as_of: date) -> DependencySheet:
    """Return the dependencies around a project as of a day. Raises: NotFound, StorageError."""
    desk.allow("read", divisions_of_project(desk, project_id))
    portfolio = portfolio_for(desk)
    around = dependencies_around(portfolio, project_id, as_of)
    paths = {i: driving_path(portfolio, as_of, i) for i in moved_ids(portfolio, as_of, project_id)}
    rows = pl.concat([around.drop("is_waiting", "is_lifted"), _on_paths(portfolio, paths)]).unique("id")
    ends = _ends(portfolio, as_of, rows)
    with desk.reading() as session:
        versions = {found.key: found.version for found in dependencies_of(session, project_id)}
    waits = {row["id"]: _wait(row, ends, versions) for row in rows.iter_rows(named=True)}
    held = around.filter(~pl.col("is_lifted"))
    return DependencySheet(
        tuple(waits[i] for i in held.filter("is_waiting")["id"]),
        tuple(waits[i] for i in held.filter(~pl.col("is_waiting"))["id"]),
        tuple(waits[i] for i in around.filter("is_lifted")["id"]),
        tuple(MovedDate(ends[i], _parts(path, ends, waits)) for i, path in paths.items()),
    )


def find_predecessors(desk: Desk, project_id: int, text: str, as_of: date) -> list[dict[str, Any]]:
    """Return what a project's milestones could wait for, see `predecessor_rows`.

    Raises: NotFound, StorageError.
    """
    desk.allow("read", divisions_of_project(desk, project_id))
    return predecessor_rows(portfolio_for(desk), as_of, project_id, text).to_dicts()


def _on_paths(portfolio: Portfolio, paths: dict[int, list[PathStep]]) -> pl.DataFrame:
    ids = [step.dependency_id for path in paths.values() for step in path if step.dependency_id]
    return portfolio.whole["dependency"].filter(pl.col("id").is_in(ids))


def _ends(portfolio: Portfolio, as_of: date, rows: pl.DataFrame) -> dict[int, End]:
    ids = pl.concat([rows["predecessor_id"], rows["successor_id"].alias("predecessor_id")]).unique()
    return {row["id"]: _end(row) for row in ends_as_of(portfolio, as_of, ids).iter_rows(named=True)}


def _end(row: dict[str, Any]) -> End:
    seen = row["is_seen"]
    return End(
        row["id"],
        row["name"] if seen else "",
        row["project_id"] if seen else None,
        row["project"] if seen else "",
        Standing(row["standing"]),
        row["effective_finish_on"],
        row["start_on"],
        row["finish_on"],
    )


def _wait(row: dict[str, Any], ends: dict[int, End], versions: dict[int, int | None]) -> Wait:
    nobody = End(0, "", None, "", Standing.absent, None, None, None)
    return Wait(
        row["id"],
        versions.get(row["id"]),
        DependencyKind(row["kind"]),
        row["lag_days"],
        row["in_working_days"],
        row["agreed_on"],
        row["lifted_on"],
        ends.get(row["predecessor_id"], nobody),
        ends.get(row["successor_id"], nobody),
    )


def _parts(path: list[PathStep], ends: dict[int, End], waits: dict[int, Wait]) -> tuple[PathPart, ...]:
    return tuple(
        PathPart(ends[step.milestone_id], step.day, step.is_start, waits.get(step.dependency_id or 0))
        for step in path
    )

"""What waits for somebody on a day: one row for each thing that somebody has to act on."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Final

import polars as pl

from tracker.portfolio.light import lights_as_of, overrides_as_of
from tracker.portfolio.lists import Wanted, agreement_rows
from tracker.portfolio.milestone import milestones_as_of
from tracker.portfolio.model import Portfolio
from tracker.portfolio.project_list import project_rows
from tracker.rules import risk, update_request
from tracker.rules.agreement import Status
from tracker.rules.light import Light
from tracker.rules.milestone import MilestoneState
from tracker.rules.project import ProjectState
from tracker.rules.waiting import DECISION_DAYS, OVERRIDE_DAYS, Actor, Waiting

# The columns of every kind; a kind leaves null what it does not have.
SCHEMA: Final = {
    "kind": pl.String,
    "project_id": pl.Int64,
    "agreement_id": pl.Int64,
    "title": pl.String,
    "county": pl.String,
    "county_en": pl.String,
    "owner": pl.String,
    "actor": pl.String,
    "subject": pl.String,
    "code": pl.String,
    "detail": pl.Int64,
    "day": pl.Date,
    "days": pl.Int64,
}
_OVER = [ProjectState.stopped.value, ProjectState.accepted.value]
_SILENT = ["yellow", "red"]


def waiting(
    portfolio: Portfolio, as_of: date, region_id: int | None = None, owners: Sequence[str] = ()
) -> pl.DataFrame:
    """Return what waits on `as_of` in a region and of these owners, or of all: columns as SCHEMA.

    Kind by kind, and within a kind the most urgent first. `day` is the day the thing is due, or since when it
    waits; `days` is how long that is past, negative while it is ahead. `subject` names the person or part it
    is about, of a project its light. By kind, `code` and `detail` are: request – "answered" where an update
    waits for review; review – "returned" where its author has to correct it; light – the tests that are red
    or, of silence, yellow, joined by commas, and 1 if it is dormant; conflict – days after the term's end;
    term – the status; risk – the exposure; override – the colour.
    """
    rows = portfolio.once(("waiting", as_of), lambda: _everything(portfolio, as_of))
    return narrowed(portfolio, as_of, rows, (region_id, owners))


def narrowed(
    portfolio: Portfolio, as_of: date, rows: pl.DataFrame, wanted: tuple[int | None, Sequence[str]]
) -> pl.DataFrame:
    """Return the rows of a region and of these owners; None and nothing narrow nothing."""
    region_id, owners = wanted
    if region_id is not None:
        region = Wanted(region_id=region_id)
        projects = project_rows(portfolio, as_of, region)["id"].implode()
        agreements = agreement_rows(portfolio, as_of, region)["id"].implode()
        inside = (
            pl.when(pl.col("project_id").is_null())
            .then(pl.col("agreement_id").is_in(agreements))
            .otherwise(pl.col("project_id").is_in(projects))
        )
        rows = rows.filter(inside)
    return rows.filter(pl.col("owner").is_in(list(owners))) if owners else rows


def of_projects(portfolio: Portfolio, as_of: date, rows: pl.DataFrame) -> pl.DataFrame:
    """Return rows with a project_id as SCHEMA has them, with what their projects are called.

    Rows of projects that are not there on `as_of` are left out. An owner of the row's own is kept.
    """
    projects = project_rows(portfolio, as_of, Wanted()).select(
        "agreement_id", "county", "county_en", "owner", "state", project_id="id", title="name"
    )
    joined = rows.join(projects, on="project_id", maintain_order="left", suffix="_of_project")
    if "owner_of_project" in joined.columns:
        own = pl.when(pl.col("owner").fill_null("") != "").then("owner")
        joined = joined.with_columns(owner=own.otherwise("owner_of_project"))
    return _shaped(joined)


def _everything(portfolio: Portfolio, as_of: date) -> pl.DataFrame:
    kinds: dict[Waiting, Callable[[Portfolio, date], pl.DataFrame]] = {
        Waiting.request: _requests,
        Waiting.review: _reviews,
        Waiting.light: _lights,
        Waiting.key: _key_milestones,
        Waiting.forecast: _forecasts,
        Waiting.conflict: _conflicts,
        Waiting.risk: _risks,
        Waiting.override: _overrides,
    }
    parts = [
        of_projects(portfolio, as_of, find(portfolio, as_of).with_columns(kind=pl.lit(kind.value)))
        for kind, find in kinds.items()
    ]
    return pl.concat([*parts, _terms(portfolio, as_of)])


def _shaped(rows: pl.DataFrame) -> pl.DataFrame:
    missing = [pl.lit(None, kind).alias(name) for name, kind in SCHEMA.items() if name not in rows.columns]
    return rows.with_columns(missing).select(pl.col(name).cast(kind) for name, kind in SCHEMA.items())


def _since(day: str, as_of: date) -> pl.Expr:
    return (pl.lit(as_of) - pl.col(day)).dt.total_days()


def _by_urgency(rows: pl.DataFrame) -> pl.DataFrame:
    return rows.sort("days", "project_id", descending=[True, False], nulls_last=True)


def _running(portfolio: Portfolio, as_of: date) -> pl.DataFrame:
    rows = project_rows(portfolio, as_of, Wanted())
    return rows.filter(~pl.col("state").is_in(_OVER)).select(project_id="id")


def _undecided(portfolio: Portfolio, as_of: date) -> pl.DataFrame:
    later = (pl.col("decided_on") > as_of) | pl.col("decided_on").is_null()
    return portfolio["project_update"].filter(later & (pl.col("reported_on") <= as_of))


def _requests(portfolio: Portfolio, as_of: date) -> pl.DataFrame:
    """Open requests; where an update was sent since, the ball is with whoever reviews it."""
    sent = _undecided(portfolio, as_of).group_by("project_id").agg(sent_on=pl.col("reported_on").max())
    is_answered = (pl.col("sent_on") >= pl.col("asked_on")).fill_null(value=False)
    return _by_urgency(
        portfolio["update_request"]
        .filter(update_request.is_open(as_of))
        .join(sent, on="project_id", how="left")
        .select(
            "project_id",
            actor=pl.when(is_answered).then(pl.lit(Actor.lead.value)).otherwise(pl.lit(Actor.owner.value)),
            code=pl.when(is_answered).then(pl.lit("answered")),
            subject="asked_by",
            day="due_on",
            days=_since("due_on", as_of),
        )
    )


def _reviews(portfolio: Portfolio, as_of: date) -> pl.DataFrame:
    """Updates nobody has decided on, and projects whose newest update was returned."""
    sent = _undecided(portfolio, as_of).select(
        "project_id", actor=pl.lit(Actor.lead.value), code=pl.lit(None, pl.String), day="reported_on"
    )
    newest = (
        portfolio["project_update"]
        .filter(pl.col("reported_on") <= as_of)
        .sort("reported_on", "id")
        .unique("project_id", keep="last")
    )
    is_returned = (pl.col("decision") == "returned") & (pl.col("decided_on") <= as_of)
    returned = newest.filter(is_returned).select(
        "project_id", actor=pl.lit(Actor.owner.value), code=pl.lit("returned"), day="decided_on"
    )
    return _by_urgency(pl.concat([sent, returned]).with_columns(days=_since("day", as_of)))


def _lights(portfolio: Portfolio, as_of: date) -> pl.DataFrame:
    """Red projects and silent ones: the dormant first, then the red, then by how long nothing was heard."""
    tests = ("plan", "start", "key", "silence", "term")
    is_red = pl.col("light") == Light.red.value
    reasons = [
        pl.when(
            pl.col(f"light_{t}").is_in(_SILENT) if t == "silence" else pl.col(f"light_{t}") == "red"
        ).then(pl.lit(t))
        for t in tests
    ]
    return (
        lights_as_of(portfolio, as_of)
        .filter(is_red | pl.col("light_silence").is_in(_SILENT))
        .sort("is_dormant", is_red, "silent_since_on", "project_id", descending=[True, True, False, False])
        .select(
            "project_id",
            actor=pl.lit(Actor.owner.value),
            subject="light",
            code=pl.concat_str(reasons, separator=",", ignore_nulls=True),
            detail=pl.col("is_dormant").cast(pl.Int64),
            day="silent_since_on",
            days=_since("silent_since_on", as_of),
        )
    )


def _key_milestones(portfolio: Portfolio, as_of: date) -> pl.DataFrame:
    late = milestones_as_of(portfolio, as_of).filter(
        pl.col("is_key"), pl.col("state") == MilestoneState.overdue.value
    )
    return _of_milestones(portfolio, as_of, late, "current_due_on")


def _forecasts(portfolio: Portfolio, as_of: date) -> pl.DataFrame:
    lapsed = milestones_as_of(portfolio, as_of).filter("is_lapsed")
    return _of_milestones(portfolio, as_of, lapsed, "forecast_on")


def _of_milestones(portfolio: Portfolio, as_of: date, steps: pl.DataFrame, day: str) -> pl.DataFrame:
    return _by_urgency(
        steps.join(_running(portfolio, as_of), on="project_id", how="semi").select(
            "project_id",
            actor=pl.lit(Actor.owner.value),
            subject="name",
            day=day,
            days=_since(day, as_of),
        )
    )


def _conflicts(portfolio: Portfolio, as_of: date) -> pl.DataFrame:
    """Projects whose effective finish lies after the end of the term, the longest after it first."""
    rows = project_rows(portfolio, as_of, Wanted()).filter("outlives_term", ~pl.col("state").is_in(_OVER))
    after = (pl.col("effective_finish_on") - pl.col("term_end_on")).dt.total_days()
    return rows.select(
        actor=pl.lit(Actor.owner.value),
        project_id="id",
        day="term_end_on",
        days=_since("term_end_on", as_of),
        detail=after,
    ).sort("detail", "project_id", descending=[True, False])


def _risks(portfolio: Portfolio, as_of: date) -> pl.DataFrame:
    """Open risks of running projects that weigh heavily or whose day is past, the heaviest first."""
    late = (pl.col("due_on") < as_of).fill_null(value=False)
    return (
        portfolio["risk"]
        .filter(risk.is_open(as_of), risk.is_heavy() | late)
        .join(_running(portfolio, as_of), on="project_id", how="semi")
        .select(
            "project_id",
            "owner",
            actor=pl.lit(Actor.owner.value),
            subject="title",
            detail=pl.col("likelihood") * pl.col("impact"),
            day="due_on",
            days=_since("due_on", as_of),
        )
        .sort("detail", "days", "project_id", descending=[True, True, False], nulls_last=True)
    )


def _overrides(portfolio: Portfolio, as_of: date) -> pl.DataFrame:
    soon = pl.col("override_until_on") <= as_of + timedelta(days=OVERRIDE_DAYS)
    return _by_urgency(
        overrides_as_of(portfolio, as_of)
        .filter(soon)
        .select(
            "project_id",
            actor=pl.lit(Actor.lead.value),
            subject="override_author",
            code="override_colour",
            day="override_until_on",
            days=_since("override_until_on", as_of),
        )
    )


def _terms(portfolio: Portfolio, as_of: date) -> pl.DataFrame:
    """Agreements whose day of decision is near, and those that run out undecided."""
    decision_near = pl.col("decision_on").is_between(as_of, as_of + timedelta(days=DECISION_DAYS))
    is_active = (pl.col("status") == Status.active.value) & decision_near
    is_expiring = pl.col("status") == Status.expiring.value
    rows = agreement_rows(portfolio, as_of, Wanted()).filter(is_active | is_expiring)
    shaped = rows.with_columns(
        kind=pl.lit(Waiting.term.value),
        actor=pl.lit(Actor.owner.value),
        agreement_id="id",
        county="counties",
        county_en="counties_en",
        title=pl.concat_str("number", pl.lit(" "), "title"),
        code="status",
        day=pl.when(is_expiring).then("term_end_on").otherwise("decision_on"),
    ).with_columns(days=_since("day", as_of))
    return _shaped(shaped).sort("days", "agreement_id", descending=[True, False])

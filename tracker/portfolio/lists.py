"""The rows of every list as of a day, and what they can be narrowed to."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from tracker.portfolio.agreement import agreements_as_of, county_parties
from tracker.portfolio.figures import Grouping, figures
from tracker.portfolio.health import agreement_health
from tracker.portfolio.milestone import milestones_as_of
from tracker.portfolio.model import Portfolio
from tracker.portfolio.moves import moves_by
from tracker.portfolio.project import projects_as_of
from tracker.portfolio.reached import reached_as_of
from tracker.portfolio.region import divisions_within
from tracker.rules.agreement import RUNNING
from tracker.rules.milestone import MilestoneState

MILESTONE_COLUMNS = (
    *("id", "project_id", "position", "name", "is_key", "is_gate", "state", "current_due_on", "days_overdue"),
    *("original_due_on", "forecast_on", "met_on", "is_late"),
    *("effective_finish_on", "slip_original_days", "slip_current_days", "is_lapsed"),
)
# What an agreement can have led to, see `reached_as_of`, and a list be narrowed to.
REACHED = ("is_performed", "is_live", "is_landed")


@dataclass(frozen=True)
class Wanted:
    """What a list is narrowed to; an empty field narrows nothing. Both ends of a period are included.

    `text` is looked for in what the list shows, whatever the case. `region_id` is a province, prefecture,
    county or sales region (see rules.region). `period` is of signing for agreements, and of the current due
    day for milestones. `signed` and `planned` ask for agreements that are signed, and that have a project
    with an approved plan, `reached` for those that led to one of REACHED; `decision` for those that still
    run and have to be decided on in a period; `lapsed` for milestones whose forecast has gone by.
    """

    text: str = ""
    region_id: int | None = None
    states: Sequence[str] = ()
    kinds: Sequence[str] = ()
    pillar_ids: Sequence[int] = ()
    event_ids: Sequence[int] = ()
    owners: Sequence[str] = ()
    period: tuple[date | None, date | None] = (None, None)
    signed: bool = False
    planned: bool = False
    reached: str = ""
    decision: tuple[date | None, date | None] = (None, None)
    lapsed: bool = False


def agreement_rows(portfolio: Portfolio, as_of: date, wanted: Wanted) -> pl.DataFrame:
    """Return the agreements wanted, the newest signature first, unsigned ones before all.

    The columns of `agreements_as_of` and: counties, counties_en, provinces, provinces_en, partners, pillars,
    pillars_en (each "、" or ", " between several), event, projects, is_planned and those of REACHED (each of
    a project, whoever may see it), health (overall, see `portfolio.health`).
    """
    rows = portfolio.once(("agreement_rows", as_of), lambda: _agreement_rows(portfolio, as_of))
    if wanted.region_id is not None:
        inside = divisions_within(portfolio, wanted.region_id, as_of)
        ours = county_parties(portfolio).join(inside, on="division_id", how="semi")
        rows = rows.join(ours, left_on="id", right_on="agreement_id", how="semi", maintain_order="left")
    if wanted.pillar_ids:
        about = portfolio["agreement_pillar"].filter(pl.col("pillar_id").is_in(list(wanted.pillar_ids)))
        rows = rows.join(about, left_on="id", right_on="agreement_id", how="semi", maintain_order="left")
    conditions = [
        *_text(wanted.text, "number", "title", "counties", "counties_en", "partners", "event", "owner"),
        *_one_of("status", wanted.states),
        *_one_of("kind", wanted.kinds),
        *_one_of("event_id", wanted.event_ids),
        *_one_of("owner", wanted.owners),
        *_within("signed_on", wanted.period),
    ]
    conditions += [pl.col("is_signed")] if wanted.signed else []
    conditions += [pl.col("is_planned")] if wanted.planned else []
    conditions += [pl.col(wanted.reached)] if wanted.reached in REACHED else []
    conditions += [pl.col("status").is_in([s.value for s in RUNNING])] if any(wanted.decision) else []
    conditions += _within("decision_on", wanted.decision)
    return rows.filter(conditions) if conditions else rows


def milestone_rows(portfolio: Portfolio, as_of: date, wanted: Wanted) -> pl.DataFrame:
    """Return the milestones wanted: the overdue first, then what lies ahead, then what is over.

    The overdue and those ahead begin with the earliest due, those over with the latest.

    The columns of `milestones_as_of` that MILESTONE_COLUMNS names and: moves (see `moves_by`), project,
    division_id, county, county_en, province, province_en, pillar_id, pillar, pillar_en, owner, agreement_id,
    agreement_number, title, event_id.
    """
    conditions = [*_one_of("state", wanted.states), *_within("current_due_on", wanted.period)]
    conditions += [pl.col("is_lapsed")] if wanted.lapsed else []
    # Sorted once a day looked at, and while it is narrow.
    steps = portfolio.once(
        ("milestones_by_due", as_of),
        lambda: (
            milestones_as_of(portfolio, as_of)
            .select(MILESTONE_COLUMNS)
            .join(moves_by(portfolio, as_of), on="id", how="left")
            .with_columns(pl.col("moves").fill_null(0))
            .sort(*_by_urgency(), "project_id", "position", nulls_last=True)
        ),
    )
    steps = steps.filter(conditions) if conditions else steps
    rows = steps.join(named_projects(portfolio, as_of, wanted), on="project_id", maintain_order="left")
    searched = _text(wanted.text, "name", "project", "county", "county_en", "owner", "agreement_number")
    return rows.filter(searched) if searched else rows


def named_projects(portfolio: Portfolio, as_of: date, wanted: Wanted) -> pl.DataFrame:
    """Return the rows of `project_names` in the region, with the pillars, events and owners wanted."""
    projects = project_names(portfolio, as_of)
    if wanted.region_id is not None:
        inside = divisions_within(portfolio, wanted.region_id, as_of)
        projects = projects.join(inside, on="division_id", how="semi")
    conditions = [
        *_one_of("pillar_id", wanted.pillar_ids),
        *_one_of("owner", wanted.owners),
        *_one_of("event_id", wanted.event_ids),
    ]
    return projects.filter(conditions) if conditions else projects


def _by_urgency() -> list[pl.Expr]:
    """Return the keys that put the overdue first, then what lies ahead, then what is over."""
    over = (MilestoneState.met, MilestoneState.stopped, MilestoneState.cancelled)
    is_over = pl.col("state").is_in([state.value for state in over])
    days = pl.col("current_due_on").to_physical()
    return [
        is_over,
        pl.col("state") != MilestoneState.overdue.value,
        pl.when(is_over).then(-days).otherwise(days),
    ]


def milestone_count(portfolio: Portfolio, as_of: date) -> int:
    """Return how many milestones there are as of the day, cancelled ones included."""
    opened = projects_as_of(portfolio, as_of).select(project_id="id")
    return portfolio["milestone"].join(opened, on="project_id", how="semi").height


def event_rows(portfolio: Portfolio, as_of: date, wanted: Wanted) -> pl.DataFrame:
    """Return the signing events held by `as_of`, newest first.

    The columns of FACTS["signing_event"] and agreements, agreements_signed, projects, milestones,
    milestones_met and milestones_overdue of each, a joint agreement counted once.
    """
    counts = figures(portfolio, as_of, Grouping.event).rename({"key": "id"})
    shown = ("agreements", "agreements_signed", "projects", "milestones")
    counts = counts.select("id", *shown, "milestones_met", "milestones_overdue")
    events = portfolio["signing_event"].filter(pl.col("held_on") <= as_of)
    rows = events.join(counts, on="id", how="left").with_columns(pl.col(counts.columns[1:]).fill_null(0))
    if wanted.region_id is not None:
        here = agreement_rows(portfolio, as_of, Wanted(region_id=wanted.region_id))
        inside = divisions_within(portfolio, wanted.region_id, as_of)["division_id"]
        signed_here = pl.col("id").is_in(here["event_id"].drop_nulls().implode())
        rows = rows.filter(signed_here | pl.col("division_id").is_in(inside.implode()))
    conditions = [*_text(wanted.text, "name", "place"), *_within("held_on", wanted.period)]
    rows = rows.filter(conditions) if conditions else rows
    return rows.sort("held_on", "id", descending=True)


def _agreement_rows(portfolio: Portfolio, as_of: date) -> pl.DataFrame:
    rows = agreements_as_of(portfolio, as_of)
    projects = projects_as_of(portfolio, as_of)
    counts = projects.group_by("agreement_id").agg(projects=pl.len())
    reached = reached_as_of(portfolio, as_of).select("agreement_id", *REACHED, is_planned="is_decomposed")
    events = portfolio["signing_event"].select("id", event="name")
    health = agreement_health(portfolio, as_of).select("agreement_id", health="overall")
    named = (_county_names(portfolio), _partner_names(portfolio), _pillar_names(portfolio))
    for frame in (*named, counts, reached, health):
        rows = rows.join(frame, left_on="id", right_on="agreement_id", how="left")
    return (
        rows.join(events, left_on="event_id", right_on="id", how="left")
        .with_columns(
            pl.col("projects").fill_null(0).cast(pl.Int64),
            pl.col("is_planned", *REACHED).fill_null(value=False),
        )
        .sort("signed_on", "number", descending=[True, False])
    )


def _county_names(portfolio: Portfolio) -> pl.DataFrame:
    divisions = named_divisions(portfolio)
    return (
        county_parties(portfolio)
        .select("agreement_id", "division_id")
        .join(divisions, on="division_id", how="left", maintain_order="left")
        .group_by("agreement_id")
        .agg(
            counties=pl.col("county").str.join("、"),
            counties_en=pl.col("county_en").str.join(", "),
            provinces=pl.col("province").unique(maintain_order=True).str.join("、"),
            provinces_en=pl.col("province_en").unique(maintain_order=True).str.join(", "),
        )
    )


def named_divisions(portfolio: Portfolio) -> pl.DataFrame:
    """Return division_id, county, county_en, province, province_en of every division, itself included."""
    english = pl.coalesce(pl.col("name_en").replace("", None), "name")
    divisions = portfolio["division"].select(
        "province_id", division_id="id", county="name", county_en=english
    )
    provinces = divisions.select(province_id="division_id", province="county", province_en="county_en")
    own = pl.coalesce("province_id", "division_id")
    return divisions.with_columns(province_id=own).join(provinces, on="province_id", how="left")


def _partner_names(portfolio: Portfolio) -> pl.DataFrame:
    names = portfolio["division"].select("id", division="name")
    return (
        portfolio["party"]
        .filter(pl.col("side") == "partner")
        .join(names, left_on="division_id", right_on="id", how="left")
        .sort("position", "id")
        .with_columns(name=pl.coalesce("division", pl.col("name")))
        .group_by("agreement_id")
        .agg(partners=pl.col("name").str.join("、"))
    )


def _pillar_names(portfolio: Portfolio) -> pl.DataFrame:
    return (
        portfolio["agreement_pillar"]
        .join(
            portfolio["pillar"].drop("id").with_columns(pillar_id=portfolio["pillar"]["id"]), on="pillar_id"
        )
        .sort("position")
        .group_by("agreement_id")
        .agg(pillars=pl.col("name_zh").str.join("、"), pillars_en=pl.col("name_en").str.join(", "))
    )


def project_names(portfolio: Portfolio, as_of: date) -> pl.DataFrame:
    """Return what a row about a project shows of it, one row each, in no order.

    Columns: project_id, project, division_id, county, county_en, province, province_en, pillar_id, pillar,
    pillar_en, owner, agreement_id, agreement_number, title, event_id.
    """
    return portfolio.once(("project_names", as_of), lambda: _project_names(portfolio, as_of))


def _project_names(portfolio: Portfolio, as_of: date) -> pl.DataFrame:
    pillars = portfolio["pillar"].select(pillar_id="id", pillar="name_zh", pillar_en="name_en")
    agreements = portfolio["agreement"].select(
        "title", "event_id", agreement_id="id", agreement_number="number"
    )
    return (
        projects_as_of(portfolio, as_of)
        .select("agreement_id", "division_id", "pillar_id", "owner", project_id="id", project="name")
        .join(agreements, on="agreement_id")
        .join(named_divisions(portfolio), on="division_id", how="left")
        .join(pillars, on="pillar_id", how="left")
    )


def _one_of(column: str, values: Sequence[str] | Sequence[int]) -> list[pl.Expr]:
    return [pl.col(column).is_in(list(values))] if values else []


def _within(column: str, period: tuple[date | None, date | None]) -> list[pl.Expr]:
    start, end = period
    return [*([pl.col(column) >= start] if start else []), *([pl.col(column) <= end] if end else [])]


def _text(text: str, *columns: str) -> list[pl.Expr]:
    sought = text.strip().lower()
    if not sought:
        return []
    return [
        pl.any_horizontal(
            pl.col(c).fill_null("").str.to_lowercase().str.contains(sought, literal=True) for c in columns
        )
    ]

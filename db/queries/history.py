"""Questions to the audit entries."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import and_, false, text
from sqlalchemy import select as sql_select
from sqlmodel import Session, col, or_, select
from sqlmodel.sql.expression import SelectOfScalar

from db.models import metadata
from db.models.audit import AuditEntry


def last_entry(session: Session, entity: str, record_id: int) -> AuditEntry | None:
    """Return the newest entry about a record."""
    return session.exec(
        select(AuditEntry)
        .where(AuditEntry.entity == entity, AuditEntry.record_id == record_id)
        .order_by(col(AuditEntry.id).desc())
        .limit(1)
    ).first()


def entries_about(session: Session, records: Sequence[tuple[str, int]]) -> list[AuditEntry]:
    """Return the entries about any of these (entity, record_id), newest first."""
    if not records:
        return []
    by_entity: dict[str, list[int]] = {}
    for entity, record_id in records:
        by_entity.setdefault(entity, []).append(record_id)
    conditions = [
        (col(AuditEntry.entity) == entity) & col(AuditEntry.record_id).in_(ids)
        for entity, ids in by_entity.items()
    ]
    return list(session.exec(select(AuditEntry).where(or_(*conditions)).order_by(col(AuditEntry.id).desc())))


@dataclass(frozen=True)
class HistoryWanted:
    """What the history is narrowed to; an empty field narrows nothing.

    Entries with an id below `before_id` come next; `since` is included, `until` excluded.
    """

    actor: str = ""
    entity: str = ""
    record_id: int | None = None
    action: str = ""
    since: datetime | None = None
    until: datetime | None = None
    before_id: int | None = None


def newest_entries(
    session: Session, wanted: HistoryWanted, scope: frozenset[int] | None, limit: int
) -> list[AuditEntry]:
    """Return at most `limit` entries, newest first, about records that lie in `scope` (None: all).

    Every condition but the scope is met by an index whose rows come in the order of ids, so that a page
    costs the same however long the history is.
    """
    return list(session.exec(newest_query(session, wanted, scope, limit)))


def newest_query(
    session: Session, wanted: HistoryWanted, scope: frozenset[int] | None, limit: int
) -> SelectOfScalar[AuditEntry]:
    """Return the query of `newest_entries`, so that its plan can be looked at."""
    conditions = _conditions(session, wanted)
    if scope is not None:
        conditions.append(_in_scope(scope))
    return select(AuditEntry).where(*conditions).order_by(col(AuditEntry.id).desc()).limit(limit)


def values_used(session: Session, column: Literal["actor", "action", "entity"]) -> list[str]:
    """Return the different values of an indexed column, in order, leaping from one to the next."""
    leap = text(
        f"WITH RECURSIVE found(value) AS (SELECT min({column}) FROM audit_entry UNION ALL"
        f" SELECT (SELECT min({column}) FROM audit_entry WHERE {column} > found.value) FROM found"
        " WHERE found.value IS NOT NULL) SELECT value FROM found WHERE value IS NOT NULL"
    )
    return [value for (value,) in session.connection().execute(leap)]


def names_of(session: Session, records: Iterable[tuple[str, int]]) -> dict[tuple[str, int], tuple[str, str]]:
    """Return the Chinese and English name of each record (entity, id), of those that have one.

    What has no name of its own (a party, a stage, an approval) is called after what it belongs to.
    """
    by_entity: dict[str, set[int]] = {}
    for entity, record_id in records:
        by_entity.setdefault(entity, set()).add(record_id)
    found: dict[tuple[str, int], tuple[str, str]] = {}
    for entity, ids in by_entity.items():
        own, owner = metadata.tables[entity], _BELONGS_TO.get(entity, entity)
        if owner not in _NAMED_BY:
            continue
        named = metadata.tables[owner].alias("named")
        zh, en = (named.c[name] for name in _NAMED_BY[owner])
        key = own.c.id if owner == entity else own.c[_OWNER_COLUMN.get(entity, f"{owner}_id")]
        query = sql_select(own.c.id, zh, en).join(named, named.c.id == key).where(own.c.id.in_(ids))
        found |= {(entity, row[0]): (row[1], row[2]) for row in session.connection().execute(query)}
    return found


# The columns that name a record in Chinese and in English.
_NAMED_BY = {
    "agreement": ("number", "number"),
    "division": ("name", "name_en"),
    "division_name": ("name", "name"),
    "document": ("title", "title"),
    "functional_area": ("name", "name"),
    "meeting": ("with_whom", "with_whom"),
    "milestone": ("name", "name"),
    "pillar": ("name_zh", "name_en"),
    "plan_template": ("name_zh", "name_en"),
    "plan_template_milestone": ("name_zh", "name_en"),
    "project": ("name", "name"),
    "registry_version": ("label", "label"),
    "risk": ("title", "title"),
    "sales_region": ("name", "name_en"),
    "saved_view": ("name", "name"),
    "signing_event": ("name", "name"),
    "supplement": ("number", "number"),
    "unit": ("name_zh", "name_en"),
}

_BELONGS_TO = {
    "agreement_pillar": "agreement",
    "agreement_stage": "agreement",
    "baseline": "project",
    "baseline_milestone": "milestone",
    "dependency": "milestone",
    "document_version": "document",
    "forecast_change": "milestone",
    "light_override": "project",
    "milestone_credit": "milestone",
    "party": "agreement",
    "plan_proposal": "project",
    "plan_template_version": "plan_template",
    "project_update": "project",
    "sales_region_division": "sales_region",
    "update_forecast": "milestone",
    "update_request": "project",
}
_OWNER_COLUMN = {"plan_template_version": "template_id", "dependency": "successor_id"}


def _conditions(session: Session, wanted: HistoryWanted) -> list[Any]:
    below = [i for i in (wanted.before_id, _first_id_from(session, wanted.until)) if i is not None]
    found = [
        *([col(AuditEntry.actor) == wanted.actor] if wanted.actor else []),
        *([col(AuditEntry.entity) == wanted.entity] if wanted.entity else []),
        *([col(AuditEntry.record_id) == wanted.record_id] if wanted.record_id is not None else []),
        *([col(AuditEntry.action) == wanted.action] if wanted.action else []),
        *([col(AuditEntry.id) < min(below)] if below else []),
    ]
    if wanted.since is not None:
        first = _first_id_from(session, wanted.since)
        found.append(col(AuditEntry.id) >= first if first is not None else false())
    return found


def _first_id_from(session: Session, moment: datetime | None) -> int | None:
    """The first entry recorded at or after a moment: ids and moments grow together."""
    if moment is None:
        return None
    return session.exec(
        select(AuditEntry.id)
        .where(AuditEntry.recorded_at >= moment)
        .order_by(col(AuditEntry.recorded_at), col(AuditEntry.id))
        .limit(1)
    ).first()


def _in_scope(scope: frozenset[int]) -> Any:
    """Whether an entry's record lies in the scope; what belongs to no division is everybody's."""
    ids = _ids_in_scope(scope)
    ours = [
        and_(col(AuditEntry.entity) == entity, col(AuditEntry.record_id).in_(chosen))
        for entity, chosen in ids.items()
    ]
    return or_(col(AuditEntry.entity).not_in(list(ids)), *ours)


def _ids_in_scope(scope: frozenset[int]) -> dict[str, Any]:
    """Return, for every entity that lies somewhere, the ids of those in scope as a subquery."""

    def ids(table: str, **conditions: Any) -> Any:
        columns = metadata.tables[table].c
        return sql_select(columns.id).where(or_(*(columns[n].in_(v) for n, v in conditions.items())))

    party = metadata.tables["party"].c
    here = and_(party.side == "county", party.division_id.in_(sorted(scope)))
    agreement = sql_select(party.agreement_id).where(here)
    project = ids("project", division_id=sorted(scope))
    milestone, baseline = ids("milestone", project_id=project), ids("baseline", project_id=project)
    supplement = ids("supplement", agreement_id=agreement)
    owners = {"agreement_id": agreement, "project_id": project}
    document = ids("document", **owners, milestone_id=milestone, supplement_id=supplement)
    of_agreement = ("agreement_stage", "agreement_pillar", "party")
    of_project = ("light_override", "plan_proposal", "project_update", "risk", "update_request")
    of_milestone = ("forecast_change", "milestone_credit", "update_forecast")
    return {
        "agreement": agreement,
        "project": project,
        "milestone": milestone,
        "baseline": baseline,
        "baseline_milestone": ids("baseline_milestone", baseline_id=baseline),
        "supplement": supplement,
        "suspension": ids("suspension", **owners),
        "document": document,
        "document_version": ids("document_version", document_id=document),
        "meeting": ids("meeting", division_id=sorted(scope)),
        "dependency": ids("dependency", successor_id=milestone),
        **{table: ids(table, agreement_id=agreement) for table in of_agreement},
        **{table: ids(table, project_id=project) for table in of_project},
        **{table: ids(table, milestone_id=milestone) for table in of_milestone},
    }

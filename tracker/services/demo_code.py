"""What the codes of the example content stand for in this database."""

from collections.abc import Mapping
from dataclasses import dataclass

from db.queries.division import present_divisions
from db.queries.pillar import pillars, units
from db.queries.plan_template import templates
from tracker.services.desk import Desk


@dataclass(frozen=True)
class DemoCodes:
    """Code → id of every division of today, and of every pillar, business unit and plan template."""

    divisions: Mapping[str, int]
    pillars: Mapping[str, int]
    units: Mapping[str, int]
    templates: Mapping[str, int]
    pillar_of_template: Mapping[str, int]


def read_codes(desk: Desk) -> DemoCodes:
    """Return the ids behind the codes. Raises: NotAllowed, StorageError."""
    desk.allow("read")
    with desk.reading() as session:
        plans = templates(session)
        return DemoCodes(
            divisions={d.code: d.key for d in present_divisions(session)},
            pillars={p.code: p.key for p in pillars(session)},
            units={u.code: u.key for u in units(session)},
            templates={t.code: t.key for t in plans},
            pillar_of_template={t.code: t.pillar_id for t in plans},
        )

"""The reference data that ship with the product, loaded into an empty database once.

The lists lie beside this file; SOURCES.md there says where each comes from.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from sqlmodel import select

from db.engine import Database
from db.models.base import utc_now
from db.models.division import Division, DivisionName, FunctionalArea, RegistryVersion
from db.models.pillar import Pillar, Unit
from db.models.plan_template import PlanTemplate, PlanTemplateMilestone, PlanTemplateVersion
from db.reference import registry_list as lists
from db.reference.registry_list import ListedArea, ListedDivision, ListedName
from db.transaction import Transaction
from db.vocabulary import DivisionLevel

FOLDER = Path(__file__).parent
REGISTRY_LABEL = lists.label_of(FOLDER)


def rows_of(name: str, folder: Path = FOLDER) -> list[dict[str, str]]:
    """Return the rows of a list as dicts of text. Raises: FileNotFoundError."""
    return lists.rows_of(name, folder)


def load_reference(database: Database, registry: Path = FOLDER) -> None:
    """Load divisions, pillars, units and plan templates into a database that has none; else do nothing.

    `registry` is the folder whose lists of divisions are loaded; all else ships with the product.
    """
    with database.reading() as session:
        if session.exec(select(RegistryVersion.id).limit(1)).first() is not None:
            return
    with database.transaction(actor="system", origin="start-up", reason="reference data") as work:
        # Another process may have been quicker between the look and the lock.
        if work.session.exec(select(RegistryVersion.id).limit(1)).first() is None:
            _load_divisions(work, registry)
            pillars, units = _load_pillars(work), _load_units(work)
            _load_templates(work, pillars, units)


def _load_divisions(work: Transaction, folder: Path) -> None:
    divisions: dict[str, Division] = {}
    listed = lists.listed_divisions(folder)
    for level in DivisionLevel:
        stored = [new_division(entry, divisions) for entry in listed if entry.level is level]
        work.save_many(stored)
        divisions |= {division.code: division for division in stored}
    work.save_many(new_names(lists.listed_names(folder), divisions))
    work.save_many([new_area(area, divisions) for area in lists.listed_areas(folder)])
    work.save(new_version(folder, listed))


def new_division(entry: ListedDivision, divisions: Mapping[str, Division]) -> Division:
    """Return an entry of the lists as a division to store; `divisions` holds its parents by code."""
    return Division(**columns_of(entry, divisions))


def columns_of(entry: ListedDivision, divisions: Mapping[str, Division]) -> dict[str, Any]:
    """Return column → value of what the lists tell about a division; an unknown year is left out."""
    parent, province = divisions.get(entry.parent_code), divisions.get(entry.province_code)
    told: dict[str, Any] = {"valid_from": entry.valid_from} if entry.valid_from else {}
    return told | {
        "code": entry.code,
        "name": entry.name,
        "name_en": entry.name_en,
        "short_name": entry.short_name,
        "level": entry.level,
        "kind": entry.kind,
        "parent_id": parent.id if parent else None,
        "province_id": province.id if province else None,
        "grid_column": entry.grid_column,
        "grid_row": entry.grid_row,
        "macro_region": entry.macro_region,
    }


def new_names(names: Iterable[ListedName], divisions: Mapping[str, Division]) -> list[DivisionName]:
    """Return one row per former name and division it leads to; `divisions` holds those by code."""
    return [
        DivisionName(
            division_id=divisions[code].key,
            code=name.code,
            name=name.name,
            relation=name.relation,
            valid_from=name.valid_from,
            valid_to=name.valid_to,
            ambiguous=name.ambiguous,
        )
        for name in names
        for code in name.current_codes
        if code in divisions
    ]


def new_area(area: ListedArea, divisions: Mapping[str, Division]) -> FunctionalArea:
    """Return a statistics-only area to store, below its prefecture, or its province where it has none."""
    parent = divisions.get(area.parent_code) or divisions.get(area.province_code)
    return FunctionalArea(
        code=area.code, name=area.name, parent_id=parent.id if parent else None, note=area.note
    )


def new_version(folder: Path, listed: Sequence[ListedDivision]) -> RegistryVersion:
    """Return the note to store that the lists in `folder` were applied now."""
    return RegistryVersion(
        label=lists.label_of(folder),
        sha256=lists.fingerprint(folder),
        division_count=sum(entry.level is DivisionLevel.county for entry in listed),
        applied_at=utc_now(),
    )


def _load_pillars(work: Transaction) -> dict[str, int]:
    pillars = [Pillar(**_named(r)) for r in rows_of("pillars.csv")]
    work.save_many(pillars)
    return {p.code: p.key for p in pillars}


def _load_units(work: Transaction) -> dict[str, int]:
    units = [Unit(**_named(r)) for r in rows_of("units.csv")]
    work.save_many(units)
    return {u.code: u.key for u in units}


def _named(row: dict[str, str]) -> dict[str, Any]:
    return row | {"position": int(row["position"])}


def _load_templates(work: Transaction, pillars: dict[str, int], units: dict[str, int]) -> None:
    shipped = json.loads((FOLDER / "plan_templates.json").read_text(encoding="utf-8"))
    for entry in shipped:
        steps = entry.pop("milestones")
        pillar_id, unit_id = pillars[entry.pop("pillar")], units.get(entry.pop("unit"))
        template = work.save(PlanTemplate(pillar_id=pillar_id, unit_id=unit_id, **entry))
        version = work.save(
            PlanTemplateVersion(template_id=template.key, number=1, published_on=date(2020, 1, 1))
        )
        work.save_many(
            [
                PlanTemplateMilestone(template_version_id=version.key, position=position, **step)
                for position, step in enumerate(steps)
            ]
        )

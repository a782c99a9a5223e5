"""The reference data that ship with the product, loaded into an empty database once.

The lists lie beside this file; SOURCES.md there says where each comes from.
"""

import csv
import hashlib
import json
from datetime import date
from pathlib import Path
from typing import Any

from sqlmodel import select

from db.engine import Database
from db.models.base import utc_now
from db.models.division import Division, DivisionName, FunctionalArea, RegistryVersion
from db.models.pillar import Pillar, Unit
from db.models.plan_template import PlanTemplate, PlanTemplateMilestone, PlanTemplateVersion
from db.transaction import Transaction
from db.vocabulary import DivisionLevel

FOLDER = Path(__file__).parent
REGISTRY_LABEL = "2026-10-06"
_LISTS = ("provinces.csv", "prefectures.csv", "counties.csv", "aliases.csv", "functional_areas.csv")


def rows_of(name: str, folder: Path = FOLDER) -> list[dict[str, str]]:
    """Return the rows of a list as dicts of text. Raises: FileNotFoundError."""
    with (folder / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def registry_sha256(folder: Path = FOLDER) -> str:
    """Return the fingerprint of the registry lists in `folder`, taken together."""
    digest = hashlib.sha256()
    for name in _LISTS:
        digest.update((folder / name).read_bytes())
    return digest.hexdigest()


def load_reference(database: Database) -> None:
    """Load divisions, pillars, units and plan templates into a database that has none; else do nothing."""
    with database.reading() as session:
        if session.exec(select(RegistryVersion.id).limit(1)).first() is not None:
            return
    with database.transaction(actor="system", origin="start-up", reason="reference data") as work:
        # Another process may have been quicker between the look and the lock.
        if work.session.exec(select(RegistryVersion.id).limit(1)).first() is None:
            _load_divisions(work)
            pillars, units = _load_pillars(work), _load_units(work)
            _load_templates(work, pillars, units)


def _load_divisions(work: Transaction) -> None:
    provinces = {r["code"]: _province(r) for r in rows_of("provinces.csv")}
    work.save_many(list(provinces.values()))
    prefectures = {
        r["code"]: Division(
            code=r["code"],
            name=r["name"],
            name_en=r["name_en"],
            kind=r["kind"],
            level=DivisionLevel.prefecture,
            parent_id=provinces[r["province_code"]].id,
            province_id=provinces[r["province_code"]].id,
        )
        for r in rows_of("prefectures.csv")
    }
    work.save_many(list(prefectures.values()))
    counties = {
        r["code"]: Division(
            code=r["code"],
            name=r["name"],
            name_en=r["name_en"],
            kind=r["kind"],
            level=DivisionLevel.county,
            parent_id=(prefectures.get(r["prefecture_code"]) or provinces[r["province_code"]]).id,
            province_id=provinces[r["province_code"]].id,
        )
        for r in rows_of("counties.csv")
    }
    work.save_many(list(counties.values()))
    divisions = provinces | prefectures | counties
    work.save_many([name for r in rows_of("aliases.csv") for name in _names(r, divisions)])
    work.save_many([_area(r, divisions) for r in rows_of("functional_areas.csv")])
    version = RegistryVersion(
        label=REGISTRY_LABEL, sha256=registry_sha256(), division_count=len(counties), applied_at=utc_now()
    )
    work.save(version)


def _province(row: dict[str, str]) -> Division:
    return Division(
        code=row["code"],
        name=row["name"],
        short_name=row["short_name"],
        name_en=row["name_en"],
        level=DivisionLevel.province,
        kind="",
        grid_column=int(row["grid_col"]),
        grid_row=int(row["grid_row"]),
        macro_region=row["macro_region"],
    )


def _names(row: dict[str, str], divisions: dict[str, Division]) -> list[DivisionName]:
    codes = [code for code in row["current_codes"].split(";") if code in divisions]
    return [
        DivisionName(
            division_id=divisions[code].key,
            code=row["old_code"],
            name=row["old_name"],
            relation=row["relation"],
            valid_from=int(row["valid_from"]) if row["valid_from"] else None,
            valid_to=int(row["valid_to"]) if row["valid_to"] else None,
            ambiguous=row["ambiguous"] == "yes",
        )
        for code in codes
    ]


def _area(row: dict[str, str], divisions: dict[str, Division]) -> FunctionalArea:
    parent = divisions.get(row["prefecture_code"]) or divisions.get(row["province_code"])
    return FunctionalArea(
        code=row["stat_code"], name=row["name"], parent_id=parent.id if parent else None, note=row["note"]
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

"""Tell the example organisation's sales regions and targets, which lie in db/reference/demo_regions.json."""

import json
from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from db.reference import FOLDER
from db.vocabulary import TargetMeasure
from tracker.rules.region import region_key
from tracker.rules.target import Wish
from tracker.services.demo_code import DemoCodes
from tracker.services.desk import Desk
from tracker.services.sales_region import define_region
from tracker.services.target import set_targets


def load_regions(desk: Desk, codes: DemoCodes) -> None:
    """Define the example's sales regions and set its targets. Raises: NotAllowed, StorageError."""
    desk.allow("demo.load")
    content = json.loads((FOLDER / "demo_regions.json").read_text(encoding="utf-8"))
    known = {}
    for entry in content["regions"]:
        divisions = [codes.divisions[code] for code in entry["divisions"]]
        values = {"name": entry["name"], "name_en": entry["name_en"], "from_on": content["from_on"]}
        known[entry["name"]] = define_region(desk, values | {"division_ids": divisions})
    wishes: dict[int, list[Wish]] = defaultdict(list)
    for entry in content["targets"]:
        place = _place(entry, known, codes)
        wishes[entry["year"]] += [Wish(place, measure, entry[measure.value]) for measure in TargetMeasure]
    for year, asked in wishes.items():
        set_targets(desk, year, asked, seen={})


def _place(entry: Mapping[str, Any], known: Mapping[str, int], codes: DemoCodes) -> int | None:
    if "division" in entry:
        return codes.divisions[entry["division"]]
    return None if entry["region"] is None else region_key(known[entry["region"]])

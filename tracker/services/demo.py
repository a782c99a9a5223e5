"""Fill an empty database with the example content: public signings, and invented agreements beside them.

The content lies in db/reference: demo.json, demo_reports.json, demo_regions.json and agreements_public.csv.
Everything is written by the services that people use, so that every rule holds for it and the history tells
of it.
"""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from db.queries.transfer import holds_records
from db.reference import FOLDER, rows_of
from tracker.errors import N_, TrackerError
from tracker.services.demo_agreement import log_example, log_public, run_course
from tracker.services.demo_code import DemoCodes, read_codes
from tracker.services.demo_project import PROOF, load_project
from tracker.services.demo_region import load_regions
from tracker.services.demo_report import load_reports
from tracker.services.desk import Desk
from tracker.services.meeting import log_meeting
from tracker.services.signing_event import hold_signing_event

Entry = Mapping[str, Any]


class HoldsRecords(TrackerError):
    """Examples would be mixed with records."""

    sentence = N_("This database holds records already; the example data go into an empty one only.")


def load_demo(desk: Desk) -> date:
    """Write the example content and return the day it is meant to be seen from.

    Raises: NotAllowed, HoldsRecords, StorageError.
    """
    desk.allow("demo.load")
    _must_be_empty(desk)
    content = json.loads((FOLDER / "demo.json").read_text(encoding="utf-8"))
    codes = read_codes(desk)
    events = {entry["key"]: _hold(desk, entry, codes) for entry in content["events"]}
    _load_public(desk, content, codes, events)
    _load_examples(desk, content, codes, events)
    for entry in content["meetings"]:
        _log_meeting(desk, entry, codes)
    load_reports(desk)
    load_regions(desk, codes)
    return date.fromisoformat(content["as_of"])


def _must_be_empty(desk: Desk) -> None:
    with desk.reading() as session:
        if holds_records(session.connection()):
            raise HoldsRecords


def _hold(desk: Desk, entry: Entry, codes: DemoCodes) -> int:
    host = codes.divisions[entry["county_code"]] if entry["county_code"] else None
    values = {name: entry[name] for name in ("name", "held_on", "place")}
    return hold_signing_event(desk, values | {"division_id": host}, token=f"demo {entry['key']}")


def _load_public(desk: Desk, content: Entry, codes: DemoCodes, events: Mapping[str, int]) -> None:
    reported = {(row["county_code"], row["signed_on"]): row for row in rows_of("agreements_public.csv")}
    for entry in content["public"]:
        row = reported[entry["county"], entry["signed_on"]]
        event_id = events.get(entry["event"])
        agreement_id = log_public(desk, entry, row, codes=codes, event_id=event_id)
        _load_projects(desk, agreement_id, entry, content, codes)


def _load_examples(desk: Desk, content: Entry, codes: DemoCodes, events: Mapping[str, int]) -> None:
    known: dict[str, int] = {}
    for entry in content["agreements"]:
        event_id = events.get(entry["event"])
        agreement_id = log_example(desk, entry, codes=codes, event_id=event_id, known=known)
        known[entry["key"]] = agreement_id
        _load_projects(desk, agreement_id, entry, content, codes)
        run_course(desk, agreement_id, entry)


def _load_projects(desk: Desk, agreement_id: int, entry: Entry, content: Entry, codes: DemoCodes) -> None:
    texts = {name: content[name] for name in PROOF} | {"owner": entry["owner"]}
    for project in entry["projects"]:
        load_project(desk, agreement_id, project, codes=codes, texts=texts)


def _log_meeting(desk: Desk, entry: Entry, codes: DemoCodes) -> None:
    values = {name: entry[name] for name in ("topic", "outcome", "next_step", "next_step_on", "owner")}
    where = {"division_id": codes.divisions[entry["county"]], "held_on": entry["on"]}
    log_meeting(desk, values | where | {"with_whom": entry["with_post"]})

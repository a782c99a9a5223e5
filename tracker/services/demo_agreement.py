"""Turn the agreements of the example content into records, through the services an editor would use."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from db.queries.agreement import parties_of
from db.vocabulary import Side
from tracker.errors import N_
from tracker.i18n import words_in
from tracker.rules.termination import ProjectFate
from tracker.services.agreement import log_agreements
from tracker.services.demo_code import DemoCodes
from tracker.services.desk import Desk
from tracker.services.party import sign_agreement
from tracker.services.renewal import give_notice
from tracker.services.stage import abandon_agreement, enter_stage
from tracker.services.supplement import add_supplement
from tracker.services.suspension import suspend_agreement
from tracker.services.termination import projects_to_decide, terminate_agreement

Entry = Mapping[str, Any]
_PARTNERS_BETWEEN = re.compile("[;；]")
_FIELD_NAMES = {
    "kind": N_("agreement type"),
    "pillars": N_("pillars"),
    "effective_on": N_("effective day"),
    "term_months": N_("term in months"),
}


def log_public(
    desk: Desk, entry: Entry, reported: Mapping[str, str], *, codes: DemoCodes, event_id: int | None
) -> int:
    """Log one publicly reported signing and return its id.

    Parties, day, title and amount are as reported, with the source; what the reports do not tell is said in
    the agreement's note. `reported` is its row of agreements_public.csv. Raises: InvalidInput, StorageError.
    """
    division_id = codes.divisions[entry["county"]]
    desk.allow("agreement.write", {division_id})
    partners = [name.strip("()（） ") for name in _PARTNERS_BETWEEN.split(reported["partner"])]
    values = _terms(entry, codes) | {
        "title": f"{reported['county']}{reported['subject']}{reported['agreement_type']}",
        "event_id": event_id,
        "signed_on": entry["signed_on"],
        "source": reported["source"],
        "note": _note(entry["assumed"]),
        "parties": [
            {"side": Side.county, "division_id": division_id},
            *({"side": Side.partner, "name": name} for name in partners),
        ],
    }
    return log_agreements(desk, values, token=f"demo {entry['county']} {entry['signed_on']}")[0]


def log_example(
    desk: Desk, entry: Entry, *, codes: DemoCodes, event_id: int | None, known: Mapping[str, int]
) -> int:
    """Log one invented agreement from its first stage up to its signing, and return its id.

    `known` maps the keys of the agreements logged before to their ids. Raises: InvalidInput, StorageError.
    """
    divisions = [codes.divisions[code] for code in (*entry["counties"], *entry["prefectures"])]
    desk.allow("agreement.write", set(divisions))
    first, *later = entry["stages"]
    values = _terms(entry, codes) | {
        "title": entry["title"],
        "event_id": event_id,
        "joint": entry["joint"],
        "stage": first["stage"],
        "stage_on": first["on"],
        "source": entry["source"],
        "parent_id": known.get(entry["parent"]),
        "renewal_of_id": known.get(entry["renewal_of"]),
        "parties": [
            *({"side": Side.county, "division_id": d, "post": entry["county_post"]} for d in divisions),
            {"side": Side.partner, "name": entry["partner"], "post": entry["partner_post"]},
        ],
    }
    agreement_id = log_agreements(desk, values, token=f"demo {entry['key']}")[0]
    for stage in later:
        enter_stage(desk, agreement_id, stage["stage"], date.fromisoformat(stage["on"]))
    if entry["signed_on"]:
        _sign(desk, agreement_id, date.fromisoformat(entry["signed_on"]))
    return agreement_id


def run_course(desk: Desk, agreement_id: int, entry: Entry) -> None:
    """Let happen to an invented agreement what the content tells after its signing, its projects being there.

    Raises: InvalidInput, NotSigned, StorageError.
    """
    desk.allow("agreement.write")
    for supplement in sorted(entry["supplements"], key=lambda s: str(s["signed_on"])):
        add_supplement(desk, agreement_id, supplement)
    for rest in entry["suspended"]:
        values = {"from_on": rest["from"], "to_on": rest["to"], "reason": rest["reason"]}
        suspend_agreement(desk, agreement_id, values)
    if notice_on := entry["non_renewal_notice_on"]:
        give_notice(desk, agreement_id, date.fromisoformat(notice_on))
    if ended := entry["terminated"]:
        # Those that ended with it were stopped on their own day; the others may still be completed.
        fates = {p.key: ProjectFate.keep for p in projects_to_decide(desk, agreement_id)}
        terminate_agreement(desk, agreement_id, _ending(ended) | {"fates": fates})
    if ended := entry["abandoned"]:
        abandon_agreement(desk, agreement_id, _ending(ended))


def _terms(entry: Entry, codes: DemoCodes) -> dict[str, Any]:
    same = ("kind", "effective_on", "term_months", "end_on", "renewal_term_months", "owner")
    counted = ("renewals_allowed", "notice_days")
    return {
        **{name: entry[name] for name in same if name in entry},
        **{name: entry[name] for name in counted if entry.get(name) is not None},
        "pillar_ids": [codes.pillars[code] for code in entry["pillars"]],
        "amount_cents": int(Decimal(entry["amount"]) * 100) if entry["amount"] else None,
    }


def _sign(desk: Desk, agreement_id: int, signed_on: date) -> None:
    with desk.reading() as session:
        parties = [party.key for party in parties_of(session, agreement_id)]
    sign_agreement(desk, agreement_id, dict.fromkeys(parties, signed_on))


def _note(assumed: Sequence[str]) -> str:
    # The content is Chinese, like the reports it rests on.
    words = words_in("zh_CN")
    fields = words.text(N_(", ")).join(words.text(_FIELD_NAMES[name]) for name in assumed)
    return words.text(N_("Not reported, assumed for the demonstration: {fields}."), fields=fields)


def _ending(told: Entry) -> dict[str, Any]:
    return {"ended_on": told["on"], "reason": told["reason"]}

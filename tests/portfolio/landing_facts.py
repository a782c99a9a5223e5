"""Signed agreements on their way to landing, each with at most one project of one gate, made by hand."""

from datetime import date, timedelta
from typing import Any

from tests.portfolio.timeline_facts import DIVISIONS, PILLARS, agreement, milestone, party, portfolio, project
from tracker.portfolio.model import Portfolio

SIGNED = date(2020, 7, 17)
AS_OF = date(2021, 7, 17)  # 365 days after the signing.
LILING, NAN, XIXIU = 11, 12, 21

Row = dict[str, Any]


def after(days: int) -> date:
    """The day so many days after the signing."""
    return SIGNED + timedelta(days=days)


def signed(number: int, landed: int | None = None, **changes: Any) -> Row:
    """An open-ended agreement of 醴陵市, landed so many days after SIGNED.

    `county`, `signed_on` and `pillars` change that; `also` is a second county, of a joint agreement.
    """
    told = {"landed": landed, "county": LILING, "signed_on": SIGNED, "also": None, "pillars": (2,)}
    return agreement(number, term_months=None, effective_on=None, opened_on=date(2019, 1, 1)) | told | changes


def facts(*agreements: Row, **more: list[Row]) -> dict[str, list[Row]]:
    """The tables behind such agreements."""
    counties = [(a, c) for a in agreements for c in (a["county"], a["also"]) if c]
    landed = [a for a in agreements if a["landed"] is not None]
    tables = {
        "division": DIVISIONS,
        "pillar": PILLARS,
        "signing_event": [{"id": 1, "name": "湖南峰会", "held_on": SIGNED}],
        "agreement": list(agreements),
        "agreement_pillar": [
            {"id": n, "agreement_id": a, "pillar_id": p}
            for n, (a, p) in enumerate(((a["id"], p) for a in agreements for p in a["pillars"]), start=1)
        ],
        "party": [
            party(n, a["id"], county, a["signed_on"]) for n, (a, county) in enumerate(counties, start=1)
        ],
        "project": [project(a["id"], a["id"], a["county"], opened_on=a["opened_on"]) for a in landed],
        "milestone": [
            milestone(a["id"], a["id"], AS_OF, met_on=after(a["landed"]), evidence_witness="副县长")
            for a in landed
        ],
        "baseline": [
            {"id": a["id"], "project_id": a["id"], "number": 0, "approved_on": a["opened_on"]} for a in landed
        ],
        "baseline_milestone": [
            {"id": a["id"], "baseline_id": a["id"], "milestone_id": a["id"], "due_on": AS_OF}
            | {"weight": 25, "is_key": False, "is_gate": True}
            for a in landed
        ],
    }
    return {**tables, **more}


def on_the_way(*agreements: Row, **more: list[Row]) -> Portfolio:
    """The portfolio of such agreements."""
    return portfolio(**facts(*agreements, **more))

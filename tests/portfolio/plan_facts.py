"""One project with a plan, as the tests of milestones and progress need it, made by hand."""

from datetime import date
from typing import Any

from tests.portfolio.timeline_facts import agreement, portfolio
from tracker.portfolio.model import Portfolio

OPENED = date(2020, 7, 17)
AS_OF = date(2021, 6, 30)
DAY_BEFORE, DAY_AFTER = date(2021, 6, 29), date(2021, 7, 1)

Row = dict[str, Any]


def step(number: int, **changes: Any) -> Row:
    """A milestone of weight 10 that is due long after AS_OF and of which nothing is known."""
    known = {"id": number, "project_id": 1, "position": number, "name": f"里程碑 {number}", "weight": 10}
    unknown = ("forecast_on", "met_on", "credit_percent", "credited_on", "cancelled_on")
    return known | dict.fromkeys(unknown) | {"due_on": date(2022, 1, 1)} | changes


def plan(*steps: Row, baselines: list[Row] | None = None, suspensions: list[Row] | None = None) -> Portfolio:
    """A portfolio of one project with these milestones."""
    return portfolio(**tables(list(steps), baselines or [], suspensions or []))


def tables(steps: list[Row], baselines: list[Row], suspensions: list[Row]) -> dict[str, list[Row]]:
    """The same as tables; `baselines` hold `number`, `approved_on` and `frozen`: [(id, due_on, weight)]."""
    frozen = [
        {"baseline_id": b["number"] + 1, "milestone_id": i, "due_on": due, "weight": weight}
        for b in baselines
        for i, due, weight in b["frozen"]
    ]
    return {
        "agreement": [agreement(1)],
        "project": [{"id": 1, "agreement_id": 1, "division_id": 11, "opened_on": OPENED}],
        "milestone": steps,
        "baseline": [
            {"id": b["number"] + 1, "project_id": 1, "number": b["number"], "approved_on": b["approved_on"]}
            for b in baselines
        ],
        "baseline_milestone": [row | {"id": i} for i, row in enumerate(frozen, start=1)],
        "suspension": [
            {"id": i, "agreement_id": None, "project_id": None, "to_on": None} | s
            for i, s in enumerate(suspensions, start=1)
        ],
    }


def approved(*frozen: tuple[int, date, int], number: int = 0, on: date = OPENED) -> Row:
    """An approval that froze (milestone id, due, weight)."""
    return {"number": number, "approved_on": on, "frozen": list(frozen)}

"""Plans of one project, generated: days close together, so that every edge is met often."""

from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from tests.portfolio.plan_facts import step

_FIRST = date(2021, 1, 1)
_DAYS = st.integers(0, 30).map(lambda n: _FIRST + timedelta(days=n))
_MAYBE = st.none() | _DAYS
_WEIGHTS = st.sampled_from([0, 1, 7, 10, 10_000])


@st.composite
def _steps(draw: Any, number: int) -> dict[str, Any]:
    credited = draw(_MAYBE)
    return step(
        number,
        weight=draw(_WEIGHTS),
        due_on=draw(_MAYBE),
        forecast_on=draw(_MAYBE),
        met_on=draw(_MAYBE),
        credited_on=credited,
        credit_percent=draw(st.integers(1, 99)) if credited else None,
        cancelled_on=draw(_MAYBE),
    )


@st.composite
def plans(draw: Any) -> tuple[list[dict[str, Any]], list[dict[str, Any]], list[dict[str, Any]], date]:
    """Draw (milestones, baselines, suspensions, as_of) for `plan_facts.tables`."""
    count = draw(st.integers(1, 5))
    steps = [draw(_steps(number)) for number in range(1, count + 1)]
    days = sorted(draw(st.lists(_DAYS, max_size=3)))
    baselines = []
    for number, day in enumerate(days):
        held = draw(st.sets(st.integers(1, count)))
        frozen = [(i, draw(_DAYS), draw(_WEIGHTS)) for i in sorted(held)]
        baselines.append({"number": number, "approved_on": day, "frozen": frozen})
    suspensions = []
    for owner in draw(st.lists(st.sampled_from(["project_id", "agreement_id"]), max_size=2)):
        start = draw(_DAYS)
        end = draw(st.none() | st.integers(0, 20).map(lambda n: start + timedelta(days=n)))  # noqa: B023
        suspensions.append({owner: 1, "from_on": start, "to_on": end})
    return steps, baselines, suspensions, draw(_DAYS)

"""Hand-made timelines: three agreements of two counties, every state of project and milestone among them."""

from datetime import date
from typing import Any

import polars as pl

from tracker.charts.view import TimelineView
from tracker.portfolio.timeline import ROWS, TimelineFrames
from tracker.portfolio.timeline_band import BANDS
from tracker.portfolio.timeline_step import MILESTONES

AS_OF = date(2021, 6, 30)
VIEW = TimelineView(date(2020, 1, 1), date(2022, 12, 31), AS_OF, ("湖南省 2 个县",), ("截至 2021-06-30",))


def row(number: int, **changes: Any) -> dict[str, Any]:
    """A project under way: 100 days from 2021-01-01, 45 % done."""
    return {
        "row": number,
        "project_id": 100 + number,
        "project_name": "电商运营",
        "county_id": 1,
        "county_name": "醴陵市",
        "province_name": "湖南省",
        "agreement_id": 1,
        "agreement_number": "430281-2020-F-001",
        "pillar_code": "industry",
        "pillar_name": "数字兴业",
        "state": "under_way",
        "light": "green",
        "progress": 0.45,
        "planned": 0.5,
        "start_on": date(2021, 1, 1),
        "finish_on": date(2021, 4, 11),
        "slip_original_days": 10,
        "slip_current_days": 0,
        "baselines": 0,
        "ghost_from": date(2021, 1, 1),
        "ghost_to": date(2021, 4, 1),
        "current_to": date(2021, 4, 1),
        "outlives_term": False,
        "term_end_on": date(2022, 7, 16),
        "group_key": 0,
        "group_name": "",
        "group_projects": 0,
    } | changes


def bare_row(number: int, **changes: Any) -> dict[str, Any]:
    """An agreement without a project."""
    kept = (
        "row",
        "county_id",
        "county_name",
        "province_name",
        "agreement_id",
        "agreement_number",
        "group_key",
    )
    whole = row(number)
    return dict.fromkeys(whole) | {name: whole[name] for name in kept} | {"state": "no_project"} | changes


def band(row_from: int, row_to: int, **changes: Any) -> dict[str, Any]:
    """A term of three years from the Hunan summit."""
    return {
        "agreement_id": 1,
        "agreement_number": "430281-2020-F-001",
        "title": "数字县域框架合作协议",
        "status": "active",
        "signed_on": date(2020, 7, 17),
        "effective_on": date(2020, 7, 17),
        "end_on": date(2022, 7, 16),
        "row_from": row_from,
        "row_to": row_to,
        "county_id": 1,
        "group_key": 0,
        "renewal_of_id": None,
        "decision_on": None,
        "renewed_on": None,
        "renews_until": None,
    } | changes


def milestone(number: int, **changes: Any) -> dict[str, Any]:
    """A milestone met in time on row 0."""
    return {
        "milestone_id": number,
        "project_id": 100,
        "row": 0,
        "name": "运营团队到位",
        "shown_on": date(2021, 2, 1),
        "due_on": changes.get("shown_on", date(2021, 2, 1)),
        "state": "met",
        "is_key": False,
        "is_gate": False,
    } | changes


def frames(
    rows: list[dict[str, Any]],
    bands: list[dict[str, Any]] | None = None,
    milestones: list[dict[str, Any]] | None = None,
) -> TimelineFrames:
    """Typed frames of these rows."""
    return TimelineFrames(
        pl.DataFrame(rows, schema=ROWS),
        pl.DataFrame(bands or [], schema=BANDS),
        pl.DataFrame(milestones or [], schema=MILESTONES),
    )


def two_counties() -> TimelineFrames:
    """醴陵市 with a running and a paused project; 南县 with an open-ended agreement and no project yet."""
    nan = {"county_id": 2, "county_name": "南县", "agreement_id": 2, "agreement_number": "430921-2020-F-001"}
    return frames(
        [
            row(0),
            row(1, state="paused", light="grey", pillar_code="decision", pillar_name="科学决策"),
            bare_row(2, **nan),
        ],
        [
            band(0, 1),
            band(2, 2, agreement_id=2, agreement_number="430921-2020-F-001", end_on=None),
        ],
        [
            milestone(1),
            milestone(2, state="overdue", shown_on=date(2021, 3, 1), is_key=True),
            milestone(3, state="scheduled", shown_on=date(2021, 4, 11), is_gate=True),
            milestone(4, state="partially_met", shown_on=date(2021, 3, 15), is_gate=True),
            milestone(5, state="cancelled", shown_on=date(2021, 3, 20)),
        ],
    )

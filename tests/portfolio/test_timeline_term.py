"""The days on a timeline's bands: when a term renews itself, and until when that is to be decided (D2)."""

from datetime import date
from typing import Any

import pytest

from tests.portfolio.timeline_facts import DIVISIONS, PILLARS, agreement, party, portfolio
from tracker.i18n import words_in
from tracker.portfolio.timeline import TimelineChoice, timeline_frames

# Three years from 2020-07-17 end on 2023-07-16; ninety days before is 2023-04-17.
END, DEADLINE = date(2023, 7, 16), date(2023, 4, 17)


def _band(as_of: date, agreements: list[dict[str, Any]] | None = None, **changes: Any) -> dict[str, Any]:
    facts = portfolio(
        division=DIVISIONS,
        pillar=PILLARS,
        agreement=agreements or [agreement(1, **changes)],
        party=[party(1, 1, 11)],
    )
    return timeline_frames(facts, as_of, TimelineChoice(), words_in("zh_CN")).bands.row(0, named=True)


@pytest.mark.parametrize(
    ("as_of", "changes", "decision"),
    [
        (date(2023, 4, 16), {}, None),
        (DEADLINE, {}, DEADLINE),
        (END, {}, DEADLINE),
        (date(2023, 7, 17), {}, None),
        (date(2021, 6, 30), {"renewals_allowed": 1}, DEADLINE),
        (date(2023, 7, 17), {"renewals_allowed": 1}, None),
        (date(2023, 7, 17), {"renewals_allowed": 2}, date(2026, 4, 17)),
        (date(2021, 6, 30), {"renewals_allowed": 1, "notice_days": 30}, date(2023, 6, 16)),
        (date(2021, 6, 30), {"renewals_allowed": 1, "terminated_on": date(2021, 6, 1)}, None),
        (date(2021, 6, 30), {"renewals_allowed": 1, "non_renewal_notice_on": date(2021, 6, 1)}, None),
        (date(2021, 6, 30), {"term_months": None}, None),
    ],
)
def test_a_decision_is_due_where_a_term_renews_itself_or_expires(
    as_of: date, changes: dict[str, Any], decision: date | None
) -> None:
    assert _band(as_of, **changes)["decision_on"] == decision


@pytest.mark.parametrize(
    ("as_of", "renewed", "until"),
    [
        (END, None, date(2026, 7, 16)),
        (date(2023, 7, 17), date(2023, 7, 17), date(2029, 7, 16)),
        (date(2026, 7, 17), date(2026, 7, 17), None),
    ],
)
def test_a_term_that_renews_itself_knows_its_beginning_and_the_next_end(
    as_of: date, renewed: date | None, until: date | None
) -> None:
    band = _band(as_of, renewals_allowed=2)
    assert (band["renewed_on"], band["renews_until"]) == (renewed, until)

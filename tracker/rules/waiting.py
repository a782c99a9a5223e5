"""What waits for somebody: its kinds, and who has to act on it."""

from enum import StrEnum
from typing import Final

from tracker.errors import N_


class Waiting(StrEnum):
    """The kinds of what needs attention, in the order of the screen."""

    request = "request"
    review = "review"
    plan = "plan"
    light = "light"
    key = "key"
    forecast = "forecast"
    conflict = "conflict"
    term = "term"
    risk = "risk"
    override = "override"


class Actor(StrEnum):
    """Who has to act: the owner of the project or agreement, or whoever may review and approve."""

    owner = "owner"
    lead = "lead"


WAITING_NAMES: Final = {
    Waiting.request: N_("Requests for update"),
    Waiting.review: N_("Updates to review or correct"),
    Waiting.plan: N_("Plans to approve"),
    Waiting.light: N_("Red or silent projects"),
    Waiting.key: N_("Overdue key milestones"),
    Waiting.forecast: N_("Lapsed forecasts"),
    Waiting.conflict: N_("Work that outlives its term"),
    Waiting.term: N_("Agreements to decide on"),
    Waiting.risk: N_("Heavy or overdue risks"),
    Waiting.override: N_("Lights set by hand that end soon"),
}
# Our own choices: how long before it is due something is brought up.
DECISION_DAYS, OVERRIDE_DAYS = 30, 7

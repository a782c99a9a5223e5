"""The thresholds of the published rules: their defaults, their meanings and what they may be set to.

Each is an integer, so that comparing with one is exact. What is in force on a day is read by
`portfolio.threshold`.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any, Final

from tracker.errors import N_, NotANumber, Required, TrackerError
from tracker.rules.checks import raise_any


@dataclass(frozen=True)
class Thresholds:
    """The values in force on one day; made without arguments, the product's own.

    Source: published Chinese municipal rules for project lights fix the gap of 10 and 30 points, three months
    for a missed start, and two, three and six months without progress; the others are our own choice.
    """

    behind_yellow_points: int = 10
    behind_red_points: int = 30
    start_red_months: int = 3
    key_overdue_red_days: int = 30
    silence_yellow_months: int = 2
    silence_red_months: int = 3
    dormant_months: int = 6
    due_soon_days: int = 14
    blocked_days: int = 14
    override_days: int = 30
    notice_days: int = 90
    few_records: int = 10
    meeting_yellow_months: int = 6
    meeting_red_months: int = 12


NAMES: Final = tuple(field.name for field in fields(Thresholds))
DEFAULTS: Final[Mapping[str, int]] = asdict(Thresholds())

THRESHOLD_NAMES: Final = {
    "behind_yellow_points": N_("Behind plan, yellow"),
    "behind_red_points": N_("Behind plan, red"),
    "start_red_months": N_("Start missed, red"),
    "key_overdue_red_days": N_("Key milestone overdue, red"),
    "silence_yellow_months": N_("Silence, yellow"),
    "silence_red_months": N_("Silence, red"),
    "dormant_months": N_("Dormant"),
    "due_soon_days": N_("Due soon"),
    "blocked_days": N_("Blocked"),
    "override_days": N_("Light set by a person"),
    "notice_days": N_("Notice before the end of a term"),
    "few_records": N_("Few records"),
    "meeting_yellow_months": N_("Last meeting, yellow"),
    "meeting_red_months": N_("Last meeting, red"),
}
MEANINGS: Final = {
    "behind_yellow_points": N_("A project this many points behind its plan, or more, is yellow."),
    "behind_red_points": N_("A project more points behind its plan than this is red."),
    "start_red_months": N_(
        "A project not started this many months after its planned start is red; until then it is yellow."
    ),
    "key_overdue_red_days": N_(
        "A key milestone overdue for more days than this is red; from the first day it is yellow."
    ),
    "silence_yellow_months": N_("A running project without an accepted update for this long is yellow."),
    "silence_red_months": N_("A running project without an accepted update for this long is red."),
    "dormant_months": N_("A running project without an accepted update for longer than this is dormant."),
    "due_soon_days": N_("A milestone due within this many days is due soon."),
    "blocked_days": N_("A milestone due within this many days is blocked by an unmet predecessor."),
    "override_days": N_(
        "A light set by a person holds for this many days at most, the first and the last included."
    ),
    "notice_days": N_("Days of notice proposed for a new agreement; within them it is expiring."),
    "few_records": N_("A rate over fewer records than this is marked."),
    "meeting_yellow_months": N_("The relationship is yellow once the last meeting is this long ago."),
    "meeting_red_months": N_("The relationship is red once the last meeting is this long ago."),
}
# What one of each is called; the names themselves end with it, but for what is counted in records.
UNIT_NAMES: Final = {
    "points": N_("points"),
    "months": N_("months"),
    "days": N_("days"),
    "records": N_("records"),
}
_MOST: Final = {"points": 100, "months": 120, "days": 3650, "records": 1000}
# A limit of nothing would turn every light at once, or allow no override at all.
_LEAST_IS_ONE: Final = frozenset(
    {"behind_yellow_points", "start_red_months", "silence_yellow_months", "override_days", "few_records"}
    | {"meeting_yellow_months"}
)
# The first must not exceed the second: the milder warning comes first.
_IN_ORDER: Final = (
    ("behind_yellow_points", "behind_red_points"),
    ("silence_yellow_months", "silence_red_months"),
    ("silence_red_months", "dormant_months"),
    ("meeting_yellow_months", "meeting_red_months"),
)


class NoSuchThreshold(TrackerError):
    """A value for a name that is no threshold."""

    sentence = N_("There is no threshold “{name}”.")


class OutOfOrder(TrackerError):
    """A milder warning that would come after the sharper one."""

    sentence = N_("{value} is less than {milder}, the value of the milder warning before it.")


def unit_of(name: str) -> str:
    """Return what a threshold counts: a key of UNIT_NAMES."""
    return name.rpartition("_")[2]


def limits_of(name: str) -> tuple[int, int]:
    """Return the least and the most a threshold may be, both included."""
    return int(name in _LEAST_IS_ONE), _MOST[unit_of(name)]


def checked_thresholds(values: Mapping[str, Any]) -> Thresholds:
    """Return the values if they hold, each alone and together; what is left out is the default.

    Raises: InvalidInput with one problem per field.
    """
    problems = [p for name, value in values.items() for p in _problems(name, value)]
    raise_any(problems)
    checked = Thresholds(**values)
    raise_any(
        [
            OutOfOrder(field=sharper, value=getattr(checked, sharper), milder=getattr(checked, milder))
            for milder, sharper in _IN_ORDER
            if getattr(checked, milder) > getattr(checked, sharper)
        ]
    )
    return checked


def _problems(name: str, value: Any) -> list[TrackerError]:
    if name not in DEFAULTS:
        return [NoSuchThreshold(name=name)]
    if value is None or value == "":
        return [Required(field=name)]
    least, most = limits_of(name)
    # A truth is an integer to Python, and a threshold of True days would be taken for 1.
    whole = isinstance(value, int) and not isinstance(value, bool)
    return [] if whole and least <= value <= most else [NotANumber(field=name, least=least, most=most)]

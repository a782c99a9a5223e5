"""What must hold for a dependency between two milestones, and how a loop of them is told of."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from db.models.dependency import DependencyFields
from db.vocabulary import DependencyKind
from tracker.errors import N_, TrackerError
from tracker.rules.checks import not_after_today, raise_any, well_formed
from tracker.rules.working_day import FIRST_DAY, LAST_DAY, WorkingCalendar

KIND_NAMES = {
    DependencyKind.finish_to_start: N_("starts after it is finished"),
    DependencyKind.start_to_start: N_("starts after it has started"),
    DependencyKind.finish_to_finish: N_("is finished after it is finished"),
}

# A longer loop is told by its first and last milestones, and how many lie between.
_NAMED_AT_EACH_END = 3


class WaitsForItself(TrackerError):
    """A milestone as its own predecessor."""

    sentence = N_("A milestone cannot wait for itself.")


class DependencyExists(TrackerError):
    """A second dependency of a kind between the same two milestones."""

    sentence = N_("“{successor}” waits for “{predecessor}” in this way already; change that entry instead.")


class DependencyLoop(TrackerError):
    """Milestones that would wait for each other in a round."""

    sentence = N_("These {count} milestones would wait for each other in a round: {loop}.")


class LagBeyondCalendar(TrackerError):
    """A lag after which no day is left."""

    sentence = N_("With this lag the milestone would have to wait beyond the calendar, which ends on {last}.")


class NothingToWaitFor(TrackerError):
    """A predecessor that was cancelled or withdrawn."""

    sentence = N_("“{name}” was cancelled or withdrawn; nothing can wait for it.")


class NotThereYet(TrackerError):
    """A dependency from a day before both its projects are there."""

    sentence = N_("Both projects have to be there: no dependency holds before {day}.")


class AgreedLater(TrackerError):
    """Taking days away from a dependency that held on them."""

    sentence = N_(
        "It has held since {day}, and figures rest on that. If it was entered in error, withdraw it and enter"
        " it anew."
    )


class DependencyLifted(TrackerError):
    """An act on a dependency that no longer holds."""

    sentence = N_("This dependency was lifted on {day}; it stays as it was.")


class OthersWait(TrackerError):
    """Withdrawing a project or an agreement that milestones of others depend on."""

    sentence = N_(
        "Milestones elsewhere wait for this: {names}. Remove those dependencies first. If the work has"
        " ended, stop the project instead: it then stays on record with what waits for it."
    )


class OthersWaitForStep(TrackerError):
    """Removing a milestone that others depend on."""

    sentence = N_(
        "“{name}” cannot be removed, as others wait for it: {names}. Remove those dependencies first, or"
        " cancel the milestone instead: it is then ignored by what waits for it, and stays on record."
    )


class DependencyDraft(DependencyFields):
    """A dependency as a form sends it."""


@dataclass(frozen=True)
class DatedLink:
    """Who waits for whom from `agreed_on` on; from `lifted_on` on no more, None: it has not been lifted."""

    predecessor_id: int
    successor_id: int
    agreed_on: date
    lifted_on: date | None = None

    def holds_on(self, day: date) -> bool:
        """Return whether it holds on a day: the first day included, the day of lifting not."""
        return self.agreed_on <= day and (self.lifted_on is None or day < self.lifted_on)

    def holds_from(self, day: date) -> bool:
        """Return whether it holds on that day or on any later one."""
        return self.lifted_on is None or max(day, self.agreed_on) < self.lifted_on


def checked_dependency(values: dict[str, Any]) -> DependencyDraft:
    """Return the draft if its values agree. Raises: InvalidInput."""
    draft = well_formed(DependencyDraft, values)
    raise_any([WaitsForItself(field="predecessor_id")] if draft.predecessor_id == draft.successor_id else [])
    return draft


def agreed_within(agreed_on: date, first_on: date, today: date) -> list[TrackerError]:
    """Refuse a dependency from a day to come, or from one before `first_on`, when both projects are there."""
    if agreed_on < first_on:
        return [NotThereYet(field="agreed_on", day=first_on)]
    return not_after_today("agreed_on", agreed_on, today)


def loop_on_some_day(new: DatedLink, links: Iterable[DatedLink]) -> list[int]:
    """Return the milestones of a loop that `new` would close on any day on which it holds.

    `new` is not lifted. Only links that hold on one and the same day make a loop; see `loop_closed_by`.
    """
    later = [link for link in links if link.holds_from(new.agreed_on)]
    ends = (new.predecessor_id, new.successor_id)
    if not loop_closed_by(*ends, [(link.predecessor_id, link.successor_id) for link in later]):
        return []
    # A loop comes into being on the day its last link begins to hold.
    for day in sorted({new.agreed_on, *(max(new.agreed_on, link.agreed_on) for link in later)}):
        present = [(link.predecessor_id, link.successor_id) for link in later if link.holds_on(day)]
        if loop := loop_closed_by(*ends, present):
            return loop
    return []


def lag_within_calendar(
    draft: DependencyFields, day: date | None, calendar: WorkingCalendar
) -> list[TrackerError]:
    """Refuse a lag that leads from the predecessor's `day` to the calendar's edge or beyond it."""
    if day is None:
        return []
    if draft.in_working_days:
        inside = FIRST_DAY < calendar.add(day, draft.lag_days) < LAST_DAY
    else:
        inside = FIRST_DAY.toordinal() <= day.toordinal() + draft.lag_days <= LAST_DAY.toordinal()
    return [] if inside else [LagBeyondCalendar(field="lag_days", last=LAST_DAY)]


def loop_closed_by(predecessor_id: int, successor_id: int, links: Iterable[tuple[int, int]]) -> list[int]:
    """Return the milestones of the loop that a new dependency would close, the successor first.

    `links` are the present ones as (predecessor, successor); an empty list if there is no loop. Of several
    loops it is a shortest one.
    """
    outgoing = defaultdict(list)
    for before, after in sorted(links):
        outgoing[before].append(after)
    came_from = {successor_id: 0}
    for milestone in (reached := [successor_id]):
        if milestone == predecessor_id:
            return _path(came_from, milestone)
        for after in outgoing[milestone]:
            if after not in came_from:
                came_from[after] = milestone
                reached.append(after)
    return []


def _path(came_from: dict[int, int], end: int) -> list[int]:
    path = [end]
    while came_from[path[-1]]:
        path.append(came_from[path[-1]])
    return path[::-1]


def shortened(loop: Sequence[int]) -> tuple[list[int], int, list[int]]:
    """Return the milestones to name at a loop's beginning, how many are left out, and those at its end."""
    if len(loop) <= 2 * _NAMED_AT_EACH_END + 1:
        return list(loop), 0, []
    left_out = len(loop) - 2 * _NAMED_AT_EACH_END
    return list(loop[:_NAMED_AT_EACH_END]), left_out, list(loop[-_NAMED_AT_EACH_END:])


def told_loop(first: Sequence[str], left_out: int, last: Sequence[str]) -> str:
    """Return a loop as people read it, back at its beginning."""
    middle = [f"… (+{left_out}) …"] if left_out else []
    return " → ".join([*first, *middle, *last, first[0]])

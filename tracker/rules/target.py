"""How much of a target is reached: agreements signed, or landed, in a year (D4)."""

from collections.abc import Iterable
from dataclasses import dataclass

from db.models.target import TargetFields
from db.vocabulary import TargetMeasure
from tracker.errors import N_, NotANumber, TrackerError
from tracker.rules.checks import raise_any

MEASURES = (TargetMeasure.signings, TargetMeasure.landings)
MEASURE_NAMES = {TargetMeasure.signings: N_("Signings"), TargetMeasure.landings: N_("Landings")}
MOST = 100_000
FIRST_YEAR, LAST_YEAR = 1990, 2199


class NoSuchPlace(TrackerError):
    """A target typed for a region that is not there, or no longer."""

    sentence = N_("This region is not there any more. Reload the page.")


class NotACount(TrackerError):
    """A target that is no whole number within what can be stored."""

    sentence = N_("{place}: a target is a whole number from 0 to {most}.")


class TargetMoved(TrackerError):
    """A cell that somebody else set while it was typed into."""

    sentence = N_("{place}: somebody set {stored} meanwhile, and you typed {typed}.")


@dataclass(frozen=True)
class Attainment:
    """What was reached of a target; `year` is the calendar year counted, up to the day looked at."""

    measure: TargetMeasure
    year: int
    target: int
    reached: int

    @property
    def share(self) -> float | None:
        """n/target as a share of one, above 1 where more was reached; None for a target of 0."""
        return self.reached / self.target if self.target else None


class TargetDraft(TargetFields):
    """A target as the service writes it."""


@dataclass(frozen=True)
class Wish:
    """What is typed for one place and measure; a count of None takes the target away.

    `region_key` names the place as rules.region does, None all of it; `name` is how a refusal calls it.
    """

    region_key: int | None
    measure: TargetMeasure
    count: int | None
    name: str = ""


def check_wishes(year: int, wishes: Iterable[Wish]) -> None:
    """Let through a year and counts that can be stored. Raises: InvalidInput with one problem per cell."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise_any([NotANumber(field="year", least=FIRST_YEAR, most=LAST_YEAR)])
    raise_any(
        [
            NotACount(field="count", place=wish.name, most=MOST)
            for wish in wishes
            if wish.count is not None and not 0 <= wish.count <= MOST
        ]
    )

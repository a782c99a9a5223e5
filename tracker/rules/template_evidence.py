"""What past projects of a template say about the next one, and when they say enough to plan by."""

from dataclasses import dataclass

# Fewer would make one county's bad year everybody's plan.
FEWEST_PROJECTS = 3


@dataclass(frozen=True)
class StepEvidence:
    """What past projects did with one step of a template.

    `met` of `projects` met it; the days count from the project's anchor to the day it was met, pauses
    included: the median, and the quarters below and above which a fourth lies; None where nobody met it.
    `reason` is the most common reason why its forecast moved later, `reason_count` of `moves` moves.
    """

    projects: int = 0
    met: int = 0
    median_days: float | None = None
    low_days: float | None = None
    high_days: float | None = None
    reason: str = ""
    reason_count: int = 0
    moves: int = 0

    @property
    def offset_days(self) -> int | None:
        """The median as an offset from the anchor in whole days, half up; None from too few projects."""
        if self.median_days is None or self.met < FEWEST_PROJECTS:
            return None
        return max(0, int(self.median_days + 0.5))


@dataclass(frozen=True)
class TemplateEvidence:
    """What past projects of a template did: `landed` of `projects` landed (D5), and each step in order.

    `few_records` is the number under which a rate is flagged. The reason is as in `StepEvidence`.
    """

    projects: int
    landed: int
    few_records: int
    reason: str
    reason_count: int
    moves: int
    steps: tuple[StepEvidence, ...]

    @property
    def offset_days(self) -> tuple[int | None, ...]:
        """The offset of each step in order, None where too few projects met it."""
        return tuple(step.offset_days for step in self.steps)

    @property
    def offered(self) -> int:
        """How many steps have an offset from past projects; 0 means there is nothing to offer."""
        return sum(days is not None for days in self.offset_days)

    @property
    def fewest_met(self) -> int:
        """How many projects the thinnest of those offsets rests on, 0 without any."""
        return min((step.met for step in self.steps if step.offset_days is not None), default=0)

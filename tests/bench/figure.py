"""One measurement and how it is taken."""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """What was measured, its median and 95th percentile in milliseconds, and what was aimed at."""

    what: str
    median: float
    p95: float
    aim: str = ""


def timed(
    what: str,
    work: Callable[[], object],
    *,
    runs: int = 20,
    aim: str = "",
    before: Callable[[], object] = lambda: None,
) -> Figure:
    """Run `work` several times after one warm-up; `before` runs ahead of each, outside the clock."""
    seconds = []
    for _ in range(runs + 1):
        before()
        start = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - start)
    ordered = sorted(seconds[1:])
    p95 = ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))]
    return Figure(what, statistics.median(ordered) * 1000, p95 * 1000, aim)

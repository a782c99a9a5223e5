"""D12: how the dates of milestones that wait for each other follow from one another.

Days are counted from 1970-01-01, as frames store them, and everything in the loops is a plain number: tens
of thousands of dependencies then cost a fraction of a second.
"""

from collections.abc import Callable
from copy import copy
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache

import polars as pl

from db.vocabulary import DependencyKind
from tracker.rules.working_day import FIRST_DAY, LAST_DAY, WorkingCalendar

_EPOCH = date(1970, 1, 1).toordinal()
_FIRST, _LAST = FIRST_DAY.toordinal() - _EPOCH, LAST_DAY.toordinal() - _EPOCH
_SS, _FF = DependencyKind.start_to_start.value, DependencyKind.finish_to_finish.value


@dataclass(frozen=True)
class Network:
    """The milestones that dependencies join, and these in an order in which causes come before effects.

    `links` has the columns of FACTS["dependency"] and before, after: the places of both in `ids`.
    Milestones that wait for themselves in a round, or for one that does, are in `looped`; what they wait for
    is left out of `links`, as nothing follows from it.
    """

    ids: pl.Series
    links: pl.DataFrame
    looped: frozenset[int]

    @cached_property
    def places(self) -> pl.DataFrame:
        """The milestones as milestone_id, place."""
        return _placed(self.ids)

    @cached_property
    def rows(self) -> list[tuple[int, int, int, str, int, bool]]:
        """The links as id, before, after, kind, lag_days, in_working_days."""
        return self.links.select("id", "before", "after", "kind", "lag_days", "in_working_days").rows()


def network(dependencies: pl.DataFrame) -> Network:
    """Put dependencies in order; the order their rows come in does not matter."""
    ends = pl.concat([dependencies["predecessor_id"], dependencies["successor_id"].rename("predecessor_id")])
    ids = ends.unique().sort().alias("milestone_id")
    places = _placed(ids)
    links = (
        dependencies.join(places, left_on="predecessor_id", right_on="milestone_id")
        .rename({"place": "before"})
        .join(places, left_on="successor_id", right_on="milestone_id")
        .rename({"place": "after"})
        .sort("before", "id")
    )
    ranks = _ranks(len(ids), links["before"].to_list(), links["after"].to_list())
    looped = ids.filter(pl.Series(ranks, dtype=pl.Int64) < 0)
    ordered = (
        links.with_columns(rank=pl.Series(ranks, dtype=pl.Int64).gather(links["before"]))
        .filter(~pl.col("successor_id").is_in(looped.implode()))
        .sort("rank", "id")
        .drop("rank")
    )
    return Network(ids, ordered, frozenset(looped.to_list()))


def _placed(ids: pl.Series) -> pl.DataFrame:
    return pl.DataFrame([ids, pl.int_range(len(ids), eager=True).alias("place")])


def _ranks(count: int, before: list[int], after: list[int]) -> list[int]:
    """Return each milestone's turn, no earlier than those it waits for; −1 where there is none.

    `before` rises, so that what leaves one milestone stands together.
    """
    waiting, first = [0] * count, [0] * (count + 1)
    for cause, effect in zip(before, after, strict=True):
        first[cause + 1] += 1
        waiting[effect] += 1
    for place in range(count):
        first[place + 1] += first[place]
    turns = [place for place in range(count) if not waiting[place]]
    for place in turns:
        for link in range(first[place], first[place + 1]):
            effect = after[link]
            waiting[effect] -= 1
            if not waiting[effect]:
                turns.append(effect)
    ranks = [-1] * count
    for rank, place in enumerate(turns):
        ranks[place] = rank
    return ranks


def propagate(joined: Network, courses: pl.DataFrame, calendar: WorkingCalendar) -> pl.DataFrame:
    """Return milestone_id, start, finish, start_link, finish_link of every milestone of `joined.ids`.

    `courses` has a row for each of `joined.ids` in that order: start and finish (its own, null where it is
    not there: cancelled or withdrawn), days (its duration) and fixed (it has happened and moves no more).
    A link is the id of the dependency that drives the day, null for its own: between equal causes the lowest
    id drives, and its own day before any. No day goes beyond the product's calendar.
    """
    found = Days(courses)
    found.follow(joined, calendar)
    return found.frame(joined.ids, courses["start"].is_not_null())


def propagate_later(
    joined: Network, known: "Days", supposed: pl.DataFrame, calendar: WorkingCalendar
) -> pl.DataFrame:
    """Return milestone_id, start, finish as `propagate` would, of those only whose days become later.

    `known` are the days already worked out; `supposed` holds place (in `joined.ids`), start and finish of
    milestones that come later by themselves. As days only grow by dependencies, the rest follows from them
    without starting anew.
    """
    found = known.copy()
    moved = found.put_later(supposed)
    found.follow(joined, calendar, moved)
    places = [place for place, is_moved in enumerate(moved) if is_moved]
    return pl.DataFrame(
        {
            "milestone_id": joined.ids.gather(places),
            "start": [found.starts[place] for place in places],
            "finish": [found.finishes[place] for place in places],
        },
        schema=dict.fromkeys(("milestone_id", "start", "finish"), pl.Int64),
    )


class Days:
    """The days of milestones, by place, while dependencies put them later.

    They are made from `courses` as `propagate` describes them.
    """

    def __init__(self, courses: pl.DataFrame) -> None:
        there = courses["start"].is_not_null()
        self.starts = courses["start"].fill_null(0).to_list()
        self.finishes = courses["finish"].fill_null(0).to_list()
        self.days = courses["days"].to_list()
        self.there = there.to_list()
        self.moves = (there & ~courses["fixed"]).to_list()
        self.start_links = [0] * len(self.days)
        self.finish_links = [0] * len(self.days)

    def copy(self) -> "Days":
        """Return the same days, to be put later without changing these."""
        other = copy(self)
        other.starts, other.finishes = self.starts.copy(), self.finishes.copy()
        other.start_links, other.finish_links = self.start_links.copy(), self.finish_links.copy()
        return other

    def put_later(self, supposed: pl.DataFrame) -> list[bool]:
        """Put milestones later by themselves, and mark those of which the finish is supposed.

        `supposed` holds place, start and finish, each null where nothing is supposed.
        """
        moved = [False] * len(self.days)
        for place, start, finish in supposed.select("place", "start", "finish").iter_rows():
            if start is not None:
                self.starts[place] = max(self.starts[place], start)
            if finish is not None:
                self.finishes[place] = max(self.finishes[place], finish)
                moved[place] = True
        return moved

    def follow(self, joined: Network, calendar: WorkingCalendar, moved: list[bool] | None = None) -> None:
        """Go once through all dependencies; with `moved`, only what comes after those marked, marking on."""
        there, moves, later = self.there, self.moves, _lag(calendar)
        starts, finishes, days = self.starts, self.finishes, self.days
        start_links, finish_links = self.start_links, self.finish_links
        for number, before, after, kind, lag, in_working_days in joined.rows:
            # What has happened waits no more; a milestone that is not there neither waits nor is waited for.
            if not moves[after] or not there[before] or (moved and not moved[before]):
                continue
            base = starts[before] if kind == _SS else finishes[before]
            bound = later(base, lag) if in_working_days else min(max(base + lag, _FIRST), _LAST)
            if kind != _FF:
                if bound > starts[after] or (bound == starts[after] and number < start_links[after]):
                    starts[after], start_links[after] = bound, number
                    if moved:
                        moved[after] = True
                bound = min(bound + days[after], _LAST)
            if bound > finishes[after] or (bound == finishes[after] and number < finish_links[after]):
                finishes[after], finish_links[after] = bound, number
                if moved:
                    moved[after] = True

    def frame(self, ids: pl.Series, there: pl.Series) -> pl.DataFrame:
        """Return the days as `propagate` does."""
        driven = pl.col("start_link", "finish_link")
        columns = {
            "start": self.starts,
            "finish": self.finishes,
            "start_link": self.start_links,
            "finish_link": self.finish_links,
        }
        schema = {"milestone_id": pl.Int64} | dict.fromkeys(columns, pl.Int64)
        return pl.DataFrame({"milestone_id": ids, **columns}, schema=schema).with_columns(
            pl.when(there).then(pl.col("start", "finish")), pl.when(driven > 0).then(driven)
        )


# A calendar never changes, so that what was counted with it once holds for every later question.
@lru_cache(maxsize=4)
def _lag(calendar: WorkingCalendar) -> Callable[[int, int], int]:
    """Return the function that adds working days to a day; many dependencies share both."""

    @lru_cache(maxsize=200_000)
    def later(day: int, number: int) -> int:
        return calendar.add(date.fromordinal(day + _EPOCH), number).toordinal() - _EPOCH

    return later

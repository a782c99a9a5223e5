"""What a project is doing on a day."""

from datetime import date
from enum import StrEnum

import polars as pl

from tracker.errors import N_
from tracker.rules.first_match import first_match


class ProjectState(StrEnum):
    """The states of a project; the first that matches wins, in this order."""

    stopped = "stopped"
    accepted = "accepted"
    paused = "paused"
    live = "live"
    under_way = "under_way"
    not_started = "not_started"


PROJECT_STATE_NAMES = {
    ProjectState.stopped: N_("stopped"),
    ProjectState.accepted: N_("accepted"),
    ProjectState.paused: N_("paused"),
    ProjectState.live: N_("live"),
    ProjectState.under_way: N_("under way"),
    ProjectState.not_started: N_("not started"),
}


def state(as_of: date) -> pl.Expr:
    """Return the state on `as_of` as text.

    Reads stopped_on, accepted_on, paused_from (null unless as_of lies inside a suspension), live_on,
    started_on.
    """
    rules = [
        (pl.col("stopped_on") <= as_of, ProjectState.stopped),
        (pl.col("accepted_on") <= as_of, ProjectState.accepted),
        (pl.col("paused_from").is_not_null(), ProjectState.paused),
        (pl.col("live_on") <= as_of, ProjectState.live),
        (pl.col("started_on") <= as_of, ProjectState.under_way),
    ]
    return first_match(rules, ProjectState.not_started)

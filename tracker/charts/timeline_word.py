"""The timeline's states in a person's words, as columns of the frames that are drawn."""

from collections.abc import Mapping
from typing import Any

import polars as pl

from tracker.charts.placing import listed
from tracker.errors import N_
from tracker.i18n import Words
from tracker.portfolio.timeline import MET_LATE, NO_PROJECT
from tracker.rules.agreement import STATUS_NAMES
from tracker.rules.milestone import STATE_NAMES
from tracker.rules.project import PROJECT_STATE_NAMES

PROJECT_WORDS: dict[Any, str] = {**PROJECT_STATE_NAMES, NO_PROJECT: N_("no project yet")}
MILESTONE_WORDS: dict[Any, str] = {**STATE_NAMES, MET_LATE: N_("met late"), "blocked": N_("blocked")}


def project_words(frame: pl.DataFrame, words: Words) -> pl.Series:
    """Return the column `said`: each project's state in words."""
    return _said(frame, "state", PROJECT_WORDS, words)


def status_words(frame: pl.DataFrame, words: Words) -> pl.Series:
    """Return the column `said`: each agreement's status in words."""
    return _said(frame, "status", STATUS_NAMES, words)


def milestone_words(frame: pl.DataFrame, words: Words) -> pl.Series:
    """Return the column `said`: the state in words, and whether it is a key node or a landing gate."""
    _ = words.text
    key = pl.when("is_key").then(pl.lit(" · " + _("key node"))).otherwise(pl.lit(""))
    gate = pl.col("look").cast(pl.String).str.ends_with("_gate")
    landing = pl.when(gate).then(pl.lit(" · " + _("landing gate"))).otherwise(pl.lit(""))
    state = _said(frame, "state", MILESTONE_WORDS, words).cast(pl.String)
    texts = frame.select(said=state + key + landing)
    return texts.select(listed("said", texts)).to_series()


def _said(frame: pl.DataFrame, column: str, wordings: Mapping[Any, str], words: Words) -> pl.Series:
    texts = {str(name): words.text(wording) for name, wording in wordings.items()}
    said = frame.select(said=pl.col(column).cast(pl.String).replace(texts))
    return said.select(listed("said", said)).to_series()

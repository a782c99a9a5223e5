"""The timeline's states in a person's words, as columns of the frames that are drawn."""

from collections.abc import Mapping
from json import dumps
from typing import Any

import polars as pl

from tracker.charts.placing_bar import listed
from tracker.errors import N_
from tracker.i18n import Words
from tracker.portfolio.timeline import NO_PROJECT
from tracker.portfolio.timeline_step import MET_LATE
from tracker.rules.agreement import STATUS_NAMES
from tracker.rules.light import LIGHT_NAMES, Light
from tracker.rules.milestone import STATE_NAMES
from tracker.rules.project import PROJECT_STATE_NAMES, ProjectState

PROJECT_WORDS: dict[Any, str] = {**PROJECT_STATE_NAMES, NO_PROJECT: N_("no project yet")}
LIGHT_WORDS: dict[Any, str] = {**LIGHT_NAMES, Light.grey: N_("no plan"), Light.blue: N_("finished")}
MILESTONE_WORDS: dict[Any, str] = {**STATE_NAMES, MET_LATE: N_("met late"), "blocked": N_("blocked")}


def project_words(frame: pl.DataFrame, words: Words) -> pl.Series:
    """Return the column `said`: each project's state in words."""
    return _said(frame, "state", PROJECT_WORDS, words)


def light_words(frame: pl.DataFrame, words: Words) -> pl.Series:
    """Return the column `lit`: each project's light in words, empty where there is no project.

    Grey says why: the project rests, or there is no plan to judge it by. Where another day is compared with,
    a light that changed is told as it was and as it is.
    """
    texts = {str(name): words.text(wording) for name, wording in LIGHT_WORDS.items()}
    light = pl.col("light").cast(pl.String)
    rests = (light == Light.grey.value) & (pl.col("state").cast(pl.String) == ProjectState.paused.value)
    resting = pl.lit(words.text(PROJECT_STATE_NAMES[ProjectState.paused]))
    now = pl.when(rests).then(resting).otherwise(light.replace(texts)).fill_null("")
    if "light_then" in frame.columns:
        then = pl.col("light_then").cast(pl.String)
        now = pl.when(then != light).then(then.replace(texts) + " → " + now).otherwise(now)
    said = frame.select(lit=now)
    return said.select(listed("lit", said)).to_series()


def signed_days(field: str, words: Words) -> str:
    """Return the expression that writes a column of days with its sign: +186 is late, −3 early.

    The chart writes it, since a text for each row would have to be sent.
    """
    before, after = words.text("{days} d").split("{days}")
    return f"{dumps(before)} + format(datum.{field}, '+,') + {dumps(after)}"


def status_words(frame: pl.DataFrame, words: Words) -> pl.Series:
    """Return the column `said`: each agreement's status in words."""
    return _said(frame, "status", STATUS_NAMES, words)


def renewal_words(frame: pl.DataFrame, words: Words) -> pl.Series:
    """Return the column `said`: what follows a term if nothing is decided, from renews_until."""
    before, after = words.text("renews itself until {day}", day="{day}").split("{day}")
    renews = pl.lit(before) + pl.col("renews_until").dt.strftime("%Y-%m-%d") + pl.lit(after)
    return frame.select(said=renews.fill_null(words.text("expires"))).to_series()


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

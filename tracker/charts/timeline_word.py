"""The timeline's states in a person's words, as columns of the frames that are drawn."""

import polars as pl

from tracker.charts.placing import listed
from tracker.errors import N_
from tracker.i18n import Words

PROJECT_WORDS = {
    "not_started": N_("Not started"),
    "under_way": N_("Under way"),
    "finished": N_("Finished"),
    "paused": N_("Paused"),
    "stopped": N_("Stopped"),
    "no_project": N_("No project yet"),
}
MILESTONE_WORDS = {
    "cancelled": N_("Cancelled"),
    "met": N_("Met"),
    "met_late": N_("Met late"),
    "partially_met": N_("Partially met"),
    "overdue": N_("Overdue"),
    "blocked": N_("Blocked"),
    "slipping": N_("Slipping"),
    "due_soon": N_("Due soon"),
    "scheduled": N_("Scheduled"),
}
STATUS_WORDS = {
    "abandoned": N_("Abandoned"),
    "terminated": N_("Terminated"),
    "superseded": N_("Superseded"),
    "draft": N_("Draft"),
    "negotiating": N_("Negotiating"),
    "awaiting_signature": N_("Awaiting signature"),
    "signed_not_effective": N_("Signed, not yet effective"),
    "expired": N_("Expired"),
    "suspended": N_("Suspended"),
    "expiring": N_("Expiring"),
    "active": N_("Active"),
}


def project_words(frame: pl.DataFrame, words: Words) -> pl.Series:
    """Return the column `said`: each project's state in words."""
    return _said(frame, "state", PROJECT_WORDS, words)


def status_words(frame: pl.DataFrame, words: Words) -> pl.Series:
    """Return the column `said`: each agreement's status in words."""
    return _said(frame, "status", STATUS_WORDS, words)


def milestone_words(frame: pl.DataFrame, words: Words) -> pl.Series:
    """Return the column `said`: the state in words, and whether it is a key node or a landing gate."""
    _ = words.text
    key = pl.when("is_key").then(pl.lit(" · " + _("key node"))).otherwise(pl.lit(""))
    gate = pl.col("look").cast(pl.String).str.ends_with("_gate")
    landing = pl.when(gate).then(pl.lit(" · " + _("landing gate"))).otherwise(pl.lit(""))
    state = _said(frame, "state", MILESTONE_WORDS, words).cast(pl.String)
    texts = frame.select(said=state + key + landing)
    return texts.select(listed("said", texts)).to_series()


def _said(frame: pl.DataFrame, column: str, wordings: dict[str, str], words: Words) -> pl.Series:
    texts = {name: words.text(wording) for name, wording in wordings.items()}
    said = frame.select(said=pl.col(column).cast(pl.String).replace(texts))
    return said.select(listed("said", said)).to_series()

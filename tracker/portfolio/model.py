"""The Portfolio: frames of facts, shared by all people, never changed once made."""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field, fields, is_dataclass, replace
from threading import Lock
from typing import Any, Final, TypeVar

import polars as pl

T = TypeVar("T")

# The facts that figures, lists and charts need, column by column; the database holds more (notes, texts).
FACTS: Final[dict[str, tuple[str, ...]]] = {
    "division": (
        *("id", "code", "name", "name_en", "short_name", "level", "kind", "parent_id", "province_id"),
        *("valid_from", "valid_to", "grid_column", "grid_row"),
    ),
    "pillar": ("id", "code", "name_zh", "name_en", "position"),
    "unit": ("id", "code", "name_zh", "name_en", "position"),
    "signing_event": ("id", "name", "held_on", "place", "division_id"),
    "agreement": (
        *("id", "number", "kind", "title", "event_id", "opened_on", "effective_on", "term_months", "end_on"),
        *("renewals_allowed", "renewal_term_months", "notice_days", "non_renewal_notice_on", "amount_cents"),
        *("currency", "owner", "parent_id", "renewal_of_id", "terminated_on", "abandoned_on"),
    ),
    "agreement_stage": ("id", "agreement_id", "stage", "entered_on"),
    "agreement_pillar": ("id", "agreement_id", "pillar_id"),
    "party": ("id", "agreement_id", "side", "division_id", "name", "required", "signed_on", "position"),
    "supplement": ("id", "agreement_id", "number", "title", "signed_on", "effective_on", "new_end_on"),
    "suspension": ("id", "agreement_id", "project_id", "from_on", "to_on"),
    "project": (
        *("id", "agreement_id", "division_id", "pillar_id", "unit_id", "template_version_id"),
        *("name", "owner", "county_owner"),
        *("opened_on", "anchor_on", "planned_start_on", "started_on", "live_on", "accepted_on", "stopped_on"),
    ),
    "milestone": (
        *("id", "project_id", "position", "name", "weight", "is_key", "is_gate", "start_on", "due_on"),
        *("met_on", "cancelled_on", "met_recorded_on", "evidence_link", "evidence_witness"),
        "template_milestone_id",
    ),
    "forecast_change": ("id", "milestone_id", "changed_on", "old_on", "new_on", "reason_code"),
    "milestone_credit": ("id", "milestone_id", "credited_on", "percent"),
    "document": ("id", "milestone_id", "kind"),
    "dependency": (
        *("id", "predecessor_id", "successor_id", "kind", "lag_days", "in_working_days"),
        *("agreed_on", "lifted_on"),
    ),
    "baseline": ("id", "project_id", "number", "approved_on", "planned_start_on", "self_approved"),
    "baseline_milestone": (
        *("id", "baseline_id", "milestone_id", "start_on", "due_on", "weight", "is_key", "is_gate"),
    ),
    "project_update": (
        *("id", "project_id", "reported_on", "is_no_change", "reported_percent", "decision", "decided_on"),
    ),
    "update_request": ("id", "project_id", "asked_by", "asked_on", "due_on", "closed_on"),
    "risk": (
        "id",
        "project_id",
        "title",
        "likelihood",
        "impact",
        "owner",
        "due_on",
        "opened_on",
        "closed_on",
    ),
    "light_override": ("id", "project_id", "colour", "from_on", "until_on", "lifted_on", "author", "reason"),
    "plan_template_version": ("id", "template_id", "number", "progress_basis"),
    "plan_template_milestone": ("id", "template_version_id", "position"),
    "meeting": ("id", "division_id", "held_on", "next_step_on"),
    "threshold": ("id", "name", "value", "from_on"),
    "calendar_day": ("id", "day", "is_working"),
    "sales_region": ("id", "name", "name_en", "position"),
    "sales_region_division": ("id", "sales_region_id", "division_id", "from_on", "to_on"),
    "target": ("id", "division_id", "sales_region_id", "year", "measure", "count"),
}
# What belongs to a project, or to a milestone, and so is seen by those who see that.
_OF_PROJECT = ("milestone", "plan", "baseline", "project_update", "update_request", "risk", "light_override")
_OF_MILESTONE = ("forecast_change", "milestone_credit", "document")

# A day of all milestones at the national size with its timeline, and many of everything smaller.
_REMEMBERED_BYTES = 64 * 2**20


@dataclass(frozen=True)
class Portfolio:
    """All facts of one database as of one change, restricted to the divisions in `scope` (None: all).

    `facts` maps a table's name to its unarchived rows with the columns of `FACTS`, and "plan" to the rows
    `portfolio.plan` prepared from them. Figures are functions
    of a portfolio and a day; `once` keeps what they computed for as long as the facts stay the same.
    `behind` is the portfolio of all divisions that a restricted one was taken from.
    """

    database_id: str
    number: int
    facts: Mapping[str, pl.DataFrame]
    scope: frozenset[int] | None = None
    behind: "Portfolio | None" = field(default=None, compare=False, repr=False)
    _memory: OrderedDict[Hashable, tuple[Any, int]] = field(
        default_factory=OrderedDict, compare=False, repr=False
    )
    _lock: Lock = field(default_factory=Lock, compare=False, repr=False)

    def __getitem__(self, table: str) -> pl.DataFrame:
        """Return the facts of `table`."""
        return self.facts[table]

    @property
    def whole(self) -> "Portfolio":
        """All facts, for what crosses the borders of a scope: a figure must not depend on who asks."""
        return self.behind or self

    def once(self, key: Hashable, compute: Callable[[], T]) -> T:
        """Return what `compute` gave for `key`, computing it at the first asking."""
        with self._lock:
            if key in self._memory:
                self._memory.move_to_end(key)
                found: T = self._memory[key][0]
                return found
        value = compute()
        with self._lock:
            self._memory[key] = value, _size(value)
            _forget(self._memory)
        return value

    def within(self, scope: frozenset[int] | None) -> "Portfolio":
        """Return the portfolio a person with this scope may see.

        An agreement is seen if one of its county-side divisions is in scope, whole with its parties;
        of its projects only those in scope are.
        """
        if scope is None:
            return self
        ids = pl.Series("scope", sorted(scope), dtype=pl.Int64).implode()
        facts = dict(self.facts)
        seen = facts["party"].filter(pl.col("division_id").is_in(ids)).select("agreement_id").unique()
        facts["agreement"] = facts["agreement"].join(seen, left_on="id", right_on="agreement_id", how="semi")
        _keep(facts, ("party", "agreement_stage", "agreement_pillar", "supplement"), seen)
        facts["project"] = (
            facts["project"]
            .join(seen, on="agreement_id", how="semi")
            .filter(pl.col("division_id").is_in(ids))
        )
        _keep(facts, _OF_PROJECT, facts["project"].select(project_id="id"))
        milestones = facts["milestone"].select(milestone_id="id")
        _keep(facts, _OF_MILESTONE, milestones)
        _keep(facts, ("dependency",), milestones.rename({"milestone_id": "successor_id"}))
        _keep(facts, ("baseline_milestone",), facts["baseline"].select(baseline_id="id"))
        facts["meeting"] = facts["meeting"].filter(pl.col("division_id").is_in(ids))
        return replace(self, facts=facts, scope=scope, behind=self.whole, _memory=OrderedDict(), _lock=Lock())


def _keep(facts: dict[str, pl.DataFrame], tables: tuple[str, ...], seen: pl.DataFrame) -> None:
    """Restrict tables to the rows whose key is among the ids `seen`, a frame of one column."""
    for table in tables:
        facts[table] = facts[table].join(seen, on=seen.columns[0], how="semi")


def _forget(memory: OrderedDict[Hashable, tuple[Any, int]]) -> None:
    """Drop what is largest for how lately it was used until the rest fits; never the newest.

    What is large is mostly a step on the way: a page's steps must not push out its answers.
    """
    while len(memory) > 1 and sum(size for _, size in memory.values()) > _REMEMBERED_BYTES:
        ages = zip(reversed(memory), range(len(memory)), strict=True)
        key, _ = max(ages, key=lambda one: one[1] * memory[one[0]][1])
        del memory[key]


def _size(value: object) -> int:
    """Return about how many bytes the frames in a remembered value hold."""
    if isinstance(value, pl.DataFrame):
        return int(value.estimated_size())
    if is_dataclass(value):
        return sum(_size(getattr(value, part.name)) for part in fields(value))
    return sum(map(_size, value)) if isinstance(value, tuple) else 1_000

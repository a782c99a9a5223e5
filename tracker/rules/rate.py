"""D4: the rates, each with its two counts, its definition, its cohort and what it leaves out.

Page, file and command line read this one list, so that they say the same and divide the same.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from tracker.errors import N_

_SIGNED: Final = N_(
    "Agreements signed by this day, of every kind, supplementary agreements apart. Terminated, expired and"
    " superseded ones stay."
)
_APPROVED: Final = N_("Projects with an approved plan by this day. Stopped ones stay.")


@dataclass(frozen=True)
class Rate:
    """One rate: `n` and `of` name the columns of `portfolio.figures`; the texts are message ids.

    `cohort` says what N holds, `excluded` what it leaves out.
    """

    key: str
    name: str
    n: str
    of: str
    definition: str
    cohort: str
    excluded: str


@dataclass(frozen=True)
class RateValue:
    """A rate of one group: n of N and their share, None where N is 0 or nothing is recorded.

    An N below `few` is marked: one record more or less changes much.
    """

    n: int | None
    of: int | None
    few: int

    @property
    def share(self) -> float | None:
        """n/N as a share of one; a share of nothing is unknown, not zero."""
        return self.n / self.of if self.n is not None and self.of else None

    @property
    def is_few(self) -> bool:
        """Whether N is small, but not nothing."""
        return self.of is not None and 0 < self.of < self.few


RATES: Final = (
    Rate(
        "contact",
        N_("Contact rate"),
        "counties_contacted",
        "counties",
        N_("Counties with a meeting or a signed agreement by this day, of the counties in scope."),
        N_("County-level divisions in scope that exist on this day."),
        N_("Prefectures and provinces that are parties themselves are left out."),
    ),
    Rate(
        "signing",
        N_("Signing rate"),
        "counties_signed",
        "counties_contacted",
        N_("Counties with a signed agreement by this day, of the counties contacted."),
        N_("Counties with a meeting or a signed agreement by this day, whatever became of it."),
        N_("Prefectures and provinces that are parties themselves are left out."),
    ),
    Rate(
        "decomposition",
        N_("Decomposition rate"),
        "agreements_decomposed",
        "agreements_signed",
        N_("Signed agreements with at least one project whose plan is approved, of all signed."),
        _SIGNED,
        N_("Agreements not signed yet are left out, whatever their projects."),
    ),
    Rate(
        "performance",
        N_("Performance rate"),
        "agreements_performed",
        "agreements_signed",
        N_("Signed agreements with at least one project started, of all signed."),
        _SIGNED,
        N_("Obligations are not recorded yet, so that only projects count."),
    ),
    Rate(
        "landing",
        N_("Landing rate"),
        "agreements_landed",
        "agreements_signed",
        N_("Signed agreements with at least one landed project, of all signed."),
        _SIGNED,
        N_(
            "A project lands when every landing gate of its plan is met with evidence;"
            " without gates it cannot."
        ),
    ),
    Rate(
        "start",
        N_("Start rate"),
        "projects_approved_started",
        "projects_approved",
        N_("Projects started, of those with an approved plan."),
        _APPROVED,
        N_("Projects without an approved plan are left out, started or not."),
    ),
    Rate(
        "due_start",
        N_("Due start rate"),
        "projects_due_started",
        "projects_due",
        N_("Projects started, of those whose planned start has come."),
        N_("Projects whose planned start is this day or before, with or without a plan. Stopped ones stay."),
        N_("Projects without a planned start are left out."),
    ),
    Rate(
        "go_live",
        N_("Go-live rate"),
        "projects_approved_live",
        "projects_approved",
        N_("Projects live, of those with an approved plan."),
        _APPROVED,
        N_("Projects without an approved plan are left out, live or not."),
    ),
    Rate(
        "upgrade",
        N_("Upgrade rate"),
        "frameworks_upgraded",
        "frameworks",
        N_("Framework agreements followed by a signed specific agreement or contract, of all frameworks."),
        N_("Framework agreements signed by this day. Terminated and expired ones stay."),
        N_("Letters of intent are left out, and so is what follows a renewal."),
    ),
    Rate(
        "funds",
        N_("Funds in place rate"),
        "funds_arrived",
        "funds_committed",
        N_("Money arrived, of the money committed."),
        N_("Commitments recorded by this day."),
        N_("Neither is recorded yet."),
    ),
)


def rate_value(row: Mapping[str, Any], rate: Rate, few: int) -> RateValue:
    """Return a rate of one row of figures; an N below `few` is marked."""
    return RateValue(row[rate.n], row[rate.of], few)

"""The stages of the funnel, what each counts, and the rate of D4 that it is."""

from enum import StrEnum
from typing import Final

from tracker.errors import N_
from tracker.rules.rate import RATES, Rate


class Unit(StrEnum):
    """What a stage counts: the funnel goes from counties to agreements to projects."""

    counties = "counties"
    agreements = "agreements"
    projects = "projects"


_BY_KEY: Final = {rate.key: rate for rate in RATES}
STAGE_RATES: Final[dict[str, tuple[Rate, Unit]]] = {
    "contacted": (_BY_KEY["contact"], Unit.counties),
    "signed": (_BY_KEY["signing"], Unit.counties),
    "decomposed": (_BY_KEY["decomposition"], Unit.agreements),
    "performing": (_BY_KEY["performance"], Unit.agreements),
    "landed": (_BY_KEY["landing"], Unit.agreements),
    "live": (_BY_KEY["go_live"], Unit.projects),
}
STAGE_NAMES: Final = {
    "contacted": N_("Contacted"),
    "signed": N_("Signed"),
    "decomposed": N_("Turned into projects"),
    "performing": N_("Performing"),
    "landed": N_("Landed"),
    "live": N_("Live"),
}
UNIT_NAMES: Final = {
    Unit.counties: N_("counties"),
    Unit.agreements: N_("agreements"),
    Unit.projects: N_("projects"),
}

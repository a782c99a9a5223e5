"""What the map of the provinces can show, and which figures it divides."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from tracker.errors import N_


class TileMeasure(StrEnum):
    """The measures of the map, in the order they are offered."""

    landing = "landing"
    signed = "signed"
    lights = "lights"
    overdue = "overdue"
    coverage = "coverage"


MEASURE_NAMES: Final[Mapping[TileMeasure, str]] = {
    TileMeasure.landing: N_("Landing rate"),
    TileMeasure.signed: N_("Agreements signed"),
    TileMeasure.lights: N_("Lights"),
    TileMeasure.overdue: N_("Milestones overdue"),
    TileMeasure.coverage: N_("Counties contacted"),
}
# What n and N are, said where the map stands.
MEASURE_DEFINITIONS: Final[Mapping[TileMeasure, str]] = {
    TileMeasure.landing: N_("Signed agreements with at least one landed project, of all signed."),
    TileMeasure.signed: N_("Agreements signed, of those opened; terminated and expired ones stay."),
    TileMeasure.lights: N_("Projects that are red, of all that have a light; the bar shows every light."),
    TileMeasure.overdue: N_("Unmet milestones past their due day in the plan in force, of all uncancelled."),
    TileMeasure.coverage: N_("Counties with a meeting or a signed agreement, of all counties that exist."),
}
# n and N as columns of `portfolio.figures`.
MEASURE_COLUMNS: Final[Mapping[TileMeasure, tuple[str, str]]] = {
    TileMeasure.landing: ("agreements_landed", "agreements_signed"),
    TileMeasure.signed: ("agreements_signed", "agreements"),
    TileMeasure.lights: ("light_red", "projects_lit"),
    TileMeasure.overdue: ("milestones_overdue", "milestones"),
    TileMeasure.coverage: ("counties_contacted", "counties"),
}

"""Divisions: what a search answers with, and whether and under which name each existed on a day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from tracker.errors import N_, TrackerError
from tracker.rules.division_key import Fit, Way

LEVELS: Final = ("county", "prefecture", "province")
SHORT_FORMS: Final = frozenset({"short_form", "common_abbreviation"})
# The same division under another name; a merged or split one was another division.
_RENAMED = frozenset({"renamed_same_code", "status_changed", "renamed_or_merged_into_new"})

KIND_NAMES: Final = {
    "县": N_("county (县)"),
    "市辖区": N_("city district"),
    "县级市": N_("county-level city"),
    "自治县": N_("autonomous county"),
    "旗": N_("banner"),
    "自治旗": N_("autonomous banner"),
    "林区": N_("forestry district"),
    "特区": N_("special district"),
    "地级市": N_("prefecture-level city"),
    "自治州": N_("autonomous prefecture"),
    "地区": N_("prefecture (地区)"),
    "盟": N_("league"),
}

Sentence = tuple[str, dict[str, Any]]


@dataclass(frozen=True, slots=True)
class DivisionFacts:
    """What the search knows of a division. The two years are inclusive; None is unknown or still valid."""

    id: int
    code: str
    name: str
    name_en: str
    short_name: str
    level: str
    kind: str
    parent_id: int | None
    province_id: int | None
    valid_from: int | None
    valid_to: int | None


@dataclass(frozen=True, slots=True)
class FormerName:
    """A former or short name or former code that leads to a division."""

    division_id: int
    code: str
    name: str
    relation: str
    valid_from: int | None
    valid_to: int | None
    ambiguous: bool


@dataclass(frozen=True, slots=True)
class AreaFacts:
    """A statistics-only area: recognised so that it can be explained, never taken for a division."""

    id: int
    code: str
    name: str
    parent_id: int | None


@dataclass(frozen=True, slots=True)
class DivisionMatch:
    """One answer to a search.

    `division` is None for a statistics-only area, whose code and name are then in `area`. `former` is the
    former name or code that was typed; an ambiguous one never decides by itself.
    """

    division: DivisionFacts | None
    area: AreaFacts | None
    former: FormerName | None
    prefecture: DivisionFacts | None
    province: DivisionFacts | None
    way: Way
    fit: Fit

    @property
    def must_choose(self) -> bool:
        """Whether a person has to decide, since the text does not name one division."""
        return self.division is None or (self.former is not None and self.former.ambiguous)

    @property
    def remark(self) -> Sentence | None:
        """What has to be said beside the match, as a message and its values."""
        if self.division is None:
            return N_("Statistics-only area, not a division: choose its county."), {}
        former = self.former
        if former is None or former.relation in SHORT_FORMS:
            return None
        values = {"name": former.name, "code": former.code, "year": former.valid_to}
        if former.name == self.division.name:
            return N_("formerly code {code}, until {year}"), values
        if former.relation == "split":
            return N_("part of what was {name} until {year}: choose"), values
        if former.ambiguous:
            return N_("formerly {name} until {year}; others bear this name: choose"), values
        return N_("formerly {name} until {year}"), values


@dataclass(frozen=True, slots=True)
class TermMatches:
    """One of several texts typed together, with what it may mean."""

    term: str
    matches: list[DivisionMatch]

    @property
    def sure(self) -> DivisionMatch | None:
        """The one division the term names beyond doubt, or None."""
        exact = [m for m in self.matches if m.fit is Fit.exact]
        same = [m for m in exact if m.way == exact[0].way]
        return same[0] if len(same) == 1 and not same[0].must_choose else None


class NotYetCreated(TrackerError):
    """A division is named on a day before it was created; its years are known, its days are not."""

    sentence = N_("{name} did not exist on {day}: it was created in {created}.")


class AlreadyAbolished(TrackerError):
    """A division is named on a day after it was abolished."""

    sentence = N_("{name} did not exist any more on {day}: it was abolished in {abolished}.")


class CalledOtherwise(TrackerError):
    """A division is named on a day on which it bore another name."""

    sentence = N_("On {day}, {name} was still called {former}.")


def doubt_about(division: DivisionFacts, formers: Iterable[FormerName], day: date) -> TrackerError | None:
    """Return what to warn of when something on `day` names the division, as an error that is only shown."""
    name = division.name
    if division.valid_from and day.year < division.valid_from:
        return NotYetCreated(name=name, day=day, created=division.valid_from)
    if division.valid_to and day.year > division.valid_to:
        return AlreadyAbolished(name=name, day=day, abolished=division.valid_to)
    for former in formers:
        # Within the year of the change either name may be right.
        then = (former.valid_from or day.year) <= day.year < (former.valid_to or 0)
        if then and former.relation in _RENAMED and former.name != name:
            return CalledOtherwise(name=name, day=day, former=former.name)
    return None

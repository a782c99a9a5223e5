"""The search index over all divisions, for people who type names, codes, pinyin or former names."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

from tracker.errors import TrackerError
from tracker.rules.division import (
    LEVELS,
    SHORT_FORMS,
    AreaFacts,
    DivisionFacts,
    DivisionMatch,
    FormerName,
    TermMatches,
    doubt_about,
)
from tracker.rules.division_key import Fit, KeyText, Way, folded, name_keys

_SEPARATORS = re.compile(r"[,，、;；|/\n\r\t]+")
_Rank = tuple[int, bool, int, int, str]


@dataclass(frozen=True)
class DivisionIndex:
    """All divisions, former names and statistics-only areas, ready for search; never changed once made."""

    divisions: Sequence[DivisionFacts]
    formers: Sequence[FormerName] = ()
    areas: Sequence[AreaFacts] = ()
    by_id: dict[int, DivisionFacts] = field(init=False, repr=False)
    _targets: list[DivisionMatch] = field(init=False, repr=False, default_factory=list)
    _texts: list[KeyText] = field(init=False, repr=False, default_factory=list)

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_id", {d.id: d for d in self.divisions})
        words: list[tuple[str, int, Way]] = []
        codes: list[tuple[str, int, Way]] = []
        for owner, (target, code, keys) in enumerate(self._sources):
            self._targets.append(target)
            words += [(key, owner, way) for key, way in keys.items()]
            if code:
                codes.append((code, owner, Way.code))
        self._texts.extend((KeyText(words), KeyText(codes)))

    def find(
        self,
        text: str,
        levels: Sequence[str] = LEVELS,
        limit: int = 20,
        within: Collection[int] | None = None,
    ) -> list[DivisionMatch]:
        """Return what `text` may mean, the likeliest first: each division once.

        Exact before beginning before part; present names before former ones; then in the order of `levels`
        (areas last), then by code. `within` restricts divisions to these ids. A text may name the
        province or prefecture as well (湖南省株洲市醴陵市, nanxian hunan). Abolished divisions are not found
        under their own entry, but under their successors.
        """
        typed = folded(text)
        if typed.isdigit() and len(typed) == 12:
            typed = typed[:6]  # the statistical code of a county ends in six zeros
        found = self._found(typed, levels, limit, within)
        if not found and len(typed) > 2:
            found = self._found_below_parents(typed, levels, limit, within)
        return found[:limit]

    def find_many(
        self,
        text: str,
        levels: Sequence[str] = LEVELS,
        limit: int = 20,
        within: Collection[int] | None = None,
    ) -> list[TermMatches]:
        """Return the meanings of each of several texts typed or pasted together, in their order."""
        return [
            TermMatches(term, self.find(term, levels, limit, within))
            for piece in _SEPARATORS.split(text)
            for term in self._terms(piece.strip(), levels)
        ]

    def parents(self, division_id: int) -> tuple[DivisionFacts | None, DivisionFacts | None]:
        """Return the prefecture and the province that a division lies in, None where it has none."""
        division = self.by_id.get(division_id)
        return self._region(division.parent_id) if division else (None, None)

    def formers_of(self, division_id: int) -> list[FormerName]:
        """Return the former and short names that lead to a division, the newest first."""
        return self._formers_by_id.get(division_id, [])

    def successors_of(self, division: DivisionFacts) -> list[DivisionFacts]:
        """Return the present divisions that an abolished one went into."""
        if division.valid_to is None:
            return []
        ids = {f.division_id for f in self.formers if (f.code, f.name) == (division.code, division.name)}
        return [d for d in self.divisions if d.id in ids and d.valid_to is None]

    def doubt(self, division_id: int, day: date) -> TrackerError | None:
        """Return what to warn of when something on `day` names this division."""
        division = self.by_id.get(division_id)
        return doubt_about(division, self.formers_of(division_id), day) if division else None

    def below(self, codes: Collection[str]) -> frozenset[int]:
        """Return the ids of the divisions with these codes and of all within them, abolished ones too."""
        tops = {d.id for d in self.divisions if d.code in codes}
        return frozenset(d.id for d in self.divisions if tops & {d.id, d.parent_id, d.province_id})

    @cached_property
    def _formers_by_id(self) -> dict[int, list[FormerName]]:
        kept: dict[int, list[FormerName]] = defaultdict(list)
        for former in sorted(self.formers, key=lambda f: (-(f.valid_to or 9999), f.code)):
            kept[former.division_id].append(former)
        return dict(kept)

    @cached_property
    def _parent_keys(self) -> list[tuple[str, frozenset[int]]]:
        """Every text that names a province or prefecture, the longest first, with the ids below it."""
        below: dict[int | None, set[int]] = defaultdict(set)
        for division in self.divisions:
            below[division.parent_id].add(division.id)
            below[division.province_id].add(division.id)
        keys = [
            (key, frozenset(below[target.division.id]))
            for target, _, own in self._sources
            if target.division and target.former is None and target.division.level != "county"
            for key, way in own.items()
            if way <= Way.latin and len(key) > 1
        ]
        return sorted(keys, key=lambda k: -len(k[0]))

    @cached_property
    def _sources(self) -> list[tuple[DivisionMatch, str, Mapping[str, Way]]]:
        """What can be found, its code, and the texts that name it."""
        present = [d for d in self.divisions if d.valid_to is None]
        ids = {d.id for d in present}
        return [
            *((self._target(d, None), d.code, _keys_of(d)) for d in present),
            *(self._former_source(former) for former in self.formers if former.division_id in ids),
            *((self._area(area), area.code, {folded(area.name): Way.full_name}) for area in self.areas),
        ]

    def _former_source(self, former: FormerName) -> tuple[DivisionMatch, str, Mapping[str, Way]]:
        division = self.by_id[former.division_id]
        keys: Mapping[str, Way] = {} if former.name == division.name else name_keys(former.name)
        return self._target(division, former), former.code, keys

    def _area(self, area: AreaFacts) -> DivisionMatch:
        return DivisionMatch(None, area, None, *self._region(area.parent_id), Way.full_name, Fit.exact)

    def _target(self, division: DivisionFacts, former: FormerName | None) -> DivisionMatch:
        region = self._region(division.parent_id)
        return DivisionMatch(division, None, former, *region, Way.full_name, Fit.exact)

    def _region(self, parent_id: int | None) -> tuple[DivisionFacts | None, DivisionFacts | None]:
        parent = self.by_id.get(parent_id or 0)
        if parent is None or parent.level == "province":
            return None, parent
        return parent, self.by_id.get(parent.province_id or 0)

    def _terms(self, piece: str, levels: Sequence[str]) -> list[str]:
        """Split a piece at its blanks where it means nothing as a whole but each part does."""
        parts = piece.split()
        if len(parts) < 2 or self.find(piece, levels, 1):
            return [piece] if piece else []
        return parts if all(self.find(part, levels, 1) for part in parts) else [piece]

    def _found(
        self, typed: str, levels: Sequence[str], limit: int, within: Collection[int] | None
    ) -> list[DivisionMatch]:
        if not typed:
            return []
        text = self._texts[typed.isdigit()]
        best: dict[tuple[str, int], tuple[_Rank, DivisionMatch, Way, Fit]] = {}
        self._collect(text.beginning(typed), best, levels, within)
        if len(best) < limit and len(typed) > 1 and not typed.isdigit():
            self._collect(text.containing(typed), best, levels, within)
        ranked = sorted(best.values(), key=lambda b: b[0])[:limit]
        return [replace(target, way=way, fit=fit) for _, target, way, fit in ranked]

    def _collect(
        self,
        hits: Iterator[tuple[int, Way, Fit]],
        best: dict[tuple[str, int], tuple[_Rank, DivisionMatch, Way, Fit]],
        levels: Sequence[str],
        within: Collection[int] | None,
    ) -> None:
        for owner, way, fit in hits:
            target = self._targets[owner]
            division, area = target.division, target.area
            if division is not None:
                if division.level not in levels or (within is not None and division.id not in within):
                    continue
                is_former = target.former is not None and target.former.relation not in SHORT_FORMS
                rank = (fit.value, is_former, levels.index(division.level), way.value, division.code)
                key = ("division", division.id)
            elif area is not None:
                rank, key = (fit.value, True, len(levels), way.value, area.code), ("area", area.id)
            if key not in best or rank < best[key][0]:
                best[key] = (rank, target, way, fit)

    def _found_below_parents(
        self, typed: str, levels: Sequence[str], limit: int, within: Collection[int] | None
    ) -> list[DivisionMatch]:
        """Find what is left when the name of a province or prefecture before or after is taken away."""
        for key, inside in self._parent_keys:
            rest = typed.removeprefix(key) if typed.startswith(key) else typed.removesuffix(key)
            if rest and rest != typed:
                narrowed = inside if within is None else inside & frozenset(within)
                found = self._found(rest, levels, limit, narrowed)
                found = [m for m in found if m.division is not None]
                found = found or self._found_below_parents(rest, levels, limit, narrowed)
                if found:
                    return found
        return []


def _keys_of(division: DivisionFacts) -> Mapping[str, Way]:
    keys = name_keys(division.name, division.name_en)
    return {**keys, folded(division.short_name): Way.full_name} if division.short_name else keys

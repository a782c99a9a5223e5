"""What a newer list of divisions does to the registry: kept, renamed, recoded, merged, split or new.

A code alone never says that two divisions are the same, since codes are used again: the name, or a former
name that leads from one to the other, must agree as well.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from db.reference.registry_list import CONTINUING, ListedDivision, ListedName
from tracker.rules.division import DivisionFacts
from tracker.rules.division_key import stem_of


@dataclass(frozen=True, slots=True)
class Continued:
    """A division that goes on as the same record, as the new list describes it.

    `until` is the year up to which it had its former name or code.
    """

    before: DivisionFacts
    after: ListedDivision
    until: int
    told: bool
    moved: bool

    @property
    def renamed(self) -> bool:
        """Whether the new list gives another name."""
        return self.before.name != self.after.name

    @property
    def recoded(self) -> bool:
        """Whether the new list gives another code."""
        return self.before.code != self.after.code


@dataclass(frozen=True, slots=True)
class Abolished:
    """A division that ended in the year `until`, and the codes of those that took it over."""

    before: DivisionFacts
    until: int
    successors: tuple[str, ...]


@dataclass(frozen=True)
class RegistryChange:
    """All that applying a list would do, or did."""

    as_of: date
    previous: str
    continued: Sequence[Continued]
    abolished: Sequence[Abolished]
    new: Sequence[ListedDivision]

    @property
    def altered(self) -> list[Continued]:
        """The divisions that go on under another name or code, or below another parent."""
        return [c for c in self.continued if c.renamed or c.recoded or c.moved]

    @property
    def unexplained(self) -> list[Abolished]:
        """The divisions that the list leaves out without saying what became of them."""
        return [a for a in self.abolished if not a.successors]


def compare(
    known: Sequence[DivisionFacts],
    listed: Sequence[ListedDivision],
    names: Sequence[ListedName],
    *,
    as_of: date,
    previous: str = "",
) -> RegistryChange:
    """Return what the newer list does to the divisions `known` that are not abolished."""
    return _Comparison(known, listed, names, as_of).change(previous)


class _Comparison:
    """Pairs known divisions with listed ones, the surest ways first."""

    def __init__(
        self,
        known: Sequence[DivisionFacts],
        listed: Sequence[ListedDivision],
        names: Sequence[ListedName],
        as_of: date,
    ) -> None:
        self.known, self.listed, self.as_of = known, listed, as_of
        self.codes = {d.id: d.code for d in known}
        self.ended = _endings(names)
        self.merged = _mergers(names)
        self.pairs: dict[str, DivisionFacts] = {}
        self.left: dict[int, DivisionFacts] = {d.id: d for d in known}

    def change(self, previous: str) -> RegistryChange:
        self._pair_by_code()
        self._pair_by_former_name()
        self._pair_by_place(str)
        self._pair_by_place(stem_of)
        return RegistryChange(
            as_of=self.as_of,
            previous=previous,
            continued=[self._continued(self.pairs[d.code], d) for d in self.listed if d.code in self.pairs],
            abolished=[self._abolished(d) for d in self.left.values()],
            new=[d for d in self.listed if d.code not in self.pairs],
        )

    def _pair(self, before: DivisionFacts, code: str) -> None:
        self.pairs[code] = before
        del self.left[before.id]

    def _pair_by_code(self) -> None:
        by_code = {d.code: d for d in self.known}
        elsewhere = {(d.name, d.level.value, d.province_code) for d in self.listed if d.code not in by_code}
        for after in self.listed:
            before = by_code.get(after.code)
            if before is None or before.level != after.level.value:
                continue
            ending = self.ended.get((before.code, before.name))
            moved_away = (before.name, before.level, self._province(before)) in elsewhere
            told = ending is not None and ending.relation in CONTINUING and after.code in ending.current_codes
            if before.name == after.name or told or (ending is None and not moved_away):
                self._pair(before, after.code)

    def _pair_by_former_name(self) -> None:
        open_codes = {d.code for d in self.listed} - self.pairs.keys()
        claims = {
            d.id: ending.current_codes[0]
            for d in self.left.values()
            if (ending := self.ended.get((d.code, d.name))) is not None
            and ending.relation in CONTINUING
            and len(ending.current_codes) == 1
            and ending.current_codes[0] in open_codes
            and (ending.current_codes[0], ending.valid_to) not in self.merged
        }
        claimants = Counter(claims.values())
        for division_id, code in claims.items():
            if claimants[code] == 1:
                self._pair(self.left[division_id], code)

    def _pair_by_place(self, called: Callable[[str], str]) -> None:
        """Pair what is called alike in the same province, where the lists do not tell what became of it."""
        before: dict[tuple[str, str, str], list[DivisionFacts]] = defaultdict(list)
        after: dict[tuple[str, str, str], list[str]] = defaultdict(list)
        for division in self.left.values():
            if (division.code, division.name) not in self.ended:
                before[called(division.name), division.level, self._province(division)].append(division)
        for entry in self.listed:
            if entry.code not in self.pairs:
                after[called(entry.name), entry.level.value, entry.province_code].append(entry.code)
        for key, divisions in before.items():
            if len(divisions) == 1 and len(after[key]) == 1:
                self._pair(divisions[0], after[key][0])

    def _province(self, division: DivisionFacts) -> str:
        return self.codes.get(division.province_id or 0, "")

    def _continued(self, before: DivisionFacts, after: ListedDivision) -> Continued:
        ending = self.ended.get((before.code, before.name))
        until = ending.valid_to if ending and ending.valid_to else self.as_of.year
        parent = self.codes.get(before.parent_id or 0, "")
        return Continued(before, after, until, told=ending is not None, moved=parent != after.parent_code)

    def _abolished(self, before: DivisionFacts) -> Abolished:
        ending = self.ended.get((before.code, before.name))
        until = ending.valid_to if ending and ending.valid_to else self.as_of.year
        present = {d.code for d in self.listed}
        successors = tuple(c for c in ending.current_codes if c in present) if ending else ()
        return Abolished(before, max(until, before.valid_from or until), successors)


def _endings(names: Iterable[ListedName]) -> Mapping[tuple[str, str], ListedName]:
    """Return (code, name) → how it ended; of several endings the last."""
    return {(n.code, n.name): n for n in sorted(names, key=lambda n: n.valid_to or 0) if n.code}


def _mergers(names: Iterable[ListedName]) -> set[tuple[str, int | None]]:
    """Return the (code, year) at which several divisions went into one."""
    formers: dict[tuple[str, int | None], set[str]] = defaultdict(set)
    for name in names:
        for code in name.current_codes:
            if name.valid_to and name.relation in {
                "renamed_or_merged_into_new",
                "merged_into_existing",
                "split",
            }:
                formers[code, name.valid_to].add(name.code)
    return {merger for merger, codes in formers.items() if len(codes) > 1}

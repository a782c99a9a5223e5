"""Numbers of agreements: readable, never used again. `430281-2020-F-001`, a supplement's `…-S1`."""

from collections.abc import Iterable

from db.vocabulary import AgreementKind

_LETTERS = {
    AgreementKind.intent: "I",
    AgreementKind.framework: "F",
    AgreementKind.specific: "S",
    AgreementKind.contract: "C",
}


def number_prefix(division_code: str, year: int, kind: AgreementKind) -> str:
    """Return what the numbers of a division's agreements of one kind and year begin with."""
    return f"{division_code}-{year}-{_LETTERS[kind]}-"


def next_number(prefix: str, used: Iterable[str]) -> str:
    """Return the number after the highest one `used`, archived ones included, so that none comes back."""
    return f"{prefix}{_highest(prefix, used) + 1:03}"


def next_supplement_number(agreement_number: str, used: Iterable[str]) -> str:
    """Return the number of an agreement's next supplementary agreement; `used` as in `next_number`."""
    prefix = f"{agreement_number}-S"
    return f"{prefix}{_highest(prefix, used) + 1}"


def _highest(prefix: str, used: Iterable[str]) -> int:
    endings = (number.removeprefix(prefix) for number in used if number.startswith(prefix))
    return max((int(ending) for ending in endings if ending.isdigit()), default=0)

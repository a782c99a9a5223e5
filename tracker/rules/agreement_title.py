"""What an agreement is called when nobody typed a title."""

from collections.abc import Sequence

from db.vocabulary import AgreementKind
from tracker.errors import N_
from tracker.i18n import Words

KIND_NAMES = {
    AgreementKind.intent: N_("letter of intent"),
    AgreementKind.framework: N_("framework agreement"),
    AgreementKind.specific: N_("specific agreement"),
    AgreementKind.contract: N_("contract"),
}
_NAMES_SHOWN = 3
_LONGEST = 300


def default_title(counties: Sequence[str], partners: Sequence[str], kind: AgreementKind, words: Words) -> str:
    """Return the usual title: who with whom, and the kind."""
    title = words.text(
        N_("{counties} and {partners}: {kind}"),
        counties=_listed(counties, words),
        partners=_listed(partners, words),
        kind=words.text(KIND_NAMES[kind]),
    )
    return title[:_LONGEST]


def title_for_one(typed: str, county: str) -> str:
    """Return the title of one of several agreements that were given one title together."""
    return f"{typed[: _LONGEST - len(county) - 2]}（{county}）"


def _listed(names: Sequence[str], words: Words) -> str:
    shown = words.text(N_(", ")).join(names[:_NAMES_SHOWN])
    more = len(names) - _NAMES_SHOWN
    return words.text(N_("{names} and {count} more"), names=shown, count=more) if more > 0 else shown

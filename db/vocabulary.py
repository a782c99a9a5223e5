"""The closed vocabularies that rows may hold, and the one normaliser of typed text.

The members' values are what is stored; a database constraint repeats each of them.
"""

import unicodedata
from enum import StrEnum


class DivisionLevel(StrEnum):
    """Where a division stands in the administrative tree."""

    province = "province"
    prefecture = "prefecture"
    county = "county"


class AgreementKind(StrEnum):
    """The kinds of agreement, weakest commitment first."""

    intent = "intent"
    framework = "framework"
    specific = "specific"
    contract = "contract"


class Stage(StrEnum):
    """The dated stages people set while an agreement is not signed."""

    draft = "draft"
    negotiating = "negotiating"
    awaiting_signature = "awaiting_signature"


class Side(StrEnum):
    """Whom a party stands for."""

    county = "county"
    partner = "partner"


class OffsetUnit(StrEnum):
    """The unit of a template milestone's distance from its anchor."""

    day = "day"
    month = "month"


class EvidenceKind(StrEnum):
    """What proves that a milestone was met."""

    document = "document"
    photo = "photo"
    link = "link"
    acceptance_form = "acceptance_form"
    attendance_list = "attendance_list"
    data_report = "data_report"
    system_screenshot = "system_screenshot"
    witness = "witness"


class DocumentKind(StrEnum):
    """What a stored document is to its owner."""

    scan = "scan"
    supplement = "supplement"
    evidence = "evidence"
    other = "other"


class DependencyKind(StrEnum):
    """What of the successor waits for what of the predecessor (D12)."""

    finish_to_start = "FS"
    start_to_start = "SS"
    finish_to_finish = "FF"


class SlipReason(StrEnum):
    """Why a forecast was changed: who or what held it up."""

    county = "county"
    partner = "partner"
    own_unit = "own_unit"
    funding = "funding"
    approval = "approval"
    supply = "supply"
    weather = "weather"
    scope = "scope"
    other = "other"


class Decision(StrEnum):
    """What became of something put before another person."""

    accepted = "accepted"
    returned = "returned"
    withdrawn = "withdrawn"


class RequestOutcome(StrEnum):
    """How a request for update ended."""

    answered = "answered"
    withdrawn = "withdrawn"


class Colour(StrEnum):
    """The colours a person may set a project's light to."""

    green = "green"
    yellow = "yellow"
    red = "red"


class ProgressBasis(StrEnum):
    """What a project's actual progress rests on (D8)."""

    milestones = "milestones"
    reported = "reported"


class TargetMeasure(StrEnum):
    """What a target counts: agreements signed, or agreements landed, in a year."""

    signings = "signings"
    landings = "landings"


class RoleName(StrEnum):
    """The roles by name, as in tracker.permissions.Role."""

    viewer = "viewer"
    editor = "editor"
    lead = "lead"
    administrator = "administrator"


# Bidirectional controls reorder the text around them, on other people's screens too.
_BIDI_CONTROLS = dict.fromkeys([0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)])
_ZERO_WIDTH = dict.fromkeys([0x200B, 0x2060, 0xFEFF])


def clean_text(text: str) -> str:
    """Return `text` as every engine stores it alike: NFC, no NUL, control, surrogate or bidi control.

    Line breaks and tabs survive; a zero-width joiner too, since emoji and some scripts need it.
    """
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    text = text.translate(_BIDI_CONTROLS).translate(_ZERO_WIDTH)
    return "".join(c for c in text if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cs")).strip()

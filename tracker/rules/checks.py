"""Checks that drafts of every kind share: each collects a problem beside its field."""

from collections.abc import Callable
from datetime import date
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from tracker.errors import (
    DateOutOfRange,
    EndBeforeStart,
    InTheFuture,
    InvalidInput,
    NotANumber,
    ReasonRequired,
    Required,
    TooLong,
    TrackerError,
)

M = TypeVar("M", bound=BaseModel)


def well_formed(model: type[M], values: dict[str, Any]) -> M:
    """Return `values` as a `model`, cleaned. Raises: InvalidInput with one problem per field."""
    try:
        return model.model_validate(values)
    except ValidationError as error:
        raise InvalidInput([_problem(dict(e)) for e in error.errors()]) from error


def raise_any(problems: list[TrackerError]) -> None:
    """Raise all problems together, if there are any. Raises: InvalidInput."""
    if problems:
        raise InvalidInput(problems)


def not_after_today(field: str, day: date | None, today: date) -> list[TrackerError]:
    """A fact cannot be dated after today."""
    return [InTheFuture(field=field, day=day)] if day and day > today else []


def in_order(field: str, start: date | None, end: date | None) -> list[TrackerError]:
    """A period must not end before it starts; `field` is the end's."""
    return [EndBeforeStart(field=field, start=start, end=end)] if start and end and end < start else []


def reason_given(reason: str, field: str = "reason") -> str:
    """Return the reason without blanks around it. Raises: ReasonRequired."""
    if not reason.strip():
        raise ReasonRequired(field=field)
    return reason.strip()


def _too_long(field: str, error: dict[str, Any]) -> TrackerError:
    return TooLong(field=field, limit=error["ctx"]["max_length"], length=len(str(error["input"])))


# A text behind a cleaning step is told of as a sequence, a bare one as a string.
_PROBLEMS: dict[str, Callable[[str, dict[str, Any]], TrackerError]] = {
    "missing": lambda field, _: Required(field=field),
    "string_too_short": lambda field, _: Required(field=field),
    "too_short": lambda field, _: Required(field=field),
    "string_too_long": _too_long,
    "too_long": _too_long,
}


def _problem(error: dict[str, Any]) -> TrackerError:
    field = str(error["loc"][0]) if error["loc"] else ""
    kind = str(error["type"])
    if kind in _PROBLEMS:
        return _PROBLEMS[kind](field, error)
    if error.get("input") in (None, ""):
        return Required(field=field)
    if "date" in kind or (kind == "value_error" and isinstance(error.get("input"), date)):
        return DateOutOfRange(field=field)
    limits = _LIMITS.get(field, (0, 10**9))
    return NotANumber(field=field, least=limits[0], most=limits[1])


_LIMITS = {
    "term_months": (1, 1200),
    "renewal_term_months": (1, 1200),
    "renewals_allowed": (0, 99),
    "notice_days": (0, 3650),
    "weight": (0, 10_000),
    "start_offset": (0, 10_000),
    "offset": (0, 10_000),
    "credit_percent": (1, 99),
    "lag_days": (-3650, 3650),
    "reported_percent": (0, 100),
    "likelihood": (1, 5),
    "impact": (1, 5),
}

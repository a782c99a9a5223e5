"""What waits, said in a sentence, and who has to act on it."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from pages.components.context import _
from pages.components.record_names import actor_name
from pages.components.text import plain
from tracker.errors import N_
from tracker.rules.agreement import Status
from tracker.rules.light import LIGHT_MARKS, LIGHT_NAMES, TEST_NAMES, Light, LightTest
from tracker.rules.risk import EXPOSURE_NAMES, exposure
from tracker.rules.waiting import Actor, Waiting

Row = Mapping[str, Any]


def actor_told(row: Row) -> str:
    """Return who has to act, as plain text."""
    if row["actor"] == Actor.lead:
        return _("a lead")
    return row["owner"] or _("no owner is named")


def waiting_told(row: Row, *, markdown: bool = False) -> str:
    """Return what waits, of a row of `read_waiting`, as plain text or as Markdown."""
    kind, subject = Waiting(row["kind"]), row["subject"] or ""
    shown: Callable[[str], str] = plain if markdown else str
    said = dict(row) | {"subject": shown(subject), "who": shown(actor_name(subject))}
    if kind in _LIGHTS:
        light = Light(row[_LIGHTS[kind]])
        said["light"] = f"{LIGHT_MARKS[light]} {_(LIGHT_NAMES[light])}"
    return _LONGER[kind](said) if kind in _LONGER else _(_MESSAGES[kind], **said)


# The column in which these kinds have a light, which is shown with its shape and name.
_LIGHTS: Final = {Waiting.light: "subject", Waiting.override: "code"}
_MESSAGES: Final = {
    Waiting.plan: N_("{who} proposed to change the plan on {day}"),
    Waiting.key: N_("“{subject}” is overdue by {days} days"),
    Waiting.forecast: N_("“{subject}” was forecast for {day} and is not met"),
    Waiting.conflict: N_("ends {detail} days after its term, which ends on {day}"),
    Waiting.override: N_("{light}, set by {who} until {day}"),
}


def _request(row: Row) -> str:
    told = [_("{who} asked for an update by {day}", **row)]
    told += [_("overdue by {days} days", **row)] if row["days"] > 0 else []
    told += [_("an answer waits for review")] if row["code"] == "answered" else []
    return " · ".join(told)


def _review(row: Row) -> str:
    if row["code"] == "returned":
        return _("returned on {day}, waits for a correction", **row)
    return _("the update of {day} waits for review", **row)


def _light(row: Row) -> str:
    tests = [test for test in (row["code"] or "").split(",") if test]
    told = [row["light"]] + [_(TEST_NAMES[LightTest(test)]) for test in tests if test != LightTest.silence]
    if LightTest.silence in tests:
        told.append(_("dormant since {day}", **row) if row["detail"] else _("silent since {day}", **row))
    return " · ".join(told if tests else [*told, _("set by a person")])


def _term(row: Row) -> str:
    if row["code"] == Status.expiring:
        return _("expiring: ends on {day}", **row)
    return _("decide on the renewal by {day}", **row)


def _risk(row: Row) -> str:
    grade = _(EXPOSURE_NAMES[exposure(row["detail"])])
    told = [_("“{subject}”: {detail}, {grade}", grade=grade, **row)]
    told += [_("overdue by {days} days", **row)] if (row["days"] or 0) > 0 else []
    return " · ".join(told)


_LONGER: Final[Mapping[Waiting, Callable[[Row], str]]] = {
    Waiting.request: _request,
    Waiting.review: _review,
    Waiting.light: _light,
    Waiting.term: _term,
    Waiting.risk: _risk,
}

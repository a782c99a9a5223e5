"""What can change between two reviews, and the sentence that tells each change aloud."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, Final

from tracker.errors import N_
from tracker.i18n import Words
from tracker.rules.light import LIGHT_NAMES, TEST_NAMES, Light, LightTest


class ChangeKind(StrEnum):
    """The kinds of change, in the order they are told: what was won, what went wrong, what is moving."""

    signed = "signed"
    landed = "landed"
    turned_green = "turned_green"
    turned_red = "turned_red"
    pushed_out = "pushed_out"
    lapsed = "lapsed"
    terminated = "terminated"
    expired = "expired"


CHANGE_NAMES: Final = {
    ChangeKind.signed: N_("Newly signed"),
    ChangeKind.landed: N_("Projects newly landed"),
    ChangeKind.turned_green: N_("Turned green"),
    ChangeKind.turned_red: N_("Turned red"),
    ChangeKind.pushed_out: N_("Milestones put off"),
    ChangeKind.lapsed: N_("Forecasts lapsed"),
    ChangeKind.terminated: N_("Agreements terminated"),
    ChangeKind.expired: N_("Agreements expired"),
}
# The same in a sentence that counts them all.
CHANGE_COUNTS: Final = {
    ChangeKind.signed: N_("{count} newly signed"),
    ChangeKind.landed: N_("{count} projects landed"),
    ChangeKind.turned_green: N_("{count} turned green"),
    ChangeKind.turned_red: N_("{count} turned red"),
    ChangeKind.pushed_out: N_("{count} milestones put off"),
    ChangeKind.lapsed: N_("{count} forecasts lapsed"),
    ChangeKind.terminated: N_("{count} terminated"),
    ChangeKind.expired: N_("{count} expired"),
}
# What is counted under each name, so that a count can be checked against the lists.
CHANGE_DEFINITIONS: Final = {
    ChangeKind.signed: N_("Agreements that every required party has signed since."),
    ChangeKind.landed: N_("Projects whose landing gates were all met since, with evidence."),
    ChangeKind.turned_green: N_("Projects that are green and had another light then."),
    ChangeKind.turned_red: N_("Projects that are red and were not then; those opened since belong to them."),
    ChangeKind.pushed_out: N_(
        "Unmet milestones expected later than they were then, by a forecast or a re-baseline. What merely"
        " went by is overdue, and not here."
    ),
    ChangeKind.lapsed: N_("Unmet milestones whose forecast has gone by since."),
    ChangeKind.terminated: N_("Agreements that were terminated since."),
    ChangeKind.expired: N_("Agreements whose term ended since, without a renewal in force."),
}
_SENTENCES: Final = {
    ChangeKind.signed: N_("{place} signed “{title}” ({number}) on {day}."),
    ChangeKind.turned_green: N_("“{project}” in {place} turned green; it was {was} before."),
    ChangeKind.pushed_out: N_(
        "“{milestone}” of “{project}” in {place} was put off by {days} days, from {was_on} to {day}."
    ),
    ChangeKind.lapsed: N_("“{milestone}” of “{project}” in {place} was forecast for {day} and is not met."),
    ChangeKind.terminated: N_("“{title}” ({number}) with {place} was terminated on {day}."),
    ChangeKind.expired: N_("“{title}” ({number}) with {place} expired on {day}."),
}


def change_sentence(row: Mapping[str, Any], words: Words) -> str:
    """Return one row of `portfolio.review_change` as a sentence; what people typed stands in it as typed."""
    kind = ChangeKind(row["kind"])
    told = {
        "title": row["title"] or "",
        "number": row["number"] or "",
        "project": row["project"] or "",
        "milestone": row["milestone"] or "",
        "place": _place(row, words),
        "days": words.number(row["days"]),
        "day": words.long_date(row["on"]) if row["on"] else "",
        "was_on": words.long_date(row["was_on"]) if row["was_on"] else "",
        "was": words.text(LIGHT_NAMES[Light(row["was"])]) if kind.value == "turned_green" else "",
    }
    if kind is ChangeKind.landed:
        return words.text(_landed(row), **told)
    if kind is ChangeKind.turned_red:
        return _turned_red(row, words, told)
    return words.text(_SENTENCES[kind], **told)


def change_counts(counts: Mapping[str, int], words: Words) -> str:
    """Return how often each kind occurs, in one clause; empty without any."""
    told = [
        words.text(message, count=words.number(counts[kind]))
        for kind, message in CHANGE_COUNTS.items()
        if counts.get(kind)
    ]
    return ("，" if words.is_chinese else ", ").join(told)


def _landed(row: Mapping[str, Any]) -> str:
    if row["days"] is None:
        return N_("“{project}” in {place} landed on {day}.")
    return N_("“{project}” in {place} landed on {day}, {days} days after signing.")


def _turned_red(row: Mapping[str, Any], words: Words, told: Mapping[str, Any]) -> str:
    """Tell the new red with the tests that make it so; without any, a person set it."""
    because = [words.text(TEST_NAMES[LightTest(test)]) for test in row["because"].split(",") if test]
    reasons = ("、" if words.is_chinese else ", ").join(because) or words.text(N_("set by a person"))
    if not row["was"]:
        return words.text(
            N_("“{project}” in {place}, opened since, is red: {reasons}."), reasons=reasons, **told
        )
    was = words.text(LIGHT_NAMES[Light(row["was"])])
    message = N_("“{project}” in {place} turned red; it was {was} before: {reasons}.")
    return words.text(message, **{**told, "was": was, "reasons": reasons})


def _place(row: Mapping[str, Any], words: Words) -> str:
    """Return the first counties of a record and how many more there are, or where it has none, a dash."""
    named = words.name(row["counties"] or "", row["counties_en"] or "") or "–"
    if not row["more_counties"]:
        return named
    return words.text("{places} and {count} more", places=named, count=words.number(row["more_counties"]))

"""The lists of a briefing: lights with their reasons, what changed, what slipped, and what lies ahead."""

from collections.abc import Sequence
from typing import Any

import polars as pl

from tracker.errors import N_
from tracker.exchange.briefing_edition import Edition
from tracker.exchange.briefing_figure import light_counts, light_word
from tracker.exchange.paper import Column, Listing, Section, Table
from tracker.i18n import Words
from tracker.permissions import LOCAL_ADMINISTRATOR
from tracker.portfolio.briefing import Briefing
from tracker.portfolio.expiry import Decision, Outcome
from tracker.rules.forecast import SLIP_REASON_NAMES, SlipReason
from tracker.rules.light import Light
from tracker.rules.light_sentence import LightTold, light_reason, told_tests
from tracker.rules.milestone import STATE_NAMES, MilestoneState
from tracker.rules.region import sales_region_id
from tracker.rules.review_change import CHANGE_NAMES, ChangeKind, change_sentence

_LISTED = [Light.red.value, Light.yellow.value, Light.grey.value]
_WARNING = (Light.red.value, Light.yellow.value)
_NAMED = 3
_DECISIONS = {
    Decision.made.value: N_("decision made"),
    Decision.due.value: N_("decision due"),
    Decision.missed.value: N_("decision missed"),
}
_OUTCOMES = {
    Outcome.renewal_signed.value: N_("renewal signed"),
    Outcome.renews.value: N_("renews itself"),
    Outcome.refused.value: N_("ends: renewal was refused"),
    Outcome.renewal_prepared.value: N_("ends: renewal in preparation"),
    Outcome.ends.value: N_("ends unless renewed"),
}


def lights(told: Briefing, edition: Edition) -> Section:
    """Return the light list: red, yellow and grey projects, why, and what would turn each green."""
    _ = edition.words.text
    rows = told.lights.filter(pl.col("light").is_in(_LISTED))
    shown = rows.head(edition.most_rows).to_dicts()
    columns = (
        Column(_("Light"), 1.1),
        Column(_("County"), 1.2),
        Column(_("Project"), 1.7),
        Column(_("Owner"), 1.0),
        Column(_("Why"), 3.0),
        Column(_("What would turn it green"), 2.6),
    )
    listed = Table(
        _("Red, yellow and without a plan: {count}", count=edition.words.number(rows.height)),
        columns,
        tuple(_light(row, told, edition.words) for row in shown),
        tuple(row["light"] for row in shown),
        edition.rest(len(shown), rows.height, "Projects"),
    )
    # A slide has the counts in its chart, with their words and changes.
    counts = () if edition.is_deck and edition.charts.lights else (light_counts(told, edition.words),)
    tables = (*counts, *((listed,) if shown else ()))
    none = () if shown else (_("No project is red, yellow or without a plan."),)
    return Section(_("Lights"), none, edition.charts.lights, tables=tables)


def changes(told: Briefing, edition: Edition) -> Section:
    """Return what changed within the month, kind by kind, as sentences that can be read aloud."""
    _ = edition.words.text
    kinds = [kind for kind in ChangeKind if kind is not ChangeKind.pushed_out]
    heading = _("What changed since {day}", day=told.month.before_on)
    return Section(heading, listings=tuple(_changed(told, kind, edition) for kind in kinds))


def slips(told: Briefing, edition: Edition) -> Section:
    """Return the milestones put off within the month, each with the reason given last."""
    words, _ = edition.words, edition.words.text
    pushed = _(
        "{n}/{total} milestones were pushed out of {period}",
        n=words.number(told.pushed),
        total=words.number(told.stood),
        period=f"{told.month.month_on:%Y-%m}",
    )
    columns = (
        Column(_("Milestone"), 1.9),
        Column(_("Project"), 1.8),
        Column(_("County"), 1.2),
        Column(_("Stood at"), 1.1),
        Column(_("Stands now"), 1.1),
        Column(_("Moved, days"), 0.8, is_number=True),
        Column(_("Last reason"), 1.2),
    )
    rows = tuple(_slip(row, words) for row in told.slips.head(edition.most_rows).iter_rows(named=True))
    title = _(
        "Milestones put off since {day}: {count}",
        day=told.month.before_on,
        count=words.number(told.slips.height),
    )
    table = Table(title, columns, rows, rest=edition.rest(len(rows), told.slips.height, "Overview"))
    if not rows:
        return Section(_("Slips"), (title, pushed))
    return Section(_("Slips"), (pushed,), tables=(table,))


def ahead(told: Briefing, edition: Edition) -> Section:
    """Return the next 90 days: the key milestones due, and the agreements to decide about."""
    words, _ = edition.words, edition.words.text
    all_due = _(
        "Milestones due within 90 days: {count}, key ones: {keys}.",
        count=words.number(told.figures["milestones_ahead"]),
        keys=words.number(told.due.height),
    )
    ends = _("Agreements that end or need a decision: {count}.", count=words.number(told.ending.height))
    tables = [table for table in (_due(told, edition), _ending(told, edition)) if table.rows]
    return Section(_("The next 90 days"), (all_due, ends), tables=tuple(tables))


def _light(row: dict[str, Any], told: Briefing, words: Words) -> tuple[str, ...]:
    light = light_word(row["light"], words)
    if row["light_before"] not in (None, row["light"]):
        light += "\n" + words.text("before: {light}", light=light_word(row["light_before"], words))
    names = {"late": _names(row["late"], words), "key": _names(row["late_keys"], words)}
    tests = told_tests(row, told.limits, told.month.as_of, words, names=names)
    worst = [test for colour in _WARNING for test in tests if test.colour == colour]
    return (
        light,
        _place(row, told, words),
        "\n".join((row["project"], words.name(row["pillar"] or "", row["pillar_en"] or ""))).strip(),
        row["owner"] or "",
        "\n".join((*_set_by_hand(row, words), *_reasons(row, worst, words))),
        "\n".join([test.cure for test in worst if test.cure] or _without_plan(row, words)),
    )


def _place(row: dict[str, Any], told: Briefing, words: Words) -> str:
    """Return a project's county, below its province where the briefing is of several."""
    county, province = (words.name(row[name], row[f"{name}_en"] or "") for name in ("county", "province"))
    is_of_one = told.part.region_id is not None and sales_region_id(told.part.region_id) is None
    return county if is_of_one or province == county else f"{province}\n{county}"


def _reasons(row: dict[str, Any], worst: Sequence[LightTold], words: Words) -> list[str]:
    """Say what the tests that warn looked at; without one, why there is no colour."""
    return [test.inputs for test in worst] or [light_reason(row, words)]


def _without_plan(row: dict[str, Any], words: Words) -> list[str]:
    """Say what a project without a plan needs before any light can be told from green."""
    return [] if row["has_plan"] or row["is_paused"] else [words.text("Have a plan approved.")]


def _set_by_hand(row: dict[str, Any], words: Words) -> list[str]:
    """Say who set the light that is shown and why, and what it would be by itself."""
    if row["override_colour"] is None:
        return []
    _ = words.text
    computed = light_word(row["computed_light"], words)
    author = row["override_author"]
    who = _("local administrator") if author == LOCAL_ADMINISTRATOR.name else author
    return [
        _("set by {who} until {day}", who=who, day=row["override_until_on"]),
        _("Reason: {reason}", reason=row["override_reason"]),
        _("As computed:") + f" {computed}",
    ]


def _names(names: Sequence[str], words: Words) -> str:
    """The first few names, so that a sentence stays one, and how many more there are."""
    comma = "、" if words.is_chinese else ", "
    shown = comma.join(words.text("“{name}”", name=name) for name in names[:_NAMED])
    more = len(names) - _NAMED
    return words.text("{names}, and {count} others", names=shown, count=more) if more > 0 else shown


def _changed(told: Briefing, kind: ChangeKind, edition: Edition) -> Listing:
    words = edition.words
    rows = told.changes.filter(pl.col("kind") == kind.value)
    shown = rows.head(edition.most_lines).iter_rows(named=True)
    title = f"{words.text(CHANGE_NAMES[kind])}{'：' if words.is_chinese else ': '}{words.number(rows.height)}"
    lines = tuple(change_sentence(row, words) for row in shown)
    return Listing(title, lines, edition.rest(len(lines), rows.height, "Overview"))


def _slip(row: dict[str, Any], words: Words) -> tuple[str, ...]:
    code = row["reason_code"]
    reason = words.text(SLIP_REASON_NAMES[SlipReason(code)] if code else "re-baseline alone")
    return (
        row["milestone"] or "",
        row["project"] or "",
        words.name(row["counties"] or "", row["counties_en"] or ""),
        words.date(row["was_on"]),
        words.date(row["on"]),
        f"{row['days']:+,}",
        reason,
    )


def _due(told: Briefing, edition: Edition) -> Table:
    words, _ = edition.words, edition.words.text
    columns = (
        Column(_("Due"), 1.0),
        Column(_("Milestone"), 1.9),
        Column(_("Project"), 1.9),
        Column(_("County"), 1.2),
        Column(_("Owner"), 1.0),
        Column(_("State"), 0.9),
    )
    rows = tuple(
        (
            words.date(row["current_due_on"]),
            row["name"],
            row["project"],
            _place(row, told, words),
            row["owner"] or "",
            _(STATE_NAMES[MilestoneState(row["state"])]),
        )
        for row in told.due.head(edition.most_rows).iter_rows(named=True)
    )
    return Table(
        _("Key milestones"), columns, rows, rest=edition.rest(len(rows), told.due.height, "Milestones")
    )


def _ending(told: Briefing, edition: Edition) -> Table:
    words, _ = edition.words, edition.words.text
    columns = (
        Column(_("Agreement"), 2.6),
        Column(_("Counties"), 1.6),
        Column(_("Status"), 1.3),
        Column(_("Decide on renewal by"), 1.1),
        Column(_("Ends on"), 1.1),
        Column(_("Days left"), 0.7, is_number=True),
    )
    rows = tuple(
        (
            f"{row['title']}\n{row['number']}",
            _places(row, words),
            f"{_(_DECISIONS[row['decision']])}\n{_(_OUTCOMES[row['outcome']])}",
            words.date(row["decision_on"]),
            words.date(row["term_end_on"]),
            words.number(row["days_left"]),
        )
        for row in told.ending.head(edition.most_rows).iter_rows(named=True)
    )
    title = _("Agreements that end or need a decision")
    return Table(title, columns, rows, rest=edition.rest(len(rows), told.ending.height, "Calendar"))


def _places(row: dict[str, Any], words: Words) -> str:
    """Return the first counties of an agreement, and how many more there are."""
    comma = "、" if words.is_chinese else ", "
    places = words.name(row["counties"] or "", row["counties_en"] or "").split(comma)
    shown, more = comma.join(places[:_NAMED]), len(places) - _NAMED
    if more <= 0:
        return shown
    return words.text("{places} and {count} more", places=shown, count=words.number(more))

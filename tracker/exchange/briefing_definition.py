"""The last page of a briefing: how every figure on the pages before is counted, in the screens' own words."""

from tracker.errors import N_
from tracker.exchange.paper import Column, Section, Table
from tracker.i18n import Words
from tracker.portfolio.briefing import Briefing
from tracker.rules.figure import FIGURE_DEFINITIONS, FIGURE_NAMES
from tracker.rules.light import TEST_NAMES
from tracker.rules.light_sentence import light_rules
from tracker.rules.month import last_day
from tracker.rules.rate import RATES
from tracker.rules.review_change import CHANGE_DEFINITIONS, CHANGE_NAMES
from tracker.rules.target import MEASURE_NAMES

_TARGET = N_("Signed, or landed for the first time, within the year up to this day, of the year's target.")


def definitions(told: Briefing, words: Words) -> Section:
    """Return the definitions of rates, figures, lights and changes, a table for each."""
    _ = words.text
    figures = [(_(FIGURE_NAMES[name]), _(text)) for name, text in FIGURE_DEFINITIONS.items()]
    figures += [(_(MEASURE_NAMES[target.measure]), _(_TARGET)) for target in told.targets]
    lights = [(_(TEST_NAMES[test]), rule) for test, rule in light_rules(told.limits, words).items()]
    changes = [(_(CHANGE_NAMES[kind]), _(text)) for kind, text in CHANGE_DEFINITIONS.items()]
    return Section(
        _("Definitions"),
        (_("As of {day}", day=told.month.as_of),),
        tables=(
            _table(_("Rates"), _rates(words), words),
            _table(_("Figures"), figures, words),
            _table(_("Lights: a project has the worst of these"), lights, words),
            _table(_("What changed"), [*changes, (_("Pushed out"), _pushed_out(told, words))], words),
        ),
    )


def _rates(words: Words) -> list[tuple[str, str]]:
    _ = words.text
    gap = "" if words.is_chinese else " "
    return [
        (
            _(rate.name),
            gap.join(
                (
                    _(rate.definition),
                    _("Counted: {cohort}", cohort=_(rate.cohort)),
                    _("Left out: {excluded}", excluded=_(rate.excluded)),
                )
            ),
        )
        for rate in RATES
    ]


def _pushed_out(told: Briefing, words: Words) -> str:
    return words.text(
        "Milestones that stood between {first} and {last} when the period began, and are expected after it as"
        " of {day}: put off by a forecast or a re-baseline. What merely went by is overdue, and not here.",
        first=told.month.month_on,
        last=last_day(told.month.month_on),
        day=told.month.as_of,
    )


def _table(title: str, rows: list[tuple[str, str]], words: Words) -> Table:
    columns = (Column(words.text("Word"), 1.0), Column(words.text("Definition"), 4.5))
    return Table(title, columns, tuple(rows))

"""The figures of a briefing as tables: key figures, rates and lights, each beside the month before."""

from tracker.exchange.figure_text import NOTHING, difference, share_difference, written
from tracker.exchange.paper import Column, Section, Table
from tracker.i18n import Words
from tracker.portfolio.briefing import Briefing
from tracker.rules.figure import FIGURE_NAMES
from tracker.rules.light import LIGHT_MARKS, LIGHT_NAMES, Light
from tracker.rules.rate import RATES, RateValue, rate_value
from tracker.rules.target import MEASURE_NAMES, Attainment

# Each figure and, for a count that is one of another, that other.
KEY_FIGURES = {
    "counties_contacted": "counties",
    "counties_signed": "counties_contacted",
    "agreements_signed": "",
    "agreements_landed": "agreements_signed",
    "status_expiring": "agreements_signed",
    "projects": "",
    "projects_started": "projects",
    "projects_landed": "projects",
    "milestones_met": "milestones",
    "milestones_overdue": "milestones",
    "milestones_ahead": "milestones",
    "milestones_lapsed": "milestones",
    "planned": "",
    "actual": "",
    "deviation": "",
    "spi": "",
}
# Every Chinese font has this tick; that of the screens stands in few.
_MARKS = {**LIGHT_MARKS, Light.blue: "√"}
LIGHTS = (Light.red, Light.yellow, Light.grey, Light.green, Light.blue, Light.stopped)


def key_figures(told: Briefing, words: Words) -> Section:
    """Return the key figures: on the day, of how many, on the day compared with, and the change."""
    _ = words.text
    rows = [
        (_(FIGURE_NAMES[name]), *_compared(told, name, words, of))
        for name, of in KEY_FIGURES.items()
        # A pillar or an event has no counties of its own.
        if told.figures[name] is not None or not name.startswith("counties")
    ]
    columns = (
        Column(_("Figure"), 2.4),
        Column(words.date(told.month.as_of), is_number=True),
        Column(_("Of (N)"), is_number=True),
        Column(words.date(told.month.before_on), is_number=True),
        Column(_("Difference"), is_number=True),
    )
    coverage = _(
        "Coverage: {covered} of {projects} projects, those with an approved plan that were not stopped.",
        covered=words.number(told.figures["projects_covered"]),
        projects=words.number(told.figures["projects"]),
    )
    targets = (_target(target, words) for target in told.targets)
    return Section(_("Key figures"), (coverage, *targets), tables=(Table("", columns, tuple(rows)),))


def rates(told: Briefing, words: Words) -> Section:
    """Return every rate of D4 as n/N with its share, on both days."""
    _ = words.text
    few = told.limits.few_records
    pairs = [
        (rate, rate_value(told.figures, rate, few), rate_value(told.figures_before, rate, few))
        for rate in RATES
    ]
    rows = [
        (_(rate.name), *_rated(now, words), *_rated(before, words), _gained(now, before, words))
        for rate, now, before in pairs
    ]
    columns = (
        Column(_("Rate"), 1.8),
        Column(f"n/N {words.date(told.month.as_of)}", 1.4, is_number=True),
        Column(_("Share"), is_number=True),
        Column(f"n/N {words.date(told.month.before_on)}", 1.4, is_number=True),
        Column(_("Share"), is_number=True),
        Column(_("Difference, points"), 1.2, is_number=True),
    )
    notes = [
        _(
            "Each rate divides all records of the region by all others, never rates by rates. They are"
            " not nested: one may exceed the one before it."
        )
    ]
    if any(now.is_few or before.is_few for _rate, now, before in pairs):
        notes.append(_("* fewer than {few} cases", few=few))
    return Section(_("Rates"), tuple(notes), tables=(Table("", columns, tuple(rows)),))


def light_counts(told: Briefing, words: Words) -> Table:
    """Return how many projects stand at each light, on both days."""
    _ = words.text
    rows = [(light_word(light, words), *_compared(told, f"light_{light.value}", words)) for light in LIGHTS]
    columns = (
        Column(_("Light"), 2.0),
        Column(words.date(told.month.as_of), is_number=True),
        Column(words.date(told.month.before_on), is_number=True),
        Column(_("Difference"), is_number=True),
    )
    return Table(_("Projects by light"), columns, tuple(rows), tuple(light.value for light in LIGHTS))


def light_word(light: str, words: Words) -> str:
    """Return a light's shape and word, which tell it without its colour."""
    kind = Light(light)
    return f"{_MARKS[kind]} {words.text(LIGHT_NAMES[kind])}"


def _target(target: Attainment, words: Words) -> str:
    """Write what was reached of a year's target: Signings · Target of 2021: 12/40 · 30%."""
    pair = words.ratio(target.reached, target.target)
    share = words.percent(target.share)
    reached = f"{pair} · {share}" if share else pair
    told = words.text("Target of {year}: {reached}", year=target.year, reached=reached)
    return f"{words.text(MEASURE_NAMES[target.measure])} · {told}"


def _compared(told: Briefing, figure: str, words: Words, of: str | None = None) -> tuple[str, ...]:
    """Write a figure, what it is one of (left out for None), what it was, and the change."""
    whole = () if of is None else (words.number(told.figures[of]) if of else "",)
    return (
        written(figure, told.figures[figure], words),
        *whole,
        written(figure, told.figures_before[figure], words),
        difference(figure, told.figures_before[figure], told.figures[figure], words),
    )


def _rated(value: RateValue, words: Words) -> tuple[str, str]:
    """Write n/N, starred where N is small, and the share; not recorded and N = 0 are told apart."""
    if value.n is None or value.of is None:
        return words.text("not recorded"), NOTHING
    star = "*" if value.is_few else ""
    return words.ratio(value.n, value.of) + star, words.percent(value.share) or NOTHING


def _gained(now: RateValue, before: RateValue, words: Words) -> str:
    return share_difference(before.share, now.share, words)

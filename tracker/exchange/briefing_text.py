"""A briefing in words: what its facts say in one language, section by section, for any format."""

from tracker.exchange.briefing_definition import definitions
from tracker.exchange.briefing_edition import Edition
from tracker.exchange.briefing_figure import key_figures, light_word, rates
from tracker.exchange.briefing_list import ahead, changes, lights, slips
from tracker.exchange.figure_text import difference, written
from tracker.exchange.paper import Paper, Section
from tracker.i18n import Words
from tracker.portfolio.briefing import Briefing
from tracker.rules.light import Light
from tracker.rules.review_change import CHANGE_NAMES, ChangeKind


def briefing_paper(told: Briefing, edition: Edition) -> Paper:
    """Return the whole briefing, the definitions as its last section."""
    words = edition.words
    title = briefing_title(told, words)
    as_of = words.text("As of {day}", day=told.month.as_of)
    return Paper(
        title=title,
        lines=_lines(told, edition),
        sections=(
            _in_short(told, words),
            key_figures(told, words),
            rates(told, words),
            lights(told, edition),
            _progress(told, edition),
            slips(told, edition),
            changes(told, edition),
            ahead(told, edition),
            _timeline(edition),
        ),
        definitions=definitions(told, words),
        footer=f"{title} · {as_of}",
        language=words.language,
    )


def briefing_title(told: Briefing, words: Words) -> str:
    """Return the title: the part and the month."""
    return words.text(
        "{where}: briefing of {month}",
        where=where_text(told, words),
        month=words.month(told.month.month_on),
    )


def where_text(told: Briefing, words: Words) -> str:
    """Return the names of region, pillar and event, or all regions where the part names none."""
    return " · ".join(words.name(*pair) for pair in told.names) or words.text("All regions")


def _lines(told: Briefing, edition: Edition) -> tuple[str, ...]:
    """Say of which day the figures are, and whose knowledge they rest on."""
    _, month = edition.words.text, told.month
    lines = [_("As of {day}, compared with {before}.", day=month.as_of, before=month.before_on)]
    if not month.is_over:
        lines.append(_("The month is not over: what follows tells of it up to {day}.", day=month.as_of))
    if told.known_at:
        moment = edition.words.instant(told.known_at, edition.zone)
        lines.append(_("As known at {moment}; changes recorded later are not in it.", moment=moment))
    return tuple(lines)


def _in_short(told: Briefing, words: Words) -> Section:
    """Return what is said first, in sentences that can be read aloud."""
    sentences = [_signed(told, words), _lights(told, words), _moved(told, words), _next(told, words)]
    if told.figures["projects_covered"]:
        sentences.insert(2, _gap(told, words))
    return Section(words.text("In short"), tuple(sentences))


def _signed(told: Briefing, words: Words) -> str:
    row = told.figures
    return words.text(
        "Agreements signed: {signed} ({change} since {day}), landed: {landed}/{signed},"
        " expiring: {expiring}.",
        signed=words.number(row["agreements_signed"]),
        change=_change("agreements_signed", told, words) or words.text("no change"),
        day=told.month.before_on,
        landed=words.number(row["agreements_landed"]),
        expiring=words.number(row["status_expiring"]),
    )


def _lights(told: Briefing, words: Words) -> str:
    row = told.figures
    counts = []
    for light in (Light.red, Light.yellow, Light.grey, Light.green):
        figure = f"light_{light.value}"
        change = _change(figure, told, words)
        count = f"{light_word(light, words)} {words.number(row[figure])}"
        counts.append(f"{count} ({change})" if change else count)
    return words.text(
        "Projects: {projects}, by light: {lights}.",
        projects=words.number(row["projects"]),
        lights=("、" if words.is_chinese else ", ").join(counts),
    )


def _change(figure: str, told: Briefing, words: Words) -> str:
    """Write how much a count changed with its sign; an empty text where it did not."""
    change = difference(figure, told.figures_before[figure], told.figures[figure], words)
    return "" if change == "0" else change


def _gap(told: Briefing, words: Words) -> str:
    row = told.figures
    return words.text(
        "Actual progress {actual}, planned {planned}: deviation {points} points.",
        **{name: written(name, row[name], words) for name in ("actual", "planned")},
        points=written("deviation", row["deviation"], words),
    )


def _moved(told: Briefing, words: Words) -> str:
    """Count what changed, kind by kind."""
    counts = dict(told.changes.group_by("kind").len().iter_rows())
    comma, colon = ("；", "：") if words.is_chinese else ("; ", ": ")
    shown = (ChangeKind.landed, ChangeKind.turned_red, ChangeKind.turned_green, ChangeKind.pushed_out)
    said = comma.join(
        f"{words.text(CHANGE_NAMES[kind])}{colon}{words.number(counts.get(kind.value, 0))}" for kind in shown
    )
    return words.text("Since {day}: {changes}.", day=told.month.before_on, changes=said)


def _next(told: Briefing, words: Words) -> str:
    return words.text(
        "In the next 90 days: milestones due {count} (key ones {keys}), agreements that end or need a"
        " decision {ending}; overdue now: {overdue}.",
        count=words.number(told.figures["milestones_ahead"]),
        keys=words.number(told.due.height),
        ending=words.number(told.ending.height),
        overdue=words.number(told.figures["milestones_overdue"]),
    )


def _progress(told: Briefing, edition: Edition) -> Section:
    _ = edition.words.text
    missing = _("The curve begins with the first approved plan; no project here has one by this day.")
    sentences = (missing,) if told.curve.is_empty() else ()
    return Section(_("Planned and actual progress"), sentences, edition.charts.curve)


def _timeline(edition: Edition) -> Section:
    _, charts = edition.words.text, edition.charts
    nothing = () if charts.timeline else (_("There is no agreement to draw."),)
    return Section(_("Timeline"), nothing + ((charts.rest,) if charts.rest else ()), charts.timeline)

"""Draw the charts of a briefing as pictures: lights, S-curve, and the first pages of the timeline."""

from dataclasses import replace

from tracker.charts.curve import curve_chart
from tracker.charts.curve_heading import curve_heading
from tracker.charts.frame import WholeChart
from tracker.charts.light_mix import light_mix, light_mix_chart
from tracker.charts.picture import picture
from tracker.charts.timeline import timeline_chart
from tracker.charts.timeline_heading import Extent, timeline_heading
from tracker.charts.view import ChartView, TimelineView
from tracker.exchange.briefing_edition import Charts
from tracker.exchange.briefing_figure import LIGHTS
from tracker.exchange.briefing_text import where_text
from tracker.exchange.paper import Picture
from tracker.i18n import Words
from tracker.portfolio.briefing import Briefing
from tracker.portfolio.timeline_page import on_page, page_breaks
from tracker.rules.light import LIGHT_NAMES
from tracker.services.desk import Desk
from tracker.services.reading import portfolio_for
from tracker.services.timeline import Timeline, TimelineChoice, read_timeline, usual_period

Heading = tuple[tuple[str, ...], tuple[str, ...]]
# So many rows are read on a slide and on half a page; two pictures of them are enough for a meeting.
_ROWS, _PAGES = 18, 2
_WIDE, _NARROW = 1200, 880


def draw_charts(desk: Desk, told: Briefing, words: Words) -> Charts:
    """Return the pictures of a briefing, on white, at twice their size. Raises: NotAllowed, StorageError."""
    desk.allow("read")
    timeline = read_timeline(desk, told.month.as_of, _choice(desk, told), words)
    pages = page_breaks(timeline.frames, _ROWS)
    charts = Charts(curve=_curve(told, words), lights=_lights(told, words))
    if not pages:
        return charts
    shown = pages[:_PAGES]
    pictures = tuple(_timeline(timeline, page, told, words) for page in shown)
    rows, total = shown[-1].stop, timeline.frames.rows.height
    rest = words.text(
        "Rows {shown} of {total}, places with the worst light first; all of them stand on the page “{page}”.",
        shown=f"1–{words.number(rows)}",
        total=words.number(total),
        page=words.text("Timeline"),
    )
    return replace(charts, timeline=pictures, rest=rest if rows < total else "")


def _choice(desk: Desk, told: Briefing) -> TimelineChoice:
    """Return the timeline's own way to name the part."""
    part = told.part
    codes = dict(portfolio_for(desk)["pillar"].select("id", "code").iter_rows())
    return TimelineChoice(
        region_ids=None if part.region_id is None else frozenset({part.region_id}),
        pillar_codes=None if part.pillar_id is None else frozenset({codes[part.pillar_id]}),
        event_ids=None if part.event_id is None else frozenset({part.event_id}),
        order="light",
    )


def _curve(told: Briefing, words: Words) -> tuple[Picture, ...]:
    if told.curve.is_empty():
        return ()
    day = told.month.as_of
    heading = _known(told, curve_heading(told.curve, where_text(told, words), day, words), words)
    chart = curve_chart(told.curve, ChartView(day, *heading), words)
    return (_picture(chart, heading, _NARROW),)


def _lights(told: Briefing, words: Words) -> tuple[Picture, ...]:
    row, day = told.figures, told.month.as_of
    mix = light_mix(row, told.figures_before)
    if not (mix["count"].sum() or mix["before"].sum()):
        return ()
    counts = ("、" if words.is_chinese else ", ").join(
        f"{words.text(LIGHT_NAMES[light])} {words.number(row[f'light_{light.value}'])}"
        for light in LIGHTS
        if row[f"light_{light.value}"]
    )
    finding = words.text(
        "{where}: {projects} projects: {lights}",
        where=where_text(told, words),
        projects=words.number(row["projects"]),
        lights=counts or "–",
    )
    rests_on = words.text(
        "As of {day}; the line and the change: {before}", day=day, before=told.month.before_on
    )
    heading = _known(told, ((finding,), (rests_on,)), words)
    return (_picture(light_mix_chart(mix, ChartView(day, *heading), words), heading, _NARROW),)


def _timeline(timeline: Timeline, page: range, told: Briefing, words: Words) -> Picture:
    day = told.month.as_of
    extent = Extent(where_text(told, words), timeline.counties, timeline.agreements, timeline.in_scope)
    heading = _known(told, timeline_heading(timeline.frames, extent, day, words), words)
    view = TimelineView(*usual_period(timeline, day), day, *heading)
    return _picture(timeline_chart(on_page(timeline.frames, page), view, words), heading, _WIDE)


def _known(told: Briefing, heading: Heading, words: Words) -> Heading:
    """Add the moment looked back to, if any, so that a picture taken out of its document tells it too."""
    if told.known_at is None:
        return heading
    title, (first, *rest) = heading
    known = words.text("as known at {moment}", moment=f"{told.known_at:%Y-%m-%d %H:%M}")
    return title, (f"{first} · {known}", *rest)


def _picture(chart: WholeChart, heading: Heading, width: int) -> Picture:
    """Return a chart as a picture whose words are those of its heading."""
    return Picture(" ".join((*heading[0], *heading[1])), picture(chart, "png", width))

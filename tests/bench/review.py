"""The executives' review: each page's server time, the timeline as sent and as painted, and a briefing."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from streamlit.testing.v1 import AppTest

from tests.bench.figure import Figure, timed
from tests.bench.measures import ROOT, bytes_sent, open_app
from tests.bench.national import AS_OF
from tracker.charts.view import TimelineView
from tracker.i18n import words_in
from tracker.permissions import LOCAL_ADMINISTRATOR
from tracker.services.briefing import find_part, read_briefing
from tracker.services.briefing_file import FORMATS, make_briefing
from tracker.services.desk import Desk
from tracker.services.office import close_office, open_office
from tracker.services.timeline import TimelineChoice, page_of, read_timeline, usual_period
from tracker.settings import Settings

# Each review page and what its address holds beside the day.
PAGES: dict[str, dict[str, str]] = {
    "overview": {},
    "timeline": {},
    "regions": {},
    "landing": {},
    "due_calendar": {},
    "briefing": {},
    "signing_event": {"id": "1"},
}
_HUNAN = "湖南省"
_BAR = ".st-key-timeline svg path[aria-roledescription='bar']"


def review(path: Path) -> Iterator[Figure]:
    """Measure the review on the database at `path`, which its folder's app has open."""
    yield from _pages()
    office = open_office(Settings(home=path.parent))
    desk = Desk(LOCAL_ADMINISTRATOR, office.database, office.settings)
    yield _timeline_sent(desk)
    yield _briefing(desk)
    close_office()
    yield from _painted(path.parent)


def _pages() -> Iterator[Figure]:
    """A rerun as after any click, and one for which every figure is of another day than before."""
    app = open_app()
    for page, address in PAGES.items():
        if not (ROOT / "pages" / f"{page}.py").exists():
            continue
        app.query_params.clear()
        for name, value in (address | {"as_of": AS_OF.isoformat()}).items():
            app.query_params[name] = value
        app.switch_page(f"{page}.py")
        yield timed(f"rerun of {page} at {AS_OF}", app.run, runs=15, aim="≤ 100 ms")
        yield _another_day(app, page)
        if app.exception:
            raise RuntimeError(f"{page}: {app.exception[0].message}")


def _another_day(app: AppTest, page: str) -> Figure:
    days = iter(AS_OF - timedelta(days=n) for n in range(1, 99))

    def choose() -> None:
        app.query_params["as_of"] = next(days).isoformat()

    return timed(f"{page} at another day", app.run, runs=5, before=choose)


def _timeline_sent(desk: Desk) -> Figure:
    words = words_in("zh_CN")
    timeline = read_timeline(desk, AS_OF, TimelineChoice(), words)
    view = TimelineView(*usual_period(timeline, AS_OF), AS_OF)
    size = bytes_sent(page_of(timeline, 1), view, words) / 1000
    return Figure("timeline of a page of 50 rows, as sent (kB)", size, size, "≤ 300 kB")


def _briefing(desk: Desk) -> Figure:
    """Document, deck and PDF of a province; each run is of another day, so that nothing is remembered."""
    words = words_in("zh_CN")
    days = iter(AS_OF + timedelta(days=n) for n in range(99))

    def brief() -> None:
        told = read_briefing(desk, find_part(desk, _HUNAN), date(2021, 6, 1), next(days))
        make_briefing(desk, told, list(FORMATS), words)

    return timed("briefing of a province: document, deck and PDF", brief, runs=3, aim="≤ 5,000 ms")


def _painted(home: Path) -> Iterator[Figure]:
    """From asking for the address to a painted bar, in a window with the app's files at hand."""
    from playwright.sync_api import sync_playwright

    from tests.browser.conftest import start_server
    from tests.conftest import CHROMIUM_ARGUMENTS, chromium_path

    if (executable := chromium_path()) is None:
        return
    server = start_server(home)
    address = f"{server.url}/timeline?as_of={AS_OF}"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=CHROMIUM_ARGUMENTS)
        page = browser.new_context(viewport={"width": 1440, "height": 900}).new_page()
        yield timed("timeline of 50 rows, painted in Chromium", lambda: _open(page, address), runs=5)
        browser.close()
    server.stop()


def _open(page: Any, address: str) -> None:
    page.goto("about:blank")
    page.goto(address)
    page.locator(_BAR).first.wait_for(timeout=60_000)

"""What is measured: facts, saves, charts and the reruns of pages."""

import gc
import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date
from itertools import count
from pathlib import Path

import altair as alt
import polars as pl
from streamlit.dataframe_util import convert_anything_to_arrow_bytes
from streamlit.testing.v1 import AppTest

from db.engine import Database
from db.models import Milestone
from tests.bench.figure import Figure, timed
from tests.bench.national import AS_OF
from tracker.charts.timeline import timeline_chart
from tracker.charts.view import TimelineView
from tracker.i18n import Words, words_in
from tracker.portfolio.agreement import agreements_as_of
from tracker.portfolio.curve import curve
from tracker.portfolio.figures import Grouping, figures
from tracker.portfolio.light import lights_as_of
from tracker.portfolio.load import load_portfolio
from tracker.portfolio.model import Portfolio
from tracker.portfolio.part import Part
from tracker.portfolio.progress import progress_as_of
from tracker.portfolio.project import projects_as_of
from tracker.portfolio.propagation import propagated
from tracker.portfolio.timeline import TimelineChoice, TimelineFrames, timeline_frames
from tracker.portfolio.what_if import Supposed, what_if

ROOT = Path(__file__).parents[2]
PAGES = (
    *("overview", "timeline", "attention", "agreements", "projects", "milestones", "counties"),
    *("signing_events", "log", "history", "plan_templates", "pushed_out", "what_if", "months"),
)
_PLAIN_SQL = """
SELECT p.division_id,
       sum(CASE WHEN m.met_on <= :day THEN b.weight ELSE 0 END) * 1.0 / sum(b.weight),
       sum(CASE WHEN b.due_on < :day THEN b.weight ELSE 0 END) * 1.0 / sum(b.weight)
FROM project p JOIN baseline n ON n.project_id = p.id
JOIN baseline_milestone b ON b.baseline_id = n.id JOIN milestone m ON m.id = b.milestone_id
GROUP BY p.division_id
"""


def facts(path: Path) -> Iterator[Figure]:
    """Measure loading, refreshing and the figures, beside plain SQL on the same file."""
    database = Database(f"sqlite:///{path}")
    yield timed("first portfolio load", lambda: load_portfolio(database), runs=3)
    portfolio = load_portfolio(database)
    yield _refresh(database, portfolio)
    yield timed(
        "roll-up of planned and actual by county, from facts", lambda: _roll_up(portfolio), aim="≤ 10 ms"
    )
    with closing(sqlite3.connect(path)) as connection:
        query = lambda: connection.execute(_PLAIN_SQL, {"day": AS_OF.isoformat()}).fetchall()  # noqa: E731
        yield timed("the same roll-up in plain SQL", query, runs=5)
    yield timed("status of every agreement", lambda: agreements_as_of(_forgetful(portfolio), AS_OF))
    yield timed("state and progress of every project", lambda: projects_as_of(_forgetful(portfolio), AS_OF))
    yield timed(
        "light of every project, from facts",
        lambda: lights_as_of(_forgetful(portfolio), AS_OF),
        aim="≤ 60 ms",
    )
    yield timed(
        "dates that follow from 40,000 dependencies, from facts",
        lambda: propagated(_forgetful(portfolio), AS_OF),
        aim="≤ 200 ms",
    )
    yield _what_if(portfolio)
    yield timed(
        "all key figures by county, from facts",
        lambda: figures(_forgetful(portfolio), AS_OF, Grouping.county),
    )
    database.close()


def saves(path: Path) -> Iterator[Figure]:
    """Measure one save with its audit entry and change number, on disk with full synchronisation."""
    database = Database(f"sqlite:///{path}")
    turn = iter(range(1_000, 10_000, 7))
    yield timed(
        "one save with its audit entry", lambda: _save(database, next(turn)), runs=200, aim="≤ 3 / 10 ms"
    )
    database.close()


def charts(path: Path) -> Iterator[Figure]:
    """Measure a timeline of a thousand rows: building it, and its size as sent."""
    database = Database(f"sqlite:///{path}")
    portfolio, words = load_portfolio(database), words_in("zh_CN")
    whole = timeline_frames(portfolio, AS_OF, TimelineChoice(), words)
    everything = lambda: timeline_frames(_forgetful(portfolio), AS_OF, TimelineChoice(), words)  # noqa: E731
    yield timed("timeline frames of the nation, from facts", everything, runs=5)
    yield _curve(portfolio)
    rows = whole.rows.head(1_000)
    last = rows["row"].max()
    frames = type(whole)(
        rows,
        whole.bands.filter(pl.col("row_to") <= last),
        whole.milestones.filter(pl.col("row") <= last),
    )
    view = TimelineView(AS_OF.replace(year=2018), AS_OF.replace(year=2023), AS_OF)
    turns = count()
    # A heading of its own each time, so that no drawing is remembered.
    anew = lambda: bytes_sent(frames, replace(view, title=(f"{next(turns)}",)), words)  # noqa: E731
    yield timed("timeline of 1,000 rows, drawn and sent", anew, aim="≤ 100 ms")
    size = bytes_sent(frames, view, words) / 1000
    yield Figure("timeline of 1,000 rows, as sent (kB)", size, size, "≤ 400 kB")
    database.close()


def _curve(portfolio: Portfolio) -> Figure:
    """The S-curve of the nation where the day's projects are known already, as on the overview."""
    fresh = [portfolio]

    def forget() -> None:
        fresh[0] = _forgetful(portfolio)
        projects_as_of(fresh[0], AS_OF)

    draw = lambda: curve(fresh[0], AS_OF, Part())  # noqa: E731
    return timed("S-curve of the nation, from its projects", draw, runs=5, before=forget, aim="≤ 100 ms")


def pages(path: Path) -> Iterator[Figure]:
    """Measure a rerun of each page on the server, as the test harness runs it, without a browser."""
    app = open_app()
    for page in PAGES:
        app.switch_page(f"{page}.py")
        yield timed(f"rerun of {page}", app.run, runs=15, aim="≤ 100 ms")
        if app.exception:
            raise RuntimeError(f"{page}: {app.exception[0].message}")


def open_app() -> AppTest:
    """Open the pages as the server does: later searches for garbage leave out what is loaded by then."""
    app = AppTest.from_file(str(ROOT / "pages" / "navigation.py"), default_timeout=60).run()
    gc.collect()
    gc.freeze()
    return app


def _what_if(portfolio: Portfolio) -> Figure:
    """All of Hunan a month later, on a day whose unchanged course is remembered."""
    hunan = portfolio["division"].row(by_predicate=pl.col("code") == "430000", named=True)["id"]
    days = iter(range(30, 100))

    def ask() -> None:
        what_if(portfolio, AS_OF, date(2021, 9, 30), Supposed(region_id=hunan, shift_days=next(days)))

    return timed("what if a province's work came a month later", ask, aim="≤ 50 ms")


def bytes_sent(frames: TimelineFrames, view: TimelineView, words: Words) -> int:
    """Return the bytes a page sends for a timeline: its frames as Arrow, each once, and its specification."""
    chart = timeline_chart(frames, view, words)
    tables = {convert_anything_to_arrow_bytes(layer.data) for layer in chart.layer}
    alt.data_transformers.register("beside", lambda data: {"name": "sent beside"})
    with alt.data_transformers.enable("beside"):
        specification = json.dumps(chart.to_dict())
    return sum(map(len, tables)) + len(specification)


def _forgetful(portfolio: Portfolio) -> Portfolio:
    """Return the same facts with nothing remembered, so that figures are computed anew."""
    return Portfolio(portfolio.database_id, portfolio.number, portfolio.facts)


def _roll_up(portfolio: Portfolio) -> pl.DataFrame:
    counties = portfolio["project"].select("division_id", project_id="id")
    return (
        progress_as_of(_forgetful(portfolio), AS_OF)
        .join(counties, on="project_id")
        .group_by("division_id")
        .agg(pl.col("actual", "planned").mean())
    )


def _refresh(database: Database, portfolio: Portfolio) -> Figure:
    """An edit is saved before each run, so that every refresh finds exactly one."""
    known = [portfolio]
    edits = iter(range(1, 100))

    def refresh() -> None:
        known[0] = load_portfolio(database, known[0])

    return timed(
        "refresh after one edit", refresh, before=lambda: _save(database, next(edits)), aim="≤ 20 ms"
    )


def _save(database: Database, milestone_id: int) -> None:
    with database.transaction(actor="bench", origin="bench") as work:
        milestone = work.get(Milestone, milestone_id)
        milestone.weight += 1
        work.save(milestone)

"""Close a month: keep its figures as they are known, and restate them when corrections are recorded later."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import polars as pl

from db.models.month_close import MonthClose
from db.queries.month_close import closed_month, closed_months, withdrawn_closings
from db.transaction import Transaction
from tracker.errors import NotAllowed, NotFound
from tracker.portfolio.figures import Grouping, figures
from tracker.portfolio.model import Portfolio
from tracker.rules.checks import reason_given
from tracker.rules.figure import FIGURE_NAMES
from tracker.rules.month import (
    LaterMonthStands,
    MonthClosedAlready,
    check_closing,
    last_day,
    month_of,
    months_to_close,
    spoken,
)
from tracker.services import record
from tracker.services.desk import Desk
from tracker.services.reading import portfolio_at, portfolio_for
from tracker.services.restatement import Restatement, restate_since

_WHOLE = ""


@dataclass(frozen=True)
class ClosedMonth:
    """One closed month; `known_no` is the change its figures rest on."""

    month_on: date
    closed_on: date
    closed_by: str
    known_no: int


@dataclass(frozen=True)
class WithdrawnClosing:
    """The closing of a month that was made in error, and why it was withdrawn."""

    month: ClosedMonth
    withdrawn_at: datetime
    reason: str


@dataclass(frozen=True)
class Months:
    """The closed months, the newest first, and those that could be closed now, the first choice first.

    `withdrawn` are the closings that were withdrawn and not made anew since.
    """

    closed: tuple[ClosedMonth, ...]
    open: tuple[date, ...]
    withdrawn: tuple[WithdrawnClosing, ...] = ()


@dataclass(frozen=True)
class MonthFigures:
    """A closed month's figures: kept and now, of everything and of each province in scope.

    `rows` has key (0 for everything), label, label_en, figure, kept, known_then and now. `known_then` is
    what today's rules make of the facts of that time: where it is not `kept`, the way of counting changed.
    """

    month: ClosedMonth
    rows: pl.DataFrame

    @property
    def restated(self) -> pl.DataFrame:
        """The rows whose value is another one now."""
        return self.rows.filter(pl.col("kept").ne_missing(pl.col("now")))


def close_month(desk: Desk, month_on: date, *, token: str = "") -> None:
    """Keep the figures of a month that is over, of everything and of each province, as they are known.

    Only somebody who sees every division can close. Raises: NotAllowed, MonthNotOver, MonthClosedAlready,
    EarlierMonthOpen, LaterMonthClosed, LookingBack, StorageError.
    """
    desk.allow("month.close")
    _see_everything(desk)
    month_on = month_of(month_on)
    with desk.transaction(token=token) as work:
        if work.outcome is not None:
            return
        if found := closed_month(work.session, month_on):
            raise _closed_already(found)
        check_closing(month_on, [m.month_on for m in closed_months(work.session)], desk.today)
        # Nobody else can record anything before this change is: it holds the counter's lock.
        portfolio = portfolio_for(desk)
        month = MonthClose(
            month_on=month_on,
            closed_on=desk.today,
            closed_by=desk.person.name,
            known_no=portfolio.number,
            figures=_kept(portfolio, last_day(month_on)),
        )
        month = _in_place_of_withdrawn(work, month)
        work.outcome = [work.save(month, "month_close.closed").key]


def withdraw_month(desk: Desk, month_on: date, reason: str) -> None:
    """Withdraw the closing of the last closed month, which was made in error; it can then be closed anew.

    What it kept stays in the history. Raises: NotAllowed, NotFound, ReasonRequired, LaterMonthStands,
    LookingBack, StorageError.
    """
    desk.allow("month.close")
    _see_everything(desk)
    with desk.transaction(reason=reason_given(reason)) as work:
        found = closed_month(work.session, month_of(month_on))
        if found is None:
            raise NotFound
        newest = closed_months(work.session)[0]
        if newest.month_on != found.month_on:
            raise LaterMonthStands(later=spoken(newest.month_on))
        record.archive(work, found)


def read_months(desk: Desk) -> Months:
    """Return which months are closed and which can be. Raises: NotAllowed, StorageError."""
    desk.allow("read")
    portfolio = portfolio_for(desk)
    with desk.reading() as session:
        # A look back does not know the months that were closed since.
        closed = tuple(_told(m) for m in closed_months(session) if m.change_no <= portfolio.number)
        withdrawn = tuple(
            WithdrawnClosing(_told(m), m.archived_at, m.archive_reason)
            for m in withdrawn_closings(session)
            if m.archived_at and m.change_no <= portfolio.number
        )
    opened = portfolio["agreement"]["opened_on"].min()
    first_on = opened if isinstance(opened, date) else None
    months = [month.month_on for month in closed]
    return Months(closed, tuple(months_to_close(months, desk.today, first_on)), withdrawn)


def read_month(desk: Desk, month_on: date) -> MonthFigures:
    """Return a closed month's figures, kept and now, as far as the person's scope goes.

    Raises: NotAllowed, NotFound, StorageError.
    """
    desk.allow("read")
    stored = _stored(desk, month_on)
    day, scope = last_day(stored.month_on), desk.person.division_ids
    now = portfolio_for(desk).whole
    rows = _by_figure(stored.figures).rename({"value": "kept"})
    for name, portfolio in (("known_then", portfolio_at(desk, stored.known_no).whole), ("now", now)):
        values = _by_figure(_kept(portfolio, day)).select("key", "figure", pl.col("value").alias(name))
        rows = rows.join(values, on=["key", "figure"], how="full", coalesce=True)
    rows = _labelled(rows, now)
    if scope is not None:
        rows = rows.filter(pl.col("key").is_in(_provinces_seen(now, scope)))
    order = pl.col("figure").replace_strict({n: i for i, n in enumerate(FIGURE_NAMES)}, default=None)
    return MonthFigures(_told(stored), rows.sort("key", order))


def explain_month(desk: Desk, month_on: date, region_id: int | None = None) -> Restatement:
    """Return line by line what was recorded since a month was closed, as far as the desk knows.

    Raises: NotAllowed, NotFound, StorageError.
    """
    desk.allow("history.read")
    stored = _stored(desk, month_on)
    return restate_since(desk, stored.known_no, last_day(stored.month_on), region_id)


def _see_everything(desk: Desk) -> None:
    """The figures of a closed month are everybody's, so no scope may bound them."""
    if desk.person.division_ids is not None:
        raise NotAllowed


def _in_place_of_withdrawn(work: Transaction, month: MonthClose) -> MonthClose:
    """The row to save: a month has one, so a closing takes the place of the one withdrawn before it."""
    before = next((m for m in withdrawn_closings(work.session) if m.month_on == month.month_on), None)
    if before is None:
        return month
    for name in ("closed_on", "closed_by", "known_no", "figures", "archived_at", "archive_reason"):
        setattr(before, name, getattr(month, name))
    return before


def _closed_already(month: MonthClose) -> MonthClosedAlready:
    return MonthClosedAlready(
        month=spoken(month.month_on), closed_on=month.closed_on, who=month.closed_by, field="month_on"
    )


def _stored(desk: Desk, month_on: date) -> MonthClose:
    with desk.reading() as session:
        found = closed_month(session, month_of(month_on))
        if found is None:
            raise NotFound
        session.expunge(found)
        return found


def _told(month: MonthClose) -> ClosedMonth:
    return ClosedMonth(month.month_on, month.closed_on, month.closed_by, month.known_no)


def _kept(portfolio: Portfolio, day: date) -> dict[str, list[dict[str, Any]]]:
    """The figures as they are stored: by grouping the rows of `figures`, "" for everything."""
    return {
        _WHOLE: figures(portfolio, day).to_dicts(),
        str(Grouping.province): figures(portfolio, day, Grouping.province).to_dicts(),
    }


def _by_figure(kept: dict[str, list[dict[str, Any]]]) -> pl.DataFrame:
    """Return key, figure, value: one row a figure."""
    schema = {"key": pl.Int64, "figure": pl.String, "value": pl.Float64}
    rows = [
        (row["key"], name, value)
        for group in kept.values()
        for row in group
        for name, value in row.items()
        if name not in ("key", "label", "label_en")
    ]
    return pl.DataFrame(rows, schema=schema, orient="row")


def _labelled(rows: pl.DataFrame, portfolio: Portfolio) -> pl.DataFrame:
    """Add label and label_en, which are empty for everything."""
    names = portfolio["division"].select(key="id", label="name", label_en="name_en")
    return rows.join(names, on="key", how="left").with_columns(pl.col("label", "label_en").fill_null(""))


def _provinces_seen(portfolio: Portfolio, scope: frozenset[int]) -> list[int]:
    """The provinces that lie in the scope with all their divisions: a figure of one tells of each of them."""
    divisions = portfolio["division"].select(
        "id", province_id=pl.coalesce("province_id", pl.when(pl.col("level") == "province").then("id"))
    )
    seen = divisions.with_columns(is_seen=pl.col("id").is_in(sorted(scope)))
    whole = seen.group_by("province_id").agg(pl.col("is_seen").all()).filter("is_seen")
    return whole["province_id"].drop_nulls().to_list()

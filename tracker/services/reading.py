"""The one gate for reads of lists, charts and figures: the portfolio a person may see."""

from collections import OrderedDict
from datetime import datetime
from threading import Lock

from tracker.portfolio.known import change_at, first_recorded_at, known_portfolio
from tracker.portfolio.load import load_portfolio
from tracker.portfolio.model import Portfolio
from tracker.services.desk import Desk

_SCOPES_KEPT = 16
# Each holds what differs from the present: at the national size up to some hundred megabytes.
_KNOWN_KEPT = 3


class _Shelf:
    """One database's portfolios: the newest, earlier ones that were asked for, each restricted to scopes."""

    def __init__(self) -> None:
        self.lock, self.known_lock = Lock(), Lock()
        self.whole: Portfolio | None = None
        self.by_scope: OrderedDict[frozenset[int] | None, Portfolio] = OrderedDict()
        self.known: OrderedDict[int, OrderedDict[frozenset[int] | None, Portfolio]] = OrderedDict()


_shelves: dict[str, _Shelf] = {}


def portfolio_for(desk: Desk) -> Portfolio:
    """Return all facts within the person's scope as they are now; only what changed is fetched.

    At a desk that looks back they are those recorded by its moment. Raises: StorageError, NotAllowed.
    """
    desk.allow("read")
    if desk.known_at is not None:
        return portfolio_at(desk, change_at(desk.database, desk.known_at))
    return _present(_shelf_of(desk), desk, desk.person.division_ids)


def portfolio_at(desk: Desk, number: int) -> Portfolio:
    """Return the facts within the person's scope that had been recorded when change `number` was the last.

    Raises: StorageError, NotAllowed.
    """
    desk.allow("read")
    shelf = _shelf_of(desk)
    present = _present(shelf, desk, desk.person.division_ids)
    return present if number >= present.number else _known(shelf, desk, number, desk.person.division_ids)


def known_since(desk: Desk) -> datetime | None:
    """Return the instant of the first entry that people made, None if there is none.

    Raises: StorageError, NotAllowed.
    """
    desk.allow("read")
    return first_recorded_at(desk.database)


def _shelf_of(desk: Desk) -> _Shelf:
    return _shelves.setdefault(desk.database.url.render_as_string(hide_password=False), _Shelf())


def _present(shelf: _Shelf, desk: Desk, scope: frozenset[int] | None) -> Portfolio:
    with shelf.lock:
        fresh = load_portfolio(desk.database, shelf.whole)
        if fresh is not shelf.whole:
            if shelf.whole and _is_another(fresh, shelf.whole):
                shelf.known.clear()
            shelf.whole = fresh
            shelf.by_scope.clear()
        return _within(shelf.by_scope, fresh, scope)


def _is_another(fresh: Portfolio, known: Portfolio) -> bool:
    """Whether a backup was restored, in which the same numbers are those of other changes."""
    return fresh.database_id != known.database_id or fresh.number < known.number


def _known(shelf: _Shelf, desk: Desk, number: int, scope: frozenset[int] | None) -> Portfolio:
    # A lock of its own: whoever looks at the present does not wait for the past.
    with shelf.known_lock:
        if number not in shelf.known:
            present = shelf.whole or load_portfolio(desk.database)
            shelf.known[number] = OrderedDict({None: known_portfolio(desk.database, present, number)})
            while len(shelf.known) > _KNOWN_KEPT:
                shelf.known.popitem(last=False)
        shelf.known.move_to_end(number)
        return _within(shelf.known[number], shelf.known[number][None], scope)


def _within(
    kept: OrderedDict[frozenset[int] | None, Portfolio], whole: Portfolio, scope: frozenset[int] | None
) -> Portfolio:
    if scope is None:
        return kept.setdefault(None, whole)
    if scope not in kept:
        kept[scope] = whole.within(scope)
        while len(kept) > _SCOPES_KEPT:
            kept.pop(next(other for other in kept if other is not None))
    return kept[scope]

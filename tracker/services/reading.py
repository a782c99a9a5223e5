"""The one gate for reads of lists, charts and figures: the portfolio a person may see."""

from collections import OrderedDict
from threading import Lock

from tracker.portfolio.load import load_portfolio
from tracker.portfolio.model import Portfolio
from tracker.services.desk import Desk

_SCOPES_KEPT = 16


class _Shelf:
    """The newest portfolio of one database, and its restrictions to the scopes that asked for it."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.whole: Portfolio | None = None
        self.by_scope: OrderedDict[frozenset[int] | None, Portfolio] = OrderedDict()


_shelves: dict[str, _Shelf] = {}


def portfolio_for(desk: Desk) -> Portfolio:
    """Return all facts within the person's scope as they are now; only what changed is fetched.

    Raises: StorageError, NotAllowed.
    """
    desk.allow("read")
    shelf = _shelves.setdefault(desk.database.url.render_as_string(hide_password=False), _Shelf())
    with shelf.lock:
        fresh = load_portfolio(desk.database, shelf.whole)
        if fresh is not shelf.whole:
            shelf.whole = fresh
            shelf.by_scope.clear()
        scope = desk.person.division_ids
        if scope not in shelf.by_scope:
            shelf.by_scope[scope] = fresh.within(scope)
            while len(shelf.by_scope) > _SCOPES_KEPT:
                shelf.by_scope.popitem(last=False)
        return shelf.by_scope[scope]

"""A page that somebody else's save made stale offers a newer one."""

from datetime import date

from streamlit.testing.v1 import AppTest

from tests.agreement_samples import logged
from tests.pages.list_screen import look
from tracker.services.desk import Desk
from tracker.services.freshness import newest_change
from tracker.services.signing_event import hold_signing_event


def _offer(drawn: tuple[str, int]) -> AppTest:
    """Draw what the page's clock draws some time after the page was."""

    def watch(drawn: tuple[str, int]) -> None:
        from pages.components.freshness import _watch

        _watch(drawn)

    return AppTest.from_function(watch, kwargs={"drawn": drawn}, default_timeout=30).run()


def test_nothing_is_offered_while_nobody_saves(screens: Desk) -> None:
    assert not _offer(newest_change(screens)).button


def test_a_save_by_somebody_else_offers_a_refresh(screens: Desk) -> None:
    before = newest_change(screens)
    hold_signing_event(screens, {"name": "峰会", "held_on": date(2020, 7, 17)})
    assert [b.key for b in _offer(before).button] == ["refresh"]


def test_a_page_just_drawn_is_fresh(screens: Desk) -> None:
    logged(screens)
    assert "refresh" not in [b.key for b in look("agreements.py").button]


def test_a_restored_backup_counts_as_newer(screens: Desk) -> None:
    _identity, number = newest_change(screens)
    assert _offer(("another database", number)).button

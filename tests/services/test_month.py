"""Closed months: their figures are kept, later corrections are restatements, and refusals are sentences."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import polars as pl
import pytest

from db.models import Milestone, MonthClose
from tests.conftest import division_id
from tests.services.planning import SIGNED_ON, a_row, an_agreement, an_opened_project
from tracker.errors import NotAllowed, NotFound, ReasonRequired
from tracker.portfolio.figures import figures
from tracker.rules.month import (
    EarlierMonthOpen,
    LaterMonthClosed,
    LaterMonthStands,
    MonthClosedAlready,
    MonthNotOver,
)
from tracker.services.desk import Desk, LookingBack
from tracker.services.history import HistoryQuestion, read_history
from tracker.services.milestone_grid import save_milestones
from tracker.services.month import close_month, explain_month, read_month, read_months, withdraw_month
from tracker.services.reading import portfolio_for

JUNE, JULY = date(2021, 6, 1), date(2021, 7, 1)


@pytest.fixture
def project(dora: Desk) -> int:
    """A project in 醴陵市 with one milestone due in September 2020."""
    opened = an_opened_project(dora)
    save_milestones(dora, opened, [a_row()], seen={})
    return opened


def _meet(desk: Desk) -> None:
    with desk.transaction(reason="补录") as work:
        milestone = work.get(Milestone, 1)
        milestone.met_on = date(2020, 8, 30)
        work.save(milestone, "milestone.met")


def _values(desk: Desk, figure: str, key: int = 0) -> tuple[float, float, float]:
    rows = read_month(desk, JUNE).rows
    found = rows.row(by_predicate=(pl.col("figure") == figure) & (pl.col("key") == key), named=True)
    return found["kept"], found["known_then"], found["now"]


def test_the_figures_of_a_closed_month_are_kept(dora: Desk, project: int) -> None:
    close_month(dora, JUNE)
    _meet(dora)
    assert _values(dora, "milestones_met") == (0, 0, 1)


def test_every_figure_is_kept_of_everything_and_of_each_province(dora: Desk, project: int) -> None:
    close_month(dora, JUNE)
    rows = read_month(dora, JUNE).rows
    columns = set(figures(portfolio_for(dora), JUNE).columns) - {"key", "label", "label_en"}
    hunan = division_id(dora.database, "430000")
    kept = {key: set(rows.filter(rows["key"] == key)["figure"]) for key in (0, hunan)}
    assert kept == {0: columns, hunan: columns}


def test_a_province_is_restated_by_itself(dora: Desk, project: int) -> None:
    close_month(dora, JUNE)
    _meet(dora)
    assert _values(dora, "milestones_met", division_id(dora.database, "430000")) == (0, 0, 1)


def test_the_figures_are_of_the_last_day_of_the_month(dora: Desk, project: int) -> None:
    with dora.transaction() as work:
        milestone = work.get(Milestone, 1)
        milestone.met_on = date(2021, 7, 1)
        work.save(milestone)
    close_month(dora, JUNE)
    assert _values(dora, "milestones_met")[0] == 0


def test_nothing_is_restated_while_nothing_is_corrected(dora: Desk, project: int) -> None:
    close_month(dora, JUNE)
    assert read_month(dora, JUNE).restated.is_empty()


def test_what_is_recorded_of_later_days_restates_nothing(dora: Desk, project: int) -> None:
    close_month(dora, JUNE)
    with dora.transaction() as work:
        milestone = work.get(Milestone, 1)
        milestone.met_on = date(2021, 7, 1)
        work.save(milestone)
    assert read_month(dora, JUNE).restated.is_empty()


def test_a_restatement_is_explained_by_the_lines_recorded_since(dora: Desk, project: int) -> None:
    close_month(dora, JUNE)
    _meet(dora)
    explained = explain_month(dora, JUNE)
    assert [(n.change.field, n.reason) for n in explained.lines] == [("met_on", "补录")]


def test_each_restated_figure_has_a_line(dora: Desk, project: int) -> None:
    close_month(dora, JUNE)
    _meet(dora)
    an_agreement(dora.database, "130123", number="130123-2020-F-001")
    restated = set(read_month(dora, JUNE).restated.filter(key=0)["figure"])
    explained = {d.name: d.lines for d in explain_month(dora, JUNE).differences}
    assert restated == explained.keys()
    assert all(explained.values())


def test_a_province_that_had_nothing_appears_once_it_has(dora: Desk, project: int) -> None:
    close_month(dora, JUNE)
    an_agreement(dora.database, "130123", number="130123-2020-F-001")
    hebei = division_id(dora.database, "130000")
    assert _values(dora, "agreements_signed", hebei) == (None, None, 1)


def test_a_month_closed_twice_is_said_with_who_and_when(dora: Desk, project: int) -> None:
    close_month(dora, JUNE, token="one window")
    with pytest.raises(MonthClosedAlready, match=f"2021-06 was closed on {dora.today} by dora"):
        close_month(dora, JUNE, token="another window")


def test_a_double_click_closes_once(dora: Desk, project: int) -> None:
    close_month(dora, JUNE, token="one sending")
    close_month(dora, JUNE, token="one sending")
    assert len(read_months(dora).closed) == 1


def test_a_month_that_is_not_over_is_refused(dora: Desk, project: int) -> None:
    with pytest.raises(MonthNotOver):
        close_month(dora, dora.today)


def test_months_are_closed_in_turn(dora: Desk, project: int) -> None:
    close_month(dora, JUNE)
    with pytest.raises(EarlierMonthOpen, match="close 2021-07 first"):
        close_month(dora, date(2021, 8, 1))


def test_a_month_before_the_first_closed_is_refused(dora: Desk, project: int) -> None:
    close_month(dora, JUNE)
    with pytest.raises(LaterMonthClosed):
        close_month(dora, date(2021, 5, 1))


def test_a_refused_close_leaves_nothing(dora: Desk, project: int) -> None:
    with pytest.raises(MonthNotOver):
        close_month(dora, dora.today)
    assert read_months(dora).closed == ()


def test_any_day_of_a_month_means_the_month(dora: Desk, project: int) -> None:
    close_month(dora, date(2021, 6, 17))
    assert [month.month_on for month in read_months(dora).closed] == [JUNE]


def test_a_month_is_closed_at_the_change_before_its_own(dora: Desk, project: int) -> None:
    close_month(dora, JUNE)
    with dora.reading() as session:
        stored = session.get(MonthClose, 1)
        assert stored is not None
        assert stored.known_no == stored.change_no - 1


def test_somebody_bound_to_a_scope_cannot_close(dora: Desk, alice: Desk, project: int) -> None:
    bound = replace(dora, person=replace(dora.person, division_ids=alice.person.division_ids))
    with pytest.raises(NotAllowed):
        close_month(bound, JUNE)


def test_nobody_closes_while_looking_back(dora: Desk, project: int) -> None:
    with pytest.raises(LookingBack):
        close_month(replace(dora, known_at=datetime.now(UTC)), JUNE)


def test_a_person_sees_the_provinces_in_scope_alone(dora: Desk, bob: Desk, project: int) -> None:
    an_agreement(dora.database, "130123", number="130123-2020-F-001")
    close_month(dora, JUNE)
    assert read_month(bob, JUNE).rows["key"].unique().to_list() == [division_id(dora.database, "430000")]


def test_a_province_seen_in_part_is_not_shown(dora: Desk, bob: Desk, project: int) -> None:
    close_month(dora, JUNE)
    ids = bob.person.division_ids or frozenset()
    part = replace(bob, person=replace(bob.person, division_ids=ids - {division_id(bob.database, "430281")}))
    assert read_month(part, JUNE).rows.is_empty()


def test_a_look_back_does_not_know_months_closed_since(dora: Desk, project: int) -> None:
    close_month(dora, JUNE)
    before = replace(dora, known_at=datetime.now(UTC) - timedelta(days=1))
    assert read_months(before).closed == ()


def test_a_month_that_is_open_is_not_found(dora: Desk, project: int) -> None:
    with pytest.raises(NotFound):
        read_month(dora, JUNE)


def test_an_empty_database_has_no_month_to_close(dora: Desk) -> None:
    months = read_months(dora)
    assert (months.closed, months.open) == ((), ())


def test_the_months_since_the_first_agreement_can_be_closed(dora: Desk, project: int) -> None:
    assert read_months(dora).open[-1] == SIGNED_ON.replace(day=1)


def test_a_closing_made_in_error_is_withdrawn_with_its_reason(dora: Desk, project: int) -> None:
    close_month(dora, JUNE)
    withdraw_month(dora, JUNE, "误操作")
    months = read_months(dora)
    assert months.closed == ()
    assert [(w.month.month_on, w.reason) for w in months.withdrawn] == [(JUNE, "误操作")]


@pytest.mark.parametrize("reason", ["", "   "])
def test_withdrawing_a_closing_needs_a_reason(dora: Desk, project: int, reason: str) -> None:
    close_month(dora, JUNE)
    with pytest.raises(ReasonRequired):
        withdraw_month(dora, JUNE, reason)
    assert [month.month_on for month in read_months(dora).closed] == [JUNE]


def test_a_withdrawn_month_closed_anew_keeps_what_is_known_then(dora: Desk, project: int) -> None:
    close_month(dora, JUNE)
    withdraw_month(dora, JUNE, "误操作")
    _meet(dora)
    close_month(dora, JUNE)
    assert _values(dora, "milestones_met") == (1, 1, 1)
    assert read_months(dora).withdrawn == ()


def test_an_earlier_month_can_be_closed_once_the_first_closing_is_withdrawn(dora: Desk, project: int) -> None:
    close_month(dora, JULY)
    withdraw_month(dora, JULY, "应先关账六月")
    close_month(dora, JUNE)
    assert [month.month_on for month in read_months(dora).closed] == [JUNE]


def test_a_month_under_a_later_closing_is_not_withdrawn(dora: Desk, project: int) -> None:
    close_month(dora, JUNE)
    close_month(dora, JULY)
    with pytest.raises(LaterMonthStands):
        withdraw_month(dora, JUNE, "误操作")


def test_a_closing_is_withdrawn_once(dora: Desk, project: int) -> None:
    close_month(dora, JUNE)
    withdraw_month(dora, JUNE, "误操作")
    with pytest.raises(NotFound):
        withdraw_month(dora, JUNE, "误操作")


def test_somebody_bound_to_a_scope_withdraws_no_closing(dora: Desk, alice: Desk, project: int) -> None:
    close_month(dora, JUNE)
    bound = replace(alice, person=replace(alice.person, role=dora.person.role))
    with pytest.raises(NotAllowed):
        withdraw_month(bound, JUNE, "误操作")


def test_the_history_keeps_the_closing_and_its_withdrawal(dora: Desk, project: int) -> None:
    close_month(dora, JUNE)
    withdraw_month(dora, JUNE, "误操作")
    entries = read_history(dora, HistoryQuestion(entity="month_close")).entries
    assert [entry.action for entry in entries] == ["month_close.archived", "month_close.closed"]

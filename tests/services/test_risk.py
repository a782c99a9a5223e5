"""The risk log: entered, re-assessed, closed, reopened, withdrawn; on both engines."""

from datetime import date

import pytest

from tests.services.reporting import a_reported_project
from tracker.errors import EditConflict, InvalidInput, NotAllowed, NotFound, ReasonRequired
from tracker.rules.risk import RiskClosed, RiskOpen
from tracker.services.agreement_scope import Withdrawn
from tracker.services.desk import Desk
from tracker.services.risk import (
    archive_risk,
    change_risk,
    close_risk,
    open_risk,
    read_risks,
    reopen_risk,
    restore_risk,
)

FLOOD = {"title": "汛期停工", "likelihood": 4, "impact": 3, "owner": "区域经理", "response": "改为室内施工"}


def _entered(desk: Desk) -> tuple[int, int]:
    project, _ = a_reported_project(desk)
    return project, open_risk(desk, project, FLOOD)


def _close(desk: Desk, risk: int, seen: int = 1) -> None:
    close_risk(desk, risk, {"closed_on": desk.today, "closing_note": "未发生"}, seen=seen)


def test_a_risk_is_open_from_the_day_it_is_entered(alice: Desk) -> None:
    project, _ = _entered(alice)
    [risk] = read_risks(alice, project)
    assert (risk.title, risk.opened_on, risk.closed_on) == ("汛期停工", alice.today, None)


def test_the_same_sending_twice_is_one_risk(alice: Desk) -> None:
    project, _ = a_reported_project(alice)
    assert open_risk(alice, project, FLOOD, token="t") == open_risk(alice, project, FLOOD, token="t")


def test_the_log_begins_with_the_heaviest_and_ends_with_the_closed(alice: Desk) -> None:
    project, _ = a_reported_project(alice)
    for title, likelihood in (("一", 1), ("五", 5), ("三", 3)):
        open_risk(alice, project, FLOOD | {"title": title, "likelihood": likelihood})
    _close(alice, next(r.key for r in read_risks(alice, project) if r.title == "五"))
    assert [risk.title for risk in read_risks(alice, project)] == ["三", "一", "五"]


def test_of_equal_risks_the_first_due_stands_first(alice: Desk) -> None:
    project, _ = a_reported_project(alice)
    for title, due_on in (("无", None), ("后", date(2021, 2, 1)), ("先", date(2021, 1, 1))):
        open_risk(alice, project, FLOOD | {"title": title, "due_on": due_on})
    assert [risk.title for risk in read_risks(alice, project)] == ["先", "后", "无"]


def test_a_risk_is_assessed_anew(alice: Desk) -> None:
    project, risk = _entered(alice)
    change_risk(alice, risk, FLOOD | {"likelihood": 1}, seen=1)
    assert read_risks(alice, project)[0].likelihood == 1


def test_the_second_to_change_a_risk_sees_both_values(alice: Desk, dora: Desk) -> None:
    _, risk = _entered(alice)
    change_risk(alice, risk, FLOOD | {"owner": "县商务局"}, seen=1)
    with pytest.raises(EditConflict) as raised:
        change_risk(dora, risk, FLOOD | {"owner": "县农业局"}, seen=1)
    assert raised.value.fields == {"owner": ("县商务局", "县农业局")}


def test_a_closed_risk_keeps_its_note(alice: Desk) -> None:
    project, risk = _entered(alice)
    _close(alice, risk)
    assert read_risks(alice, project)[0].closing_note == "未发生"


def test_a_closed_risk_is_neither_changed_nor_closed_again(alice: Desk) -> None:
    _, risk = _entered(alice)
    _close(alice, risk)
    with pytest.raises(RiskClosed):
        change_risk(alice, risk, FLOOD, seen=2)
    with pytest.raises(RiskClosed):
        _close(alice, risk, seen=2)


def test_closing_without_a_note_is_refused(alice: Desk) -> None:
    _, risk = _entered(alice)
    with pytest.raises(InvalidInput):
        close_risk(alice, risk, {"closed_on": alice.today, "closing_note": ""}, seen=1)


def test_a_closed_risk_is_taken_up_again_with_a_reason(alice: Desk) -> None:
    project, risk = _entered(alice)
    _close(alice, risk)
    with pytest.raises(ReasonRequired):
        reopen_risk(alice, risk, " ")
    reopen_risk(alice, risk, "又现")
    assert read_risks(alice, project)[0].closed_on is None


def test_an_open_risk_is_not_reopened(alice: Desk) -> None:
    _, risk = _entered(alice)
    with pytest.raises(RiskOpen):
        reopen_risk(alice, risk, "又现")


def test_a_risk_entered_in_error_is_withdrawn_with_a_reason_and_comes_back(alice: Desk) -> None:
    project, risk = _entered(alice)
    with pytest.raises(ReasonRequired):
        archive_risk(alice, risk, "")
    archive_risk(alice, risk, "重复")
    with pytest.raises(Withdrawn):
        change_risk(alice, risk, FLOOD, seen=2)
    restore_risk(alice, risk)
    assert read_risks(alice, project)[0].archived_at is None


def test_a_viewer_enters_no_risk(alice: Desk, bob: Desk) -> None:
    project, _ = a_reported_project(alice)
    with pytest.raises(NotAllowed):
        open_risk(bob, project, FLOOD)


def test_a_risk_elsewhere_is_not_there(alice: Desk, charlie: Desk) -> None:
    _, risk = _entered(alice)
    with pytest.raises(NotFound):
        change_risk(charlie, risk, FLOOD, seen=1)

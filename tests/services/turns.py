"""Turns of office work through the real services, chosen by numbers, to look back on."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, timedelta

from sqlmodel import select

from db.models import Agreement, Meeting, Milestone, Party, Project, Supplement, Suspension
from db.models.base import Recorded
from tests.conftest import division_id
from tests.services.planning import LILING, SIGNED_ON, an_agreement, grid_of
from tracker.errors import TrackerError
from tracker.services import agreement, meeting, milestone, party, project, project_course, supplement
from tracker.services.desk import Desk
from tracker.services.evidence import credit_milestone, meet_milestone, unmeet_milestone
from tracker.services.forecast import change_forecast
from tracker.services.milestone_grid import save_milestones
from tracker.services.plan import approve_plan


@dataclass
class Office:
    """A desk, and how far its work has come: each turn picks its record and its day by a number."""

    desk: Desk
    made: int = field(default=0)

    def some(self, model: type[Recorded], number: int) -> Recorded:
        """Return one of the stored records, archived ones too. Raises: NothingThere."""
        with self.desk.reading() as session:
            found = list(session.exec(select(model).order_by(model.id)))  # type: ignore[arg-type]
        if not found:
            raise NothingThere
        return found[number % len(found)]


class NothingThere(TrackerError):
    """A turn that finds no record of its kind."""

    sentence = "There is no such record."


def take(office: Office, turn: int, number: int) -> None:
    """Carry out one turn; what the product refuses leaves nothing, as for a person."""
    with suppress(TrackerError):
        TURNS[turn % len(TURNS)](office, number)


def _day(number: int) -> date:
    return SIGNED_ON + timedelta(days=number % 300)


def _agreement(office: Office, number: int) -> None:
    office.made += 1
    an_agreement(office.desk.database, number=f"430281-2020-F-{office.made:03}")


def _agreement_withdrawn(office: Office, number: int) -> None:
    if number % 4 == 0:
        agreement.archive_agreement(office.desk, office.some(Agreement, number).key, "重复登记")


def _agreement_restored(office: Office, number: int) -> None:
    agreement.restore_agreement(office.desk, office.some(Agreement, number).key)


def _party(office: Office, number: int) -> None:
    values = {"side": "partner", "name": f"合作方{number}", "signed_on": _day(number)}
    party.add_party(office.desk, office.some(Agreement, number).key, values)


def _party_removed(office: Office, number: int) -> None:
    party.remove_party(office.desk, office.some(Party, number).key, "误录")


def _supplement(office: Office, number: int) -> None:
    values = {"title": "补充协议", "signed_on": _day(number), "new_end_on": _day(number) + timedelta(900)}
    supplement.add_supplement(office.desk, office.some(Agreement, number).key, values)


def _supplement_withdrawn(office: Office, number: int) -> None:
    supplement.archive_supplement(office.desk, office.some(Supplement, number).key, "误录")


def _supplement_restored(office: Office, number: int) -> None:
    supplement.restore_supplement(office.desk, office.some(Supplement, number).key)


def _project(office: Office, number: int) -> None:
    county = division_id(office.desk.database, LILING)
    values = {"name": f"项目\t“{number}”", "pillar_id": number % 3 + 1, "division_id": county}
    project.open_project(office.desk, office.some(Agreement, number).key, values)


def _project_started(office: Office, number: int) -> None:
    found = office.some(Project, number)
    project_course.start_project(office.desk, found.key, _day(number), seen=found.version)


def _project_withdrawn(office: Office, number: int) -> None:
    project.archive_project(office.desk, office.some(Project, number).key, "误录")


def _project_restored(office: Office, number: int) -> None:
    project.restore_project(office.desk, office.some(Project, number).key)


def _pause(office: Office, number: int) -> None:
    values = {"from_on": _day(number), "reason": "汛期"}
    project_course.pause_project(office.desk, office.some(Project, number).key, values)


def _pause_withdrawn(office: Office, number: int) -> None:
    found = office.some(Suspension, number)
    project_course.archive_pause(office.desk, found.project_id or 0, found.key, "误录")  # type: ignore[attr-defined]


def _milestones(office: Office, number: int) -> None:
    found = office.some(Project, number).key
    rows, seen = grid_of(office.desk, found)
    row = {"id": None, "name": f'第"{number}"步', "weight": number % 7, "due_on": _day(number)}
    for old in rows[: number % 3]:
        old["weight"], old["is_key"] = number % 11, number % 2 == 0
    kept = rows[number % 2 :] if number % 5 == 0 else rows
    save_milestones(office.desk, found, [*kept, row], seen=seen, reason="调整")


def _plan(office: Office, number: int) -> None:
    approve_plan(office.desk, office.some(Project, number).key, _day(number), reason="调整")


def _met(office: Office, number: int) -> None:
    found = office.some(Milestone, number)
    values = {"met_on": _day(number), "evidence_note": "验收单", "evidence_witness": "县长"}
    meet_milestone(office.desk, found.key, values, seen=found.version)


def _met_in_part(office: Office, number: int) -> None:
    found = office.some(Milestone, number)
    values = {"credited_on": _day(number), "credit_percent": number % 99 + 1}
    credit_milestone(office.desk, found.key, values, seen=found.version)


def _unmet(office: Office, number: int) -> None:
    found = office.some(Milestone, number)
    unmeet_milestone(office.desk, found.key, "误录", seen=found.version)


def _forecast(office: Office, number: int) -> None:
    found = office.some(Milestone, number)
    day = office.desk.today + timedelta(days=number % 60)
    why = {"new_on": day, "reason_code": "county", "note": "等待批复", "changed_on": office.desk.today}
    change_forecast(office.desk, found.key, why, seen=found.version)


def _cancelled(office: Office, number: int) -> None:
    milestone.cancel_milestone(office.desk, office.some(Milestone, number).key, _day(number), "不再需要")


def _meeting(office: Office, number: int) -> None:
    county = division_id(office.desk.database, LILING)
    meeting.log_meeting(office.desk, {"division_id": county, "held_on": _day(number), "with_whom": "县长"})


def _meeting_withdrawn(office: Office, number: int) -> None:
    meeting.archive_meeting(office.desk, office.some(Meeting, number).key, "误录")


def _meeting_restored(office: Office, number: int) -> None:
    meeting.restore_meeting(office.desk, office.some(Meeting, number).key)


TURNS: tuple[Callable[[Office, int], None], ...] = (
    *(_agreement, _agreement_withdrawn, _agreement_restored, _party, _party_removed),
    *(_supplement, _supplement_withdrawn, _supplement_restored, _project, _project_started),
    *(_project_withdrawn, _project_restored, _pause, _pause_withdrawn, _milestones, _milestones),
    *(_plan, _met, _met_in_part, _unmet, _forecast, _cancelled, _meeting, _meeting_withdrawn),
    *(_meeting_restored, _project, _milestones, _plan),
)

"""Past projects of a template: what they show a person, and the offsets they give to the next plan."""

from datetime import date, timedelta

import pytest

from db.models import Milestone
from db.queries.project import milestones_of
from tests.conftest import division_id
from tests.services.planning import LILING, NANXIAN, SIGNED_ON, an_agreement, an_opened_project
from tracker.errors import NotFound
from tracker.services.desk import Desk
from tracker.services.evidence import meet_milestone
from tracker.services.plan import plan_from_template
from tracker.services.plan_template import add_plan_template, change_plan_template, read_plan_template
from tracker.services.project import open_project, open_projects_from_template
from tracker.services.template_evidence import median_offsets, read_template_evidence

AS_OF = date(2021, 6, 30)
VALUES = {"name_zh": "试点", "name_en": "Pilot", "pillar_id": 1}
STEPS = [
    {"name_zh": "启动", "name_en": "Kick-off", "offset": 1, "weight": 40},
    {"name_zh": "验收", "name_en": "Acceptance", "offset": 6, "weight": 60},
]


def _plan(desk: Desk, project: int) -> list[Milestone]:
    with desk.reading() as session:
        return milestones_of(session, project)


def _template(desk: Desk) -> int:
    return add_plan_template(desk, VALUES, STEPS)


def _past(desk: Desk, template: int, *days: int, code: str = LILING) -> list[int]:
    """Open a project per number of days, and meet its first milestone so many days after the anchor."""
    county = division_id(desk.database, code)
    agreement = an_agreement(desk.database, code, number=f"{code}-2020-F-00{len(days)}")
    projects = open_projects_from_template(desk, agreement, [(county, template)] * len(days), SIGNED_ON)
    for project, number in zip(projects, days, strict=True):
        first = _plan(desk, project)[0]
        met = {"met_on": SIGNED_ON + timedelta(days=number), "evidence_note": "签到表"}
        meet_milestone(desk, first.key, met, seen=first.version)
    return projects


def test_milestones_know_the_step_they_were_made_from(dora: Desk) -> None:
    [project] = _past(dora, _template(dora), 30)
    assert all(m.template_milestone_id is not None for m in _plan(dora, project))


def test_durations_count_from_the_anchor_of_each_project(dora: Desk) -> None:
    template = _template(dora)
    _past(dora, template, 20, 40, 90)
    first, second = read_template_evidence(dora, template, AS_OF).steps
    assert (first.median_days, first.met, second.met, second.projects) == (40, 3, 0, 3)


def test_a_new_edition_keeps_the_evidence_of_the_steps_it_keeps(dora: Desk) -> None:
    template = _template(dora)
    _past(dora, template, 20, 40, 90)
    added = {"name_zh": "筹备", "name_en": "Before", "offset": 0, "weight": 10}
    steps = [added, STEPS[0] | {"weight": 30}, STEPS[1]]
    change_plan_template(dora, template, VALUES, steps, seen=read_plan_template(dora, template).seen)
    assert [s.met for s in read_template_evidence(dora, template, AS_OF).steps] == [0, 3, 0]


def test_a_person_sees_the_evidence_of_their_own_counties(dora: Desk, charlie: Desk) -> None:
    template = _template(dora)
    _past(dora, template, 20, 40, 90)
    assert read_template_evidence(charlie, template, AS_OF).projects == 0


def test_three_projects_give_an_offset(dora: Desk) -> None:
    template = _template(dora)
    _past(dora, template, 20, 40, 90)
    assert list(median_offsets(dora, template, AS_OF).values()) == [40]


def test_two_projects_give_none(dora: Desk) -> None:
    template = _template(dora)
    _past(dora, template, 20, 40)
    assert median_offsets(dora, template, AS_OF) == {}


def test_nothing_is_asked_of_the_past_unless_a_day_is_given(dora: Desk) -> None:
    assert median_offsets(dora, 1, None) == {}


def test_a_plan_made_with_medians_takes_them_where_there_are_enough(dora: Desk) -> None:
    template = _template(dora)
    _past(dora, template, 20, 40, 90)
    project = an_opened_project(dora)
    plan_from_template(dora, project, template, SIGNED_ON, medians_on=AS_OF)
    assert [m.due_on for m in _plan(dora, project)] == [SIGNED_ON + timedelta(days=40), date(2021, 1, 17)]


def test_a_plan_made_without_them_keeps_the_templates_own(dora: Desk) -> None:
    template = _template(dora)
    _past(dora, template, 20, 40, 90)
    project = an_opened_project(dora)
    plan_from_template(dora, project, template, SIGNED_ON)
    assert _plan(dora, project)[0].due_on == date(2020, 8, 17)


def test_a_project_is_opened_with_medians(dora: Desk) -> None:
    template = _template(dora)
    _past(dora, template, 20, 40, 90)
    values = {"division_id": division_id(dora.database, NANXIAN), "template_id": template}
    agreement = an_agreement(dora.database, NANXIAN, number=f"{NANXIAN}-2020-F-009")
    project = open_project(dora, agreement, values | {"anchor_on": SIGNED_ON, "medians_on": AS_OF})
    assert _plan(dora, project)[0].due_on == SIGNED_ON + timedelta(days=40)


def test_medians_as_of_a_day_before_anything_was_met_are_the_templates_own(dora: Desk) -> None:
    template = _template(dora)
    _past(dora, template, 20, 40, 90)
    project = an_opened_project(dora)
    plan_from_template(dora, project, template, SIGNED_ON, medians_on=SIGNED_ON)
    assert _plan(dora, project)[0].due_on == date(2020, 8, 17)


def test_a_template_that_does_not_exist_is_not_found(bob: Desk) -> None:
    with pytest.raises(NotFound):
        read_template_evidence(bob, 999, AS_OF)

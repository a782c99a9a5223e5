"""Plan templates: added, changed as a new edition, withdrawn; projects keep theirs."""

import pytest
from sqlmodel import select

from db.models import Milestone
from tests.conftest import ON_SQLITE
from tests.services.planning import SIGNED_ON, a_template, an_opened_project
from tracker.errors import EditConflict, InvalidInput, NotAllowed, NotFound, ReasonRequired
from tracker.portfolio.project import projects_as_of
from tracker.rules.plan_template import NoSteps, WeightsNotWhole
from tracker.services.agreement_scope import Withdrawn
from tracker.services.desk import Desk
from tracker.services.plan import plan_from_template
from tracker.services.plan_template import (
    add_plan_template,
    archive_plan_template,
    change_plan_template,
    plan_templates,
    read_plan_template,
    restore_plan_template,
)
from tracker.services.reading import portfolio_for

VALUES = {"name_zh": "试点", "name_en": "Pilot", "pillar_id": 1}


def _step(weight: int = 100, **values: object) -> dict[str, object]:
    return {"name_zh": "启动", "name_en": "Kick-off", "offset": 1, "weight": weight} | values


def test_the_shipped_templates_are_listed(bob: Desk) -> None:
    assert len(plan_templates(bob)) == 5


def test_an_added_template_is_listed(dora: Desk) -> None:
    template = add_plan_template(dora, VALUES, [_step()])
    assert template in [t.id for t in plan_templates(dora)]


def test_sending_a_template_twice_adds_one(dora: Desk) -> None:
    first, second = (add_plan_template(dora, VALUES, [_step()], token="t") for _ in range(2))
    assert first == second


@ON_SQLITE
@pytest.mark.parametrize("weights", [(99,), (101,), (50, 49), (0, 0)])
def test_weights_that_do_not_sum_to_100_are_refused(dora: Desk, weights: tuple[int, ...]) -> None:
    with pytest.raises(InvalidInput) as caught:
        add_plan_template(dora, VALUES, [_step(w) for w in weights])
    assert [type(p) for p in caught.value.problems] == [WeightsNotWhole]


def test_a_template_without_steps_is_refused(dora: Desk) -> None:
    with pytest.raises(InvalidInput) as caught:
        add_plan_template(dora, VALUES, [])
    assert [type(p) for p in caught.value.problems] == [NoSteps]


def test_a_wrong_step_is_named_by_its_row(dora: Desk) -> None:
    with pytest.raises(InvalidInput) as caught:
        add_plan_template(dora, VALUES, [_step(50), _step(50, offset=-1)])
    assert [p.field for p in caught.value.problems] == ["1.offset"]


def test_other_steps_make_a_new_edition(dora: Desk) -> None:
    template = add_plan_template(dora, VALUES, [_step()])
    change_plan_template(dora, template, VALUES, [_step(60), _step(40)], seen=(1, 1))
    sheet = read_plan_template(dora, template)
    assert (sheet.edition, [s["weight"] for s in sheet.steps]) == (2, [60, 40])


def test_another_name_alone_makes_no_new_edition(dora: Desk) -> None:
    template = add_plan_template(dora, VALUES, [_step()])
    change_plan_template(dora, template, VALUES | {"name_en": "Trial"}, [_step()], seen=(1, 1))
    assert read_plan_template(dora, template).edition == 1


@pytest.mark.parametrize("basis", ["milestones", "reported"])
def test_a_template_says_what_progress_rests_on(dora: Desk, basis: str) -> None:
    template = add_plan_template(dora, VALUES | {"progress_basis": basis}, [_step()])
    assert read_plan_template(dora, template).fields["progress_basis"] == basis


def test_another_basis_of_progress_is_a_new_edition(dora: Desk) -> None:
    template = add_plan_template(dora, VALUES, [_step()])
    change_plan_template(dora, template, VALUES | {"progress_basis": "reported"}, [_step()], seen=(1, 1))
    sheet = read_plan_template(dora, template)
    assert (sheet.edition, sheet.fields["progress_basis"]) == (2, "reported")


def test_other_steps_alone_keep_the_basis_of_progress(dora: Desk) -> None:
    template = add_plan_template(dora, VALUES | {"progress_basis": "reported"}, [_step()])
    change_plan_template(dora, template, VALUES, [_step(60), _step(40)], seen=(1, 1))
    assert read_plan_template(dora, template).fields["progress_basis"] == "reported"


def test_a_project_keeps_the_basis_of_the_edition_it_was_made_from(dora: Desk) -> None:
    template = add_plan_template(dora, VALUES, [_step()])
    project = an_opened_project(dora)
    plan_from_template(dora, project, template, SIGNED_ON)
    change_plan_template(dora, template, VALUES | {"progress_basis": "reported"}, [_step()], seen=(1, 1))
    assert projects_as_of(portfolio_for(dora), SIGNED_ON)["progress_basis"].to_list() == ["milestones"]


def test_the_second_author_of_a_basis_sees_both(dora: Desk) -> None:
    template = add_plan_template(dora, VALUES, [_step()])
    change_plan_template(dora, template, VALUES, [_step(60), _step(40)], seen=(1, 1))
    values = VALUES | {"progress_basis": "reported"}
    with pytest.raises(EditConflict) as caught:
        change_plan_template(dora, template, values, [_step(60), _step(40)], seen=(1, 1))
    assert caught.value.fields["progress_basis"] == ("milestones", "reported")


@ON_SQLITE
def test_a_basis_that_does_not_exist_is_refused(dora: Desk) -> None:
    with pytest.raises(InvalidInput):
        add_plan_template(dora, VALUES | {"progress_basis": "guess"}, [_step()])


@ON_SQLITE
@pytest.mark.parametrize("weight", [float("nan"), -1])
def test_a_weight_that_is_no_share_is_refused(dora: Desk, weight: float) -> None:
    with pytest.raises(InvalidInput) as caught:
        add_plan_template(dora, VALUES, [_step(weight)])
    assert [p.field for p in caught.value.problems] == ["0.weight"]


def test_a_project_keeps_the_edition_it_was_made_from(dora: Desk) -> None:
    template = add_plan_template(dora, VALUES, [_step()])
    project = an_opened_project(dora)
    plan_from_template(dora, project, template, SIGNED_ON)
    change_plan_template(dora, template, VALUES, [_step(60), _step(40)], seen=(1, 1))
    with dora.reading() as session:
        assert session.exec(select(Milestone.weight)).all() == [100]


def test_the_second_author_of_steps_sees_both(dora: Desk) -> None:
    template = add_plan_template(dora, VALUES, [_step()])
    change_plan_template(dora, template, VALUES, [_step(60), _step(40)], seen=(1, 1))
    with pytest.raises(EditConflict) as caught:
        change_plan_template(dora, template, VALUES, [_step(70), _step(30)], seen=(1, 1))
    assert list(caught.value.fields) == ["steps"]


def test_a_withdrawn_template_is_no_longer_offered(dora: Desk) -> None:
    template = a_template(dora.database)
    archive_plan_template(dora, template, "不再使用")
    assert template not in [t.id for t in plan_templates(dora)]


def test_a_withdrawn_template_cannot_be_laid_out(dora: Desk) -> None:
    template = a_template(dora.database)
    archive_plan_template(dora, template, "不再使用")
    with pytest.raises(Withdrawn):
        plan_from_template(dora, an_opened_project(dora), template, SIGNED_ON)


def test_withdrawing_needs_a_reason(dora: Desk) -> None:
    with pytest.raises(ReasonRequired):
        archive_plan_template(dora, a_template(dora.database), "")


def test_a_withdrawn_template_comes_back(dora: Desk) -> None:
    template = a_template(dora.database)
    archive_plan_template(dora, template, "不再使用")
    restore_plan_template(dora, template)
    assert template in [t.id for t in plan_templates(dora)]


def test_an_editor_cannot_add_a_template(alice: Desk) -> None:
    with pytest.raises(NotAllowed):
        add_plan_template(alice, VALUES, [_step()])


def test_a_template_that_does_not_exist_is_not_found(bob: Desk) -> None:
    with pytest.raises(NotFound):
        read_plan_template(bob, 999)

"""Two plans on the project's page: chosen in the address, drawn, listed, and with both slips said."""

from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.project_screen import a_planned_project, at, told
from tests.services.planning import change_plan
from tracker.services.desk import Desk
from tracker.services.plan import approve_plan

APPROVED, AGAIN = date(2020, 8, 1), date(2020, 8, 15)


def _rebaselined(desk: Desk) -> int:
    project = a_planned_project(desk)
    approve_plan(desk, project, APPROVED)
    change_plan(desk, project, due_on=date(2020, 10, 1))
    approve_plan(desk, project, AGAIN, reason="县里要求")
    return project


def _compared(project: int, locale: str = "en", **address: object) -> AppTest:
    shown = {"plan_before": "0", "plan_after": "1", "as_of": "2020-10-11"} | address
    return at("project.py", locale, id=project, **shown)


def _table(app: AppTest) -> list[dict[str, object]]:
    """The rows of the comparison, which is the table that has a column of differences."""
    return next(t.value for t in app.dataframe if "difference" in t.value.columns).to_dict("records")


def test_before_the_first_approval_nothing_is_compared(screens: Desk) -> None:
    project = a_planned_project(screens)
    assert "Compare plans" not in [e.label for e in at("project.py", id=project).expander]


def test_an_address_opens_the_comparison_it_names(screens: Desk) -> None:
    rows = _table(_compared(_rebaselined(screens)))
    assert [(r["name"], r["due_days"], r["difference"]) for r in rows] == [
        ("启动会", 30, "changed"),
        ("上线", 0, "unchanged"),
    ]


@pytest.mark.parametrize(
    ("locale", "said"),
    [
        (
            "en",
            "slips **+40** days to the original plan, **+10** days to the current one; re-baselines: **1**",
        ),
        ("zh-CN", "相对原始基线延期 **+40** 天，相对当前基线延期 **+10** 天；基线调整 **1** 次"),
    ],
)
def test_both_slips_stand_side_by_side(screens: Desk, locale: str, said: str) -> None:
    assert said in told(_compared(_rebaselined(screens), locale))


def test_the_comparison_is_drawn(screens: Desk) -> None:
    assert len(_compared(_rebaselined(screens)).get("vega_lite_chart")) == 1


def test_another_choice_is_written_into_the_address(screens: Desk) -> None:
    app = _compared(_rebaselined(screens))
    app.selectbox(key="comparison_plan_after").set_value("typed").run()
    assert app.query_params["plan_after"] == "typed"


@pytest.mark.parametrize("plan", ["7", "-1", "x", "typed"])
def test_an_address_edited_by_hand_still_opens(screens: Desk, plan: str) -> None:
    app = _compared(_rebaselined(screens), plan_before=plan)
    assert not app.exception
    assert len(_table(app)) == 2


def test_every_approval_is_listed_with_author_and_reason(screens: Desk) -> None:
    approvals = next(
        t.value for t in _compared(_rebaselined(screens)).dataframe if "approver" in t.value.columns
    )
    assert approvals["reason"].to_list() == ["", "县里要求"]
    assert approvals["self_approved"].to_list() == ["", "yes"]


def test_markup_in_a_name_is_shown_as_typed(screens: Desk) -> None:
    project = a_planned_project(screens, "<script>x</script>")
    approve_plan(screens, project, APPROVED)
    assert _table(_compared(project, plan_after="typed"))[0]["name"] == "<script>x</script>"

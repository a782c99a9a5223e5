"""Who acted, in words: the one local administrator is called so in the language of the screen."""

import pytest
from sqlmodel import select
from streamlit.testing.v1 import AppTest

from db.models import Baseline
from tests.pages.list_screen import DEMO_DAY, look
from tests.pages.project_screen import a_planned_project, at, told
from tests.services.planning import change_plan
from tracker.services.desk import Desk
from tracker.services.plan import approve_plan
from tracker.services.plan_proposal import decline_proposal, propose_plan

PAGES = ("attention.py", "history.py", "months.py", "projects.py", "overview.py", "thresholds.py")
STORED = "local administrator"


def _shown(app: AppTest) -> str:
    return "\n".join([told(app), *(str(table.value.to_dict()) for table in app.dataframe)])


@pytest.mark.parametrize("page", PAGES)
def test_no_chinese_page_names_who_acted_as_it_is_stored(demonstration: Desk, page: str) -> None:
    assert STORED not in _shown(look(page, DEMO_DAY, "zh-CN"))


@pytest.mark.parametrize("section", ["plan", "updates", "course"])
def test_no_section_of_a_rebaselined_project_does(demonstration: Desk, section: str) -> None:
    with demonstration.reading() as session:
        found = session.exec(select(Baseline.project_id).where(Baseline.number > 0).limit(1)).one()
    address = DEMO_DAY | {"id": [str(found)], "section": [section]}
    assert STORED not in _shown(look("project.py", address, "zh-CN"))


def test_a_declined_proposal_names_both_who_made_it_and_who_declined(screens: Desk) -> None:
    project = a_planned_project(screens)
    approve_plan(screens, project, screens.today)
    change_plan(screens, project, weight=25)
    decline_proposal(screens, propose_plan(screens, project, "县里要求"), "再议")
    text = _shown(at("project.py", "zh-CN", id=project))
    assert STORED not in text
    assert text.count("本机管理员") >= 3


def _refused() -> None:
    from datetime import date

    import streamlit as st

    from pages.components.feedback import sentence
    from tracker.rules.light_override import LightSetAlready

    st.text(sentence(LightSetAlready(author="local administrator", until_on=date(2021, 7, 1))))


@pytest.mark.parametrize(("locale", "name"), [("en", "local administrator has set"), ("zh-CN", "本机管理员")])
def test_a_refusal_names_who_acted_in_the_language_of_the_screen(
    screens: Desk, locale: str, name: str
) -> None:
    app = AppTest.from_function(_refused)
    app.context = {"locale": locale}
    assert name in app.run().text[0].value

"""A briefing in words: what it says of many, of few and of nothing, and that it takes no text for markup."""

from dataclasses import replace
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from tests.exchange.paper_sample import HOSTILE
from tests.portfolio.light_facts import override, quiet_tables, update
from tests.portfolio.plan_facts import AS_OF, step
from tests.portfolio.test_briefing import _facts as some_facts
from tests.portfolio.timeline_facts import agreement, milestone, party, project
from tests.portfolio.timeline_facts import portfolio as made_of
from tracker.exchange.briefing_docx import to_docx
from tracker.exchange.briefing_edition import Edition
from tracker.exchange.briefing_pdf import compiled
from tracker.exchange.briefing_pptx import to_pptx
from tracker.exchange.briefing_text import briefing_paper
from tracker.exchange.paper import Paper, Section
from tracker.i18n import words_in
from tracker.portfolio.briefing import briefing
from tracker.portfolio.model import Portfolio
from tracker.portfolio.part import Part
from tracker.rules.briefing import briefing_month

ZH, EN = words_in("zh_CN"), words_in("en")
ZONE = ZoneInfo("Asia/Shanghai")
MANY = 300


def _paper(facts: Portfolio, words: Any = EN, part: Part | None = None, *, is_deck: bool = False) -> Paper:
    told = briefing(facts, part or Part(), briefing_month(date(2021, 6, 1), AS_OF))
    return briefing_paper(told, Edition(words, ZONE, is_deck=is_deck))


def _section(paper: Paper, heading: str) -> Section:
    return next(s for s in paper.sections if s.heading.startswith(heading))


def _many(name: str = "县") -> Portfolio:
    """A province of 300 counties, each with an agreement that expired and a project that is red for it."""
    ids = range(1000, 1000 + MANY)
    counties = [
        {"id": n, "code": str(n), "name": f"{name}{n}", "level": "county", "parent_id": 1, "province_id": 1}
        for n in ids
    ]
    province = [{"id": 1, "code": "430000", "name": "湖南省", "name_en": "Hunan", "level": "province"}]
    return made_of(
        division=province + counties,
        agreement=[agreement(n, term_months=6, title=name) for n in ids],
        party=[party(n, n, n) for n in ids],
        project=[project(n, n, n, name=name) for n in ids],
        milestone=[milestone(n, n, date(2021, 7, 1), is_key=True, name=name) for n in ids],
    )


def _one(*steps: Any, **others: Any) -> Portfolio:
    """One project, quiet on both days but for these steps and others."""
    quiet = {"updates": [update(date(2021, 5, 31))], "project": {"name": "电商", "pillar_id": 2}}
    return made_of(**quiet_tables(*steps, **quiet | others))


def _lit(facts: Portfolio, words: Any = EN) -> list[tuple[str, ...]]:
    return list(_section(_paper(facts, words), words.text("Lights")).tables[-1].rows)


def test_a_long_list_is_cut_with_its_count_and_where_the_rest_is() -> None:
    table = _section(_paper(_many(), part=Part(region_id=1)), "Lights").tables[-1]
    assert (len(table.rows), table.title) == (20, "Red, yellow and without a plan: 300")
    assert table.rest == "The first 20 of 300; all of them stand on the page “Projects”."


def test_a_deck_cuts_its_lists_sooner() -> None:
    table = _section(_paper(_many(), is_deck=True), "The next 90 days").tables[0]
    assert (len(table.rows), "The first 10 of 300" in table.rest) == (10, True)


@pytest.mark.parametrize("words", [ZH, EN], ids=["zh", "en"])
def test_three_hundred_counties_make_documents_of_a_readable_length(words: Any) -> None:
    content, warnings = compiled(_paper(_many("四十个字的名称" * 5), words, Part(region_id=1)))
    assert (warnings, content.count(b"/Type /Page\n") + content.count(b"/Type/Page") < 25) == ([], True)


def test_a_light_says_why_and_what_would_turn_it_green() -> None:
    facts = _one(step(1, due_on=date(2021, 5, 1), is_key=True, name="开业"))
    [row] = _lit(facts)
    assert row[0].startswith("■ red")
    assert "Overdue: “开业”; the longest by 60 days." in row[4]
    assert "Meet “开业”, or have an adjusted plan approved." in row[5]


def test_a_light_that_changed_says_what_it_was() -> None:
    facts = _one(step(1, due_on=date(2021, 6, 10), is_key=True))
    assert _lit(facts, ZH)[0][0].split("\n")[1] == "此前：● 绿"


def test_a_light_set_by_a_person_says_so_and_what_it_would_be() -> None:
    set_red = override("red", date(2021, 6, 20), date(2021, 7, 10))
    [row] = _lit(_one(overrides=[set_red]))
    assert row[4].startswith("set by 区域负责人 until 2021-07-10\nReason: 待核\nAs computed: ● green")


def test_all_grey_says_that_there_is_no_plan() -> None:
    facts = _one(baselines=[])
    [row] = _lit(facts)
    assert row[0] == "○ grey"
    assert row[4:] == (
        "No plan: without an approved one nothing can be called on time.",
        "Have a plan approved.",
    )


def test_all_green_says_that_nothing_needs_a_look() -> None:
    lights = _section(_paper(_one()), "Lights")
    assert lights.sentences == ("No project is red, yellow or without a plan.",)


def test_a_slip_is_told_with_its_days_and_reason() -> None:
    [row] = _section(_paper(some_facts(), ZH), "延期").tables[0].rows
    assert row[0] == "里程碑 2"
    assert row[3:] == ("2021-06-20", "2021-07-09", "+19", "县方")


def test_the_changes_are_those_of_the_overview_in_its_words() -> None:
    listings = _section(_paper(some_facts()), "What changed").listings
    assert [listing.title for listing in listings][:2] == ["Newly signed: 0", "Projects newly landed: 0"]


@pytest.mark.parametrize("words", [ZH, EN], ids=["zh", "en"])
def test_what_people_typed_is_literal_in_every_format(words: Any) -> None:
    paper = _paper(_many(HOSTILE), words, Part(region_id=1))
    assert HOSTILE in _section(paper, words.text("Lights")).tables[-1].rows[0][2]
    assert compiled(paper)[1] == []
    assert to_docx(paper)[:2] == to_pptx(paper)[:2] == b"PK"


def test_braces_in_a_name_are_no_placeholders() -> None:
    facts = _one(step(1, due_on=date(2021, 5, 1), is_key=True, name="{day} {0}"))
    assert "“{day} {0}”" in _lit(facts)[0][4]


def test_a_rate_that_nothing_is_divided_by_is_blank() -> None:
    rows = {row[0]: row[1:3] for row in _section(_paper(made_of()), "Rates").tables[0].rows}
    assert rows["Go-live rate"] == ("0/0", "–")


def test_a_pillar_has_no_counties_to_count() -> None:
    rows = [row[0] for row in _section(_paper(some_facts(), part=Part(pillar_id=2)), "Key").tables[0].rows]
    assert "Counties contacted" not in rows


def test_the_difference_of_a_figure_has_its_sign_and_no_change_has_none() -> None:
    told = briefing(some_facts(), Part(), briefing_month(date(2021, 6, 1), AS_OF))
    changed = {"projects": 5, "actual": 0.25, "deviation": -0.1, "spi": 0.8, "milestones_met": 2}
    before = {"projects": 7, "actual": 0.2, "deviation": -0.1, "spi": 0.75, "milestones_met": None}
    told = replace(
        told, figures={**told.figures, **changed}, figures_before={**told.figures_before, **before}
    )
    rows = {
        row[0]: row[-1] for row in _section(briefing_paper(told, Edition(EN, ZONE)), "Key").tables[0].rows
    }
    assert [rows[name] for name in ("Projects", "Actual progress", "Deviation", "SPI", "Milestones met")] == [
        *("-2", "+5.0", "0", "+0.05", "–"),
    ]


def test_the_definitions_name_every_rate_and_light_test() -> None:
    tables = _paper(some_facts()).definitions.tables
    assert [len(table.rows) for table in tables] == [10, 7, 5, 9]


def test_a_county_stands_below_its_province_where_there_are_several() -> None:
    lights = [
        _section(_paper(_many(), part=part), "Lights").tables[-1] for part in (Part(), Part(region_id=1))
    ]
    assert [table.rows[0][1] for table in lights] == ["Hunan\n县1000", "县1000"]


def test_a_target_of_the_year_stands_beside_what_was_reached() -> None:
    target = {"id": 1, "year": 2021, "measure": "signings", "count": 4}
    paper = _paper(made_of(target=[target]))
    assert "Signings · Target of 2021: 0/4 · 0%" in _section(paper, "Key").sentences
    assert [row[0] for row in paper.definitions.tables[1].rows][-1] == "Signings"

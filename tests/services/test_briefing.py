"""Briefings as people ask for them: parts by name, within a scope, as known at a moment, in every format."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from db.engine import Database
from tests.conftest import ON_SQLITE, division_id
from tests.services.earlier import date_back
from tests.services.planning import an_agreement
from tracker.i18n import words_in
from tracker.portfolio.part import Part
from tracker.rules.briefing import MonthAhead
from tracker.services.briefing import NoSuchPart, SeveralSuchParts, find_part, read_briefing
from tracker.services.briefing_chart import draw_charts
from tracker.services.briefing_file import FORMATS, briefing_file_name, make_briefing, preview_briefing
from tracker.services.desk import Desk

pytestmark = ON_SQLITE
ZH, EN = words_in("zh_CN"), words_in("en")
JUNE, DAY = date(2021, 6, 1), date(2021, 6, 30)
LILING = "430281"


def test_a_region_is_found_by_code_and_by_either_name(dora: Desk, database: Database) -> None:
    hunan = division_id(database, "430000")
    assert [find_part(dora, name) for name in ("430000", "湖南省", "hunan")] == [Part(region_id=hunan)] * 3


def test_a_county_is_a_region_too(dora: Desk, database: Database) -> None:
    assert find_part(dora, LILING).region_id == division_id(database, LILING)


def test_a_pillar_is_found_by_its_name(dora: Desk) -> None:
    assert find_part(dora, pillar="数字兴业").pillar_id == find_part(dora, pillar="industry").pillar_id


def test_what_does_not_exist_is_said_by_its_name(dora: Desk) -> None:
    with pytest.raises(NoSuchPart, match="亚特兰蒂斯"):
        find_part(dora, "亚特兰蒂斯")


def test_a_name_of_several_regions_asks_for_a_code(dora: Desk) -> None:
    with pytest.raises(SeveralSuchParts, match="110105"):
        find_part(dora, "朝阳区")


def test_a_county_outside_the_scope_is_not_found(charlie: Desk) -> None:
    with pytest.raises(NoSuchPart):
        find_part(charlie, LILING)


def test_a_briefing_holds_what_the_person_may_see(alice: Desk, charlie: Desk, database: Database) -> None:
    an_agreement(database)
    signed = [read_briefing(d, Part(), JUNE, DAY).figures["agreements_signed"] for d in (alice, charlie)]
    assert signed == [1, 0]


def test_a_month_ahead_is_refused(dora: Desk) -> None:
    with pytest.raises(MonthAhead):
        read_briefing(dora, Part(), date(2021, 7, 1), DAY)


def test_a_desk_that_looks_back_tells_what_was_known_and_says_so(dora: Desk, database: Database) -> None:
    an_agreement(database)
    date_back(database, datetime(2021, 6, 30, tzinfo=UTC))
    an_agreement(database, number="430281-2020-F-002")
    back = replace(dora, known_at=datetime(2021, 7, 1, tzinfo=UTC))
    told = read_briefing(back, Part(), JUNE, DAY)
    assert told.figures["agreements_signed"] == 1
    assert "As known at 2021-07-01 08:00" in " ".join(preview_briefing(back, told, EN).lines)


def test_a_chart_tells_the_moment_looked_back_to(dora: Desk, database: Database) -> None:
    an_agreement(database)
    date_back(database, datetime(2021, 6, 30, tzinfo=UTC))
    back = replace(dora, known_at=datetime(2021, 7, 1, tzinfo=UTC))
    told = read_briefing(back, Part(), JUNE, DAY)
    (picture,) = draw_charts(back, told, EN).timeline
    assert "as known at 2021-07-01 08:00" in picture.told


def test_a_month_that_runs_says_so(dora: Desk) -> None:
    told = read_briefing(dora, Part(), JUNE, date(2021, 6, 15))
    assert "本月尚未结束" in " ".join(preview_briefing(dora, told, ZH).lines)


@pytest.mark.parametrize("words", [ZH, EN], ids=["zh", "en"])
def test_an_empty_nation_makes_every_document(dora: Desk, words: object) -> None:
    told = read_briefing(dora, Part(), JUNE, DAY)
    documents = make_briefing(dora, told, list(FORMATS), words)  # type: ignore[arg-type]
    assert [documents[kind][:4] for kind in FORMATS] == [b"PK\x03\x04", b"%PDF", b"PK\x03\x04"]


def test_an_empty_nation_has_blank_rates_and_not_zero(dora: Desk) -> None:
    paper = preview_briefing(dora, read_briefing(dora, Part(), JUNE, DAY), EN)
    rates = {
        row[0]: row[1:3] for row in next(s for s in paper.sections if s.heading == "Rates").tables[0].rows
    }
    assert rates["Landing rate"] == ("0/0", "–")
    assert rates["Funds in place rate"] == ("not recorded", "–")


def test_a_rate_of_few_cases_is_starred_and_explained(dora: Desk, database: Database) -> None:
    an_agreement(database)
    told = read_briefing(dora, Part(region_id=division_id(database, LILING)), JUNE, DAY)
    rates = next(s for s in preview_briefing(dora, told, EN).sections if s.heading == "Rates")
    assert {row[0]: row[1] for row in rates.tables[0].rows}["Landing rate"] == "0/1*"
    assert "* fewer than 10 cases" in rates.sentences


def test_the_definitions_are_the_screens_own_sentences(dora: Desk) -> None:
    from tracker.rules.rate import RATES

    paper = preview_briefing(dora, read_briefing(dora, Part(), JUNE, DAY), ZH)
    told = " ".join(text for table in paper.definitions.tables for row in table.rows for text in row)
    assert [
        r.key for r in RATES if ZH.text(r.definition) not in told or ZH.text(r.excluded) not in told
    ] == []


@pytest.mark.parametrize(
    ("part", "words", "name"),
    [(Part(), ZH, "简报-全部区域-2021-06.docx"), (Part(), EN, "Briefing-All-regions-2021-06.docx")],
)
def test_a_file_is_named_by_its_part_and_month(dora: Desk, part: Part, words: object, name: str) -> None:
    told = read_briefing(dora, part, JUNE, DAY)
    assert briefing_file_name(dora, told, "docx", words) == name  # type: ignore[arg-type]


def test_a_long_name_fits_into_a_file_system(dora: Desk) -> None:
    told = replace(read_briefing(dora, Part(), JUNE, date(2021, 6, 9)), names=(("县/" * 200, ""),))
    name = briefing_file_name(dora, told, "pptx", ZH)
    assert len(name.encode()) <= 255
    assert "/" not in name

"""Searching divisions the way people type them, and their years."""

from datetime import date

import pytest

from db.reference import FOLDER
from db.reference import registry_list as lists
from tracker.errors import TrackerError
from tracker.rules.division import AreaFacts, DivisionFacts, DivisionMatch, FormerName
from tracker.rules.division_index import DivisionIndex
from tracker.rules.division_key import Fit


@pytest.fixture(scope="module")
def index() -> DivisionIndex:
    """The shipped registry."""
    divisions = lists.listed_divisions(FOLDER)
    ids = {d.code: number for number, d in enumerate(divisions, 1)}
    return DivisionIndex(
        [
            DivisionFacts(
                *(ids[d.code], d.code, d.name, d.name_en, d.short_name, d.level.value, d.kind),
                *(ids.get(d.parent_code), ids.get(d.province_code), d.valid_from, None),
            )
            for d in divisions
        ],
        [
            FormerName(ids[code], n.code, n.name, n.relation, n.valid_from, n.valid_to, n.ambiguous)
            for n in lists.listed_names(FOLDER)
            for code in n.current_codes
        ],
        [
            AreaFacts(number, a.code, a.name, ids.get(a.parent_code))
            for number, a in enumerate(lists.listed_areas(FOLDER))
        ],
    )


def codes(matches: list[DivisionMatch]) -> list[str]:
    return [m.division.code for m in matches if m.division]


def remark(match: DivisionMatch) -> str:
    message, values = match.remark or ("", {})
    return message.format(**values)


LILING = "430281"


@pytest.mark.parametrize(
    "typed",
    [
        *(
            "醴陵市",
            "醴陵",
            "430281",
            "４３０２８１",
            "430281000000",
            "liling",
            "LiLing",
            "li ling",
            "ｌｉｌｉｎｇ",
        ),
        *(
            "Liling City",
            "lilingshi",
            "　醴陵市　",
            "湖南省株洲市醴陵市",
            "湖南醴陵",
            "醴陵（株洲）",
            "hunan liling",
        ),
    ],
)
def test_every_way_of_typing_a_county_finds_it_first(index: DivisionIndex, typed: str) -> None:
    assert codes(index.find(typed))[0] == LILING


def test_initials_shared_by_many_find_all_of_them(index: DivisionIndex) -> None:
    found = index.find("ll")
    assert LILING in codes(found)
    assert len(found) == 17


@pytest.mark.parametrize(("typed", "code"), [("4302", LILING), ("陵市", LILING), ("ilin", LILING)])
def test_a_part_is_enough(index: DivisionIndex, typed: str, code: str) -> None:
    assert code in codes(index.find(typed, limit=50))


def test_exact_comes_before_beginning_before_part(index: DivisionIndex) -> None:
    fits = [m.fit for m in index.find("城", limit=400) + index.find("城区", limit=400)]
    assert set(fits) == set(Fit)
    assert [m.fit for m in index.find("城区", limit=400)] == sorted(
        m.fit for m in index.find("城区", limit=400)
    )


def test_counties_come_before_prefectures(index: DivisionIndex) -> None:
    levels = [m.division.level for m in index.find("西安") if m.division and m.fit is Fit.exact]
    assert levels == ["county", "county", "prefecture"]


def test_the_levels_asked_for_come_in_the_order_asked(index: DivisionIndex) -> None:
    first = index.find("西安", levels=("prefecture", "county"))[0]
    assert codes([first]) == ["610100"]


def test_a_level_not_asked_for_is_not_found(index: DivisionIndex) -> None:
    assert "430000" not in codes(index.find("湖南", levels=("county",)))


@pytest.mark.parametrize("typed", ["lvliang", "luliang", "Lüliang", "lüliang", "lǘliáng"])
def test_u_with_dots_may_be_typed_as_u_or_v(index: DivisionIndex, typed: str) -> None:
    assert "141100" in codes(index.find(typed))


@pytest.mark.parametrize("typed", ["xi'an", "xi’an", "xian"])
def test_an_apostrophe_may_be_left_out(index: DivisionIndex, typed: str) -> None:
    assert "610100" in codes(index.find(typed))


@pytest.mark.parametrize(
    ("typed", "code"), [("xunxian", "410621"), ("junxian", "410621"), ("hongtong", "141024")]
)
def test_the_english_name_decides_a_reading_and_the_other_works_too(
    index: DivisionIndex, typed: str, code: str
) -> None:
    assert code in codes(index.find(typed))


def test_a_former_name_finds_the_present_county_and_says_so(index: DivisionIndex) -> None:
    found = index.find("户县")
    assert codes(found) == ["610118"]
    assert remark(found[0]) == "formerly 户县 until 2016"


def test_a_former_code_finds_the_present_county(index: DivisionIndex) -> None:
    assert codes(index.find("610125")) == ["610118"]


def test_a_former_code_under_the_same_name_says_the_code(index: DivisionIndex) -> None:
    assert remark(index.find("542627")[0]) == "formerly code 542627, until 2015"


def test_a_split_county_lists_what_it_became_to_choose_from(index: DivisionIndex) -> None:
    found = index.find("渝北区")
    assert codes(found) == ["500109", "500157"]
    assert all(m.must_choose for m in found)
    assert remark(found[1]) == "part of what was 渝北区 until 2025: choose"


def test_a_former_name_that_others_bear_now_lists_them_all(index: DivisionIndex) -> None:
    assert codes(index.find("桥东区")) == ["130702", "130102", "130104", "130502"]


def test_a_reused_code_is_the_present_division(index: DivisionIndex) -> None:
    assert [m.division.name for m in index.find("130502") if m.division] == ["襄都区"]


def test_a_short_form_needs_no_remark(index: DivisionIndex) -> None:
    found = index.find("贡山县")
    assert codes(found) == ["533324"]
    assert found[0].remark is None


def test_a_statistics_only_area_is_explained_and_never_a_division(index: DivisionIndex) -> None:
    found = index.find("石家庄高新技术产业开发区")
    assert codes(found) == []
    assert found[0].must_choose
    assert remark(found[0]) == "Statistics-only area, not a division: choose its county."


def test_counties_of_one_name_come_with_prefecture_and_province(index: DivisionIndex) -> None:
    places = [
        (m.prefecture.name, m.province.name) for m in index.find("鼓楼区") if m.prefecture and m.province
    ]
    assert places == [("南京市", "江苏省"), ("徐州市", "江苏省"), ("福州市", "福建省"), ("开封市", "河南省")]


def test_a_county_directly_under_a_province_has_no_prefecture(index: DivisionIndex) -> None:
    found = index.find("仙桃市")[0]
    assert found.prefecture is None
    assert found.province is not None
    assert found.province.name == "湖北省"


@pytest.mark.parametrize("typed", ["", "  ", "zzzz", "🙂", "999999", "%", "\\", "<script>"])
def test_nonsense_finds_nothing(index: DivisionIndex, typed: str) -> None:
    assert index.find(typed) == []


@pytest.mark.parametrize(
    "pasted",
    [
        "醴陵市, 南县、桂东县",
        "醴陵市 南县　桂东县",
        "醴陵市\n南县\n桂东县",
        "liling;nanxian;guidong",
        "430281/430921/431027",
    ],
)
def test_several_names_typed_together_are_each_found(index: DivisionIndex, pasted: str) -> None:
    sure = [t.sure.division.code for t in index.find_many(pasted) if t.sure and t.sure.division]
    assert sure == ["430281", "430921", "431027"]


def test_a_province_before_a_county_is_not_a_second_name(index: DivisionIndex) -> None:
    assert [t.term for t in index.find_many("湖南 南县")] == ["湖南 南县"]


@pytest.mark.parametrize(
    "typed", ["鼓楼区", "渝北区", "桥东区", "江北区", "ll", "石家庄高新技术产业开发区", "zzz"]
)
def test_a_doubtful_name_is_never_sure(index: DivisionIndex, typed: str) -> None:
    assert index.find_many(typed)[0].sure is None


def test_a_search_can_be_kept_to_some_divisions(index: DivisionIndex) -> None:
    hunan = index.below(["430000"])
    assert codes(index.find("ll", within=hunan)) == ["430281", "430724", "431102"]


def test_a_scope_holds_a_province_its_prefectures_and_counties(index: DivisionIndex) -> None:
    names = {index.by_id[i].name for i in index.below(["430000"])}
    assert {"湖南省", "株洲市", "醴陵市"} <= names
    assert len(names) > 120


def county(valid_from: int | None = None, valid_to: int | None = None) -> DivisionFacts:
    return DivisionFacts(
        1, "500157", "两江新区", "", "", "county", "市辖区", None, None, valid_from, valid_to
    )


def doubt(index: DivisionIndex, name: str, day: date) -> TrackerError | None:
    division = index.find(name)[0].division
    assert division is not None
    return index.doubt(division.id, day)


def test_a_county_created_later_is_doubted(index: DivisionIndex) -> None:
    error = doubt(index, "两江新区", date(2020, 7, 17))
    assert str(error) == "两江新区 did not exist on 2020-07-17: it was created in 2025."


def test_a_county_under_another_name_then_is_doubted(index: DivisionIndex) -> None:
    error = doubt(index, "鄠邑区", date(2014, 5, 1))
    assert str(error) == "On 2014-05-01, 鄠邑区 was still called 户县."


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("醴陵市", date(2020, 7, 17)),
        ("鄠邑区", date(2016, 5, 1)),
        ("两江新区", date(2025, 1, 1)),
        ("542627", date(2001, 1, 1)),
    ],
)
def test_what_may_be_right_is_not_doubted(index: DivisionIndex, name: str, day: date) -> None:
    assert doubt(index, name, day) is None


def test_an_abolished_county_is_doubted_afterwards() -> None:
    index = DivisionIndex([county(1997, 2025)])
    assert str(index.doubt(1, date(2026, 1, 1))).endswith("it was abolished in 2025.")


def test_an_abolished_county_is_found_under_its_successor_alone() -> None:
    successor = DivisionFacts(2, "500158", "新区", "", "", "county", "", None, None, 2025, None)
    former = FormerName(2, "500157", "两江新区", "merged_into_existing", 1997, 2025, False)
    index = DivisionIndex([county(1997, 2025), successor], [former])
    assert codes(index.find("两江新区")) == ["500158"]
    assert index.successors_of(index.by_id[1]) == [successor]

"""What a newer list of divisions does to the ones known, by small lists made by hand."""

from datetime import date

from db.reference.registry_list import ListedDivision, ListedName
from db.vocabulary import DivisionLevel
from tracker.rules.division import DivisionFacts
from tracker.rules.registry_change import RegistryChange, compare

PROVINCE, OTHER_PROVINCE = 1, 2


def known(number: int, code: str, name: str, province: int = PROVINCE) -> DivisionFacts:
    return DivisionFacts(number, code, name, "", "", "county", "县", province, province, None, None)


def listed(code: str, name: str, province: str = "610000") -> ListedDivision:
    return ListedDivision(
        code=code,
        name=name,
        name_en="",
        level=DivisionLevel.county,
        parent_code=province,
        province_code=province,
    )


def former(
    code: str, name: str, relation: str, until: int, *codes: str, ambiguous: bool = False
) -> ListedName:
    return ListedName(code, name, relation, None, until, ambiguous, codes)


def change(before: list[DivisionFacts], after: list[ListedDivision], *names: ListedName) -> RegistryChange:
    provinces = [
        DivisionFacts(PROVINCE, "610000", "陕西省", "", "", "province", "", None, None, None, None),
        DivisionFacts(OTHER_PROVINCE, "130000", "河北省", "", "", "province", "", None, None, None, None),
    ]
    tops = [
        ListedDivision(code=p.code, name=p.name, name_en="", level=DivisionLevel.province) for p in provinces
    ]
    return compare([*provinces, *before], [*tops, *after], names, as_of=date(2026, 10, 6))


def outcome(result: RegistryChange) -> dict[str, list[str]]:
    return {
        "altered": [f"{c.before.code}{c.before.name}→{c.after.code}{c.after.name}" for c in result.altered],
        "abolished": [f"{a.before.code}{a.before.name}→{','.join(a.successors)}" for a in result.abolished],
        "new": [f"{d.code}{d.name}" for d in result.new],
    }


NOTHING: dict[str, list[str]] = {"altered": [], "abolished": [], "new": []}


def test_the_same_list_changes_nothing() -> None:
    result = change([known(3, "610125", "户县")], [listed("610125", "户县")])
    assert outcome(result) == NOTHING


def test_a_division_raised_in_status_goes_on_as_itself() -> None:
    told = former("610125", "户县", "renamed_or_merged_into_new", 2016, "610118")
    result = change([known(3, "610125", "户县")], [listed("610118", "鄠邑区")], told)
    assert outcome(result) == NOTHING | {"altered": ["610125户县→610118鄠邑区"]}
    assert result.altered[0].until == 2016


def test_a_rename_the_list_tells_of_goes_on_as_itself() -> None:
    told = former("130502", "桥东区", "renamed_same_code", 2020, "130502", ambiguous=True)
    result = change([known(3, "130502", "桥东区")], [listed("130502", "襄都区")], told)
    assert outcome(result) == NOTHING | {"altered": ["130502桥东区→130502襄都区"]}


def test_a_rename_nobody_tells_of_goes_on_as_itself_until_the_lists_year() -> None:
    result = change([known(3, "610125", "户县")], [listed("610125", "新县")])
    assert outcome(result) == NOTHING | {"altered": ["610125户县→610125新县"]}
    assert result.altered[0].until == 2026


def test_a_code_used_again_for_another_division_does_not_pass_the_record_on() -> None:
    told = former("130502", "桥东区", "merged_into_existing", 2020, "130503")
    before = [known(3, "130502", "桥东区"), known(4, "130503", "桥西区")]
    result = change(before, [listed("130502", "襄都区"), listed("130503", "桥西区")], told)
    assert outcome(result) == NOTHING | {"abolished": ["130502桥东区→130503"], "new": ["130502襄都区"]}


def test_a_code_used_again_while_its_bearer_moved_to_another_code() -> None:
    after = [listed("610125", "新县"), listed("610130", "户县")]
    result = change([known(3, "610125", "户县")], after)
    assert outcome(result) == NOTHING | {"altered": ["610125户县→610130户县"], "new": ["610125新县"]}


def test_a_new_code_for_the_only_division_of_that_name_in_the_province_is_the_same_one() -> None:
    result = change([known(3, "610125", "户县")], [listed("610225", "户县")])
    assert outcome(result) == NOTHING | {"altered": ["610125户县→610225户县"]}


def test_the_same_name_in_another_province_is_another_division() -> None:
    result = change([known(3, "610125", "户县")], [listed("130125", "户县", "130000")])
    assert outcome(result) == NOTHING | {"abolished": ["610125户县→"], "new": ["130125户县"]}


def test_two_merged_into_a_new_one_both_end() -> None:
    names = [
        former("500105", "江北区", "renamed_or_merged_into_new", 2025, "500157"),
        former("500112", "渝北区", "split", 2025, "500109", "500157", ambiguous=True),
    ]
    before = [known(3, "500105", "江北区"), known(4, "500112", "渝北区"), known(5, "500109", "北碚区")]
    result = change(before, [listed("500157", "两江新区"), listed("500109", "北碚区")], *names)
    assert outcome(result) == NOTHING | {
        "abolished": ["500105江北区→500157", "500112渝北区→500109,500157"],
        "new": ["500157两江新区"],
    }
    assert [a.until for a in result.abolished] == [2025, 2025]


def test_a_merger_is_one_even_if_only_one_of_the_two_is_known() -> None:
    names = [
        former("500105", "江北区", "renamed_or_merged_into_new", 2025, "500157"),
        former("500112", "渝北区", "split", 2025, "500109", "500157"),
    ]
    result = change([known(3, "500105", "江北区")], [listed("500157", "两江新区")], *names)
    assert outcome(result)["abolished"] == ["500105江北区→500157"]


def test_one_absorbed_by_another_ends() -> None:
    told = former("310108", "闸北区", "merged_into_existing", 2015, "310106")
    before = [known(3, "310108", "闸北区"), known(4, "310106", "静安区")]
    result = change(before, [listed("310106", "静安区")], told)
    assert outcome(result) == NOTHING | {"abolished": ["310108闸北区→310106"]}


def test_one_left_out_without_a_word_is_unexplained() -> None:
    result = change([known(3, "610125", "户县")], [])
    assert [a.before.name for a in result.unexplained] == ["户县"]
    assert result.abolished[0].until == 2026


def test_a_county_below_another_parent_is_moved() -> None:
    result = change([known(3, "420626", "保康县")], [listed("420626", "保康县", "130000")])
    assert [c.moved for c in result.altered] == [True]

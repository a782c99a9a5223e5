"""The funnel: each stage with the n and N of its own rate, never forced to shrink."""

from datetime import date

import pytest

from tests.portfolio.test_tile_map import facts
from tests.portfolio.timeline_facts import AS_OF, portfolio, project
from tracker.portfolio.funnel import funnel
from tracker.portfolio.part import Part


def _stages(
    *, part: Part | None = None, day: date = AS_OF, **tables: object
) -> dict[str, tuple[object, ...]]:
    rows = funnel(facts(**tables), day, part or Part()).iter_rows(named=True)
    return {row["stage"]: (row["n"], row["of"]) for row in rows}


def test_each_stage_divides_by_its_own_whole() -> None:
    live = [project(1, 1, 11, live_on=date(2021, 6, 1)), project(2, 2, 12), project(3, 2, 21)]
    assert _stages(project=live) == {
        "contacted": (3, 4),
        "signed": (3, 3),
        "decomposed": (1, 2),
        "performing": (2, 2),
        "landed": (1, 2),
        "live": (1, 1),
    }


def test_a_stage_may_exceed_the_one_before_it() -> None:
    stages = _stages()
    assert (stages["decomposed"], stages["performing"]) == ((1, 2), (2, 2))


def test_a_stage_says_what_it_counts() -> None:
    units = funnel(facts(), AS_OF, Part())["unit"].to_list()
    assert units == ["counties", "counties", "agreements", "agreements", "agreements", "projects"]


def test_what_nobody_ever_recorded_is_not_zero() -> None:
    assert _stages()["live"] == (None, None)


def test_what_is_recorded_later_is_zero_until_then() -> None:
    live = [project(1, 1, 11, live_on=date(2022, 1, 1))]
    assert _stages(project=live)["live"] == (0, 1)


def test_without_any_landing_gate_nobody_can_say_what_landed() -> None:
    assert _stages(baseline_milestone=[])["landed"] == (None, None)


def test_a_pillar_begins_with_its_agreements() -> None:
    assert list(_stages(part=Part(pillar_id=2))) == ["decomposed", "performing", "landed", "live"]


@pytest.mark.parametrize("part", [Part(event_id=99), Part(region_id=99)])
def test_a_part_with_nothing_in_it_divides_by_nothing(part: Part) -> None:
    stages = funnel(facts(), AS_OF, part).filter(stage="landed").to_dicts()
    assert [(s["n"], s["of"], s["share"]) for s in stages] == [(0, 0, None)]


def test_an_empty_nation_has_recorded_nothing() -> None:
    assert funnel(portfolio(), AS_OF, Part())["of"].null_count() == 6

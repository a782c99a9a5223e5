"""The parts of the work that are reviewed: which agreements, projects and figures belong to each."""

import pytest

from tests.portfolio.test_figures import GUIZHOU, HUNAN, TABLES
from tests.portfolio.timeline_facts import AS_OF, PILLARS, SUMMIT
from tests.portfolio.timeline_facts import portfolio as made_of
from tracker.portfolio.figures import Grouping, figures
from tracker.portfolio.model import Portfolio
from tracker.portfolio.part import Part, part_agreements, part_counties, part_figures, part_projects

EVENTS = [{"id": 1, "name": "湖南峰会", "held_on": SUMMIT, "place": "杭州"}]
ABOUT = [{"id": 1, "agreement_id": 1, "pillar_id": 2}]
LABELS = ("key", "label", "label_en")


def _portfolio() -> Portfolio:
    return made_of(**TABLES | {"signing_event": EVENTS, "pillar": PILLARS, "agreement_pillar": ABOUT})


@pytest.mark.parametrize(
    ("part", "projects", "agreements"),
    [
        (Part(), [1, 2], [1, 2, 3]),
        (Part(region_id=HUNAN), [1], [1, 2, 3]),
        (Part(region_id=GUIZHOU), [2], [2]),
        (Part(pillar_id=1), [2], []),
        (Part(pillar_id=2), [1], [1]),
        (Part(event_id=1), [1, 2], [1, 2]),
        (Part(agreement_id=2), [2], [2]),
        (Part(project_id=1), [1], [1]),
        (Part(project_id=99), [], []),
        (Part(region_id=HUNAN, event_id=1), [1], [1, 2]),
        (Part(region_id=GUIZHOU, pillar_id=2), [], []),
    ],
)
def test_a_part_holds_its_projects_and_agreements(
    part: Part, projects: list[int], agreements: list[int]
) -> None:
    found = (part_projects(_portfolio(), AS_OF, part), part_agreements(_portfolio(), AS_OF, part))
    assert [sorted(frame["id"].to_list()) for frame in found] == [projects, agreements]


@pytest.mark.parametrize(
    ("part", "by", "key"),
    [
        (Part(region_id=HUNAN), Grouping.province, HUNAN),
        (Part(pillar_id=2), Grouping.pillar, 2),
        (Part(event_id=1), Grouping.event, 1),
        (Part(), None, 0),
    ],
)
def test_a_parts_figures_are_those_of_its_group(part: Part, by: Grouping | None, key: int) -> None:
    (row,) = figures(_portfolio(), AS_OF, by).filter(key=key).drop(LABELS).to_dicts()
    assert part_figures(_portfolio(), AS_OF, part) == row


def test_a_region_has_the_counties_in_it() -> None:
    counties = part_counties(_portfolio(), AS_OF, Part(region_id=HUNAN))
    assert counties is not None
    assert sorted(counties["name"]) == ["南县", "醴陵市"]


def test_a_pillars_part_of_a_region_has_no_counties_of_its_own() -> None:
    row = part_figures(_portfolio(), AS_OF, Part(region_id=HUNAN, pillar_id=2))
    assert (row["counties"], row["agreements_signed"]) == (None, 1)


def test_a_part_with_nothing_in_it_counts_nothing() -> None:
    row = part_figures(_portfolio(), AS_OF, Part(event_id=99))
    assert (row["agreements"], row["projects"], row["actual"]) == (0, 0, None)

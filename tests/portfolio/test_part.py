"""The parts of the work that are reviewed: which agreements, projects and figures belong to each."""

import pytest

from tests.portfolio.test_figures import GUIZHOU, HUNAN, TABLES
from tests.portfolio.timeline_facts import AS_OF, PILLARS, SUMMIT
from tests.portfolio.timeline_facts import portfolio as made_of
from tracker.portfolio.figures import Grouping, figures
from tracker.portfolio.model import Portfolio
from tracker.portfolio.part import Part, PartKind, part_agreements, part_figures, part_projects

EVENTS = [{"id": 1, "name": "湖南峰会", "held_on": SUMMIT, "place": "杭州"}]
ABOUT = [{"id": 1, "agreement_id": 1, "pillar_id": 2}]


def _portfolio() -> Portfolio:
    return made_of(**TABLES | {"signing_event": EVENTS, "pillar": PILLARS, "agreement_pillar": ABOUT})


@pytest.mark.parametrize(
    ("part", "projects", "agreements"),
    [
        (Part(), [1, 2], [1, 2, 3]),
        (Part(PartKind.region, HUNAN), [1], [1, 2, 3]),
        (Part(PartKind.region, GUIZHOU), [2], [2]),
        (Part(PartKind.pillar, 1), [2], []),
        (Part(PartKind.pillar, 2), [1], [1]),
        (Part(PartKind.event, 1), [1, 2], [1, 2]),
        (Part(PartKind.agreement, 2), [2], [2]),
        (Part(PartKind.project, 1), [1], [1]),
        (Part(PartKind.project, 99), [], []),
    ],
)
def test_a_part_holds_its_projects_and_agreements(
    part: Part, projects: list[int], agreements: list[int]
) -> None:
    found = (part_projects(_portfolio(), AS_OF, part), part_agreements(_portfolio(), AS_OF, part))
    assert [sorted(frame["id"].to_list()) for frame in found] == [projects, agreements]


@pytest.mark.parametrize(
    ("kind", "by", "key"),
    [
        (PartKind.region, Grouping.province, HUNAN),
        (PartKind.pillar, Grouping.pillar, 2),
        (PartKind.event, Grouping.event, 1),
    ],
)
def test_a_parts_figures_are_those_of_its_group(kind: PartKind, by: Grouping, key: int) -> None:
    (row,) = figures(_portfolio(), AS_OF, by).filter(key=key).to_dicts()
    assert part_figures(_portfolio(), AS_OF, Part(kind, key)) == row


def test_the_figures_of_everything_are_the_total() -> None:
    assert part_figures(_portfolio(), AS_OF, Part()) == figures(_portfolio(), AS_OF).row(0, named=True)


def test_a_part_that_does_not_exist_is_an_error() -> None:
    with pytest.raises(KeyError):
        part_figures(_portfolio(), AS_OF, Part(PartKind.event, 99))

"""Who may do what, and where. The services ask; screens only follow."""

from dataclasses import dataclass
from enum import IntEnum
from typing import Final


class Role(IntEnum):
    """What a person may do, each role including the ones before it."""

    viewer = 1
    editor = 2
    lead = 3
    administrator = 4


@dataclass(frozen=True)
class Person:
    """Somebody at work: a name for the audit entries, a role, and the divisions in scope (None: all)."""

    name: str
    role: Role
    division_ids: frozenset[int] | None = None

    def sees(self, division_ids: frozenset[int] | set[int]) -> bool:
        """Return whether any of these divisions is in scope; a record of none is everybody's."""
        return self.division_ids is None or not division_ids or bool(self.division_ids & division_ids)


LOCAL_ADMINISTRATOR: Final = Person("local administrator", Role.administrator)

# The least role for each act; an act that is missing here is refused to everybody (see the test).
LEAST_ROLE: Final[dict[str, Role]] = {
    "read": Role.viewer,
    "agreement.write": Role.editor,
    "agreement.archive": Role.lead,
    "signing_event.write": Role.editor,
    "signing_event.archive": Role.lead,
    "project.write": Role.editor,
    "project.archive": Role.lead,
    "plan.propose": Role.editor,
    "plan.approve": Role.lead,
    "milestone.write": Role.editor,
    "forecast.write": Role.editor,
    "dependency.write": Role.editor,
    "update.write": Role.editor,
    "update.decide": Role.lead,
    "request.write": Role.lead,
    "risk.write": Role.editor,
    "light.override": Role.lead,
    "threshold.write": Role.administrator,
    "sales_region.write": Role.administrator,
    "target.write": Role.lead,
    "saved_view.write": Role.viewer,
    "saved_view.default": Role.administrator,
    "calendar.write": Role.administrator,
    "month.close": Role.administrator,
    "document.write": Role.editor,
    "document.archive": Role.lead,
    "meeting.write": Role.editor,
    "meeting.archive": Role.lead,
    "draft.write": Role.viewer,
    "plan_template.write": Role.administrator,
    "registry.apply": Role.administrator,
    "demo.load": Role.administrator,
    "upkeep": Role.administrator,
    "history.read": Role.viewer,
    "history.restore": Role.lead,
}


def may(person: Person, act: str) -> bool:
    """Return whether the person's role allows the act, scope aside."""
    least = LEAST_ROLE.get(act)
    return least is not None and person.role >= least


def works_alone(person: Person) -> bool:
    """Return whether nobody else could approve what this person did: no account exists yet."""
    return person == LOCAL_ADMINISTRATOR

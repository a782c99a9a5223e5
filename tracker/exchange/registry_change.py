"""A change of the county registry as sentences for people and as data for programs."""

from collections.abc import Iterator
from typing import Any

from tracker.errors import N_
from tracker.rules.division import Sentence
from tracker.rules.registry_change import RegistryChange


def change_in_words(change: RegistryChange) -> Iterator[Sentence]:
    """Give each line as a message and its values: first the counts, then one line per division."""
    yield (
        N_("List of {day}, after {previous}: {new} new, {altered} altered, {abolished} abolished."),
        _counts(change) | {"day": change.as_of, "previous": change.previous},
    )
    for c in change.altered:
        values = {
            "code": c.before.code,
            "name": c.before.name,
            "to_code": c.after.code,
            "to_name": c.after.name,
        }
        if c.renamed or c.recoded:
            yield N_("{code} {name} → {to_code} {to_name}"), values | {"until": c.until}
        else:
            yield N_("{code} {name}: now in {parent}"), values | {"parent": c.after.parent_code}
    for a in change.abolished:
        ended = {"code": a.before.code, "name": a.before.name, "until": a.until}
        if a.successors:
            message = N_("{code} {name} abolished in {until}, succeeded by {successors}")
            yield message, ended | {"successors": ", ".join(a.successors)}
        else:
            yield N_("{code} {name} abolished in {until}; the list does not say what became of it"), ended
    for d in change.new:
        yield N_("{code} {name} new"), {"code": d.code, "name": d.name}


def change_as_data(change: RegistryChange) -> dict[str, Any]:
    """Return the change as what JSON can hold."""
    return {
        "as_of": change.as_of.isoformat(),
        "previous": change.previous,
        "counts": _counts(change),
        "altered": [
            {
                "from": {"code": c.before.code, "name": c.before.name},
                "to": {"code": c.after.code, "name": c.after.name},
                "parent": c.after.parent_code,
                "until": c.until if c.renamed or c.recoded else None,
            }
            for c in change.altered
        ],
        "abolished": [
            {"code": a.before.code, "name": a.before.name, "until": a.until, "successors": list(a.successors)}
            for a in change.abolished
        ],
        "new": [{"code": d.code, "name": d.name, "level": d.level.value} for d in change.new],
    }


def _counts(change: RegistryChange) -> dict[str, int]:
    return {
        "new": len(change.new),
        "altered": len(change.altered),
        "abolished": len(change.abolished),
        "kept": len(change.continued) - len(change.altered),
    }

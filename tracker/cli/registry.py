"""`registry`: show the list of divisions in force, and see or apply what a newer one changes."""

import argparse
from typing import Any

from tracker.cli.printing import print_json
from tracker.i18n import Words
from tracker.permissions import LOCAL_ADMINISTRATOR
from tracker.rules.registry_change import RegistryChange
from tracker.services.desk import Desk
from tracker.services.division import apply_registry, plan_registry, registry_version
from tracker.services.office import open_office
from tracker.settings import read_settings


def run(options: argparse.Namespace, words: Words) -> int:
    """Print the registry's version, or what a list changes. Raises: TrackerError, StorageError."""
    settings = read_settings(options.home)
    office = open_office(settings)
    desk = Desk(LOCAL_ADMINISTRATOR, office.database, settings, origin="command line")
    if options.folder is None:
        version = registry_version(desk)
        if options.json:
            print_json({"version": version})
        else:
            print(words.text("County registry {version}", version=version))
        return 0
    change = (apply_registry if options.apply else plan_registry)(desk, options.folder)
    if options.json:
        print_json({"applied": options.apply} | _as_json(change))
        return 0
    for line in _lines(change, words):
        print(line)
    if not options.apply:
        print(words.text("Nothing was changed. Add --apply to change the registry."))
    return 0


def _lines(change: RegistryChange, words: Words) -> list[str]:
    _ = words.text
    lines = [_("From {previous} to {as_of}", previous=change.previous or "–", as_of=change.as_of)]
    for entry in change.altered:
        before, after = entry.before, entry.after
        values = {"before": f"{before.code} {before.name}", "after": f"{after.code} {after.name}"}
        lines.append(_("goes on: {before} → {after}", **values))
    for gone in change.abolished:
        successors = ", ".join(gone.successors) or _("not told")
        name = f"{gone.before.code} {gone.before.name}"
        lines.append(_("abolished: {name}; succeeded by {successors}", name=name, successors=successors))
    lines += [_("new: {name}", name=f"{division.code} {division.name}") for division in change.new]
    return lines


def _as_json(change: RegistryChange) -> dict[str, Any]:
    return {
        "previous": change.previous,
        "as_of": change.as_of,
        "altered": [
            {
                "before": {"code": c.before.code, "name": c.before.name},
                "after": {"code": c.after.code, "name": c.after.name},
                "until": c.until,
            }
            for c in change.altered
        ],
        "abolished": [
            {"code": a.before.code, "name": a.before.name, "until": a.until, "successors": list(a.successors)}
            for a in change.abolished
        ],
        "new": [{"code": d.code, "name": d.name} for d in change.new],
    }

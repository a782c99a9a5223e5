"""The filters that lists share, made of what there is to choose, and what they ask the services for."""

from collections.abc import Mapping
from datetime import date

import polars as pl

from pages.components.context import _, named
from pages.components.filters import TEXT, Filter, Period, chosen_day
from tracker.rules.agreement import STATUS_NAMES
from tracker.rules.agreement_title import KIND_NAMES
from tracker.rules.milestone import STATE_NAMES
from tracker.services.lists import Choices, Wanted

DECISION = "decision"
Picked = Mapping[str, tuple[str, ...]]
_REACHED = {"started": "is_performed", "landed": "is_landed", "live": "is_live"}


def region_filter(choices: Choices) -> Filter:
    """Offer the sales regions, and the provinces with their prefectures."""
    return Filter("region", _("Region"), region_names(choices), several=False)


def region_names(choices: Choices) -> dict[str, str]:
    """Return id → name of every region, a prefecture behind its province."""
    names, province = {}, ""
    for row in choices.regions.iter_rows(named=True):
        name = named(row)
        if row["level"] == "province":
            province = name
        names[str(row["id"])] = f"{province} · {name}" if row["level"] == "prefecture" else name
    return names


def pillar_filter(choices: Choices) -> Filter:
    """Offer the pillars."""
    return Filter("pillar", _("Pillar"), _named(choices.pillars))


def event_filter(choices: Choices) -> Filter:
    """Offer the signing events, newest first."""
    return Filter("event", _("Signing event"), _named(choices.events))


def owner_filter(choices: Choices) -> Filter:
    """Offer the owners by name."""
    return Filter("owner", _("Owner"), {name: name for name in choices.owners})


def status_filter() -> Filter:
    """Offer the statuses of agreements (D1)."""
    return Filter("status", _("Status"), {status.value: _(name) for status, name in STATUS_NAMES.items()})


def kind_filter() -> Filter:
    """Offer the kinds of agreement."""
    return Filter("kind", _("Kind"), {kind.value: _(name) for kind, name in KIND_NAMES.items()})


def milestone_state_filter() -> Filter:
    """Offer the states of milestones (D6)."""
    return Filter("state", _("State"), {state.value: _(name) for state, name in STATE_NAMES.items()})


def lapsed_filter() -> Filter:
    """Offer the milestones whose forecast has gone by (D7)."""
    return Filter("forecast", _("Forecast"), {"lapsed": _("forecast lapsed")}, several=False)


def signed_filter() -> Filter:
    """Offer the agreements that count: the signed ones, and of them those that led to something (D4)."""
    stages = {
        "yes": _("signed"),
        "planned": _("signed, with an approved plan"),
        "started": _("signed, with a project started"),
        "landed": _("signed, with a project landed"),
        "live": _("signed, with a project live"),
    }
    return Filter("signed", _("Signature"), stages, several=False)


def decision_filter() -> Period:
    """Offer the days by which agreements that still run have to be decided on."""
    return Period(DECISION, _("Renewal decision"))


def wanted(picked: Picked, period: Period | None = None) -> Wanted:
    """Return what the filters ask for, of the ones a page drew."""

    def ids(name: str) -> list[int]:
        return [int(value) for value in picked.get(name, ())]

    return Wanted(
        text=next(iter(picked.get(TEXT, ())), ""),
        region_id=next(iter(ids("region")), None),
        states=picked.get("status", ()) + picked.get("state", ()),
        kinds=picked.get("kind", ()),
        pillar_ids=ids("pillar"),
        event_ids=ids("event"),
        owners=picked.get("owner", ()),
        period=_days(period.name) if period else (None, None),
        signed=bool(picked.get("signed")),
        planned="planned" in picked.get("signed", ()),
        reached=next((_REACHED[name] for name in picked.get("signed", ()) if name in _REACHED), ""),
        decision=_days(DECISION) if f"{DECISION}_from" in picked else (None, None),
        lapsed="lapsed" in picked.get("forecast", ()),
    )


def _days(name: str) -> tuple[date | None, date | None]:
    return chosen_day(f"{name}_from"), chosen_day(f"{name}_to")


def _named(frame: pl.DataFrame) -> dict[str, str]:
    return {str(row["id"]): named(row) for row in frame.iter_rows(named=True)}

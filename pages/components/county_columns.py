"""The columns that the list of counties shows, and the filters only it has."""

from pages.components.context import _
from pages.components.filters import Filter
from pages.components.record_table import Column
from tracker.rules.division import KIND_NAMES
from tracker.services.county import CONTACTED, NOT_CONTACTED, SIGNED

_COUNTY_KINDS = ("县", "市辖区", "县级市", "自治县", "旗", "自治旗", "林区", "特区")


def county_columns() -> list[Column]:
    """Return the columns in their order; those that are not shown at first can be chosen."""
    return [
        Column("name", _("County name")),
        Column("prefecture", _("Prefecture")),
        Column("province", _("Province")),
        Column("agreements_signed", _("Agreements signed"), "number"),
        Column("projects", _("Projects"), "number"),
        Column("milestones_overdue", _("Milestones overdue"), "number"),
        Column("last_signed_on", _("Last signed on"), "date"),
        Column("last_met_on", _("Last met on"), "date"),
        Column("code", _("Code")),
        Column("kind", _("Kind"), names=KIND_NAMES, shown=False),
        Column("contacted_on", _("First contact"), "date", shown=False),
        Column("first_signed_on", _("First signed on"), "date", shown=False),
        Column("agreements", _("Agreements, signed or not"), "number", shown=False),
        Column("meetings", _("Meetings"), "number", shown=False),
        Column("milestones", _("Milestones"), "number", shown=False),
        Column("milestones_met", _("Milestones met"), "number", shown=False),
    ]


def contact_filter() -> Filter:
    """Offer how far one is with a county (D4)."""
    stages = {
        CONTACTED: _("contacted (a meeting or a signed agreement)"),
        SIGNED: _("with a signed agreement"),
        NOT_CONTACTED: _("not contacted yet"),
    }
    return Filter("contact", _("Contact"), stages, several=False)


def kind_filter() -> Filter:
    """Offer the kinds of county-level division."""
    return Filter("kind", _("Kind"), {kind: _(KIND_NAMES[kind]) for kind in _COUNTY_KINDS})

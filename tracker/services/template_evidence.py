"""What past projects of a template show a person, and the offsets they give to the next plan."""

from datetime import date

from db.queries.plan_template import current_version, steps_ever, steps_of
from tracker.errors import NotFound
from tracker.portfolio.template_evidence import template_evidence
from tracker.rules.template_evidence import TemplateEvidence
from tracker.services.desk import Desk
from tracker.services.reading import portfolio_for


def read_template_evidence(desk: Desk, template_id: int, as_of: date) -> TemplateEvidence:
    """Return what the projects within the person's scope show of each step of the current edition, in order.

    A step of an earlier edition counts with the one that has its Chinese name now.
    Raises: NotAllowed, NotFound, StorageError.
    """
    desk.allow("read")
    return _evidence(desk, template_id, as_of)[1]


def median_offsets(desk: Desk, template_id: int | None, medians_on: date | None) -> dict[int, int]:
    """Return step id → days from the anchor for the steps that enough projects had met by `medians_on`.

    Nothing without a template or a day. Raises: NotAllowed, NotFound, StorageError.
    """
    desk.allow("read")
    if template_id is None or medians_on is None:
        return {}
    ids, found = _evidence(desk, template_id, medians_on)
    return {i: days for i, days in zip(ids, found.offset_days, strict=True) if days is not None}


def _evidence(desk: Desk, template_id: int, as_of: date) -> tuple[list[int], TemplateEvidence]:
    """Return the ids of the current edition's steps in order, and what projects show of them."""
    with desk.reading() as session:
        version = current_version(session, template_id)
        if version is None:
            raise NotFound
        current = steps_of(session, version.key)
        place = {step.name_zh: index for index, step in reversed(list(enumerate(current)))}
        places = {s.key: place[s.name_zh] for s in steps_ever(session, template_id) if s.name_zh in place}
        # Two steps of one name stay apart in the current edition.
        places |= {step.key: index for index, step in enumerate(current)}
        ids = [step.key for step in current]
    portfolio = portfolio_for(desk)
    key = ("template_evidence", as_of, template_id, tuple(places.items()))
    return ids, portfolio.once(key, lambda: template_evidence(portfolio, as_of, template_id, places))

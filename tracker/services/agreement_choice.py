"""What the form for agreements offers to pick from."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

import polars as pl

from db.queries.plan_template import templates
from tracker.portfolio.model import Portfolio
from tracker.services.desk import Desk
from tracker.services.lists import read_choices
from tracker.services.reading import portfolio_for


@dataclass(frozen=True)
class AgreementChoices:
    """What there is to pick from.

    Events, newest first, as id → (name, day); pillars and plan templates as id → (Chinese, English);
    the partners named before, most often first; and the owners by name.
    """

    events: dict[int, tuple[str, date]]
    pillars: dict[int, tuple[str, str]]
    templates: dict[int, tuple[str, str]]
    partners: list[str]
    owners: list[str]


def agreement_choices(desk: Desk) -> AgreementChoices:
    """Return what there is to pick from within the person's scope. Raises: NotAllowed, StorageError."""
    desk.allow("read")
    portfolio = portfolio_for(desk)
    choices = read_choices(desk)
    with desk.reading() as session:
        in_use = templates(session)
        session.expunge_all()
    return AgreementChoices(
        events={r["id"]: (r["name"], r["held_on"]) for r in choices.events.iter_rows(named=True)},
        pillars={r["id"]: (r["name"], r["name_en"]) for r in choices.pillars.iter_rows(named=True)},
        templates={t.key: (t.name_zh, t.name_en) for t in in_use},
        partners=portfolio.once("partners", lambda: _partners(portfolio)),
        owners=choices.owners,
    )


def _partners(portfolio: Portfolio) -> list[str]:
    names = portfolio["party"].filter((pl.col("side") == "partner") & (pl.col("name") != ""))["name"]
    return [name for name, _ in Counter(names.to_list()).most_common()]

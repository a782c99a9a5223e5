"""Warn before one agreement is logged twice."""

import unicodedata
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from tracker.errors import InvalidInput
from tracker.portfolio.agreement import agreements_as_of, county_parties
from tracker.portfolio.model import Portfolio
from tracker.rules.agreement_draft import LogDraft, checked_log
from tracker.services.desk import Desk
from tracker.services.reading import portfolio_for

_NEAR_DAYS = 30


@dataclass(frozen=True)
class Twin:
    """A logged agreement that looks like one about to be logged."""

    id: int
    number: str
    title: str
    signed_on: date | None
    status: str
    same_title: bool


def likely_duplicates(desk: Desk, values: dict[str, Any]) -> list[Twin]:
    """Return logged agreements in the person's scope that may be the ones the log form speaks of.

    Same county and partner side, same kind, and signed within 30 days (or neither is signed); or the same
    title, wherever it is. None while the form does not hold yet. Raises: NotAllowed, StorageError.
    """
    desk.allow("read")
    try:
        draft = checked_log(values, desk.today)
    except InvalidInput:
        return []
    portfolio = portfolio_for(desk)
    # What it renews or follows is known, and of course alike.
    known = [i for i in (draft.renewal_of_id, draft.parent_id) if i]
    agreements = agreements_as_of(portfolio, desk.today).filter(
        pl.col("abandoned_on").is_null() & ~pl.col("id").is_in(known)
    )
    near = agreements.join(_same_parties(portfolio, draft), on="id", how="semi").filter(
        (pl.col("kind") == draft.kind.value) & _near(draft)
    )
    title = _folded(draft.title)
    titles = pl.Series([_folded(t) for t in agreements["title"]], dtype=pl.String)
    namesakes = agreements.filter(titles == title) if title else agreements.clear()
    found = pl.concat([near, namesakes]).unique("id", maintain_order=True)
    return [
        Twin(
            id=row["id"],
            number=row["number"],
            title=row["title"],
            signed_on=row["signed_on"],
            status=row["status"],
            same_title=bool(title) and _folded(row["title"]) == title,
        )
        for row in found.iter_rows(named=True)
    ]


def _same_parties(portfolio: Portfolio, draft: LogDraft) -> pl.DataFrame:
    divisions = pl.Series([p.division_id for p in draft.counties()], dtype=pl.Int64).implode()
    partners = {_folded(p.name) for p in draft.partners()}
    sides = portfolio["party"].filter(pl.col("side") == "partner")
    named = pl.Series([_folded(name) in partners for name in sides["name"]], dtype=pl.Boolean)
    here = county_parties(portfolio).filter(pl.col("division_id").is_in(divisions))
    return here.join(sides.filter(named), on="agreement_id", how="semi").select(id="agreement_id").unique()


def _near(draft: LogDraft) -> pl.Expr:
    if draft.stage is not None or draft.signed_on is None:
        return pl.col("signed_on").is_null()
    return (pl.col("signed_on") - draft.signed_on).dt.total_days().abs() <= _NEAR_DAYS


def _folded(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())

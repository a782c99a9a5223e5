"""What landing curves say above themselves."""

from datetime import date
from typing import Any

from tracker.i18n import Words
from tracker.portfolio.landing import Landings
from tracker.rules.landing import months_of

Row = dict[str, Any]


def landing_heading(
    drawn: Landings, where: str, as_of: date, words: Words
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return title and subtitle as lines; `where` names the part of the work."""
    _ = words.text
    total = drawn.total.row(0, named=True)
    rests_on = [
        _("As of {day}", day=as_of),
        where,
        _(
            "landed {n}/{total} of all signed",
            n=words.number(total["landed"]),
            total=words.number(total["signed"]),
        ),
        _(
            "cohorts drawn {n}/{total}",
            n=words.number(drawn.cohorts.height),
            total=words.number(drawn.in_all),
        ),
    ]
    reading = _(
        "Cumulative incidence: termination and expiry without landing compete. Dashed and *: fewer than {few}"
        " signed; thin: fewer than {few} signed so long ago.",
        few=drawn.few,
    )
    return (_finding(drawn, words),), (" · ".join(rests_on), reading)


def _finding(drawn: Landings, words: Words) -> str:
    """Say the newest year that was watched whole, or else the largest; of other cohorts most and least."""
    rows = drawn.cohorts.to_dicts()
    firm = [r for r in rows if r["signed"] >= drawn.few] or rows
    ranked = sorted(firm, key=lambda r: (_share(r), r["signed"]))
    if _are_years(rows) or _share(ranked[0]) == _share(ranked[-1]):
        whole = [r for r in firm if r["year_of"] == r["signed"]] if _are_years(rows) else []
        return cohort_finding(whole[-1] if whole else max(firm, key=lambda r: r["signed"]), words)
    least, most = (_said(row, words) for row in (ranked[0], ranked[-1]))
    return words.text("Most landed: {most}; least: {least}", most=most, least=least)


def cohort_finding(row: Row, words: Words) -> str:
    """Say how many of one cohort have landed, within a year where all were watched for one, and how fast."""
    _ = words.text
    name, of = words.name(row["label"], row["label_en"]), words.number(row["signed"])
    if not row["landed"]:
        return _("{cohort}: none of {total} signed has landed", cohort=name, total=of)
    median = words.number(months_of(row["median_days"]))
    if row["year_of"] == row["signed"]:
        within = words.number(row["year_landed"])
        return _(
            "{cohort}: {n} of {total} landed within a year; median {months} months",
            cohort=name,
            n=within,
            total=of,
            months=median,
        )
    landed = words.number(row["landed"])
    return _(
        "{cohort}: {n} of {total} landed so far; median {months} months",
        cohort=name,
        n=landed,
        total=of,
        months=median,
    )


def _share(row: Row) -> float:
    return float(row["landed"] / row["signed"])


def _said(row: Row, words: Words) -> str:
    return f"{words.name(row['label'], row['label_en'])} {words.ratio(row['landed'], row['signed'])}"


def _are_years(rows: list[Row]) -> bool:
    return all(row["label"] == str(row["key"]) for row in rows)

"""What proves a milestone: links that open, shares between nothing and all, days not before the start."""

from datetime import date

import pytest

from tracker.errors import InTheFuture, InvalidInput, NotANumber, Required
from tracker.rules.evidence import (
    AllMet,
    MetBeforeStart,
    MoreThanAll,
    NotALink,
    NothingMet,
    checked_credit,
    checked_met,
    early_problems,
    is_link,
)

TODAY = date(2021, 7, 3)


@pytest.mark.parametrize(
    "link",
    [
        "http://example.com",
        "https://example.com/a/b?c=1#d",
        "HTTPS://EXAMPLE.COM/",
        "https://示例.中国/验收单.pdf",
        "https://192.0.2.7:8443/x",
        "https://[2001:db8::1]/x",
    ],
)
def test_a_web_page_is_a_link(link: str) -> None:
    assert is_link(link)


@pytest.mark.parametrize(
    "link",
    [
        "example.com",
        "ftp://example.com/a",
        "javascript:alert(1)",
        "JaVaScRiPt://example.com/%0aalert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "https://",
        "https:///path",
        "https://exa mple.com",
        "https://example.com/a b",
        "https://someone:secret@example.com/",
        "https://example.com:port/",
        "https://[2001:db8::1",
        'https://example.com/"onmouseover=',
        "https://example.com/<b>",
        "https://example.com/\u202egpj.exe",
        "//example.com/a",
    ],
)
def test_anything_else_is_not(link: str) -> None:
    assert not is_link(link)


def test_no_link_is_no_problem() -> None:
    assert checked_met({"met_on": TODAY, "evidence_link": " "}, TODAY).evidence_link == ""


def test_blanks_around_a_link_do_not_count() -> None:
    draft = checked_met({"met_on": TODAY, "evidence_link": " https://example.com "}, TODAY)
    assert draft.evidence_link == "https://example.com"


def test_a_link_that_cannot_be_opened_is_named() -> None:
    with pytest.raises(InvalidInput) as caught:
        checked_met({"met_on": TODAY, "evidence_link": "javascript:x"}, TODAY)
    assert [(p.field, type(p)) for p in caught.value.problems] == [("evidence_link", NotALink)]


def test_a_milestone_is_not_met_tomorrow() -> None:
    with pytest.raises(InvalidInput) as caught:
        checked_met({"met_on": date(2021, 7, 4)}, TODAY)
    assert [(p.field, type(p)) for p in caught.value.problems] == [("met_on", InTheFuture)]


@pytest.mark.parametrize(
    ("percent", "problem"),
    [
        (0, NothingMet),
        (0.0, NothingMet),
        (100, AllMet),
        (101, MoreThanAll),
        (1e308, MoreThanAll),
        (-1, NotANumber),
        (float("nan"), NotANumber),
        (float("inf"), NotANumber),
        (49.5, NotANumber),
        ("", Required),
        (None, Required),
    ],
)
def test_each_share_that_is_none_has_its_own_sentence(percent: object, problem: type) -> None:
    with pytest.raises(InvalidInput) as caught:
        checked_credit({"credit_percent": percent, "credited_on": TODAY}, TODAY)
    assert [(p.field, type(p)) for p in caught.value.problems] == [("credit_percent", problem)]


@pytest.mark.parametrize("percent", [1, 50, 99])
def test_a_share_is_from_1_to_99_percent(percent: int) -> None:
    assert checked_credit({"credit_percent": percent, "credited_on": TODAY}, TODAY).credit_percent == percent


@pytest.mark.parametrize(
    ("day", "start_on", "is_early"),
    [
        (date(2021, 5, 31), date(2021, 6, 1), True),
        (date(2021, 6, 1), date(2021, 6, 1), False),
        (date(2021, 6, 2), date(2021, 6, 1), False),
        (date(2021, 5, 31), None, False),
        (None, date(2021, 6, 1), False),
    ],
)
def test_met_before_the_start_is_asked_about(day: date | None, start_on: date | None, is_early: bool) -> None:
    assert [type(p) for p in early_problems("met_on", day, start_on)] == [MetBeforeStart] * is_early

"""Typed text means the same on both engines, and does not disturb what stands around it."""

from datetime import date

import pytest
from sqlalchemy.exc import DBAPIError

from db.engine import Database
from db.vocabulary import clean_text
from tracker.errors import InvalidInput
from tracker.rules.signing_event import checked_signing_event
from tracker.services.desk import Desk
from tracker.services.signing_event import hold_signing_event, read_signing_event

AWKWARD = {
    "a lone surrogate": ("签约\ud800会", "签约会"),
    "a NUL": ("签约\x00会", "签约会"),
    "a decomposed letter": ("Cafe\u0301", "Café"),
    "a zero-width space": ("醴\u200b陵", "醴陵"),
    "an override of the reading direction": ("abc\u202egnp.exe", "abcgnp.exe"),
    "a four-byte character": ("𠮷野", "𠮷野"),
    "an emoji made of several": ("👨‍👩‍👧", "👨‍👩‍👧"),
    "right-to-left text": ("שלום עולם", "שלום עולם"),
    "markup": (
        "<script>alert(1)</script> :red[x] $x^2$ **b**",
        "<script>alert(1)</script> :red[x] $x^2$ **b**",
    ),
    "blanks around": ("  湖南  ", "湖南"),
}


@pytest.mark.parametrize(("typed", "kept"), AWKWARD.values(), ids=AWKWARD)
def test_text_is_cleaned_alike_for_every_engine(typed: str, kept: str) -> None:
    assert clean_text(typed) == kept


def test_cleaning_twice_changes_nothing() -> None:
    assert all(clean_text(clean_text(typed)) == clean_text(typed) for typed, _ in AWKWARD.values())


def test_line_breaks_become_one_kind() -> None:
    assert clean_text("a\r\nb\rc\td") == "a\nb\nc\td"


@pytest.mark.parametrize(("typed", "kept"), AWKWARD.values(), ids=AWKWARD)
def test_awkward_text_comes_back_from_the_database_as_it_was_cleaned(
    dora: Desk, typed: str, kept: str
) -> None:
    event_id = hold_signing_event(dora, {"name": typed, "held_on": date(2020, 7, 17)})
    assert read_signing_event(dora, event_id).name == kept


def test_a_text_of_a_mebibyte_is_refused_with_its_length(dora: Desk) -> None:
    with pytest.raises(InvalidInput) as refusal:
        checked_signing_event({"name": "长" * 2**20, "held_on": date(2020, 7, 17)}, dora.today)
    assert refusal.value.problems[0].details == {"limit": 300, "length": 2**20}


def test_the_database_itself_takes_only_dates_in_a_date_column(database: Database) -> None:
    insert = "INSERT INTO signing_event (name, held_on, place, note, version, change_no, archive_reason)"
    with pytest.raises(DBAPIError), database.scratch() as session:
        session.connection().exec_driver_sql(f"{insert} VALUES ('x', '2020年7月17日', '', '', 1, 0, '')")

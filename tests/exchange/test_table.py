import csv
import io
from datetime import date

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.exchange.table import to_csv


def _rows(frame: pl.DataFrame) -> list[list[str]]:
    return list(csv.reader(io.StringIO(to_csv(frame).decode("utf-8-sig"), newline="")))


def test_the_file_begins_with_a_byte_order_mark_so_that_excel_reads_chinese() -> None:
    assert to_csv(pl.DataFrame({"县": ["醴陵市"]})).startswith(b"\xef\xbb\xbf" + "县".encode())


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠"])
def test_a_text_that_a_spreadsheet_would_run_gets_an_apostrophe(sign: str) -> None:
    assert _rows(pl.DataFrame({"name": [f"{sign}1+1"]}))[1] == [f"'{sign}1+1"]


@pytest.mark.parametrize("text", ["a=1", "醴陵市", "1-2", "", "'=1"])
def test_any_other_text_stays_as_it_is(text: str) -> None:
    assert _rows(pl.DataFrame({"name": [text], "n": [1]}))[1] == [text, "1"]


def test_a_negative_number_stays_a_number() -> None:
    assert _rows(pl.DataFrame({"n": [-1], "x": [-2.5]}))[1] == ["-1", "-2.5"]


def test_a_heading_is_made_harmless_too() -> None:
    assert _rows(pl.DataFrame({"=n": [1]}))[0] == ["'=n"]


def test_days_are_written_the_iso_way_and_null_is_empty() -> None:
    frame = pl.DataFrame({"day": [date(2020, 7, 17), None], "n": [1, 2]})
    assert _rows(frame)[1:] == [["2020-07-17", "1"], ["", "2"]]


def test_an_empty_list_is_its_headings() -> None:
    assert _rows(pl.DataFrame({"a": [], "b": []}, schema={"a": pl.String, "b": pl.Int64})) == [["a", "b"]]


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")), min_size=1))
def test_every_text_comes_back_whole_behind_its_apostrophe(texts: list[str]) -> None:
    frame = pl.DataFrame({"n": range(len(texts)), "text": texts}, schema={"n": pl.Int64, "text": pl.String})
    back = [row[1] for row in _rows(frame)[1:]]
    assert [b if b == t else b.removeprefix("'") for b, t in zip(back, texts, strict=True)] == texts

"""Cells of a CSV: never a formula, never cut without a word, read back as they were."""

from __future__ import annotations

import csv
import io
import re

from hypothesis import given
from hypothesis import strategies as st

from annotator.formats import table

DANGEROUS, WIDE = ("=", "+", "-", "@", "\t", "\r", "\n"), ("＝", "＋", "－", "＠")


def read(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


WORDS = st.text() | st.text(st.sampled_from(" ;=+-@\t\r\n＝\u00a0\u3000a'"))


@given(cells=st.lists(WORDS, min_size=2, max_size=4))
def test_any_text_comes_back_and_is_no_formula(cells: list[str]) -> None:
    (back,) = read(table.row(cells))
    assert len(back) == len(cells)
    for given_, got in zip(cells, back, strict=True):
        assert not got.startswith(DANGEROUS)
        for piece in re.split("[;\t\r\n]", got):
            assert not piece.lstrip(" \u00a0\ufeff\u3000\u200b").startswith(DANGEROUS)
        plain = "".join(char if char in "\t\r\n" or (char >= " " and char != "\x7f") else "\ufffd" for char in given_)
        plain = plain.encode("utf-8", "replace").decode()
        assert got.replace("'", "") == plain.replace("'", "")
        if not any(sign in plain for sign in DANGEROUS + WIDE):
            assert got == plain


def test_formulas_of_the_list_are_words() -> None:
    for begin in (*DANGEROUS, "＝", " =", "\u00a0="):
        assert table.cell(f"{begin}1+1") == f"'{begin}1+1"
    assert table.cell("“=1”") == "“=1”"
    assert table.cell("a; =1\n+2, =3;4") == "a; '=1\n'+2, =3;4"
    assert table.cell("\u3000\u200b=1") == "'\u3000\u200b=1"
    assert table.cell(-5) == "-5"
    assert table.cell("-5") == "'-5"


def test_a_cell_that_a_spreadsheet_would_cut_says_so() -> None:
    assert table.cell("x" * 32_767) == "x" * 32_767
    long = table.cell("x" * 32_768)
    assert len(long) == 32_767
    assert long.endswith("[…]")
    assert table.cell("\x00\x1b") == "\ufffd\ufffd"


def test_a_table_begins_with_what_tells_utf_8() -> None:
    data = b"".join(table.table(["a", "é"], [["=1", 2], ["x\ny", '"']]))
    assert data.startswith(b"\xef\xbb\xbfa,")
    assert read(data) == [["a", "é"], ["'=1", "2"], ["x\ny", '"']]

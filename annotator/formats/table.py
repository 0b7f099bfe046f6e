"""Tables as CSV that spreadsheets open without running anything: no cell of them is a formula."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence

from annotator.domain.text import REPLACEMENT

BEGIN = "\ufeff".encode()
"""What stands before the first row: without it spreadsheets take UTF-8 for something else."""
_BLANK = "[\\s\ufeff\u200b-\u200f\u2060]*"
# What a spreadsheet may take for the beginning of a formula: the OWASP list, and its wide signs.
_BEGINS = re.compile(f"{_BLANK}[=+\\-@＝＋－＠]|[\t\r\n]")
# Where a semicolon parts the cells, as in half of Europe, no quotation mark of ours holds a cell together.
_WITHIN = re.compile(f"([;\t\r\n]{_BLANK})(?=[=+\\-@＝＋－＠])")
_MOST = 32_767
"""Characters of a cell that spreadsheets keep; more is cut by them without a word."""
_CUT = " […]"


def cell(value: object) -> str:
    """Return a value as a cell: an apostrophe before what looks like a formula, no control signs, none too long.

    So too behind a semicolon or at the beginning of a further line, where another cell may begin. Numbers stay as they
    are.
    """
    if isinstance(value, int | float):
        return str(value)
    text = "".join(char if char in "\t\r\n" or (char >= " " and char != "\x7f") else REPLACEMENT for char in str(value))
    text = _WITHIN.sub(r"\1'", text)
    # A blank before it is taken off by some.
    text = f"'{text}" if _BEGINS.match(text) else text
    return text if len(text) <= _MOST else text[: _MOST - len(_CUT)] + _CUT


def row(cells: Iterable[object]) -> bytes:
    """Return a row in UTF-8, its end with it."""
    written = io.StringIO(newline="")
    csv.writer(written, lineterminator="\r\n").writerow([cell(it) for it in cells])
    return written.getvalue().encode("utf-8", "replace")


def table(head: Sequence[str], rows: Iterable[Iterable[object]]) -> Iterable[bytes]:
    """Yield a table row by row, its head first."""
    yield BEGIN + row(head)
    for cells in rows:
        yield row(cells)

"""A report as one table: for spreadsheets (tabs, CSV), for a text (Markdown). No cell of it runs anywhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape

from annotator.formats import table
from annotator.i18n import _
from annotator.report.sheet import Estimate, Sheet

Row = tuple[str, str, float | None, float | None, float | None, float | None, int | None, str]
"""What, which, figure, the ends of its interval, the other way of counting, spans, and a remark in words."""
_DIGITS = 3


def head(sheet: Sheet) -> list[str]:
    """Return the names of the columns."""
    return [_("What"), _("Which"), sheet.how, _("95 % from"), _("to"), sheet.other, _("Spans"), _("Remark")]


def rows(sheet: Sheet) -> list[Row]:
    """Return the table: all together, pairs, labels, articles, and which labels are taken for which."""
    found: list[Row] = [_row(_("All"), one.name, one.figure, one.other, one.spans) for one in sheet.all]
    for pair in sheet.pairs:
        names = f"{sheet.names[pair.first]} – {sheet.names[pair.second]}"
        found.append(_row(_("Pair"), names, pair.figure, pair.other, pair.spans))
    found += [_row(_("Label"), one.name, one.figure, one.other, one.spans) for one in sheet.labels]
    found += [_row(_("Article"), one.name, one.figure, one.other, one.spans) for one in sheet.articles]
    found += _confused(sheet)
    return found


def _row(what: str, which: str, figure: Estimate, other: Estimate, spans: int) -> Row:
    return what, which, figure.value, figure.low, figure.high, other.value, spans, figure.why or figure.some


def _confused(sheet: Sheet) -> Iterator[Row]:
    names = sheet.confused.names
    for row, counts in enumerate(sheet.confused.counts):
        for column, count in enumerate(counts):
            if count:
                which = f"{names[row]} / {names[column]}"
                share = _("{percent} % of the row").format(percent=sheet.confused.percent(row, column))
                yield _("Taken for one another"), which, None, None, None, None, count, share


def cells(row: Row) -> list[str]:
    """Return a row in words, figures with three decimals."""
    return ["" if it is None else f"{it:.{_DIGITS}f}" if isinstance(it, float) else str(it) for it in row]


def tabbed(sheet: Sheet) -> str:
    """Return the table with tabs, as spreadsheets take it from the clipboard."""
    lines = [head(sheet), *map(cells, rows(sheet))]
    # A figure is none that a spreadsheet would run: it has no sign before it.
    return "\n".join("\t".join(table.cell(_line(it)) for it in line) for line in lines) + "\n"


def markdown(sheet: Sheet) -> str:
    """Return the table as Markdown."""
    names = head(sheet)
    ruled = ["---", "---", "---:", "---:", "---:", "---:", "---:", "---"]
    lines = [[_marked(it) for it in names], ruled, *([_marked(it) for it in cells(row)] for row in rows(sheet))]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines) + "\n"


def csv(sheet: Sheet) -> Iterable[bytes]:
    """Yield the table as CSV, row by row."""
    return table.table(head(sheet), ([_line(it) for it in cells(row)] for row in rows(sheet)))


def _line(text: str) -> str:
    return " ".join(text.split())


def _marked(text: str) -> str:
    quiet = escape(_line(text), quote=False)
    for sign in "\\|*_`[]":
        quiet = quiet.replace(sign, f"\\{sign}")
    return quiet

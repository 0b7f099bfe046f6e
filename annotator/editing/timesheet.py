"""The measured time of a project's articles as a table: what window and command line show and copy."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from annotator.domain.article import VisibleLayers
from annotator.i18n import _
from annotator.storage.reader import Reader


class Row(NamedTuple):
    """An article, my state there, how many spans are mine, and the seconds; without id for all that are gone."""

    article: str
    title: str
    state: str
    spans: int
    seconds: float

    @property
    def per_span(self) -> float | None:
        """Seconds a span, None without spans."""
        return self.seconds / self.spans if self.spans else None


class Timesheet(NamedTuple):
    """Rows, the longest time first; articles that are not in the project any more are one row, the last."""

    rows: tuple[Row, ...] = ()

    @property
    def seconds(self) -> float:
        """All of the time."""
        return sum(row.seconds for row in self.rows)

    @property
    def articles(self) -> int:
        """How many articles of the project have time."""
        return sum(bool(row.article) for row in self.rows)

    @property
    def per_span(self) -> float | None:
        """Seconds a span over the articles that have spans, None where none has."""
        tagged = [row for row in self.rows if row.spans]
        spans = sum(row.spans for row in tagged)
        return sum(row.seconds for row in tagged) / spans if spans else None


def timesheet(reader: Reader, me: str, seconds: Mapping[str, float]) -> Timesheet:
    """Return the seconds (by article id) beside state and spans of annotator `me`. Raises UserError."""
    mine = VisibleLayers(frozenset({"annotator"}), frozenset({me}))
    here = reader.article_rows(list(seconds), me, mine)
    rows = [Row(row.id, " ".join(row.title.split()), row.state, row.spans, seconds[row.id]) for row in here]
    rows.sort(key=lambda row: -row.seconds)
    if gone := seconds.keys() - {row.id for row in here}:
        rows.append(Row("", "", "", 0, sum(seconds[id] for id in gone)))
    return Timesheet(tuple(rows))


def duration(seconds: float) -> str:
    """Return "40 s", "12 min", "1 h 5 min"; begun minutes do not count."""
    if seconds < 60:
        return _("{count} s").format(count=int(seconds))
    minutes = int(seconds) // 60
    if minutes < 60:
        return _("{count} min").format(count=minutes)
    return _("{hours:,} h {minutes} min").format(hours=minutes // 60, minutes=minutes % 60)


def tab_separated(sheet: Timesheet) -> str:
    """Return the rows for a spreadsheet, heads first; seconds whole. The names of columns are for programs: English."""
    lines = ["\t".join(("article", "title", "state", "spans", "seconds"))]
    lines += ["\t".join((row.article, _cell(row.title), row.state, str(row.spans), f"{row.seconds:.0f}"))
              for row in sheet.rows]  # fmt: skip
    return "\n".join(lines) + "\n"


def _cell(text: str) -> str:
    # A spreadsheet would run a headline that looks like a formula.
    return f"'{text}" if text.startswith(("=", "+", "-", "@")) else text

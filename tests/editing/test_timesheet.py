"""The table of my time: nothing measured is left out, and no headline does harm in a spreadsheet."""

from __future__ import annotations

from pathlib import Path

import pytest

from annotator.editing.timesheet import duration, tab_separated, timesheet
from tests.builders import ANA, BO, bring, project, tag, workspace

GONE = "0190a000-0000-7000-8000-00000000000f"


def test_rows_are_of_my_own_spans_and_what_is_gone_is_told(tmp_path: Path) -> None:
    ws = workspace(project(tmp_path))
    one, two = bring(ws, "One.", "First\tand  last"), bring(ws, "Two.", "=SUM(A1)")
    tag(ws, one, "quote", (0, 2))
    tag(ws, one, "cue", (1, 3))
    seconds = {one.id: 100.4, two.id: 7_000.0, GONE: 30.0}
    sheet = timesheet(ws.store, ANA.id, seconds)
    assert [(row.title, row.spans, row.per_span) for row in sheet.rows] == [
        ("=SUM(A1)", 0, None), ("First and last", 2, 50.2), ("", 0, None),
    ]  # fmt: skip
    assert sheet.seconds == pytest.approx(sum(seconds.values()))
    assert (sheet.articles, sheet.per_span) == (2, 50.2)
    assert timesheet(ws.store, BO.id, seconds).per_span is None
    assert tab_separated(sheet).split("\n") == [
        "article\ttitle\tstate\tspans\tseconds",
        f"{two.id}\t'=SUM(A1)\tnew\t0\t7000",
        f"{one.id}\tFirst and last\tstarted\t2\t100",
        "\t\t\t0\t30",
        "",
    ]


def test_nothing_measured(tmp_path: Path) -> None:
    sheet = timesheet(workspace(project(tmp_path)).store, ANA.id, {})
    assert (sheet.rows, sheet.seconds, sheet.articles, sheet.per_span) == ((), 0, 0, None)


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0, "0 s"), (59.9, "59 s"), (60, "1 min"), (3_599, "59 min"), (3_600, "1 h 0 min"), (3_665_000, "1,018 h 3 min")],
)
def test_durations(seconds: float, words: str) -> None:
    assert duration(seconds) == words

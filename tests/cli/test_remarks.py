"""annotator remarks."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from annotator.cli.main import main
from annotator.domain.team import Remark
from annotator.domain.threads import Thread
from annotator.editing import assignments, remarks, spans
from tests.builders import ANA, BO, bring, project, tag, workspace


def test_threads_are_listed_with_what_they_are_about(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = project(tmp_path)
    ws = workspace(path)
    article = bring(ws, "The mayor said no.\n", "Quay")
    ws.do(assignments.join(BO))
    span, gone = tag(ws, article, "source", (0, 9)), tag(ws, article, "cue", (10, 14))
    first = Remark("1", article.id, span.id, ANA.id, "Which\nmayor?", "2026-11-23T17:00:00Z", BO.id)
    closed = Remark("3", article.id, gone.id, ANA.id, "Never mind", "2026-11-23T17:02:00Z")
    ws.do(remarks.write(first))
    ws.do(remarks.write(Remark("2", article.id, span.id, BO.id, "The old one", "2026-11-23T17:01:00Z", answers="1")))
    ws.do(remarks.write(closed))
    ws.do(remarks.close(Thread(closed)))
    ws.do(spans.delete(gone))
    ws.store.close()
    assert main(["remarks", str(path)]) == 0
    assert capsys.readouterr().out == (
        "Quay, “The mayor” (open)\n"
        "  Ana to Bo, 2026-11-23 17:00: Which mayor?\n"
        "  Bo, 2026-11-23 17:01: The old one\n"
        "Quay, a span that is gone (closed)\n"
        "  Ana, 2026-11-23 17:02: Never mind\n"
    )
    assert main(["remarks", str(path), "--open", "--json"]) == 0
    (told,) = map(json.loads, capsys.readouterr().out.splitlines())
    assert (told["words"], told["closed"], told["remarks"][0]["text"]) == ("The mayor", False, "Which\nmayor?")
    assert [one["author"] for one in told["remarks"]] == [ANA.id, BO.id]


def test_a_project_without_remarks_says_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = project(tmp_path)
    assert main(["remarks", str(path)]) == 0
    assert capsys.readouterr().out == ""

"""A long import is taken back in a thread, with the window alive; nothing else is undone meanwhile."""

from __future__ import annotations

import json
from pathlib import Path

from pytestqt.qtbot import QtBot

from annotator.jobs.sources import USUAL
from annotator.ui.undoing import AT_ONCE
from annotator.ui.window import MainWindow


def test_a_long_import_is_undone_and_redone_in_the_background(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    store = window.session.store
    assert store is not None
    lines = tmp_path / "many.jsonl"
    count = AT_ONCE * 2
    lines.write_text("".join(json.dumps({"text": f"Article {n}."}) + "\n" for n in range(count)), encoding="utf-8")
    window.files.imports.run([lines], USUAL)
    qtbot.waitUntil(lambda: store.article_count() == 3 + count and not window.files.running)
    window.undoing.undo()
    assert window.files.running
    window.undoing.undo()  # refused while the first goes on: the articles from before stay
    qtbot.waitUntil(lambda: not window.files.running)
    assert store.article_count() == 3
    assert window.session.article is not None
    window.undoing.redo()
    qtbot.waitUntil(lambda: not window.files.running)
    assert store.article_count() == 3 + count

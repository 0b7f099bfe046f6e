"""A long import is taken back in a thread, with the window alive; nothing else is undone meanwhile."""

from __future__ import annotations

import json
from pathlib import Path

from PySide6.QtCore import Qt
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


def test_with_nothing_left_it_is_said(qtbot: QtBot, window: MainWindow) -> None:
    view, held = window.view, Qt.KeyboardModifier.ControlModifier
    window.activateWindow()
    view.setFocus()
    qtbot.waitUntil(view.hasFocus)
    view.select(27, 34)
    qtbot.keyClicks(view, "q")
    qtbot.keyClick(view, Qt.Key.Key_Y, held)
    assert window.notice.words == "There is nothing to redo."
    while window.actions_["edit.undo"].isEnabled():
        window.notice.hide()
        window.actions_["edit.undo"].trigger()
    window.notice.hide()
    before = window.session.article
    qtbot.keyClick(view, Qt.Key.Key_Z, held)
    assert window.notice.words == "There is nothing left to undo."
    assert not window.notice._undo.isVisible()
    assert window.session.article is before
    window.notice.hide()
    window.undoing.undo()
    assert window.notice.words == "There is nothing left to undo."


def test_other_keys_say_nothing_of_it(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.keyClick(window.view, Qt.Key.Key_F7)
    assert window.notice.words == ""

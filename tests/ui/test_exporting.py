"""Exporting from the window: what the file would hold, the file, its report."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotator.ui.dialogs.export import ExportDialog, ExportReport
from annotator.ui.reports import shortened
from annotator.ui.window import MainWindow
from tests.ui.modal import answered
from tests.ui.screens import tag_some

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen platform says so of every dialog


def dialog_of(window: MainWindow, folder: Path, qtbot: QtBot) -> ExportDialog:
    store = window.session.store
    assert store is not None
    dialog = ExportDialog(store.path, window.session.me.id, folder / "out.jsonl", window.look, window)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(lambda: not dialog._runner.running)
    return dialog


def choose(dialog: ExportDialog, field: str, index: int, qtbot: QtBot) -> None:
    chosen = getattr(dialog, field)
    chosen.setCurrentIndex(index)
    chosen.activated.emit(index)
    qtbot.waitUntil(lambda: not dialog._runner.running and not dialog._again)


def test_what_the_file_would_hold_follows_the_choice(window: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    tag_some(window)
    dialog = dialog_of(window, tmp_path, qtbot)
    assert dialog._status.text() == "3 articles with 2 spans. The first line:"
    assert json.loads(dialog._line.toPlainText())["title"] == "Ferry crews vote to stop"
    choose(dialog, "_whose", 1, qtbot)
    assert dialog._status.text() == "1 article with 2 spans. The first line:"
    choose(dialog, "_unit", 1, qtbot)
    assert '"offsets":"utf-16"' in dialog._line.toPlainText().replace(" ", "")
    choose(dialog, "_state", 1, qtbot)
    assert dialog._status.text() == "No article fits: there is nothing to export."
    assert not dialog._export.isEnabled()
    assert not dialog._line.isVisible()


def test_a_path_is_typed_sign_by_sign(window: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    dialog = dialog_of(window, tmp_path, qtbot)
    there = tmp_path / "there.jsonl"
    there.write_text("", encoding="utf-8")
    dialog._file.line.clear()
    assert not dialog._export.isEnabled()
    for sign in str(there):
        dialog._file.line.insert(sign)
    assert dialog._there.text() == "there.jsonl is there already and will be replaced."
    assert dialog._export.text() == "Replace"
    dialog._file.line.insert("2")
    assert dialog._there.isHidden()
    assert dialog.path == tmp_path / "there.jsonl2"


def test_a_file_is_written_and_reported(window: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    tag_some(window)
    target = tmp_path / "with words"

    def answer(dialog: ExportDialog) -> None:
        qtbot.waitUntil(lambda: not dialog._runner.running)
        dialog._file.line.setText(str(target))
        qtbot.keyClick(dialog._file.line, Qt.Key.Key_Return)

    with answered(ExportDialog, answer):
        window.actions_["project.export"].trigger()
    path = tmp_path / "with words.jsonl"
    qtbot.waitUntil(lambda: f"written to {shortened(path)}" in window.notice.words)
    assert window.notice._words.toolTip() == str(path)
    written = (tmp_path / "with words.jsonl").read_bytes()

    def read(dialog: ExportReport) -> None:
        assert dict(dialog.rows)["SHA-256"] == hashlib.sha256(written).hexdigest()
        assert dict(dialog.rows)["Spans"] == "2"
        dialog._copy()
        dialog.accept()

    with answered(ExportReport, read):
        window.notice.report_wanted.emit()
    assert "Articles\t3" in QApplication.clipboard().text()


def proposed(window: MainWindow) -> Path:
    """Return which file the dialog proposes."""
    seen: list[Path] = []

    def look(dialog: ExportDialog) -> None:
        seen.append(dialog.path)
        dialog.reject()

    with answered(ExportDialog, look):
        window.actions_["project.export"].trigger()
    return seen[0]


def test_an_export_goes_where_the_last_one_of_the_project_went(
    project: Path, make_window: Callable[[Path | None], MainWindow], tmp_path: Path, qtbot: QtBot
) -> None:
    window = make_window(project)
    sources, exports = tmp_path / "sources", tmp_path / "exports"
    window.files._folder = sources  # where articles were imported from last
    exports.mkdir()
    assert proposed(window) == tmp_path / "Morning.jsonl"

    def answer(dialog: ExportDialog) -> None:
        qtbot.waitUntil(lambda: not dialog._runner.running)
        dialog._file.line.setText(str(exports / "out.jsonl"))
        dialog.accept()

    with answered(ExportDialog, answer):
        window.actions_["project.export"].trigger()
    qtbot.waitUntil(lambda: (exports / "out.jsonl").exists() and not window.files.running)
    assert window.files._folder == sources
    assert proposed(window) == exports / "Morning.jsonl"
    window.close()
    again = make_window(project)
    assert proposed(again) == exports / "Morning.jsonl"
    (exports / "out.jsonl").unlink()
    exports.rmdir()
    assert proposed(again) == tmp_path / "Morning.jsonl"


def test_a_bad_place_is_told_and_the_dialog_stays(window: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    dialog = dialog_of(window, tmp_path, qtbot)
    choose(dialog, "_unit", 1, qtbot)
    (tmp_path / "folder").mkdir()
    for typed, words in (("folder", "is a folder"), ("no/out.jsonl", "does not exist")):
        dialog._file.line.setText(str(tmp_path / typed))
        assert dialog._fault.isHidden()
        qtbot.keyClick(dialog._file.line, Qt.Key.Key_Return)
        assert dialog.isVisible()
        assert words in dialog._fault.text()
    assert dialog.wishes.unit == "utf-16"
    dialog._file.line.setText(str(tmp_path / "folder" / "out.jsonl"))
    qtbot.keyClick(dialog._file.line, Qt.Key.Key_Return)
    assert not dialog.isVisible()
    assert list((tmp_path / "folder").iterdir()) == [], "asking leaves nothing behind"


@pytest.mark.parametrize("folders", [["a"], ["news"] * 20, ["x" * 40, "y" * 80]])
@pytest.mark.parametrize("name", ["out.jsonl", "n" * 90 + ".jsonl"])
def test_a_long_path_is_shortened_in_the_middle(folders: list[str], name: str) -> None:
    path = Path("/home/lena", *folders, name)
    words = shortened(path)
    assert len(words) == min(56, len(str(path)))
    assert words.startswith("/home/l")
    assert words.endswith(name[-20:])
    if len(name) < 20 and len(folders[-1]) < 20:
        assert words.endswith(f"/{folders[-1]}/{name}")

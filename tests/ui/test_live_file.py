"""T53: while a project is open nothing in this process opens its files by hand; closing them would drop its locks."""

from __future__ import annotations

import builtins
import io
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from annotator.jobs.sources import USUAL
from annotator.ui.dialogs import files as file_dialogs
from annotator.ui.window import MainWindow


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The paths that Python's own functions opened."""
    paths: list[str] = []

    def noting(real: Callable[..., Any]) -> Callable[..., Any]:
        def note(path: Any, *rest: Any, **more: Any) -> Any:
            if isinstance(path, str | bytes | os.PathLike):
                paths.append(os.fsdecode(path))
            return real(path, *rest, **more)

        return note

    monkeypatch.setattr(builtins, "open", noting(builtins.open))
    monkeypatch.setattr(io, "open", noting(io.open))
    monkeypatch.setattr(os, "open", noting(os.open))
    return paths


def test_a_whole_session_leaves_the_live_files_alone(
    project: Path,
    make_window: Callable[[Path | None], MainWindow],
    qtbot: QtBot,
    opened: list[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    window = make_window(project)
    opened.clear()
    window.view.select(0, 5)
    qtbot.keyClick(window.view, Qt.Key.Key_Q)
    window.undoing.undo()
    window.undoing.redo()
    more = tmp_path / "more.txt"
    more.write_text("One more article.", encoding="utf-8")
    window.files.imports.run([more, project, project.with_name(f"{project.name}-wal")], USUAL)
    qtbot.waitUntil(lambda: not window.files.running)
    window.keeper.look()
    qtbot.waitUntil(lambda: window.keeper.at_rest)
    window.keeper.back_up()
    qtbot.waitUntil(lambda: window.keeper.at_rest)
    monkeypatch.setattr(file_dialogs, "ask_save", lambda *_: tmp_path / "copy.annotator")
    window.files.send_copy()
    qtbot.waitUntil(lambda: not window.files.running)
    live = {str(project), f"{project}-wal", f"{project}-shm"}
    assert str(more) in opened
    assert [path for path in opened if path in live] == []

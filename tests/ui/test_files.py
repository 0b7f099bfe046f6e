"""File dialogs beside an open project: they must not cost SQLite its locks."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileSystemModel
from pytestqt.qtbot import QtBot

from annotator.storage.store import Store
from annotator.ui.dialogs.files import file_dialog

# SQLite holds a shared lock on this byte of the -shm as long as the project is open; whoever finds it free truncates.
_PROBE = """
import fcntl, sys
with open(sys.argv[1], "r+b") as file:
    try:
        fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, 128)
    except OSError:
        sys.exit(0)
sys.exit(1)
"""


def locked(project: Path) -> bool:
    """Whether SQLite's lock on the project's -shm is held, asked from another process."""
    shm = project.with_name(project.name + "-shm")
    return subprocess.run([sys.executable, "-c", _PROBE, str(shm)], check=False).returncode == 0


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX alone drops a process's locks when it closes a file")
@pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen platform says so of every dialog
def test_a_file_dialog_leaves_the_open_project_its_locks(project: Path, qtbot: QtBot) -> None:
    store = Store.open(project)
    try:
        assert locked(project)
        dialog = file_dialog(None, "Import articles", project.parent, "All files (*)")
        qtbot.addWidget(dialog)
        model = dialog.findChild(QFileSystemModel)
        assert model is not None
        dialog.show()

        def looked_at() -> bool:
            index = model.index(str(project.with_name(project.name + "-shm")))
            return (
                index.isValid() and bool(model.type(index)) and not index.data(Qt.ItemDataRole.DecorationRole).isNull()
            )

        qtbot.waitUntil(looked_at)
        dialog.close()
        assert locked(project)
    finally:
        store.close()

"""A window on a real project for the tests of the screen."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from shiboken6 import delete, isValid

from annotator import assets, whoami
from annotator.domain.scheme import parse
from annotator.editing.workspace import Workspace
from annotator.jobs.importing import import_paths
from annotator.storage.store import Store
from annotator.ui.look import Look
from annotator.ui.session import Session
from annotator.ui.window import MainWindow

TEXTS = (
    "Ferry crews vote to stop\n\n“We sail,” said the owner, “when we are paid.” Nobody else spoke.\n",
    "Harbour dues rise\n\nThe council raised the dues by a third, a clerk said on Monday.\n",
    "Night trains return\n\nThe first sleeper since spring left on time, passengers said.\n",
)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with three articles and nothing tagged."""
    who = whoami.save_identity("Lena Brandt")
    path = tmp_path / "Morning.annotator"
    Store.create(path, parse(assets.scheme_text(), "news-sourcing.toml"))
    files = []
    for number, text in enumerate(TEXTS):
        files.append(tmp_path / f"{number}.txt")
        files[-1].write_text(text, encoding="utf-8", newline="")
    store = Store.open(path)
    import_paths(Workspace(store, who.annotator, who.device), files)
    store.close()
    return path


@pytest.fixture
def make_window(qtbot: QtBot, qapp: QApplication) -> Iterator[Callable[[Path | None], MainWindow]]:
    """Make windows as the program does."""
    made: list[MainWindow] = []

    def make(path: Path | None) -> MainWindow:
        who = whoami.identity() or whoami.save_identity("Lena Brandt")
        window = MainWindow(Session(who), Look(qapp))
        made.append(window)
        if path is not None:
            window.files.open_path(path)
        window.show()
        window.settle()
        qtbot.waitExposed(window)
        return window

    yield make
    for window in made:
        if not window.close():
            window.close()  # it asked whether what waits shall be given up
        # At once, and not when some event loop sees to it: each would be dressed anew by the next window's stylesheet.
        if isValid(window):
            delete(window)


@pytest.fixture
def window(project: Path, make_window: Callable[[Path | None], MainWindow]) -> MainWindow:
    """A window that shows the first article."""
    return make_window(project)

"""A window on a real project for the tests of the screen."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

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


@pytest.fixture(autouse=True)
def _gone_windows_are_gone(qapp: QApplication) -> None:
    """Let go of the windows of earlier tests: each would be dressed anew by the stylesheet of the next window.

    pytest-qt has asked for their end, which only an event loop would see to.
    """
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)  # type: ignore[call-overload]


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
        qtbot.addWidget(window)
        made.append(window)
        if path is not None:
            window.files.open_path(path)
        window.show()
        window.settle()
        qtbot.waitExposed(window)
        return window

    yield make
    for window in made:
        window.close()


@pytest.fixture
def window(project: Path, make_window: Callable[[Path | None], MainWindow]) -> MainWindow:
    """A window that shows the first article."""
    return make_window(project)

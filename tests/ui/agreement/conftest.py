"""A window that shows how well readings agree, and keys pressed in it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotator import whoami
from annotator.ui.agreement.page import AgreementPage
from annotator.ui.window import MainWindow
from tests.crowd import crowd

Make = Callable[[Path | None], MainWindow]
Key = Qt.Key
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
BRATIAA = Path(__file__).parents[4] / "shared" / "data" / "bratiaa" / "example-project"


@pytest.fixture
def four(tmp_path: Path) -> Path:
    """Six articles that four people read."""
    whoami.save_identity("Mara Lindt")
    return crowd(tmp_path / "Four.annotator", 4)


def shown(window: MainWindow, qtbot: QtBot) -> AgreementPage:
    """Open the page by its key, and wait for its figures."""
    press(window, Qt.Key.Key_F5, held=Qt.KeyboardModifier.ShiftModifier)
    page = window.sheets.agreeing.page
    assert page is not None
    computed(window, qtbot)
    return page


def computed(window: MainWindow, qtbot: QtBot) -> None:
    """Wait until the figures are there."""
    agreeing = window.sheets.agreeing
    qtbot.waitUntil(lambda: agreeing.watcher is not None and not agreeing.watcher.busy)


@pytest.fixture
def page(four: Path, make_window: Make, qtbot: QtBot) -> AgreementPage:
    """The page on four readings."""
    return shown(make_window(four), qtbot)


def window_of(page: AgreementPage) -> MainWindow:
    """Return the window over which a page lies."""
    window = page.window()
    assert isinstance(window, MainWindow)
    return window


def press(
    window: MainWindow, *keys: Qt.Key | str, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
) -> None:  # fmt: skip
    """Press keys as the system does: the window gets them, and gives them to whoever has the keyboard."""
    for key in keys:
        QTest.keyClick(window.windowHandle(), getattr(Qt.Key, f"Key_{key}") if isinstance(key, str) else key, held)
        QApplication.processEvents()

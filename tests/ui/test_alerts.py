"""A bug is told in a dialog and a log, beside the work; what it struck at is told nowhere."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from annotator import crashlog
from annotator.ui.alerts import Alerts, FaultDialog
from annotator.ui.look import Look
from annotator.ui.text import painter
from annotator.ui.window import MainWindow

CANARY = "Zimtschnecke"

# The offscreen platform says so of every dialog that is shown.
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")


@pytest.fixture
def alerts(qapp: QApplication, qtbot: QtBot) -> Iterator[Alerts]:
    hooks = sys.excepthook, threading.excepthook, sys.unraisablehook
    alerts = Alerts(Look(qapp))
    alerts.install()
    yield alerts
    sys.excepthook, threading.excepthook, sys.unraisablehook = hooks
    if alerts._dialog is not None and isValid(alerts._dialog):  # it goes with the window that it stood over
        alerts._dialog.close()


def fail() -> None:
    raise ValueError(f"{CANARY} said the minister")


def strike(alerts: Alerts) -> None:
    try:
        fail()
    except ValueError as error:
        alerts.tell(type(error), error, error.__traceback__)


def shown(alerts: Alerts) -> str:
    dialog = alerts._dialog
    return dialog._details.toPlainText() if dialog is not None and dialog.isVisible() else ""


def test_a_bug_is_told_once_with_places_only(alerts: Alerts, capfd: pytest.CaptureFixture[str]) -> None:
    strike(alerts)
    first = alerts._dialog
    strike(alerts)
    assert alerts._dialog is first
    assert isinstance(first, FaultDialog)
    assert shown(alerts).count("ValueError") == 2
    assert "in fail" in shown(alerts)
    copy = next(button for button in first.findChildren(QPushButton) if button.text() == "Copy details")
    copy.click()
    said = capfd.readouterr()
    for told in (
        shown(alerts),
        QGuiApplication.clipboard().text(),
        crashlog.log_path().read_text(),
        said.out,
        said.err,
    ):
        assert CANARY not in told


def test_after_it_was_closed_the_next_bug_is_told_again(alerts: Alerts) -> None:
    strike(alerts)
    assert alerts._dialog is not None
    alerts._dialog.accept()
    strike(alerts)
    assert shown(alerts).count("ValueError") == 1


def test_a_bug_in_a_thread_is_told_in_the_window(alerts: Alerts, qtbot: QtBot) -> None:
    thread = threading.Thread(target=fail)
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: "ValueError" in shown(alerts))
    assert CANARY not in shown(alerts)


def test_a_bug_in_telling_ends_in_the_log(alerts: Alerts, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("planted")

    monkeypatch.setattr(FaultDialog, "add", broken)
    strike(alerts)
    log = crashlog.log_path().read_text()
    assert "ValueError" in log
    assert "RuntimeError" in log


def test_a_bug_in_painting_reaches_the_log_and_the_program_goes_on(
    alerts: Alerts, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    window.view.paint_failed.connect(alerts.told)
    with monkeypatch.context() as planted:
        planted.setattr(painter, "_bars", lambda *_: fail())
        window.view.grab()
        window.view.grab()
    assert shown(alerts).count("ValueError") == 1
    assert "ui/text" in crashlog.log_path().read_text() or "text/canvas.py" in crashlog.log_path().read_text()
    window.view.grab()
    window.view.set_caret(3)
    assert window.view.caret == 3


def test_developers_may_see_the_message(
    alerts: Alerts, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ANNOTATOR_DEBUG", "1")
    strike(alerts)
    assert CANARY in capfd.readouterr().err


def test_the_folder_of_the_log_is_named(alerts: Alerts, home: Path) -> None:
    strike(alerts)
    assert alerts._dialog is not None
    labels = " ".join(label.text() for label in alerts._dialog.findChildren(QLabel))
    assert str(home / "log") in labels

"""Bugs: told in words with details to copy; the program goes on where it can."""

from __future__ import annotations

import os
import sys
import threading
import traceback
from types import TracebackType

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QFont, QFontDatabase, QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from annotator import crashlog
from annotator.i18n import _
from annotator.ui.look import Look
from annotator.ui.widgets import caption


class Alerts(QObject):
    """Takes over what Python does with an exception nobody caught.

    What is told holds no message: it may quote an article. `ANNOTATOR_DEBUG` in the environment prints it to the
    error output, for whoever mends the program.
    """

    _elsewhere = Signal(object)

    def __init__(self, look: Look, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._dialog: FaultDialog | None = None
        self._telling = False
        self._elsewhere.connect(self.told)

    def install(self) -> None:
        """Hear of every exception that nobody caught, in the event loop or in a thread."""
        sys.excepthook = self.tell
        threading.excepthook = self._from_thread
        sys.unraisablehook = self._unraisable

    def _from_thread(self, fault: threading.ExceptHookArgs) -> None:
        if fault.exc_value is not None and not isinstance(fault.exc_value, SystemExit):
            self._elsewhere.emit(fault.exc_value)

    def _unraisable(self, fault: object) -> None:
        error = getattr(fault, "exc_value", None)
        if isinstance(error, BaseException):
            self._elsewhere.emit(error)

    def tell(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """Log a bug and show it, or add it to the one that is shown."""
        if issubclass(kind, KeyboardInterrupt):
            QGuiApplication.quit()
            return
        if os.environ.get("ANNOTATOR_DEBUG"):
            traceback.print_exception(kind, error, trace, file=sys.stderr)
        crashlog.record(error, trace)
        if self._telling:
            return
        self._telling = True
        try:
            self._show(crashlog.details(error, trace))
        except Exception as second:  # whatever goes wrong in telling must not be told again
            crashlog.record(second)
        finally:
            self._telling = False

    def _show(self, words: str) -> None:
        if self._dialog is None:
            parent = QGuiApplication.focusObject()
            self._dialog = FaultDialog(self._look, parent if isinstance(parent, QWidget) else None)
            self._dialog.finished.connect(self._forget)
        self._dialog.add(words)
        self._dialog.show()

    def _forget(self) -> None:
        self._dialog = None

    def told(self, error: BaseException) -> None:
        """Show a fault that was caught where nothing may be raised."""
        self.tell(type(error), error, error.__traceback__)


class FaultDialog(QDialog):
    """Says that something went wrong; stands beside the work, not in its way."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Something went wrong"))
        title = caption(_("Something went wrong in the program"))
        title.setFont(look.serif(20, QFont.Weight.DemiBold))
        words = caption(
            _(
                "What you did before this is saved. You can go on; if the window behaves oddly, quit "
                "and start again. The details name no text and no person; please send them to us. "
                "They are kept in {parent}."
            ).format(parent=crashlog.log_path().parent),
            "second",
        )
        words.setWordWrap(True)
        self._details = QPlainTextEdit()
        self._details.setReadOnly(True)
        self._details.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        copy, close = QPushButton(_("Copy details")), QPushButton(_("Go on"))
        close.setProperty("role", "main")
        close.setDefault(True)
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self._details.toPlainText()))
        close.clicked.connect(self.accept)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(copy)
        buttons.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(32, 24, 32, 24)
        column.setSpacing(12)
        for widget in (title, words, self._details):
            column.addWidget(widget)
        column.addLayout(buttons)
        self.setModal(False)
        self.setWindowFlag(Qt.WindowType.Dialog)
        self.resize(look.px(560), look.px(360))

    def add(self, words: str) -> None:
        """Add the details of one more fault."""
        self._details.appendPlainText(words)

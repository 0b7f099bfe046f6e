"""Bugs: told in words with details to copy; the program goes on where it can."""

from __future__ import annotations

import platform
import sys
import traceback
from types import TracebackType

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QFont, QFontDatabase, QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from annotator import __version__
from annotator.ui.look import Look
from annotator.ui.widgets import caption


def details(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> str:
    """Return where a bug struck, without what it struck at: no message, which may quote an article or a name."""
    places = [
        f"  {frame.filename.rpartition('/')[2]}:{frame.lineno} in {frame.name}" for frame in traceback.extract_tb(trace)
    ]
    where = f"Annotator {__version__}, Python {platform.python_version()}, {platform.system()}"
    return "\n".join([where, kind.__qualname__, *places])


class Alerts(QObject):
    """Takes over what Python does with an exception nobody caught."""

    def __init__(self, look: Look, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._dialog: FaultDialog | None = None

    def install(self) -> None:
        """Hear of every exception that reaches the event loop."""
        sys.excepthook = self.tell

    def tell(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """Show a bug, or add it to the one that is shown."""
        if issubclass(kind, KeyboardInterrupt):
            QGuiApplication.quit()
            return
        traceback.print_exception(kind, error, trace, file=sys.stderr)
        if self._dialog is None:
            parent = QGuiApplication.focusObject()
            self._dialog = FaultDialog(self._look, parent if isinstance(parent, QWidget) else None)
        self._dialog.add(details(kind, error, trace))
        self._dialog.show()

    def told(self, words: str) -> None:
        """Show a fault that was caught where nothing may be raised."""
        self.tell(RuntimeError, RuntimeError(words), None)


class FaultDialog(QDialog):
    """Says that something went wrong; stands beside the work, not in its way."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Something went wrong")
        title = caption("Something went wrong in the program")
        title.setFont(look.serif(20, QFont.Weight.DemiBold))
        words = caption(
            "What you did before this is saved. You can go on; if the window behaves oddly, quit and start again. "
            "The details name no text and no person; please send them to us.",
            "second",
        )
        words.setWordWrap(True)
        self._details = QPlainTextEdit()
        self._details.setReadOnly(True)
        self._details.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        copy, close = QPushButton("Copy details"), QPushButton("Go on")
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

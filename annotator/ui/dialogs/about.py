"""What program this is."""

from __future__ import annotations

import platform

from PySide6.QtCore import qVersion
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QDialog, QPushButton, QVBoxLayout, QWidget

from annotator import __version__
from annotator.storage.connection import SQLITE_VERSION
from annotator.ui.look import Look
from annotator.ui.widgets import caption


class AboutDialog(QDialog):
    """Name, versions, licence."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("About Annotator")
        title = caption(f"Annotator {__version__}")
        title.setFont(look.serif(20, QFont.Weight.DemiBold))
        versions = f"Python {platform.python_version()}, Qt {qVersion()}, SQLite {SQLITE_VERSION}"
        close = QPushButton("Close")
        close.setDefault(True)
        close.clicked.connect(self.accept)
        column = QVBoxLayout(self)
        column.setContentsMargins(32, 24, 32, 24)
        column.setSpacing(12)
        column.addWidget(title)
        column.addWidget(caption("Mark who said what in the news, word by word."))
        column.addWidget(caption(versions, "second"))
        column.addWidget(caption("Free software under the MIT licence. No account, no network.", "second"))
        column.addSpacing(8)
        column.addWidget(close)

"""What the middle of the editor is made of: one page at a time, where Tab goes on it, what is there at first."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QLineEdit,
    QListWidget,
    QPlainTextEdit,
    QPushButton,
    QTableWidget,
    QVBoxLayout,
    QWidget,
)

from annotator.i18n import _
from annotator.ui.look import Look
from annotator.ui.widgets import caption


class Pages(QWidget):
    """Shows one page; Qt's own stack would be as high as the highest of them, and scroll where nothing is."""

    def __init__(self) -> None:
        super().__init__()
        self._shown: QWidget | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)

    def addWidget(self, page: QWidget) -> None:
        """Take a page; the first is shown."""
        self._column.addWidget(page)
        page.setVisible(self._shown is None)
        self._shown = self._shown or page

    def currentWidget(self) -> QWidget | None:
        """Return the page that is shown."""
        return self._shown

    def setCurrentWidget(self, page: QWidget) -> None:
        """Show another page."""
        if self._shown is not None:
            self._shown.hide()
        self._shown = page
        page.show()


def stops_on(page: QWidget) -> list[QWidget]:
    """Return what Tab comes to on a page, in the order in which it was made."""
    kinds = QAbstractButton | QLineEdit | QComboBox | QPlainTextEdit | QTableWidget | QListWidget
    found = [widget for widget in page.findChildren(QWidget) if isinstance(widget, kinds)]
    # What a drop-down is made of is no stop of its own; nor is the corner of a table.
    return [widget for widget in found if not isinstance(widget.parentWidget(), QComboBox | QTableWidget)]


class Empty(QWidget):
    """What stands in the middle while the scheme has no label."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setObjectName("page")
        heading = caption(_("No labels yet"))
        heading.setFont(look.serif(20, QFont.Weight.DemiBold))
        words = caption(
            _("A label is what words are marked with: a quote, a claim, a place. Make the first one."), "second"
        )
        words.setWordWrap(True)
        self.begin = QPushButton(_("Make a label"))
        self.begin.setAutoDefault(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 24, 0, 0)
        column.setSpacing(12)
        column.addWidget(heading)
        column.addWidget(words)
        column.addWidget(self.begin, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)

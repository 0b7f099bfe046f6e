"""What can be begun when no project is open."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QAction, QColor, QFont, QPainter, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from annotator.ui.drawing import key_cap
from annotator.ui.icons import icon
from annotator.ui.look import Look
from annotator.ui.rowbutton import RowButton
from annotator.ui.widgets import caption, key_names

_CHOICES = (
    ("project.new", ("file", "New project", "An empty one, with the scheme for news")),
    ("project.open", ("folder", "Open a project", "A file that ends in .annotator")),
    ("project.sample", ("book", "Try the sample project", "Three articles, some of it tagged")),
)


class Choice(RowButton):
    """One thing to begin: picture, name, a line about it, its key."""

    def __init__(self, action: QAction, picture: str, title: str, about: str, look: Look) -> None:
        super().__init__()
        self._look = look
        self._picture, self._about = picture, about
        self._keys = key_names(action.shortcut().toString())
        self.setText(title)
        self.setAccessibleName(title)
        self.setAccessibleDescription(about)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFixedHeight(look.px(64))
        self.clicked.connect(action.trigger)

    def paint(self, painter: QPainter) -> None:
        """Paint the row."""
        theme, px = self._look.theme, self._look.px
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.setPen(QPen(QColor(theme.accent), 2) if self.hasFocus() else Qt.PenStyle.NoPen)
        if self.isDown() or self.underMouse():
            painter.setBrush(QColor(theme.pressed if self.isDown() else theme.hover))
        painter.drawRoundedRect(box, 8, 8)
        side, middle = px(40), self.height() / 2
        square = QRectF(12, middle - side / 2, side, side)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.sunken))
        painter.drawRoundedRect(square, 8, 8)
        icon(self._picture, theme.text).paint(painter, square.toRect().adjusted(12, 12, -12, -12))
        left = int(square.right()) + 16
        painter.setPen(QColor(theme.text))
        painter.setFont(self._look.sans(13, QFont.Weight.DemiBold))
        painter.drawText(
            QRectF(left, middle - px(20), self.width(), px(20)), Qt.AlignmentFlag.AlignVCenter, self.text()
        )
        painter.setPen(QColor(theme.text2))
        painter.setFont(self._look.sans(13))
        painter.drawText(QRectF(left, middle, self.width(), px(20)), Qt.AlignmentFlag.AlignVCenter, self._about)
        self._paint_keys(painter, middle)

    def _paint_keys(self, painter: QPainter, middle: float) -> None:
        font = self._look.sans(11, QFont.Weight.Medium)
        painter.setFont(font)
        right = self.width() - 12.0
        for name in reversed(self._keys):
            wide = max(20, painter.fontMetrics().horizontalAdvance(name) + 12)
            key_cap(painter, QRectF(right - wide, middle - 10, wide, 20), name, self._look.theme, font)
            right -= wide + 4


class StartPanel(QFrame):
    """Name, one sentence, three choices; the first has the focus."""

    def __init__(self, actions: dict[str, QAction], look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("startPanel")
        title = caption("Annotator")
        title.setFont(look.serif(36, QFont.Weight.DemiBold))
        about = caption("Mark who said what in the news, word by word.", "")
        about.setFont(look.sans(15))
        self.choices = [Choice(actions[id], *words, look) for id, words in _CHOICES]
        private = caption("Everything stays on this computer: no account, no network.", "second")
        inner = QVBoxLayout()
        inner.setSpacing(8)
        for widget in (title, about):
            widget.setContentsMargins(12, 0, 0, 0)
            inner.addWidget(widget)
        inner.addSpacing(32)
        for choice in self.choices:
            inner.addWidget(choice)
        inner.addSpacing(32)
        private.setContentsMargins(12, 0, 0, 0)
        inner.addWidget(private)
        block = QWidget()
        block.setLayout(inner)
        block.setFixedWidth(look.px(480))
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(block)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.addStretch(2)
        column.addLayout(row)
        column.addStretch(3)
        self.setFocusProxy(self.choices[0])

    def sizeHint(self) -> QSize:
        return QSize(880, 560)

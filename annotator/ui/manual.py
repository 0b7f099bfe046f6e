"""The manual beside the work: pages that ship with the program, read offline."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, QUrl
from PySide6.QtGui import QColor, QKeyEvent, QTextBlockFormat, QTextCursor, QTextDocument, QTextLength, QTextTable
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from annotator import assets
from annotator.i18n import _
from annotator.ui.look import Look
from annotator.ui.placing import Placing
from annotator.ui.widgets import caption

_HEADING, _PARAGRAPH = (28, 8), (0, 12)
"""Pixels above and below."""
_LEADING = 140
"""Per cent."""


class Pages(QTextBrowser):
    """Shows Markdown of our own; opens no link by itself and loads nothing at all."""

    def loadResource(self, type: int, name: QUrl | str) -> object:
        return None


class ManualWindow(QDialog):
    """Left the pages, right the one that is read; a field finds words in all of them. Esc closes."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setWindowTitle(_("Manual") + " — Annotator")
        self._look = look
        self.list = QListWidget()
        self.list.setObjectName("manualPages")
        self.list.setAccessibleName(_("Pages"))
        self.list.setFixedWidth(look.px(200))
        for _name, title in assets.MANUAL:
            item = QListWidgetItem(_(title), self.list)
            item.setSizeHint(QSize(0, look.px(32)))
        self.field = QLineEdit()
        self.field.setPlaceholderText(_("Find in the manual"))
        self.field.setAccessibleName(_("Find in the manual"))
        self.field.setClearButtonEnabled(True)
        self._missing = caption("", "error")
        self.page = Pages()
        self.page.setOpenLinks(False)
        self.page.setAccessibleName(_("Page"))
        self.page.setFont(look.serif(15))
        self.page.document().setDocumentMargin(32)
        left = QVBoxLayout()
        left.setContentsMargins(16, 16, 16, 16)
        left.setSpacing(12)
        for widget in (self.field, self._missing, self.list):
            left.addWidget(widget)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addLayout(left)
        row.addWidget(self.page, 1)
        self._missing.hide()
        self.list.currentRowChanged.connect(self.show_page)
        self.field.returnPressed.connect(self._find)
        self.field.textEdited.connect(lambda _text: self._missing.hide())
        self.page.anchorClicked.connect(self._follow)
        look.changed.connect(lambda: self.show_page(self.list.currentRow()))
        self.list.setCurrentRow(0)
        self.placing = Placing(self, "manual", QSize(look.px(920), look.px(680)))

    def sizeHint(self) -> QSize:
        return QSize(920, 680)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_F3 or (
            event.key() == Qt.Key.Key_F and event.modifiers() & Qt.KeyboardModifier.ControlModifier
        ):
            if event.key() == Qt.Key.Key_F3 and self.field.text():
                self._find()
            else:
                self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
            return
        super().keyPressEvent(event)

    def show_page(self, number: int) -> None:
        """Show a page by its place in the list."""
        name, _ = assets.MANUAL[number]
        document = self.page.document()
        document.setDefaultFont(self._look.serif(15))
        document.setMarkdown(assets.manual_page(name), QTextDocument.MarkdownFeature.MarkdownDialectGitHub)
        self._space(document)
        self.page.moveCursor(self.page.textCursor().MoveOperation.Start)

    def _space(self, document: QTextDocument) -> None:
        """Give headings, paragraphs and tables their air: Markdown has none, and Qt gives it none."""
        for frame in document.rootFrame().childFrames():
            if isinstance(frame, QTextTable):
                table = frame.format()
                table.setBorder(1)
                table.setBorderBrush(QColor(self._look.theme.line))
                table.setBorderCollapse(True)
                table.setCellPadding(6)
                table.setCellSpacing(0)
                table.setBottomMargin(12)
                table.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
                frame.setFormat(table)
        cursor = QTextCursor(document)
        block = document.begin()
        while block.isValid():
            cursor.setPosition(block.position())
            if cursor.currentTable() is None:
                shape = block.blockFormat()
                above, below = _HEADING if shape.headingLevel() else _PARAGRAPH
                shape.setTopMargin(above if block.position() else 0)
                shape.setBottomMargin(below)
                if not shape.headingLevel():
                    shape.setLineHeight(_LEADING, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
                cursor.setBlockFormat(shape)
            block = block.next()

    def _follow(self, link: QUrl) -> None:
        names = [f"{name}.md" for name, _ in assets.MANUAL]
        if link.path() in names:
            self.list.setCurrentRow(names.index(link.path()))

    def _find(self) -> None:
        """Go to the next place where the words stand, through all pages and round."""
        words = self.field.text().strip()
        if not words:
            return
        if self.page.find(words):
            self._missing.hide()
            return
        here = self.list.currentRow()
        for step in range(1, len(assets.MANUAL) + 1):
            number = (here + step) % len(assets.MANUAL)
            if words.casefold() in assets.manual_page(assets.MANUAL[number][0]).casefold():
                self.list.setCurrentRow(number)
                self.page.moveCursor(self.page.textCursor().MoveOperation.Start)
                if self.page.find(words):
                    self._missing.hide()
                    return
        self._missing.setText(_("Not found"))
        self._missing.show()

"""The manual beside the work: pages that ship with the program, read offline."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QSize, Qt, QTimer, QUrl, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QImage,
    QKeyEvent,
    QResizeEvent,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextLength,
    QTextTable,
)
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QTextBrowser,
    QTextEdit,
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
_PICTURE = "\ufffc"
"""What Qt has as the text of a paragraph that is one picture."""
_MARGIN = 32


class Pages(QTextBrowser):
    """Shows Markdown of our own; opens no link by itself and loads nothing but pictures that ship with the program."""

    narrowed = Signal()
    """The pictures are of another width than the page has now."""

    def loadResource(self, type: int, name: QUrl | str) -> object:
        link = name if isinstance(name, QUrl) else QUrl(name)
        picture = QImage.fromData(assets.manual_picture(link.path())) if link.isRelative() else QImage()
        if type != QTextDocument.ResourceType.ImageResource.value or picture.isNull():
            return None
        scale = self.devicePixelRatioF()
        wide = min(picture.width(), round(self._room() * scale))
        result = picture.scaledToWidth(wide, Qt.TransformationMode.SmoothTransformation)
        result.setDevicePixelRatio(scale)
        return result

    def _room(self) -> int:
        # Without the scroll bar, which may come with the page.
        return max(200, self.width() - 2 * _MARGIN - 16)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.narrowed.emit()


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
        self.page.document().setDocumentMargin(_MARGIN)
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
        self.field.textChanged.connect(self._typed)
        self.page.anchorClicked.connect(self._follow)
        look.changed.connect(self._show_again)
        self._later = QTimer(self, singleShot=True, interval=50)
        self._later.timeout.connect(self._show_again)
        self.page.narrowed.connect(self._later.start)
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

    def show_named(self, name: str) -> None:
        """Show a page by its name (`assets.MANUAL`)."""
        self.list.setCurrentRow([one for one, _title in assets.MANUAL].index(name))

    def show_page(self, number: int) -> None:
        """Show a page by its place in the list."""
        name, _ = assets.MANUAL[number]
        document = self.page.document()
        document.clear()  # pictures too: they are made for one width
        document.setDefaultFont(self._look.serif(15))
        document.setMarkdown(assets.manual_page(name), QTextDocument.MarkdownFeature.MarkdownDialectGitHub)
        self._space(document)
        self.page.moveCursor(self.page.textCursor().MoveOperation.Start)
        self._highlight()

    def _show_again(self) -> None:
        bar, cursor = self.page.verticalScrollBar(), self.page.textCursor()
        read = bar.value() / max(1, bar.maximum())
        hit = cursor.selectionStart(), cursor.selectionEnd()
        self.show_page(self.list.currentRow())
        self._select(*hit)
        bar.setValue(round(read * bar.maximum()))

    def _select(self, start: int, end: int) -> None:
        cursor = self.page.textCursor()
        cursor.setPosition(start)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        self.page.setTextCursor(cursor)
        self._highlight()

    def _highlight(self) -> None:
        """Show what was found also while the keyboard is in the field: a selection is pale then."""
        hit = QTextEdit.ExtraSelection()
        hit.cursor = self.page.textCursor()
        hit.format.setBackground(QColor(self._look.theme.selection))
        hit.format.setForeground(QColor(self._look.theme.selection_text))
        found = hit.cursor.hasSelection() and bool(self.field.text().strip())
        self.page.setExtraSelections([hit] if found else [])

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
                # Of a picture's line the leading would be two fifths of the picture, as white below it.
                if not shape.headingLevel() and block.text() != _PICTURE:
                    shape.setLineHeight(_LEADING, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
                cursor.setBlockFormat(shape)
                if shape.headingLevel():
                    # The weight that the font has; a bolder one would be smeared.
                    weight = QTextCharFormat()
                    weight.setFontWeight(QFont.Weight.DemiBold)
                    cursor.movePosition(cursor.MoveOperation.EndOfBlock, cursor.MoveMode.KeepAnchor)
                    cursor.mergeCharFormat(weight)
            block = block.next()

    def _follow(self, link: QUrl) -> None:
        names = [f"{name}.md" for name, _ in assets.MANUAL]
        if link.path() in names:
            self.list.setCurrentRow(names.index(link.path()))

    def _typed(self, words: str) -> None:
        """Find as one types, from the present place on, so that one more letter stays there."""
        start = self.page.textCursor().selectionStart()
        self._select(start, start)
        self._missing.hide()
        if words.strip():
            self._find()

    def _find(self) -> None:
        """Go to the next place where the words stand, through all pages and round, and show it amid the page."""
        words = self.field.text().strip()
        if not words:
            return
        found = self._look_for(words)
        self._missing.setText("" if found else _("Not found"))
        self._missing.setVisible(not found)
        self._highlight()
        if found:
            bar, place = self.page.verticalScrollBar(), self.page.cursorRect()
            bar.setValue(bar.value() + place.center().y() - self.page.viewport().height() // 2)

    def _look_for(self, words: str) -> bool:
        if self.page.find(words):
            return True
        here = self.list.currentRow()
        for step in range(1, len(assets.MANUAL) + 1):
            number = (here + step) % len(assets.MANUAL)
            if words.casefold() in _plain(assets.MANUAL[number][0]).casefold():
                self.list.setCurrentRow(number)
                self.page.moveCursor(self.page.textCursor().MoveOperation.Start)
                if self.page.find(words):
                    return True
        return False


@cache
def _plain(name: str) -> str:
    """Return a page as it is read, for its source has stars and bars amid the words."""
    document = QTextDocument()
    document.setMarkdown(assets.manual_page(name), QTextDocument.MarkdownFeature.MarkdownDialectGitHub)
    return document.toPlainText()

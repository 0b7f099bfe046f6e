"""The guideline beside the text: a page a label, which follows the focused span; real examples of the project on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt, QTimer, QUrl, Signal
from PySide6.QtGui import QColor, QIcon, QKeyEvent, QPainter, QPixmap, QResizeEvent, QShowEvent, QTextCursor
from PySide6.QtWidgets import (
    QBoxLayout,
    QDialog,
    QListView,
    QListWidget,
    QListWidgetItem,
    QTextEdit,
    QVBoxLayout,
    QWidget,
)

from annotator.domain.errors import UserError
from annotator.domain.guideline import found, guideline
from annotator.domain.scheme import Label
from annotator.i18n import _
from annotator.ui.drawing import swatch
from annotator.ui.guidepage import LABEL, MORE, SPAN, Pen
from annotator.ui.listfield import ListField
from annotator.ui.look import Look
from annotator.ui.manual import Pages
from annotator.ui.placing import Placing
from annotator.ui.session import Session
from annotator.ui.widgets import caption

if TYPE_CHECKING:
    from annotator.storage.examples import Example

FEW, MANY = 6, 40
"""Real examples that are shown at first, and at most."""
_FOLLOW_MS, _RENEW_MS = 120, 600
"""Milliseconds until a rested hand is followed, and until what was tagged stands among the examples: no key waits."""
_NARROW = 560
_MARGIN = 28
_ID = Qt.ItemDataRole.UserRole


class GuidelineWindow(QDialog):
    """Left the labels, right the page of one; a field finds labels by a word of their pages. Esc closes.

    `span_wanted(article, span)` (their ids) when an example is chosen.
    """

    span_wanted = Signal(str, str)

    def __init__(self, session: Session, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setWindowTitle(_("Guideline") + " — Annotator")
        self._session, self._look = session, look
        self._label = self._wanted = self._followed = ""
        self._most = FEW
        self.list = QListWidget()
        self.list.setObjectName("manualPages")
        self.list.setAccessibleName(_("Labels"))
        self.field = ListField(self.list, 8)
        self.field.setPlaceholderText(_("Find in the guideline"))
        self.field.setAccessibleName(_("Find in the guideline"))
        self.field.setClearButtonEnabled(True)
        self._missing = caption("", "third")
        self._missing.setWordWrap(True)
        self.page = Pages()
        self.page.setOpenLinks(False)
        self.page.setAccessibleName(_("Page"))
        self.page.document().setDocumentMargin(_MARGIN)
        self.page.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._lay_out()
        self.list.currentItemChanged.connect(self._turn)
        self.field.textChanged.connect(self._look_for)
        self.page.anchorClicked.connect(self._follow_link)
        self._later = QTimer(self, singleShot=True, interval=_FOLLOW_MS)
        self._later.timeout.connect(self._arrive)
        self._renewal = QTimer(self, singleShot=True, interval=_RENEW_MS)
        self._renewal.timeout.connect(self._renew)
        session.scheme_changed.connect(self._take_scheme)
        session.project_opened.connect(self._take_scheme)
        session.changed.connect(self._renew_later)
        session.article_shown.connect(self._renew_later)
        look.changed.connect(self._take_scheme)
        self._list_labels()
        self.placing = Placing(self, "guideline", QSize(look.px(760), look.px(680)))

    def _lay_out(self) -> None:
        self._left = QWidget()
        left = QVBoxLayout(self._left)
        left.setContentsMargins(16, 16, 16, 16)
        left.setSpacing(12)
        for widget in (self.field, self._missing, self.list):
            left.addWidget(widget)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(1, 1, 1, 1)
        self._row.setSpacing(0)
        self._row.addWidget(self._left)
        self._row.addWidget(self.page, 1)
        self._missing.hide()

    def sizeHint(self) -> QSize:
        return QSize(760, 680)

    # Which label

    def show_label(self, label: str) -> None:
        """Show the page of a label (its id), where the scheme knows it, else keep the present one."""
        self.field.clear()
        self._followed = label
        self._show(label if self._session.scheme.label(label) is not None else self._label)

    def follow(self, label: str) -> None:
        """Show the page of a label (its id) soon, unless it was followed last: whoever reads another one goes on."""
        if label and label != self._followed:
            self._wanted = self._followed = label
            self._later.start()

    def _arrive(self) -> None:
        if self.isVisible() and not self.field.text() and self._session.scheme.label(self._wanted) is not None:
            self._show(self._wanted)

    def _show(self, label: str) -> None:
        for number in range(self.list.count()):
            if self.list.item(number).data(_ID) == label:
                self.list.setCurrentRow(number)
                return
        if self.list.count() and self.list.currentRow() < 0:
            self.list.setCurrentRow(0)

    def _take_scheme(self) -> None:
        kept = self._label
        self._list_labels()
        self._show(kept)
        if self.isVisible():
            self._write()

    def _list_labels(self) -> None:
        labels = found(self._session.scheme, self.field.text())
        self.list.blockSignals(True)
        self.list.clear()
        for label in labels:
            item = QListWidgetItem(self._sign(label), label.name, self.list)
            item.setData(_ID, label.id)
            item.setSizeHint(QSize(0, self._look.px(32)))
        self.list.blockSignals(False)
        self._arrange()

    def _sign(self, label: Label) -> QIcon:
        scale = self.devicePixelRatioF()
        sign = QPixmap(QSize(16, 16) * scale)
        sign.setDevicePixelRatio(scale)
        sign.fill(QColor(self._look.theme.page))
        with QPainter(sign) as painter:
            swatch(painter, QRect(0, 0, 16, 16), label, self._look.theme)
        result = QIcon(sign)
        result.addPixmap(sign, QIcon.Mode.Selected)  # Qt would make it paler
        return result

    def _look_for(self, typed: str) -> None:
        """List the labels on whose pages the words stand, and show the first; the words light up on the page."""
        kept = self._label
        self._list_labels()
        none = not self.list.count()
        self._missing.setText(_("No label’s page says that."))
        self._missing.setVisible(none)
        if none:
            return
        self.list.setCurrentRow(0)
        if not typed.strip():
            self._show(kept)
        self._light_up()

    def _turn(self, current: QListWidgetItem | None, _previous: QListWidgetItem | None = None) -> None:
        if current is not None and current.data(_ID) != self._label:
            self._label, self._most = current.data(_ID), FEW
            if self.isVisible():  # else it is written when it comes up: the examples have to be looked for
                self._write()

    # The page

    def _write(self) -> None:
        """Write the page anew, from its top."""
        self._renewal.stop()
        label = self._session.scheme.label(self._label)
        document = self.page.document()
        document.setDefaultFont(self._look.serif(15))
        if label is None:
            words = _("The scheme of this project has no labels.") if self._session.store is not None else ""
            document.setPlainText(words)
            return
        real, more = self._real(label.id)
        Pen(self._look, self._session.scheme, document).write(guideline(self._session.scheme, label), real, more)
        self.page.moveCursor(QTextCursor.MoveOperation.Start)
        self._light_up()

    def _real(self, label: str) -> tuple[list[Example], bool]:
        store = self._session.store
        if store is None:
            return [], False
        try:
            real = store.examples(label, self._session.visible, self._most + 1)
        except UserError:
            return [], False  # a disk that is gone is told where something is done
        return real[: self._most], len(real) > self._most and self._most < MANY

    def _renew_later(self, _changed: object = None) -> None:
        if self.isVisible():
            self._renewal.start()

    def _renew(self) -> None:
        """Show what was tagged meanwhile; what is read stays where it is."""
        if self.isVisible():
            bar = self.page.verticalScrollBar()
            place = bar.value()
            self._write()
            bar.setValue(place)

    def _light_up(self) -> None:
        """Show where the words that are looked for stand on the page."""
        theme, hits = self._look.theme, []
        for word in self.field.text().split():
            cursor = QTextCursor(self.page.document())
            while not (cursor := self.page.document().find(word, cursor)).isNull():
                hit = QTextEdit.ExtraSelection()
                hit.cursor = cursor
                hit.format.setBackground(QColor(theme.selection))
                hit.format.setForeground(QColor(theme.selection_text))
                hits.append(hit)
        self.page.setExtraSelections(hits)

    def _follow_link(self, link: QUrl) -> None:
        kind, _colon, rest = link.toString().partition(":")
        if kind == SPAN and "/" in rest:
            self.span_wanted.emit(*rest.split("/", 1))
        elif kind == LABEL:
            self.field.clear()
            self._show(rest)
        elif kind == MORE:
            self._most = MANY
            self._renew()

    # The window

    def _arrange(self) -> None:
        """Stand the labels beside the page, or in a narrow window above it, side by side."""
        narrow = self.width() < self._look.px(_NARROW)
        down, beside = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._row.setDirection(down if narrow else beside)
        self.list.setFlow(QListView.Flow.LeftToRight if narrow else QListView.Flow.TopToBottom)
        self.list.setWrapping(narrow)
        self.list.setResizeMode(QListView.ResizeMode.Adjust)
        wide = self.list.sizeHintForColumn(0) if not narrow else 0
        px = self._look.px
        for number in range(self.list.count()):
            item = self.list.item(number)
            room = self.list.fontMetrics().horizontalAdvance(item.text()) + 48 if narrow else 0
            item.setSizeHint(QSize(room, px(32)))
        if narrow:
            self._left.setFixedWidth(self.width())
            rooms = sum(self.list.item(number).sizeHint().width() for number in range(self.list.count()))
            rows = min(3, max(1, -(-rooms // max(1, self.width() - 48))))
            self.list.setFixedHeight(rows * px(32) + 4)
        else:
            self._left.setFixedWidth(max(px(220), min(px(280), wide + 48)))
            self.list.setMaximumHeight(16_777_215)
            self.list.setMinimumHeight(0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._write()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        finds = event.key() == Qt.Key.Key_F and event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if finds or event.key() == Qt.Key.Key_F3:
            self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.field.selectAll()
        elif event.key() == Qt.Key.Key_F1 and event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.close()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.field.hasFocus():
            self.page.setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            super().keyPressEvent(event)

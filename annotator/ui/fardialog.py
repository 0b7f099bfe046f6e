"""Spans of other articles, to be tied to the focused one: found by a few letters of their words or titles."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    QTimer,
)
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QListView,
    QVBoxLayout,
    QWidget,
)

from annotator.domain.errors import UserError
from annotator.domain.grouping import RelationKind
from annotator.domain.likeness import Known, known, likest_first, ranked, telling
from annotator.domain.scheme import Scheme
from annotator.i18n import _, later, n_
from annotator.storage.far import FarSpan
from annotator.ui.drawing import swatch
from annotator.ui.icons import icon
from annotator.ui.listfield import ListField
from annotator.ui.look import Look
from annotator.ui.paintedrow import PaintedRow, chosen_row
from annotator.ui.reports import titled
from annotator.ui.spans.ties import directed
from annotator.ui.theme import UNKNOWN_LABEL
from annotator.ui.widgets import Elided, KeyCaps, Segments, caption, plain_tip, rule

_ROW, _SHOWN = 52, 7
_SLICE = 0.004
"""Seconds of reading between two keys."""
_MOST = 200
"""Rows that are listed; who looks for more types another word."""
_FOUND = Qt.ItemDataRole.UserRole
Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_FOOT = (("Up", ""), ("Down", later("choose")), ("Return", later("tie")), ("Escape", later("leave")))


class FarWay(NamedTuple):
    """A relation by which spans of other articles can be tied: from the focused span (`outward`) or to it."""

    kind: RelationKind
    outward: bool

    @property
    def labels(self) -> tuple[str, ...]:
        """The labels (ids) that the other end may have."""
        return self.kind.target if self.outward else self.kind.source

    @property
    def name(self) -> str:
        """What it is called, with its direction."""
        return directed(self.kind, self.kind.id, self.outward)


class _Spans(QAbstractListModel):
    def __init__(self) -> None:
        super().__init__()
        self.spans: list[FarSpan] = []

    def show_spans(self, spans: list[FarSpan]) -> None:
        self.beginResetModel()
        self.spans = spans
        self.endResetModel()

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.spans)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        span = self.spans[index.row()]
        if role == _FOUND:
            return span
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return f"{span.words}, {titled(span.title)}"
        return plain_tip(f"{span.words}\n{titled(span.title)}") if role == Qt.ItemDataRole.ToolTipRole else None


class _Row(PaintedRow):
    def __init__(self, scheme: Scheme, look: Look, view: QListView) -> None:
        super().__init__(look, view, _ROW)
        self._scheme = scheme

    def row(self, painter: QPainter, box: QRect, index: Index, chosen: bool) -> None:
        """Paint the row."""
        span = index.data(_FOUND)
        if not isinstance(span, FarSpan):
            return
        theme, look = self._look.theme, self._look
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if chosen:
            chosen_row(painter, box, look, 8)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        half = box.height() // 2
        swatch(painter, QRect(box.left() + 24, box.top() + half - 18, 16, 16),
               self._scheme.label(span.label) or UNKNOWN_LABEL, theme)  # fmt: skip
        words = QRect(box.left() + 52, box.top() + 3, box.width() - 52 - 24, half)
        below = words.translated(0, half - 4)
        for place, font, colour, said in (
            (words, look.serif(15), theme.text, span.words), (below, look.sans(12), theme.text2, titled(span.title)),
        ):  # fmt: skip
            painter.setFont(font)
            painter.setPen(QColor(colour))
            shown = painter.fontMetrics().elidedText(said, Qt.TextElideMode.ElideRight, place.width())
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, shown)


class FarDialog(QDialog):
    """Stands over the window, spans like the focused one first; Return or a click chooses, Esc leaves.

    `spans` come a few at a time, and are read while one types. `chosen` and `way` are what was chosen.
    """

    def __init__(
        self,
        words: str,
        ways: Sequence[FarWay],
        spans: Iterator[list[FarSpan]],
        tied: frozenset[tuple[str, str]],
        scheme: Scheme,
        look: Look,
        parent: QWidget,
    ) -> None:
        super().__init__(parent, Qt.WindowType.FramelessWindowHint | Qt.WindowType.Dialog)
        self.setObjectName("palette")
        self.setWindowTitle(_("Tie to another article"))
        self._ways, self._tied = list(ways), tied
        self._source, self._about = spans, telling(words)
        self._read: list[FarSpan] = []
        self._known: list[Known] = []
        self._reading = True
        self.way = self._ways[0]
        self.chosen: FarSpan | None = None
        self.model = _Spans()
        self.list = QListView()
        self.list.setModel(self.model)
        self.list.setItemDelegate(_Row(scheme, look, self.list))
        self.list.setUniformItemSizes(True)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setAccessibleName(_("Spans of other articles"))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.field = ListField(self.list, _SHOWN)
        self.field.setObjectName("paletteField")
        self.field.setFrame(False)
        self.field.setFont(look.sans(15))
        self.field.setPlaceholderText(_("Words of a span or a title in another article"))
        self.field.setAccessibleName(_("Find a span of another article"))
        self.segments = Segments([way.name for way in self._ways])
        self.segments.setAccessibleName(_("Relation"))
        self.segments.chosen.connect(self._take_way)
        self._count = caption("", "second")
        self._empty = caption("", "third")
        self._empty.setWordWrap(True)
        self._empty.setContentsMargins(24, 16, 24, 16)
        self._what = Elided("second")
        self._what.set_text(words)
        self._lay_out(look)
        self.field.textChanged.connect(self._look_for)
        self.field.returnPressed.connect(self._take)
        self.list.clicked.connect(lambda _index: self._take())
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._go_on)
        self._timer.start(0)
        self._look_for()
        width = min(look.px(640), parent.width() - 80)
        top = min(look.px(88), max(8, parent.height() // 8))
        self.resize(width, min(look.px(_ROW * _SHOWN + 148), parent.height() - top - 16))
        self.move(parent.mapToGlobal(QPoint((parent.width() - width) // 2, top)))

    def _lay_out(self, look: Look) -> None:
        above, head, foot = QHBoxLayout(), QHBoxLayout(), QHBoxLayout()
        above.setContentsMargins(20, 10, 20, 0)
        above.setSpacing(12)
        if len(self._ways) > 1:
            above.addWidget(self.segments)
        else:
            self.segments.setParent(self)
            self.segments.hide()
            above.addWidget(caption(self.way.name, "strong"))
        above.addWidget(self._what, 1)
        head.setContentsMargins(20, 6, 20, 10)
        sign = caption()
        sign.setPixmap(icon("search", look.theme.text2).pixmap(QSize(16, 16)))
        head.setSpacing(8)
        head.addWidget(sign)
        head.addWidget(self.field, 1)
        head.addWidget(self._count)
        foot.setContentsMargins(20, 8, 20, 8)
        foot.setSpacing(8)
        more = (("Tab", later("another relation")),) if len(self._ways) > 1 else ()
        for keys, words in (*_FOOT[:3], *more, _FOOT[3]):
            foot.addWidget(KeyCaps(look, keys))
            if words:
                foot.addWidget(caption(_(words), "second"))
                foot.addSpacing(12)
        foot.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        column.addLayout(above)
        column.addLayout(head)
        column.addWidget(rule())
        column.addSpacing(6)
        column.addWidget(self._empty)
        column.addWidget(self.list, 1)
        column.addWidget(rule())
        column.addLayout(foot)

    # Reading

    def _go_on(self) -> None:
        """Read on for a moment; what is listed grows with it."""
        until, came = time.perf_counter() + _SLICE, False
        while time.perf_counter() < until:
            try:
                spans = next(self._source, None)
            except UserError as error:
                self._end()
                self._empty.setText(str(error))
                self._empty.show()
                return
            if spans is None:
                self._end()
                break
            came = True
            self._read += spans
            self._known += [known(span.words, span.title, self._about) for span in spans]
        if not self._reading or (came and len(self.model.spans) < _SHOWN):
            self._look_for()

    def _end(self) -> None:
        self._timer.stop()
        if self._reading:
            # Once for all keys: those that are like the focused span first.
            self._reading = False
            order = likest_first(self._known)
            self._read, self._known = [self._read[it] for it in order], [self._known[it] for it in order]

    def _look_for(self, _typed: str = "") -> None:
        """List what fits, the likeliest first; what was chosen by the arrows stays chosen where it is still listed."""
        kept = self._present() if self.list.currentIndex().row() > 0 and not _typed else None
        labels, kind = self.way.labels, self.way.kind.id
        tied = {id for label, id in self._tied if label == kind}
        found = (self._read[place] for place in ranked(self._known, self.field.text()))
        fits = [span for span in found if span.label in labels and span.id not in tied]
        self.model.show_spans(fits[:_MOST])
        if fits:
            row = self.model.spans.index(kept) if kept in self.model.spans else 0
            self.list.setCurrentIndex(self.model.index(row))
        count = n_("{count:,} span", "{count:,} spans", len(fits)).format(count=len(fits))
        self._count.setText(_("{count}, reading on…").format(count=count) if self._reading else count)
        self._empty.setText(self._nothing())
        self._empty.setVisible(not fits)
        self.list.setVisible(bool(fits))

    def _nothing(self) -> str:
        if self._reading:
            return _("Reading the other articles…")
        if self.field.text().strip():
            return _("No span of another article says that.")
        return _("No other article has a span that could be tied to this one.")

    # Choosing

    def _present(self) -> FarSpan | None:
        index = self.list.currentIndex()
        span = index.data(_FOUND) if index.isValid() else None
        return span if isinstance(span, FarSpan) else None

    def _take_way(self, number: int) -> None:
        self.way = self._ways[number]
        self.segments.choose(number)
        self._look_for()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _take(self) -> None:
        self.chosen = self._present()
        if self.chosen is not None:
            self.accept()

    def focusNextPrevChild(self, next: bool) -> bool:
        # Tab is the other relation; there is nothing else to go to.
        self._take_way((self._ways.index(self.way) + (1 if next else -1)) % len(self._ways))
        return True

    def done(self, result: int) -> None:
        """Read no more, then close."""
        self._end()
        super().done(result)

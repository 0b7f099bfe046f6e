"""The cards of the page: large figures, parts with a chart, and what the figures rest on."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from annotator.i18n import _
from annotator.report.sheet import Head, Note
from annotator.ui.agreement.barchart import dot, whisker
from annotator.ui.icons import icon
from annotator.ui.look import Look
from annotator.ui.widgets import Elided, caption

_PAD, _HEADING = 20, 22


def card() -> QFrame:
    """Return a surface on which something stands by itself."""
    result = QFrame()
    result.setObjectName("figureCard")
    return result


class HeadCard(QFrame):
    """One large figure."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setObjectName("figureCard")
        self.number, self.between, self.name, self.beside = caption(), Elided("second"), caption("", "strong"), Elided()
        font = QFont(look.sans(28, QFont.Weight.DemiBold))
        font.setFeature(QFont.Tag("tnum"), 1)
        self._large, self._small = font, look.sans(16, QFont.Weight.DemiBold)
        self.beside.setProperty("role", "second")
        for words in (self.between, self.beside):
            words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        column, above, below = QVBoxLayout(self), QHBoxLayout(), QHBoxLayout()
        column.setContentsMargins(_PAD, 8, 4, 8)
        column.setSpacing(0)
        for row, first, second in ((above, self.number, self.between), (below, self.name, self.beside)):
            row.setSpacing(8)
            row.addWidget(first)
            row.addWidget(second, 1)
            column.addLayout(row)
        self.setFixedHeight(look.px(80))

    def show_head(self, head: Head) -> None:
        """Show a figure."""
        words = head.words if head.estimate is None else head.estimate.told()
        between = head.estimate.between(to=_("to")) if head.estimate is not None else ""
        figure = head.estimate is None or head.estimate.value is not None
        self.number.setFont(self._large if figure else self._small)
        self.number.setText(words)
        self.between.set_text(between)
        self.between.setToolTip(_("95 % interval") if between else "")
        self.name.setText(head.name)
        self.beside.set_text(head.beside)
        self.setAccessibleName(f"{head.name}: {words} {between}, {head.beside}")


class Legend(QWidget):
    """Says what interval and dot of a bar are."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look, self._other, self._interval = look, "", False
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        look.changed.connect(self.update)

    def show_other(self, other: str, interval: bool) -> None:
        """Say the other way of counting; no interval where there is none to be seen."""
        self._other, self._interval = other, interval
        self.setAccessibleName(other)
        self.updateGeometry()
        self.update()

    def _words(self) -> list[str]:
        return [*([_("95 %")] if self._interval else []), self._other] if self._other else []

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(self._look.sans(11))
        return QSize(sum(metrics.horizontalAdvance(it) + 34 for it in self._words()), self._look.px(20))

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            font, theme, x = self._look.sans(11), self._look.theme, 2.0
            painter.setFont(font)
            middle = self.height() / 2
            for number, words in enumerate(self._words()):
                painter.setPen(QPen(QColor(theme.text), 1.6))
                if self._interval and number == 0:
                    whisker(painter, x, x + 15, middle, 5)
                else:
                    dot(painter, x + 11, middle, theme.page)
                painter.setPen(QColor(theme.text2))
                wide = painter.fontMetrics().horizontalAdvance(words)
                painter.drawText(round(x + 21), 0, wide + 2, self.height(), Qt.AlignmentFlag.AlignVCenter, words)
                x += wide + 34


class Part(QFrame):
    """A card with a heading, a line of what there is to see, and a chart."""

    def __init__(self, title: str, chart: QWidget, look: Look, *, legend: bool = False) -> None:
        super().__init__()
        self.setObjectName("figureCard")
        self.about = Elided("second")
        self.legend = Legend(look) if legend else None
        column, above = QVBoxLayout(self), QHBoxLayout()
        column.setContentsMargins(_PAD, 10, _PAD - 4, 10)
        column.setSpacing(0)
        heading = caption(title, "heading")
        heading.setFixedHeight(look.px(_HEADING))
        above.addWidget(heading, 1)
        if self.legend is not None:
            above.addWidget(self.legend)
        column.addLayout(above)
        column.addWidget(self.about)
        column.addSpacing(6)
        column.addWidget(chart, 1)


class Notes(QFrame):
    """What the figures rest on, warnings first; `all_wanted()` for all differences."""

    all_wanted = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setObjectName("figureCard")
        self._look = look
        self._notes: Sequence[Note] = ()
        column = QVBoxLayout(self)
        column.setContentsMargins(_PAD, 10, 8, 8)
        column.setSpacing(0)
        heading = caption(_("Before you believe it"), "heading")
        heading.setFixedHeight(look.px(_HEADING))
        column.addWidget(heading)
        column.addWidget(caption(_("What these figures rest on"), "second"))
        self._inside = QWidget()
        self._inside.setObjectName("agreementInside")
        self._list = QVBoxLayout(self._inside)
        self._list.setContentsMargins(0, 8, 8, 0)
        self._list.setSpacing(6)
        self.area = QScrollArea()
        self.area.setObjectName("agreementNotes")
        self.area.setWidgetResizable(True)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.area.setAccessibleName(_("What these figures rest on"))
        self.area.setWidget(self._inside)
        column.addWidget(self.area, 1)
        self.all = QPushButton(_("See all differences"))
        self.all.setProperty("role", "link")
        self.all.setAutoDefault(True)
        self.all.clicked.connect(self.all_wanted)
        column.addWidget(self.all, 0, Qt.AlignmentFlag.AlignLeft)
        look.changed.connect(self._write)

    def show_notes(self, notes: Sequence[Note]) -> None:
        """Show these sentences."""
        if notes != self._notes:
            self._notes = notes
            self._write()

    def _write(self) -> None:
        notes = self._notes
        while (item := self._list.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        theme = self._look.theme
        for note in notes:
            line, sign, words = QWidget(), caption(), caption(note.words)
            words.setWordWrap(True)
            name, colour = ("warning", theme.warning) if note.warning else ("info", theme.text2)
            sign.setPixmap(icon(name, colour).pixmap(QSize(16, 16)))
            sign.setAccessibleName(_("Warning") if note.warning else _("Note"))
            row = QHBoxLayout(line)
            row.setContentsMargins(0, 0, 0, 0)
            row.setSpacing(12)
            row.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
            row.addWidget(words, 1)
            self._list.addWidget(line)
        self._list.addStretch(1)
        self.area.setAccessibleDescription(" ".join(note.words for note in notes))

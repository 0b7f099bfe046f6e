"""Notices: a sentence at the bottom, above the bar, with Undo where it helps; never takes the focus, and is heard."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QStackedWidget, QWidget

from annotator.domain.text import printable
from annotator.i18n import _
from annotator.ui.bottom import BottomBar
from annotator.ui.text.accessibility import announce
from annotator.ui.widgets import plain_tip

SHOWN_FOR = 8_000
"""Milliseconds a notice stays when nothing happens."""


class Notice(QFrame):
    """One notice at a time over the lower edge of its parent; the newest wins."""

    undo_wanted = Signal()
    report_wanted = Signal()

    def __init__(self, over: QWidget) -> None:
        # Of a stack a screen reader is told the pages only, and nothing else that lies in it.
        self._home = (over.parentWidget() if isinstance(over, QStackedWidget) else None) or over
        super().__init__(self._home)
        self.setObjectName("notice")
        self._over = over
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 8, 8)
        row.setSpacing(12)
        self._words = QLabel(self)
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        self._words.setWordWrap(True)
        self._undo = QPushButton(_("Undo"), self)
        self._undo.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._take_back: Callable[[], object] = self.undo_wanted.emit
        self._undo.clicked.connect(self._undo_it)
        row.addWidget(self._words, 1)
        row.addWidget(self._undo)
        self._row = row
        self._report: QPushButton | None = None
        self._timer = QTimer(self, singleShot=True, interval=SHOWN_FOR)
        self._timer.timeout.connect(self.hide)
        over.installEventFilter(self)
        self.hide()

    @property
    def words(self) -> str:
        """What the notice says, "" when none is shown."""
        return self._words.text() if self.isVisibleTo(self._home) else ""

    @property
    def offers_undo(self) -> bool:
        """Whether a button takes something back that was done before."""
        return not self._undo.isHidden()

    def say(self, words: str, undo: bool = False, report: bool = False, tip: str = "") -> None:
        """Show a sentence; with `undo` a button takes the last step back, with `report` another tells more.

        `tip` is what the sentence had to shorten.
        """
        self._take_back = self.undo_wanted.emit
        self._words.setText(printable(words))
        self._words.setToolTip(plain_tip(printable(tip)))
        self._undo.setVisible(undo)
        if report and self._report is None:
            self._report = self._made_report()
        if self._report is not None:
            self._report.setVisible(report)
        self.setMinimumHeight(40)
        self._place()
        self.show()
        self.raise_()
        self._timer.start()
        announce(self, self._words.text())

    def offer(self, words: str, take_back: Callable[[], object], *, report: bool = False) -> None:
        """Show a sentence about what is no step of the project; Undo does this."""
        self.say(words, undo=True, report=report)
        self._take_back = take_back

    def _bar(self) -> int:
        """How high (in pixels) the bar is that the page in front has at its lower edge; its hints stay readable."""
        page = self._over.currentWidget() if isinstance(self._over, QStackedWidget) else None
        bar = page.findChild(BottomBar) if page is not None else None
        return bar.height() if bar is not None and not bar.isHidden() else 0

    def _undo_it(self) -> None:
        self.hide()
        self._take_back()

    def _made_report(self) -> QPushButton:
        result = QPushButton(_("Report"), self)
        result.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        result.clicked.connect(self.hide)
        result.clicked.connect(self.report_wanted)
        self._row.insertWidget(1, result)
        return result

    def _place(self) -> None:
        room = self._over.width() - 32
        wanted = self._words.fontMetrics().horizontalAdvance(self._words.text()) + 48
        for pressed in (self._undo, self._report):
            if pressed is not None and not pressed.isHidden():
                wanted += pressed.sizeHint().width() + 12
        self.setFixedWidth(max(240, min(room, 592, wanted)))
        self.setFixedHeight(max(40, self.heightForWidth(self.width())))
        bottom = self._over.height() - self._bar()
        place = QPoint((self._over.width() - self.width()) // 2, bottom - self.height() - 16)
        self.move(place if self._home is self._over else self._over.pos() + place)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # Not isVisible: what is told before the window is shown would stand where the window was small.
        if watched is self._over and event.type() is QEvent.Type.Resize and not self.isHidden():
            self._place()
        return False

"""Finding words in the shown article; what is found is selected, so that a label's key takes it."""

from __future__ import annotations

from bisect import bisect_left

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QToolButton, QWidget

from annotator.domain import finding
from annotator.domain.errors import UserError
from annotator.domain.finding import MOST, Sought
from annotator.i18n import _, later
from annotator.ui.icons import icon
from annotator.ui.look import Look
from annotator.ui.session import Session
from annotator.ui.text.view import ArticleView
from annotator.ui.widgets import caption, key_names

_PAUSE = 30
_LONGEST = 200
"""Characters of a selection that are taken for what is looked for."""
_WAYS = (
    ("case", "Aa", later("Upper and lower case differ")),
    ("whole", "“ab”", later("Whole words only")),
    ("pattern", ".*", later("Regular expression")),
)


class FindField(QLineEdit):
    """Enter finds the next place, Shift+Enter the one before, Esc leaves."""

    wanted = Signal(int)
    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not (
            event.modifiers() & Qt.KeyboardModifier.ControlModifier
        ):
            self.wanted.emit(-1 if back else 1)
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


class FindBar(QFrame):
    """Hidden until it is wanted (`opened`, `left`). All places are framed, the present one is selected."""

    opened = Signal()
    left = Signal()

    def __init__(self, session: Session, view: ArticleView, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("find")
        self._session, self._view, self._look = session, view, look
        self._places: list[tuple[int, int]] = []
        self._from = 0
        """Where the search began: typing on looks from there, not from the last hit."""
        self.field = FindField(self)
        self.field.setPlaceholderText(_("Find in this article"))
        self.field.setAccessibleName(_("Find in this article"))
        self.field.setMinimumWidth(look.px(160))
        self.ways: dict[str, QToolButton] = {}
        for name, words, tip in ((name, words, _(tip)) for name, words, tip in _WAYS):
            button = self._tool(tip)
            button.setText(words)
            button.setCheckable(True)
            button.toggled.connect(self._again)
            self.ways[name] = button
        self.count = caption("", "second")
        self.count.setMinimumWidth(look.px(72))
        self._previous, self._next = self._tool(_("Previous"), "Shift+F3"), self._tool(_("Next"), "F3")
        self._close = self._tool(_("Close"), "Esc")
        self._pause = QTimer(self, interval=_PAUSE, singleShot=True)
        self._lay_out()
        self._pause.timeout.connect(self._again)
        self.field.textChanged.connect(lambda _text: self._pause.start())
        self.field.wanted.connect(self.step)
        self.field.left.connect(self.close_bar)
        self._next.clicked.connect(lambda: self.step(1))
        self._previous.clicked.connect(lambda: self.step(-1))
        self._close.clicked.connect(self.close_bar)
        session.article_shown.connect(self._look_through)
        look.changed.connect(self._tint)
        self._tint()
        self.hide()

    def _tool(self, words: str, keys: str = "") -> QToolButton:
        button = QToolButton(self)
        button.setIconSize(QSize(16, 16))
        button.setToolTip(f"{words}  {' '.join(key_names(keys))}".strip())
        button.setAccessibleName(words)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 8, 0, 0)
        row.setSpacing(4)
        row.addWidget(self.field, 1)
        for button in self.ways.values():
            row.addWidget(button)
        row.addSpacing(8)
        row.addWidget(self.count)
        for button in (self._previous, self._next, self._close):
            row.addWidget(button)

    def _tint(self) -> None:
        colour = self._look.theme.text2
        for button, name in ((self._previous, "chevron-left"), (self._next, "chevron-right"), (self._close, "close")):
            button.setIcon(icon(name, colour))

    # What is looked for

    @property
    def sought(self) -> Sought:
        """What is looked for."""
        return Sought(self.field.text(), **{name: button.isChecked() for name, button in self.ways.items()})

    def open_bar(self) -> None:
        """Show the bar and begin here, with the selected words if they are few."""
        chosen = self._view.selection
        self._from = chosen[0] if chosen else self._view.caret
        words = self._view.text[slice(*chosen)] if chosen else ""
        if words and len(words) <= _LONGEST and "\n" not in words and "\r" not in words:
            self.field.setText(words)
        self._appear()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()
        self._look_through()

    def _appear(self) -> None:
        self.opened.emit()
        self.show()

    def close_bar(self) -> None:
        """Hide the bar and the frames; what was found last stays selected."""
        self.hide()
        self._view.mark(())
        self._places = []
        self.left.emit()

    def _again(self) -> None:
        self._pause.stop()
        self._look_through()
        if self._places:
            self._choose(self._after(self._from))

    def _look_through(self) -> None:
        if self.isHidden():
            return
        self._places = []
        fault = ""
        if self._session.article is not None:
            try:
                self._places = self._found()
            except UserError as error:
                fault = str(error)
        self._view.mark(self._places)
        self._say(fault)

    def _found(self) -> list[tuple[int, int]]:
        if not self.sought.pattern:
            return finding.places(self._view.text, self.sought)
        from annotator.ui.text import patterns

        return patterns.places(self._view.text, self.sought)

    # Going through it

    def step(self, by: int) -> None:
        """Select the next place (1) or the one before (-1), round the ends of the text."""
        if self.isHidden():
            # F3 without the bar goes on with what was looked for last.
            if not self.field.text():
                self.open_bar()
                return
            self._appear()
        if self._pause.isActive() or not self._places:
            self._pause.stop()
            self._look_through()
        if not self._places:
            return
        start, end = self._view.selection or (self._view.caret, self._view.caret)
        if by > 0:
            self._choose(self._after(end if (start, end) in self._places else start))
        else:
            self._choose(bisect_left(self._places, (start, start)) - 1)

    def _after(self, position: int) -> int:
        return bisect_left(self._places, (position, position)) % len(self._places)

    def _choose(self, number: int) -> None:
        number %= len(self._places)
        start, end = self._places[number]
        self._view.select(start, end)
        self._view.come_to(start, end)
        self._say()

    def _say(self, fault: str = "") -> None:
        total = len(self._places)
        many = f"{total:,}+" if total == MOST else f"{total:,}"
        here = self._view.selection
        number = bisect_left(self._places, here) if here in self._places else None
        words = (
            _("{number:,} of {many}").format(number=number + 1, many=many)
            if number is not None
            else _("{many} found").format(many=many)
            if total
            else _("Not found")
        )
        self.count.setText("" if not self.field.text() else _("Error") if fault else words)
        self.count.setToolTip(fault)
        self.field.setToolTip(fault)
        missing = bool(self.field.text()) and not total
        if bool(self.count.property("role") == "error") != missing:
            self.count.setProperty("role", "error" if missing else "second")
            self.count.style().polish(self.count)

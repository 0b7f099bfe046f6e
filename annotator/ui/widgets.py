"""Small widgets that several rooms use: captions by role, key caps, rules, elided lines, segments."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAction, QFont, QFontMetrics, QKeySequence, QPainter, QPaintEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QToolButton, QWidget

from annotator.i18n import _, later
from annotator.ui.drawing import key_cap, lines, state_dot
from annotator.ui.look import Look
from annotator.ui.states import state_name


def caption(text: str = "", role: str = "", parent: QWidget | None = None) -> QLabel:
    """Return a plain-text label in one of the stylesheet's roles: heading, second, third, strong, error, cap."""
    result = QLabel(text, parent)
    result.setTextFormat(Qt.TextFormat.PlainText)
    if role:
        result.setProperty("role", role)
    return result


def plain_tip(text: str) -> str:
    """Return a tooltip that shows the text as it is: Qt takes what looks like HTML for HTML, and loads its pictures."""
    if "<" not in text:
        return text
    # html would be waited for at every start, and hardly ever be needed.
    from html import escape

    return f'<p style="white-space: pre-wrap">{escape(text)}</p>'


def rule(parent: QWidget | None = None) -> QFrame:
    """Return a line between two surfaces."""
    result = QFrame(parent)
    result.setObjectName("rule")
    result.setFixedHeight(1)
    return result


_SHOWN = {
    "Escape": later("Esc"),
    "Return": "⏎",
    "Enter": "⏎",
    "Right": "→",
    "Left": "←",
    "Up": "↑",
    "Down": "↓",
    "Delete": later("Del"),
}


CAP, _CAP_GAP = 20, 4


def cap_width(name: str, look: Look) -> int:
    """Return how wide the cap of a key is."""
    return max(look.px(CAP), QFontMetrics(look.sans(11, QFont.Weight.Medium)).horizontalAdvance(name) + 12)


def paint_cap(painter: QPainter, right: float, middle: float, name: str, look: Look) -> float:
    """Paint the cap of a key that ends at `right`; return where the one to its left ends."""
    wide, high = cap_width(name, look), look.px(CAP)
    box = QRectF(right - wide, middle - high / 2, wide, high)
    key_cap(painter, box, name, look.theme, look.sans(11, QFont.Weight.Medium))
    return right - wide - _CAP_GAP


def key_names(sequence: str) -> list[str]:
    """Return what stands on the keys of a sequence such as "Ctrl+Return", one text a key."""
    native = QKeySequence(sequence).toString(QKeySequence.SequenceFormat.PortableText) or sequence
    plus = native.endswith("+")
    parts = [part for part in native.split("+") if part] + (["+"] if plus else [])
    return [_(_SHOWN[part]) if part in _SHOWN else part for part in parts]


class KeyCaps(QWidget):
    """A key sequence as caps, painted."""

    def __init__(self, look: Look, sequence: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._names = key_names(sequence)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_keys(self, sequence: str) -> None:
        """Show other keys, "" for none."""
        self._names = key_names(sequence)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        wide = sum(cap_width(name, self._look) + _CAP_GAP for name in self._names) - _CAP_GAP
        return QSize(max(0, wide), self._look.px(CAP))

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            right = float(self.width())
            for name in reversed(self._names):
                right = paint_cap(painter, right, self.height() / 2, name, self._look)


class MainButton(QPushButton):
    """The filled button of a window; it triggers the action, whose key stands in it."""

    def __init__(self, action: QAction, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._action = action
        self.setProperty("role", "main")
        self.setAutoDefault(True)  # Enter presses it, outside dialogs too
        self._words, self._cap = QLabel(self), caption("", "cap", self)
        self._row = row = QHBoxLayout(self)
        row.setContentsMargins(12, 0, 8, 0)
        row.setSpacing(8)
        for label in (self._words, self._cap):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            row.addWidget(label, 0, Qt.AlignmentFlag.AlignVCenter)

        self.clicked.connect(action.trigger)
        action.changed.connect(self._name_key)
        self._name_key()

    def _name_key(self) -> None:
        keys = " ".join(key_names(self._action.shortcut().toString()))
        if keys != self._cap.text():
            self._cap.setText(keys)
            self._cap.setVisible(bool(keys))
            self.updateGeometry()

    def say(self, words: str) -> None:
        """Change what stands on it."""
        self._words.setText(words)
        self.setAccessibleName(words)
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        return QSize(self._row.sizeHint().width(), super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()


def step_button(action: QAction) -> QToolButton:
    """Return a button of an icon (set with the theme) that triggers the action, its key in the tooltip."""
    button = QToolButton()
    button.setIconSize(QSize(16, 16))
    button.clicked.connect(action.trigger)
    button.setAccessibleName(action.text())

    def name() -> None:
        button.setToolTip(f"{action.text()}  {' '.join(key_names(action.shortcut().toString()))}".strip())

    action.changed.connect(name)
    name()
    return button


class Elided(QLabel):
    """Plain text on one line that takes what width there is; the whole of it as tooltip where that is too little.

    What is cut is the end, or with `middle` the middle, for names that differ at their ends.
    """

    def __init__(self, role: str = "", parent: QWidget | None = None, *, middle: bool = False) -> None:
        super().__init__(parent)
        self._whole = ""
        self._cut = Qt.TextElideMode.ElideMiddle if middle else Qt.TextElideMode.ElideRight
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", role)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setMinimumWidth(1)

    def set_text(self, text: str) -> None:
        """Show the text."""
        self._whole = text
        self.setAccessibleName(text)
        self.updateGeometry()
        self._elide()

    def sizeHint(self) -> QSize:
        self.ensurePolished()
        around = self.width() - self.contentsRect().width()
        return QSize(self.fontMetrics().horizontalAdvance(self._whole) + around + 1, super().sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._elide()

    def _elide(self) -> None:
        shown = self.fontMetrics().elidedText(self._whole, self._cut, self.contentsRect().width())
        self.setText(shown)
        self.setToolTip(plain_tip(self._whole) if shown != self._whole else "")


class StateDot(QWidget):
    """The state of an article, drawn."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._state = "new"
        self.setFixedSize(12, 20)

    def set_state(self, state: str) -> None:
        """Show new, started or done."""
        self._state = state
        self.setAccessibleName(state_name(state))
        self.setToolTip(state_name(state))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            state_dot(painter, QPointF(self.width() / 2, self.height() / 2), self._state, self._look.theme)


class Lines(QWidget):
    """Text in at most so many lines, elided; the whole of it as tooltip. Pieces of a text begin a line each."""

    def __init__(self, font: QFont, leading: int, most: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = ""
        self._pieces: tuple[str, ...] = ()
        self._lines: list[str] = []
        self._leading = leading
        self._most = most
        self._role = QPalette.ColorRole.WindowText
        self.setFont(font)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def set_text(self, text: str) -> None:
        """Show the text."""
        self._text, self._pieces = text, ()
        self.setAccessibleName(text)
        self._break()

    def set_pieces(self, pieces: tuple[str, ...], whole: str) -> None:
        """Show the beginning of each of the pieces, at least a line; `whole` is all of them together."""
        # Of very many the last line holds the rest.
        *first, _last = kept = pieces[: self._most + 1]
        self._pieces = pieces if len(pieces) == len(kept) else (*first, " ".join(pieces[self._most :]))
        self._text = whole
        self.setAccessibleName(whole)
        self._break()

    def set_font(self, font: QFont, leading: int) -> None:
        """Show it in another font, with lines of so many pixels."""
        self._leading = leading
        self.setFont(font)
        self._break()

    def sizeHint(self) -> QSize:
        return QSize(100, self._leading * max(1, len(self._lines)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        if event.size().width() != event.oldSize().width():
            self._break()

    def _break(self) -> None:
        pieces = self._pieces or ((self._text,) if self._text else ())
        # Three lines of one, two each of two, one each of more.
        most = max(1, (self._most + 1) // len(pieces)) if len(pieces) > 1 else self._most
        broken = [lines(piece, self.font(), max(1, self.width()), most) for piece in pieces]
        self._lines = [line for each in broken for line in each]
        cut = any(
            each[-1].endswith("…") and not piece.endswith("…") for each, piece in zip(broken, pieces, strict=True)
        )
        self.setToolTip(plain_tip(self._text) if cut else "")
        self.setFixedHeight(self.sizeHint().height())
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setFont(self.font())
            painter.setPen(self.palette().color(self._role))
            for number, line in enumerate(self._lines):
                box = QRectF(0, number * self._leading, self.width(), self._leading)
                painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, line)


class Segments(QFrame):
    """A choice of a few, side by side; `chosen(index)` when the user takes one."""

    chosen = Signal(int)

    def __init__(self, names: list[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("segments")
        row = QHBoxLayout(self)
        row.setContentsMargins(2, 2, 2, 2)
        row.setSpacing(0)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._group = QButtonGroup(self)
        for number, name in enumerate(names):
            button = QPushButton(name, self)
            button.setCheckable(True)
            button.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
            self._group.addButton(button, number)
            row.addWidget(button, 1)
        self._group.idClicked.connect(self.chosen)
        self._group.idToggled.connect(self._hold_tab)
        self.choose(0)

    def _hold_tab(self, index: int, chosen: bool) -> None:
        # Tab comes to the chosen one, the arrows go on from there; Qt would begin with the first.
        self._group.button(index).setFocusPolicy(Qt.FocusPolicy.StrongFocus if chosen else Qt.FocusPolicy.ClickFocus)

    def stops(self) -> list[QWidget]:
        """Return what Tab goes through here, in its order."""
        return list(self._group.buttons())

    def choose(self, index: int) -> None:
        """Show one as chosen."""
        self._group.button(index).setChecked(True)

    def rename(self, index: int, name: str) -> bool:
        """Change what stands on one; return whether it was something else."""
        button = self._group.button(index)
        if button.text() == name:
            return False
        button.setText(name)
        return True

"""The right side of the editor: what the draft would change, found out while one works on it."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from annotator.domain.scheme import Label, Scheme
from annotator.editing.schemepreview import Example
from annotator.i18n import _, n_
from annotator.ui.dialogs.parts import say
from annotator.ui.icons import icon
from annotator.ui.look import Look
from annotator.ui.scheme.consequences import Line, Looked, colour_words, line, lost
from annotator.ui.theme import UNKNOWN_LABEL, span_colours
from annotator.ui.widgets import caption, plain_tip, rule

_MOST = 12
"""Effects that are told one by one."""


class EffectLine(QWidget):
    """A large number beside what happens to so many."""

    def __init__(self, told: Line, look: Look) -> None:
        super().__init__()
        number = caption(told.number, told.kind if told.kind in ("error", "warning", "good") else "")
        number.setFont(look.sans(24, QFont.Weight.DemiBold))
        number.setMinimumWidth(look.px(52))
        words, more = caption(told.words), caption(told.more, "second")
        words.setFont(look.sans(13, QFont.Weight.Medium))
        for label in (words, more):
            label.setWordWrap(True)
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(words)
        if told.more:
            column.addWidget(more)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 4, 0, 4)
        row.setSpacing(12)
        if told.number:
            row.addWidget(number, 0, Qt.AlignmentFlag.AlignTop)
        else:
            sign = caption()
            sign.setPixmap(icon("check", look.theme.accent).pixmap(16, 16))
            sign.setMinimumWidth(look.px(52))
            row.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(column, 1)
        self.setAccessibleName(" ".join(filter(None, (told.number, told.words, told.more))))


class ExampleLine(QWidget):
    """A touched span among its words, on one line."""

    def __init__(self, example: Example, label: Label, look: Look) -> None:
        super().__init__()
        self._example, self._label, self._look = example, label, look
        self.setFont(look.serif(15))
        self.setFixedHeight(look.px(32))
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        whole = " ".join(filter(None, (example.before, example.words, example.after)))
        self.setAccessibleName(whole)
        self.setToolTip(plain_tip(whole))

    def sizeHint(self) -> QSize:
        return QSize(200, self._look.px(32))

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._look.theme
        metrics = QFontMetrics(self.font())
        blank = metrics.horizontalAdvance(" ")
        wide = self.width()
        words = metrics.elidedText(self._example.words, Qt.TextElideMode.ElideMiddle, wide * 2 // 3)
        middle = metrics.horizontalAdvance(words)
        left_room = min(metrics.horizontalAdvance(self._example.before), max(0, (wide - middle) // 2 - blank))
        before = metrics.elidedText(self._example.before, Qt.TextElideMode.ElideLeft, left_room)
        if before.startswith("…") and " " in before:
            before = f"… {before.partition(' ')[2]}"  # half a word is hard to read
        left = metrics.horizontalAdvance(before) + (blank if before else 0)
        colours = span_colours(theme, self._label.light, self._label.dark)
        with QPainter(self) as painter:
            painter.setFont(self.font())
            high = self.height()
            align = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
            painter.setPen(QColor(theme.text2))
            painter.drawText(QRectF(0, 0, left, high), align, before)
            box = QRect(left - 1, high // 2 - metrics.height() // 2, middle + 2, metrics.height() + 3)
            painter.fillRect(box, colours.fill)
            painter.fillRect(QRect(box.left(), box.bottom() - 2, box.width(), 3), colours.bar)
            painter.setPen(QColor(theme.text))
            painter.drawText(QRectF(left, 0, middle + 1, high), align, words)
            painter.setPen(QColor(theme.text2))
            rest = left + middle + blank
            after = metrics.elidedText(self._example.after, Qt.TextElideMode.ElideRight, max(0, wide - rest))
            if after.endswith("…") and " " in after and after != self._example.after:
                after = f"{after.rpartition(' ')[0]} …"
            painter.drawText(QRectF(rest, 0, max(0, wide - rest), high), align, after)


class EffectPanel(QFrame):
    """`all_wanted()` when all touched spans shall be listed."""

    all_wanted = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._lines: list[QWidget] = []
        self._examples: list[QWidget] = []
        self.setObjectName("rightPanel")
        self.heading = caption(_("What this would change"), "heading")
        self.nothing = caption("", "second")
        self.nothing.setWordWrap(True)
        self._effects = QVBoxLayout()
        self._effects.setSpacing(4)
        self._some_heading = caption(_("Some of them"), "field")
        self._some = QVBoxLayout()
        self._some.setSpacing(0)
        self.all = QPushButton("")
        self.all.setProperty("role", "link")
        self.all.setAutoDefault(True)
        self.all.clicked.connect(self.all_wanted)
        self.warnings = caption("", "warning")
        self._colour_heading = caption(_("Colours"), "field")
        self._sign, self.colours = caption(), caption("", "second")
        for words in (self.warnings, self.colours):
            words.setWordWrap(True)
        self._lay_out()
        self.show_nothing()

    def _lay_out(self) -> None:
        inside = QWidget()
        inside.setObjectName("effects")
        column = QVBoxLayout(inside)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(8)
        column.addWidget(self.heading)
        column.addWidget(self.nothing)
        column.addLayout(self._effects)
        self._rule = rule()
        column.addWidget(self._rule)
        column.addWidget(self._some_heading)
        column.addLayout(self._some)
        column.addWidget(self.all, 0, Qt.AlignmentFlag.AlignLeft)
        self._second_rule = rule()
        column.addWidget(self._second_rule)
        column.addWidget(self._colour_heading)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.colours, 1)
        column.addLayout(row)
        column.addWidget(self.warnings)
        column.addStretch(1)
        area = QScrollArea()
        area.setObjectName("effectsArea")
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inside)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(1, 0, 0, 0)
        whole.addWidget(area)

    def show_nothing(self, working: bool = False) -> None:
        """Say that nothing would change, or that it is being looked at."""
        words = _("Counting …") if working else _("Nothing yet. Change something, and what it touches stands here.")
        if working and self._lines:
            return  # what was true a moment ago stays till the new numbers are there
        self._empty(self._effects, self._lines)
        self._empty(self._some, self._examples)
        say(self.nothing, words)
        for widget in (self._rule, self._some_heading, self.all):
            widget.hide()

    def show_looked(self, looked: Looked, scheme: Scheme) -> None:
        """Show what was found out about a draft."""
        if not looked.draft.changed:
            self.show_nothing()
        else:
            say(self.nothing, "")
            told = [one for effect in looked.effects if (one := line(effect, looked.draft)) is not None]
            rest = len(told) - _MOST
            more = n_("And {count:,} thing more", "And {count:,} things more", rest).format(count=rest)
            shown = [*told[:_MOST], *([Line("", more)] if rest > 0 else []), lost(looked.effects)]
            self._empty(self._effects, self._lines)
            for one in shown:
                self._put(self._effects, self._lines, EffectLine(one, self._look))
            self._show_examples(looked)
        words, good = colour_words(looked, scheme)
        drawn = ("check", self._look.theme.accent) if good else ("info", self._look.theme.warning)
        self._sign.setPixmap(icon(*drawn).pixmap(16, 16))
        say(self.colours, words)
        for widget in (self._sign, self._colour_heading, self._second_rule):
            widget.setVisible(bool(words))
        say(self.warnings, "\n".join(looked.warnings[:3]))

    def _show_examples(self, looked: Looked) -> None:
        self._empty(self._some, self._examples)
        for example in looked.examples:
            id = example.span.label
            found = looked.draft.wanted.label(id) or looked.draft.before.label(id) or UNKNOWN_LABEL
            self._put(self._some, self._examples, ExampleLine(example, found, self._look))
        count = looked.shown.spans if looked.shown is not None else 0
        there = bool(looked.examples)
        for widget in (self._rule, self._some_heading):
            widget.setVisible(there)
        self.all.setText(_("Show all {count:,}").format(count=count))
        self.all.setVisible(there and count > len(looked.examples))

    @staticmethod
    def _empty(layout: QVBoxLayout, widgets: list[QWidget]) -> None:
        for widget in widgets:
            layout.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
        widgets.clear()

    @staticmethod
    def _put(layout: QVBoxLayout, widgets: list[QWidget], widget: QWidget) -> None:
        layout.addWidget(widget)
        widgets.append(widget)

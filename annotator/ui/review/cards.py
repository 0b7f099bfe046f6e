"""What can be taken, as cards: who says it, the words with the part that differs filled, label and attributes."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen, QPixmap, QResizeEvent, QTextLayout, QTextOption
from PySide6.QtWidgets import QSizePolicy

from annotator.domain.offsets import Utf16Map
from annotator.domain.scheme import Scheme
from annotator.i18n import _
from annotator.ui.drawing import key_cap
from annotator.ui.look import Look
from annotator.ui.review.parts import Run
from annotator.ui.review.tags import colours_of, paint_tag
from annotator.ui.rowbutton import RowButton
from annotator.ui.widgets import CAP, plain_tip

_LEFT, _RIGHT, _TOP, _LEADING = 48, 12, 10, 24


class Said(NamedTuple):
    """What a card shows."""

    key: str = ""
    who: str = ""
    length: str = ""
    runs: tuple[Run, ...] = ()
    label: str = ""
    """The id of its label, "" where it has none."""
    about: str = ""
    """Attributes and links."""
    differs: bool = False
    """Whether these are what differs, and not the words."""
    empty: str = ""
    """What is said where there are no words."""
    everybody: str = ""
    """All who say it, where `who` names one of many."""


class Card(RowButton):
    """An answer; pressed it is taken."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look, self._said, self._scheme = look, Said(), Scheme("", "", 1, ())
        self._layout: QTextLayout | None = None
        self._reading = look.serif(15)
        self._about: list[str] = []
        self._about_font = look.sans(12)
        self._beside = True
        """Whether the attributes stand in the line of the tag."""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        look.changed.connect(self.update)

    @property
    def said(self) -> Said:
        """What it shows."""
        return self._said

    def show_answer(self, said: Said, scheme: Scheme) -> None:
        """Show another answer."""
        self._said, self._scheme = said, scheme
        words = "".join(run.words for run in said.runs) or said.empty
        name = scheme.name_of(said.label) if said.label else ""
        self.setAccessibleName(", ".join(filter(None, (said.key, said.who, words, name, said.about))))
        tips = [said.everybody if said.everybody != said.who else "", said.about if len(said.about) > 80 else ""]
        self.setToolTip(plain_tip("\n".join(filter(None, tips))))
        self._break()
        self.update()

    @property
    def _left(self) -> int:
        """Where its words begin, in pixels: behind its key, where it has one."""
        return self._look.px(_LEFT if self._said.key else _RIGHT)

    def sizeHint(self) -> QSize:
        return QSize(200, self.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        if event.size().width() != event.oldSize().width():
            self._break()

    def _break(self) -> None:
        """Lay the words out to the width, and be as high as they need."""
        from annotator.ui.drawing import lines

        look, px, said = self._look, self._look.px, self._said
        width = max(self.width() - self._left - px(_RIGHT), 40)
        text = "".join(run.words for run in said.runs)
        self._layout = layout = QTextLayout(text, self._reading)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        layout.beginLayout()
        y = 0.0
        while text and (line := layout.createLine()).isValid():
            line.setLineWidth(width)
            line.setPosition(QPointF(0, y))
            y += px(_LEADING)
        layout.endLayout()
        first = width - (self._tag_width() if said.label else 0)
        self._about_font = look.sans(12, QFont.Weight.DemiBold if said.differs else QFont.Weight.Normal)
        self._about = lines(said.about, self._about_font, max(first, 60), 1) if said.about else []
        self._beside = not self._about or self._about[0] == " ".join(said.about.split())
        if not self._beside:
            self._about = lines(said.about, self._about_font, width, 3)
        rows = len(self._about) if self._about else 1 if said.label else 0
        rows += 1 if said.label and not self._beside else 0
        high = px(_TOP) + px(26) + y + (0 if text else px(22)) + rows * px(20) + px(8)
        self.setFixedHeight(round(high))

    def _tag_width(self) -> int:
        metrics = QFontMetrics(self._look.sans(10, QFont.Weight.DemiBold))
        return metrics.horizontalAdvance(self._scheme.name_of(self._said.label)) + 14

    def paint(self, painter: QPainter) -> None:
        """Paint the card."""
        theme, look, px, said = self._look.theme, self._look, self._look.px, self._said
        lit = self.isEnabled() and (self.underMouse() or self.isDown())
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        edge = theme.accent if lit or self.hasFocus() else theme.line2
        painter.setPen(QPen(QColor(edge), 2 if self.hasFocus() else 1))
        painter.setBrush(QColor(theme.tint if lit else theme.page))
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5) if self.hasFocus() else box, 8, 8)
        top, left = px(_TOP), self._left
        wide = self.width() - left - px(_RIGHT)
        if said.key and self.isEnabled():  # else the keys are the text's, and it is there to be read
            cap = QRectF(px(12), top, px(CAP) + 3, px(CAP) + 3)
            key_cap(painter, cap, said.key, theme, look.sans(11, QFont.Weight.Medium))
        painter.setFont(look.sans(12))
        painter.setPen(QColor(theme.text2))
        line = QRectF(left, top, wide, px(22))
        painter.drawText(line, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, said.length)
        room = wide - QFontMetrics(look.sans(12)).horizontalAdvance(said.length) - 8
        font = look.sans(13, QFont.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(QColor(theme.text if self.isEnabled() else theme.text2))
        who = QFontMetrics(font).elidedText(said.who, Qt.TextElideMode.ElideMiddle, round(room))
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, who)
        y = float(top + px(26))
        y += self._paint_words(painter, left, y)
        self._paint_about(painter, left, y, wide)

    def _paint_words(self, painter: QPainter, left: float, y: float) -> float:
        theme, px, said, layout = self._look.theme, self._look.px, self._said, self._layout
        if layout is None or not said.runs:
            painter.setFont(self._look.sans(13))
            painter.setPen(QColor(theme.text2))
            box = QRectF(left, y, self.width() - left - px(_RIGHT), px(22))
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, said.empty or _("nothing here"))
            return px(22)
        text = "".join(run.words for run in said.runs)
        to16 = Utf16Map(text).from_code_point
        colours = colours_of(self._look, self._scheme, said.label)
        at, spots = 0, []
        for run in said.runs:
            if run.filled:
                spots.append((to16(at), to16(at + len(run.words))))
            at += len(run.words)
        for number in range(layout.lineCount()):
            line = layout.lineAt(number)
            for start, end in spots:
                low = max(start, line.textStart())
                high = min(end, line.textStart() + line.textLength())
                if low >= high:
                    continue
                x1, x2 = sorted((_x(line.cursorToX(low)), _x(line.cursorToX(high))))
                top = y + line.y()
                painter.fillRect(QRectF(left + x1, top, x2 - x1, line.height()), colours.fill)
                painter.fillRect(QRectF(left + x1, top + line.height(), x2 - x1, 2.5), colours.bar)
        painter.setPen(QColor(theme.text))
        layout.draw(painter, QPointF(left, y))
        return layout.lineCount() * px(_LEADING)

    def _paint_about(self, painter: QPainter, left: float, y: float, wide: float) -> None:
        look, px, said = self._look, self._look.px, self._said
        high, x = px(20), left
        if said.label:
            x = paint_tag(painter, look, self._scheme, said.label, 0, y + high / 2, wide, left=left)
            if not self._beside:
                x, y = left, y + high
        painter.setFont(self._about_font)
        painter.setPen(QColor(look.theme.text if said.differs else look.theme.text2))
        for line in self._about:
            painter.drawText(QRectF(x, y, left + wide - x, high), Qt.AlignmentFlag.AlignVCenter, line)
            y += high


class AnswerRow(RowButton):
    """An answer without words of the text: its key, what it says, and how often at the right."""

    def __init__(self, key: str, words: str, look: Look, *, on_page: bool = False) -> None:
        """Make it for a panel, or for what has the colour of the page, as a dialog."""
        super().__init__()
        self._look, self.key, self._count, self._on_page = look, key, "", on_page
        self._drawn: tuple[tuple[object, ...], QPixmap] = (), QPixmap()
        """What it was painted for, and how that looked: with every key it is moved by the cards above it."""
        self.setText(words)
        self.setAccessibleName(f"{words}, {key}")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFixedHeight(look.px(32))

    @property
    def count(self) -> str:
        """What stands at its right end."""
        return self._count

    def say(self, key: str, words: str, count: str = "") -> None:
        """Show another key, other words, and what stands at the right end."""
        if (key, words, count) == (self.key, self.text(), self._count):
            return
        self.key, self._count = key, count
        self.setText(words)
        self.setAccessibleName(", ".join(filter(None, (words, key, count))))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(200, self._look.px(32))

    def paint(self, painter: QPainter) -> None:
        """Paint the row, as a picture that is made anew when it looks otherwise."""
        ratio, look = self.devicePixelRatioF(), self._look
        state = (self.key, self.text(), self._count, self.hasFocus(), self.underMouse(), self.isEnabled())
        now = (*state, self.width(), self.height(), ratio, look.theme, look.px(_LEFT))
        if now != self._drawn[0]:
            picture = QPixmap(round(self.width() * ratio), round(self.height() * ratio))
            picture.setDevicePixelRatio(ratio)
            picture.fill(QColor(look.theme.page if self._on_page else look.theme.panel))
            with QPainter(picture) as into:
                into.setRenderHint(QPainter.RenderHint.Antialiasing)
                self._draw(into)
            self._drawn = now, picture
        painter.drawPixmap(0, 0, self._drawn[1])

    def _draw(self, painter: QPainter) -> None:
        theme, look, px = self._look.theme, self._look, self._look.px
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.setPen(QPen(QColor(theme.accent), 2) if self.hasFocus() else Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.hover) if self.underMouse() else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box, 6, 6)
        high = px(CAP) + 2
        cap = QRectF(px(12), (self.height() - high) / 2, high, high)
        key_cap(painter, cap, self.key, theme, look.sans(11, QFont.Weight.Medium))
        painter.setFont(look.sans(12))
        painter.setPen(QColor(theme.text2))
        room = QRectF(px(_LEFT), 0, self.width() - px(_LEFT) - px(_RIGHT), self.height())
        painter.drawText(room, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, self._count)
        font = look.sans(13, QFont.Weight.Medium)
        painter.setFont(font)
        painter.setPen(QColor(theme.text if self.isEnabled() else theme.disabled))
        wide = room.width() - QFontMetrics(look.sans(12)).horizontalAdvance(self._count) - 8
        words = QFontMetrics(font).elidedText(self.text(), Qt.TextElideMode.ElideRight, round(wide))
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, words)


def _x(found: object) -> float:
    # PySide returns (x, position) where Qt has an in-out argument; its stubs say float.
    return float(found[0] if isinstance(found, tuple) else found)  # type: ignore[arg-type]

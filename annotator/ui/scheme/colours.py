"""The colour of a label: eight that any eye tells apart, or one's own for light and for dark pages."""

from __future__ import annotations

import re

from PySide6.QtCore import QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QPushButton, QSizePolicy, QWidget

from annotator.domain.scheme import Label
from annotator.i18n import _, later
from annotator.ui.dialogs.parts import Form, Sheet, button, say
from annotator.ui.drawing import swatch
from annotator.ui.look import Look
from annotator.ui.scheme.fields import Line
from annotator.ui.theme import DARK, LIGHT, contrast

PALETTE = (
    (later("blue"), "#0072B2", "#56B4E9"),
    (later("orange"), "#C85200", "#E69F00"),
    (later("plum"), "#3B1625", "#F1DAE3"),
    (later("violet"), "#2D0070", "#9752FF"),
    (later("red"), "#700000", "#FF5252"),
    (later("grey"), "#737373", "#808080"),
    (later("navy"), "#0E4162", "#1B7BBB"),
    (later("clay"), "#AA5641", "#DBAB9F"),
)
"""Name, bar on a light and on a dark page; chosen together, so that protan, deutan and tritan eyes tell them apart."""
_COLOUR = re.compile("#[0-9A-Fa-f]{6}")
_SIDE = 28
BAR_CONTRAST = 3.0
"""Of a bar against its page at least."""


def free_colour(used: list[str]) -> tuple[str, str]:
    """Return the first two colours of the palette that no label uses, the least used ones where all are."""
    counted = [(used.count(light), place) for place, (_name, light, _dark) in enumerate(PALETTE)]
    _name, light, dark = PALETTE[min(counted)[1]]
    return light, dark


class Dot(QAbstractButton):
    """A colour to choose."""

    def __init__(self, name: str, look: Look) -> None:
        super().__init__()
        self._look = look
        self.light = self.dark = "#000000"
        self.setCheckable(True)
        self.setFixedSize(look.px(_SIDE), look.px(_SIDE))
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)

    def set_colours(self, light: str, dark: str) -> None:
        """Stand for these."""
        self.light, self.dark = light, dark
        self.update()

    def sizeHint(self) -> QSize:
        return self.size()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._look.theme
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            middle = QPointF(self.width() / 2, self.height() / 2)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(self.dark if theme.dark else self.light))
            painter.drawEllipse(middle, self.width() / 2 - 4, self.height() / 2 - 4)
            if not (self.isChecked() or self.hasFocus() or self.underMouse()):
                return
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(theme.accent if self.isChecked() else theme.line2), 2))
            painter.drawEllipse(middle, self.width() / 2 - 1.5, self.height() / 2 - 1.5)
            if self.hasFocus():
                painter.setPen(QPen(QColor(theme.page), 2))
                painter.drawEllipse(middle, self.width() / 2 - 4.5, self.height() / 2 - 4.5)


class ColourRow(QWidget):
    """The colours side by side, the arrows go from one to the next; `chosen(light, dark)`."""

    chosen = Signal(str, str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._group = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        self.setAccessibleName(_("Colour"))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._dots = [Dot(_(name), look) for name, _light, _dark in PALETTE]
        self._dots.append(Dot(_("a colour of its own"), look))
        for number, dot in enumerate(self._dots):
            self._group.addButton(dot, number)
            row.addWidget(dot)
        for dot, (_name, light, dark) in zip(self._dots, PALETTE, strict=False):
            dot.set_colours(light, dark)
        self._group.idClicked.connect(self._choose)
        self._group.idToggled.connect(self._hold_tab)
        self.other = QPushButton(_("Own…"))
        self.other.setProperty("role", "small")
        self.other.setAutoDefault(True)
        self.other.setAccessibleName(_("A colour of its own"))
        self.other.clicked.connect(self._ask)
        row.addSpacing(6)
        row.addWidget(self.other)
        self._label = Label("", "", "", "#000000", "#000000")

    def show_label(self, label: Label) -> None:
        """Show the colours of a label as chosen."""
        self._label = label
        pairs = [(light, dark) for _name, light, dark in PALETTE]
        own = (label.light.upper(), label.dark.upper())
        at = pairs.index(own) if own in pairs else len(pairs)
        self._dots[-1].setVisible(at == len(pairs))
        self._dots[-1].set_colours(label.light, label.dark)
        self._dots[at].setChecked(True)

    def stops(self) -> list[QWidget]:
        """Return what Tab goes through here, in its order."""
        return [*self._dots, self.other]

    def _hold_tab(self, index: int, chosen: bool) -> None:
        # As with segments: Tab comes to the chosen one, the arrows go on from there.
        self._dots[index].setFocusPolicy(Qt.FocusPolicy.StrongFocus if chosen else Qt.FocusPolicy.ClickFocus)

    def _choose(self, index: int) -> None:
        self.chosen.emit(self._dots[index].light, self._dots[index].dark)

    def _ask(self) -> None:
        from annotator.ui.dialogs.modal import run

        dialog = OwnColour(self._label, self._look, self.window())
        if run(dialog):
            self.chosen.emit(dialog.light.upper(), dialog.dark.upper())


class _Sample(QWidget):
    """A colour as it stands on its page."""

    def __init__(self, look: Look, dark: bool) -> None:
        super().__init__()
        self._theme = DARK if dark else LIGHT
        self.colour = "#000000"
        self.setFixedSize(look.px(56), look.px(32))

    def show_colour(self, colour: str) -> None:
        self.colour = colour
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), QColor(self._theme.page))
            inside = QRect(self.rect().adjusted(12, 6, -12, -6))
            swatch(painter, inside, Label("", "", "", self.colour, self.colour), self._theme)


class OwnColour(Sheet):
    """Two colours as #RRGGBB, the bar on a light and on a dark page."""

    def __init__(self, label: Label, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(_("A colour of its own"), look, parent)
        self.words(_("Write each as #RRGGBB. It is the bar below the words; the words’ ground is made of it."))
        form = Form(look)
        self._lines: list[Line] = []
        self._samples: list[_Sample] = []
        for name, colour, dark in ((_("On light pages"), label.light, False), (_("On dark pages"), label.dark, True)):
            line, sample = Line(name, colour.upper()), _Sample(look, dark)
            field = QWidget()
            row = QHBoxLayout(field)
            row.setContentsMargins(0, 0, 0, 0)
            row.addWidget(line, 1)
            row.addWidget(sample)
            field.setFocusProxy(line)
            line.setMaxLength(7)
            line.textChanged.connect(lambda _text: self._look_at())
            form.add(name, field)
            self._lines.append(line)
            self._samples.append(sample)
        self.column.addLayout(form)
        self._told = self.words("", "warning")
        self.column.addStretch(1)
        self._take = button(_("Take"), self.accept, "main")
        self.buttons(button(_("Cancel"), self.reject, "quiet"), self._take)
        self.setMinimumWidth(look.px(420))
        self._look_at()
        self._lines[0].selectAll()

    @property
    def light(self) -> str:
        """The bar on a light page."""
        return self._lines[0].text().strip()

    @property
    def dark(self) -> str:
        """The bar on a dark page."""
        return self._lines[1].text().strip()

    def _look_at(self) -> None:
        good = [_COLOUR.fullmatch(colour) is not None for colour in (self.light, self.dark)]
        for sample, colour, fits in zip(self._samples, (self.light, self.dark), good, strict=True):
            if fits:
                sample.show_colour(colour)
        self._take.setEnabled(all(good))
        words = "" if all(good) else _("A colour is # and six digits or letters from A to F.")
        for page, colour, fits in ((LIGHT, self.light, good[0]), (DARK, self.dark, good[1])):
            if fits and not words and contrast(QColor(colour), QColor(page.page)) < BAR_CONTRAST:
                words = _("{colour} is hard to see on its page.").format(colour=colour)
        say(self._told, words)

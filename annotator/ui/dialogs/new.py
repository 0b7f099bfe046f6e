"""A new project: where it lies, and with which scheme of labels."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QButtonGroup, QWidget

from annotator import assets
from annotator.domain.errors import UserError
from annotator.domain.ids import uuid7
from annotator.domain.scheme import Scheme, begun, parse
from annotator.i18n import _, later
from annotator.storage.store import Store
from annotator.ui.dialogs.parts import FileField, Sheet, button, say
from annotator.ui.drawing import swatch
from annotator.ui.look import Look
from annotator.ui.rowbutton import RowButton

_SUFFIX = ".annotator"
_SHOWN = 6
_ABOUT = {
    "news-sourcing": later("Who says what, and what backs it up"),
    "claims-only": later("What is asserted, and what speaks for or against it"),
    "blank": later("No labels yet: you make your own"),
}


class SchemeRow(RowButton):
    """A scheme with its first labels."""

    def __init__(self, name: str, scheme: Scheme, look: Look) -> None:
        super().__init__()
        self.name, self.scheme = name, scheme
        self._look = look
        self._about = _(_ABOUT[name]) if name in _ABOUT else ", ".join(label.name for label in scheme.labels)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(f"{scheme.name}: {self._about}")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        by = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        group = self.group()
        if by is not None and group is not None:
            rows = group.buttons()
            row = rows[max(0, min(rows.index(self) + by, len(rows) - 1))]
            row.setChecked(True)
            row.setFocus(Qt.FocusReason.TabFocusReason)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.ignore()  # the dialog's: it makes the project
        else:
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        return QSize(self._look.px(440), self._look.px(56))

    def paint(self, painter: QPainter) -> None:
        """Paint the row."""
        theme, px = self._look.theme, self._look.px
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        edge = theme.accent if self.hasFocus() or self.isChecked() else theme.line2
        painter.setPen(QPen(QColor(edge), 2 if self.hasFocus() else 1))
        ground = theme.tint if self.isChecked() else theme.hover if self.underMouse() else theme.raised
        painter.setBrush(QColor(ground))
        painter.drawRoundedRect(box, 8, 8)
        labels = self.scheme.labels[:_SHOWN]
        left = self.width() - 16 - 20 * len(labels)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        for number, label in enumerate(labels):
            swatch(painter, QRectF(left + 20 * number, self.height() / 2 - 8, 16, 16).toRect(), label, theme)
        painter.setPen(QColor(theme.text))
        painter.setFont(self._look.sans(13, QFont.Weight.DemiBold))
        painter.drawText(QRectF(16, px(8), left - 24, px(20)), Qt.AlignmentFlag.AlignVCenter, self.scheme.name)
        painter.setPen(QColor(theme.text2))
        painter.setFont(self._look.sans(12))
        about = painter.fontMetrics().elidedText(self._about, Qt.TextElideMode.ElideRight, left - 24)
        painter.drawText(QRectF(16, px(28), left - 24, px(20)), Qt.AlignmentFlag.AlignVCenter, about)


class NewDialog(Sheet):
    """Enter makes the project; what is wrong with the name is said below it, and the dialog stays."""

    def __init__(self, suggestion: Path, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(_("New project"), look, parent)
        self.path: Path | None = None
        self.column.setSpacing(8)
        self.words(_("File"), "strong")
        self._file = FileField(
            _free(suggestion), _("New project"), f"{_('Projects')} (*{_SUFFIX})", _("File of the project")
        )
        self.column.addWidget(self._file)
        self._fault = self.words("", "error")
        self._folder = button(_("Make the folder, and the project in it"), self._make_folder)
        self._folder.hide()
        self.column.addWidget(self._folder, 0, Qt.AlignmentFlag.AlignLeft)
        self.column.addSpacing(12)
        self.words(_("Scheme"), "strong")
        self._group = QButtonGroup(self)
        self.rows = [
            SchemeRow(name, parse(assets.scheme_text(name), f"{name}.toml"), look)
            for name in sorted(assets.scheme_names(), key=lambda name: (name != assets.DEFAULT_SCHEME, name == "blank"))
        ]
        self.rows[0].setChecked(True)
        for row in self.rows:
            self._group.addButton(row)
            self.column.addWidget(row)
        self.column.addSpacing(16)
        make = button(_("Make the project"), self._make, "main")
        self.buttons(button(_("Cancel"), self.reject, "quiet"), make)
        self._file.line.textChanged.connect(lambda text: make.setEnabled(bool(text.strip())))
        self._file.line.textChanged.connect(self._forget_fault)
        self._file.select_name()

    @property
    def _wanted(self) -> Path:
        path = self._file.path
        return path if path.suffix == _SUFFIX else path.with_name(path.name + _SUFFIX)

    def _forget_fault(self) -> None:
        say(self._fault, "")
        self._folder.hide()

    def _make(self) -> None:
        path = self._wanted
        scheme = next(row.scheme for row in self.rows if row.isChecked())
        try:
            Store.create(path, begun(scheme, path.stem, uuid7))
        except UserError as error:
            say(self._fault, str(error))
            # A slip of the pen would make a folder nobody wants, so it is asked.
            self._folder.setVisible(not path.parent.exists())
            (self._file if self._folder.isHidden() else self._folder).setFocus()
            return
        self.path = path
        self.accept()

    def _make_folder(self) -> None:
        folder = self._wanted.parent
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            reason = error.strerror or str(error)
            say(self._fault, _("The folder {parent} cannot be made: {reason}.").format(parent=folder, reason=reason))
            self._file.setFocus()
            return
        self._make()


def _free(path: Path) -> Path:
    """Return the path, or the next like it where nothing stands."""
    number, free = 1, path
    while free.exists() or free.is_symlink():
        number += 1
        free = path.with_name(f"{path.stem} {number}{path.suffix}")
    return free

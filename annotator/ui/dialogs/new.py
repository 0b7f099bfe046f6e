"""A new project: where it lies, and with which scheme of labels."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen
from PySide6.QtWidgets import QButtonGroup, QDialog, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from annotator import assets
from annotator.domain.errors import UserError
from annotator.domain.scheme import Scheme, parse
from annotator.storage.store import Store
from annotator.ui.dialogs.files import ask_save
from annotator.ui.drawing import swatch
from annotator.ui.look import Look
from annotator.ui.rowbutton import RowButton
from annotator.ui.widgets import caption

_SUFFIX = ".annotator"
_SHOWN = 6
_ABOUT = {
    "news-sourcing": "Who says what, and what backs it up",
    "claims-only": "What is asserted, and what speaks for or against it",
    "blank": "No labels yet: the start of a scheme of your own",
}


class SchemeRow(RowButton):
    """A scheme with its first labels."""

    def __init__(self, name: str, scheme: Scheme, look: Look) -> None:
        super().__init__()
        self.name, self.scheme = name, scheme
        self._look = look
        self._about = _ABOUT.get(name) or ", ".join(label.name for label in scheme.labels)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(f"{scheme.name}: {self._about}")

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


class NewDialog(QDialog):
    """Enter makes the project; what is wrong with the name is said below it, and the dialog stays."""

    def __init__(self, suggestion: Path, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("New project")
        self.path: Path | None = None
        title = caption("New project")
        title.setFont(look.serif(20, QFont.Weight.DemiBold))
        self._file = QLineEdit(str(_free(suggestion)))
        self._file.setAccessibleName("File of the project")
        choose = QPushButton("Choose…")
        choose.setAutoDefault(False)
        choose.clicked.connect(self._choose)
        self._fault = caption("", "error")
        self._fault.setWordWrap(True)
        self._fault.hide()
        self._group = QButtonGroup(self)
        self.rows = [
            SchemeRow(name, parse(assets.scheme_text(name), f"{name}.toml"), look)
            for name in sorted(assets.scheme_names(), key=lambda name: (name != assets.DEFAULT_SCHEME, name == "blank"))
        ]
        self.rows[0].setChecked(True)
        make, cancel = QPushButton("Make the project"), QPushButton("Cancel")
        make.setProperty("role", "main")
        make.setDefault(True)
        cancel.setProperty("role", "quiet")
        cancel.setAutoDefault(False)
        make.clicked.connect(self._make)
        cancel.clicked.connect(self.reject)
        self._file.textChanged.connect(lambda text: make.setEnabled(bool(text.strip())))
        file, buttons = QHBoxLayout(), QHBoxLayout()
        file.addWidget(self._file, 1)
        file.addWidget(choose)
        buttons.addStretch(1)
        buttons.addWidget(cancel)
        buttons.addWidget(make)
        column = QVBoxLayout(self)
        column.setContentsMargins(32, 24, 32, 24)
        column.setSpacing(8)
        column.addWidget(title)
        column.addSpacing(8)
        column.addWidget(caption("File", "strong"))
        column.addLayout(file)
        column.addWidget(self._fault)
        column.addSpacing(12)
        column.addWidget(caption("Scheme", "strong"))
        for row in self.rows:
            self._group.addButton(row)
            column.addWidget(row)
        column.addSpacing(16)
        column.addLayout(buttons)
        name = Path(self._file.text()).stem
        self._file.setFocus()
        self._file.setSelection(len(self._file.text()) - len(name) - len(_SUFFIX), len(name))

    def _choose(self) -> None:
        path = ask_save(self, "New project", Path(self._file.text()), f"Projects (*{_SUFFIX})")
        if path is not None:
            self._file.setText(str(path))

    def _make(self) -> None:
        path = Path(self._file.text().strip()).expanduser()
        if path.suffix != _SUFFIX:
            path = path.with_name(path.name + _SUFFIX)
        scheme = next(row.scheme for row in self.rows if row.isChecked())
        try:
            Store.create(path, scheme)
        except UserError as error:
            self._fault.setText(str(error))
            self._fault.show()
            self._file.setFocus()
            return
        self.path = path
        self.accept()


def _free(path: Path) -> Path:
    """Return the path, or the next like it where nothing stands."""
    number, free = 1, path
    while free.exists() or free.is_symlink():
        number += 1
        free = path.with_name(f"{path.stem} {number}{path.suffix}")
    return free

"""Export: whose spans, which articles, to where."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtGui import QFont
from PySide6.QtWidgets import (
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from annotator.ui.dialogs.files import ask_save
from annotator.ui.fields import DropDown
from annotator.ui.look import Look
from annotator.ui.widgets import caption


@dataclass(frozen=True, slots=True)
class ExportWish:
    """What the user wants exported."""

    path: Path
    only_mine: bool
    state: str


class ExportDialog(QDialog):
    """A file's name and two choices; Enter exports."""

    def __init__(self, suggestion: Path, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Export")
        title = caption("Export")
        title.setFont(look.serif(20, QFont.Weight.DemiBold))
        about = caption(
            "JSON Lines, one article a line. Every quoted text is compared before the file is kept.", "second"
        )
        about.setWordWrap(True)
        self._path = QLineEdit(str(suggestion))
        self._path.setMinimumWidth(look.px(320))
        self._path.setAccessibleName("File")
        choose = QPushButton("Choose…")
        choose.setAutoDefault(False)
        choose.clicked.connect(self._choose)
        self._whose, self._state = DropDown(look), DropDown(look)
        self._whose.addItems(["Everybody’s spans", "Only my spans"])
        self._state.addItems(["All articles", "Only those that are done"])
        file = QHBoxLayout()
        file.addWidget(self._path, 1)
        file.addWidget(choose)
        form = QFormLayout()
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(12)
        form.addRow("File", file)
        form.addRow("Spans", self._whose)
        form.addRow("Articles", self._state)
        export, cancel = QPushButton("Export"), QPushButton("Cancel")
        export.setProperty("role", "main")
        export.setDefault(True)
        cancel.setProperty("role", "quiet")
        cancel.setAutoDefault(False)
        export.clicked.connect(self.accept)
        cancel.clicked.connect(self.reject)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(cancel)
        buttons.addWidget(export)
        column = QVBoxLayout(self)
        column.setContentsMargins(32, 24, 32, 24)
        column.setSpacing(16)
        column.addWidget(title)
        column.addWidget(about)
        column.addLayout(form)
        column.addLayout(buttons)
        self._path.textChanged.connect(lambda text: export.setEnabled(bool(text.strip())))
        self._path.setFocus()
        self._path.selectAll()

    def _choose(self) -> None:
        path = ask_save(self, "Export to", Path(self._path.text()), "JSON Lines (*.jsonl)")
        if path is not None:
            self._path.setText(str(path))

    def wish(self) -> ExportWish:
        """Return what was chosen."""
        path = Path(self._path.text().strip()).expanduser()
        if not path.suffix:
            path = path.with_suffix(".jsonl")
        done = self._state.currentIndex() == 1
        return ExportWish(path, self._whose.currentIndex() == 1, "done" if done else "")

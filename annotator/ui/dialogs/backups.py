"""The backups of the project: when, why, what each holds; bring one back as a new project, or make one now."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from annotator.domain.errors import UserError
from annotator.storage import backup as copies
from annotator.storage.backup import Backup
from annotator.ui.look import Look
from annotator.ui.reports import count
from annotator.ui.widgets import caption

_WHY = {"work": "while you worked", "migration": "before a new version", "merge": "before a merge",
        "purge": "before a purge", "repair": "before a repair"}  # fmt: skip
_HEADS = ("When", "Why", "Holds")


class BackupsDialog(QDialog):
    """A table, the newest first; `chosen` is the backup to bring back once it was accepted."""

    def __init__(self, folder: Path, found: list[Backup], look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Backups")
        self._found = found
        title = caption("Backups")
        title.setFont(look.serif(20, QFont.Weight.DemiBold))
        about = caption(
            f"One every half hour of work. They lie in {folder}. A backup comes back as a new project; "
            "this one stays as it is.",
            "second",
        )
        about.setWordWrap(True)
        about.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.table = QTableWidget(len(found), len(_HEADS))
        self.table.setHorizontalHeaderLabels(_HEADS)
        self.table.setAccessibleName("Backups")
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setShowGrid(False)
        self.table.verticalHeader().hide()
        self.table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.table.horizontalHeader().setHighlightSections(False)
        self.table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.table.horizontalHeader().setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
        for number, backup in enumerate(found):
            local = backup.at.astimezone()
            words = f"{local:%d %b %Y, %H:%M}", _WHY.get(backup.reason, backup.reason), _holds(backup)
            for column, text in enumerate(words):
                self.table.setItem(number, column, QTableWidgetItem(text))
        empty = caption("There is none yet: the first one is made after half an hour of work, or now.", "third")
        empty.setVisible(not found)
        self.table.setVisible(bool(found))
        self.restore, self.now, close = QPushButton("Bring back as…"), QPushButton("Back up now"), QPushButton("Close")
        self.restore.setEnabled(False)
        self.restore.setProperty("role", "main")
        self.restore.setDefault(True)
        self.table.itemSelectionChanged.connect(lambda: self.restore.setEnabled(self.chosen is not None))
        self.wants_one = False
        self.restore.clicked.connect(self.accept)
        self.now.clicked.connect(self._make)
        close.clicked.connect(self.reject)
        close.setProperty("role", "quiet")
        buttons = QHBoxLayout()
        buttons.addWidget(self.now)
        buttons.addStretch(1)
        buttons.addWidget(close)
        buttons.addWidget(self.restore)
        column_ = QVBoxLayout(self)
        column_.setContentsMargins(32, 24, 32, 24)
        column_.setSpacing(12)
        for widget in (title, about, empty, self.table):
            column_.addWidget(widget)
        column_.addStretch(0)
        column_.addLayout(buttons)
        self.resize(look.px(640), look.px(440))
        if found:
            self.table.selectRow(0)

    def _make(self) -> None:
        self.wants_one = True
        self.reject()

    @property
    def chosen(self) -> Backup | None:
        """The selected backup."""
        rows = self.table.selectionModel().selectedRows()
        return self._found[rows[0].row()] if rows else None


def _holds(backup: Backup) -> str:
    try:
        held = copies.held(backup.path)
    except UserError:
        return "It is damaged"
    return f"{count(held.articles, 'article')}, {count(held.spans, 'span')}"

"""The history of the project: what was done, by whom, when; and back to before one of my own steps."""

from __future__ import annotations

from datetime import datetime
from itertools import islice

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont
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

from annotator.editing.history import Line, lines, mine_that_stand
from annotator.editing.workspace import Workspace
from annotator.ui.look import Look
from annotator.ui.widgets import caption, plain_tip

PAGE = 300
"""Lines that are read at a time."""
_HEADS = ("When", "Who", "What", "Article")
_HOW = {"do": "", "undo": "Undone: ", "redo": "Done again: "}


class HistoryDialog(QDialog):
    """A table, the newest first. `chosen` is how many undos were asked for, 0 for none."""

    def __init__(self, workspace: Workspace, editable: bool, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("History")
        self.chosen = 0
        self._store = workspace.store
        self._look = look
        self._people = {id: person.name for id, person in self._store.annotators().items()}
        self._lines = lines(self._store)
        self._mine = mine_that_stand(workspace, 20 * PAGE) if editable else {}
        self._shown: list[Line] = []
        title = caption("History")
        title.setFont(look.serif(20, QFont.Weight.DemiBold))
        about = caption(
            "The newest first. Nothing here is ever deleted: what is undone stays in the history, and can be redone.",
            "second",
        )
        about.setWordWrap(True)
        self._empty = caption("No steps yet.", "third")
        self.table = QTableWidget(0, len(_HEADS))
        self._dress_table()
        self.more, self.back, close = QPushButton("Older steps"), QPushButton("Undo to here"), QPushButton("Close")
        self.back.setProperty("role", "main")
        close.setProperty("role", "quiet")
        for button in (self.more, close):
            button.setAutoDefault(False)
        self.more.clicked.connect(self._read)
        self.back.clicked.connect(self._take_back)
        close.clicked.connect(self.reject)
        buttons = QHBoxLayout()
        buttons.addWidget(self.more)
        buttons.addStretch(1)
        buttons.addWidget(close)
        buttons.addWidget(self.back)
        column = QVBoxLayout(self)
        column.setContentsMargins(32, 24, 32, 24)
        column.setSpacing(12)
        for widget in (title, about, self._empty):
            column.addWidget(widget)
        column.addWidget(self.table, 1)
        column.addLayout(buttons)
        self.table.itemSelectionChanged.connect(self._offer)
        self._read()
        self._offer()
        room = parent.size() if parent is not None else self.sizeHint()
        self.resize(min(look.px(860), room.width() - 40), min(look.px(620), room.height() - 40))
        self.table.setFocus()

    def _dress_table(self) -> None:
        table, px = self.table, self._look.px
        table.setHorizontalHeaderLabels(_HEADS)
        table.setAccessibleName("History")
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setShowGrid(False)
        table.setTabKeyNavigation(False)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(px(32))
        head = table.horizontalHeader()
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.setHighlightSections(False)
        for column, wide in enumerate((160, 140, 260)):
            table.setColumnWidth(column, px(wide))
        head.setSectionResizeMode(3, QHeaderView.ResizeMode.Stretch)

    def _read(self) -> None:
        """Show the next page of older steps."""
        page = list(islice(self._lines, PAGE))
        articles = self._store.articles_of_steps([line.id for line in page])
        first = len(self._shown)
        self._shown += page
        self.table.setRowCount(len(self._shown))
        for number, line in enumerate(page, first):
            words = (_moment(line.at), self._who(line.annotator), _what(line), articles.get(line.id, ""))
            for column, text in enumerate(words):
                item = QTableWidgetItem(text)
                item.setToolTip(plain_tip(text) if column > 1 else line.at)
                if line.how == "undo":
                    item.setForeground(QColor(self._look.theme.text3))
                self.table.setItem(number, column, item)
        self.more.setVisible(len(page) == PAGE)
        self._empty.setVisible(not self._shown)
        self.table.setVisible(bool(self._shown))
        if not first and page:
            self.table.selectRow(0)

    def _who(self, id: str) -> str:
        return self._people.get(id, "") if id else ""

    def _line(self) -> Line | None:
        rows = self.table.selectionModel().selectedRows()
        return self._shown[rows[0].row()] if rows else None

    def _offer(self) -> None:
        line = self._line()
        count = self._mine.get(line.id, 0) if line is not None else 0
        self.back.setEnabled(count > 0)
        self.back.setText(
            f"Undo {count:,} steps to here" if count > 1 else "Undo this step" if count else "Undo to here"
        )
        self.back.setToolTip("" if count else "Only what you did yourself on this computer, and what is not undone yet")

    def _take_back(self) -> None:
        line = self._line()
        self.chosen = self._mine.get(line.id, 0) if line is not None else 0
        if self.chosen:
            self.accept()


def _moment(at: str) -> str:
    try:
        return f"{datetime.fromisoformat(at).astimezone():%d %b %Y, %H:%M}"
    except (ValueError, OverflowError, OSError):
        return at


def _what(line: Line) -> str:
    times = f" ({line.steps:,} steps)" if line.steps > 1 else ""
    return f"{_HOW.get(line.how, '')}{line.title}{times}"

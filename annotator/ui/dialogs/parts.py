"""What dialogs are made of: a column with a heading, a table to read, a file with its button, a row of buttons."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from annotator.i18n import _
from annotator.ui.dialogs.files import ask_save
from annotator.ui.look import Look
from annotator.ui.widgets import caption


class Sheet(QDialog):
    """A dialog with a heading, a few words about it, and what a subclass puts into `column` below."""

    def __init__(self, title: str, look: Look, parent: QWidget | None = None, *, heading: str = "") -> None:
        super().__init__(parent)
        self.look = look
        self.setWindowTitle(title)
        self.heading = caption(heading or title)
        self.heading.setFont(look.serif(20, QFont.Weight.DemiBold))
        self.heading.setWordWrap(True)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(32, 24, 32, 24)
        self.column.setSpacing(12)
        self.column.addWidget(self.heading)

    def words(self, text: str = "", role: str = "second") -> QLabel:
        """Add words that wrap; hidden while there are none."""
        result = caption(text, role)
        result.setWordWrap(True)
        result.setVisible(bool(text))
        self.column.addWidget(result)
        return result

    def buttons(self, *right: QPushButton, left: Sequence[QPushButton] = ()) -> None:
        """Add the last row: what is done stands at its right end."""
        row = QHBoxLayout()
        for button in left:
            row.addWidget(button)
        row.addStretch(1)
        for button in right:
            row.addWidget(button)
        self.column.addLayout(row)

    def fit(self, width: int, height: int) -> None:
        """Take a size of the design's scale, or what room the window below leaves."""
        below = self.parentWidget()
        room = below.size() if below is not None else self.maximumSize()
        self.resize(min(self.look.px(width), room.width() - 40), min(self.look.px(height), room.height() - 40))


class Form(QFormLayout):
    """Names at the left, on the line of their fields."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.setHorizontalSpacing(16)
        self.setVerticalSpacing(8)

    def add(self, name: str, field: QWidget) -> None:
        """Add a field with its name, which a press of the mouse or a screen reader takes for the field's."""
        words = caption(name)
        words.setMinimumHeight(self._look.px(32))
        words.setBuddy(field)
        self.addRow(words, field)


def say(label: QLabel, words: str) -> None:
    """Show words, or hide the label where there are none."""
    label.setText(words)
    label.setVisible(bool(words))


def button(words: str, pressed: Callable[[], object], role: str = "") -> QPushButton:
    """Return a button: role "main" for what Enter does, "quiet" for the way out, "" for what stands beside."""
    result = QPushButton(words)
    result.clicked.connect(lambda: pressed())
    if role:
        result.setProperty("role", role)
    result.setAutoDefault(True)  # Enter presses the one that has the keyboard, else the main one
    result.setDefault(role == "main")
    return result


def scrolled(page: QWidget) -> QScrollArea:
    """Return the page so that it scrolls where the screen is too low for it."""
    area = QScrollArea()
    area.setObjectName("page")
    area.setFrameShape(QScrollArea.Shape.NoFrame)
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    page.setObjectName("page")
    area.setWidget(page)
    return area


def may_be_written(field: FileField, target: Path, project: Path, fault: QLabel) -> bool:
    """Whether the file can be written; `target` is what the field says, with its ending. Why not is said in `fault`.

    Asked before a dialog closes: afterwards all that was chosen in it would be lost for a slip in the file's name.
    """
    from annotator.domain.errors import UserError
    from annotator.jobs.place import Place

    try:
        # A folder that is named gets no file beside it which only has an ending more.
        for path in dict.fromkeys((field.path, target)):
            with Place(path, project):
                pass
    except UserError as error:
        say(fault, str(error))
        field.line.setFocus()
        return False
    say(fault, "")
    return True


def shared(needs: Sequence[int], room: int) -> list[int]:
    """Divide room among columns: who needs less than an equal share gets what it needs, the others share the rest."""
    widths = [0] * len(needs)
    left, rest = sorted(range(len(needs)), key=lambda column: needs[column]), max(0, room)
    while left:
        column, fair = left[0], rest // len(left)
        widths[column] = min(needs[column], fair)
        rest -= widths[column]
        left = left[1:]
    if widths:
        widths[-1] += rest
    return widths


_MOST = 0.32
"""Share of a table's width that one of the columns gets at most which get what they need."""


class ReadTable(QTableWidget):
    """Rows to read and to choose one of."""

    def __init__(self, heads: Sequence[str], name: str, row: int) -> None:
        super().__init__(0, len(heads))
        self._needs: list[int] = []
        self._whole = 0
        self.setHorizontalHeaderLabels(list(heads))
        self.setAccessibleName(name)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setWordWrap(False)  # else what is cut is cut at a word, with room left
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(row)
        head = self.horizontalHeader()
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.setHighlightSections(False)
        head.setStretchLastSection(True)

    def set_widths(self, *widths: int) -> None:
        """Give the first columns their widths in logical pixels; more where the heading needs it."""
        metrics = self.horizontalHeader().fontMetrics()
        for column, width in enumerate(widths):
            head = self.horizontalHeaderItem(column)
            need = metrics.horizontalAdvance(head.text()) + 24 if head is not None else 0
            self.setColumnWidth(column, max(width, need))

    def stretch(self, column: int) -> None:
        """Give this column what room the others leave, and not the last one."""
        head = self.horizontalHeader()
        head.setStretchLastSection(False)
        head.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)

    def share_width(self, whole: int = 0) -> None:
        """Divide the width among the columns by what stands in them now, and again when the table gets wider.

        The first `whole` ones get what they need, unless that is very much; the others share the rest.
        """
        self.ensurePolished()
        self._whole = whole
        head = self.horizontalHeader()
        self._needs = [max(self.sizeHintForColumn(n), head.sectionSizeHint(n)) for n in range(self.columnCount())]
        self._share()

    def _share(self) -> None:
        room = self.viewport().width()
        first = [min(need, round(room * _MOST)) for need in self._needs[: self._whole]]
        for column, width in enumerate([*first, *shared(self._needs[self._whole :], room - sum(first))]):
            self.setColumnWidth(column, width)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Home and End go to the first and the last row: Qt's go along a row, of which all is chosen anyway."""
        ends = {Qt.Key.Key_Home: 0, Qt.Key.Key_End: -1}
        rows = [row for row in range(self.rowCount()) if not self.isRowHidden(row)]
        key = Qt.Key(event.key())
        if key not in ends or not rows or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
            return
        self.selectRow(rows[ends[key]])
        self.scrollTo(self.model().index(rows[ends[key]], 0))

    def add(self, *words: str) -> list[QTableWidgetItem]:
        """Add a row and return its items."""
        row = self.rowCount()
        self.insertRow(row)
        items = [QTableWidgetItem(text) for text in words]
        for column, item in enumerate(items):
            self.setItem(row, column, item)
        return items

    @property
    def chosen_row(self) -> int:
        """The number of the chosen row, -1 for none."""
        rows = self.selectionModel().selectedRows()
        return rows[0].row() if rows else -1


class FileField(QWidget):
    """The path of a file that will be written, with a button that asks for it."""

    def __init__(self, path: Path, title: str, kinds: str, name: str) -> None:
        super().__init__()
        self._title, self._kinds = title, kinds
        self.line = QLineEdit(str(path))
        self.line.setAccessibleName(name)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.line, 1)
        row.addWidget(button(_("Choose…"), self._choose))
        self.setFocusProxy(self.line)

    @property
    def path(self) -> Path:
        """The path as it stands there."""
        return Path(self.line.text().strip()).expanduser()

    def set_kinds(self, kinds: str) -> None:
        """Let the button ask for other kinds of files."""
        self._kinds = kinds

    def select_name(self) -> None:
        """Select the file's name without its suffix, to be written over."""
        text, name = self.line.text(), Path(self.line.text())
        self.line.setFocus()
        self.line.setSelection(len(text) - len(name.name), len(name.stem))

    def _choose(self) -> None:
        path = ask_save(self, self._title, self.path, self._kinds)
        if path is not None:
            self.line.setText(str(path))

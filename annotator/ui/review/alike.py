"""The same for all alike: what it would be decided for, and what is decided, before it is one step."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from itertools import compress
from typing import Any

from PySide6.QtCore import QAbstractListModel, QEvent, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListView, QPushButton, QVBoxLayout, QWidget

from annotator.i18n import _, n_
from annotator.review import decide as deciding
from annotator.review.decide import Verdict
from annotator.review.standing import Item
from annotator.ui.dialogs.parts import Sheet, button
from annotator.ui.look import Look
from annotator.ui.review import words
from annotator.ui.review.cards import AnswerRow
from annotator.ui.review.desk import Desk
from annotator.ui.review.parts import answers, around, both_key
from annotator.ui.text import positions
from annotator.ui.ticks import TickColumn

_NOWHERE = QModelIndex()


class AlikeRows(QAbstractListModel):
    """Items with a tick each, all `ticked` at first; `told` says what stands in a row, when it is looked at."""

    def __init__(self, items: list[Item], told: Callable[[Item], str]) -> None:
        super().__init__()
        self._items, self._told = items, told
        self.ticked = [True] * len(items)

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._items)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.DisplayRole:
            return self._told(self._items[index.row()])
        if role == Qt.ItemDataRole.CheckStateRole:
            return Qt.CheckState.Checked if self.ticked[index.row()] else Qt.CheckState.Unchecked
        return None

    def setData(
        self, index: QModelIndex | QPersistentModelIndex, value: Any, role: int = Qt.ItemDataRole.EditRole
    ) -> bool:
        if role != Qt.ItemDataRole.CheckStateRole:
            return False
        self.ticked[index.row()] = Qt.CheckState(value) is Qt.CheckState.Checked
        self.dataChanged.emit(index, index)
        return True

    def flags(self, index: QModelIndex | QPersistentModelIndex) -> Qt.ItemFlag:
        return super().flags(index) | Qt.ItemFlag.ItemIsUserCheckable


class AlikeDialog(Sheet):
    """`verdict` is what was chosen by key or press, for the ticked `items`; None while nothing was."""

    def __init__(
        self, desk: Desk, items: list[Item], titles: dict[str, str], look: Look, parent: QWidget | None = None
    ) -> None:
        super().__init__(_("The same for all alike"), look, parent)
        self._desk, self._items = desk, items
        self.verdict: Verdict | None = None
        self.count = self.words(" ")
        self._texts: dict[str, str] = {}
        self.list = QListView()
        self.list.setObjectName("entries")
        # All have as many lines: of thousands only those on the screen are asked what they say.
        self.list.setUniformItemSizes(True)
        # Before its rows come: they get their height from the style of where they are.
        self.column.addWidget(self.list, 1)
        self.list.setAccessibleName(_("Differences that are alike"))
        TickColumn(look, self.list)
        self.rows_ = AlikeRows(items, partial(self._told, titles))
        self.list.setModel(self.rows_)
        self.rows_.dataChanged.connect(lambda *_places: self._say())
        rows = QVBoxLayout()
        rows.setSpacing(0)
        self.rows: list[AnswerRow] = []
        for key, said, verdict in self._choices():
            row_ = AnswerRow(key, said, look, on_page=True)
            row_.clicked.connect(lambda _on=False, verdict=verdict: self._choose(verdict))
            rows.addWidget(row_)
            self.rows.append(row_)
        self.column.addLayout(rows)
        self.leave: QPushButton = button(_("Cancel"), self.reject, "quiet")
        self.leave.setDefault(False)
        self.buttons(self.leave)
        self._say()
        self.fit(560, 520)
        self.list.installEventFilter(self)
        self.list.setCurrentIndex(self.rows_.index(0))
        self.list.setFocus()

    def _choices(self) -> list[tuple[str, str, Verdict]]:
        first, desk = self._items[0].difference, self._desk
        found = []
        for answer in answers(first):
            if not answer.empty:
                who = ", ".join(desk.name(side) for side in answer.sides)
                verdict = Verdict(deciding.SIDE, answer.sides[0])
                found.append((answer.key, _("Take {name} everywhere").format(name=who), verdict))
        if len(found) > 1 and not first.field:
            found.append((both_key(len(desk.refs)), _("Both are right everywhere"), Verdict(deciding.BOTH)))
        found.append(("0", _("Nothing belongs there"), Verdict(deciding.NONE)))
        found.append(("D", _("Leave all of them for discussion"), Verdict(deciding.DISCUSS)))
        return found

    def _told(self, titles: dict[str, str], item: Item) -> str:
        title = " ".join(titles.get(item.difference.article, "").split())
        head = " – ".join(filter(None, (words.spoken(item, self._desk.session.scheme), title)))
        return "\n".join(filter(None, (head, self._place(item))))

    def _place(self, item: Item) -> str:
        one, store = item.difference, self._desk.store
        if one.field:
            return ""
        if one.article not in self._texts:
            article = store.article(one.article)
            self._texts[one.article] = store.text(article.sha256) if article is not None else ""
        return around(self._texts[one.article], one.start, one.end)

    @property
    def items(self) -> list[Item]:
        """The ticked ones."""
        return list(compress(self._items, self.rows_.ticked))

    def _say(self) -> None:
        count = len(self.items)
        of = len({item.difference.article for item in self.items})
        articles = n_("{count:,} article", "{count:,} articles", of).format(count=of)
        told = n_(
            "{count:,} difference in {articles} is decided as one step. Press what is right.",
            "{count:,} differences in {articles} are decided as one step. Press what is right.",
            count,
        )
        self.count.setText(told.format(count=count, articles=articles))
        for row in self.rows:
            row.setEnabled(count > 0)

    def _choose(self, verdict: Verdict) -> None:
        self.verdict = verdict
        self.accept()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Hear a key before the list does: it would look for a row that begins with it."""
        return isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and self._hears(event)

    def _hears(self, event: QKeyEvent) -> bool:
        code, virtual = event.nativeScanCode(), event.nativeVirtualKey()
        pressed = positions.latin(event.text(), code, virtual).upper()
        acts: dict[str, Callable[[], object]] = {row.key: row.click for row in self.rows if row.key}
        act = acts.get(pressed) or acts.get(positions.digit(code, virtual))
        if act is None or not self.items or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return False
        act()
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._hears(event):
            super().keyPressEvent(event)

"""The history of the project: what was done, by whom, when; and back to before one of my own steps."""

from __future__ import annotations

from itertools import islice

from PySide6.QtGui import QColor
from PySide6.QtWidgets import QWidget

from annotator.domain.article import VisibleLayers
from annotator.domain.dates import to_the_second
from annotator.editing.history import Line, lines, mine_that_stand, span_words
from annotator.editing.titles import said
from annotator.editing.workspace import Workspace
from annotator.i18n import _, later, n_
from annotator.jobs.planning import TITLE as IMPORTED_TITLE
from annotator.ui.dialogs.parts import ReadTable, Sheet, button
from annotator.ui.look import Look
from annotator.ui.widgets import key_names, plain_tip

PAGE = 300
"""Lines that are read at a time."""
_HEADS = (later("When"), later("Who"), later("What"), later("Words"), later("Article"))


class HistoryDialog(Sheet):
    """A table, the newest first. `chosen` is how many undos were asked for, 0 for none.

    `look_back` is the article (id) and the line that the user wants to see as it was, None otherwise.
    """

    def __init__(
        self,
        workspace: Workspace,
        visible: VisibleLayers,
        editable: bool,
        look: Look,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(_("History"), look, parent)
        self.chosen = 0
        self.look_back: tuple[str, Line] | None = None
        self._store = workspace.store
        self._people = {id: person.name for id, person in self._store.annotators().items()}
        self._lines = lines(self._store)
        self._me, self._visible, self._editable = workspace.me.id, visible, editable
        self._mine = mine_that_stand(workspace, 20 * PAGE) if editable else {}
        self._redoable = workspace.redo_title() is not None
        self._shown: list[Line] = []
        self.words(
            _(
                "The newest first. Nothing here is ever deleted. What is undone stays in the history, and can be done "
                "again until something new is done."
            )
        )
        self._empty = self.words(_("No steps yet."), "third")
        self.table = ReadTable([_(head) for head in _HEADS], _("History"), look.px(32))
        self.column.addWidget(self.table, 1)
        self._why = self.words("", "third")
        self.more = button(_("Older steps"), self._read)
        self.back = button(_("Undo to here"), self._take_back, "main")
        self.then = button(_("The article then…"), self._look_back)
        self.then.setToolTip(_("The article as it was after this step, read-only; spans come back one by one"))
        self.buttons(button(_("Close"), self.reject, "quiet"), self.back, left=[self.more, self.then])
        self.table.itemSelectionChanged.connect(self._offer)
        self._read()
        self._offer()
        self.fit(1000, 620)
        self.table.setFocus()

    def point(self, id: str) -> None:
        """Choose the line with this id, if it is among those that were read."""
        for number, line in enumerate(self._shown):
            if line.id == id:
                self.table.selectRow(number)
                self.table.scrollTo(self.table.model().index(number, 0))

    def _read(self) -> None:
        """Show the next page of older steps."""
        page = list(islice(self._lines, PAGE))
        articles = self._store.articles_of_steps([line.id for line in page])
        quotes = span_words(self._store, page, self._visible, self._me)
        first = len(self._shown)
        self._shown += page
        for line in page:
            who, article = self._people.get(line.annotator, ""), articles.get(line.id, "")
            cells = (to_the_second(line.at), who, _what(line), quotes.get(line.id, ""), article)
            for column, item in enumerate(self.table.add(*cells)):
                item.setToolTip(plain_tip(item.text()) if column > 1 else line.at)
                if not line.stands:
                    item.setForeground(QColor(self.look.theme.text3))
        self.table.share_width(whole=3)
        self.more.setVisible(len(page) == PAGE)
        self._empty.setVisible(not self._shown)
        self.table.setVisible(bool(self._shown))
        if not first and page:
            self.table.selectRow(0)

    def _line(self) -> Line | None:
        return self._shown[self.table.chosen_row] if self.table.chosen_row >= 0 else None

    def _offer(self) -> None:
        line = self._line()
        count = self._undos(line)
        self._why.setText("" if line is None or count else self._reason(line))
        self.back.setEnabled(count > 0)
        self.then.setEnabled(line is not None and bool(self._store.article_of_step(line.id)))
        self.back.setText(
            n_("Undo this step", "Undo {count:,} steps to here", count).format(count=count)
            if count
            else _("Undo to here")
        )

    def _undos(self, line: Line | None) -> int:
        """Return how many undos take the line back, 0 where none of mine does."""
        if line is None or not line.stands:
            return 0
        return next((self._mine[id] for id in (line.id, *line.ends) if id in self._mine), 0)

    def _reason(self, line: Line) -> str:
        if not self._editable:
            return _("The project is open for reading only.")
        if line.how == "undo" and not self._redoable:
            return _("What was undone is done again already, or something new was done since.")
        if line.how == "undo":
            return _("What was undone is done again by {keys}.").format(keys=" ".join(key_names("Ctrl+Y")))
        if not line.stands:
            return _("This is undone already.")
        if line.annotator != self._me:
            who = self._people.get(line.annotator, "")
            return _("Only {who} can undo this.").format(who=who) if who else _("The program did this.")
        return _("This was done on another computer, or too long ago to be undone from here.")

    def _look_back(self) -> None:
        line = self._line()
        if line is not None and (article := self._store.article_of_step(line.id)):
            self.look_back = (article, line)
            self.accept()

    def _take_back(self) -> None:
        line = self._line()
        self.chosen = self._undos(line)
        if self.chosen:
            self.accept()


def _what(line: Line) -> str:
    words = said(line.how, line.title)
    if line.steps > 1 and line.how == "do" and line.title == IMPORTED_TITLE:
        words = n_("Import {count:,} article", "Import {count:,} articles", line.steps).format(count=line.steps)
    elif line.steps > 1:
        many = n_("{what} ({count:,} step)", "{what} ({count:,} steps)", line.steps)
        words = many.format(what=words, count=line.steps)
    return words if line.stands or line.how == "undo" else _("{what} — undone").format(what=words)

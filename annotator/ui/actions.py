"""QActions of the table of actions, their menus, and where each is enabled."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

from annotator.actions import ACTIONS, IN_TEXT, Action, Where
from annotator.domain.scheme import Label
from annotator.editing.titles import told
from annotator.i18n import _
from annotator.ui.preferences import Preferences

MENUS = ("File", "Edit", "View", "Project", "Article", "Span", "Help")

_SEPARATED = frozenset({
    "article.import", "package.send", "project.report", "project.copy", "window.settings", "edit.copy", "edit.find",
    "select.all", "view.panel.articles",
    "view.colleagues", "view.labels.only", "view.focus",
    "view.larger", "view.time", "span.next", "span.fragment", "span.end.right", "span.delete", "help.about",
})  # fmt: skip
"""Actions with a line above them in their menu."""

_WHILE_DRAWING = frozenset({
    "edit.undo", "edit.redo", "window.settings", "window.close", "help.manual", "help.keys", "help.about",
})  # fmt: skip
"""Actions that make sense while the scheme is edited; all others are about what it covers."""

_WHILE_REVIEWING = frozenset({"project.export", "package.send"})
"""Actions that make sense over a page of differences or figures too: they bring out what was made there."""

CHECKABLE = frozenset({"view.colleagues", "view.focus", "label.hold"})


class Situation(NamedTuple):
    """What the window has before it, as far as actions depend on it."""

    project: bool = False
    editable: bool = False
    article: bool = False
    selection: bool = False
    span: bool = False
    done: bool = False
    drawing: bool = False
    """Whether the editor of the scheme lies over everything, or a page of differences or figures."""
    reviewing: bool = False
    """Whether that is such a page, with nothing half set by hand."""

    def allows(self, where: Where) -> bool:
        """Whether actions of this kind make sense now."""
        text = self.article and self.editable
        return {
            Where.ALWAYS: True,
            Where.PROJECT: self.project,
            Where.EDITABLE: self.editable,
            Where.ARTICLE: self.article,
            Where.TEXT: text,
            Where.DONE: text and self.done,
            Where.SELECTION: text and self.selection,
            Where.SPAN: self.article and self.span,
        }[where]


class Actions(QObject):
    """The window's actions by id. Handlers are given by id; every action of the table must have one."""

    def __init__(self, window: QWidget, handlers: Mapping[str, Callable[[], object]], preferences: Preferences) -> None:
        super().__init__(window)
        self._preferences = preferences
        self.all: dict[str, QAction] = {}
        self._met: Situation | None = None
        for row in ACTIONS:
            self.all[row.id] = self._made(row, window, handlers[row.id])
            window.addAction(self.all[row.id])
        self.meet(Situation())
        preferences.keys_changed.connect(self._take_keys)

    def _take_keys(self) -> None:
        for row in ACTIONS:
            self.all[row.id].setShortcuts([QKeySequence(key) for key in self._preferences.settings.keys_of(row.id)])

    def _made(self, row: Action, window: QWidget, handler: Callable[[], object]) -> QAction:
        action = QAction(_(row.title), window)
        action.setShortcuts([QKeySequence(key) for key in self._preferences.settings.keys_of(row.id)])
        action.setStatusTip(_(row.hint))
        if row.id in IN_TEXT:
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        if row.id in CHECKABLE:
            action.setCheckable(True)
        action.triggered.connect(lambda _checked=False: handler())
        return action

    def __getitem__(self, id: str) -> QAction:
        return self.all[id]

    def meet(self, situation: Situation) -> None:
        """Enable what makes sense in the situation, disable the rest."""
        if situation == self._met:
            return  # with every key it is asked
        self._met = situation
        allowed = {where: situation.allows(where) for where in Where}
        for row in ACTIONS:
            enabled = allowed[row.where]
            if situation.drawing:
                enabled = row.id in _WHILE_DRAWING or (situation.reviewing and row.id in _WHILE_REVIEWING)
            self.all[row.id].setEnabled(enabled)

    def name_history(self, undo: str | None, redo: str | None) -> None:
        """Say in the menu what would be undone and redone; None disables, "" leaves it open what that is."""
        for id, word, title in (("edit.undo", _("Undo"), undo), ("edit.redo", _("Redo"), redo)):
            self.all[id].setText(f"{word} {told(title)}" if title else word)
            self.all[id].setEnabled(title is not None)

    def fill(self, bar: QMenuBar) -> dict[str, QMenu]:
        """Put the menus into the bar; return them by name."""
        menus = {name: bar.addMenu(_(name)) for name in MENUS}
        for row in ACTIONS:
            if row.id in _SEPARATED:
                menus[row.menu].addSeparator()
            menus[row.menu].addAction(self.all[row.id])
        return menus


class LabelMenu(QObject):
    """The labels of the scheme at the head of the menu of spans; their keys are shown there, the text hears them."""

    def __init__(self, menu: QMenu, chosen: Callable[[Label], object]) -> None:
        super().__init__(menu)
        self._menu = menu
        self._chosen = chosen
        self._group = QActionGroup(menu)
        self._below = menu.actions()[0]

    def show_labels(self, labels: tuple[Label, ...]) -> None:
        """Offer these labels."""
        for action in self._group.actions():
            self._menu.removeAction(action)
            action.deleteLater()
        for label in labels:
            action = QAction(f"{_escaped(label.name)}\t{label.key}", self._group)
            action.triggered.connect(lambda _checked=False, label=label: self._chosen(label))
            self._menu.insertAction(self._below, action)
        line = QAction(self._group)
        line.setSeparator(True)
        self._menu.insertAction(self._below, line)


def _escaped(text: str) -> str:
    return text.replace("&", "&&")

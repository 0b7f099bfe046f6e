"""Who tags blind sees the same window with and without another's work, word for word and dot for dot."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, Qt
from PySide6.QtWidgets import QAbstractItemView, QPlainTextEdit, QTextEdit, QWidget
from pytestqt.qtbot import QtBot

from annotator import whoami
from annotator.editing.articles import set_state
from annotator.ui.colleagues.page import ColleaguesPage
from annotator.ui.colleagues.parts import PARTS
from annotator.ui.dialogs.history import HistoryDialog
from annotator.ui.window import MainWindow
from tests.blind import BOS, TRACE, twice
from tests.builders import ANA

pytestmark = pytest.mark.qt_log_ignore("does not support")  # the offscreen platform says so of every window

Make = Callable[[Path | None], MainWindow]
_ROLES = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole,
          Qt.ItemDataRole.UserRole)  # fmt: skip


@pytest.fixture
def ana(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(whoami, "identity", lambda: whoami.Identity(ANA, "laptop"))


def said(top: QWidget) -> list[str]:
    """Return every word that stands in a window, that its tips say or that a screen reader reads."""
    return [words for widget in (top, *top.findChildren(QWidget)) for words in _said(widget) if words]


def _said(widget: QWidget) -> Iterator[str]:
    yield widget.accessibleName()
    yield widget.accessibleDescription()
    yield widget.toolTip()
    if isinstance(widget, QPlainTextEdit | QTextEdit):
        yield widget.toPlainText()
    elif callable(text := getattr(widget, "text", None)):
        yield str(text())
    if isinstance(widget, QAbstractItemView) and widget.model() is not None:
        yield from _held(widget.model())


def _held(model: QAbstractItemModel) -> Iterator[str]:
    for row in range(model.rowCount()):
        for column in range(1 if isinstance(model, QAbstractListModel) else model.columnCount()):
            for role in _ROLES:
                yield repr(model.data(model.index(row, column), role))


def looked_at(window: MainWindow, qtbot: QtBot, blind: str) -> dict[str, object]:
    """Open everything that tells of what is in a project, and return what is to be read there."""
    seen: dict[str, object] = {}
    session, store = window.session, window.session.store
    assert store is not None
    assert session.workspace is not None
    session.show_article(blind)
    session.show_colleagues(True)
    window.articles.worklist.begin()
    qtbot.waitUntil(lambda: window.articles.worklist.complete and window.articles.reading.complete)
    qtbot.waitUntil(lambda: not window.articles.worklist._rest.isActive())
    seen["window"] = said(window)
    seen["counts"] = window.articles.worklist.counts()
    seen["spans"] = list(session.spans)
    seen["title"] = window.windowTitle()
    for name in ("view.spans", "view.checks", "view.labels"):
        window.actions_[name].trigger()
        seen[name] = said(window)
    history = HistoryDialog(session.workspace, session.visible, session.editable, window.look, window)
    qtbot.addWidget(history)
    seen["history"] = said(history)
    for label in ("quote", "source", "evidence"):
        window.sheets.guideline(label)
        guide = window.sheets.guideline_window
        qtbot.waitUntil(guide.isVisible)
        seen[f"guideline {label}"] = said(guide)
    window.sheets.guideline_window.close()
    entries = window.hand.registry.entries
    entries.begin()
    qtbot.waitUntil(lambda: entries.complete)
    seen["registry"] = [(one.id, one.name) for one in entries.register.all()]
    for kind in PARTS:
        page = ColleaguesPage(window, kind.id)
        qtbot.addWidget(page)
        qtbot.waitUntil(lambda: not page._runner.running)  # noqa: B023 -- waited for at once
        seen[f"colleagues {kind.id}"] = said(page)
        page.close()
    window.actions_["project.scheme"].trigger()
    editor = window.sheets.editor.page
    assert editor is not None
    seen["scheme"] = said(editor)
    window.actions_["project.scheme"].trigger()
    window.undoing.undo()  # my own last step: it takes back what I assigned, and does it again
    window.undoing.redo()
    seen["after"] = list(session.spans)
    return seen


@pytest.mark.usefixtures("ana")
def test_the_window_tells_nothing_of_what_is_sealed(tmp_path: Path, make_window: Make, qtbot: QtBot) -> None:
    without, with_, blind, _open = twice(tmp_path)
    first = make_window(without)
    before = looked_at(first, qtbot, blind.id)
    picture = first.page.grab().toImage()
    first.close()
    second = make_window(with_)
    sealed = looked_at(second, qtbot, blind.id)
    assert second.page.grab().toImage() == picture
    assert {name: one for name, one in sealed.items() if one != before[name]} == {}
    assert TRACE not in repr(sealed)
    assert BOS not in repr(sealed)
    session = second.session
    session.do(set_state(blind.id, session.layer, session.me, "done"))
    assert TRACE in repr(list(session.spans))
    qtbot.waitUntil(lambda: TRACE in repr(said(second)))
    # What is marked there and who is linked there is looked for again.
    worklist, entries = second.articles.worklist, second.hand.registry.entries
    qtbot.waitUntil(lambda: worklist.complete and worklist.counts() != before["counts"])
    qtbot.waitUntil(lambda: entries.complete and TRACE in repr([one.name for one in entries.register.all()]))
    second.undoing.undo()
    qtbot.waitUntil(lambda: worklist.complete and worklist.counts() == before["counts"])
    qtbot.waitUntil(lambda: entries.complete and TRACE not in repr([one.name for one in entries.register.all()]))
    assert TRACE not in repr(list(session.spans))

"""The start page: Enter goes on where one stopped, and what is dropped on the window is taken."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QPaintEvent
from pytestqt.qtbot import QtBot

from annotator import assets, recent
from annotator.domain.dates import since
from annotator.domain.errors import UserError
from annotator.domain.ids import is_uuid
from annotator.domain.scheme import parse
from annotator.recent import Recent, forget, recents, remember
from annotator.storage.store import Store
from annotator.ui import navigation
from annotator.ui.dialogs.importing import ImportDialog
from annotator.ui.dialogs.new import NewDialog
from annotator.ui.startpanel import going_on
from annotator.ui.text.canvas import Canvas
from annotator.ui.window import MainWindow
from tests.ui.modal import answered

Make = Callable[[Path | None], MainWindow]
TODAY = date(2026, 11, 24)


def test_when_as_one_says_it() -> None:
    assert since("2026-11-24T12:03:22.000Z", TODAY).startswith("today, ")
    assert since("2026-11-23T12:03:22.000Z", TODAY) == "yesterday"
    assert since("2026-04-12T12:03:22.000Z", TODAY) == "12 April"
    assert since("2025-02-03T12:00:00.000Z", TODAY) == "3 February 2025"
    for odd in ("", "soon", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"):
        assert isinstance(since(odd, TODAY), str)


def test_what_to_go_on_with() -> None:
    project = Recent("/a", "", "id", 17, 16, 48)
    assert going_on(project, True) == "continue at article 17"
    assert going_on(project._replace(done=48), True) == "all articles are done"
    assert going_on(project._replace(reading=True), True) == "opened for reading only"
    assert going_on(Recent("/a", ""), True) == "no articles yet"
    assert going_on(project, False).startswith("not there now")


def test_enter_goes_on_where_i_stopped(project: Path, make_window: Make, qtbot: QtBot) -> None:
    first = make_window(project)
    first.actions_["article.next"].trigger()
    first.close()
    window = make_window(None)
    card = window.start.cards[0]
    assert card.project == recents()[0]
    assert (card.project.number, card.project.done, card.project.total) == (2, 0, 3)
    qtbot.waitUntil(card.hasFocus)
    qtbot.keyClick(card, Qt.Key.Key_Return)
    assert window.session.article is not None
    assert window.session.article.title == "Harbour dues rise"
    assert window.bottom.isVisible()


def test_a_killed_program_goes_on_where_the_caret_rested(
    project: Path, make_window: Make, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(navigation, "REST", 20)
    monkeypatch.setattr(navigation, "PAUSE", 10)
    window = make_window(project)
    window.activateWindow()
    qtbot.waitUntil(window.view.hasFocus)
    qtbot.waitUntil(lambda: window.navigation._rest is not None)
    journal = window.session.store.step_count()  # type: ignore[union-attr]
    qtbot.keyClick(window.view, Qt.Key.Key_Down)
    qtbot.keyClick(window.view, Qt.Key.Key_Down)
    qtbot.keyClick(window.view, Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    caret = window.view.caret
    assert caret > 0
    qtbot.waitUntil(lambda: (left := recent.of(project)) is not None and left.caret == caret)
    qtbot.keyClick(window.view, Qt.Key.Key_Down, Qt.KeyboardModifier.ControlModifier)
    article = window.session.article
    assert article is not None
    qtbot.keyClick(window.view, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    caret = window.view.caret
    qtbot.waitUntil(
        lambda: (left := recent.of(project)) is not None and (left.article, left.caret) == (article.id, caret)
    )
    assert window.session.store.step_count() == journal  # type: ignore[union-attr]
    left = recent.of(project)
    window.close()  # a clean end, which writes the place too: what the killed one had left is put back
    assert left is not None
    recent.remember(left)
    again = make_window(project)
    assert again.session.article is not None
    assert (again.session.article.id, again.view.caret) == (article.id, caret)


def test_a_project_is_among_the_recent_while_its_window_is_open(
    project: Path, make_window: Make, qtbot: QtBot, tmp_path: Path
) -> None:
    window = make_window(project)
    qtbot.waitUntil(lambda: [Path(one.path) for one in recents()] == [project])
    first = recents()[0]
    assert (first.number, first.done, first.total) == (1, 0, 3)
    window.actions_["article.done"].trigger()
    qtbot.waitUntil(lambda: (recents()[0].number, recents()[0].done) == (2, 1))
    assert window.session.article is not None
    assert recents()[0].article == window.session.article.id
    other = tmp_path / "Other.annotator"
    Store.create(other, parse(assets.scheme_text(), "news-sourcing"))
    window.files.open_path(other)
    qtbot.waitUntil(lambda: [Path(one.path) for one in recents()] == [other, project])
    assert recents()[0].total == 0


def test_nothing_is_remembered_before_the_first_picture(
    project: Path, make_window: Make, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[bool] = []
    painted: list[bool] = []
    paint, keep = Canvas.paintEvent, recent.remember

    def painting(view: Canvas, event: QPaintEvent) -> None:
        paint(view, event)
        painted.append(True)

    def remembering(one: Recent) -> None:
        seen.append(bool(painted))
        keep(one)

    monkeypatch.setattr(Canvas, "paintEvent", painting)
    monkeypatch.setattr(recent, "remember", remembering)
    make_window(project)
    qtbot.waitUntil(lambda: bool(seen))
    assert all(seen)


def test_a_done_article_is_not_gone_on_with(project: Path, make_window: Make) -> None:
    window = make_window(project)
    window.actions_["article.done"].trigger()
    window.actions_["article.previous"].trigger()
    window.close()
    again = make_window(project)
    assert again.session.article is not None
    assert again.session.article.title == "Harbour dues rise"


def test_a_project_that_is_gone_says_so_and_can_be_taken_out(make_window: Make, qtbot: QtBot, tmp_path: Path) -> None:
    remember(Recent(str(tmp_path / "gone.annotator"), "", number=1, total=2))
    window = make_window(None)
    card = window.start.cards[0]
    assert not card.there
    card.click()
    assert window.session.store is None
    assert "no such project" in window.notice._words.text()
    qtbot.keyClick(card, Qt.Key.Key_Delete)
    assert recents() == []
    assert window.start.cards[0].project.path.endswith("Sample.annotator")
    qtbot.waitUntil(window.start.choices[0].hasFocus)


def drop(window: MainWindow, *paths: Path) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    event = QDropEvent(
        QPointF(5, 5), Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    window.dropEvent(event)


@pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen platform says so of every dialog
def test_a_dropped_project_is_opened_and_dropped_articles_come_in(
    project: Path, make_window: Make, qtbot: QtBot, tmp_path: Path
) -> None:
    window = make_window(None)
    drop(window, project)
    qtbot.waitUntil(lambda: window.session.store is not None)
    article = tmp_path / "more.txt"
    article.write_text("One more thing, she said.", encoding="utf-8")
    with answered(ImportDialog, lambda dialog: dialog.take.click()):
        drop(window, article)
        qtbot.waitUntil(lambda: window.articles.model.rowCount() == 4)


@pytest.mark.qt_log_ignore("propagateSizeHints")
def test_articles_dropped_without_a_project_ask_for_one(
    make_window: Make, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    article = tmp_path / "more.txt"
    article.write_text("One more thing, she said.", encoding="utf-8")
    window = make_window(None)
    window.files._folder = tmp_path

    def enter(dialog: NewDialog) -> int:
        dialog._make()
        return dialog.result()

    monkeypatch.setattr(NewDialog, "exec", enter)
    with answered(ImportDialog, lambda dialog: dialog.take.click()):
        drop(window, article)
        qtbot.waitUntil(lambda: window.articles.model.rowCount() == 1)
    assert (tmp_path / "more.annotator").exists()


def test_a_new_project_has_the_scheme_that_was_chosen(make_window: Make, qtbot: QtBot, tmp_path: Path) -> None:
    window = make_window(None)
    (tmp_path / "News.annotator").write_bytes(b"somebody's")
    dialog = NewDialog(tmp_path / "News.annotator", window.look, window)
    qtbot.addWidget(dialog)
    assert dialog._file.line.text().endswith("News 2.annotator")
    assert dialog._file.line.selectedText() == "News 2"
    next(row for row in dialog.rows if row.name == "claims-only").click()
    dialog._file.line.setText(str(tmp_path / "News"))  # the ending is added; there is such a file
    dialog._make()
    assert dialog.path is None
    assert "exists already" in dialog._fault.text()
    dialog._file.line.setText(str(tmp_path / "Other"))
    dialog._make()
    assert dialog.path == tmp_path / "Other.annotator"
    window.files.open_path(dialog.path)
    assert window.session.scheme.id == "claims-only"


def test_a_scheme_of_ones_own_is_called_as_the_project(make_window: Make, qtbot: QtBot, tmp_path: Path) -> None:
    window = make_window(None)
    dialog = NewDialog(tmp_path / "Harbour.annotator", window.look, window)
    qtbot.addWidget(dialog)
    next(row for row in dialog.rows if row.name == "blank").click()
    dialog._make()
    assert dialog.path is not None
    window.files.open_path(dialog.path)
    scheme = window.session.scheme
    assert (scheme.name, scheme.labels) == ("Harbour", ())
    assert is_uuid(scheme.id)  # what others make of it is another scheme


@pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen platform says so of every dialog
def test_a_folder_that_is_not_there_is_made_when_that_is_wanted(
    make_window: Make, qtbot: QtBot, tmp_path: Path
) -> None:
    window = make_window(None)
    dialog = NewDialog(tmp_path / "News.annotator", window.look, window)
    qtbot.addWidget(dialog)
    dialog.show()
    folder = tmp_path / "2026" / "November"
    dialog._file.line.setText(str(folder / "News"))
    assert not dialog._folder.isVisible()
    qtbot.keyClick(dialog._file.line, Qt.Key.Key_Return)
    assert "does not exist" in dialog._fault.text()
    assert dialog._folder.isVisible()
    assert not folder.exists()
    dialog._file.line.setText(str(folder / "Other"))  # another name: nothing is offered till it is tried
    assert not dialog._folder.isVisible()
    qtbot.keyClick(dialog._file.line, Qt.Key.Key_Return)
    qtbot.waitUntil(dialog._folder.hasFocus)
    qtbot.keyClick(dialog._folder, Qt.Key.Key_Return)
    assert dialog.path == folder / "Other.annotator"
    assert dialog.path.is_file()


def test_a_folder_that_cannot_be_made_says_why(make_window: Make, qtbot: QtBot, tmp_path: Path) -> None:
    window = make_window(None)
    (tmp_path / "file").write_text("no folder", encoding="utf-8")
    dialog = NewDialog(tmp_path / "News.annotator", window.look, window)
    qtbot.addWidget(dialog)
    dialog._file.line.setText(str(tmp_path / "file" / "deeper" / "News"))
    dialog._make()
    dialog._folder.click()
    assert "cannot be made" in dialog._fault.text()
    assert dialog.path is None


def test_the_sample_is_offered_once(make_window: Make, project: Path) -> None:
    first = make_window(None).start
    assert [card.text() for card in first.cards] == ["Sample"]
    assert not first.choices[-1].isVisible()
    remember(Recent(str(project), "", number=1, total=3))
    second = make_window(None).start
    assert [card.text() for card in second.cards] == ["Morning"]
    assert second.choices[-1].isVisible()


def test_a_disk_that_is_gone_does_not_hold_the_window_open(
    project: Path, make_window: Make, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    window = make_window(project)
    qtbot.waitUntil(lambda: recents() != [])
    forget(str(project))

    def gone(me: str) -> None:
        raise UserError("The disk is gone.")

    monkeypatch.setattr(window.session.store, "states", gone)
    assert window.close()
    assert recents() == []

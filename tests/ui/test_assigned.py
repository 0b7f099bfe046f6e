"""What is assigned to me: first in the list, given back, read a second time, blind until I am done."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from PySide6.QtCore import QItemSelectionModel, Qt
from pytestqt.qtbot import QtBot

from annotator import whoami
from annotator.domain.article import Annotator, Article, own_layer
from annotator.domain.assigning import Pair
from annotator.editing import assignments, spans
from annotator.editing.workspace import Workspace
from annotator.storage.store import Store
from annotator.ui.articles.model import ROW
from annotator.ui.window import MainWindow
from tests.builders import BO

TRACE = "zebra-label"


def titles(window: MainWindow) -> list[str]:
    rows = (window.articles.model.article(number) for number in range(window.articles.model.rowCount()))
    return [row.title for row in rows if row is not None]


def assign(path: Path, *numbers: int, round: int = 1) -> list[Article]:
    """Assign articles to me in a project that is not open, and let Bo tag these; return them."""
    who = whoami.identity()
    assert who is not None
    with closing(Store.open(path)) as store:
        ids = list(store.article_ids())
        found = [article for number in numbers if (article := store.article(ids[number])) is not None]
        work = Workspace(store, who.annotator, who.device)
        work.do_whole(assignments.assign([Pair(one.id, who.annotator.id) for one in found], round=round))
        if round == 1:
            bos = Workspace(store, BO, "desk")
            for one in found:
                bos.do(spans.label(one, None, BO, TRACE, TRACE, ((0, 5),), id=bos.new_id(), now=bos.clock(),
                                   scheme_version=1))  # fmt: skip
    return found


def test_mine_come_first_and_done_goes_on_among_them(
    make_window: Callable[[Path | None], MainWindow], project: Path, qtbot: QtBot
) -> None:
    assign(project, 1, 2)
    window = make_window(project)
    assert titles(window) == ["Harbour dues rise", "Night trains return", "Ferry crews vote to stop"]
    assert window.session.article is not None
    assert window.session.article.title == "Harbour dues rise"
    row = window.articles.model.index(0).data(ROW)
    assert (row.given, row.round) == ("mine", 1)
    chip = window.articles.filter.mine
    assert chip.isVisible()
    assert chip.count == 2
    chip.click()
    qtbot.waitUntil(lambda: titles(window) == ["Harbour dues rise", "Night trains return"])
    chip.click()
    qtbot.waitUntil(lambda: len(titles(window)) == 3)
    for title in ("Night trains return", "Ferry crews vote to stop"):
        window.actions_["article.done"].trigger()
        assert window.session.article.title == title
    row = window.articles.model.index(2)
    window.articles.list.selectionModel().setCurrentIndex(row, QItemSelectionModel.SelectionFlag.ClearAndSelect)


def test_giving_back_is_told_in_the_list_and_undone(
    make_window: Callable[[Path | None], MainWindow], project: Path
) -> None:
    assign(project, 2)
    window = make_window(project)
    assert titles(window)[0] == "Night trains return"
    window.actions_["article.return"].trigger()
    assert titles(window)[-1] == "Night trains return"
    row = window.articles.model.index(2).data(ROW)
    assert row.given == "returned"
    assert "given back" in window.articles.model.index(2).data(Qt.ItemDataRole.AccessibleTextRole)
    assert "given back" in window.page._header._place.text()
    assert "gave the article back" in window.notice.words
    window.actions_["edit.undo"].trigger()
    assert titles(window)[0] == "Night trains return"
    assert window.session.layer is None
    window.session.show_article(window.articles.model.index(1).data(ROW).id)
    window.actions_["article.return"].trigger()
    assert window.notice.words == "This article was not assigned to you."


def test_colleagues_are_not_seen_before_one_is_done(
    make_window: Callable[[Path | None], MainWindow], project: Path
) -> None:
    (article,) = assign(project, 0)
    window = make_window(project)
    session = window.session
    session.show_colleagues(True)
    assert session.article is not None
    assert session.article.id == article.id
    assert list(session.spans) == []
    assert window.articles.model.index(0).data(ROW).spans == 0
    window.navigation.done()
    session.show_article(article.id)
    assert [span.label for span in session.spans] == [TRACE]
    # Taken up again, it closes at once.
    window.navigation.reopen()
    assert list(session.spans) == []


def test_what_is_assigned_while_the_project_is_open_is_sealed_at_once(
    make_window: Callable[[Path | None], MainWindow], project: Path, qtbot: QtBot
) -> None:
    (article,) = assign(project, 0)
    who = whoami.identity()
    assert who is not None
    with closing(Store.open(project)) as store:
        work = Workspace(store, who.annotator, who.device)
        work.undo()
    window = make_window(project)
    session, workspace = window.session, window.session.workspace
    assert workspace is not None
    session.show_colleagues(True)
    assert [span.label for span in session.spans] == [TRACE]
    workspace.do_whole(assignments.assign([Pair(article.id, session.me.id)]))
    qtbot.waitUntil(lambda: list(session.spans) == [])
    with closing(workspace.store.reader()) as reader:
        assert reader.sealed
    # Another person sits down: nothing is sealed for them.
    session.rename(whoami.Identity(Annotator("0190a000-0000-7000-8000-00000000000c", "Cleo"), "laptop"))
    assert [span.label for span in session.spans] == [TRACE]


def test_a_second_reading_is_a_layer_of_its_own(
    make_window: Callable[[Path | None], MainWindow], project: Path, qtbot: QtBot
) -> None:
    window = make_window(project)
    article = window.session.article
    assert article is not None
    window.view.select(0, 5)
    qtbot.keyClick(window.view, Qt.Key.Key_Q)
    assert len(window.session.spans) == 1
    window.navigation.done()
    workspace = window.session.workspace
    assert workspace is not None
    me = window.session.me
    workspace.do_whole(assignments.assign([Pair(article.id, me.id)], round=2))
    qtbot.waitUntil(lambda: window.articles.model.index(0).data(ROW).round == 2)
    window.session.show_article(article.id)
    assert (len(window.session.spans), window.session.state, window.session.round) == (0, "new", 2)
    assert "second reading" in window.page._header._place.text()
    window.view.select(6, 11)
    qtbot.keyClick(window.view, Qt.Key.Key_Q)
    assert [span.layer for span in window.session.spans] == [own_layer(article.id, me.id, 2).id]
    assert window.session.state == "started"
    window.navigation.done()
    window.session.show_article(article.id)
    assert len(window.session.spans) == 2

"""Headline and metadata put right in the window."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from annotator.domain.article import Article
from annotator.domain.errors import UserError
from annotator.editing.articles import describe
from annotator.ui.dialogs.describe import DescribeDialog
from annotator.ui.window import MainWindow
from tests.ui.modal import answered

Make = Callable[[Path | None], MainWindow]


@pytest.fixture
def dialog(window: MainWindow, qtbot: QtBot) -> DescribeDialog:
    article = window.session.article
    assert article is not None

    def keep(title: str, meta: Mapping[str, Any]) -> object:
        return window.session.do(describe(article, title, meta))

    result = DescribeDialog(article, True, keep, window.look, window)
    qtbot.addWidget(result)
    return result


@pytest.mark.qt_log_ignore("does not support")  # the offscreen platform says so of every dialog
def test_what_i_judge_is_no_metadata_unless_the_article_has_it(window: MainWindow, qtbot: QtBot) -> None:
    article = window.session.article
    assert article is not None
    offered: list[str] = []

    def read(dialog: DescribeDialog) -> None:
        offered[:] = dialog.fields
        dialog.reject()

    with answered(DescribeDialog, read):
        window.sheets.describe()
    assert "outlet" in offered
    assert "genre" not in offered
    window.session.do(describe(article, article.title, {"genre": "Commentary"}))
    with answered(DescribeDialog, read):
        window.sheets.describe()
    assert "genre" in offered


def test_what_is_kept_is_seen_everywhere_and_undone(dialog: DescribeDialog, window: MainWindow, qtbot: QtBot) -> None:
    before = window.session.article
    assert before is not None
    dialog.title.setText("  Another headline ")
    dialog.fields["outlet"].setText("The Sound Courier")
    dialog.fields["published"].setText("2026-03-17")
    dialog._take()
    after = window.session.article
    assert after is not None
    assert after.title == "Another headline"
    assert after.meta["outlet"] == "The Sound Courier"
    header = window.page._header
    assert (header._outlet.text(), "17 March 2026" in header._meta.text()) == ("The Sound Courier", True)
    row = window.articles.model.index(0, 0)
    assert "Another headline" in str(row.data())
    assert window.windowTitle().startswith("Another headline")
    window.undoing.undo()
    assert window.session.article == before


def test_nothing_changed_writes_nothing(dialog: DescribeDialog, window: MainWindow) -> None:
    assert window.session.store is not None
    steps = len(list(window.session.store.steps()))
    dialog._take()
    assert len(list(window.session.store.steps())) == steps
    with pytest.raises(UserError):
        describe(dialog._article, dialog._article.title, dialog._article.meta)


def test_what_is_not_touched_stays_what_it_was(window: MainWindow, qtbot: QtBot) -> None:
    odd = {
        "published": {"iso": "2026-03-17", "raw": "Tuesday"}, "tags": ["a", "b"], "n": 3, "byline": " Iris ",
        "outlet": "Old",
    }  # fmt: skip
    kept: list[tuple[str, Mapping[str, Any]]] = []
    article = Article("a", "T", "0" * 64, meta=odd)
    dialog = DescribeDialog(article, True, lambda *both: kept.append(both), window.look, window)
    qtbot.addWidget(dialog)
    assert dialog.fields["published"].text() == "2026-03-17"
    assert dialog.fields["tags"].isReadOnly()
    assert dialog.fields["n"].isReadOnly()
    dialog.fields["outlet"].setText("")
    dialog.fields["genre"].setText("Report")
    dialog._take()
    expected = {key: value for key, value in odd.items() if key != "outlet"} | {"genre": "Report"}
    assert kept == [("T", expected)]


def test_a_project_for_reading_is_only_shown(window: MainWindow, qtbot: QtBot) -> None:
    assert window.session.article is not None
    dialog = DescribeDialog(window.session.article, False, lambda *_: None, window.look, window)
    qtbot.addWidget(dialog)
    assert dialog.title.isReadOnly()
    assert all(field.isReadOnly() for field in dialog.fields.values())


@pytest.mark.qt_log_ignore("does not support")  # the offscreen platform says so of every dialog
def test_a_long_headline_shows_its_beginning(window: MainWindow, qtbot: QtBot) -> None:
    article = window.session.article
    assert article is not None
    long = article._replace(title="A headline that goes on and on 🙂 " * 20)
    made = DescribeDialog(long, True, lambda *_: None, window.look, window)
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.title.hasFocus)
    assert made.title.selectedText() == long.title, "to be written over"
    assert made.title.cursorPosition() == 0


def test_where_nothing_can_be_changed_no_step_is_spoken_of(window: MainWindow, qtbot: QtBot) -> None:
    article = window.session.article
    assert article is not None
    for editable in (True, False):
        made = DescribeDialog(article, editable, lambda *_: None, window.look, window)
        qtbot.addWidget(made)
        words = " ".join(label.text() for label in made.findChildren(QLabel))
        assert ("is one step" in words, "nothing can be changed" in words) == (editable, not editable)

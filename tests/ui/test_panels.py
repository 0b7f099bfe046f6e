"""The panels beside the text: folded, opened over the text, hidden; what they say of the focused span."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from annotator.domain.article import Article, own_layer
from annotator.domain.change import Change, Step
from annotator.domain.span import Span
from annotator.editing.articles import describe
from annotator.editing.spans import begun
from annotator.ui.articles.panel import RAIL, WIDTH
from annotator.ui.side import NARROW
from annotator.ui.window import MainWindow


def article_of(window: MainWindow) -> Article:
    assert window.session.article is not None
    return window.session.article


def test_the_articles_fold_and_stay_folded(window: MainWindow, project: Path) -> None:
    assert window.articles.width() == WIDTH
    left = window.view.mapTo(window, window.view.rect().topLeft()).x()
    window.actions_["view.panel.articles"].trigger()
    assert (window.articles.width(), window.articles.place.width()) == (RAIL, RAIL)
    assert window.preferences.settings["articles"] == "rail"
    assert window.view.mapTo(window, window.view.rect().topLeft()).x() == left - WIDTH + RAIL
    window.actions_["view.panel.articles"].trigger()
    assert window.articles.width() == WIDTH


def test_a_rail_opens_over_the_text_which_stays_where_it_is(window: MainWindow, qtbot: QtBot) -> None:
    window.resize(1024, 600)
    qtbot.waitUntil(lambda: window.page.width() == 1024 - RAIL - NARROW)
    window.view.setFocus()
    page, column = window.page.geometry(), window.view.column()
    window.actions_["view.panel.articles"].trigger()
    assert window.articles.width() == WIDTH
    assert window.articles.list.hasFocus()
    assert (window.page.geometry(), window.view.column()) == (page, column)
    assert window.articles.geometry().intersects(page)
    qtbot.mouseClick(window.view.viewport(), Qt.MouseButton.LeftButton, pos=window.view.viewport().rect().center())
    assert window.articles.width() == RAIL
    assert window.view.hasFocus()


def test_labels_and_spans_hide_until_they_are_wanted(window: MainWindow) -> None:
    window.actions_["view.panel.side"].trigger()
    assert not window.side.isVisible()
    window.actions_["view.labels"].trigger()
    assert window.side.isVisible()
    assert window.side.labels._rows[0].hasFocus()


def test_home_and_end_go_through_the_list(window: MainWindow) -> None:
    listed = window.articles.list
    window.actions_["view.articles"].trigger()
    QTest.keyClick(listed, Qt.Key.Key_End)
    assert article_of(window).title == "Night trains return"
    QTest.keyClick(listed, Qt.Key.Key_Home)
    assert article_of(window).title == "Ferry crews vote to stop"


def test_what_was_done_to_the_span_stands_below_it(window: MainWindow, qtbot: QtBot) -> None:
    view, history = window.view, window.side.span.full.history
    view.select(27, 34)
    QTest.keyClick(view, Qt.Key.Key_Q)
    assert [row[1].text() for row in history._rows] == ["Label Quote"]
    QTest.keyClick(view, Qt.Key.Key_S)
    window.undoing.undo()
    shown = [row[1].text() for row in history._rows if not row[1].isHidden()]
    assert shown == ["Undone: Relabel to Source", "Relabel to Source", "Label Quote"]
    window.resize(900, 600)
    qtbot.waitUntil(lambda: not history._body.isVisible())
    assert history._head.text() == "History, 3 lines"
    history._head.click()
    assert history._body.isVisible()


def test_a_long_byline_leaves_the_pencil_its_place(window: MainWindow) -> None:
    article = article_of(window)
    window.session.do(describe(article, article.title, {"outlet": "The Courier", "byline": "Iris Halvorsen, " * 40}))
    window.session.show_article(article.id)
    header = window.page._header
    assert "Iris" not in header._meta.text()
    assert header._meta.text().endswith("words")
    assert header._meta.toolTip().startswith("The Courier  ·  Iris Halvorsen")
    assert header._edit.geometry().right() <= header.width()


def test_a_scroll_bar_moves_no_text(window: MainWindow, qtbot: QtBot) -> None:
    short = window.view.column()
    window.view.show_article("A line that is not long.\n" * 200, [])
    qtbot.waitUntil(lambda: window.view.verticalScrollBar().isVisible())
    assert window.view.column() == short


def test_only_the_text_says_where_it_is_from_and_how_far_one_has_read(window: MainWindow, qtbot: QtBot) -> None:
    article = article_of(window)
    window.session.do(describe(article, article.title, {"outlet": "The Courier", "byline": "Iris Halvorsen"}))
    window.actions_["view.focus"].trigger()
    header, bottom = window.page._header, window.bottom
    assert header._title.isVisible()
    assert (header._outlet.text(), header._meta.text()) == ("The Courier", "")
    assert not header._done.isVisible()
    assert not bottom._who.isVisible()
    assert bottom._hint.text() == "brings the panels back"
    window.view.show_article("A line that is not long.\n" * 200, [])
    qtbot.waitUntil(lambda: bottom._read is not None and bottom._read[2] < 0.5)
    window.view.verticalScrollBar().setValue(window.view.verticalScrollBar().maximum())
    assert bottom._read == (*window.view.column(), 1.0)
    window.actions_["view.focus"].trigger()
    assert header._done.isVisible()
    assert bottom._who.isVisible()
    assert bottom._read is None


def test_only_the_text_leaves_room_around_the_headline_also_over_scrolled_text(
    window: MainWindow, qtbot: QtBot
) -> None:
    header, page = window.page._header, window.page
    window.resize(1280, 800)
    qtbot.waitUntil(lambda: window.width() == 1280)

    def room() -> tuple[int, int]:
        """Above the first line of the header, and between the headline and where the text is cut."""
        QApplication.processEvents()
        first, last = header._about if header._bare else header._top, header._title
        view = window.view.mapTo(page, QPoint(0, 0)).y()
        return first.mapTo(page, QPoint(0, 0)).y(), view - last.mapTo(page, QPoint(0, last.height())).y()

    usual = room()
    window.actions_["view.focus"].trigger()
    qtbot.waitUntil(lambda: room()[0] >= 56 and room()[1] >= 8)
    window.actions_["view.focus"].trigger()
    qtbot.waitUntil(lambda: room() == usual)


def test_what_is_seen_is_what_the_mouse_meets(window: MainWindow, qtbot: QtBot) -> None:
    parts = [*window.articles.filter.chips.values(), window.articles.filter.field, window.articles._fold]
    for part in (*parts, window.articles.list.viewport(), window.page._header._done, window.side._tabs):
        met = window.childAt(part.mapTo(window, part.rect().center()))
        assert met is part or part.isAncestorOf(met), part
    window.actions_["view.panel.articles"].trigger()
    rail = window.articles.list.viewport()
    assert window.childAt(rail.mapTo(window, rail.rect().center())) is rail


def test_the_panels_come_back_whole(window: MainWindow, qtbot: QtBot) -> None:
    window.actions_["view.focus"].trigger()
    window.resize(1100, 700)
    window.actions_["view.focus"].trigger()
    qtbot.waitUntil(lambda: window.width() == 1100)
    settled: list[bool] = []
    QTimer.singleShot(50, lambda: settled.append(True))
    qtbot.waitUntil(lambda: bool(settled))
    assert window.bottom._read is None
    assert window.bottom._row.contentsMargins().left() == 16


def test_of_a_quote_in_pieces_each_one_is_shown(window: MainWindow, qtbot: QtBot) -> None:
    window.session.do(
        Step("·", (*begun(article_of(window).id, None, window.session.me), Change(None, in_pieces(window, 2))))
    )
    full = window.side.span.full
    window.view.focus_span("pieces")
    assert full._words._lines[0] == "“We sail,”"
    assert full._words._lines[1].startswith("… “when we are paid.”")
    assert full._notes.text() == "2 fragments"
    assert full._words.accessibleName() == "“We sail,” … “when we are paid.”"


def test_of_many_pieces_the_last_line_holds_the_rest(window: MainWindow, qtbot: QtBot) -> None:
    window.session.do(
        Step("·", (*begun(article_of(window).id, None, window.session.me), Change(None, in_pieces(window, 6))))
    )
    window.view.focus_span("pieces")
    assert window.side.span.full._words._lines == ["F", "… r", "… y", "… r … w … “"]


def in_pieces(window: MainWindow, count: int) -> Span:
    article, text = article_of(window), window.session.text
    quote = ((text.index("“We"), text.index(" said")), (text.index("“when"), text.index(" Nobody")))
    pieces = quote if count == 2 else tuple((n, n + 1) for n in (0, 2, 4, 7, 9, text.index("“We")))
    layer = own_layer(article.id, window.session.me.id).id
    return Span("pieces", article.id, layer, window.session.me.id, "quote", pieces)


def test_the_column_of_labels_has_room_for_the_longest(window: MainWindow, qtbot: QtBot) -> None:
    window.actions_["view.spans"].trigger()
    table = window.side.table
    window.view.select(0, 5)
    QTest.keyClick(window.view, Qt.Key.Key_B)
    need = table.view.sizeHintForColumn(0)
    assert table.view.model().index(0, 0).data() == "Boilerplate"
    assert table.view.columnWidth(0) >= need
    scheme = window.session.scheme
    long = scheme.labels[0]._replace(name="A label that nobody can read to its end in a panel")
    window.session.scheme = scheme._replace(labels=(long,))
    window.session.project_opened.emit()
    assert table.view.columnWidth(0) <= 168


LONG = ("Quotation, direct, of an organisation’s speaker", "Quotation, direct, of an organisation’s document")


def tagged_as(window: MainWindow, name: str) -> QLabel:
    """Show the focused span as if its label had this name; return the tag."""
    session = window.session
    quote, *others = session.scheme.labels
    session.scheme = session.scheme._replace(labels=(quote._replace(name=name), *others))
    window.side.show_span(window.view.focused)
    QApplication.processEvents()
    tag: QLabel = window.side.span.full._tag
    return tag


@pytest.mark.parametrize("size", [(1280, 800), (900, 560)])
def test_a_long_label_takes_the_room_there_is_and_is_cut_in_its_middle(
    window: MainWindow, qtbot: QtBot, size: tuple[int, int]
) -> None:
    window.resize(*size)
    qtbot.waitUntil(lambda: (window.width(), window.height()) == size)
    window.view.select(27, 34)
    QTest.keyClick(window.view, Qt.Key.Key_Q)
    shown = []
    full = window.side.span.full
    for name in LONG:
        tag = tagged_as(window, name)
        qtbot.waitUntil(lambda tag=tag: full._previous.x() - tag.geometry().right() <= 12)
        assert tag.fontMetrics().horizontalAdvance(tag.text()) <= tag.contentsRect().width()
        assert tag.toolTip() == name
        shown.append(tag.text())
    assert shown[0] != shown[1]
    assert all(text.startswith("Qu") and "…" in text for text in shown)
    short = tagged_as(window, "Cue")
    qtbot.waitUntil(lambda: short.text() == "Cue" and short.width() < 80)
    assert short.toolTip() == ""

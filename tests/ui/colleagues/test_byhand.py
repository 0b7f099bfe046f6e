"""One article is given to people by hand."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication, QMenu

from annotator.storage import assignments as stored
from annotator.ui.colleagues.byhand import ByHand
from annotator.ui.window import MainWindow
from tests.builders import BO
from tests.ui.colleagues.test_assignment import CY, join
from tests.ui.colleagues.test_proposals import led_by
from tests.ui.modal import answered

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen platform says so of every dialog


def who(window: MainWindow) -> list[str]:
    store, article = window.session.store, window.session.article
    assert store is not None
    assert article is not None
    return [one.annotator for one in stored.of_articles(store, [article.id])]


def tick(dialog: ByHand, *rows: int) -> None:
    for row in rows:
        item = dialog.table.item(row, 0)
        assert item is not None
        ticked = item.checkState() is Qt.CheckState.Checked
        item.setCheckState(Qt.CheckState.Unchecked if ticked else Qt.CheckState.Checked)


def test_ticks_assign_and_take_away_as_one_step(window: MainWindow) -> None:
    join(window, BO, CY)

    def first(dialog: ByHand) -> None:
        tick(dialog, 1)
        dialog.assign.click()

    with answered(ByHand, first):
        window.sheets.assign()
    assert who(window) == [BO.id]
    assert "You lead this project" in window.notice.words

    def other(dialog: ByHand) -> None:
        tick(dialog, 1, 2)
        dialog.assign.click()

    with answered(ByHand, other):
        window.sheets.assign()
    assert who(window) == [CY.id]
    window.undoing.undo()
    assert who(window) == [BO.id]
    with answered(ByHand, lambda dialog: dialog.assign.click()):
        window.sheets.assign()
    assert who(window) == [BO.id]


def test_who_does_not_lead_only_reads(project: Path, make_window: Callable[[Path | None], MainWindow]) -> None:
    led_by(project, BO.id)
    window = make_window(project)

    def look(dialog: ByHand) -> None:
        assert not dialog.assign.isEnabled()
        flags = [item.flags() for row in range(2) if (item := dialog.table.item(row, 0)) is not None]
        assert not any(Qt.ItemFlag.ItemIsUserCheckable in some for some in flags)
        dialog.reject()

    with answered(ByHand, look):
        window.sheets.assign()
    assert who(window) == []


@pytest.mark.qt_log_ignore("does not support")  # nor has it menus that pop up
def test_the_lists_menu_offers_it_for_the_article_under_the_pointer(window: MainWindow) -> None:
    articles = window.articles.list
    point = articles.visualRect(articles.model().index(1, 0)).center()
    event = QContextMenuEvent(
        QContextMenuEvent.Reason.Mouse, point, articles.viewport().mapToGlobal(point + QPoint(0, 0))
    )
    QApplication.sendEvent(articles.viewport(), event)
    assert window.session.article is not None
    assert window.session.article.title == "Harbour dues rise"
    menus = articles.findChildren(QMenu)
    assert "Assign the article to…" in [action.text() for menu in menus for action in menu.actions()]
    for menu in menus:
        menu.close()

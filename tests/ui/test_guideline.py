"""The guideline of a label: opened by key and menu, following the focus, found by words; real examples lead there."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt, QUrl
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotator.domain.article import Annotator
from annotator.domain.scheme import parse
from annotator.editing.workspace import Workspace
from annotator.storage.store import Store
from annotator.ui.guideline import FEW, GuidelineWindow
from annotator.ui.labels.menu import Acts, menu
from annotator.ui.window import MainWindow
from tests.builders import ANA, opened
from tests.builders import tag as builder_tag
from tests.ui.test_saying import focused, tag
from tests.ui.test_window import press

pytestmark = pytest.mark.qt_log_ignore("does not support")  # the offscreen platform says so of every window
K = Qt.Key
Make = Callable[[Path | None], MainWindow]
SHIFT, CONTROL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier


def guide_of(window: MainWindow, qtbot: QtBot) -> GuidelineWindow:
    qtbot.waitUntil(lambda: QApplication.activeWindow() is window)
    press(qtbot, window, K.Key_F1, SHIFT)
    guide = window.sheets.guideline_window
    qtbot.waitUntil(guide.isActiveWindow)
    return guide


def read(guide: GuidelineWindow) -> str:
    return guide.page.toPlainText().replace("\xa0", " ").strip()


def links(guide: GuidelineWindow) -> list[str]:
    found, block = [], guide.page.document().begin()
    while block.isValid():
        pieces = block.begin()
        while not pieces.atEnd():
            if (where := pieces.fragment().charFormat().anchorHref()) and where not in found:
                found.append(where)
            pieces += 1
        block = block.next()
    return found


def test_a_key_opens_the_page_of_the_focused_span(window: MainWindow, qtbot: QtBot) -> None:
    tag(window, qtbot, "Nobody else spoke", K.Key_A)
    guide = guide_of(window, qtbot)
    words = read(guide)
    assert words.startswith("Claim")
    for said in (
        "An assertion that someone could dispute", "✓", "Rents in the old town",
        "Where will the tenants go?",
        "must be said", "fact · value · policy · prediction", "only where Kind is fact or prediction",
        "same claim ↔ Claim, also of another article", "Quote → states", "The headline counts.",
    ):  # fmt: skip
        assert said in words, said
    assert guide.list.hasFocus()
    QTest.keyClick(guide.list, K.Key_Escape)
    assert not guide.isVisible()


def test_up_and_down_go_to_another_label(window: MainWindow, qtbot: QtBot) -> None:
    tag(window, qtbot, "Nobody else spoke", K.Key_A)
    guide = guide_of(window, qtbot)
    QTest.keyClick(guide.list, K.Key_Down)
    assert read(guide).startswith("Evidence")
    QTest.keyClick(guide.list, K.Key_Up)
    QTest.keyClick(guide.list, K.Key_Up)
    assert read(guide).startswith("Cue")


def test_real_examples_stand_there_the_newest_first_and_return_goes_there(window: MainWindow, qtbot: QtBot) -> None:
    tag(window, qtbot, "Nobody else spoke", K.Key_A)
    first = focused(window).id
    window.navigation.step(1)
    tag(window, qtbot, "The council raised the dues", K.Key_A)
    second = focused(window).id
    guide = guide_of(window, qtbot)
    spans = [link for link in links(guide) if link.startswith("span:")]
    assert [link.rsplit("/", 1)[1] for link in spans] == [second, first]
    words = read(guide)
    assert "Harbour dues rise · Lena Brandt" in words
    assert words.index("The council raised the dues by a third, a clerk said") < words.index("Nobody else spoke.")
    guide.move(window.frameGeometry().right() + 10, 0)
    guide.page.setFocus()
    QTest.keyClick(guide.page, K.Key_Tab)
    QTest.keyClick(guide.page, K.Key_Tab)
    QTest.keyClick(guide.page, K.Key_Return)
    assert focused(window).id == first
    assert window.focusWidget() is window.view
    assert guide.isVisible()  # it stays beside the text


def test_a_click_on_an_example_of_this_article_goes_there(window: MainWindow, qtbot: QtBot) -> None:
    tag(window, qtbot, "Nobody else spoke", K.Key_A)
    claim = focused(window).id
    tag(window, qtbot, "said", K.Key_C)
    guide = guide_of(window, qtbot)
    guide.show_label("claim")
    where = next(link for link in links(guide) if link.endswith(claim))
    block = guide.page.document().find("Nobody else spoke")
    guide.page.setTextCursor(block)
    guide.page.ensureCursorVisible()
    place = guide.page.cursorRect(block).center() - QPoint(30, 0)
    assert guide.page.anchorAt(place) == where
    QTest.mouseClick(guide.page.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert focused(window).id == claim


@pytest.mark.parametrize("over", [True, False])
def test_it_closes_only_where_it_stands_over_the_span_one_went_to(window: MainWindow, qtbot: QtBot, over: bool) -> None:
    tag(window, qtbot, "Nobody else spoke", K.Key_A)
    guide = guide_of(window, qtbot)
    view = window.view
    place = view.viewport().mapToGlobal(view.caret_rect(view.caret).center())
    guide.move(place - QPoint(100, 100) if over else place + QPoint(50, 50))
    qtbot.waitUntil(lambda: guide.frameGeometry().contains(place) is over)
    guide.page.anchorClicked.emit(QUrl(next(link for link in links(guide) if "/" in link)))
    assert guide.isVisible() is not over
    assert focused(window).label == "claim"


def test_an_example_that_is_gone_is_told(window: MainWindow, qtbot: QtBot) -> None:
    tag(window, qtbot, "Nobody else spoke", K.Key_A)
    guide = guide_of(window, qtbot)
    where = next(link for link in links(guide) if link.startswith("span:"))
    window.session.undo()
    guide.page.anchorClicked.emit(QUrl(where))
    assert "not there any more" in window.notice.words


def test_it_follows_the_focused_span_while_one_works(window: MainWindow, qtbot: QtBot) -> None:
    tag(window, qtbot, "said", K.Key_C)
    tag(window, qtbot, "Nobody else spoke", K.Key_A)
    guide = guide_of(window, qtbot)
    window.activateWindow()
    press(qtbot, window, K.Key_K)
    qtbot.waitUntil(lambda: read(guide).startswith("Cue"))
    assert window.view.hasFocus() or not guide.isActiveWindow()
    guide.list.setCurrentRow(0)  # somebody reads another page
    press(qtbot, window, K.Key_B)  # and relabels: that is news
    qtbot.waitUntil(lambda: read(guide).startswith("Boilerplate"))


def test_what_is_tagged_meanwhile_stands_among_the_examples(window: MainWindow, qtbot: QtBot) -> None:
    guide = guide_of(window, qtbot)
    guide.show_label("claim")
    assert "No Claim yet" in read(guide)
    tag(window, qtbot, "Nobody else spoke", K.Key_A)
    qtbot.waitUntil(lambda: "Nobody else spoke." in read(guide))
    window.session.undo()
    qtbot.waitUntil(lambda: "No Claim yet" in read(guide))


def test_only_what_may_be_seen_is_an_example(project: Path, make_window: Make, qtbot: QtBot) -> None:
    store = opened(Store.open(project))
    theirs = Workspace(store, Annotator(ANA.id, "Bela Colleague"), "laptop")
    article = store.article(next(iter(store.article_ids())))
    assert article is not None
    builder_tag(theirs, article, "claim", (0, 11))
    store.close()
    window = make_window(project)
    guide = guide_of(window, qtbot)
    guide.show_label("claim")
    assert "No Claim yet" in read(guide)
    window.actions_["view.colleagues"].trigger()
    qtbot.waitUntil(lambda: "Bela Colleague" in read(guide))


def test_a_word_finds_its_label_and_lights_up(window: MainWindow, qtbot: QtBot) -> None:
    guide = guide_of(window, qtbot)
    guide.field.setFocus()
    qtbot.keyClicks(guide.field, "pronoun")
    assert [guide.list.item(row).text() for row in range(guide.list.count())] == ["Source"]
    assert read(guide).startswith("Source")
    lit = [hit.cursor.selectedText() for hit in guide.page.extraSelections()]
    assert lit == ["pronoun"] * read(guide).count("pronoun")
    assert len(lit) > 1
    qtbot.keyClicks(guide.field, "zzz")
    assert guide.list.count() == 0
    assert "No label" in guide._missing.text()
    guide.field.clear()
    assert guide.list.count() == 6
    assert guide.list.currentItem().text() == "Source"
    QTest.keyClick(guide.field, K.Key_Down)
    assert read(guide).startswith("Cue")


def test_more_examples_on_request(window: MainWindow, qtbot: QtBot) -> None:
    text = window.view.text
    for start in range(0, 3 * (FEW + 2), 3):
        window.view.select(start, start + 2)
        press(qtbot, window, K.Key_B)
        press(qtbot, window, K.Key_Escape)
    assert text
    guide = guide_of(window, qtbot)
    guide.show_label("boilerplate")
    assert sum(link.startswith("span:") for link in links(guide)) == FEW
    guide.page.anchorClicked.emit(QUrl("more:"))
    assert sum(link.startswith("span:") for link in links(guide)) == FEW + 2
    assert "Show more" not in read(guide)


def test_the_menu_of_a_label_opens_it(window: MainWindow, qtbot: QtBot) -> None:
    row = next(row for row in window.side.labels._rows if row.label.id == "evidence")
    offered = menu(
        row,
        window.visibility,
        window.actions_["view.labels.all"],
        Acts(print, lambda: window.sheets.guideline("evidence"), None),
        "#000000",
    )
    next(action for action in offered.actions() if action.text() == "Guideline").trigger()
    assert read(window.sheets.guideline_window).startswith("Evidence")
    assert "Shift+F1" in row.words(window.side.labels._guide_key())


def test_the_label_with_the_keyboard_comes_first(window: MainWindow, qtbot: QtBot) -> None:
    tag(window, qtbot, "Nobody else spoke", K.Key_A)
    qtbot.waitUntil(lambda: QApplication.activeWindow() is window)
    press(qtbot, window, K.Key_2, CONTROL)
    QTest.keyClick(window.windowHandle(), K.Key_Down)
    QTest.keyClick(window.windowHandle(), K.Key_F1, SHIFT)
    assert read(window.sheets.guideline_window).startswith("Source")


def test_a_label_of_which_nothing_is_said_and_a_scheme_without_labels(
    tmp_path: Path, make_window: Make, qtbot: QtBot
) -> None:
    for name, labels in (("one", '[[labels]]\nid = "x"\nname = "<b>X</b> & Y"\n'), ("none", "")):
        path = tmp_path / f"{name}.annotator"
        Store.create(path, parse(f'id = "s"\nname = "S"\nversion = 1\n{labels}', "s.toml"))
        window = make_window(path)
        window.actions_["help.guideline"].trigger()
        words = read(window.sheets.guideline_window)
        if labels:
            assert words.startswith("<b>X</b> & Y")
            assert "says nothing more of this label" in words
        else:
            assert words == "The scheme of this project has no labels."
        window.close()


def test_in_a_narrow_window_the_labels_stand_above(window: MainWindow, qtbot: QtBot) -> None:
    guide = guide_of(window, qtbot)
    guide.resize(360, 600)
    qtbot.waitUntil(lambda: guide.page.y() > guide.list.y())
    assert guide.page.width() >= 340
    guide.resize(800, 600)
    qtbot.waitUntil(lambda: guide.page.x() > guide.list.x() + 100)

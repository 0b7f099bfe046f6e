"""The label picker: opened at the words, typed in, with many labels and long names."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from time import process_time

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotator import whoami
from annotator.domain.scheme import Label, Scheme
from annotator.editing.workspace import Workspace
from annotator.jobs.importing import import_paths
from annotator.storage.store import Store
from annotator.ui.labels.picker import LabelPicker
from annotator.ui.window import MainWindow
from tests.ui.test_holding import CTRL, SHIFT, K, held, hint, made

LONG = "A label with a name that goes on and on " * 5


@pytest.fixture
def many(tmp_path: Path, make_window: Callable[[Path | None], MainWindow], qtbot: QtBot) -> MainWindow:
    """A window on a project of sixty labels, of which eight have keys and one a name of 200 signs."""
    who = whoami.save_identity("Lena Brandt")
    colours = ("#0072B2", "#56B4E9"), ("#C85200", "#E69F00"), ("#700000", "#FF5252")
    labels = [Label(f"label-{n}", f"Émotion {n}", "ABCDEFGH"[n : n + 1], *colours[n % 3]) for n in range(58)]
    labels += [Label("long", LONG, "", *colours[0]), Label("last", "Zebra (fear)", "", *colours[1])]
    path = tmp_path / "Many.annotator"
    Store.create(path, Scheme("many", "Many", 1, tuple(labels)))
    text = tmp_path / "a.txt"
    text.write_text("A headline\n\n" + "Some words stand here, and more of them. " * 60, encoding="utf-8")
    store = Store.open(path)
    import_paths(Workspace(store, who.annotator, who.device), [text])
    store.close()
    window = make_window(path)
    window.activateWindow()
    qtbot.waitUntil(window.view.hasFocus)
    return window


def opened(window: MainWindow, qtbot: QtBot, key: Qt.Key = K.Key_L, held: Qt.KeyboardModifier = CTRL) -> LabelPicker:
    qtbot.keyClick(window.view, key, held)
    picker = window.hand.choosing.picker
    assert picker.isVisible()
    assert picker.field.hasFocus()
    return picker


def test_a_label_without_a_key_is_typed_and_taken(many: MainWindow, qtbot: QtBot) -> None:
    many.view.select(12, 22)
    picker = opened(many, qtbot)
    assert len(picker.model.labels) == 60
    assert hint(many) == "takes the label; Esc leaves"
    qtbot.keyClicks(picker.field, "FEAR")
    assert [label.id for label in picker.model.labels] == ["last"]
    qtbot.keyClick(picker.field, K.Key_Return)
    assert made(many) == [("last", "Some words")]
    assert not picker.isVisible()
    assert many.view.hasFocus()
    picker = opened(many, qtbot)  # relabels the focused span, and begins anew
    assert picker.field.text() == ""
    qtbot.keyClicks(picker.field, "emotion 5")
    for _ in range(2):
        qtbot.keyClick(picker.field, K.Key_Down)
    qtbot.keyClick(picker.field, K.Key_Up)
    qtbot.keyClick(picker.field, K.Key_Return)
    assert made(many) == [("label-50", "Some words")]
    picker = opened(many, qtbot)
    qtbot.keyClicks(picker.field, "zeb")
    qtbot.keyClick(picker.field, K.Key_Return, SHIFT)  # a second one on the same words
    assert sorted(made(many)) == [("label-50", "Some words"), ("last", "Some words")]
    many.undoing.undo()
    many.undoing.undo()
    assert made(many) == [("last", "Some words")]


def test_escape_or_a_click_elsewhere_leaves_and_nothing_is_done(many: MainWindow, qtbot: QtBot) -> None:
    many.view.select(12, 22)
    picker = opened(many, qtbot, K.Key_Colon, Qt.KeyboardModifier.NoModifier)
    qtbot.keyClicks(picker.field, "xx")
    assert picker._nothing.isVisible()
    qtbot.keyClick(picker.field, K.Key_Return)
    assert picker.isVisible()
    qtbot.keyClick(picker.field, K.Key_Escape)
    assert not picker.isVisible()
    assert many.view.selection == (12, 22)
    opened(many, qtbot)
    QTest.mouseClick(many.view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(5, 5))
    assert not picker.isVisible()
    assert made(many) == []
    opened(many, qtbot)
    many.session.show_article(next(iter(many.session.store.article_ids())))  # type: ignore[union-attr]
    assert not picker.isVisible()


def test_a_click_takes_too_and_without_words_the_label_is_held(many: MainWindow, qtbot: QtBot) -> None:
    picker = opened(many, qtbot)
    place = picker.list.visualRect(picker.model.index(1)).center()
    QTest.mouseClick(picker.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert held(many) == "Émotion 1"
    assert made(many) == []


@pytest.mark.parametrize("size", [(1280, 800), (880, 560)])
def test_it_stands_in_the_window_and_not_over_the_words(many: MainWindow, qtbot: QtBot, size: tuple[int, int]) -> None:
    many.resize(*size)
    qtbot.waitUntil(lambda: (many.width(), many.height()) == size)
    view = many.view
    for start in (0, 12, 300, 1_200, len(view.text) - 30):
        view.select(start, start + 12)
        picker = opened(many, qtbot)
        page = many.page
        assert page.rect().contains(picker.geometry())
        for position in (start, start + 12):
            rect = view.caret_rect(position)
            place = QRect(view.viewport().mapTo(page, rect.topLeft()), rect.size())
            assert page.rect().contains(place)
            assert not picker.geometry().intersects(place)
        before = picker.geometry()
        qtbot.keyClicks(picker.field, "zebra")
        assert before.contains(picker.geometry())
        qtbot.keyClick(picker.field, K.Key_Escape)


def at_the_caret(window: MainWindow, picker: LabelPicker) -> None:
    """The line with the caret is on the screen and close to the picker, which does not stand over it."""
    view, page = window.view, window.page
    rect = view.caret_rect(view.caret)
    assert view.viewport().rect().contains(rect)
    line = QRect(view.viewport().mapTo(page, rect.topLeft()), rect.size())
    box = picker.geometry()
    assert page.rect().contains(box)
    assert not box.intersects(line)
    assert min(abs(box.top() - line.bottom()), abs(line.top() - box.bottom())) < 30


def rows(picker: LabelPicker) -> int:
    return picker.list.viewport().height() // picker._look.px(32)


@pytest.mark.parametrize(("size", "least"), [((1280, 800), 7), ((880, 560), 5)])
def test_at_a_long_place_it_stands_at_the_line_with_the_caret(
    many: MainWindow, qtbot: QtBot, size: tuple[int, int], least: int
) -> None:
    many.resize(*size)
    qtbot.waitUntil(lambda: (many.width(), many.height()) == size)
    QApplication.processEvents()  # the column gets its width
    view = many.view
    for start, end in ((12, 700), (700, 12), (12, 2_000), (2_000, 12), (1_000, 2_300), (2_300, 1_000)):
        view.set_caret(start)
        view._take(view._selection.to(end, True))  # as Shift and the keys do
        before = view.verticalScrollBar().value()
        picker = opened(many, qtbot)
        at_the_caret(many, picker)
        assert rows(picker) >= least
        if end - start > 1_500:
            assert view.verticalScrollBar().value() == before, "it jumped to the far end of the words"
        qtbot.keyClick(picker.field, K.Key_Escape)
    view.select(12, 2_300)
    qtbot.keyClick(view, K.Key_A)
    view.verticalScrollBar().setValue(0)
    assert view.focused is not None
    qtbot.keyClick(view, K.Key_Down)
    qtbot.keyClick(view, K.Key_Up)
    picker = opened(many, qtbot)
    at_the_caret(many, picker)
    assert rows(picker) >= least


def test_six_labels_are_all_seen_wherever_the_words_stand(window: MainWindow, qtbot: QtBot) -> None:
    window.activateWindow()
    qtbot.waitUntil(window.view.hasFocus)
    for start, end in ((0, len(window.view.text) - 1), (26, 98), (26, 34)):
        window.view.select(start, end)
        picker = opened(window, qtbot)
        assert rows(picker) == len(picker.model.labels) == 6
        at_the_caret(window, picker)
        header = QRect(QPoint(0, 0), window.page._header.size())
        assert not picker.geometry().intersects(header)
        qtbot.keyClick(picker.field, K.Key_Escape)


def test_sixty_labels_are_painted_quickly(many: MainWindow, qtbot: QtBot) -> None:
    many.view.select(12, 22)
    picker = opened(many, qtbot)
    picker.leave()
    spent = []
    for _ in range(5):
        begun = process_time()
        opened(many, qtbot)
        picker.grab()
        spent.append(process_time() - begun)
        picker.leave()
        QApplication.processEvents()
    assert min(spent) < 0.030
    opened(many, qtbot)
    qtbot.keyClicks(picker.field, "goes on")
    assert picker.model.data(picker.model.index(0)) == LONG
    assert picker.width() < many.page.width()
    picker.grab()


def test_sixty_labels_scroll_in_their_panel(many: MainWindow, qtbot: QtBot) -> None:
    rows = many.side.labels._rows
    assert {row.height() for row in rows} == {many.look.px(32)}
    assert many.side.span.isVisible()
    many.actions_["view.labels"].trigger()
    for _ in range(30):
        qtbot.keyClick(QApplication.focusWidget(), K.Key_Down)
    assert QApplication.focusWidget() is rows[30]
    assert not rows[30].visibleRegion().isEmpty()
    qtbot.keyClick(rows[30], K.Key_Return)
    assert held(many) == "Émotion 30"

"""All equal words of an article: shown, left out one by one, labelled as one step."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from annotator import assets, whoami
from annotator.domain.scheme import parse
from annotator.editing.workspace import Workspace
from annotator.jobs.importing import import_paths
from annotator.storage.store import Store
from annotator.ui.equal import EqualBar
from annotator.ui.text.held import LEFT_OUT, SUGGESTED
from annotator.ui.window import MainWindow
from tests.ui.test_holding import CTRL, LEFT, NONE, SHIFT, K, hint, made

TEXT = (
    "Kim wins\n\nKim met Kim’s brother. “Kim” was late; KIM ran. Kimberly saw nobody.\n\n"
    + "Nothing is told here of anybody. " * 80
    + "\n\nIn the end Kim left.\n"
)


@pytest.fixture
def story(tmp_path: Path, make_window: Callable[[Path | None], MainWindow], qtbot: QtBot) -> MainWindow:
    """A window on one long article with a name that comes back."""
    who = whoami.save_identity("Lena Brandt")
    path = tmp_path / "Story.annotator"
    Store.create(path, parse(assets.scheme_text(), "news-sourcing.toml"))
    texts = [tmp_path / "a.txt", tmp_path / "b.txt"]
    texts[0].write_text(TEXT, encoding="utf-8")
    texts[1].write_text("Another\n\nNo name here.\n", encoding="utf-8")
    store = Store.open(path)
    import_paths(Workspace(store, who.annotator, who.device), texts)
    store.close()
    window = make_window(path)
    window.activateWindow()
    qtbot.waitUntil(window.view.hasFocus)
    return window


def starts(window: MainWindow, words: str) -> list[int]:
    text = window.view.text
    return [at for at in range(len(text)) if text.startswith(words, at)]


def shown(window: MainWindow) -> list[tuple[int, str]]:
    held = window.view._held
    return sorted((span.start, span.state) for _, _, span in held._suggestions.hulls(0, len(window.view.text)))


def opened(window: MainWindow, qtbot: QtBot, at: int = 0) -> EqualBar:
    """Label the first Kim as a source and ask for all of them."""
    window.view.select(at, at + 3)
    qtbot.keyClick(window.view, K.Key_S)
    qtbot.keyClick(window.view, K.Key_A, CTRL | SHIFT)
    bar = window.hand.choosing.equal_bar
    assert bar.isVisible()
    assert bar.hasFocus()
    return bar


def test_enter_labels_all_of_them_as_one_step(story: MainWindow, qtbot: QtBot) -> None:
    bar = opened(story, qtbot)
    kims = [at for at in starts(story, "Kim") if story.view.text[at + 3] != "b"]
    assert [at for at, _ in shown(story)] == kims[1:]
    assert bar.count.text() == "1 of 4"
    assert bar.make.text() == "Label 4"
    assert "labels them all" in hint(story)
    assert len(story.view.spans()) == len(made(story)) == 1
    qtbot.keyClick(bar, K.Key_Return)
    assert not bar.isVisible()
    assert story.view.hasFocus()
    assert [span.start for span in story.session.spans] == kims
    assert {label for label, _ in made(story)} == {"source"}
    assert story.notice.words == "4 spans labelled Source"
    assert story.actions_["edit.undo"].text() == "Undo Label equal words Source"
    story.notice._undo.click()
    assert [span.start for span in story.session.spans] == [0]
    assert shown(story) == []
    qtbot.keyClick(story.view, K.Key_Z, CTRL | SHIFT)
    assert len(made(story)) == 5


def test_one_walks_and_leaves_some_out(story: MainWindow, qtbot: QtBot) -> None:
    bar = opened(story, qtbot)
    places = list(bar.places)
    qtbot.keyClick(bar, K.Key_J)
    qtbot.keyClick(bar, K.Key_Space)
    assert shown(story)[1] == (places[1][0], LEFT_OUT)
    assert bar.make.text() == "Label 3"
    assert bar.leave_out.text() == "Take in"
    qtbot.keyClick(bar, K.Key_F3)
    qtbot.keyClick(bar, K.Key_Space)
    qtbot.keyClick(bar, K.Key_F3, SHIFT)
    qtbot.keyClick(bar, K.Key_K)
    qtbot.keyClick(bar, K.Key_K)  # round the beginning: the last one, far below
    assert bar.count.text() == "4 of 4"
    assert story.view.viewport().rect().contains(story.view.caret_rect(places[3][0]))
    assert story.view.focused is not None  # what is walked through is not focused
    assert story.view.focused.start == 0
    qtbot.keyClick(bar, K.Key_J)
    qtbot.keyClick(bar, K.Key_J)
    qtbot.keyClick(bar, K.Key_Space)  # in again
    assert [state for _, state in shown(story)] == [SUGGESTED, SUGGESTED, LEFT_OUT, SUGGESTED]
    qtbot.keyClick(bar, K.Key_Return)
    assert [span.start for span in story.session.spans] == [0, places[0][0], places[1][0], places[3][0]]


@pytest.mark.parametrize("key", [K.Key_Return, K.Key_Escape])
def test_the_way_back_leads_to_where_one_was(story: MainWindow, qtbot: QtBot, key: Qt.Key) -> None:
    bar, view = opened(story, qtbot), story.view
    caret = view.caret
    qtbot.keyClick(bar, K.Key_K)
    assert bar.count.text() == "4 of 4"
    assert not view.viewport().rect().contains(view.caret_rect(caret))
    qtbot.keyClick(bar, key)
    qtbot.keyClick(view, K.Key_B, CTRL)
    assert view.viewport().rect().contains(view.caret_rect(caret))
    assert view.caret == caret
    qtbot.keyClick(view, K.Key_B, CTRL)
    assert "no earlier place" in story.notice.words


def test_the_walk_begins_at_the_selected_words(story: MainWindow, qtbot: QtBot) -> None:
    last, view = starts(story, "Kim")[-1], story.view
    for at, said in ((10, "2 of 5"), (last, "5 of 5"), (0, "1 of 5")):
        view.select(at, at + 3)
        qtbot.keyClick(view, K.Key_A, CTRL | SHIFT)
        qtbot.keyClicks(story.hand.choosing.picker.field, "cla")
        qtbot.keyClick(story.hand.choosing.picker.field, K.Key_Return)
        bar = story.hand.choosing.equal_bar
        assert bar.count.text() == said
        qtbot.keyClick(bar, K.Key_Escape)


def test_escape_leaves_everything(story: MainWindow, qtbot: QtBot) -> None:
    bar = opened(story, qtbot)
    steps = story.session.store.step_count()  # type: ignore[union-attr]
    height = story.view._page.height
    qtbot.keyClick(bar, K.Key_Escape)
    assert not bar.isVisible()
    assert shown(story) == []
    assert story.session.store.step_count() == steps  # type: ignore[union-attr]
    assert story.view._page.height <= height
    assert story.view.hasFocus()


def test_any_case_and_places_that_have_the_label(story: MainWindow, qtbot: QtBot) -> None:
    second = starts(story, "Kim")[1]
    story.view.select(second, second + 3)
    qtbot.keyClick(story.view, K.Key_S)
    bar = opened(story, qtbot)
    assert len(bar.places) == 3
    assert bar.rest._whole == "1 has the label already"
    bar.any_case.click()
    assert len(bar.places) == 4
    assert any(story.view.text[slice(*place)] == "KIM" for place in bar.places)
    qtbot.keyClick(bar, K.Key_Return)
    assert len(made(story)) == 6


def test_selected_words_and_a_label_from_the_list(story: MainWindow, qtbot: QtBot) -> None:
    last = starts(story, "Kim")[-1]
    story.view.select(last - 1, last + 3)  # with a blank
    qtbot.keyClick(story.view, K.Key_A, CTRL | SHIFT)
    picker = story.hand.choosing.picker
    assert picker.isVisible()
    qtbot.keyClicks(picker.field, "cla")
    qtbot.keyClick(picker.field, K.Key_Return)
    bar = story.hand.choosing.equal_bar
    assert bar.hasFocus()
    assert len(bar.places) == 5  # with the words themselves
    assert (last, last + 3) in bar.places
    qtbot.keyClick(bar, K.Key_Return)
    assert set(made(story)) == {("claim", "Kim")}
    assert len(made(story)) == 5


def test_it_is_said_where_there_is_nothing_to_label(story: MainWindow, qtbot: QtBot) -> None:
    qtbot.keyClick(story.view, K.Key_A, CTRL | SHIFT)
    assert "Select words" in story.notice.words
    start = starts(story, "wins")[0]
    story.view.select(start, start + 4)
    qtbot.keyClick(story.view, K.Key_S)
    qtbot.keyClick(story.view, K.Key_A, CTRL | SHIFT)
    assert story.notice.words == "“wins” stands nowhere else in this article."
    assert not story.hand.choosing.showing_equal
    bar = opened(story, qtbot)
    bar.any_case.click()
    qtbot.keyClick(bar, K.Key_Return)
    qtbot.keyClick(story.view, K.Key_A, CTRL | SHIFT)
    assert story.notice.words == "All 4 other places have this label already."
    story.view.select(10, 13)
    qtbot.keyClick(story.view, K.Key_S)
    story.view.select(18, 21)
    story.actions_["span.fragment"].trigger()
    qtbot.keyClick(story.view, K.Key_A, CTRL | SHIFT)
    assert "in pieces" in story.notice.words


def test_what_is_done_meanwhile_is_followed(story: MainWindow, qtbot: QtBot) -> None:
    bar = opened(story, qtbot)
    place = bar.places[1]
    story.view.select(*place)
    qtbot.keyClick(story.view, K.Key_S)
    assert place not in bar.places
    assert bar.rest._whole == "1 has the label already"
    qtbot.keyClick(story.view, K.Key_Z, CTRL)
    assert place in bar.places
    story.actions_["article.next"].trigger()
    assert not bar.isVisible()
    assert shown(story) == []
    story.actions_["article.previous"].trigger()
    assert shown(story) == []


def test_a_click_goes_to_a_place_and_the_text_has_the_same_keys(story: MainWindow, qtbot: QtBot) -> None:
    bar = opened(story, qtbot)
    place = bar.places[2]
    QTest.mouseClick(story.view.viewport(), LEFT, NONE, story.view.caret_rect(place[0] + 1).center() + QPoint(2, 0))
    assert bar.count.text() == "3 of 4"
    assert story.view.focused is None
    QTest.mouseClick(story.view.viewport(), LEFT, NONE, QPoint(story.view.column()[0] + 5, 30))
    story.view.setFocus()
    qtbot.keyClick(story.view, K.Key_Space)
    assert len(bar._out) == 1
    qtbot.keyClick(story.view, K.Key_Escape)
    assert not bar.isVisible()


def test_a_larger_font_keeps_what_is_shown(story: MainWindow, qtbot: QtBot) -> None:
    opened(story, qtbot)
    before = shown(story)
    story.actions_["view.larger"].trigger()
    assert shown(story) == before
    story.view.grab()


@pytest.mark.parametrize("key", [K.Key_Return, K.Key_Space])
def test_the_buttons_do_what_the_keys_do(story: MainWindow, qtbot: QtBot, key: Qt.Key) -> None:
    bar = opened(story, qtbot)
    qtbot.mouseClick(bar.leave_out, LEFT)
    assert bar.hasFocus()
    bar.make.setFocus()
    qtbot.keyClick(bar.make, key)
    assert len(made(story)) == 4

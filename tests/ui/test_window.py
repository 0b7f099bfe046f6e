"""The window as a whole: from a key to the project and back to the screen."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from annotator import assets
from annotator.actions import ACTIONS
from annotator.domain.article import Annotator, VisibleLayers
from annotator.domain.clock import now
from annotator.domain.ids import uuid7
from annotator.domain.scheme import parse
from annotator.domain.span import Span
from annotator.editing import spans as editing
from annotator.editing.workspace import Workspace
from annotator.jobs.sources import USUAL
from annotator.storage.store import Store
from annotator.ui.dialogs.about import AboutDialog
from annotator.ui.window import MainWindow
from tests.builders import bring
from tests.ui.modal import answered


def stored(window: MainWindow) -> list[Span]:
    """Return all spans of the shown article as the project holds them."""
    session = window.session
    assert session.store is not None
    assert session.article is not None
    return session.store.spans(session.article.id, VisibleLayers.ALL)


def press(qtbot: QtBot, window: MainWindow, key: Qt.Key, modifier: Qt.KeyboardModifier | None = None) -> None:
    """Press a key in the text."""
    qtbot.keyClick(window.view, key, modifier or Qt.KeyboardModifier.NoModifier)


def select(window: MainWindow, words: str) -> tuple[int, int]:
    """Select words of the text."""
    start = window.view.text.index(words)
    window.view.select(start, start + len(words))
    return start, start + len(words)


def test_a_key_labels_the_selection_and_focuses_the_span(qtbot: QtBot, window: MainWindow) -> None:
    place = select(window, "the owner")
    press(qtbot, window, Qt.Key.Key_S)
    (span,) = stored(window)
    assert (span.label, span.fragments) == ("source", (place,))
    assert window.view.focused == span
    assert window.view.selection is None
    assert window.session.state == "started"


def test_a_key_relabels_the_focused_span_with_shift_it_adds_one(qtbot: QtBot, window: MainWindow) -> None:
    select(window, "the owner")
    press(qtbot, window, Qt.Key.Key_S)
    press(qtbot, window, Qt.Key.Key_A)
    assert [span.label for span in stored(window)] == ["claim"]
    press(qtbot, window, Qt.Key.Key_Q, Qt.KeyboardModifier.ShiftModifier)
    assert sorted(span.label for span in stored(window)) == ["claim", "quote"]
    assert window.view.focused is not None
    assert window.view.focused.label == "quote"


def test_a_label_key_without_anything_chosen_shows_what_it_would_take(qtbot: QtBot, window: MainWindow) -> None:
    press(qtbot, window, Qt.Key.Key_Q)
    assert stored(window) == []
    assert window.bottom._hint.text() == "again takes it, Space lengthens"


def test_a_split_quote_gets_its_second_fragment(qtbot: QtBot, window: MainWindow) -> None:
    first = select(window, "“We sail,”")
    press(qtbot, window, Qt.Key.Key_Q)
    second = select(window, "“when we are paid.”")
    window.actions_["span.fragment"].trigger()
    (span,) = stored(window)
    assert span.fragments == (first, second)


def test_plus_over_words_that_have_the_label_says_so(qtbot: QtBot, window: MainWindow) -> None:
    select(window, "“when we are paid.”")
    press(qtbot, window, Qt.Key.Key_Q)
    select(window, "Nobody else")
    press(qtbot, window, Qt.Key.Key_S)
    select(window, "“We sail,”")
    press(qtbot, window, Qt.Key.Key_Q)
    select(window, "Nobody")
    press(qtbot, window, Qt.Key.Key_Plus)  # a source stands there, and no quote
    assert window.notice.isHidden()
    select(window, "we are paid")
    press(qtbot, window, Qt.Key.Key_Plus)
    assert [len(span.fragments) for span in stored(window) if span.label == "quote"] == [3, 1]
    assert window.notice.words == "Added; another Quote stands on the same words."
    window.notice._undo.click()
    assert [len(span.fragments) for span in stored(window) if span.label == "quote"] == [2, 1]


def test_plus_without_a_selection_says_what_to_do(qtbot: QtBot, window: MainWindow) -> None:
    select(window, "“We sail,”")
    press(qtbot, window, Qt.Key.Key_Q)
    before = stored(window)
    qtbot.keyClicks(window.view, "+")
    assert window.notice.words == "Select the words to add while the span is focused."
    window.notice.hide()
    press(qtbot, window, Qt.Key.Key_Plus, Qt.KeyboardModifier.ShiftModifier)
    assert window.notice.words == "Select the words to add while the span is focused."
    assert stored(window) == before


def test_adding_a_fragment_does_not_scroll(qtbot: QtBot, window: MainWindow) -> None:
    """The words were selected with the mouse on the last line that can be seen, the span begins far above."""
    assert window.session.workspace is not None
    text = "".join(f"Line {n} of a long text that somebody reads.\n\n" for n in range(60))
    article = bring(window.session.workspace, text, "Long")
    qtbot.waitUntil(lambda: window.session.show_article(article.id))
    view, bar = window.view, window.view.verticalScrollBar()
    view.select(0, 6)
    press(qtbot, window, Qt.Key.Key_Q)
    span = view.focused
    assert span is not None
    bar.setValue(40)
    lines = [text.index(f"Line {n} ") for n in range(60)]
    height = view.viewport().height()
    last = max(line for line in lines if view.caret_rect(line).bottom() < height)
    place = view.caret_rect(last).center()
    before = bar.value()
    qtbot.mousePress(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    qtbot.mouseMove(view.viewport(), place + QPoint(60, 0))
    qtbot.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton, pos=place + QPoint(60, 0))
    assert view.selection is not None
    assert view.focused == span
    qtbot.keyClicks(view, "+")
    assert len(stored(window)[0].fragments) == 2
    assert view.selection is None
    assert view.focused is not None
    assert view.focused.id == span.id
    assert bar.value() == before


def test_boundary_keys_move_and_are_undone_together(qtbot: QtBot, window: MainWindow) -> None:
    start, _ = select(window, "said")
    press(qtbot, window, Qt.Key.Key_C)
    for _ in range(2):
        window.actions_["span.end.right"].trigger()
    text = window.view.text
    assert stored(window)[0].fragments == ((start, text.index("owner") + len("owner")),)
    window.actions_["edit.undo"].trigger()
    assert stored(window)[0].fragments == ((start, start + len("said")),)


def test_delete_is_told_and_taken_back_from_the_notice(qtbot: QtBot, window: MainWindow) -> None:
    select(window, "said")
    press(qtbot, window, Qt.Key.Key_C)
    before = stored(window)
    window.actions_["span.delete"].trigger()
    assert stored(window) == []
    assert window.notice.words == "Cue deleted"
    assert window.notice.isVisible()
    window.notice.undo_wanted.emit()
    assert not window.notice.isVisible()  # another Undo would take back something else
    assert stored(window) == before


def test_undo_is_named_and_shows_the_place_in_another_article(qtbot: QtBot, window: MainWindow) -> None:
    first = window.session.article
    select(window, "said")
    press(qtbot, window, Qt.Key.Key_C)
    window.actions_["article.next"].trigger()
    assert window.session.article != first
    assert window.actions_["edit.undo"].text() == "Undo Label Cue"
    window.actions_["edit.undo"].trigger()
    assert window.session.article == first
    assert stored(window) == []
    assert window.actions_["edit.redo"].text() == "Redo Label Cue"
    window.actions_["edit.redo"].trigger()
    assert [span.label for span in stored(window)] == ["cue"]


def test_done_opens_the_next_unfinished_article(window: MainWindow) -> None:
    session = window.session
    assert session.store is not None
    ids = list(session.store.article_ids())
    window.actions_["article.done"].trigger()
    assert session.article is not None
    assert session.article.id == ids[1]
    window.actions_["article.done"].trigger()
    window.actions_["article.done"].trigger()
    assert "All 3 articles are done" in window.notice.words
    assert session.store.states(session.me.id)["done"] == 3


def test_a_done_article_is_opened_again(window: MainWindow) -> None:
    session, reopen = window.session, window.actions_["article.reopen"]
    assert session.article is not None
    first = session.article.id
    assert not reopen.isEnabled()
    window.actions_["article.done"].trigger()
    session.show_article(first)
    assert session.state == "done"
    assert reopen.isEnabled()
    reopen.trigger()
    assert session.state == "started"
    assert not reopen.isEnabled()
    window.actions_["edit.undo"].trigger()
    assert session.state == "done"


def test_the_text_stands_on_the_colour_of_the_page(window: MainWindow) -> None:
    ground = window.view.grab().toImage()
    for y in (5, ground.height() - 5):
        assert ground.pixelColor(5, y).name().upper() == window.files.look.theme.page


def test_table_and_text_are_in_step(qtbot: QtBot, window: MainWindow) -> None:
    for words, key in (("the owner", Qt.Key.Key_S), ("said", Qt.Key.Key_C)):
        select(window, words)
        press(qtbot, window, key)
    window.actions_["view.spans"].trigger()
    table = window.side.table.view
    assert table.model().rowCount() == 2
    assert table.currentIndex().data() == "Cue"
    qtbot.keyClick(table, Qt.Key.Key_Down)
    assert window.view.focused is not None
    assert window.view.focused.label == "source"
    qtbot.keyClick(table, Qt.Key.Key_V)
    assert sorted(span.label for span in stored(window)) == ["cue", "evidence"]


def test_colleagues_spans_are_hidden_and_then_only_read(
    project: Path, qtbot: QtBot, make_window: Callable[[Path | None], MainWindow]
) -> None:
    store = Store.open(project)
    ana = Annotator(uuid7(), "Ana")
    article = store.article(next(iter(store.article_ids())))
    assert article is not None
    step = editing.label(article, None, ana, "cue", "Cue", ((0, 5),), id=uuid7(), now=now(), scheme_version=1)
    Workspace(store, ana, uuid7()).do(step)
    store.close()
    window = make_window(project)
    assert window.view.spans() == []
    window.actions_["view.colleagues"].trigger()
    (span,) = window.view.spans()
    window.view.focus_span(span.id)
    press(qtbot, window, Qt.Key.Key_Q)
    window.actions_["span.delete"].trigger()
    assert stored(window) == [span]
    assert "colleague" in window.notice.words


def test_every_action_has_a_handler_and_stands_in_a_menu(window: MainWindow) -> None:
    shown = {action for menu in window._menus.values() for action in menu.actions()}
    assert all(window.actions_[action.id] in shown for action in ACTIONS)


def test_actions_are_enabled_where_they_make_sense(
    make_window: Callable[[Path | None], MainWindow], project: Path
) -> None:
    empty = make_window(None)
    assert empty.actions_["project.open"].isEnabled()
    assert not empty.actions_["project.export"].isEnabled()
    empty.close()
    window = make_window(project)
    assert not window.actions_["span.delete"].isEnabled()
    assert not window.actions_["edit.redo"].isEnabled()
    select(window, "said")
    assert window.actions_["span.fragment"].isEnabled()


def test_a_project_held_by_another_program_is_shown_for_reading(
    project: Path, qtbot: QtBot, make_window: Callable[[Path | None], MainWindow]
) -> None:
    holder = Store.open(project)
    try:
        window = make_window(project)
        select(window, "said")
        press(qtbot, window, Qt.Key.Key_C)
        assert stored(window) == []
        assert not window.actions_["article.import"].isEnabled()
        window.close()
    finally:
        holder.close()


def test_import_in_the_background_shows_what_came(
    project: Path, tmp_path: Path, qtbot: QtBot, window: MainWindow
) -> None:
    more = tmp_path / "more.txt"
    more.write_text("A fourth one\n\nWith a body.\n", encoding="utf-8")
    window.files.imports.run([more], USUAL)
    qtbot.waitUntil(lambda: window.notice.words.startswith("1 article imported"))
    assert window.view.text.startswith("A fourth one")
    assert window.articles.model.rowCount() == 4
    window.actions_["edit.undo"].trigger()
    assert window.articles.model.rowCount() == 3


def test_narrow_windows_give_the_text_its_room(window: MainWindow) -> None:
    window.resize(1280, 800)
    assert window.articles.width() == 264
    window.resize(1100, 700)
    assert window.articles.width() == 48
    window.resize(880, 560)
    assert window.side.width() == 264
    assert window.view.viewport().width() >= 45 * 8


def test_the_keyboard_goes_to_the_first_article_that_comes(
    tmp_path: Path, qtbot: QtBot, make_window: Callable[[Path | None], MainWindow]
) -> None:
    path, text = tmp_path / "Empty.annotator", tmp_path / "one.txt"
    Store.create(path, parse(assets.scheme_text(), "news-sourcing.toml"))
    text.write_text("Only one\n", encoding="utf-8")
    window = make_window(None)
    window.files.open_path(path)
    window.files.imports.run([text], USUAL)
    qtbot.waitUntil(lambda: window.session.article is not None)
    assert window.focusWidget() is window.view


def test_enter_imports_where_there_is_nothing_to_read(
    tmp_path: Path, make_window: Callable[[Path | None], MainWindow], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "Empty.annotator"
    Store.create(path, parse(assets.scheme_text(), "news-sourcing.toml"))
    empty = make_window(path)
    asked: list[str] = []
    monkeypatch.setattr(empty.files.imports, "ask", lambda _folder: asked.append("asked"))
    qtbot.waitUntil(empty.page._import.hasFocus)
    qtbot.keyClick(empty.page._import, Qt.Key.Key_Return)
    assert asked == ["asked"]


def test_a_notice_does_not_undo_in_the_next_project(window: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    window.notice.say("Deleted a span", True)
    other = tmp_path / "Other.annotator"
    Store.create(other, parse(assets.scheme_text(), "news-sourcing.toml"))
    window.files.open_path(other)
    assert window.notice.words == ""


@pytest.mark.qt_log_ignore("does not support")  # the offscreen platform says so of every dialog
def test_a_dialog_is_gone_once_it_is_closed(window: MainWindow, qtbot: QtBot) -> None:
    for _ in range(3):
        with answered(AboutDialog, lambda dialog: dialog.accept()):
            window.sheets.about()
    qtbot.waitUntil(lambda: window.findChildren(AboutDialog) == [])


def test_changed_keys_are_shown_everywhere(window: MainWindow, qtbot: QtBot) -> None:
    window.preferences.bind("article.done", ("Ctrl+U",))
    window.preferences.bind("article.next", ("Ctrl+Shift+U",))
    header = window.page._header
    assert header._done._cap.text() == "Ctrl U"
    assert header._next.toolTip() == "Next article  Ctrl Shift U"
    window.preferences.bind("article.done", ())
    assert header._done._cap.isHidden()


def test_one_goes_on_at_the_word_where_one_stopped(
    project: Path, make_window: Callable[[Path | None], MainWindow]
) -> None:
    first = make_window(project)
    first.actions_["article.next"].trigger()
    first.view.set_caret(25)
    first.close()
    again = make_window(project)
    assert again.session.article is not None
    assert again.session.article.title == "Harbour dues rise"
    assert again.view.caret == 25


def test_who_quits_while_something_goes_on_is_told_once(window: MainWindow, qtbot: QtBot) -> None:
    gate = threading.Event()
    window.files.start("Importing", lambda *_: gate.wait(20), lambda _result: None)
    assert not window.close()
    assert "Quit again" in window.notice.words
    threading.Timer(0.05, gate.set).start()
    assert window.close()


def test_what_quitting_would_stop_is_read_while_chunk_after_chunk_is_written(window: MainWindow, qtbot: QtBot) -> None:
    gate = threading.Event()
    window.files.start("Importing", lambda *_: gate.wait(20), lambda _result: None)
    try:
        assert not window.close()
        select(window, "Ferry crews")
        press(qtbot, window, Qt.Key.Key_Q)
        assert len(stored(window)) == 1
        assert "Quit again" in window.notice.words
        window.notice.say("1 span was deleted.", undo=True)
        select(window, "Ferry")
        press(qtbot, window, Qt.Key.Key_S)
        assert window.notice.words == ""  # its Undo would take back something else by now
    finally:
        gate.set()
    qtbot.waitUntil(lambda: not window.files.running)


def test_it_may_be_finished_instead_of_quitting(window: MainWindow, qtbot: QtBot) -> None:
    gate = threading.Event()
    window.files.start("Importing", lambda *_: gate.wait(20), lambda _result: None)
    assert not window.close()
    gate.set()
    qtbot.waitUntil(lambda: not window.files.running)
    window.files.start("Exporting", lambda *_: None, lambda _result: None)
    qtbot.waitUntil(lambda: not window.files.running)
    assert window.close()


def test_the_hint_offers_what_does_something(qtbot: QtBot, window: MainWindow) -> None:
    """Each key that is offered is pressed, and changes the fragments."""

    def offered(words: str) -> str:
        select(window, words)
        return window.bottom._words[1].partition(" the words")[0]

    select(window, "“We sail,” said")
    press(qtbot, window, Qt.Key.Key_Q)
    assert offered("“We sail,” said") == "Press a label’s key"  # `+` and `-` would do nothing
    assert offered("when we") == "adds"
    assert offered("said the") == "adds"
    for words, expected, key, left in (
        ("said", "takes", Qt.Key.Key_Minus, ["“We sail,”"]),
        ("when we", "adds", Qt.Key.Key_Plus, ["“We sail,”", "when we"]),
        ("when we", "takes", Qt.Key.Key_Minus, ["“We sail,”"]),
        ("”", "takes", Qt.Key.Key_Minus, ["“We sail,"]),
    ):
        assert offered(words) == expected
        press(qtbot, window, key)
        (span,) = stored(window)
        assert [window.view.text[a:b] for a, b in span.fragments] == left
    select(window, "“We sail,” said the owner, “when we are paid.”")
    press(qtbot, window, Qt.Key.Key_A)
    select(window, "the owner")
    press(qtbot, window, Qt.Key.Key_S)
    window.view.set_caret(window.view.text.index("when"))
    assert window.view.focused is not None
    assert window.view.focused.label == "claim"
    assert offered("when") == "adds"  # to the source, made last: the claim around it has the word already
    assert "made last" in window.bottom._words[1]
    press(qtbot, window, Qt.Key.Key_Plus)
    assert [len(span.fragments) for span in stored(window) if span.label == "source"] == [2]


def long_article(qtbot: QtBot, window: MainWindow) -> str:
    """Show sixty paragraphs, “Line 0” to “Line 59”, and label the first words; return the text."""
    assert window.session.workspace is not None
    text = "".join(f"Line {n} of a long text that somebody reads.\n\n" for n in range(60))
    article = bring(window.session.workspace, text, "Long")
    qtbot.waitUntil(lambda: window.session.show_article(article.id))
    window.view.select(0, 6)
    press(qtbot, window, Qt.Key.Key_Q)
    return text


@pytest.mark.parametrize("extra", [0, 1])
def test_a_piece_far_from_the_first_stays_in_view_with_all_that_follows(
    qtbot: QtBot, window: MainWindow, extra: int
) -> None:
    text = long_article(qtbot, window)
    view, bar = window.view, window.view.verticalScrollBar()
    start = text.index("Line 50 ")
    view.select(start, start + len("Line 50") + extra)  # as a drag does that also takes the blank behind it
    before = bar.value()
    assert before > view.viewport().height()
    qtbot.keyClicks(view, "+")
    assert stored(window)[0].fragments == ((0, 6), (start, start + 7))
    assert bar.value() == before
    press(qtbot, window, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert stored(window)[0].fragments == ((0, 6), (start, start + 10))
    assert bar.value() == before
    for left in (((0, 6), (start, start + 7)), ((0, 6),)):
        window.actions_["edit.undo"].trigger()
        assert stored(window)[0].fragments == left
        assert bar.value() == before
    window.actions_["edit.redo"].trigger()
    assert bar.value() == before
    view.select(start, start + 4)
    qtbot.keyClicks(view, "-")
    assert stored(window)[0].fragments == ((0, 6), (start + 5, start + 7))
    press(qtbot, window, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert stored(window)[0].fragments == ((0, 6), (start + 5, start + 10))
    assert bar.value() == before


def test_labelling_more_than_the_screen_holds_leaves_the_view_at_its_end(qtbot: QtBot, window: MainWindow) -> None:
    text = long_article(qtbot, window)
    view, bar = window.view, window.view.verticalScrollBar()
    end = text.index("Line 50 ") + 7
    view.set_caret(end)
    view.select(text.index("Line 5 "), end)
    before = bar.value()
    press(qtbot, window, Qt.Key.Key_A)
    assert view.focused is not None
    assert view.focused.end == view.caret == end
    assert bar.value() == before
    view.select(text.index("Line 5 "), end)
    bar.setValue(bar.maximum())
    press(qtbot, window, Qt.Key.Key_S)
    assert view.caret_rect(text.index("Line 5 ")).top() >= 0  # nothing of it was seen


def test_plus_shows_the_piece_where_one_has_scrolled_away_from_it(qtbot: QtBot, window: MainWindow) -> None:
    text = long_article(qtbot, window)
    view, bar = window.view, window.view.verticalScrollBar()
    start = text.index("Line 50 ")
    view.select(start, start + 7)
    bar.setValue(0)
    qtbot.keyClicks(view, "+")
    assert view.viewport().rect().contains(view.caret_rect(start))


def test_a_click_on_the_bar_of_a_later_piece_does_not_scroll(qtbot: QtBot, window: MainWindow) -> None:
    text = long_article(qtbot, window)
    view, bar = window.view, window.view.verticalScrollBar()
    start = text.index("Line 50 ")
    view.select(start, start + 7)
    qtbot.keyClicks(view, "+")
    view.set_caret(start + 20)
    assert view.focused is None
    before = bar.value()
    on_bar = view.caret_rect(start + 2).bottomLeft() + QPoint(0, 3)
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=on_bar)
    assert view.focused is not None
    assert bar.value() == before

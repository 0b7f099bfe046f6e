"""What is said of an article as a whole: by digits, in the panel, by the keys of its mark and its note."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from annotator.domain.article import Layer, own_layer
from annotator.domain.scheme import Scheme
from annotator.domain.schemecheck import problems
from annotator.editing import judgements
from annotator.editing.schemes import apply
from annotator.editing.workspace import Workspace
from annotator.storage.store import Store
from annotator.ui.spans.judgement import Judgement
from annotator.ui.window import MainWindow
from tests.builders import BO
from tests.ui.test_saying import tag
from tests.ui.test_window import press

K = Qt.Key
SHIFT, ALT = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.AltModifier
CONTROL = Qt.KeyboardModifier.ControlModifier


def layer(window: MainWindow) -> Layer | None:
    """Return my layer on the shown article as the project holds it."""
    session = window.session
    assert session.store is not None
    assert session.article is not None
    found: Layer | None = session.store.value(
        "layer", own_layer(session.article.id, session.me.id).id, session.article.id
    )
    return found


def panel(window: MainWindow) -> Judgement:
    return window.side.span.judgement


def keyboard() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def field(window: MainWindow, id: str) -> str:
    """Return what the panel says a field is."""
    row = panel(window).fields.row(id)
    assert row is not None
    shown = row.field  # type: ignore[attr-defined]
    return str(shown.name if hasattr(shown, "name") else shown.text())


def test_two_digits_say_a_field_and_the_hand_is_back_in_the_text(window: MainWindow, qtbot: QtBot) -> None:
    press(qtbot, window, K.Key_1)
    assert not window.view.hasFocus()
    QTest.keyClick(keyboard(), K.Key_4)
    mine = layer(window)
    assert mine is not None
    assert (mine.fields, mine.state) == ({"genre": "opinion"}, "started")
    assert window.view.hasFocus()
    assert field(window, "genre") == "opinion"
    press(qtbot, window, K.Key_Z, CONTROL)
    assert layer(window) is None
    assert field(window, "genre") == ""
    press(qtbot, window, K.Key_Z, CONTROL | SHIFT)
    assert layer(window) == mine


def test_of_several_values_each_is_a_step_until_escape(window: MainWindow, qtbot: QtBot) -> None:
    press(qtbot, window, K.Key_2)
    for key in (K.Key_3, K.Key_1):
        QTest.keyClick(keyboard(), key)
    mine = layer(window)
    assert mine is not None
    assert mine.fields == {"topic": ["politics", "economy and work"]}
    QTest.keyClick(keyboard(), K.Key_Escape)
    assert window.view.hasFocus()
    press(qtbot, window, K.Key_Z, CONTROL)
    assert layer(window) == mine._replace(fields={"topic": ["economy and work"]})


def test_words_of_a_field_are_kept_when_the_keyboard_leaves_it(window: MainWindow, qtbot: QtBot) -> None:
    press(qtbot, window, K.Key_5)
    QTest.keyClicks(keyboard(), "Ferry strike")
    QTest.keyClick(keyboard(), K.Key_Return)
    mine = layer(window)
    assert mine is not None
    assert mine.fields == {"story": "Ferry strike"}


def test_a_digit_means_the_focused_span_where_there_is_one(window: MainWindow, qtbot: QtBot) -> None:
    tag(window, qtbot, "the owner", K.Key_S)
    press(qtbot, window, K.Key_3)
    mine = layer(window)
    assert mine is not None
    assert mine.fields == {}
    assert window.view.focused is not None
    assert window.view.focused.attributes == {"naming": "unnamed person"}


def test_f4_leads_to_the_judgement_from_a_focused_span(window: MainWindow, qtbot: QtBot) -> None:
    tag(window, qtbot, "the owner", K.Key_S)
    press(qtbot, window, K.Key_F4)
    assert window.view.focused is None
    assert panel(window).isVisible()
    assert panel(window).isAncestorOf(keyboard())
    QTest.keyClick(keyboard(), K.Key_Space)  # the field of the genre opens
    QTest.keyClick(keyboard(), K.Key_1)
    mine = layer(window)
    assert mine is not None
    assert mine.fields == {"genre": "news report"}


def test_in_the_judgement_a_digit_does_what_it_does_in_the_text(window: MainWindow, qtbot: QtBot) -> None:
    press(qtbot, window, K.Key_F4)
    QTest.keyClick(keyboard(), K.Key_1)
    QTest.keyClick(keyboard(), K.Key_4)
    assert field(window, "genre") == "opinion"
    assert window.view.hasFocus()
    window.view.select(0, 5)
    press(qtbot, window, K.Key_F4)  # while words are selected the field is named by its place too
    QTest.keyClick(keyboard(), K.Key_1)
    QTest.keyClick(keyboard(), K.Key_1)
    assert field(window, "genre") == "news report"
    press(qtbot, window, K.Key_F4)
    assert not window.view.hasFocus()
    QTest.keyClick(keyboard(), K.Key_Escape)
    assert window.view.hasFocus()


def test_tab_goes_through_the_fields_as_the_eye_does_and_arrows_too(window: MainWindow, qtbot: QtBot) -> None:
    press(qtbot, window, K.Key_F4)
    found = []
    for _ in range(10):
        found.append(keyboard().accessibleName())
        QTest.keyClick(keyboard(), K.Key_Tab)
    assert found == [
        "Genre", "Topic", "Outlet type", "Agency", "Story", "Text", "OK", "Discuss", "Unsure", "Note",
    ]  # fmt: skip
    assert not panel(window).isAncestorOf(keyboard())
    press(qtbot, window, K.Key_F4)
    for key in (K.Key_Down, K.Key_Tab, K.Key_Tab):
        QTest.keyClick(keyboard(), key)
    QTest.keyClicks(keyboard(), "AFP, Reuters")
    QTest.keyClick(keyboard(), K.Key_Backtab, SHIFT)
    assert keyboard().accessibleName() == "Outlet type"
    mine = layer(window)
    assert mine is not None
    assert mine.fields == {"agency-credit": "AFP, Reuters"}


def test_the_mouse_says_a_field_too(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: "judgement" in window.side.span.__dict__)
    row = panel(window).fields.row("outlet-type")
    assert row is not None
    QTest.mouseClick(row.field, Qt.MouseButton.LeftButton)  # type: ignore[attr-defined]
    QTest.mouseClick(row.values[1], Qt.MouseButton.LeftButton)  # type: ignore[attr-defined]
    mine = layer(window)
    assert mine is not None
    assert mine.fields == {"outlet-type": "public service"}


def test_the_mark_of_the_article_is_set_and_taken_back_by_its_key(window: MainWindow, qtbot: QtBot) -> None:
    press(qtbot, window, K.Key_D, SHIFT)
    mine = layer(window)
    assert mine is not None
    assert (mine.mark, mine.extra) == ("discuss", {"mark": "discuss"})
    assert window.notice.words == "The article is to be discussed"
    press(qtbot, window, K.Key_U, SHIFT)
    press(qtbot, window, K.Key_U, SHIFT)
    mine = layer(window)
    assert mine is not None
    assert (mine.mark, mine.extra) == ("ok", {})
    segments = panel(window).state.row("mark").segments  # type: ignore[union-attr]
    QTest.mouseClick(segments.parts[2], Qt.MouseButton.LeftButton)
    mine = layer(window)
    assert mine is not None
    assert mine.mark == "unsure"
    assert segments.parts[2].isChecked()


def test_the_note_on_the_article_stays_with_its_article(window: MainWindow, qtbot: QtBot) -> None:
    press(qtbot, window, K.Key_M, SHIFT)
    note = panel(window).note
    assert note.hasFocus()
    QTest.keyClicks(note, "Who wrote it?")
    window.navigation.step(1)
    assert note.toPlainText() == ""
    assert layer(window) is None
    window.navigation.step(-1)
    mine = layer(window)
    assert mine is not None
    assert mine.note == "Who wrote it?"
    assert note.toPlainText() == "Who wrote it?"


def test_what_a_colleague_says_of_the_article_is_read_beside_mine(
    project: Path, make_window: Callable[[Path | None], MainWindow], qtbot: QtBot
) -> None:
    store = Store.open(project)
    bo = Workspace(store, BO, "desk")
    first = next(iter(store.article_ids()))
    bo.do(judgements.judge(first, None, BO, {"genre": "satire"}, "Genre"))
    theirs: Layer = store.value("layer", own_layer(first, BO.id).id, first)
    bo.do(judgements.mark(first, theirs, BO, "discuss"))
    store.close()
    window = make_window(project)
    qtbot.waitUntil(lambda: "judgement" in window.side.span.__dict__)
    assert panel(window)._others.text() == ""  # blind until colleagues are shown
    window.actions_["view.colleagues"].trigger()
    assert panel(window)._others.text() == "Bo: Genre: satire; to be discussed"
    press(qtbot, window, K.Key_1)
    QTest.keyClick(keyboard(), K.Key_1)
    assert layer(window) is not None


def test_a_scheme_without_fields_leaves_mark_and_note(window: MainWindow, qtbot: QtBot) -> None:
    session = window.session
    bare = Scheme("bare", "Bare", 1, session.scheme.labels)
    assert problems({"id": "bare", "name": "Bare", "version": 1}, {}) == []
    session.do(apply(session.scheme, bare))
    press(qtbot, window, K.Key_1)
    assert window.view.hasFocus()
    press(qtbot, window, K.Key_F4)
    assert panel(window).state.isAncestorOf(keyboard())


def test_in_a_project_for_reading_nothing_can_be_said(
    project: Path, make_window: Callable[[Path | None], MainWindow], qtbot: QtBot
) -> None:
    held = Store.open(project)
    try:
        window = make_window(project)
        assert not window.session.editable
        press(qtbot, window, K.Key_1)
        assert window.notice.words == "This project is open for reading only."
        assert panel(window).note.isReadOnly()
    finally:
        held.close()


def attributed(window: MainWindow, qtbot: QtBot) -> None:
    """Mark a quote with source and cue as proposed."""
    tag(window, qtbot, "“We sail,”", K.Key_Q)
    press(qtbot, window, K.Key_Return)


def groups(window: MainWindow) -> list[tuple[str, str]]:
    return [(group.state, group.note) for group in window.session.links.all_groups()]


def test_state_and_note_of_an_attribution_by_keys(window: MainWindow, qtbot: QtBot) -> None:
    attributed(window, qtbot)
    assert groups(window) == [("ok", "")]
    press(qtbot, window, K.Key_D, ALT)
    assert groups(window) == [("discuss", "")]
    shown = window.side.span.full.tie_state
    assert shown.note.isVisible()
    press(qtbot, window, K.Key_M, ALT)
    QTest.keyClicks(shown.note, "who?")
    QTest.keyClick(shown.note, K.Key_Return)
    assert groups(window) == [("discuss", "who?")]
    assert window.view.hasFocus()
    for _ in range(2):
        press(qtbot, window, K.Key_Z, CONTROL)
    assert groups(window) == [("ok", "")]


def test_the_note_on_an_attribution_is_kept_when_another_article_is_shown(window: MainWindow, qtbot: QtBot) -> None:
    attributed(window, qtbot)
    press(qtbot, window, K.Key_M, ALT)
    QTest.keyClicks(window.side.span.full.tie_state.note, "who?")
    window.navigation.step(1)
    window.navigation.step(-1)
    assert groups(window) == [("ok", "who?")]


def test_an_undo_of_it_elsewhere_shows_the_quote(window: MainWindow, qtbot: QtBot) -> None:
    attributed(window, qtbot)
    press(qtbot, window, K.Key_D, ALT)
    window.navigation.step(1)
    press(qtbot, window, K.Key_Z, CONTROL)
    assert groups(window) == [("ok", "")]
    assert window.view.focused is not None
    assert window.view.focused.label == "quote"


def test_it_is_that_of_each_of_its_spans_and_a_span_without_one_says_so(window: MainWindow, qtbot: QtBot) -> None:
    attributed(window, qtbot)
    source = next(span for span in window.session.spans if span.label == "source")
    window.hand.focus(source.id)
    shown = window.side.span.full.tie_state
    assert shown.isVisible()
    QTest.mouseClick(shown.state.row("tie").segments.parts[2], Qt.MouseButton.LeftButton)  # type: ignore[union-attr]
    assert groups(window) == [("unsure", "")]
    tag(window, qtbot, "Nobody", K.Key_A)
    assert not shown.isVisible()
    press(qtbot, window, K.Key_U, ALT)
    assert window.notice.words == "This span belongs to no attribution."
    assert groups(window) == [("unsure", "")]


def test_a_source_of_two_quotes_asks_for_the_quote(window: MainWindow, qtbot: QtBot) -> None:
    attributed(window, qtbot)
    tag(window, qtbot, "“when we are paid.”", K.Key_Q)
    press(qtbot, window, K.Key_Escape)
    quote = next(span for span in window.session.spans if window.view.text[span.start :].startswith("“when"))
    source = next(span for span in window.session.spans if span.label == "source")
    assert window.hand.tying.tie(quote, source)
    window.hand.focus(source.id)
    press(qtbot, window, K.Key_D, ALT)
    assert window.notice.words == "This span belongs to several attributions: focus the quote of one."
    assert groups(window) == [("ok", ""), ("ok", "")]

"""What is said of the focused span: by digits, in the panel, and what the bottom bar says of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from annotator.domain.scheme import parse
from annotator.domain.span import Span
from annotator.editing.workspace import Workspace
from annotator.jobs.importing import import_paths
from annotator.storage.store import Store
from annotator.ui.window import MainWindow
from annotator.whoami import save_identity
from tests.ui.test_window import press, stored

K = Qt.Key
Make = Callable[[Path | None], MainWindow]
CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def tag(window: MainWindow, qtbot: QtBot, words: str, key: Qt.Key) -> None:
    start = window.view.text.index(words)
    window.view.select(start, start + len(words))
    press(qtbot, window, key)


def said(window: MainWindow) -> list[tuple[str, dict[str, Any]]]:
    return [(span.label, dict(span.attributes)) for span in stored(window)]


def focused(window: MainWindow) -> Span:
    span = window.view.focused
    assert span is not None
    return span


def offered(window: MainWindow) -> str:
    attribute = window.hand.saying.offered()
    return attribute.id if attribute is not None else ""


def test_three_keys_make_three_kinds_of_quotes(window: MainWindow, qtbot: QtBot) -> None:
    tag(window, qtbot, "“We sail,”", K.Key_Q)
    tag(window, qtbot, "Nobody else spoke", K.Key_W)
    tag(window, qtbot, "Ferry crews", K.Key_E)
    assert sorted(said(window), key=lambda one: str(one[1])) == [
        ("quote", {"mode": "direct"}),
        ("quote", {"mode": "indirect"}),
        ("quote", {"mode": "mixed"}),
    ]


def test_another_of_its_keys_says_it_of_the_focused_quote_in_one_step(window: MainWindow, qtbot: QtBot) -> None:
    tag(window, qtbot, "“We sail,”", K.Key_Q)
    id = focused(window).id
    press(qtbot, window, K.Key_W)
    assert said(window) == [("quote", {"mode": "indirect"})]
    assert focused(window).id == id
    press(qtbot, window, K.Key_W)  # it is so already
    press(qtbot, window, K.Key_Z, CONTROL)
    assert said(window) == [("quote", {"mode": "direct"})]


def test_one_digit_says_what_is_required(window: MainWindow, qtbot: QtBot) -> None:
    tag(window, qtbot, "the owner", K.Key_S)
    assert offered(window) == "naming"
    press(qtbot, window, K.Key_3)
    assert said(window) == [("source", {"naming": "unnamed person"})]
    assert offered(window) == ""
    press(qtbot, window, K.Key_Z, CONTROL)
    assert said(window) == [("source", {})]


def test_a_french_keyboard_needs_no_shift(window: MainWindow, qtbot: QtBot) -> None:
    tag(window, qtbot, "the owner", K.Key_S)
    three = QKeyEvent(QEvent.Type.KeyPress, K.Key_QuoteDbl, Qt.KeyboardModifier.NoModifier, 12, 0, 0, '"')
    QApplication.sendEvent(window.view, three)
    assert said(window) == [("source", {"naming": "unnamed person"})]
    shifted = QKeyEvent(QEvent.Type.KeyPress, K.Key_1, SHIFT, 10, 0, 0, "1")
    press(qtbot, window, K.Key_Z, CONTROL)
    QApplication.sendEvent(window.view, shifted)
    assert said(window) == [("source", {"naming": "named person"})]
    press(qtbot, window, K.Key_Z, CONTROL)
    exclaimed = QKeyEvent(QEvent.Type.KeyPress, K.Key_Exclam, SHIFT, 10, 0, 0, "!")
    QApplication.sendEvent(window.view, exclaimed)
    assert said(window) == [("source", {})]


def test_the_required_ones_come_one_after_the_other(window: MainWindow, qtbot: QtBot) -> None:
    tag(window, qtbot, "Nobody else spoke", K.Key_A)
    press(qtbot, window, K.Key_1)
    assert offered(window) == "checkability"
    press(qtbot, window, K.Key_9)  # there are three
    press(qtbot, window, K.Key_2)
    assert said(window) == [("claim", {"kind": "fact", "checkability": "minor"})]
    assert offered(window) == ""


def test_a_new_span_has_the_default(window: MainWindow, qtbot: QtBot) -> None:
    tag(window, qtbot, "said", K.Key_C)
    assert said(window) == [("cue", {"distance": "neutral"})]


def test_then_a_digit_opens_an_attribute_and_the_next_one_chooses(window: MainWindow, qtbot: QtBot) -> None:
    tag(window, qtbot, "“We sail,”", K.Key_Q)
    press(qtbot, window, K.Key_2)
    assert offered(window) == "act"
    row = window.side.span.full.attributes.row("act")
    assert row is not None
    chosen = row.values[0]  # type: ignore[attr-defined]
    qtbot.waitUntil(chosen.hasFocus)
    QTest.keyClick(chosen, K.Key_3)
    assert said(window) == [("quote", {"mode": "direct", "act": "intention"})]
    assert offered(window) == ""
    qtbot.waitUntil(window.view.hasFocus)


def test_arrows_and_enter_choose_and_esc_leaves(window: MainWindow, qtbot: QtBot) -> None:
    tag(window, qtbot, "“We sail,”", K.Key_Q)
    press(qtbot, window, K.Key_3)
    rows = window.side.span.full.attributes.row("channel").values  # type: ignore[union-attr]
    qtbot.waitUntil(rows[0].hasFocus)
    QTest.keyClick(rows[0], K.Key_Down)
    QTest.keyClick(rows[1], K.Key_Down)
    QTest.keyClick(rows[2], K.Key_Return)
    assert said(window) == [("quote", {"mode": "direct", "channel": "press release"})]
    press(qtbot, window, K.Key_3)
    qtbot.waitUntil(rows[2].hasFocus)  # where it stands now
    QTest.keyClick(rows[2], K.Key_C)
    assert rows[7].hasFocus()  # court, by its first letter
    QTest.keyClick(rows[7], K.Key_Escape)
    qtbot.waitUntil(window.view.hasFocus)
    assert (offered(window), len(said(window)[0][1])) == ("", 2)


def test_a_selection_has_no_use_for_digits(window: MainWindow, qtbot: QtBot) -> None:
    tag(window, qtbot, "the owner", K.Key_S)
    press(qtbot, window, K.Key_Right, SHIFT)
    press(qtbot, window, K.Key_1)
    assert said(window) == [("source", {})]


def test_another_label_takes_over_what_fits(window: MainWindow, qtbot: QtBot) -> None:
    tag(window, qtbot, "“We sail,”", K.Key_Q)
    press(qtbot, window, K.Key_S)
    assert said(window) == [("source", {})]
    press(qtbot, window, K.Key_1)
    press(qtbot, window, K.Key_C)
    assert said(window) == [("cue", {"distance": "neutral"})]
    press(qtbot, window, K.Key_Z, CONTROL)
    assert said(window) == [("source", {"naming": "named person"})]


def test_a_click_on_a_label_goes_by_the_quotation_marks(window: MainWindow, qtbot: QtBot) -> None:
    quote = window.session.scheme.label("quote")
    assert quote is not None
    for words in ("“We sail,”", "Nobody else spoke"):
        start = window.view.text.index(words)
        window.view.select(start, start + len(words))
        window.hand.choose(quote)
    assert [values["mode"] for _label, values in said(window)] == ["direct", "indirect"]


def test_states_and_their_keys(window: MainWindow, qtbot: QtBot) -> None:
    tag(window, qtbot, "said", K.Key_C)
    press(qtbot, window, K.Key_U)
    assert [span.state for span in stored(window)] == ["unsure"]
    press(qtbot, window, K.Key_D)
    assert [span.state for span in stored(window)] == ["discuss"]
    press(qtbot, window, K.Key_D)
    assert [span.state for span in stored(window)] == ["ok"]
    window.side.span.full.state.row("state").segments.parts[2].click()  # type: ignore[union-attr]
    assert [span.state for span in stored(window)] == ["unsure"]


def test_a_note_is_written_and_kept_without_saving(window: MainWindow, qtbot: QtBot) -> None:
    tag(window, qtbot, "said", K.Key_C)
    press(qtbot, window, K.Key_M)
    note = window.side.span.full.note
    qtbot.waitUntil(note.hasFocus)
    QTest.keyClicks(note, "who is this")
    QTest.keyClick(note, K.Key_Return)
    assert [span.note for span in stored(window)] == ["who is this"]
    qtbot.waitUntil(window.view.hasFocus)
    press(qtbot, window, K.Key_Z, CONTROL)
    assert ([span.note for span in stored(window)], note.toPlainText()) == ([""], "")


def test_what_is_typed_into_a_note_belongs_to_its_span_also_when_another_is_focused(
    window: MainWindow, qtbot: QtBot
) -> None:
    tag(window, qtbot, "the owner", K.Key_S)
    tag(window, qtbot, "said", K.Key_C)
    press(qtbot, window, K.Key_M)
    note = window.side.span.full.note
    qtbot.waitUntil(note.hasFocus)
    QTest.keyClicks(note, "mine")
    window.view.next_span()
    notes = {span.label: span.note for span in stored(window)}
    assert notes == {"source": "", "cue": "mine"}
    assert note.toPlainText() == ""


def test_a_note_that_is_being_typed_is_kept_when_another_article_is_shown(window: MainWindow, qtbot: QtBot) -> None:
    tag(window, qtbot, "said", K.Key_C)
    press(qtbot, window, K.Key_M)
    qtbot.waitUntil(window.side.span.full.note.hasFocus)
    QTest.keyClicks(window.side.span.full.note, "not lost")
    window.navigation.step(1)
    window.navigation.step(-1)
    assert [span.note for span in stored(window)] == ["not lost"]


def test_a_note_that_is_being_typed_is_kept_when_the_window_closes(
    project: Path, make_window: Make, qtbot: QtBot
) -> None:
    window = make_window(project)
    tag(window, qtbot, "said", K.Key_C)
    press(qtbot, window, K.Key_M)
    qtbot.waitUntil(window.side.span.full.note.hasFocus)
    QTest.keyClicks(window.side.span.full.note, "not lost")
    window.close()
    assert [span.note for span in stored(make_window(project))] == ["not lost"]


OWN = """
id = "own"
name = "Own"
version = 1
[[labels]]
id = "claim"
name = "Claim"
key = "A"
[[attributes]]
id = "topics"
name = "Topics"
labels = ["claim"]
several = true
values = ["taxes", "trains", "tides"]
[[attributes]]
id = "share"
name = "Share"
labels = ["claim"]
type = "number"
[[attributes]]
id = "wording"
name = "Wording of one’s own"
labels = ["claim"]
type = "text"
[[attributes]]
id = "sure"
name = "Sure?"
labels = ["claim"]
type = "yes-no"
"""


@pytest.fixture
def own(tmp_path: Path, make_window: Make) -> MainWindow:
    who = save_identity("Lena Brandt")
    path, text = tmp_path / "own.annotator", tmp_path / "text.txt"
    Store.create(path, parse(OWN, "own.toml"))
    text.write_text("The trains are dear.", encoding="utf-8")
    store = Store.open(path)
    import_paths(Workspace(store, who.annotator, who.device), [text])
    store.close()
    return make_window(path)


def test_several_values_a_number_words_and_yes(own: MainWindow, qtbot: QtBot) -> None:
    tag(own, qtbot, "The trains are dear", K.Key_A)
    press(qtbot, own, K.Key_1)
    rows = own.side.span.full.attributes
    topics = rows.row("topics").values  # type: ignore[union-attr]
    qtbot.waitUntil(topics[0].hasFocus)
    QTest.keyClick(topics[0], K.Key_3)
    QTest.keyClick(topics[0], K.Key_1)  # the list stays open
    QTest.keyClick(topics[0], K.Key_Escape)
    for key, words in ((K.Key_2, "12,5"), (K.Key_3, "dear trains")):
        press(qtbot, own, key)
        field = rows.row("share" if key == K.Key_2 else "wording").field  # type: ignore[union-attr]
        qtbot.waitUntil(field.hasFocus)
        QTest.keyClicks(field, words)
        QTest.keyClick(field, K.Key_Return)
    press(qtbot, own, K.Key_4)
    press(qtbot, own, K.Key_2)
    assert said(own) == [
        ("claim", {"topics": ["taxes", "tides"], "share": 12.5, "wording": "dear trains", "sure": False})
    ]


def test_what_is_no_number_is_told_and_not_kept(own: MainWindow, qtbot: QtBot) -> None:
    tag(own, qtbot, "The trains are dear", K.Key_A)
    press(qtbot, own, K.Key_2)
    field = own.side.span.full.attributes.row("share").field  # type: ignore[union-attr]
    qtbot.waitUntil(field.hasFocus)
    QTest.keyClicks(field, "many")
    QTest.keyClick(field, K.Key_Return)
    assert said(own) == [("claim", {})]
    assert "many" in own.notice.words
    assert field.text() == ""


def test_values_too_wide_for_a_name_beside_them_have_it_above(window: MainWindow, qtbot: QtBot) -> None:
    tag(window, qtbot, "Nobody else spoke", K.Key_A)
    kind = window.side.span.full.attributes.row("kind")
    assert kind is not None
    names = {label.text() for label in kind.findChildren(QLabel) if label.isVisible()}
    assert {name.strip(" *") for name in names} == {"Kind"}
    tag(window, qtbot, "“We sail,”", K.Key_Q)
    mode = window.side.span.full.attributes.row("mode")
    assert mode is not None  # its values have the keys of labels, which say what they are
    assert not [label for label in mode.findChildren(QLabel) if label.isVisible()]

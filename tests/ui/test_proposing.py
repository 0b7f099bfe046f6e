"""Who said a quote: proposed when it is made, taken by one key, tied, taken apart, and gone with what it hangs on."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from annotator import assets
from annotator.domain.relation import Group
from annotator.domain.scheme import parse
from annotator.editing.workspace import Workspace
from annotator.jobs.importing import import_paths
from annotator.storage.store import Store
from annotator.ui.window import MainWindow
from annotator.whoami import save_identity
from tests.ui.test_saying import focused, offered, tag
from tests.ui.test_window import press, stored

K = Qt.Key
Make = Callable[[Path | None], MainWindow]
CONTROL = Qt.KeyboardModifier.ControlModifier
TEXT = (
    "The council raised the dues by a third, a clerk said on Monday. “We sail,” said Ines Korvald, who chairs the "
    "union, “when we are paid.” Korvald denied that anybody had been asked, and one firm claimed it was ready.\n"
)


@pytest.fixture
def window(tmp_path: Path, make_window: Make) -> MainWindow:
    who = save_identity("Lena Brandt")
    path, text = tmp_path / "dues.annotator", tmp_path / "dues.txt"
    Store.create(path, parse(assets.scheme_text(), "news-sourcing.toml"))
    text.write_text(TEXT, encoding="utf-8")
    store = Store.open(path)
    import_paths(Workspace(store, who.annotator, who.device), [text])
    store.close()
    return make_window(path)


def made(window: MainWindow) -> set[tuple[str, str]]:
    return {(span.label, window.view.text[span.start : span.end]) for span in stored(window)}


def proposed(window: MainWindow) -> set[tuple[str, str]]:
    return {(span.label, window.view.text[span.start : span.end]) for span in window.view._held._suggested.values()}


def groups(window: MainWindow) -> list[Group]:
    session = window.session
    assert session.store is not None
    assert session.article is not None
    return session.store.groups(session.article.id, session.visible)


def tied(window: MainWindow) -> list[list[tuple[str, str]]]:
    spans = {span.id: window.view.text[span.start : span.end] for span in stored(window)}
    return [[(member.role, spans[member.span]) for member in group.members] for group in groups(window)]


def test_one_key_marks_source_and_cue_and_ties_them(window: MainWindow, qtbot: QtBot) -> None:
    tag(window, qtbot, "The council raised the dues by a third", K.Key_W)
    assert proposed(window) == {("source", "a clerk"), ("cue", "said")}
    assert made(window) == {("quote", "The council raised the dues by a third")}
    press(qtbot, window, K.Key_Return)
    assert tied(window) == [
        [("quote", "The council raised the dues by a third"), ("source", "a clerk"), ("cue", "said")]
    ]
    assert proposed(window) == set()
    # What has to be said of the source is said at once.
    assert (focused(window).label, offered(window)) == ("source", "naming")
    press(qtbot, window, K.Key_3)
    cue = next(span for span in stored(window) if span.label == "cue")
    assert cue.attributes == {"distance": "neutral"}
    press(qtbot, window, K.Key_Z, CONTROL)
    press(qtbot, window, K.Key_Z, CONTROL)
    assert made(window) == {("quote", "The council raised the dues by a third")}
    assert groups(window) == []
    press(qtbot, window, K.Key_Z, CONTROL | Qt.KeyboardModifier.ShiftModifier)
    assert len(made(window)) == 3
    assert len(groups(window)) == 1


def test_tab_walks_and_esc_leaves(window: MainWindow, qtbot: QtBot) -> None:
    tag(window, qtbot, "anybody had been asked", K.Key_W)
    first = proposed(window)
    assert first == {("source", "Korvald"), ("cue", "denied")}
    press(qtbot, window, K.Key_Tab)
    second = proposed(window)
    assert second != first
    assert window.view.hasFocus()
    press(qtbot, window, K.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    assert proposed(window) == first
    press(qtbot, window, K.Key_Escape)
    assert (proposed(window), len(stored(window))) == (set(), 1)
    assert window.view.focused is not None


def test_any_other_key_leaves_it_and_does_its_own(window: MainWindow, qtbot: QtBot) -> None:
    tag(window, qtbot, "The council raised the dues by a third", K.Key_W)
    press(qtbot, window, K.Key_Right)
    assert proposed(window) == set()
    assert len(stored(window)) == 1


def test_a_moved_boundary_asks_anew(window: MainWindow, qtbot: QtBot) -> None:
    tag(window, qtbot, "The council raised the dues by a", K.Key_W)
    press(qtbot, window, K.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert made(window) == {("quote", "The council raised the dues by a third")}
    assert proposed(window) == {("source", "a clerk"), ("cue", "said")}
    press(qtbot, window, K.Key_Return)
    assert len(stored(window)) == 3


def test_of_a_passive_the_cue_is_taken_and_no_source_is_said(window: MainWindow, qtbot: QtBot) -> None:
    tag(window, qtbot, "it was ready", K.Key_W)
    press(qtbot, window, K.Key_R, Qt.KeyboardModifier.ShiftModifier)
    assert [group.no_source for group in groups(window)] == [True]
    press(qtbot, window, K.Key_R, Qt.KeyboardModifier.ShiftModifier)
    assert groups(window) == []


def test_a_click_takes_it_too(window: MainWindow, qtbot: QtBot) -> None:
    tag(window, qtbot, "The council raised the dues by a third", K.Key_W)
    rect = window.view.caret_rect(window.view.text.index("clerk said") + 2)
    QTest.mouseClick(window.view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(rect.left(), rect.center().y()))
    assert len(stored(window)) == 3
    assert len(groups(window)) == 1


def test_it_can_be_asked_for_later_and_does_not_come_unasked(window: MainWindow, qtbot: QtBot) -> None:
    window.preferences.choose("proposals", "off")
    tag(window, qtbot, "The council raised the dues by a third", K.Key_W)
    assert proposed(window) == set()
    press(qtbot, window, K.Key_P)
    assert proposed(window) == {("source", "a clerk"), ("cue", "said")}
    press(qtbot, window, K.Key_Return)
    assert len(groups(window)) == 1


def test_what_is_marked_already_is_tied_and_not_marked_twice(window: MainWindow, qtbot: QtBot) -> None:
    tag(window, qtbot, "a clerk", K.Key_S)
    press(qtbot, window, K.Key_3)
    tag(window, qtbot, "The council raised the dues by a third", K.Key_W)
    press(qtbot, window, K.Key_Return)
    assert len([span for span in stored(window) if span.label == "source"]) == 1
    assert len(tied(window)[0]) == 3
    assert focused(window).label == "quote"  # nothing is left to be said of the source


def test_of_a_quote_that_has_its_source_only_the_cue_is_proposed(window: MainWindow, qtbot: QtBot) -> None:
    tag(window, qtbot, "a clerk", K.Key_S)
    source = focused(window)
    tag(window, qtbot, "The council raised the dues by a third", K.Key_W)
    press(qtbot, window, K.Key_Escape)
    assert window.hand.tying.tie(focused(window), source)
    press(qtbot, window, K.Key_P)
    assert proposed(window) == {("cue", "said")}


def test_deleting_says_what_went_with_it_and_undo_brings_all_back(window: MainWindow, qtbot: QtBot) -> None:
    tag(window, qtbot, "The council raised the dues by a third", K.Key_W)
    quote = focused(window).id
    press(qtbot, window, K.Key_Return)
    before = (made(window), groups(window))
    window.view.focus_span(quote)
    press(qtbot, window, K.Key_Delete)
    assert made(window) == {("source", "a clerk"), ("cue", "said")}
    assert groups(window) == []
    assert "1 tie" in window.notice.words
    press(qtbot, window, K.Key_Z, CONTROL)
    assert (made(window), groups(window)) == before


def test_deleting_a_source_leaves_the_rest_together(window: MainWindow, qtbot: QtBot) -> None:
    tag(window, qtbot, "The council raised the dues by a third", K.Key_W)
    press(qtbot, window, K.Key_Return)
    press(qtbot, window, K.Key_Delete)
    assert tied(window) == [[("quote", "The council raised the dues by a third"), ("cue", "said")]]


def test_another_label_leaves_the_group_it_has_no_part_in(window: MainWindow, qtbot: QtBot) -> None:
    tag(window, qtbot, "The council raised the dues by a third", K.Key_W)
    press(qtbot, window, K.Key_Return)
    press(qtbot, window, K.Key_A)
    assert ("claim", "a clerk") in made(window)
    assert tied(window) == [[("quote", "The council raised the dues by a third"), ("cue", "said")]]
    press(qtbot, window, K.Key_Z, CONTROL)
    assert len(tied(window)[0]) == 3


def test_the_panel_shows_what_is_tied_and_takes_it_apart(window: MainWindow, qtbot: QtBot) -> None:
    tag(window, qtbot, "The council raised the dues by a third", K.Key_W)
    quote = focused(window).id
    press(qtbot, window, K.Key_Return)
    ties = window.side.span.full.ties
    assert [row.tied.words for row in ties.rows if row.isVisible()] == ["The council raised the dues by a third"]
    ties.rows[0].click()
    assert focused(window).id == quote
    assert [(row.tied.name, row.tied.words) for row in ties.rows if row.isVisible()] == [
        ("Source", "a clerk"),
        ("Cue", "said"),
    ]
    assert not ties.none.isVisible()
    ties.rows[0].setFocus()
    QTest.keyClick(ties.rows[0], K.Key_Delete)
    assert tied(window) == [[("quote", "The council raised the dues by a third"), ("cue", "said")]]
    assert ties.none.isVisible()
    ties.none.click()
    assert [group.no_source for group in groups(window)] == [True]


def test_no_source_alone_is_a_group_and_taking_it_back_ends_it(window: MainWindow, qtbot: QtBot) -> None:
    tag(window, qtbot, "when we are paid", K.Key_Q)
    press(qtbot, window, K.Key_Escape)
    none = window.side.span.full.ties.none
    none.click()
    assert [(group.no_source, len(group.members)) for group in groups(window)] == [(True, 1)]
    none.click()
    assert groups(window) == []


def test_a_second_source_joins_and_a_second_cue_takes_the_place_of_the_first(window: MainWindow, qtbot: QtBot) -> None:
    tag(window, qtbot, "The council raised the dues by a third", K.Key_W)
    quote = focused(window)
    press(qtbot, window, K.Key_Return)
    tag(window, qtbot, "one firm", K.Key_S)
    assert window.hand.tying.tie(quote, focused(window))
    tag(window, qtbot, "claimed", K.Key_C)
    assert window.hand.tying.tie(focused(window), quote)
    assert [role for role, _words in tied(window)[0]] == ["quote", "source", "source", "cue"]
    assert ("cue", "claimed") in tied(window)[0]


def test_relations_are_led_by_the_scheme(window: MainWindow, qtbot: QtBot) -> None:
    tag(window, qtbot, "anybody had been asked", K.Key_A)
    claim = focused(window)
    tag(window, qtbot, "The council raised the dues by a third", K.Key_V)
    evidence = focused(window)
    assert window.hand.tying.tie(evidence, claim)
    assert not window.hand.tying.tie(evidence, claim)
    assert "already" in window.notice.words
    assert [row.tied.name for row in window.side.span.full.ties.rows if row.isVisible()] == ["supports →"]
    tag(window, qtbot, "said", K.Key_C)
    assert not window.hand.tying.tie(focused(window), claim)
    assert "ties no Cue to a Claim" in window.notice.words
    window.view.focus_span(claim.id)
    assert [row.tied.name for row in window.side.span.full.ties.rows if row.isVisible()] == ["← supports"]
    press(qtbot, window, K.Key_Delete)
    assert window.session.links.relations_of(evidence.id) == []
    press(qtbot, window, K.Key_Z, CONTROL)
    assert len(window.session.links.relations_of(evidence.id)) == 1

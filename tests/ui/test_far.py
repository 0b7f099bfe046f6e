"""A span tied to one of another article: found by letters, shown in both panels, gone with either end, undone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotator.domain.article import Annotator, VisibleLayers
from annotator.domain.change import Change, Step
from annotator.domain.relation import Relation
from annotator.domain.scheme import parse
from annotator.editing.workspace import Workspace
from annotator.jobs.importing import import_paths
from annotator.storage.check import check
from annotator.storage.reader import Reader
from annotator.storage.store import Store
from annotator.ui.fardialog import FarDialog
from annotator.ui.spans.ties import TieRow
from annotator.ui.window import MainWindow
from annotator.whoami import save_identity
from tests.builders import BO, opened
from tests.builders import tag as builder_tag
from tests.ui.modal import answered
from tests.ui.test_saying import focused, tag
from tests.ui.test_window import press

pytestmark = pytest.mark.qt_log_ignore("does not support")  # the offscreen platform says so of every dialog
K = Qt.Key
Make = Callable[[Path | None], MainWindow]
SHIFT, CONTROL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def claims(window: MainWindow, qtbot: QtBot) -> MainWindow:
    """A claim in each of three articles; that of the first is focused."""
    for words in ("Ferry crews vote to stop", "dues by a third", "The first sleeper since spring left on time"):
        tag(window, qtbot, words, K.Key_A)
        press(qtbot, window, K.Key_3)
        window.navigation.step(1)
    window.navigation.step(-1)
    window.navigation.step(-1)
    press(qtbot, window, K.Key_Home, CONTROL)
    press(qtbot, window, K.Key_J)
    qtbot.waitUntil(lambda: QApplication.activeWindow() is window)
    assert words_of(window) == "Ferry crews vote to stop"
    return window


def words_of(window: MainWindow) -> str:
    span = focused(window)
    return window.view.text[span.start : span.end]


def relations(window: MainWindow) -> list[Relation]:
    store = window.session.store
    assert store is not None
    return [one for id in store.article_ids() for one in store.relations(id, VisibleLayers.ALL)]


def ties(window: MainWindow) -> list[TieRow]:
    return [row for row in window.side.span.full.ties.rows if not row.isHidden()]


def shown(window: MainWindow) -> list[tuple[str, str, str]]:
    return [(row.tied.name, row.tied.words, row.tied.title) for row in ties(window)]


def is_sound(window: MainWindow) -> bool:
    store = window.session.store
    assert store is not None
    reader = Reader(store.path)
    try:
        return list(check(reader)) == []
    finally:
        reader.close()


def listed(window: MainWindow, qtbot: QtBot, act: Callable[[FarDialog], object]) -> None:
    """Press the key that shows the list, and act on it once all is read; it must be closed by that."""
    acted: list[bool] = []

    def answer(far: FarDialog) -> None:
        while far._reading:
            QApplication.processEvents()
        act(far)
        acted.append(True)

    with answered(FarDialog, answer):
        press(qtbot, window, K.Key_R, CONTROL)
        qtbot.waitUntil(lambda: bool(acted) and QApplication.activeModalWidget() is None)
    # The offscreen platform gives the keyboard back to no window by itself.
    window.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is window)


def choose(window: MainWindow, qtbot: QtBot, letters: str) -> None:
    def act(far: FarDialog) -> None:
        qtbot.keyClicks(far.field, letters)
        QTest.keyClick(far.field, K.Key_Return)

    listed(window, qtbot, act)


def test_letters_find_a_span_of_another_article_and_return_ties(claims: MainWindow, qtbot: QtBot) -> None:
    seen: list[list[str]] = []

    def act(far: FarDialog) -> None:
        seen.append([span.words for span in far.model.spans])
        qtbot.keyClicks(far.field, "sleep")
        seen.append([span.words for span in far.model.spans])
        QTest.keyClick(far.field, K.Key_Return)

    listed(claims, qtbot, act)
    assert seen == [["dues by a third", "The first sleeper since spring left on time"],
                    ["The first sleeper since spring left on time"]]  # fmt: skip
    (relation,) = relations(claims)
    article = claims.session.article
    assert article is not None
    assert (relation.label, relation.source, relation.article) == ("same-claim", focused(claims).id, article.id)
    assert shown(claims) == [("same claim", "The first sleeper since spring left on time", "Night trains return")]
    assert "tied to “The first sleeper" in claims.notice.words
    assert is_sound(claims)


def test_it_stands_in_the_panel_of_the_other_end_and_leads_back(claims: MainWindow, qtbot: QtBot) -> None:
    choose(claims, qtbot, "harbour")  # by the title
    here = focused(claims).id
    ties(claims)[0].click()
    assert words_of(claims) == "dues by a third"
    assert claims.focusWidget() is claims.view
    assert shown(claims) == [("same claim", "Ferry crews vote to stop", "Ferry crews vote to stop")]
    row = ties(claims)[0]
    assert row.height() > 40
    row.setFocus()
    QTest.keyClick(row, K.Key_Return)
    assert focused(claims).id == here


def test_undo_takes_it_and_redo_brings_it_from_any_article(claims: MainWindow, qtbot: QtBot) -> None:
    choose(claims, qtbot, "dues")
    press(qtbot, claims, K.Key_Z, CONTROL)
    assert (relations(claims), shown(claims)) == ([], [])
    press(qtbot, claims, K.Key_Z, CONTROL | SHIFT)
    assert len(relations(claims)) == 1
    ties(claims)[0].click()
    press(qtbot, claims, K.Key_Z, CONTROL)
    assert relations(claims) == []
    assert is_sound(claims)


def test_deleting_the_far_span_takes_the_relation_and_undo_brings_both(claims: MainWindow, qtbot: QtBot) -> None:
    choose(claims, qtbot, "dues")
    before = relations(claims)
    ties(claims)[0].click()
    press(qtbot, claims, K.Key_Delete)
    assert "1 tie of it went with it; 1 led to another article" in claims.notice.words
    assert relations(claims) == []
    assert is_sound(claims)
    claims.navigation.step(-1)
    press(qtbot, claims, K.Key_Z, CONTROL)
    assert relations(claims) == before
    assert words_of(claims) == "dues by a third"  # the article of the span is open again
    assert shown(claims) == [("same claim", "Ferry crews vote to stop", "Ferry crews vote to stop")]
    assert is_sound(claims)


def test_deleting_the_near_span_takes_the_relation_too(claims: MainWindow, qtbot: QtBot) -> None:
    choose(claims, qtbot, "dues")
    press(qtbot, claims, K.Key_Delete)
    assert "1 led to another article" in claims.notice.words
    assert relations(claims) == []
    press(qtbot, claims, K.Key_Z, CONTROL)
    assert len(relations(claims)) == 1


def test_a_label_that_has_no_such_relation_takes_it_away(claims: MainWindow, qtbot: QtBot) -> None:
    choose(claims, qtbot, "dues")
    ties(claims)[0].click()
    press(qtbot, claims, K.Key_B)
    assert (relations(claims), shown(claims)) == ([], [])
    press(qtbot, claims, K.Key_Z, CONTROL)
    assert len(relations(claims)) == 1
    assert is_sound(claims)


def test_the_cross_of_a_row_unties_from_either_end(claims: MainWindow, qtbot: QtBot) -> None:
    choose(claims, qtbot, "dues")
    ties(claims)[0].click()
    row = ties(claims)[0]
    row.setFocus()
    QTest.keyClick(row, K.Key_Delete)
    assert (relations(claims), shown(claims)) == ([], [])


def test_what_is_tied_already_is_not_offered_again(claims: MainWindow, qtbot: QtBot) -> None:
    choose(claims, qtbot, "dues")
    seen: list[list[str]] = []

    def act(far: FarDialog) -> None:
        seen.append([span.words for span in far.model.spans])
        far.reject()

    listed(claims, qtbot, act)
    assert seen == [["The first sleeper since spring left on time"]]


def test_esc_ties_nothing_and_where_nothing_fits_it_is_said(claims: MainWindow, qtbot: QtBot) -> None:
    said: list[str] = []

    def act(far: FarDialog) -> None:
        qtbot.keyClicks(far.field, "zzz")
        said.append(far._empty.text())
        QTest.keyClick(far.field, K.Key_Return)
        QTest.keyClick(far.field, K.Key_Escape)

    listed(claims, qtbot, act)
    assert said == ["No span of another article says that."]
    assert relations(claims) == []


def test_r_goes_there_where_this_article_has_no_other_end(claims: MainWindow, qtbot: QtBot) -> None:
    came: list[int] = []

    def leave(far: FarDialog) -> None:
        far.reject()
        came.append(1)

    with answered(FarDialog, leave):
        press(qtbot, claims, K.Key_R)
        qtbot.waitUntil(lambda: bool(came) and QApplication.activeModalWidget() is None)
    assert relations(claims) == []


def test_the_bottom_line_names_the_key_while_nearer_ones_are_shown(claims: MainWindow, qtbot: QtBot) -> None:
    tag(claims, qtbot, "when we are paid", K.Key_A)
    press(qtbot, claims, K.Key_R)
    assert "Ctrl+R other articles" in claims.bottom._words[1]
    choose(claims, qtbot, "dues")
    assert claims.hand.linked == ""
    assert len(relations(claims)) == 1


def test_a_label_without_such_relations_is_told(claims: MainWindow, qtbot: QtBot) -> None:
    tag(claims, qtbot, "the owner", K.Key_S)
    press(qtbot, claims, K.Key_R, CONTROL)
    qtbot.waitUntil(lambda: "ties no Source to another article, only: Claim." in claims.notice.words)


def test_colleagues_spans_are_neither_offered_nor_shown(project: Path, make_window: Make, qtbot: QtBot) -> None:
    store = opened(Store.open(project))
    theirs = Workspace(store, Annotator(BO.id, "Bo"), "laptop")
    second = store.article(list(store.article_ids())[1])
    assert second is not None
    builder_tag(theirs, second, "claim", (0, 11))
    store.close()
    window = make_window(project)
    tag(window, qtbot, "Ferry crews vote to stop", K.Key_A)
    qtbot.waitUntil(lambda: QApplication.activeWindow() is window)
    said: list[str] = []

    def act(far: FarDialog) -> None:
        said.append(far._empty.text())
        far.reject()

    listed(window, qtbot, act)
    assert said == ["No other article has a span that could be tied to this one."]


def test_a_tie_whose_other_end_is_gone_can_be_untied(claims: MainWindow, qtbot: QtBot) -> None:
    # As a merge may bring it: deleted there, tied here.
    span, article = focused(claims), claims.session.article
    assert article is not None
    lost = Relation("0190a000-0000-7000-8000-0000000000aa", article.id, span.layer, "same-claim", span.id, "nowhere")
    claims.session.do(Step("Tie", (Change(None, lost),)))
    assert shown(claims) == [("same claim", "a span that is gone", "")]
    ties(claims)[0].click()
    assert focused(claims) == span
    ties(claims)[0].setFocus()
    QTest.keyClick(ties(claims)[0], K.Key_Delete)
    assert (relations(claims), shown(claims)) == ([], [])


TWO_WAYS = """
id = "s"
name = "S"
version = 1
[[labels]]
id = "claim"
name = "Claim"
key = "A"
[[labels]]
id = "evidence"
name = "Evidence"
key = "E"
[[relations]]
id = "same"
name = "same claim"
from = ["claim"]
to = ["claim"]
symmetric = true
across-articles = true
[[relations]]
id = "backs"
name = "backs"
from = ["evidence"]
to = ["claim"]
across-articles = true
"""


def test_tab_walks_the_relations_and_one_to_the_span_stands_in_the_other_article(
    tmp_path: Path, make_window: Make, qtbot: QtBot
) -> None:
    who = save_identity("Lena Brandt")
    path = tmp_path / "two.annotator"
    Store.create(path, parse(TWO_WAYS, "s.toml"))
    files = []
    for number, text in enumerate(("Rents have doubled.\n", "The register shows it.\n")):
        files.append(tmp_path / f"{number}.txt")
        files[-1].write_text(text, encoding="utf-8", newline="")
    store = Store.open(path)
    import_paths(Workspace(store, who.annotator, who.device), files)
    store.close()
    window = make_window(path)
    window.navigation.step(1)
    tag(window, qtbot, "The register", K.Key_E)
    there = focused(window)
    window.navigation.step(-1)
    tag(window, qtbot, "Rents have doubled", K.Key_A)
    here = focused(window)
    qtbot.waitUntil(lambda: QApplication.activeWindow() is window)
    seen: list[list[str]] = []

    def act(far: FarDialog) -> None:
        seen.append([span.words for span in far.model.spans])
        QTest.keyClick(far.field, K.Key_Tab)
        seen.append([span.words for span in far.model.spans])
        QTest.keyClick(far.field, K.Key_Return)

    listed(window, qtbot, act)
    assert seen == [[], ["The register"]]
    (relation,) = relations(window)
    assert (relation.label, relation.source, relation.target) == ("backs", there.id, here.id)
    assert (relation.article, relation.layer) == (there.article, there.layer)
    assert shown(window) == [("← backs", "The register", "The register shows it.")]
    ties(window)[0].click()
    assert shown(window) == [("backs →", "Rents have doubled", "Rents have doubled.")]
    press(qtbot, window, K.Key_Delete)
    assert relations(window) == []
    assert is_sound(window)

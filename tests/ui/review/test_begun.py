"""What was begun at a difference and not decided is kept, offered again, and never given to another difference."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from time import sleep

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from annotator.domain.article import VisibleLayers
from annotator.domain.layerref import LayerRef
from annotator.domain.redrawing import begun, rename
from annotator.editing import schemes
from annotator.review.filter import Filter
from annotator.ui.review.page import ReviewPage
from annotator.ui.window import MainWindow
from tests.ui.review.conftest import ANA, BO, READINGS, counter, press, read, recounted, window_of

Make = Callable[[Path | None], MainWindow]
K = Qt.Key
CONTROL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
KEPT = "What you set there is kept and not decided; E goes on with it."
pytestmark = pytest.mark.qt_log_ignore("does not support")


def made(page: ReviewPage) -> list[tuple[str, str]]:
    """Return label and words of the consensus of the first article."""
    store = page.desk.store
    article = store.article(next(iter(store.article_ids())))
    assert article is not None
    text = store.text(article.sha256)
    spans = store.spans(article.id, VisibleLayers(frozenset({"consensus"}), None))
    return [(span.label, " … ".join(text[a:b] for a, b in span.fragments)) for span in spans]


def said(page: ReviewPage) -> dict[str, str]:
    """Return the reasons of the decisions by the words of their differences."""
    settled = page.desk.queue.items(Filter(frozenset({"settled"})))
    return {it.difference.words: str(it.decision.data["reason"]) for it in settled if it.decision is not None}


def begin(page: ReviewPage) -> None:
    """Begin to set the first difference by hand: a word less, another label."""
    press(page, "E")
    press(page, K.Key_Left, held=ALT)
    press(page, "Q")


def test_who_goes_on_by_mouse_takes_nothing_along_and_finds_it_again(page: ReviewPage) -> None:
    window = window_of(page)
    press(page, "E", K.Key_Escape)  # nothing was changed
    assert (window.sheets.begun, page.decide.own.count, window.notice.words) == (0, "", "")
    begin(page)
    page.decide.on.click()
    assert not page.owning.active
    assert page.decide.heading.text() == "Missed"
    assert window.notice.words == KEPT
    press(page, K.Key_Return)  # it would have decided the next one with the words of the first
    assert counter(page) == recounted(page) == 5
    press(page, "K")
    assert page.decide.own.count == "begun"
    press(page, "E")
    press(page, "Z", held=CONTROL)  # what was done before can be undone after coming back
    press(page, K.Key_Return)
    assert made(page) == [("source", "Ines Korvald, who chairs the")]
    assert counter(page) == recounted(page) == 4
    assert window.sheets.begun == 0


def test_a_filter_that_leaves_nothing_puts_it_aside(page: ReviewPage) -> None:
    begin(page)
    page.desk.narrow(kinds=frozenset({"link"}))
    assert not page.owning.active
    assert page.nothing.text() == "No difference of this sort."
    page.finish.click()
    assert page.decide.own.count == "begun"


def test_escape_keeps_it_and_another_answer_settles_it(page: ReviewPage) -> None:
    begin(page)
    press(page, K.Key_Escape)
    assert window_of(page).notice.words == KEPT
    assert window_of(page).sheets.begun == 1
    press(page, "2")
    assert made(page) == [("source", "Ines Korvald")]
    assert window_of(page).sheets.begun == 0


def test_quitting_asks_first_and_another_project_leaves_it(
    page: ReviewPage, make_window: Make, qtbot: QtBot, tmp_path: Path
) -> None:
    window, here = window_of(page), Path(page.desk.store.path)
    other = read(tmp_path / "Other.annotator", dict(list(READINGS.items())[:1]))
    begin(page)
    window.close()
    assert page.owning.active
    assert window.notice.words == "At 1 difference you began something and did not decide. Quit again to give it up."
    window.files.enter(other)
    assert window.session.has(other)
    assert not window.sheets.reviewing
    assert window.sheets.begun == 1
    window.files.enter(here)
    # Whoever else is compared, in whatever order: it was made from Ana's.
    window.sheets.reviewer.review([LayerRef("annotator", BO.id), LayerRef("annotator", ANA.id)])
    qtbot.waitUntil(lambda: window.sheets.reviewing)
    again = window.sheets.reviewer.page
    assert again is not None
    press(again, "E", K.Key_Return)
    assert made(again) == [("quote", "Ines Korvald, who chairs the")]
    settled = again.desk.queue.items(Filter(frozenset({"settled"})))
    (data,) = [it.decision.data for it in settled if it.decision is not None]
    assert data["sides"][data["side"]]["owner"] == ANA.id
    window.close()
    assert window.session.store is None


def test_a_scheme_that_changes_while_something_goes_on_brings_the_page_back_behind_it(
    page: ReviewPage, qtbot: QtBot
) -> None:
    window = window_of(page)
    begin(page)
    workspace = window.session.workspace
    assert workspace is not None
    step = schemes.in_force(workspace.store, rename(begun(window.session.scheme, {}), "source", "Speaker"))

    def work(_progress: object, _cancelled: object) -> None:
        workspace.do(step)
        while window.sheets.reviewer.page is page:
            sleep(0.001)  # the window's thread takes it away, while this goes on

    window.files.start("Changing", work, lambda _result: None)
    qtbot.waitUntil(lambda: window.sheets.reviewing and window.sheets.reviewer.page is not page)
    assert window.notice.words == (
        "The scheme was changed; the differences are looked for anew. What you began to set by hand is given up."
    )
    assert window.sheets.begun == 0


def test_undo_of_a_notice_is_of_what_is_being_set(page: ReviewPage) -> None:
    window = window_of(page)
    press(page, "1", "E", "Delete")
    assert window.notice.words.endswith("deleted")
    next(one for one in window.notice.findChildren(QPushButton) if one.text() == "Undo").click()
    assert counter(page) == 4  # the decision before stands
    press(page, K.Key_Return)
    assert counter(page) == recounted(page) == 3


def test_a_reason_belongs_to_its_difference_whoever_has_the_keyboard(page: ReviewPage, qtbot: QtBot) -> None:
    first, field = "Ines Korvald, who chairs the union", page.decide.reason
    press(page, "N", "W", "H", "Y")
    qtbot.mouseClick(page.decide.on, Qt.MouseButton.LeftButton)
    assert field.text() == ""
    qtbot.mouseClick(page.decide._cards[0], Qt.MouseButton.LeftButton)
    assert said(page) == {"claimed": ""}
    page.desk.go(page.desk.items()[0].id)
    assert field.text() == "why"
    qtbot.mouseClick(page.decide._cards[0], Qt.MouseButton.LeftButton)
    assert said(page) == {"claimed": "", first: "why"}
    assert field.text() == ""
    page.setFocus()
    press(page, K.Key_Backspace)
    assert field.text() == "why"  # what was typed is not to be typed again
    assert window_of(page).sheets.begun == 1
    press(page, "2")
    page.queue.settled.click()
    page.setFocus()
    assert field.text() == "why"
    press(page, "1")  # anew: with what stands in the field
    assert said(page)[first] == "why"
    assert window_of(page).sheets.begun == 0

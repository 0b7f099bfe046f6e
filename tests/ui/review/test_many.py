"""What is decided in very many articles at once runs beside the page: it can be stopped, and undone."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from annotator import whoami
from annotator.jobs.review import Queue
from annotator.ui import undoing
from annotator.ui.review import desk
from annotator.ui.review.alike import AlikeDialog
from annotator.ui.review.page import ReviewPage
from annotator.ui.review.parts import InText
from annotator.ui.tasks import Cancelled, Progress, Work
from annotator.ui.window import MainWindow
from tests.ui.modal import answered
from tests.ui.review.conftest import counter, press, read, recounted, review, window_of

Make = Callable[[Path | None], MainWindow]
CONTROL = Qt.KeyboardModifier.ControlModifier
ARTICLES = 8
pytestmark = pytest.mark.qt_log_ignore("does not support")


@pytest.fixture
def page(tmp_path: Path, make_window: Make, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> ReviewPage:
    """Eight differences that are alike, and a ninth; what is in more than two articles is done beside."""
    monkeypatch.setattr(desk, "AT_ONCE", 2)
    monkeypatch.setattr(undoing, "AT_ONCE", 2)
    whoami.save_identity("Mara Lindt")
    texts = {
        f"Report {n}\n\nNo link, a clerk said on day {n}.\n": (("cue", "said", ""), ("source", "a clerk", "a clerk"))
        for n in range(ARTICLES)
    }
    texts["Last\n\nAnother, said Bo.\n"] = (("claim", "Another", ""), ("source", "Bo", "Bo"))
    return review(make_window(read(tmp_path / "Many.annotator", texts)), qtbot)


def settle(page: ReviewPage, key: str = "1") -> None:
    def answer(dialog: AlikeDialog) -> None:
        dialog.rows[int(key) - 1].click()

    with answered(AlikeDialog, answer):
        press(page, "S")


def rest(page: ReviewPage, qtbot: QtBot) -> None:
    """Wait until what goes on has ended."""
    qtbot.waitUntil(lambda: not window_of(page).files.running)
    window_of(page).activateWindow()
    qtbot.waitUntil(window_of(page).isActiveWindow)


def test_all_alike_are_settled_beside_and_taken_back_as_one(page: ReviewPage, qtbot: QtBot) -> None:
    window = window_of(page)
    page.desk.type_reason("as always")
    settle(page)
    rest(page, qtbot)
    assert window.notice.words == "8 differences were settled."
    assert counter(page) == recounted(page) == 1
    assert page.desk.reason == ""
    assert page.desk.item is not None
    assert page.desk.item.difference.words == "Another"
    press(page, "Z", held=CONTROL)
    rest(page, qtbot)
    assert counter(page) == recounted(page) == 9
    press(page, "Z", held=CONTROL | Qt.KeyboardModifier.ShiftModifier)
    rest(page, qtbot)
    assert counter(page) == recounted(page) == 1
    press(page, "Backspace")
    rest(page, qtbot)
    assert window.notice.words == "8 decisions were taken back."
    assert counter(page) == recounted(page) == 9
    assert page.desk.item.difference.words == "said"


def test_the_next_article_is_looked_at_when_the_hand_rests(page: ReviewPage, qtbot: QtBot) -> None:
    desk, article = page.desk, page.article
    qtbot.waitUntil(lambda: not article.resting.isActive())
    assert article.ahead == desk.next_article() == desk.queue.articles[1]
    press(page, "2")
    assert desk.item is not None
    assert desk.item.difference.article == desk.queue.articles[1]
    assert article.ahead == ""
    now = InText(2)
    now.follow(desk.queue.of(desk.queue.articles[1]), desk.current, desk.session.scheme)
    assert {it.id for it in article.view.spans()} == set(now.spans)


def test_while_it_goes_on_nothing_else_is_decided(page: ReviewPage) -> None:
    """A decision in between would stand in the way of the one undo."""
    page.desk.hold()
    press(page, "0")
    assert window_of(page).notice.words == "Wait until what is going on has ended."
    assert counter(page) == recounted(page) == 9
    assert page.desk.catch_up()
    press(page, "0")
    assert counter(page) == recounted(page) == 8


def stopping(window: MainWindow, what: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every task that is called so be stopped as soon as it begins."""
    start = window.files.start

    def start_and_stop(called: str, work: Work, done: Callable[[Any], None]) -> None:
        def stopped(progress: Progress, cancelled: Cancelled) -> object:
            # Small as it is, it might be through before.
            while not cancelled():
                time.sleep(0.001)
            return work(progress, cancelled)

        start(called, stopped if called == what else work, done)
        if called == what:
            window.files.stop()

    monkeypatch.setattr(window.files, "start", start_and_stop)


def test_stopped_it_leaves_nothing_and_says_so(page: ReviewPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    window = window_of(page)
    stopping(window, "Settling", monkeypatch)
    settle(page)
    rest(page, qtbot)
    assert window.notice.words == "Stopped; nothing was changed."
    assert counter(page) == recounted(page) == 9


def test_what_a_job_did_in_very_many_articles_is_not_followed_in_the_window(
    page: ReviewPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A thread reads it anew: 1,000 articles took six seconds without a picture, their undo twenty."""
    followed: list[object] = []
    follow = Queue.follow
    monkeypatch.setattr(Queue, "follow", lambda *given: followed.append(given) or follow(*given))
    queue = page.desk.queue
    settle(page)
    rest(page, qtbot)
    assert page.desk.queue is not queue
    press(page, "Z", held=CONTROL)
    rest(page, qtbot)
    assert followed == []
    press(page, "0")
    assert len(followed) == 1
    assert counter(page) == recounted(page) == 8


def test_what_is_not_looked_for_to_the_end_is_not_shown(
    page: ReviewPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = window_of(page)
    stopping(window, "Looking for differences", monkeypatch)
    settle(page)
    qtbot.waitUntil(lambda: not window.sheets.reviewing)
    assert window.notice.words == "Stopped. Review… looks for the differences again."
    window.sheets.reviewer.review(list(page.desk.refs))
    qtbot.waitUntil(lambda: window.notice.words == "Stopped; nothing was changed.")


def test_the_page_may_be_left_meanwhile(page: ReviewPage, qtbot: QtBot) -> None:
    window = window_of(page)
    settle(page)
    window.sheets.reviewer.leave()
    qtbot.waitUntil(lambda: window.notice.words == "8 differences were settled.")
    assert not window.sheets.reviewing


def test_in_the_text_undo_says_how_many_decisions_it_took_back(page: ReviewPage, qtbot: QtBot) -> None:
    window = window_of(page)
    settle(page)
    rest(page, qtbot)
    window.sheets.reviewer.leave()
    qtbot.waitUntil(lambda: not window.sheets.reviewing)
    window.undoing.undo()
    qtbot.waitUntil(lambda: window.notice.words == "8 decisions of the review were taken back.")
    window.undoing.redo()
    qtbot.waitUntil(lambda: window.notice.words == "8 decisions of the review were made again.")

"""The strip beside the text: what it shows, where it goes, and that it never holds up a key."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QHBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from annotator.domain.change import Change
from annotator.domain.scheme import Label
from annotator.domain.span import Span
from annotator.domain.stripes import Stripes
from annotator.ui.text.margin import WIDTH, Margin
from annotator.ui.text.view import ArticleView
from annotator.ui.window import MainWindow

# The offscreen platform says so of every window.
pytestmark = pytest.mark.qt_log_ignore("does not support")

PARAGRAPH = "The dockers at the harbour of Velmar walked out on Tuesday, officials said.\n\n"
TEXT = PARAGRAPH * 200
LABELS = {
    "quote": Label("quote", "Quote <q>", "Q", "#0072B2", "#56B4E9"),
    "source": Label("source", "Source", "S", "#C85200", "#E69F00"),
}


def span(id: str, start: int, label: str = "quote") -> Span:
    return Span(id, "a", "l", "p", label, ((start, start + 40),))


@pytest.fixture
def margin(qtbot: QtBot) -> Iterator[Margin]:
    whole = QWidget()
    qtbot.addWidget(whole)
    view = ArticleView()
    view.set_labels(LABELS)
    result = Margin(view)
    row = QHBoxLayout(whole)
    row.addWidget(view, 1)
    row.addWidget(result)
    whole.resize(800, 520)
    view.show_article(TEXT, (span("first", 0, "source"), span("late", len(TEXT) * 3 // 4)))
    whole.show()
    qtbot.waitUntil(lambda: result.drawn)
    yield result
    whole.close()


def colours(margin: Margin, x: int) -> set[tuple[int, str]]:
    image = margin.grab().toImage()
    ground = margin._view.theme.page.lower()
    return {(y, name) for y in range(image.height()) if (name := image.pixelColor(x, y).name()) != ground}


def rows_of(margin: Margin, label: str) -> list[int]:
    x = 1 + list(LABELS).index(label) * margin._wide
    return sorted(y for y, name in colours(margin, x) if name == LABELS[label].light.lower())


def test_a_label_has_a_stripe_where_its_spans_stand(margin: Margin) -> None:
    (first, last), height = (rows_of(margin, "quote")[0], rows_of(margin, "quote")[-1]), margin.height()
    assert first == pytest.approx(height * 3 / 4, abs=2)
    assert last - first < 4
    # The frame is drawn over the first one, the caret over its top.
    assert not rows_of(margin, "source")
    margin._view.centre(len(TEXT) // 2)
    margin._view.set_caret(len(TEXT) // 2)
    assert rows_of(margin, "source")[0] < 4


def test_a_click_and_a_drag_go_there_and_the_frame_follows(margin: Margin) -> None:
    view, height = margin._view, margin.height()
    QTest.mouseClick(margin, Qt.MouseButton.LeftButton, pos=QPoint(6, height // 2))
    start, end = view.seen()
    assert start < len(TEXT) // 2 < end
    assert abs((start + end) / 2 - len(TEXT) / 2) < len(PARAGRAPH) * 3
    assert margin.frame().center().y() == pytest.approx(height / 2, abs=6)
    QTest.mousePress(margin, Qt.MouseButton.LeftButton, pos=QPoint(6, height // 2))
    QTest.mouseMove(margin, QPoint(6, height + 40))
    QTest.mouseRelease(margin, Qt.MouseButton.LeftButton, pos=QPoint(6, height + 40))
    assert view.seen()[1] == len(TEXT)
    assert view.caret == 0


def test_a_stripe_tells_its_label_and_number(margin: Margin) -> None:
    assert margin.label_at(1) == "quote"
    assert margin.label_at(1 + margin._wide) == "source"
    assert margin.label_at(WIDTH - 1) == ""
    told = margin.told("quote")
    assert "<b>Quote &lt;q&gt;</b>" in told
    assert "<b>Source</b>" not in told


def test_many_changes_are_drawn_once_and_not_within_the_key(
    margin: Margin, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[int] = []
    draw = Margin._draw
    monkeypatch.setattr(Margin, "_draw", lambda self, done: (drawn.append(1), draw(self, done)))
    for number in range(50):
        margin._view.apply([Change(None, span(f"new {number}", 2_000 + number * 100))])
    assert drawn == []
    qtbot.waitUntil(lambda: bool(drawn))
    assert drawn == [1]
    assert "51" in margin.told("")


def test_very_many_spans_are_looked_at_in_portions_and_what_comes_meanwhile_too(
    margin: Margin, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("annotator.ui.text.margin._PORTION", 10)
    looked: list[int] = []
    add = Stripes.add

    def portion(self: Stripes, spans: Iterable[Span]) -> None:
        here = list(spans)
        looked.append(len(here))
        if len(looked) == 2:
            margin._view.apply([Change(None, span("meanwhile", 50))])
        add(self, here)

    monkeypatch.setattr(Stripes, "add", portion)
    margin._view.apply([Change(None, span(f"new {number}", 2_000 + number)) for number in range(40)])
    qtbot.waitUntil(lambda: margin._counts == {"quote": 42, "source": 1})
    assert max(looked) == 10


def test_it_comes_after_the_first_picture_into_room_that_is_kept_for_it(window: MainWindow, qtbot: QtBot) -> None:
    column = window.view.column()
    qtbot.waitUntil(lambda: "margin" in window.page.__dict__ and window.page.margin.isVisible())
    QApplication.processEvents()
    assert window.view.column() == column


def test_the_window_has_it_unless_it_is_not_wanted(window: MainWindow) -> None:
    margin = window.page.margin
    assert margin.isVisible()
    assert margin.accessibleName()
    window.preferences.choose("margin", "hidden")
    assert not margin.isVisible()
    window.preferences.choose("margin", "shown")
    window.actions_["view.focus"].trigger()
    assert not margin.isVisible()
    window.actions_["view.focus"].trigger()
    assert margin.isVisible()

"""The article's view: caret, selection, focus, changes, painting that cannot crash."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QGuiApplication, QImage, QTextLayout
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from annotator.domain.change import Change
from annotator.domain.span import Span
from annotator.ui.text import accessibility, clipboard, painter
from annotator.ui.text.held import SUGGESTED
from annotator.ui.text.view import ArticleView
from annotator.ui.theme import DARK

TEXT = "“Nobody wants a strike,” said Ines Korvald, “but we will not sign.”\r\nIt rained 🇰🇷.\rThe end of it.\n"
KEY = Qt.Key
NONE, SHIFT, CONTROL = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.ControlModifier,
)


def span(id: str, *words: str, label: str = "quote") -> Span:
    places = tuple((TEXT.index(word), TEXT.index(word) + len(word)) for word in words)
    return Span(id, "a", "l", "p", label, places)


QUOTE = span("quote", "“Nobody wants a strike,”", "“but we will not sign.”")
INNER = span("inner", "a strike", label="claim")
SOURCE = span("source", "Ines Korvald", label="source")


@pytest.fixture
def view(qtbot: QtBot) -> Iterator[ArticleView]:
    result = ArticleView()
    qtbot.addWidget(result)
    failed: list[str] = []
    result.paint_failed.connect(failed.append)
    result.resize(720, 500)
    result.show_article(TEXT, (QUOTE, INNER, SOURCE))
    result.show()
    result.setFocus()
    yield result
    result.grab()
    assert failed == []


def press(view: ArticleView, *keys: Qt.Key, held: Qt.KeyboardModifier = NONE) -> None:
    for key in keys:
        QTest.keyClick(view, key, held)


def at(view: ArticleView, position: int) -> QPoint:
    return view.caret_rect(position).center()


def test_arrows_step_over_what_a_reader_sees_as_one(view: ArticleView) -> None:
    view.set_caret(TEXT.index("\r\n"))
    press(view, KEY.Key_Right)
    assert view.caret == TEXT.index("It")
    view.set_caret(TEXT.index("🇰"))
    press(view, KEY.Key_Right)
    assert TEXT[view.caret] == "."
    press(view, KEY.Key_Left, KEY.Key_Left)
    assert TEXT[view.caret] == " "


def test_shift_and_control_select_words(view: ArticleView) -> None:
    view.set_caret(TEXT.index("wants"))
    press(view, KEY.Key_Right, KEY.Key_Right, held=CONTROL | SHIFT)
    assert view.selection is not None
    assert TEXT[slice(*view.selection)] == "wants a"


def test_up_and_down_keep_their_column_and_home_and_end_the_line(view: ArticleView) -> None:
    view.set_caret(5)
    press(view, KEY.Key_Down, KEY.Key_Down, KEY.Key_Up, KEY.Key_Up)
    assert view.caret == 5
    press(view, KEY.Key_End)
    assert view.caret == TEXT.index("\r\n")
    press(view, KEY.Key_Home)
    assert view.caret == 0
    press(view, KEY.Key_End, held=CONTROL)
    assert view.caret == len(TEXT)


def test_double_click_takes_the_word_triple_the_sentence(view: ArticleView) -> None:
    view.viewport().repaint()
    place = at(view, TEXT.index("rained") + 2)
    QTest.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, NONE, place)
    assert view.selection is not None
    assert TEXT[slice(*view.selection)] == "rained"
    QTest.mousePress(view.viewport(), Qt.MouseButton.LeftButton, NONE, place)
    QTest.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton, NONE, place)
    assert TEXT[slice(*view.selection)] == "It rained 🇰🇷."


def test_shift_click_extends(view: ArticleView) -> None:
    view.viewport().repaint()
    view.set_caret(TEXT.index("It"))
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, SHIFT, at(view, TEXT.index(" rained")))
    assert view.selection == (TEXT.index("It"), TEXT.index(" rained"))


def test_the_caret_focuses_the_innermost_span_and_outward_the_next(view: ArticleView, qtbot: QtBot) -> None:
    assert view.focused is None
    view.set_caret(TEXT.index("strike"))
    assert view.focused == INNER
    with qtbot.waitSignal(view.focus_changed):
        view.outward()
    assert view.focused == QUOTE
    view.set_caret(TEXT.index("rained"))
    assert view.focused is None


def test_next_and_previous_span_in_reading_order(view: ArticleView) -> None:
    seen = []
    for step in (view.next_span, view.next_span, view.next_span, view.next_span, view.previous_span):
        step()
        seen.append(view.focused.id if view.focused else None)
    assert seen == ["quote", "inner", "source", "source", "inner"]


def test_a_selection_keeps_the_span_focused_last_for_a_fragment(view: ArticleView) -> None:
    view.focus_span("source")
    view.set_caret(TEXT.index("rained"))
    assert view.focused is None
    press(view, KEY.Key_Right, held=SHIFT)
    assert view.focused == SOURCE
    press(view, KEY.Key_Escape, KEY.Key_Escape)
    assert view.selection is None


def test_after_labelling_the_new_span_is_focused_and_the_selection_collapses(view: ArticleView) -> None:
    start = TEXT.index("rained")
    view.select(start, start + 6)
    new = span("new", "rained")
    view.apply([Change(None, new)])
    view.focus_span("new")
    assert view.selection is None
    assert view.focused == new
    assert [each.id for each in view.spans()] == ["quote", "inner", "source", "new"]


def test_changes_and_removals_are_followed(view: ArticleView) -> None:
    view.grab()
    moved = span("source", "Korvald")
    view.focus_span("source")
    view.apply([Change(SOURCE, moved)])
    assert view.focused == moved
    view.apply([Change(moved, None)])
    assert view.focused is None
    assert view.span("source") is None


def test_bare_letters_are_told_and_shortcuts_left_alone(view: ArticleView) -> None:
    told: list[tuple[str, bool]] = []
    view.label_pressed.connect(lambda text, shift: told.append((text, shift)))
    QTest.keyClicks(view, "q")
    QTest.keyClick(view, KEY.Key_S, SHIFT)
    press(view, KEY.Key_C, held=CONTROL)
    press(view, KEY.Key_Space)
    assert told == [("Q", False), ("S", True)]


def test_copy_takes_the_exact_text_and_the_spans_inside(view: ArticleView) -> None:
    view.select_all()
    view.copy()
    mime = QGuiApplication.clipboard().mimeData()
    data = json.loads(bytes(mime.data(clipboard.MIME).data()))
    assert data["text"] == TEXT
    assert [len(each["fragments"]) for each in data["spans"]] == [2, 1, 1]


def test_expand_and_shrink(view: ArticleView) -> None:
    view.set_caret(TEXT.index("wants") + 2)
    view.expand()
    first = view.selection
    view.expand()
    assert view.selection == QUOTE.fragments[0]
    view.shrink()
    assert view.selection == first
    view.shrink()
    assert view.selection is None


def test_a_new_width_leaves_the_line_that_is_read_where_it_is(view: ArticleView) -> None:
    text = "".join(f"Sentence {n} stands in one long paragraph. " for n in range(300))
    view.show_article(text, ())
    bar = view.verticalScrollBar()
    bar.setValue(1_003)
    first = view.seen()[0]
    before = view.caret_rect(first).top()
    for width in (500, 720):
        view.resize(width, 500)
        assert abs(view.caret_rect(first).top() - before) <= 40
        assert bar.value() > 900
    for value in (0, 5):
        bar.setValue(value)
        view.resize(500, 500)
        view.resize(720, 500)
        assert bar.value() == value, "the room above the first line stays"


def test_reveal_scrolls_to_the_far_end(view: ArticleView) -> None:
    text = "A paragraph of some words that goes on for a while and then ends.\n" * 2_000
    view.show_article(text, ())
    view.grab()
    view.set_caret(len(text) - 5)
    view.grab()
    assert 0 <= view.caret_rect(view.caret).top() < view.viewport().height()


def test_a_fault_in_painting_is_told_once_and_nothing_crashes(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("planted")

    monkeypatch.setattr(painter, "_bars", broken)
    view = ArticleView()
    qtbot.addWidget(view)
    told: list[Exception] = []
    view.paint_failed.connect(told.append)
    view.show_article(TEXT, (QUOTE,))
    view.grab()
    view.grab()
    assert [str(error) for error in told] == ["planted"]


def test_what_is_drawn_changes_with_theme_focus_and_selection(view: ArticleView) -> None:
    pictures: list[QImage] = [view.grab().toImage()]
    view.focus_span("quote")
    pictures.append(view.grab().toImage())
    view.select(0, 20)
    pictures.append(view.grab().toImage())
    view.set_theme(DARK)
    pictures.append(view.grab().toImage())
    assert all(one != other for one, other in pairwise(pictures))


def test_adding_a_span_shapes_nothing_anew(view: ArticleView, monkeypatch: pytest.MonkeyPatch) -> None:
    view.grab()
    monkeypatch.setattr(QTextLayout, "beginLayout", lambda self: pytest.fail("shaped again"))
    view.apply([Change(None, span("new", "rained"))])


def test_a_screen_reader_gets_text_and_caret(view: ArticleView) -> None:
    accessibility.attach(view)
    interface = QAccessible.queryAccessibleInterface(view)
    view.set_caret(4)
    text = interface.textInterface()
    assert text.text(0, 7) == TEXT[:7]
    assert text.cursorPosition() == 4
    assert text.characterCount() == len(TEXT)


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="None is immortal since 3.12")
def test_void_calls_lose_no_reference_to_none(view: ArticleView) -> None:
    before = sys.getrefcount(None)
    for _ in range(1_000):
        view.viewport().update()
    assert abs(sys.getrefcount(None) - before) < 100


def test_a_suggestion_is_a_dashed_bar_without_fill_and_cannot_be_focused(view: ArticleView) -> None:
    place = (TEXT.index("It rained"), TEXT.index("It rained") + 9)
    view.suggest([Span("~1", "", "", "", "quote", (place,), state=SUGGESTED)], "")
    image = view.viewport().grab().toImage()
    rect = view.caret_rect(place[0])
    colours = view._looks.colours("quote")
    words = {image.pixelColor(x, rect.top()).name() for x in range(rect.left() + 2, rect.left() + 60)}
    assert words == {"#ffffff"}
    right = view.caret_rect(place[1]).left()
    bar = [image.pixelColor(x, rect.top() + round(view._type.box) + 2).name() for x in range(right - 20, right - 1)]
    assert {"#ffffff", colours.bar.name()} <= set(bar)
    assert view.spans() == [QUOTE, INNER, SOURCE]
    view.set_caret(place[0] + 2)
    assert view.focused is None
    view.next_span()
    assert view.focused is None
    view.suggest(())
    image = view.viewport().grab().toImage()
    row = {image.pixelColor(x, rect.top() + round(view._type.box) + 2).name() for x in range(rect.left(), right)}
    assert row == {"#ffffff"}


def test_a_click_tells_which_suggestion_it_hit(view: ArticleView, qtbot: QtBot) -> None:
    place = (TEXT.index("rained"), TEXT.index("rained") + 6)
    view.suggest([Span("~1", "", "", "", "quote", (place,), state=SUGGESTED)], "")
    with qtbot.waitSignal(view.suggestion_chosen) as heard:
        QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, NONE, at(view, place[0] + 2))
    assert heard.args == ["~1"]
    with qtbot.assertNotEmitted(view.suggestion_chosen):
        bar = at(view, QUOTE.start + 1) + QPoint(0, round(view._type.box / 2) + 4)
        QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, NONE, bar)
    assert view.focused == QUOTE


def test_the_handle_of_an_arabic_span_is_at_its_right(qtbot: QtBot) -> None:
    view = ArticleView()
    qtbot.addWidget(view)
    text = "قال وزير الخارجية إن المحادثات ستبدأ."
    view.resize(720, 200)
    view.show_article(text, [Span("1", "a", "l", "p", "quote", ((0, 8),))])
    view.show()
    view.focus_span("1")
    image = view.viewport().grab().toImage()
    spot, end = view.caret_rect(0), view.caret_rect(8)
    # The handle stands above the ring: its inside is as light as the page, its top as dark as the line.
    assert image.pixelColor(spot.x() + 2, spot.y() - 4).lightness() > 220
    assert image.pixelColor(spot.x() + 1, spot.y() - 7).lightness() < 160
    assert image.pixelColor(end.x() - 1, spot.y() - 7).lightness() > 220
    assert image.pixelColor(end.x() + 8, spot.y() - 2).lightness() < 160


@pytest.mark.parametrize("ratio", [1, 2])
def test_the_signs_beside_the_focused_span_stay_readable(qtbot: QtBot, ratio: int) -> None:
    view = ArticleView()
    qtbot.addWidget(view)
    text = "It is “Nobody,” he said. He said ‘we’ and “go”?"
    places = [(text.index(words), text.index(words) + len(words)) for words in ("Nobody", "we", "go")]
    view.resize(720, 200)
    view.show_article(text, [Span(f"{a}", "a", "l", "p", "quote", ((a, b),)) for a, b in places])
    view.show()

    def picture() -> QImage:
        image = QImage(view.viewport().size() * ratio, QImage.Format.Format_RGB32)
        image.setDevicePixelRatio(ratio)
        view.viewport().render(image)
        return image

    view.focus_span(None)
    plain = picture()
    for start, end in places:
        view.focus_span(f"{start}")
        focused = picture()
        for sign in (start - 1, end):
            left, right = view.caret_rect(sign), view.caret_rect(sign + 1)
            inked = [
                (x, y)
                for x in range(left.x() * ratio, right.x() * ratio)
                for y in range(left.y() * ratio, (left.y() + round(view._type.box)) * ratio)
                if plain.pixelColor(x, y).lightness() < 90
            ]
            assert inked
            assert all(focused.pixelColor(x, y).lightness() < 100 for x, y in inked), text[sign]
            beside = [(x, y) for x, y in inked if (x - 1, y) not in inked and x > left.x() * ratio]
            seen = [(x, y) for x, y in beside if focused.pixelColor(x - 1, y) != focused.pixelColor(x, y)]
            assert len(seen) == len(beside), text[sign]


def test_the_span_under_the_pointer_is_in_front_with_its_whole_name(view: ArticleView) -> None:
    text = "A b c and then more of it."
    view.show_article(
        text, [Span("1", "a", "l", "p", "first name", ((0, 1),)), Span("2", "a", "l", "p", "x", ((2, 3),))]
    )

    def row() -> list[str]:
        image = view.viewport().grab().toImage()
        spot = view.caret_rect(0)
        y = spot.y() + round(view._type.box) + 8
        return [image.pixelColor(x, y).name() for x in range(spot.x(), spot.x() + 120)]

    short = row()
    QTest.mouseMove(view.viewport(), view.caret_rect(0).center() + QPoint(4, 0))
    whole = row()
    page = view.theme.page.lower()
    assert sum(name != page for name in whole) > sum(name != page for name in short) + 20
    view.set_shown(frozenset({"x"}), frozenset())
    view.set_caret(3)
    assert view.focused is not None
    assert view.focused.id == "2"
    assert row() != whole, "a dimmed span that is focused has its tag"

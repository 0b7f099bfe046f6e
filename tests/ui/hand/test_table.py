"""The table of the design on the speed of the hand: each row by real key and mouse events to the top window, counted.

Only `Fingers` acts; a row passes when the project holds what was wanted and no more keys were pressed than its target.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint
from pytestqt.qtbot import QtBot

from annotator.domain.span import Span
from annotator.ui.window import MainWindow
from tests.ui.hand.fingers import Fingers
from tests.ui.hand.test_paths import OWN, TEXTS, window_with
from tests.ui.test_window import stored

Make = Callable[[Path | None], MainWindow]
PHRASES = {
    "seed": (
        "Kim inspected Russian nuclear-capable strategic bombers, hypersonic missiles and warships on Saturday",
        '"tactical nuclear attack submarine"',
        "symbolic exchange of rifles with President",
        "Kim also toured",
    ),
    "own": (
        "the harbour master said",
        "“We sail when we are paid,”",
        "owner has denied that wages",
        "Two ferries stayed in Halm",
    ),
}


@pytest.fixture(params=["own", "seed"])
def desk(request: pytest.FixtureRequest, tmp_path: Path, make_window: Make) -> tuple[str, MainWindow, Fingers]:
    """A window on an article, and a hand with its caret at the beginning."""
    name = str(request.param)
    if name != "own" and not TEXTS[name].exists():
        pytest.skip("the seed article lies beside the repository; the twin on our own text never skips")
    text = OWN if name == "own" else TEXTS[name].read_bytes().decode("utf-8")
    window = window_with(text, tmp_path, make_window)
    fingers = Fingers(window)
    fingers.press("Ctrl+Home")
    fingers.reset()
    return name, window, fingers


Desk = tuple[str, MainWindow, Fingers]


def place(window: MainWindow, words: str) -> tuple[int, int]:
    start = window.view.text.index(words)
    return start, start + len(words)


def words_of(window: MainWindow, span: Span) -> list[str]:
    return [window.view.text[a:b] for a, b in span.fragments]


def put_caret(fingers: Fingers, window: MainWindow, words: str) -> tuple[int, int]:
    """Put the caret before the words, by the mouse; not counted."""
    start, end = place(window, words)
    fingers.click(start)
    fingers.press("Escape")
    fingers.reset()
    assert window.view.caret == start
    return start, end


@pytest.mark.parametrize("number", [0, 1])
def test_a_phrase_to_the_end_of_a_clause_or_quotation_in_3_keys(desk: Desk, number: int) -> None:
    name, window, fingers = desk
    words = PHRASES[name][number]
    wanted = put_caret(fingers, window, words)
    while fingers.keys < 3 and window.view.selection != wanted:
        fingers.press("Space")
    fingers.press("C")
    assert [span.fragments for span in stored(window)] == [(wanted,)]
    assert fingers.keys <= 3


@pytest.mark.parametrize("number", [2, 3])
def test_a_phrase_that_ends_anywhere_in_6_keys(desk: Desk, number: int) -> None:
    name, window, fingers = desk
    words = PHRASES[name][number]
    wanted = put_caret(fingers, window, words)
    fingers.press("Shift+G")
    for letter in words.split()[-1][:2]:
        fingers.press(letter)
    while fingers.keys < 5 and window.view.selection != wanted:
        fingers.press("Ctrl+Shift+Right")
    fingers.press("C")
    assert [span.fragments for span in stored(window)] == [(wanted,)]
    assert fingers.keys <= 6


def test_with_the_mouse_a_drag_and_a_key_or_with_a_held_label_a_drag(desk: Desk) -> None:
    name, window, fingers = desk
    first, second = (place(window, words) for words in PHRASES[name][2:])
    fingers.drag(*first)
    fingers.press("S")
    assert (fingers.mouse, fingers.keys) == (1, 1)
    fingers.press("Escape")
    row = window.side.labels._rows[0]
    fingers.click_on(row.mapTo(window, QPoint(row.width() // 2, row.height() // 2)))
    fingers.reset()
    fingers.drag(*second)
    assert (fingers.mouse, fingers.keys) == (1, 0)
    assert sorted((span.label, span.fragments) for span in stored(window)) == [
        ("quote", (second,)),
        ("source", (first,)),
    ]


def test_the_quotation_or_the_sentence_under_the_caret_in_2_keys(desk: Desk) -> None:
    name, window, fingers = desk
    quotation = place(window, PHRASES[name][1])
    fingers.click(quotation[0] + 4)
    fingers.press("Escape")
    fingers.reset()
    fingers.press("Q")
    fingers.press("Q")
    assert fingers.keys == 2
    assert [span.fragments for span in stored(window)] == [(quotation,)]
    start, _ = put_caret(fingers, window, PHRASES[name][2])
    fingers.press("X")
    fingers.press("A")
    assert fingers.keys == 2
    (claim,) = (span for span in stored(window) if span.label == "claim")
    (sentence,) = words_of(window, claim)
    assert claim.start < start < claim.end
    assert sentence[-1] in ".;"
    assert "\n" not in sentence


def made(desk: Desk, number: int = 2, key: str = "S") -> Span:
    """Tag a phrase by mouse and key, and count from nothing."""
    name, window, fingers = desk
    before = {span.id for span in stored(window)}
    fingers.drag(*place(window, PHRASES[name][number]))
    fingers.press(key)
    fingers.reset()
    (span,) = (span for span in stored(window) if span.id not in before)
    return span


def test_the_focused_span_is_relabelled_by_1_key(desk: Desk) -> None:
    _, window, fingers = desk
    before = made(desk)
    fingers.press("A")
    (after,) = stored(window)
    assert fingers.keys == 1
    assert after == before._replace(label="claim", updated=after.updated)


@pytest.mark.parametrize(
    ("key", "edge", "most"),
    [("Alt+Left", "end", 30), ("Alt+Down", "start", 30), ("Ctrl+Alt+Left", "end", 1), ("Ctrl+Alt+Down", "start", 1)],
)
def test_a_boundary_moves_by_1_key_and_all_else_is_kept(desk: Desk, key: str, edge: str, most: int) -> None:
    _, window, fingers = desk
    before = made(desk)
    fingers.press(key)
    (after,) = stored(window)
    assert fingers.keys == 1
    assert after._replace(fragments=before.fragments, updated=before.updated) == before
    moved = before.end - after.end if edge == "end" else after.start - before.start
    assert 0 < moved <= most


def test_a_fragment_is_added_by_selecting_and_1_key(desk: Desk) -> None:
    name, window, fingers = desk
    span = made(desk)
    wanted = place(window, PHRASES[name][0])
    fingers.drag(*wanted)
    fingers.press("+")
    assert (fingers.mouse, fingers.keys) == (1, 1)
    (after,) = stored(window)
    assert (after.id, set(after.fragments)) == (span.id, {wanted, *span.fragments})


def test_next_and_previous_span_by_1_key(desk: Desk) -> None:
    _, window, fingers = desk
    spans = sorted((made(desk, 2), made(desk, 3)), key=lambda span: span.start)
    fingers.press("Ctrl+Home")
    fingers.press("Escape")
    fingers.reset()
    fingers.press("J")
    assert (fingers.keys, window.view.focused) == (1, spans[0])
    fingers.press("J")
    assert (fingers.keys, window.view.focused) == (2, spans[1])
    fingers.press("K")
    assert (fingers.keys, window.view.focused) == (3, spans[0])


def test_articles_by_1_key(window: MainWindow, qtbot: QtBot) -> None:
    fingers, session = Fingers(window), window.session

    def number() -> int:
        assert session.store is not None
        assert session.article is not None
        return session.store.article_index(session.article.id) or 0

    fingers.press("Ctrl+Down")
    assert (fingers.keys, number()) == (1, 1)
    fingers.press("Ctrl+Up")
    assert (fingers.keys, number()) == (2, 0)
    fingers.press("Ctrl+J")
    assert (fingers.keys, number()) == (3, 1)
    fingers.press("Ctrl+Return")
    assert (fingers.keys, number()) == (4, 2)
    assert session.store is not None
    assert session.store.states(session.me.id)["done"] == 1


def test_the_count_is_of_what_was_pressed(desk: Desk) -> None:
    _, window, fingers = desk
    fingers.press("Ctrl+Right")
    assert fingers.keys == 1
    assert stored(window) == []

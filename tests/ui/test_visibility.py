"""Labels hidden and dimmed in the text: not drawn, not hit, not focused; counted, told, and shown again when needed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotator.domain.change import Change
from annotator.domain.span import Span
from annotator.ui.labels.row import LabelRow
from annotator.ui.labels.visibility import DIMMED, HIDDEN, SHOWN
from annotator.ui.text.held import SUGGESTED
from annotator.ui.text.mouse import span_at
from annotator.ui.window import MainWindow

K = Qt.Key
QUOTE, CUE, SOURCE = (27, 34), (36, 40), (41, 50)


@pytest.fixture
def tagged(window: MainWindow) -> MainWindow:
    for (start, end), key in ((QUOTE, "Q"), (CUE, "C"), (SOURCE, "S")):
        window.view.select(start, end)
        QTest.keyClicks(window.view, key)
    window.view.set_caret(0)
    return window


def row_of(window: MainWindow, label: str) -> LabelRow:
    return next(row for row in window.side.labels._rows if row.label.id == label)


def seen(window: MainWindow) -> list[str]:
    return [span.label for span in window.view.spans()]


def test_the_eye_goes_round_by_mouse_and_by_keyboard(tagged: MainWindow, qtbot: QtBot) -> None:
    tagged.activateWindow()
    row = row_of(tagged, "cue")
    row.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(row.hasFocus)
    assert row.eye.isVisible()
    QTest.keyClick(row, K.Key_Tab)
    assert QApplication.focusWidget() is row.eye
    QTest.keyClick(row.eye, K.Key_Space)
    assert tagged.visibility.of("cue") == DIMMED
    QTest.mouseClick(row.eye, Qt.MouseButton.LeftButton)
    assert tagged.visibility.of("cue") == HIDDEN
    assert "hidden" in row.accessibleName()
    tagged.view.setFocus()
    assert row.eye.isVisible(), "what is not as usual stays to be seen"
    QTest.mouseClick(row.eye, Qt.MouseButton.LeftButton)
    assert tagged.visibility.of("cue") == SHOWN
    tagged.view.setFocus()
    qtbot.waitUntil(lambda: not row.eye.isVisible() or row.underMouse())


def test_arrows_go_from_row_to_row_past_the_eyes(tagged: MainWindow, qtbot: QtBot) -> None:
    tagged.activateWindow()
    tagged.actions_["view.labels"].trigger()
    rows = tagged.side.labels._rows
    qtbot.waitUntil(rows[0].hasFocus)
    QTest.keyClick(rows[0], K.Key_Down)
    QTest.keyClick(rows[1], K.Key_Down)
    assert rows[2].hasFocus()
    QTest.keyClick(rows[2], K.Key_Up)
    assert rows[1].hasFocus()


def test_a_hidden_label_is_not_drawn_not_hit_and_not_focused(tagged: MainWindow) -> None:
    view = tagged.view
    place = view.caret_rect(CUE[0] + 2).center()
    tagged.visibility.set("cue", HIDDEN)
    assert seen(tagged) == ["quote", "source"]
    view.viewport().repaint()
    drawn = {piece.span.label for shown in view._visible() for line in shown.layout.lines for piece in line.pieces}
    assert drawn == {"quote", "source"}
    point = view._on_page(place.toPointF())
    assert span_at(view._page, point.x(), point.y())[0] is None
    view.set_caret(CUE[0] + 2)
    assert view.focused is None
    view.set_caret(0)
    labels = []
    for _ in range(3):
        QTest.keyClicks(view, "j")
        labels.append(view.focused.label if view.focused else "")
    assert labels == ["quote", "source", "source"]
    QTest.keyClicks(view, "k")
    assert view.focused is not None
    assert view.focused.label == "quote"


def test_a_focused_span_that_is_hidden_loses_the_focus_and_nothing_can_be_done_to_it(tagged: MainWindow) -> None:
    tagged.view.set_caret(CUE[0] + 2)
    tagged.visibility.set("cue", HIDDEN)
    assert tagged.view.focused is None
    assert not tagged.actions_["span.delete"].isEnabled()


def test_a_dimmed_label_has_a_pale_bar_no_fill_and_no_tag(tagged: MainWindow) -> None:
    view = tagged.view
    spot = view.caret_rect(CUE[0])
    fill, bar = QPoint(spot.x() + 6, spot.y() + 1), QPoint(spot.x() + 16, spot.y() + round(view._type.box) + 2)
    tag = QPoint(spot.x() + 6, spot.y() + round(view._type.box) + 10)

    def colours() -> list[str]:
        image = view.viewport().grab().toImage()
        return [image.pixelColor(point).name() for point in (fill, bar, tag)]

    page = view.theme.page.lower()
    before = colours()
    assert page not in before
    tagged.visibility.set("cue", DIMMED)
    after = colours()
    assert (after[0], after[2]) == (page, page)
    assert after[1] not in (page, before[1])
    view.set_caret(CUE[0] + 2)
    assert view.focused is not None
    assert view.focused.label == "cue"


def test_counts_stay_and_it_is_said_that_something_is_hidden(tagged: MainWindow, qtbot: QtBot) -> None:
    tagged.visibility.set("cue", HIDDEN)
    tagged.visibility.set("quote", HIDDEN)
    tagged.visibility.set("source", DIMMED)
    back = tagged.side.labels.back
    assert back.isVisible()
    assert "2 labels are hidden. 1 label is dimmed." in back._words.text()
    assert "3 spans in this article, 2 hidden" in tagged.bottom._count.text()
    assert row_of(tagged, "cue")._count == 1
    QTest.mouseClick(back.button, Qt.MouseButton.LeftButton)
    assert not back.isVisible()
    assert seen(tagged) == ["quote", "cue", "source"]
    assert "hidden" not in tagged.bottom._count.text()


def test_only_this_label_and_all_again_by_keys(tagged: MainWindow) -> None:
    view = tagged.view
    view.set_caret(CUE[0] + 2)
    QTest.keyClick(view, K.Key_O, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert seen(tagged) == ["cue"]
    assert view.focused is not None
    assert "2 other spans are hidden" in tagged.notice.words
    QTest.keyClick(view, K.Key_H, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert len(seen(tagged)) == 3


def test_the_notice_takes_only_this_label_back(tagged: MainWindow) -> None:
    tagged.visibility.set("source", DIMMED)
    tagged.view.set_caret(CUE[0] + 2)
    tagged.actions_["view.labels.only"].trigger()
    assert tagged.visibility.hidden >= {"quote", "source"}
    tagged.notice._undo.click()
    assert (tagged.visibility.hidden, tagged.visibility.dimmed) == (set(), {"source"})


def test_a_suggestion_of_a_hidden_or_dimmed_label_looks_as_usual(tagged: MainWindow) -> None:
    view, place = tagged.view, (55, 60)
    spot = view.caret_rect(place[0])

    def suggested() -> list[str]:
        view.suggest([Span("~1", "", "", "", "cue", (place,), state=SUGGESTED)])
        image = view.viewport().grab().toImage()
        y = spot.y() + round(view._type.box)
        return [image.pixelColor(spot.x() + x, y + down).name() for x in range(20) for down in (2, 9)]

    usual = suggested()
    for state in (DIMMED, HIDDEN):
        tagged.visibility.set("cue", state)
        image = view.viewport().grab().toImage()
        assert image.pixelColor(spot.x() + 2, spot.y() + round(view._type.box) + 2).name() == usual[4], "it stayed"
        assert suggested() == usual
    assert seen(tagged) == ["quote", "source"]


def test_hidden_words_still_have_a_label_for_who_looks_for_those_without(tagged: MainWindow) -> None:
    QTest.keyClicks(tagged.view, "n")
    places = [tagged.view.caret]
    tagged.view.set_caret(0)
    for label in ("quote", "cue", "source"):
        tagged.visibility.set(label, HIDDEN)
    QTest.keyClicks(tagged.view, "n")
    assert [tagged.view.caret] == places


@pytest.mark.parametrize("wide", [200, 248, 288])
@pytest.mark.parametrize("count", [1, 999, 12_345])
def test_pin_eye_and_count_have_each_a_place_of_their_own(tagged: MainWindow, wide: int, count: int) -> None:
    row = row_of(tagged, "cue")
    row.setMinimumWidth(wide)
    row.resize(wide, row.height())
    row.set_state(count, False)
    row.set_seen(DIMMED)
    row.set_held(True)
    pin, eye = row.pin(), row.eye.geometry()
    assert not pin.intersects(eye)
    assert pin.right() < eye.left()
    assert row.rect().contains(pin)
    assert row.rect().contains(eye)
    digits = QFontMetrics(tagged.look.sans(13)).horizontalAdvance(f"{count:,}") + 8
    assert eye.right() < wide - digits
    assert pin.left() > 50, "key and colour are not under it"
    assert row.accessibleName().startswith("Cue, held, key C")
    assert row.accessibleName().endswith("dimmed")
    QTest.mouseClick(row, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, pin.center())
    assert tagged.hand.holding.label is not None
    assert tagged.visibility.of("cue") == SHOWN
    QTest.mouseClick(row.eye, Qt.MouseButton.LeftButton)
    assert tagged.hand.holding.label is not None
    assert tagged.visibility.of("cue") == DIMMED


def test_a_drag_with_a_held_label_that_is_hidden_shows_it_again(tagged: MainWindow) -> None:
    cue = tagged.session.scheme.label("cue")
    assert cue is not None
    tagged.visibility.set("cue", HIDDEN)
    tagged.hand.holding.hold(cue)
    view = tagged.view
    first, last = (view.caret_rect(place).center() for place in (55, 60))
    QTest.mousePress(view.viewport(), Qt.MouseButton.LeftButton, pos=first)
    QTest.mouseMove(view.viewport(), last)
    QTest.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton, pos=last)
    assert tagged.visibility.of("cue") == SHOWN
    assert seen(tagged).count("cue") == 2


def test_what_is_labelled_is_seen(tagged: MainWindow) -> None:
    tagged.visibility.set("cue", HIDDEN)
    tagged.view.select(55, 60)
    QTest.keyClicks(tagged.view, "C")
    assert tagged.visibility.of("cue") == SHOWN
    assert tagged.view.focused is not None
    assert tagged.view.focused.label == "cue"
    assert "again" in tagged.notice.words


def test_labelling_the_same_words_again_shows_what_was_hidden(tagged: MainWindow) -> None:
    tagged.visibility.set("cue", HIDDEN)
    tagged.view.select(*CUE)
    QTest.keyClicks(tagged.view, "C")
    assert tagged.view.focused is not None
    assert tagged.view.focused.label == "cue"


def test_undo_shows_what_it_brought_back(tagged: MainWindow) -> None:
    tagged.view.set_caret(CUE[0] + 2)
    QTest.keyClick(tagged.view, K.Key_Delete)
    tagged.visibility.set("cue", HIDDEN)
    tagged.actions_["edit.undo"].trigger()
    assert "cue" in seen(tagged)


def test_a_span_that_comes_while_its_label_is_hidden_stays_hidden(tagged: MainWindow) -> None:
    tagged.visibility.set("cue", HIDDEN)
    tagged.view.set_caret(SOURCE[0] + 2)
    QTest.keyClick(tagged.view, K.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert seen(tagged) == ["quote", "source"]
    tagged.navigation.step(1)
    tagged.navigation.step(-1)
    assert seen(tagged) == ["quote", "source"]


def test_what_others_do_to_hidden_spans_stays_hidden(tagged: MainWindow) -> None:
    view = tagged.view
    cue = next(span for span in tagged.session.spans if span.label == "cue")
    tagged.visibility.set("cue", HIDDEN)
    view.apply([Change(cue, cue._replace(note="so")), Change(None, cue._replace(id="another"))])
    assert seen(tagged) == ["quote", "source"]
    tagged.visibility.show_all()
    assert sorted(span.note for span in view.spans() if span.label == "cue") == ["", "so"]


def test_every_project_has_its_own_for_the_session(tagged: MainWindow, tmp_path: Path) -> None:
    first = Path(tagged.session.store.path) if tagged.session.store else Path()
    tagged.visibility.set("cue", HIDDEN)
    other = tmp_path / "Other.annotator"
    other.write_bytes(b"")
    other.unlink()
    tagged.session.close()
    first.rename(other)
    tagged.session.open(other)
    assert tagged.visibility.hidden == set()
    tagged.session.close()
    other.rename(first)
    tagged.session.open(first)
    assert tagged.visibility.hidden == {"cue"}


def test_very_many_labels_are_scrolled_and_the_focused_one_is_shown(
    make_window: Callable[[Path | None], MainWindow], tmp_path: Path, qtbot: QtBot
) -> None:
    from annotator import whoami
    from annotator.domain.scheme import Label, Scheme
    from annotator.editing.workspace import Workspace
    from annotator.jobs.importing import import_paths
    from annotator.storage.store import Store

    who = whoami.save_identity("Lena Brandt")
    labels = tuple(Label(f"l{n}", f"Label {n}", "", "#0072B2", "#56B4E9") for n in range(60))
    path, text = tmp_path / "Many.annotator", tmp_path / "a.txt"
    text.write_text("Ferry crews vote to stop.\n", encoding="utf-8")
    Store.create(path, Scheme("many", "Many", 1, labels))
    store = Store.open(path)
    import_paths(Workspace(store, who.annotator, who.device), [text])
    store.close()
    window = make_window(path)
    window.resize(1280, 800)
    rows = window.side.labels._rows
    qtbot.waitUntil(lambda: all(row.height() >= window.look.px(32) for row in rows))
    window.view.select(0, 5)
    window.tagging.label(labels[57])
    assert not rows[57].visibleRegion().isEmpty()
    assert rows[0].visibleRegion().isEmpty()

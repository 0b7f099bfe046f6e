"""The page of agreement where there is nothing to compare, or nothing that may be seen."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotator import whoami
from annotator.editing.articles import set_state
from tests.blind import BOS, TRACE, twice
from tests.builders import ANA
from tests.crowd import crowd
from tests.ui.agreement.conftest import CONTROL, SHIFT, Key, Make, computed, press, shown, window_of

pytestmark = pytest.mark.qt_log_ignore("does not support")


def test_an_empty_project_says_what_is_missing(project: Path, make_window: Make) -> None:
    window = make_window(project)
    press(window, Key.Key_F5, held=SHIFT)
    page = window.sheets.agreeing.page
    assert page is not None
    assert page.nothing.text() == (
        "Two annotators must finish the same article before there is something to compare."
    )  # fmt: skip
    assert "nothing to compare" in page.why.text()
    assert not page.head.save.isEnabled()
    press(window, "X", "T", "R", "A", Key.Key_F6, Key.Key_Tab)
    press(window, Key.Key_Escape)
    assert window.sheets.agreeing.page is None


def test_nobody_is_done_and_all_are_compared_all_the_same(tmp_path: Path, make_window: Make, qtbot: QtBot) -> None:
    page = shown(make_window(crowd(tmp_path / "begun.annotator", 2, done=False)), qtbot)
    window = window_of(page)
    assert page.found is not None
    assert not page.found.done_only
    press(window, "A")
    computed(window, qtbot)
    assert page.sheet is None
    assert page.why.text() == "6 articles are read by two or more; not all of them are done with any."
    assert page.all.hasFocus()
    press(window, Key.Key_Return)
    computed(window, qtbot)
    assert page.sheet is not None
    assert page.sheet.notes[0].warning


def test_who_tags_blind_sees_nothing_of_others(
    tmp_path: Path, make_window: Make, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(whoami, "identity", lambda: whoami.Identity(ANA, "laptop"))
    without, with_, blind, _open = twice(tmp_path)
    seen = []
    for path in (without, with_):
        page = shown(make_window(path), qtbot)
        seen.append((page.sheet, page.found.finished if page.found else None, page.nothing.text(), page.why.text()))
        assert TRACE not in repr(seen)
        assert BOS not in repr(seen)
    assert seen[0] == seen[1]
    window = window_of(page)
    session = window.session
    session.show_article(blind.id)
    session.do(set_state(blind.id, session.layer, session.me, "done"))
    qtbot.waitUntil(lambda: page.found is not None and blind.id in page.found.finished)


def test_readings_without_a_span_have_no_figures_but_words(tmp_path: Path, make_window: Make, qtbot: QtBot) -> None:
    page = shown(make_window(crowd(tmp_path / "bare.annotator", 3, spans=0)), qtbot)
    window = window_of(page)
    assert page.heads[0].number.text() == "no spans"
    assert {page.pairs.cell(*at).words for at in page.pairs.cells()} == {"no spans"}  # type: ignore[union-attr]
    assert page.labels.lines == ()
    for _part in range(4):
        press(window, Key.Key_Down, Key.Key_Right, Key.Key_F6)
    assert not page.grab().isNull()
    press(window, "X", "T", Key.Key_Down)
    press(window, "C", held=CONTROL)
    assert "no spans" in QApplication.clipboard().text()

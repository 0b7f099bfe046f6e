"""The page of agreement: what is chosen, copied and saved, and what changes while it is open."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotator.domain.article import VisibleLayers, own_layer
from annotator.domain.change import Change, Step
from annotator.report import written
from annotator.ui.agreement import watcher as watching
from annotator.ui.agreement.page import AgreementPage
from annotator.ui.agreement.readings import ReadingsDialog
from annotator.ui.agreement.saving import save_dialog
from annotator.ui.window import MainWindow
from tests.builders import ANA
from tests.ui.agreement.conftest import CONTROL, SHIFT, Key, Make, computed, press, window_of

pytestmark = pytest.mark.qt_log_ignore("does not support")


def test_readings_and_articles_are_chosen(page: AgreementPage, qtbot: QtBot) -> None:
    window = window_of(page)
    agreeing = window.sheets.agreeing
    assert page.controls.readings.text() == "all 4…"
    refs = agreeing.wish.refs
    agreeing._ask(watching.Wish(refs[:2]))
    computed(window, qtbot)
    assert len(page.pairs.cells()) == 1
    assert page.controls.readings.text() == "2 of 4…"
    assert page.found is not None
    assert page.found.done_only
    press(window, "A")
    computed(window, qtbot)
    assert not page.found.done_only


def test_the_table_is_copied(page: AgreementPage) -> None:
    window, told = window_of(page), page.sheet
    assert told is not None
    press(window, "C", held=CONTROL)
    assert QApplication.clipboard().text() == written.tabbed(told)
    press(window, "C", held=CONTROL | SHIFT)
    assert QApplication.clipboard().text() == written.markdown(told)


@pytest.mark.parametrize(("name", "begins"), [("r.html", b"<!DOCTYPE html>"), ("r.csv", b"\xef\xbb\xbfWhat")])
def test_the_report_is_saved(
    page: AgreementPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot, name: str, begins: bytes
) -> None:
    target = tmp_path / name
    monkeypatch.setattr("annotator.ui.agreement.saving.ask", lambda *_asked: target)
    page.head.save.click()
    qtbot.waitUntil(target.exists)
    qtbot.waitUntil(lambda: target.read_bytes().startswith(begins))
    if name.endswith(".html"):
        assert f"; scheme News sourcing, version {window_of(page).session.scheme.version}<" in target.read_text("utf-8")


def test_the_ending_follows_what_is_chosen(window: MainWindow, tmp_path: Path) -> None:
    dialog = save_dialog(window, tmp_path / "Agreement Two v1.2")
    assert [Path(it).name for it in dialog.selectedFiles()] == ["Agreement Two v1.2.html"]
    for number, ending in ((1, ".csv"), (0, ".html")):
        dialog.selectNameFilter(dialog.nameFilters()[number])
        dialog.filterSelected.emit(dialog.nameFilters()[number])
        assert [Path(it).name for it in dialog.selectedFiles()] == [f"Agreement Two v1.2{ending}"]
    dialog.close()


def test_readings_are_ticked(page: AgreementPage) -> None:
    window = window_of(page)
    agreeing = window.sheets.agreeing
    names = ["Ana", "Bo", "Cleo", "Dora"]
    dialog = ReadingsDialog(agreeing._layers, names, agreeing.wish.refs, window.look, window)
    assert dialog.refs == agreeing.wish.refs
    assert dialog.list.item(0).text() == "Ana – 6 articles, 6 done"
    for number in range(3):
        dialog.list.item(number).setCheckState(Qt.CheckState.Unchecked)
    assert dialog.refs == agreeing.wish.refs[3:]
    assert not dialog.take.isEnabled()
    assert dialog.about.text() == "Choose two readings or more."
    dialog.all.click()
    assert dialog.refs == agreeing.wish.refs
    assert dialog.take.isEnabled()
    dialog.close()


# What changes


def test_a_change_is_followed_when_the_hand_rests(page: AgreementPage, qtbot: QtBot) -> None:
    window = window_of(page)
    session, found = window.session, page.found
    assert found is not None
    assert session.store is not None
    span = next(iter(session.store.spans(found.report.articles[0], VisibleLayers.ALL)))
    session.do(Step("Take away", (Change(span, None),)))
    qtbot.waitUntil(lambda: page.found is not found)
    assert page.found is not None
    assert page.found.report.spans.total() == found.report.spans.total() - 1
    press(window, "Z", held=CONTROL)
    qtbot.waitUntil(lambda: page.found.report.spans == found.report.spans)  # type: ignore[union-attr]


def test_a_reading_that_comes_or_goes_is_followed(page: AgreementPage, qtbot: QtBot) -> None:
    window = window_of(page)
    session, agreeing = window.session, window.sheets.agreeing
    assert session.store is not None
    article = next(iter(session.store.article_ids()))
    layer = own_layer(article, ANA.id)._replace(state="done")
    session.do(Step("Come", (Change(None, ANA), Change(None, layer))))
    qtbot.waitUntil(lambda: page.found is not None and len(page.found.refs) == 5)
    assert page.controls.readings.text() == "all 5…"
    agreeing._chosen = agreeing.wish.refs[:2]  # two are chosen, and one of them goes
    agreeing._compute(0)
    qtbot.waitUntil(lambda: page.found is not None and len(page.found.refs) == 2)
    session.do(Step("Go", (Change(layer, None),)))
    qtbot.waitUntil(lambda: page.found is not None and len(page.found.refs) == 4)
    assert page.controls.readings.text() == "all 4…"


def test_it_can_be_stopped_and_the_figures_stay(page: AgreementPage, qtbot: QtBot) -> None:
    agreeing, before = window_of(page).sheets.agreeing, page.found
    watcher = agreeing.watcher
    assert watcher is not None
    watcher.ask(agreeing.wish)
    watcher._begin()
    watcher.stop()
    qtbot.waitUntil(lambda: not watcher.busy)
    assert page.found is before
    assert page.sheet is not None


def test_stopped_before_there_were_figures_it_can_be_begun_again(four: Path, make_window: Make, qtbot: QtBot) -> None:
    window = make_window(four)
    window.sheets.agreement()
    page, watcher = window.sheets.agreeing.page, window.sheets.agreeing.watcher
    assert page is not None
    assert watcher is not None
    watcher._begin()
    watcher.stop()
    qtbot.waitUntil(lambda: not watcher.busy and page.found is None)
    assert page.nothing.text() == "Stopped; there are no figures yet."
    assert page.all.hasFocus()
    press(window, Key.Key_Return)
    computed(window, qtbot)
    assert page.sheet is not None
    assert page.pairs.hasFocus()


def test_what_takes_long_shows_a_bar_and_a_way_to_stop(
    four: Path, make_window: Make, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watching, "_SEEN_MS", -1)
    window = make_window(four)
    window.sheets.agreement()
    page, watcher = window.sheets.agreeing.page, window.sheets.agreeing.watcher
    assert page is not None
    assert watcher is not None
    watcher._advance(3, 10)
    assert page.bottom._working.isVisible()
    assert "30 %" in page.bottom._working._words.text()
    page.bottom._working.stop.click()
    computed(window, qtbot)
    assert page.bottom._working.isHidden()


def test_the_project_is_closed_while_it_computes(page: AgreementPage) -> None:
    window = window_of(page)
    watcher = window.sheets.agreeing.watcher
    assert watcher is not None
    watcher.ask(window.sheets.agreeing.wish)
    watcher._begin()
    window.session.close()
    assert window.sheets.agreeing.page is None

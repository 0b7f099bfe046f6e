"""What is behind each figure of the page of agreement, and the way back."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotator.report import written
from annotator.storage.review import layers
from annotator.ui.agreement.page import AgreementPage
from annotator.ui.review.page import ReviewPage
from annotator.ui.window import MainWindow
from tests.crowd import crowd, person
from tests.ui.agreement.conftest import Key, Make, computed, press, shown, window_of

pytestmark = pytest.mark.qt_log_ignore("does not support")


def reviewed(window: MainWindow, qtbot: QtBot) -> ReviewPage:
    """Wait for the review."""
    qtbot.waitUntil(lambda: window.sheets.reviewing)
    found = window.sheets.reviewer.page
    assert found is not None
    return found


def kinds(found: ReviewPage) -> set[str]:
    return {item.difference.kind for item in found.desk.items()}


def test_a_pair_opens_its_two_readings_and_escape_leads_back(page: AgreementPage, qtbot: QtBot) -> None:
    window = window_of(page)
    press(window, Key.Key_Return)
    review = reviewed(window, qtbot)
    assert [ref.owner for ref in review.desk.refs] == [person(0).id, person(1).id]
    assert review.desk.items()
    press(window, Key.Key_Escape)
    assert not window.sheets.reviewing
    assert window.sheets.agreeing.page is page
    assert page.pairs.hasFocus()
    press(window, Key.Key_Escape)
    assert window.sheets.agreeing.page is None
    assert not window.sheets.covered
    assert window.actions_["project.agreement"].isEnabled()


def test_a_label_opens_its_differences(page: AgreementPage, qtbot: QtBot) -> None:
    window = window_of(page)
    press(window, Key.Key_F6, Key.Key_Down, Key.Key_Return)
    review = reviewed(window, qtbot)
    assert len(review.desk.refs) == 4
    assert review.desk.items()
    assert all("source" in item.difference.labels for item in review.desk.items())
    assert review.queue.label.currentText() == "Source"


def test_two_labels_open_what_was_taken_for_one_another(page: AgreementPage, qtbot: QtBot) -> None:
    window = window_of(page)
    page.confused.setFocus()
    cells = [cell for cell in page.confused.cells() if cell[0] != cell[1] and "" not in
             (page.sheet.confused.ids[cell[0]], page.sheet.confused.ids[cell[1]])]  # type: ignore[union-attr]  # fmt: skip
    page.confused.go(*cells[0])
    press(window, Key.Key_Return)
    review = reviewed(window, qtbot)
    wanted = {page.confused.names[at].lower() for at in cells[0]}
    assert review.desk.items()
    assert all(wanted <= set(item.difference.labels) for item in review.desk.items())
    assert kinds(review) <= {"label", "missed"}
    ids = [item.difference.id for item in review.desk.items()]
    press(window, "J")
    assert review.desk.current == ids[1 % len(ids)]
    assert " / " in review.queue.label.currentText()
    review.desk.narrow(label="", kinds=frozenset())
    assert len(review.desk.items()) > len(ids)


def test_nothing_opens_what_was_missed(page: AgreementPage, qtbot: QtBot) -> None:
    window = window_of(page)
    page.confused.setFocus()
    last = len(page.confused.names) - 1
    page.confused.go(*next(cell for cell in page.confused.cells() if cell[1] == last))
    press(window, Key.Key_Return)
    assert kinds(reviewed(window, qtbot)) == {"missed"}


def test_an_article_opens_only_its_own(page: AgreementPage, qtbot: QtBot) -> None:
    window = window_of(page)
    press(window, Key.Key_F6, Key.Key_F6, Key.Key_F6, Key.Key_Return)
    review = reviewed(window, qtbot)
    assert review.desk.queue.articles == (page.articles.lines[0].id,)


def test_a_click_on_each_cell_and_bar_opens_what_return_opens(page: AgreementPage) -> None:
    window = window_of(page)
    page.wanted.disconnect()  # what is wanted is looked at, and not opened
    wanted = list[object]()
    page.wanted.connect(wanted.append)
    for chart in page.charts:
        for row, column in chart.cells():
            chart.setFocus()
            chart.go(row, column)
            box, (dx, dy) = chart.box(row, column), chart.offset()
            place = QPoint(round(box.x - dx + box.width / 2), round(box.middle - dy))
            if not chart.viewport().rect().contains(place):
                continue
            press(window, Key.Key_Return)
            chart.current = chart.cells()[0]
            QTest.mouseClick(chart.viewport(), Qt.MouseButton.LeftButton, pos=place)
            assert chart.current == (row, column)
            assert wanted[-1] == wanted[-2] == page.behind(chart, row, column)
            assert wanted[-1] is not None
    assert len(wanted) > 2 * (6 + 4 + 6 + 6 - 1)


def test_in_a_narrow_window_each_card_has_room(page: AgreementPage, qtbot: QtBot) -> None:
    window = window_of(page)
    for wide, columns in ((1280, 3), (1024, 2)):
        window.resize(wide, 700)
        qtbot.waitUntil(lambda wide=wide: page.width() == wide)
        QApplication.processEvents()
        parts = [chart.parentWidget() for chart in page.charts]
        assert len({part.x() for part in parts if part is not None and part.y() == parts[0].y()}) == columns  # type: ignore[union-attr]
        metrics = QFontMetrics(window.look.sans(12))
        for grid in (page.pairs, page.confused):
            last = len(grid.names) - 1
            assert grid.horizontalScrollBar().maximum() == 0
            room = grid._matrix.top if grid._upright else grid.box(last, last).width
            assert all(metrics.horizontalAdvance(name) < room for name in grid.names)  # none is cut


def test_a_row_of_the_table_opens_the_same(page: AgreementPage, qtbot: QtBot) -> None:
    window = window_of(page)
    press(window, "T", Key.Key_Down, Key.Key_Down, Key.Key_Return)
    assert [ref.owner for ref in reviewed(window, qtbot).desk.refs] == [person(0).id, person(1).id]


def test_a_figure_without_differences_says_so(page: AgreementPage, qtbot: QtBot) -> None:
    window, words = window_of(page), list[str]()
    window.session.told.connect(lambda said, _undo: words.append(said))
    page.pairs.go(0, 2)  # who is even says the same
    press(window, Key.Key_Return)
    qtbot.waitUntil(lambda: bool(words))
    assert words == ["There is no difference behind this figure."]
    assert not window.sheets.reviewing
    assert window.sheets.agreeing.page is page


def test_a_pair_without_common_article_opens_nothing(tmp_path: Path, make_window: Make, qtbot: QtBot) -> None:
    page = shown(make_window(crowd(tmp_path / "apart.annotator", 3, apart=True)), qtbot)
    words = list[str]()
    window_of(page).session.told.connect(lambda said, _undo: words.append(said))
    cell = page.pairs.cell(1, 2)
    assert cell is not None
    assert cell.words == "no common article"
    page.pairs.go(1, 2)
    press(window_of(page), Key.Key_Return)
    assert words == ["There is no difference behind this figure."]


def test_the_review_leads_here_and_back(four: Path, make_window: Make, qtbot: QtBot) -> None:
    window = make_window(four)
    store = window.session.store
    assert store is not None
    refs = [one.ref for one in layers(store)][:3]
    window.sheets.reviewer.review(refs)
    review = reviewed(window, qtbot)
    press(window, "A")
    computed(window, qtbot)
    page = window.sheets.agreeing.page
    assert page is not None
    assert page.found is not None
    assert page.found.refs == tuple(refs)
    press(window, Key.Key_Escape)
    assert window.sheets.reviewer.page is review
    assert window.sheets.agreeing.page is None
    press(window, "A")
    computed(window, qtbot)
    press(window, Key.Key_Return)  # other differences than those below: that review goes
    qtbot.waitUntil(lambda: window.sheets.reviewer.page not in (None, review))
    press(window, "A")  # and back to where one came from
    assert window.sheets.reviewer.page is None
    assert window.sheets.agreeing.page is not None
    press(window, Key.Key_Escape)
    assert not window.sheets.covered


def test_names_that_are_hidden_stay_hidden(four: Path, make_window: Make, qtbot: QtBot) -> None:
    window = make_window(four)
    store = window.session.store
    assert store is not None
    window.sheets.reviewer.review([one.ref for one in layers(store)])
    reviewed(window, qtbot)
    press(window, "H", "A")
    computed(window, qtbot)
    page = window.sheets.agreeing.page
    assert page is not None
    assert page.sheet is not None
    assert "Reader" not in written.tabbed(page.sheet)
    assert not page.controls.readings.isEnabled()
    assert page.bottom._count.text().startswith("Names hidden · ")
    press(window, "R")
    assert window.notice.words == "Names are hidden, as on the review page: H there shows them again."
    press(window, Key.Key_Return)
    qtbot.waitUntil(lambda: window.sheets.reviewer.page is not None and len(window.sheets.reviewer.page.desk.refs) == 2)
    assert reviewed(window, qtbot).desk.names_hidden


def test_what_is_settled_is_shown_where_nothing_is_left(page: AgreementPage, qtbot: QtBot) -> None:
    window = window_of(page)
    press(window, Key.Key_F6, Key.Key_F6, Key.Key_F6, Key.Key_Return)
    review = reviewed(window, qtbot)
    count, found = len(review.desk.items()), page.found
    for _difference in range(count):
        press(window, "1")
    assert review.desk.items() == []
    watcher = window.sheets.agreeing.watcher
    assert watcher is not None
    assert not watcher.busy  # nobody sees the figures now
    press(window, Key.Key_Escape)
    qtbot.waitUntil(lambda: page.found is not found)  # they are computed when one comes back
    press(window, Key.Key_Return)
    review = reviewed(window, qtbot)
    assert review.desk.list == "settled"
    assert len(review.desk.items()) == count

"""Merging packages from the window: the preview, the merge, taking it back, the list of packages."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotator.domain import ids
from annotator.domain.article import VisibleLayers
from annotator.domain.change import Change, Step
from annotator.domain.team import Remark
from annotator.editing.workspace import Workspace
from annotator.storage.merging import Staged
from annotator.storage.store import Store
from annotator.ui.colleagues.brought import PackageReport
from annotator.ui.colleagues.mergedialog import BringDialog
from annotator.ui.colleagues.packages import Packages
from annotator.ui.colleagues.page import ColleaguesPage
from annotator.ui.window import MainWindow
from tests.ui.colleagues.team import BO, CEM, articles, introduced, sent_to, work_of
from tests.ui.modal import answered

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen platform says so of every dialog


@pytest.fixture
def from_bo(window: MainWindow, tmp_path: Path) -> Path:
    """What Bo sends back: two spans in the first article."""
    introduced(window, BO)
    return work_of(sent_to(window, BO, tmp_path), BO, tmp_path, (0, 5), (6, 11))


def spans_of(window: MainWindow, owner: str) -> int:
    store = window.session.store
    assert store is not None
    (first, *_) = articles(store)
    return sum(span.annotator == owner for span in store.spans(first.id, VisibleLayers.ALL))


def dialog_of(window: MainWindow, paths: list[Path], qtbot: QtBot) -> BringDialog:
    dialog = BringDialog(window.session, paths, window.look, window)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitUntil(lambda: not dialog._runner.running)
    return dialog


def merge(window: MainWindow, path: Path, qtbot: QtBot) -> None:
    window.notice.hide()
    window.sheets.exchanging.bring_in([path])
    qtbot.waitUntil(lambda: not window.files.running and bool(window.notice.words))


def test_what_a_package_would_bring_is_shown_before(window: MainWindow, from_bo: Path, qtbot: QtBot) -> None:
    dialog = dialog_of(window, [from_bo], qtbot)
    assert dialog._status.text() == "Comes in: 2 new spans.", dialog.brought._shown[0][1]
    rows = dict(dialog.brought._shown)
    assert rows["From"] == "Bo"
    assert rows["Spans of Bo"] == "2 new"
    assert "first package of Bo" in rows["Signature"]
    assert dialog.take.isEnabled()
    assert spans_of(window, BO.annotator.id) == 0


def test_it_is_merged_by_keyboard_taken_back_and_switched_on_again(
    window: MainWindow, from_bo: Path, qtbot: QtBot
) -> None:
    def answer(dialog: BringDialog) -> None:
        qtbot.waitUntil(lambda: not dialog._runner.running)
        qtbot.keyClick(dialog.table, Qt.Key.Key_Return)

    with answered(BringDialog, answer):
        window.sheets.exchanging.look_at([from_bo])
    qtbot.waitUntil(lambda: "Merged the package of Bo: 2 new spans." in window.notice.words)
    assert spans_of(window, BO.annotator.id) == 2

    def read(report: PackageReport) -> None:
        assert ("Spans of Bo", "2 new") in report._rows
        report._copy()
        report.accept()

    with answered(PackageReport, read):
        window.notice.report_wanted.emit()
    assert "Spans of Bo\t2 new" in QApplication.clipboard().text()
    window.notice._undo_it()
    qtbot.waitUntil(lambda: "switched off" in window.notice.words)
    assert spans_of(window, BO.annotator.id) == 0
    page = ColleaguesPage(window, "packages")
    qtbot.addWidget(page)
    page.show()
    part = page.part
    assert isinstance(part, Packages)
    assert part.onoff.text() == "Switch on"
    for state, count in (("off", 2), ("on", 0)):
        qtbot.keyClick(part.merged, Qt.Key.Key_Space)
        qtbot.waitUntil(lambda: not page._runner.running)
        assert part.onoff.text() == f"Switch {state}"
        assert spans_of(window, BO.annotator.id) == count
        assert part.merged.hasFocus()


def test_the_list_tells_of_merged_and_sent_ones(window: MainWindow, from_bo: Path, qtbot: QtBot) -> None:
    merge(window, from_bo, qtbot)
    page = ColleaguesPage(window, "packages")
    qtbot.addWidget(page)
    page.show()
    part = page.part
    assert isinstance(part, Packages)
    row = [part.merged.item(0, column).text() for column in (0, 2, 3, 4, 5)]  # type: ignore[union-attr]
    assert row == ["Bo", from_bo.name, "2 new", "signed, known", "on"]

    def read(report: PackageReport) -> None:
        assert ("Spans of Bo", "2 new") in report._rows
        report.accept()

    with answered(PackageReport, read):
        qtbot.keyClick(part.merged, Qt.Key.Key_Return)
    part._pages.chosen.emit(1)
    assert part.sent.item(0, 0).text() == "Bo"  # type: ignore[union-attr]
    assert part.onoff.isHidden()


def test_whose_a_span_is_stands_at_the_span(window: MainWindow, from_bo: Path, qtbot: QtBot) -> None:
    merge(window, from_bo, qtbot)
    assert "Ctrl+Shift+C shows colleagues’ spans. F5 compares the readings." in window.notice.words
    table = window.side.table
    assert "Show colleagues’ spans" in table._empty.text()
    window.actions_["view.colleagues"].trigger()
    first = window.session.spans.at(0)
    window.view.focus_span(first.id)
    qtbot.waitUntil(lambda: "Tagged by Bo: it can be read, not changed" in window.side.span.full._notes.text())
    merge(window, from_bo, qtbot)
    assert window.notice.words == "Nothing new: all of that was here already."


def test_who_goes_to_a_colleagues_span_is_shown_it(window: MainWindow, from_bo: Path, qtbot: QtBot) -> None:
    merge(window, from_bo, qtbot)
    article, store = window.session.article, window.session.store
    assert article is not None
    assert store is not None
    span = store.spans(article.id, VisibleLayers.ALL)[0]
    assert span.id not in window.session.spans
    window.navigation.open_span(article.id, span.id)
    assert window.view.focused == span
    assert window.actions_["view.colleagues"].isChecked()
    window.actions_["view.colleagues"].trigger()
    assert not window.session.colleagues


def test_a_remark_on_a_colleagues_span_shows_the_span(window: MainWindow, from_bo: Path, qtbot: QtBot) -> None:
    merge(window, from_bo, qtbot)
    store, article = window.session.store, window.session.article
    assert store is not None
    assert article is not None
    span = store.spans(article.id, VisibleLayers.ALL)[0]
    remark = Remark(ids.uuid7(), article.id, span.id, BO.annotator.id, "Is it one?")
    assert window.session.workspace is not None
    beside = Workspace(store, BO.annotator, BO.device)
    beside.do(Step("Remark", (Change(None, remark),)))
    # As after a start: the window does not hear of what another program writes.
    worklist = window.articles.worklist
    worklist._open()
    worklist.begin()
    qtbot.waitUntil(lambda: worklist.complete)
    window.navigation.step(1)
    window.actions_["go.remark"].trigger()
    qtbot.waitUntil(lambda: window.view.focused == span)


def test_a_second_time_it_brings_nothing_new(window: MainWindow, from_bo: Path, qtbot: QtBot) -> None:
    merge(window, from_bo, qtbot)
    dialog = dialog_of(window, [from_bo], qtbot)
    assert dialog._status.text() == "Nothing new: all of that is here already."
    assert not dialog.take.isEnabled()


def test_a_damaged_one_is_refused_and_the_others_go_on(window: MainWindow, from_bo: Path, qtbot: QtBot) -> None:
    bad = from_bo.with_name("bad.annotator-package")
    data = bytearray(from_bo.read_bytes())
    data[200] ^= 1
    bad.write_bytes(data)
    dialog = dialog_of(window, [bad, from_bo, from_bo.with_name("gone.annotator-package")], qtbot)
    assert dialog.paths == [from_bo]
    assert "2 packages are refused." in dialog._status.text()
    assert dialog.brought._shown[0][0] == "Refused"
    assert dialog.take.isEnabled()
    item = dialog.table.item(1, 0)
    assert item is not None
    item.setCheckState(Qt.CheckState.Unchecked)
    assert not dialog.take.isEnabled()


def test_forty_packages_and_long_names(window: MainWindow, from_bo: Path, qtbot: QtBot) -> None:
    paths = [from_bo.with_name(f"{'long ' * 30}{number}.annotator-package") for number in range(40)]
    for path in paths:
        path.write_bytes(from_bo.read_bytes())
    dialog = dialog_of(window, paths, qtbot)
    assert dialog.table.rowCount() == 40
    assert len(dialog.paths) == 40
    assert dialog.width() <= window.width()


def test_two_packages_are_merged_by_dropping_them(
    window: MainWindow, from_bo: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    introduced(window, CEM)
    from_cem = work_of(sent_to(window, CEM, tmp_path), CEM, tmp_path, (12, 16))
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in (from_bo, from_cem)])

    def answer(dialog: BringDialog) -> None:
        qtbot.waitUntil(lambda: not dialog._runner.running)
        dialog.accept()

    with answered(BringDialog, answer):
        window.dropEvent(
            QDropEvent(
                QPointF(5, 5), Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton,
                Qt.KeyboardModifier.NoModifier,
            )
        )  # fmt: skip
        qtbot.waitUntil(lambda: window.files.running or bool(window.notice.words))
    qtbot.waitUntil(lambda: "Merged 2 packages: 3 new spans." in window.notice.words)
    window.notice._undo_it()
    qtbot.waitUntil(lambda: "2 packages are switched off" in window.notice.words)
    assert spans_of(window, BO.annotator.id) == spans_of(window, CEM.annotator.id) == 0


def test_tagging_goes_on_after_it_and_undo_is_ones_own(window: MainWindow, from_bo: Path, qtbot: QtBot) -> None:
    merge(window, from_bo, qtbot)
    window.view.select(27, 34)
    qtbot.keyClicks(window.view, "Q")
    assert spans_of(window, window.session.me.id) == 1
    window.undoing.undo()
    assert spans_of(window, window.session.me.id) == 0
    assert spans_of(window, BO.annotator.id) == 2


def test_a_package_of_another_project_is_refused(
    window: MainWindow, from_bo: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    from annotator import assets
    from annotator.domain.scheme import parse
    from annotator.jobs.packing import pack

    other = tmp_path / "Other.annotator"
    Store.create(other, parse(assets.scheme_text(), "news-sourcing.toml"))
    store = Store.open(other)
    pack(store, BO, tmp_path / "other.annotator-package", layers="all")
    store.close()
    dialog = dialog_of(window, [tmp_path / "other.annotator-package"], qtbot)
    assert "another project" in dialog.brought._shown[0][1]
    assert not dialog.take.isEnabled()


def test_what_is_done_while_a_package_is_written_is_refused_and_the_pause_is_told(
    window: MainWindow, from_bo: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on = threading.Event()
    real = Staged.write

    def slow(self: Staged, *given: object) -> object:
        assert go_on.wait(20)
        return real(self, *given)  # type: ignore[arg-type]

    monkeypatch.setattr(Staged, "write", slow)
    window.sheets.exchanging.bring_in([from_bo])
    window.view.select(41, 50)
    qtbot.keyClicks(window.view, "S")  # while it is made ready, or before
    before = spans_of(window, window.session.me.id)
    qtbot.waitUntil(lambda: "being merged" in window.notice.words)
    window.notice.hide()
    window.view.select(27, 34)
    qtbot.keyClicks(window.view, "Q")
    assert "Nothing else can be done until that is through" in window.notice.words
    go_on.set()
    qtbot.waitUntil(lambda: "Merged the package of Bo" in window.notice.words)
    assert spans_of(window, window.session.me.id) == before
    qtbot.keyClicks(window.view, "Q")
    assert spans_of(window, window.session.me.id) == before + 1
    assert spans_of(window, BO.annotator.id) == 2

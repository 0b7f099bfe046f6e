"""Sending packages from the window: for whom, what is in them, and what was made."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from annotator.domain import ids
from annotator.domain.article import Annotator
from annotator.domain.change import Change, Step
from annotator.domain.errors import UserError
from annotator.exchange.header import ENDING
from annotator.exchange.package import opened
from annotator.storage import corrections as stored
from annotator.storage import packable
from annotator.storage.store import Store
from annotator.ui.colleagues.brought import PackageReport
from annotator.ui.colleagues.filenames import clean, name_for
from annotator.ui.colleagues.sending import SendDialog
from annotator.ui.window import MainWindow
from tests.ui.modal import answered
from tests.ui.screens import tag_some

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen platform says so of every dialog
BO, CEM = Annotator(ids.uuid7(), "Bo"), Annotator(ids.uuid7(), "Cem")


def with_people(window: MainWindow, *people: Annotator) -> None:
    assert window.session.do(Step("Add people", tuple(Change(None, one) for one in people)))


def dialog_of(window: MainWindow, folder: Path, qtbot: QtBot, listed: list[str] | None = None) -> SendDialog:
    dialog = SendDialog(window.session, folder, listed, window.look, window)
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def tick(dialog: SendDialog, *rows: int) -> None:
    for row in rows:
        item = dialog.table.item(row, 0)
        assert item is not None
        item.setCheckState(Qt.CheckState.Checked)


def choose(dialog: SendDialog, field: str, value: str) -> None:
    chosen = getattr(dialog, field)
    chosen.setCurrentIndex(chosen.findData(value))
    chosen.activated.emit(chosen.currentIndex())


def test_what_will_be_in_it_follows_the_choice(window: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    with_people(window, BO, CEM)
    tag_some(window)
    dialog = dialog_of(window, tmp_path, qtbot)
    assert dialog.layers == "none"
    assert dialog._holds.text() == "3 articles without spans."
    assert dialog.file.path == tmp_path / f"Morning{ENDING}"
    assert "whoever gets it" in dialog.nobody.text()
    tick(dialog, 0)
    assert dialog.file.path == tmp_path / f"Morning for Bo{ENDING}"
    choose(dialog, "whose", "mine")
    assert dialog._holds.text() == "3 articles with 2 spans."
    choose(dialog, "which", "assigned")
    assert not dialog.take.isEnabled()
    assert "No article is assigned" in dialog._holds.text()


def test_several_who_tag_blind_get_a_package_each(window: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    with_people(window, BO, CEM)
    dialog = dialog_of(window, tmp_path, qtbot)
    tick(dialog, 0, 1)
    assert [one.path.name for one in dialog.parcels] == [f"Morning for Bo{ENDING}", f"Morning for Cem{ENDING}"]
    assert dialog.take.text() == "Make 2 packages"
    choose(dialog, "whose", "all")
    (one,) = dialog.parcels
    assert one.recipients == (BO, CEM)
    assert one.path.name == f"Morning for Bo, Cem{ENDING}"


def test_only_what_the_list_shows(window: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    assert window.session.article is not None
    dialog = dialog_of(window, tmp_path, qtbot, [window.session.article.id])
    choose(dialog, "which", "listed")
    assert dialog._holds.text() == "1 article without spans."
    assert dialog.parcels[0].articles == (window.session.article.id,)


def test_packages_are_made_for_somebody_new_by_keyboard_alone(window: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    tag_some(window)

    def answer(dialog: SendDialog) -> None:
        qtbot.keyClicks(dialog.somebody, "Bo")
        qtbot.keyClick(dialog.somebody, Qt.Key.Key_Return)
        assert dialog.isVisible()
        assert dialog.file.path.name == f"Morning for Bo{ENDING}"
        qtbot.keyClick(dialog.file.line, Qt.Key.Key_Return)

    with answered(SendDialog, answer):
        window.actions_["package.send"].trigger()
    path = tmp_path / f"Morning for Bo{ENDING}"
    qtbot.waitUntil(lambda: "is made" in window.notice.words)
    assert "You lead this project from now on" in window.notice.words
    with opened(path) as package:
        assert [one.name for one in package.header.recipients] == ["Bo"]
        assert package.header.layers == "none"
        assert package.signed
    store = window.session.store
    assert store is not None
    assert store.leads() == {window.session.me.id}
    assert [one.name for one in packable.sent(store)] == [path.name]
    assert packable.sent(store)[0].recipients[0][1] == "Bo"

    def read(dialog: PackageReport) -> None:
        assert ("For", "Bo") in dialog._rows
        dialog.accept()

    with answered(PackageReport, read):
        window.notice.report_wanted.emit()


def test_only_what_is_new_since_the_last_one(window: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    with_people(window, BO)
    dialog = dialog_of(window, tmp_path, qtbot)
    tick(dialog, 0)
    assert not dialog.since.isEnabled()
    window.sheets.exchanging.pack(dialog.parcels)
    qtbot.waitUntil(lambda: not window.files.running and bool(window.notice.words))
    again = dialog_of(window, tmp_path, qtbot)
    tick(again, 0)
    assert again.since.isEnabled()
    again.since.setChecked(True)
    assert "will be replaced" in again._there.text()
    assert again.parcels[0].since_last
    window.notice.hide()
    window.sheets.exchanging.pack([again.parcels[0]._replace(path=tmp_path / f"again{ENDING}")])
    qtbot.waitUntil(lambda: "Nothing is new" in window.notice.words)
    assert not (tmp_path / f"again{ENDING}").exists()


def test_a_colleague_sends_their_work_to_the_lead(
    project: Path, make_window: Callable[[Path | None], MainWindow], tmp_path: Path, qtbot: QtBot
) -> None:
    first = make_window(project)
    with_people(first, BO, CEM)
    first.close()
    store = Store.open(project)
    store.set_lead(CEM.id)
    store.close()
    window = make_window(project)
    dialog = dialog_of(window, tmp_path, qtbot)
    assert dialog.recipients == (CEM,)
    assert dialog.layers == "mine"
    assert dialog.file.path.name == f"Morning from Lena Brandt{ENDING}"


def test_a_bad_place_is_told_and_the_dialog_stays(window: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    dialog = dialog_of(window, tmp_path, qtbot)
    dialog.file.line.setText(str(tmp_path / "no" / "file"))
    dialog.accept()
    assert dialog.isVisible()
    assert "does not exist" in dialog._fault.text()


def test_the_name_that_is_offered_beside_the_project_can_be_written(window: MainWindow, qtbot: QtBot) -> None:
    with_people(window, Annotator(ids.uuid7(), "Bo"), Annotator(ids.uuid7(), "Cy"))
    assert window.session.store is not None
    project = Path(window.session.store.path)
    dialog = dialog_of(window, project.parent, qtbot)
    tick(dialog, 0, 1)
    # It begins as the names of SQLite's own files beside the project do.
    assert dialog.file.path == project.with_name(f"{project.stem}{ENDING}")
    dialog.accept()
    assert dialog.result() == dialog.DialogCode.Accepted, dialog._fault.text()


def test_names_of_files() -> None:
    assert clean(' a/b:c\u202e\n"d" ') == "a b c d"
    assert clean("...") == ""
    taken = {f"P for Bo{ENDING}"}
    assert name_for("P", (BO,), "", taken=taken) == f"P for Bo 2{ENDING}"
    assert len(name_for("P" * 500, (Annotator("1", "B" * 500),), "").encode()) < 255
    assert name_for("", (), "") == f"Package{ENDING}"


def test_what_cannot_be_read_is_told(
    window: MainWindow, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_asked: object) -> int:
        raise UserError("The disk cannot be read.")

    with_people(window, BO)
    dialog = dialog_of(window, tmp_path, qtbot)
    monkeypatch.setattr(packable, "spans", fail)
    monkeypatch.setattr(stored, "decisions_about", fail)
    tick(dialog, 0)
    assert dialog._fault.text() == "The disk cannot be read."
    assert dialog.corrections.isHidden()
    monkeypatch.undo()
    choose(dialog, "whose", "mine")
    assert dialog._fault.isHidden()

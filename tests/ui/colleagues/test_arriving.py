"""A package is opened by a double click: who I am, the project that is made of it, and the one that is here."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotator import arrivals, keys, recent, whoami
from annotator.domain import clock
from annotator.exchange.package import glanced
from annotator.recent import Recent
from annotator.ui import start
from annotator.ui.colleagues.arriving import WhoDialog, ask_who
from annotator.ui.colleagues.mergedialog import BringDialog
from annotator.ui.look import Look
from annotator.ui.window import MainWindow
from tests.ui.colleagues.team import BO, CEM, at_home, introduced, sent_to, work_of
from tests.ui.modal import answered

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen platform says so of every dialog
Make = Callable[[Path | None], MainWindow]


@pytest.fixture
def for_bo(window: MainWindow, tmp_path: Path) -> Path:
    """A blind package for Bo, on its way."""
    introduced(window, BO)
    return sent_to(window, BO, tmp_path)


def test_it_makes_a_project_and_a_second_time_brings_it_up(
    for_bo: Path, make_window: Make, tmp_path: Path, qtbot: QtBot
) -> None:
    with at_home(tmp_path / "bo"):
        whoami.keep(BO)
        theirs = make_window(None)
        theirs.sheets.exchanging.open_package(for_bo)
        project = for_bo.with_name("Morning Bo.annotator")
        assert theirs.session.has(project)
        assert theirs.session.me == BO.annotator
        assert "is made of the package of Lena Brandt" in theirs.notice.words
        assert theirs.session.article is not None
        theirs.view.select(27, 34)
        qtbot.keyClicks(theirs.view, "Q")
        theirs.notice.hide()
        theirs.sheets.exchanging.open_package(for_bo)
        qtbot.waitUntil(lambda: not theirs.files.running)
        assert "brings nothing new" in theirs.notice.words
        assert theirs.session.has(project)
        assert len(list(for_bo.parent.glob("Morning Bo*.annotator"))) == 1
        theirs.close()


def test_who_is_known_under_another_id_is_asked_and_works_under_that_of_the_package(
    for_bo: Path, make_window: Make, tmp_path: Path, qtbot: QtBot
) -> None:
    with at_home(tmp_path / "bo"):
        mine = whoami.save_identity("Bo Berg")
        theirs = make_window(None)

        def answer(dialog: WhoDialog) -> None:
            assert "This package is for Bo." in dialog.heading.text()
            qtbot.keyClick(dialog.choices.buttons()[0], Qt.Key.Key_Return)

        with answered(WhoDialog, answer):
            theirs.sheets.exchanging.open_package(for_bo)
        assert theirs.session.me.id == BO.annotator.id
        assert theirs.session.me.name == "Bo Berg"
        known = whoami.identity()
        assert known is not None
        assert (known.annotator, known.also) == (mine.annotator, (BO.annotator.id,))
        theirs.close()


def test_who_is_not_known_takes_the_id_of_the_package(for_bo: Path, tmp_path: Path, qapp: QApplication) -> None:
    with at_home(tmp_path / "new"):
        assert whoami.identity() is None
        with answered(WhoDialog, lambda dialog: dialog._take()):
            who = ask_who(glanced(for_bo), None, Look(qapp))
        assert who is not None
        assert who.annotator == BO.annotator
        assert whoami.identity() == who
        assert keys.public_hex()


def test_who_is_somebody_else_keeps_their_own(for_bo: Path, tmp_path: Path, qapp: QApplication) -> None:
    with at_home(tmp_path / "cem"):
        whoami.keep(CEM)

        def answer(dialog: WhoDialog) -> None:
            dialog.choices.buttons()[-1].click()
            dialog._take()

        with answered(WhoDialog, answer):
            assert ask_who(glanced(for_bo), CEM, Look(qapp)) == CEM
        assert whoami.identity() == CEM


def test_a_colleagues_package_opens_my_project_with_the_preview(
    for_bo: Path, window: MainWindow, project: Path, make_window: Make, tmp_path: Path, qtbot: QtBot
) -> None:
    back = work_of(for_bo, BO, tmp_path, (0, 5))
    window.close()
    recent.remember(Recent(str(project), clock.now()))
    again = make_window(None)
    with answered(BringDialog, lambda dialog: dialog.reject()):
        again.sheets.exchanging.open_package(back)
        assert again.session.has(project)
        qtbot.waitUntil(lambda: not again.files.running)


def test_a_damaged_one_is_told(for_bo: Path, make_window: Make, tmp_path: Path) -> None:
    for_bo.write_bytes(for_bo.read_bytes()[:-3])
    with at_home(tmp_path / "bo"):
        whoami.keep(BO)
        theirs = make_window(None)
        theirs.sheets.exchanging.open_package(for_bo)
        assert "damaged or cut off" in theirs.notice.words
        assert theirs.session.store is None


def test_a_window_that_has_the_project_shows_the_preview_when_it_is_rung(
    for_bo: Path, window: MainWindow, project: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    arrivals.put(project, work_of(for_bo, BO, tmp_path, (0, 5)))
    window.sheets.exchanging.welcome()
    with answered(BringDialog, lambda dialog: dialog.reject()):
        qtbot.waitUntil(lambda: not window.files.running)
    assert arrivals.take(project) == []


def test_the_start_knows_which_project_a_package_belongs_to(for_bo: Path, project: Path, tmp_path: Path) -> None:
    with at_home(tmp_path / "bo"):
        assert start._made_of(for_bo, BO) is None
        recent.remember(Recent(str(project), clock.now()))
        assert start._made_of(for_bo, BO) == project
        assert start._made_of(project.with_name("gone.annotator-package"), BO) is None

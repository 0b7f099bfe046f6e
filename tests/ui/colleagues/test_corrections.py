"""Corrections in the window: looked at, accepted, contested, taken over by one key each, and undone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from annotator import whoami
from annotator.domain.article import VisibleLayers
from annotator.domain.corrections import ADDED, CHANGED, REFUSED, Piece
from annotator.storage import corrections as stored
from annotator.storage.check import check
from annotator.storage.corrections import Told
from annotator.ui.colleagues.corrections import Corrections, _AcceptAll
from annotator.ui.colleagues.page import ColleaguesPage
from annotator.ui.colleagues.sending import SendDialog
from annotator.ui.window import MainWindow
from annotator.whoami import Identity
from tests.correcting import LISA, Team, takes
from tests.jobs.reviewed import REVIEWER
from tests.ui.modal import answered

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen platform says so of every dialog
Make = Callable[[Path | None], MainWindow]
Open = Callable[[Identity], MainWindow]


@pytest.fixture
def team(tmp_path: Path) -> Team:
    made = Team(tmp_path, articles=2)
    for item in made.open():
        made.decide(item, takes(1, "the guideline says so")(item))
    made.send(LISA)
    return made


@pytest.fixture
def lisas(team: Team, make_window: Make, monkeypatch: pytest.MonkeyPatch) -> MainWindow:
    """Lisa's window on what Rita sent her."""
    path = Path(team.desks[LISA.id].store.path)
    team.desks.pop(LISA.id).store.close()
    monkeypatch.setattr(whoami, "identity", lambda: Identity(LISA, "window"))
    return make_window(path)


@pytest.fixture
def part(lisas: MainWindow, qtbot: QtBot) -> Corrections:
    page = ColleaguesPage(lisas, "corrections")
    qtbot.addWidget(page)
    page.show()
    assert isinstance(page.part, Corrections)
    return page.part


def told(window: MainWindow) -> list[Told]:
    store = window.session.store
    assert store is not None
    return stored.corrections(store, LISA.id)


def mine(window: MainWindow) -> list[object]:
    store = window.session.store
    assert store is not None
    return store.rows('SELECT id, label, fragments, start, "end", attributes FROM span ORDER BY id')


def choose(part: Corrections, outcome: str) -> Told:
    for row in range(part.table.rowCount()):
        part.table.selectRow(row)
        one = part.chosen
        if one is not None and one.correction.outcome == outcome and not one.correction.field:
            return one
    raise AssertionError(f"no correction is {outcome}")


def test_a_key_accepts_and_the_next_one_stands_in_view(lisas: MainWindow, part: Corrections, qtbot: QtBot) -> None:
    count, before = len(told(lisas)), mine(lisas)
    assert part.table.rowCount() == count
    assert part.table.hasFocus()
    first = part.chosen
    following = [one.correction.id for one in told(lisas)][1]
    qtbot.keyClick(part.table, Qt.Key.Key_A)
    assert part.table.rowCount() == count - 1
    assert first is not None
    assert part.chosen is not None
    assert part.chosen.correction.id == following
    qtbot.keyClick(part.table, Qt.Key.Key_Return)
    assert part.table.rowCount() == count - 2
    assert mine(lisas) == before
    lisas.undoing.undo()
    lisas.undoing.undo()
    assert part.table.rowCount() == count


def test_contesting_takes_a_word(lisas: MainWindow, part: Corrections, qtbot: QtBot) -> None:
    one = part.chosen
    assert one is not None
    qtbot.keyClick(part.table, Qt.Key.Key_C)
    qtbot.waitUntil(part.why.hasFocus)
    qtbot.keyClick(part.why, Qt.Key.Key_Return)
    assert all(it.open for it in told(lisas))
    assert "Say why" in part.page.notice.words
    qtbot.keyClicks(part.why, "She says it.")
    qtbot.keyClick(part.why, Qt.Key.Key_Return)
    (contested,) = [it for it in told(lisas) if not it.open]
    assert contested.correction.id == one.correction.id
    assert contested.answer is not None
    assert contested.answer.data["reason"] == "She says it."
    assert part.table.hasFocus()
    # What is answered stands on its own page, and can be answered otherwise.
    part._pages.stops()[1].click()
    assert part.table.rowCount() == 1
    assert "She says it." in part._mine.text()
    qtbot.keyClick(part.table, Qt.Key.Key_A)
    assert [it.says for it in told(lisas) if not it.open] == ["accepted"]


@pytest.mark.parametrize("outcome", [CHANGED, REFUSED, ADDED])
def test_taking_over_makes_my_span_so_in_one_step(
    lisas: MainWindow, part: Corrections, qtbot: QtBot, outcome: str
) -> None:
    one, before = choose(part, outcome), mine(lisas)
    qtbot.keyClick(part.table, Qt.Key.Key_T)
    assert part._all == told(lisas)  # followed, and not read anew
    assert lisas.sheets.badge.count == sum(it.open for it in told(lisas))
    it, store = one.correction, lisas.session.store
    assert store is not None
    assert next(one.says for one in told(lisas) if one.correction.id == it.id) == "accepted"
    pieces = [Piece(span.label, span.fragments, span.attributes) for span in store.spans(it.article, VisibleLayers.ALL)]
    for piece in it.became:
        assert piece._replace(links=()) in pieces
    if outcome == REFUSED:
        assert store.value("span", it.span, it.article) is None
    assert list(check(store)) == []
    lisas.undoing.undo()
    assert mine(lisas) == before
    assert all(one.open for one in told(lisas))
    assert part._all == told(lisas)
    assert lisas.sheets.badge.count == len(told(lisas))


def test_all_are_accepted_after_a_look(lisas: MainWindow, part: Corrections) -> None:
    with answered(_AcceptAll, lambda dialog: dialog.reject()):
        part.everything.click()
    assert all(one.open for one in told(lisas))
    with answered(_AcceptAll, lambda dialog: dialog.accept()):
        part.everything.click()
    assert not any(one.open for one in told(lisas))
    assert part.table.isHidden()
    assert "All are answered" in part.empty.text()
    assert part.page.focusWidget() is part.send  # what comes next
    part.send.click()
    assert part.page.sends
    lisas.undoing.undo()
    assert all(one.open for one in told(lisas))


def test_the_bottom_says_what_waits(lisas: MainWindow, part: Corrections, qtbot: QtBot) -> None:
    count = len(told(lisas))
    lisas.sheets.badge.look()
    badge = lisas.bottom._waits
    assert badge is not None
    assert badge.text() == f"{count} corrections"
    qtbot.keyClick(part.table, Qt.Key.Key_A)
    assert badge.text() == f"{count - 1} corrections"
    with answered(_AcceptAll, lambda dialog: dialog.accept()):
        part.everything.click()
    assert badge.isHidden()


def test_going_there_shows_the_span(lisas: MainWindow, part: Corrections, qtbot: QtBot) -> None:
    one = choose(part, CHANGED)
    qtbot.keyClick(part.table, Qt.Key.Key_G)
    assert part.page.place == (one.correction.article, one.correction.span)


def test_coming_back_one_stands_where_one_went(lisas: MainWindow, part: Corrections, qtbot: QtBot) -> None:
    one = choose(part, CHANGED)
    qtbot.keyClick(part.table, Qt.Key.Key_G)
    page = ColleaguesPage(lisas, "corrections")
    qtbot.addWidget(page)
    assert isinstance(page.part, Corrections)
    assert page.part.chosen == one
    assert one != told(lisas)[0]


def test_escape_leaves_the_word_and_not_the_page(part: Corrections, qtbot: QtBot) -> None:
    qtbot.keyClick(part.table, Qt.Key.Key_C)
    qtbot.waitUntil(part.why.hasFocus)
    qtbot.keyClicks(part.why, "She")
    qtbot.keyClick(part.why, Qt.Key.Key_Escape)
    assert part.table.hasFocus()
    assert part.page.isVisible()
    assert part.why.text() == "She"


def test_without_any_it_says_so(window: MainWindow, qtbot: QtBot) -> None:
    page = ColleaguesPage(window, "corrections")
    qtbot.addWidget(page)
    page.show()
    assert isinstance(page.part, Corrections)
    assert "There are none" in page.part.empty.text()
    assert page.part.table.isHidden()


def test_sending_back_says_that_answers_go_along(
    lisas: MainWindow, part: Corrections, qtbot: QtBot, tmp_path: Path
) -> None:  # fmt: skip
    qtbot.keyClick(part.table, Qt.Key.Key_A)
    dialog = SendDialog(lisas.session, tmp_path, None, lisas.look, lisas)
    qtbot.addWidget(dialog)
    assert dialog.layers == "mine"
    assert dialog._holds.text().endswith("Your answer to 1 correction goes along.")


def test_sending_offers_corrections_where_something_was_decided(
    team: Team, make_window: Make, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = Path(team.rita.store.path)
    team.rita.store.close()
    monkeypatch.setattr(whoami, "identity", lambda: Identity(REVIEWER, "window"))
    window = make_window(path)
    dialog = SendDialog(window.session, tmp_path, None, window.look, window)
    qtbot.addWidget(dialog)
    dialog.show()
    assert dialog.corrections.isHidden()
    row = [person.id for person in dialog._people].index(LISA.id)
    box = dialog.table.item(row, 0)
    assert box is not None
    box.setCheckState(Qt.CheckState.Checked)
    assert "Corrections to their spans" in dialog.corrections.text()
    (parcel,) = dialog.parcels
    assert parcel.corrections
    dialog.corrections.setChecked(False)
    assert not dialog.parcels[0].corrections
    dialog.corrections.setChecked(True)
    window.sheets.exchanging.pack(dialog.parcels)
    qtbot.waitUntil(lambda: not window.files.running, timeout=20_000)
    assert parcel.path.is_file()

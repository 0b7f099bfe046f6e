"""What one person changed on two machines, settled in the window by one key."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from annotator.domain import ids
from annotator.domain.article import VisibleLayers
from annotator.domain.clock import now
from annotator.domain.span import Span
from annotator.editing.spans import delete, move
from annotator.editing.workspace import Workspace
from annotator.exchange.header import ENDING
from annotator.jobs.packing import found, pack
from annotator.storage.store import Store
from annotator.ui.colleagues.page import ColleaguesPage
from annotator.ui.colleagues.twofold import TwoMachines
from annotator.ui.window import MainWindow
from tests.ui.colleagues.team import articles

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen platform says so of every dialog


def mine(store: Store) -> list[Span]:
    (first, *_) = articles(store)
    return store.spans(first.id, VisibleLayers.ALL)


def other_machine(window: MainWindow, folder: Path, *, gone: bool = False) -> Path:
    """Take my work to another machine of mine, move my span there (or delete it), and pack it for the way back."""
    store = window.session.store
    assert store is not None
    me = window.session.acting_identity
    pack(store, me, folder / f"there{ENDING}", layers="all", replace=True)
    found(folder / f"there{ENDING}", folder / "There.annotator")
    there = Store.open(folder / "There.annotator")
    (span,) = mine(there)
    workspace = Workspace(there, me.annotator, ids.uuid7())
    workspace.do(delete(span) if gone else move(span, ((27, 50),), now()))
    pack(there, me, folder / f"back{ENDING}", layers="all")
    there.close()
    return folder / f"back{ENDING}"


@pytest.fixture
def twofold(window: MainWindow, tmp_path: Path, qtbot: QtBot) -> TwoMachines:
    """The part, with one span that ends elsewhere on each machine."""
    window.view.select(27, 34)
    qtbot.keyClicks(window.view, "Q")
    back = other_machine(window, tmp_path)
    store = window.session.store
    assert store is not None
    (span,) = mine(store)
    assert window.session.do(move(span, ((27, 40),), now()))
    window.sheets.exchanging.bring_in([back])
    qtbot.waitUntil(lambda: not window.files.running and bool(window.notice.words))
    assert "1 changed on two machines" in window.notice.words
    page = ColleaguesPage(window, "twofold")
    qtbot.addWidget(page)
    page.show()
    part = page.part
    assert isinstance(part, TwoMachines)
    return part


def ends(part: TwoMachines) -> list[int]:
    store = part.session.store
    assert store is not None
    return sorted(span.end for span in mine(store))


def test_both_values_stand_side_by_side(twofold: TwoMachines) -> None:
    assert twofold.table.rowCount() == 1
    said = [dict(card._shown) for card in twofold.cards]
    assert said[0]["Label"] == said[1]["Label"] == "Quote"
    assert said[0]["Words"] != said[1]["Words"]
    assert "this computer" in twofold._heads[0].text() + twofold._heads[1].text()
    assert "another computer" in twofold._heads[0].text() + twofold._heads[1].text()


@pytest.mark.parametrize(("key", "count"), [(Qt.Key.Key_1, 1), (Qt.Key.Key_2, 1), (Qt.Key.Key_3, 2)])
def test_one_key_settles_it_the_row_leaves_and_undo_brings_it_back(
    twofold: TwoMachines, key: Qt.Key, count: int, qtbot: QtBot
) -> None:
    before = ends(twofold)
    other = twofold._found[0].other
    assert isinstance(other, Span)
    qtbot.keyClick(twofold.table, key)
    assert twofold.table.rowCount() == 0
    assert twofold.empty.isVisible()
    after = {Qt.Key.Key_1: before, Qt.Key.Key_2: [other.end], Qt.Key.Key_3: sorted([*before, other.end])}
    assert ends(twofold) == after[key]
    assert len(ends(twofold)) == count
    twofold.page._undo()
    assert ends(twofold) == before
    assert twofold.table.rowCount() == 1


def test_a_deletion_on_the_other_machine(window: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    window.view.select(27, 34)
    qtbot.keyClicks(window.view, "Q")
    back = other_machine(window, tmp_path, gone=True)
    store = window.session.store
    assert store is not None
    (span,) = mine(store)
    assert window.session.do(move(span, ((27, 40),), now()))
    window.sheets.exchanging.bring_in([back])
    qtbot.waitUntil(lambda: not window.files.running and bool(window.notice.words))
    page = ColleaguesPage(window, "twofold")
    qtbot.addWidget(page)
    page.show()
    part = page.part
    assert isinstance(part, TwoMachines)
    assert part.table.rowCount() == 1
    assert not part.both.isEnabled()
    one = part._found[0]
    qtbot.keyClick(part.table, Qt.Key.Key_2)
    assert part.table.rowCount() == 0
    assert ends(part) == ([] if one.other is None else [one.other.end])  # type: ignore[union-attr]

"""The page of agreement: what it shows, and how large it may be."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from annotator import assets, whoami
from annotator.domain.scheme import parse
from annotator.editing.workspace import Workspace
from annotator.jobs.importing import import_paths
from annotator.jobs.sources import Wishes
from annotator.report import written
from annotator.storage.store import Store
from annotator.ui.agreement.behind import of_rows
from annotator.ui.agreement.page import AgreementPage
from tests.crowd import crowd, person
from tests.ui.agreement.conftest import BRATIAA, Key, Make, press, shown, window_of

pytestmark = pytest.mark.qt_log_ignore("does not support")


def test_the_figures_stand_in_their_places(page: AgreementPage) -> None:
    told = page.sheet
    assert told is not None
    first = told.heads[0].estimate
    assert first is not None
    assert page.heads[0].number.text() == first.told()
    assert page.heads[3].number.text() == "6 / 6"
    assert page.head.about.text().startswith("6 articles read by at least two of 4 readers")
    assert len(page.pairs.cells()) == 6
    cell = page.pairs.cell(0, 1)
    assert cell is not None
    pair = told.pair(0, 1)
    assert pair is not None
    assert cell.words == pair.figure.told()
    assert [line.name for line in page.labels.lines] == ["Quote", "Source", "Cue", "Claim"]
    assert [line.name for line in page.articles.lines] == [line.name for line in told.articles]
    assert page.confused.names[-1] == "nothing"
    assert page.pairs.hasFocus()


def test_what_counts_as_agreed_is_switched_by_a_key(page: AgreementPage) -> None:
    before = [line.figure.value for line in page.labels.lines]
    press(window_of(page), "X")
    after = [line.figure.value for line in page.labels.lines]
    assert all((new or 0) >= (old or 0) for old, new in zip(before, after, strict=True))
    assert before != after
    assert not page.exact
    press(window_of(page), "X")
    assert [line.figure.value for line in page.labels.lines] == before


def words_of(page: AgreementPage) -> list[list[str]]:
    """Return the words of the table."""
    model = page.table.model()
    return [[model.index(row, column).data() for column in range(model.columnCount())]
            for row in range(model.rowCount())]  # fmt: skip


def test_the_same_figures_stand_in_a_table(page: AgreementPage) -> None:
    window, told = window_of(page), page.sheet
    assert told is not None
    press(window, "T")
    assert page.table.hasFocus()
    assert words_of(page) == [written.cells(row) for row in written.rows(told)]
    assert len(of_rows(told)) == len(words_of(page))
    model = page.table.model()
    for column in range(model.columnCount()):  # none of the words is cut
        needs = [page.table.sizeHintForIndex(model.index(row, column)).width() for row in range(model.rowCount())]
        assert page.table.columnWidth(column) >= max(needs)
    press(window, "T")
    assert page.pairs.hasFocus()


def test_what_one_is_on_is_said(page: AgreementPage) -> None:
    told = page.sheet
    assert told is not None
    pair = told.pair(0, 1)
    assert pair is not None
    assert page.pairs.accessibleName() == "Who agrees with whom"
    assert page.pairs.accessibleDescription().startswith(f"Reader 1 – Reader 2: {pair.figure.told(3)}")
    press(window_of(page), Key.Key_Right)
    assert page.pairs.current == (0, 2)
    assert page.pairs.accessibleDescription().startswith("Reader 1 – Reader 3: 1.000")
    press(window_of(page), Key.Key_F6, Key.Key_Down)
    assert page.labels.hasFocus()
    assert page.labels.accessibleDescription().startswith("Source: F1, same place exactly ")


def test_arrows_and_parts_reach_every_cell_and_nothing_else(page: AgreementPage) -> None:
    window = window_of(page)
    seen = {page.pairs.current}
    for _row in range(4):
        press(window, Key.Key_Home)
        for _column in range(4):
            seen.add(page.pairs.current)
            press(window, Key.Key_Right)
        seen.add(page.pairs.current)
        press(window, Key.Key_Home, Key.Key_End, Key.Key_Down)
    assert seen >= {(0, 1), (0, 2), (0, 3), (1, 3), (2, 3)}
    assert seen <= set(page.pairs.cells())
    parts = []
    for _part in range(6):
        parts.append(page.focusWidget())
        press(window, Key.Key_F6)
    assert parts == [*page.charts, page.notes.all, page.controls.readings]
    assert page.focusWidget() is page.pairs


# How large it may be


def test_many_readers_and_labels_with_long_names(tmp_path: Path, make_window: Make, qtbot: QtBot) -> None:
    labels = [f"a label with a rather long name {n}" for n in range(30)]
    names = [f"Reader of a long and most honourable name, the {n}th" for n in range(12)]
    path = crowd(tmp_path / "many.annotator", 12, labels, 2, spans=30, names=names)
    window = make_window(path)
    window.resize(1024, 600)
    page = shown(window, qtbot)
    press(window, Key.Key_End)
    for _row in range(12):
        press(window, Key.Key_Down)
    assert page.pairs.current == (10, 11)
    box, (dx, dy) = page.pairs.box(10, 11), page.pairs.offset()
    assert box.right - dx <= page.pairs.viewport().width()
    assert box.bottom - dy <= page.pairs.viewport().height()
    assert page.pairs.at(box.x - dx + 3, box.y - dy + 3) == (10, 11)
    press(window, Key.Key_F6, Key.Key_PageDown, Key.Key_PageDown, Key.Key_PageDown, Key.Key_PageDown)
    assert page.labels.current == (29, 0)
    assert not page.grab().isNull()


@pytest.mark.skipif(not BRATIAA.is_dir(), reason="the folder of shared data is not here")
def test_the_published_figures_stand_on_the_page(tmp_path: Path, make_window: Make, qtbot: QtBot) -> None:
    path = tmp_path / "bratiaa.annotator"
    whoami.save_identity("Mara Lindt")
    Store.create(path, parse(assets.scheme_text(), "news-sourcing.toml"))
    for number, name in enumerate(("Lisa", "Maria", "Max", "Peter")):
        who = person(number, name)
        with closing(Store.open(path)) as store:
            import_paths(Workspace(store, who, "device"), [BRATIAA / name], Wishes(format="brat", owner=who))
    page = shown(make_window(path), qtbot)
    assert page.heads[0].number.text() == "0.89"
    press(window_of(page), "T")
    cells = [row[:3] for row in words_of(page)]
    assert ["All", "with label", "0.890"] in cells
    labels = {name: figure for what, name, figure in cells if what == "Label"}
    assert labels == {"LOC": "0.819", "MISC": "0.840", "ORG": "0.906", "PER": "0.938"}
    articles = [figure for what, _name, figure in cells if what == "Article"]
    assert articles == ["0.798", "0.873", "0.894", "0.906", "0.906", "0.907", "0.936"]

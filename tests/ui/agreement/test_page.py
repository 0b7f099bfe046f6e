"""The page of agreement: what it shows, where keys lead, and what is behind each figure."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotator import assets, whoami
from annotator.domain.article import VisibleLayers
from annotator.domain.change import Change, Step
from annotator.domain.scheme import parse
from annotator.editing.articles import set_state
from annotator.editing.workspace import Workspace
from annotator.jobs.importing import import_paths
from annotator.jobs.sources import Wishes
from annotator.report import written
from annotator.storage.review import layers
from annotator.storage.store import Store
from annotator.ui.agreement import watcher as watching
from annotator.ui.agreement.behind import of_rows
from annotator.ui.agreement.page import AgreementPage
from annotator.ui.agreement.readings import ReadingsDialog
from annotator.ui.agreement.saving import save_dialog
from annotator.ui.review.page import ReviewPage
from annotator.ui.window import MainWindow
from tests.blind import BOS, TRACE, twice
from tests.builders import ANA
from tests.crowd import crowd, person
from tests.ui.agreement.conftest import computed, press, shown, window_of

Make = Callable[[Path | None], MainWindow]
Key = Qt.Key
BRATIAA = Path(__file__).parents[4] / "shared" / "data" / "bratiaa" / "example-project"
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
pytestmark = pytest.mark.qt_log_ignore("does not support")


def reviewed(window: MainWindow, qtbot: QtBot) -> ReviewPage:
    """Wait for the review."""
    qtbot.waitUntil(lambda: window.sheets.reviewing)
    found = window.sheets.reviewer.page
    assert found is not None
    return found


def kinds(found: ReviewPage) -> set[str]:
    return {item.difference.kind for item in found.desk.items()}


# What is shown


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


# What is behind it


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


def test_a_row_of_the_table_opens_the_same(page: AgreementPage, qtbot: QtBot) -> None:
    window = window_of(page)
    press(window, "T", Key.Key_Down, Key.Key_Down, Key.Key_Down, Key.Key_Return)
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
    press(window, "R", Key.Key_Return)
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


# What is chosen, copied, saved


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
    assert target.read_bytes().startswith(begins)


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


# Where there is nothing


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
    assert ["All", "Span F1, exact (with label)", "0.890"] in cells
    labels = {name: figure for what, name, figure in cells if what == "Label"}
    assert labels == {"LOC": "0.819", "MISC": "0.840", "ORG": "0.906", "PER": "0.938"}
    articles = [figure for what, _name, figure in cells if what == "Article"]
    assert articles == ["0.798", "0.873", "0.894", "0.906", "0.906", "0.907", "0.936"]

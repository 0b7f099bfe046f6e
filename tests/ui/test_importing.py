"""Importing in the window: the look at the files, what is chosen, the report, and stopping."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from annotator.domain.article import VisibleLayers
from annotator.jobs.importing import Outcome
from annotator.jobs.sources import USUAL
from annotator.ui.dialogs.importing import ImportDialog
from annotator.ui.dialogs.outcomes import OutcomesDialog
from annotator.ui.dialogs.tally import MOST, Tally
from annotator.ui.importing import files_within
from annotator.ui.window import MainWindow

Open = Callable[[list[Path]], ImportDialog]


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    """A text, lines of which one is bad, and what cannot be read."""
    folder = tmp_path / "March"
    folder.mkdir()
    text, lines, scan = folder / "a.txt", folder / "b.jsonl", folder / "c.txt"
    text.write_text("Bakers count the days as flour runs low.\n", encoding="utf-8")
    good = [json.dumps({"text": f"Article {n}.", "spans": [{"start": 0, "end": 7, "label": "claim"}]}) for n in (1, 2)]
    lines.write_text("\n".join([*good, "{nonsense"]) + "\n", encoding="utf-8")
    scan.write_bytes(b"%PDF-1.7")
    return [text, lines, scan]


@pytest.fixture
def opened(window: MainWindow, qtbot: QtBot) -> Iterator[Open]:
    """Make the dialog as the window does; closed at the end."""
    made: list[ImportDialog] = []

    def make(paths: list[Path]) -> ImportDialog:
        assert window.session.workspace is not None
        dialog = ImportDialog(window.session.workspace, paths, window.look, window)
        qtbot.addWidget(dialog)
        made.append(dialog)
        return dialog

    yield make
    for dialog in made:
        dialog.reject()


def words(dialog: ImportDialog, row: int) -> str:
    item = dialog.table.item(row, 1)
    assert item is not None
    return item.text()


def looked(dialog: ImportDialog) -> bool:
    return not dialog._runner.running and not dialog._later.isActive()


def test_every_file_says_what_would_come_of_it(
    opened: Open, files: list[Path], window: MainWindow, qtbot: QtBot
) -> None:
    dialog = opened(files)
    qtbot.waitUntil(lambda: looked(dialog))
    assert words(dialog, 0) == "1 article comes in"
    assert words(dialog, 1).startswith("2 articles come in, 1 refused — Line 3: ")
    assert "a PDF" in words(dialog, 2)
    assert dialog._status.text() == "3 articles come in, 2 refused."
    assert window.session.store is not None
    assert window.session.store.article_count() == 3  # nothing was written


def test_the_first_article_is_shown(opened: Open, files: list[Path]) -> None:
    dialog = opened(files)
    assert dialog.text.toPlainText().startswith("Bakers count")
    assert "41 characters" in dialog._about.text()
    dialog.table.selectRow(1)
    assert dialog.text.toPlainText() == "Article 1."
    assert "1 span" in dialog._about.text()
    dialog.table.selectRow(2)
    assert dialog.text.isHidden()
    assert "a PDF" in dialog._fault.text()


def test_what_is_left_out_does_not_come_in(opened: Open, files: list[Path], qtbot: QtBot) -> None:
    dialog = opened(files)
    for row in (1, 2):
        dialog._box(row).setCheckState(Qt.CheckState.Unchecked)
    assert dialog.paths == files[:1]
    qtbot.waitUntil(lambda: words(dialog, 1) == "left out" and looked(dialog))
    assert dialog._status.text() == "1 article comes in."
    dialog._box(0).setCheckState(Qt.CheckState.Unchecked)
    assert not dialog.take.isEnabled()


def test_another_encoding_is_seen_at_once_and_taken(
    opened: Open, tmp_path: Path, window: MainWindow, qtbot: QtBot
) -> None:
    text = "Žluťoučký kůň se vrátil domů."
    file = tmp_path / "old.txt"
    file.write_bytes(text.encode("iso8859_2"))
    dialog = opened([file])
    assert "guess" in dialog._about.text()
    qtbot.waitUntil(lambda: looked(dialog))
    assert words(dialog, 0).startswith("1 article comes in — Not UTF-8")
    item = dialog.table.item(0, 1)
    assert item is not None
    assert item.foreground().color().name() == window.look.theme.warning.lower()
    assert dialog._status.text() == "1 article comes in. 1 file has a remark."
    dialog.encoding.setCurrentIndex(dialog.encoding.findData("iso8859-2"))
    dialog.encoding.activated.emit(dialog.encoding.currentIndex())
    assert dialog.text.toPlainText() == text
    window.files.imports.run(dialog.paths, dialog.wishes)
    qtbot.waitUntil(lambda: not window.files.running and window.session.text == text)


def test_spans_that_are_refused_are_told_apart_from_lines(opened: Open, tmp_path: Path, qtbot: QtBot) -> None:
    file = tmp_path / "spans.jsonl"
    wrong = [{"start": 5, "end": 500, "label": "claim"}, {"start": 3, "end": 3, "label": "claim"}]
    file.write_text(json.dumps({"text": "Article one.", "spans": wrong}) + "\n{nonsense\n", encoding="utf-8")
    dialog = opened([file])
    qtbot.waitUntil(lambda: looked(dialog))
    assert dialog._status.text() == "1 article comes in, 1 refused, 2 spans or links refused."


def test_a_line_that_is_refused_for_its_article_is_no_span(opened: Open, tmp_path: Path, qtbot: QtBot) -> None:
    file = tmp_path / "twice.jsonl"
    file.write_text("".join(json.dumps({"id": "7", "text": text}) + "\n" for text in ("One.", "Two.")))
    dialog = opened([file])
    qtbot.waitUntil(lambda: looked(dialog))
    assert words(dialog, 0).startswith("1 article comes in, 1 refused — Line 2: ")


def test_the_report_tells_refused_parts_from_refused_lines(
    window: MainWindow, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "parts.jsonl"
    link = {"id": "r", "type": "supports", "source": "no", "target": "such"}
    wrong = {"spans": [{"start": 5, "end": 500, "label": "claim"}], "relations": [link]}
    file.write_text(json.dumps({"text": "Article one.", **wrong}) + "\n{nonsense\n", encoding="utf-8")
    window.files.imports.run([file], USUAL)
    qtbot.waitUntil(lambda: not window.files.running)
    shown: list[str] = []

    def look(dialog: OutcomesDialog) -> int:
        shown.extend(item.text() for row in range(dialog.table.rowCount()) if (item := dialog.table.item(row, 2)))
        return 0

    monkeypatch.setattr(OutcomesDialog, "exec", look)
    window.files.show_report()
    assert shown == ["span refused", "link refused", "refused"]


def test_where_nothing_would_come_in_import_cannot_be_pressed(
    opened: Open, files: list[Path], window: MainWindow, qtbot: QtBot
) -> None:
    window.files.imports.run(files, USUAL)
    qtbot.waitUntil(lambda: not window.files.running)
    dialog = opened(files)
    qtbot.waitUntil(lambda: looked(dialog))
    assert dialog._status.text() == "3 known already, 2 refused."
    assert not dialog.take.isEnabled()


def test_spans_for_articles_that_are_here_are_told_as_such(
    opened: Open, tmp_path: Path, window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "again.jsonl"
    texts = [{"text": f"Article {number}."} for number in range(2)]
    file.write_text("".join(json.dumps(text) + "\n" for text in texts), encoding="utf-8")
    window.files.imports.run([file], USUAL)
    qtbot.waitUntil(lambda: not window.files.running)
    spans = {"spans": [{"start": 0, "end": 7, "label": "claim"}, {"start": 8, "end": 9, "label": "cue"}]}
    file.write_text("".join(json.dumps(text | spans) + "\n" for text in texts), encoding="utf-8")
    dialog = opened([file])
    qtbot.waitUntil(lambda: looked(dialog))
    assert words(dialog, 0) == "4 spans for 2 articles that are here already"
    assert dialog._status.text() == "4 spans for 2 articles that are here already."
    assert dialog.take.isEnabled()
    window.files.imports.run([file], USUAL)
    qtbot.waitUntil(lambda: not window.files.running)
    assert window.notice.words == "4 spans added to 2 articles that are here already."
    shown: list[str] = []

    def look(report: OutcomesDialog) -> int:
        shown.extend(item.text() for row in range(report.table.rowCount()) if (item := report.table.item(row, 2)))
        return 0

    monkeypatch.setattr(OutcomesDialog, "exec", look)
    window.files.show_report()
    assert shown == ["added to it", "added to it"]


def listed(dialog: ImportDialog) -> list[list[str]]:
    table = dialog.remarks
    return [
        [item.text() for column in range(3) if (item := table.item(row, column))] for row in range(table.rowCount())
    ]


@pytest.mark.qt_log_ignore("does not support")  # the offscreen platform says so of every dialog
def test_what_is_not_taken_is_listed_by_line_before_anything_is_stored(
    opened: Open, tmp_path: Path, window: MainWindow, qtbot: QtBot
) -> None:
    good, bad = tmp_path / "good.jsonl", tmp_path / "bad.jsonl"
    good.write_text(json.dumps({"text": "Good."}) + "\n", encoding="utf-8")
    wrong = {"text": "Article one.", "spans": [{"start": 5, "end": 500, "label": "claim"}]}
    lines = [json.dumps({"text": "One."}), "{nonsense", json.dumps(wrong), json.dumps({"text": " "})]
    bad.write_text("\n".join(lines), encoding="utf-8")
    dialog = opened([bad, good])
    dialog.show()
    qtbot.waitUntil(lambda: looked(dialog))
    chips = dialog._pages.findChildren(QPushButton)
    assert [chip.text() for chip in chips] == ["First article", "Not taken (3)"]
    assert dialog.text.isVisible()
    qtbot.mouseClick(chips[1], Qt.MouseButton.LeftButton)
    assert dialog.remarks.isVisible()
    assert [row[:2] for row in listed(dialog)] == [["2", "refused"], ["3", "span refused"], ["4", "refused"]]
    assert listed(dialog)[2][2] == "The text holds nothing but blanks."
    assert window.session.store is not None
    assert window.session.store.article_count() == 3
    dialog.table.selectRow(1)  # which has nothing to say
    assert not dialog._pages.isVisible()
    assert dialog.text.isVisible()
    dialog.table.selectRow(0)
    assert dialog.remarks.isVisible()
    dialog._read_otherwise()
    qtbot.waitUntil(lambda: looked(dialog))
    assert len(listed(dialog)) == 3
    chips[1].setFocus()
    qtbot.keyClick(chips[1], Qt.Key.Key_Left)
    assert dialog.text.isVisible()


def test_remarks_on_what_comes_in_are_listed_too(opened: Open, tmp_path: Path, qtbot: QtBot) -> None:
    file = tmp_path / "old.txt"
    file.write_bytes("Žluťoučký kůň".encode("iso8859_2"))
    dialog = opened([file])
    qtbot.waitUntil(lambda: looked(dialog))
    assert dialog._pages.findChildren(QPushButton)[1].text() == "Remarks (1)"
    ((_line, what, why),) = listed(dialog)
    assert what == "comes in"
    assert why.startswith("Not UTF-8; read as cp1252")


def test_no_more_remarks_than_one_can_read_are_kept() -> None:
    tally = Tally()
    for number in range(MOST + 5):
        tally.hear(Outcome("a", number, "refused", "", "No."))
    tally.hear(Outcome("a", 1, "different", "x", "Differs.", "span"))
    assert len(tally.remarks) == MOST
    assert tally.heading() == f"Not taken, remarks ({MOST + 6})"


def test_the_dialog_says_where_a_title_is_from(opened: Open, tmp_path: Path) -> None:
    short, long = tmp_path / "short.txt", tmp_path / "long.txt"
    short.write_text("\n  Flour runs low\n\nBakers count the days.\n", encoding="utf-8")
    long.write_text("Bakers count the days as flour runs low. " * 20, encoding="utf-8")
    assert "the first line" in opened([short])._about.text()
    assert "the file’s name" in opened([long])._about.text()


def test_every_encoding_that_is_offered_exists(opened: Open, files: list[Path]) -> None:
    dialog = opened(files)
    for index in range(1, dialog.encoding.count()):
        assert "a".encode(dialog.encoding.itemData(index)).decode(dialog.encoding.itemData(index)) == "a"


def test_what_was_not_simply_taken_is_in_the_report(
    window: MainWindow, files: list[Path], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    window.files.imports.run(files, USUAL)
    qtbot.waitUntil(lambda: not window.files.running)
    assert window.notice.words.startswith("3 articles imported.")
    report = window.notice._report
    assert report is not None
    assert report.isVisibleTo(window.notice)
    shown: list[list[str]] = []

    def look(dialog: OutcomesDialog) -> int:
        for row in range(dialog.table.rowCount()):
            shown.append([item.text() for column in range(4) if (item := dialog.table.item(row, column))])
        dialog._copy()
        return 0

    monkeypatch.setattr(OutcomesDialog, "exec", look)
    report.click()
    assert [row[:3] for row in shown] == [["b.jsonl", "3", "refused"], ["c.txt", "", "refused"]]
    assert QApplication.clipboard().text().count("\n") == 1
    window.files.imports.run(files[:1], USUAL)
    qtbot.waitUntil(lambda: not window.files.running)
    assert "known already" in window.notice.words


def test_stopping_keeps_what_came_in(window: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    store = window.session.store
    assert store is not None
    file = tmp_path / "many.jsonl"
    file.write_text(
        "".join(json.dumps({"text": f"Article {n}. " + "Words. " * 200}) + "\n" for n in range(20_000)),
        encoding="utf-8",
    )
    window.files.imports.run([file], USUAL)
    qtbot.waitUntil(lambda: store.article_count() > 3)
    qtbot.waitUntil(lambda: "_working" in vars(window.bottom) and window.bottom._working.isVisibleTo(window))
    window.bottom._working.stop.click()
    qtbot.waitUntil(lambda: not window.files.running)
    assert 3 < store.article_count() < 20_003
    assert window.notice.words.startswith("Stopped; what had come in stays.")
    assert not window.bottom._working.isVisibleTo(window)


def test_a_folder_stands_for_the_articles_in_it(files: list[Path], tmp_path: Path) -> None:
    (files[0].parent / "notes.docx").write_bytes(b"PK")
    (files[0].parent / "deeper").mkdir()
    (files[0].parent / "deeper" / "D.TXT").write_text("x", encoding="utf-8")
    assert files_within([files[0].parent]) == [*files, files[0].parent / "deeper" / "D.TXT"]
    assert files_within([tmp_path / "gone.txt"]) == [tmp_path / "gone.txt"]


@pytest.mark.qt_log_ignore("does not support")  # the offscreen platform says so of every window
def test_a_long_name_takes_the_room_of_a_short_result(opened: Open, tmp_path: Path, qtbot: QtBot) -> None:
    long = tmp_path / "wikinews-20160706-telescope-array.txt"
    long.write_text("Bakers count the days.\n", encoding="utf-8")
    dialog = opened([long])
    qtbot.waitUntil(lambda: looked(dialog))
    dialog.resize(1100, 700)
    dialog.show()
    qtbot.waitExposed(dialog)
    assert dialog.table.sizeHintForColumn(0) > 250
    for column in range(2):
        assert dialog.table.columnWidth(column) >= dialog.table.sizeHintForColumn(column)


@pytest.fixture
def readings(tmp_path: Path) -> Path:
    """Two people's folders of one article in brat's files."""
    for name, label in (("Ida", "claim"), ("Bo", "source")):
        folder = tmp_path / "all" / name
        folder.mkdir(parents=True)
        (folder / "bakers.txt").write_text("Bakers count the days.", encoding="utf-8")
        (folder / "bakers.ann").write_text(f"T1\t{label} 0 6\tBakers\nT2\t{label} 7 900\tcount\n", encoding="utf-8")
        (folder / "annotation.conf").write_text("[entities]\n", encoding="utf-8")
    return tmp_path / "all"


def choose(dialog: ImportDialog, beginning: str) -> None:
    field = dialog.whose.field
    row = next(row for row in range(field.count()) if field.itemText(row).startswith(beginning))
    field.setCurrentIndex(row)
    field.activated.emit(row)


def owners(window: MainWindow, title: str) -> dict[str, int]:
    store = window.session.store
    assert store is not None
    rows = store.article_page("", VisibleLayers.ALL, 0, 99)
    article = next(row.id for row in rows if row.title == title)
    people = store.annotators()
    return {
        people[layer.owner].name if layer.owner else f"imported:{layer.name}": sum(
            span.layer == layer.id for span in store.spans(article, VisibleLayers.ALL)
        )
        for layer in store.layers(article, VisibleLayers.ALL)
    }


def test_a_folder_of_people_is_shown_and_each_of_them_may_be_one(
    opened: Open, readings: Path, window: MainWindow, qtbot: QtBot
) -> None:
    paths = files_within([readings])
    assert paths == [readings / name / "bakers.ann" for name in ("Bo", "Ida")]
    dialog = opened(paths)
    first = dialog.table.item(0, 0)
    assert first is not None
    assert first.text() == "Bo/bakers.ann"
    assert "1 span" in dialog._about.text()
    assert dialog.text.toPlainText() == "Bakers count the days."
    choose(dialog, "A person for each folder: Bo, Ida")
    qtbot.waitUntil(lambda: looked(dialog))
    assert words(dialog, 0).startswith("1 article comes in, 1 span or link refused — Line 2: Span T2: It ends at 900")
    assert dialog.take.isEnabled()
    window.files.imports.run(dialog.paths, dialog.wishes)
    qtbot.waitUntil(lambda: not window.files.running)
    assert owners(window, "Bakers count the days.") == {"Bo": 1, "Ida": 1}


def test_whose_the_spans_are_may_be_said_or_left_open(
    opened: Open, readings: Path, window: MainWindow, qtbot: QtBot
) -> None:
    dialog = opened(files_within([readings / "Ida"]))
    qtbot.waitUntil(lambda: looked(dialog))
    assert dialog.wishes.owner is None
    choose(dialog, "Somebody else")
    assert not dialog.take.isEnabled()
    assert dialog._status.text() == "Say whose spans they are."
    qtbot.keyClicks(dialog.whose.name, "Kim")
    qtbot.waitUntil(lambda: looked(dialog) and dialog.take.isEnabled())
    owner = dialog.wishes.owner
    assert owner is not None
    assert owner.name == "Kim"
    assert dialog.wishes.owner == owner  # not a new one at every look
    window.files.imports.run(dialog.paths, dialog.wishes)
    qtbot.waitUntil(lambda: not window.files.running)
    other = opened(files_within([readings / "Bo"]))
    choose(other, "Kim")
    assert other.wishes.owner == owner
    choose(other, "Bo, new in this project")
    assert other.wishes.owner is not None
    choose(other, "Nobody")
    window.files.imports.run(other.paths, other.wishes)
    qtbot.waitUntil(lambda: not window.files.running)
    assert owners(window, "Bakers count the days.") == {"Kim": 1, "imported:Bo": 1}


def test_plain_texts_are_not_asked_for_a_person(opened: Open, files: list[Path]) -> None:
    assert opened(files[:1]).whose.field.isHidden()
    assert not opened(files[:2]).whose.field.isHidden()

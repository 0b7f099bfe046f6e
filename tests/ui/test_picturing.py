"""A picture of the article from the window: asked for, written, told; and printed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtPrintSupport import QAbstractPrintDialog, QPrintDialog, QPrinter
from pytestqt.qtbot import QtBot

from annotator.formats.depicted import Depicted
from annotator.ui.dialogs.picture import FORMATS, PictureDialog
from annotator.ui.picture import printing
from annotator.ui.picturing import file_name
from annotator.ui.window import MainWindow
from tests.formats.test_webpage import text_of
from tests.ui.modal import answered
from tests.ui.screens import tag_some

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen platform says so of every dialog


def save(window: MainWindow, qtbot: QtBot, change: Callable[[PictureDialog], object]) -> None:
    """Save a picture by the action of the menu and Enter, and wait for what is told."""

    def answer(dialog: PictureDialog) -> None:
        change(dialog)
        qtbot.keyClick(dialog._file.line, Qt.Key.Key_Return)

    window.notice.hide()
    with answered(PictureDialog, answer):
        window.actions_["article.picture"].trigger()
    qtbot.waitUntil(lambda: not window.files.running and bool(window.notice.words))


def choose(dialog: PictureDialog, format: str, path: Path | None = None) -> None:
    dialog._format.setCurrentIndex(FORMATS.index(format))
    if path is not None:
        dialog._file.line.setText(str(path))


@pytest.mark.parametrize("format", FORMATS)
def test_a_picture_is_written_beside_the_project_and_told(
    window: MainWindow, project: Path, qtbot: QtBot, format: str
) -> None:
    tag_some(window)
    save(window, qtbot, lambda dialog: choose(dialog, format))
    target = project.parent / f"Ferry crews vote to stop.{format}"
    assert str(target) in window.notice.words
    if format == "html":
        assert text_of(target.read_text(encoding="utf-8")) == window.session.text
    elif format == "pdf":
        assert target.read_bytes().startswith(b"%PDF")
        assert "1 page." in window.notice.words
    else:
        assert QImage(str(target)).width() == 2 * (round(window.view._width) + 80)


def test_the_picture_is_light_whatever_the_window_is(window: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    tag_some(window)
    save(window, qtbot, lambda dialog: choose(dialog, "png", tmp_path / "light.png"))
    window.preferences.choose("theme", "dark")
    save(window, qtbot, lambda dialog: choose(dialog, "png", tmp_path / "dark.png"))
    assert window.look.theme.dark
    assert (tmp_path / "light.png").read_bytes() == (tmp_path / "dark.png").read_bytes()


def test_folder_format_and_ticks_are_remembered(window: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    tag_some(window)
    folder = tmp_path / "out"
    folder.mkdir()

    def change(dialog: PictureDialog) -> None:
        choose(dialog, "html", folder / "a.html")
        dialog._legend.setChecked(False)

    def look(dialog: PictureDialog) -> None:
        assert dialog.path == folder / "Ferry crews vote to stop.html"
        assert dialog.wish.parts == (True, True, False, True)

    save(window, qtbot, change)
    save(window, qtbot, look)
    assert 'class="legend"' not in (folder / "a.html").read_text(encoding="utf-8")


def test_what_would_be_replaced_is_said(window: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    (tmp_path / "there.pdf").write_bytes(b"old")
    (tmp_path / "tall-1.png").write_bytes(b"old")
    dialog = PictureDialog(tmp_path / "there", True, None, window.look, window, project=tmp_path / "P.annotator")
    qtbot.addWidget(dialog)
    assert dialog._there.text() == "there.pdf is there already and will be replaced."
    assert dialog._save.text() == "Replace"
    choose(dialog, "png")
    assert dialog.path == tmp_path / "there.png"
    assert dialog._there.isHidden()
    assert not dialog.replaces_numbered
    dialog._file.line.setText(str(tmp_path / "tall"))
    assert dialog._there.text().startswith("tall-1.png is there already.")
    assert dialog.replaces_numbered
    dialog._file.line.clear()
    assert not dialog._save.isEnabled()
    dialog._file.line.setText(str(tmp_path / ("x" * 300)))
    assert dialog._there.isHidden()


def test_a_name_gets_the_ending_of_its_format(window: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    dialog = PictureDialog(tmp_path / "a", True, None, window.look, window, project=tmp_path / "P.annotator")
    qtbot.addWidget(dialog)
    for format, typed, path in (
        ("pdf", "x", "x.pdf"), ("pdf", "x.v2", "x.v2.pdf"), ("pdf", "x.PDF", "x.PDF"), ("pdf", "x.txt", "x.txt.pdf"),
        ("html", "x.htm", "x.htm"), ("png", "x.jpg", "x.jpg.png"), ("pdf", "x.html", "x.html"),
    ):  # fmt: skip
        choose(dialog, format, tmp_path / typed)
        assert dialog.path == tmp_path / path


def test_an_ending_that_is_typed_chooses_the_format(window: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    dialog = PictureDialog(tmp_path / "a", True, None, window.look, window, project=tmp_path / "P.annotator")
    qtbot.addWidget(dialog)
    dialog._file.line.clear()
    qtbot.keyClicks(dialog._file.line, str(tmp_path / "pic.html"))
    assert dialog.wish.format == "html"
    assert dialog.path == tmp_path / "pic.html"
    assert dialog._table.isChecked(), "as if it had been chosen from the list"
    choose(dialog, "png")
    assert dialog._file.line.text() == str(tmp_path / "pic.png")
    dialog._file.line.setText(str(tmp_path / "pic.htm"))
    assert dialog.path == tmp_path / "pic.htm", "one of two endings of a format is kept"
    assert dialog.wish.format == "html"


def test_of_hidden_labels_it_is_said_whether_they_are_on_the_picture(
    window: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    tag_some(window)
    window.visibility.set("quote", "hidden")
    window.visibility.set("evidence", "hidden")
    said = []

    def look(dialog: PictureDialog) -> None:
        choose(dialog, "html", tmp_path / "without.html")
        assert dialog._unhidden.isVisibleTo(dialog)
        said.append(dialog._told.text())

    def unhide(dialog: PictureDialog) -> None:
        choose(dialog, "html", tmp_path / "with.html")
        assert not dialog._unhidden.isChecked(), "as the window looks, each time"
        dialog._unhidden.click()
        said.append(dialog._told.text())

    save(window, qtbot, look)
    save(window, qtbot, unhide)
    assert said == [
        "1 label is hidden in the window; its spans are not in the picture.",
        "1 label is hidden in the window; its spans are in the picture.",
    ]
    assert 'data-t="Quote"' not in (tmp_path / "without.html").read_text(encoding="utf-8")
    assert "1 span; 1 of hidden labels is left out" in (tmp_path / "without.html").read_text(encoding="utf-8")
    assert "left out" not in (tmp_path / "with.html").read_text(encoding="utf-8")
    assert 'data-t="Cue"' in (tmp_path / "without.html").read_text(encoding="utf-8")
    assert 'data-t="Quote"' in (tmp_path / "with.html").read_text(encoding="utf-8")


def test_where_nothing_is_hidden_nothing_is_said_of_it(window: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    dialog = PictureDialog(tmp_path / "a", True, None, window.look, window, project=tmp_path / "P.annotator")
    qtbot.addWidget(dialog)
    assert dialog._unhidden.isHidden()
    assert dialog._told.isHidden()


def test_the_list_is_for_web_pages_until_somebody_chose(window: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    dialog = PictureDialog(tmp_path / "a", True, None, window.look, window, project=tmp_path / "P.annotator")
    qtbot.addWidget(dialog)
    dialog.show()
    assert not dialog._table.isChecked()
    choose(dialog, "html")
    assert dialog._table.isChecked()
    dialog.activateWindow()
    dialog._table.setFocus()
    qtbot.waitUntil(dialog._table.hasFocus)
    qtbot.keyClick(dialog._table, Qt.Key.Key_Space)
    choose(dialog, "pdf")
    choose(dialog, "html")
    assert not dialog._table.isChecked()
    none = PictureDialog(tmp_path / "a", False, None, window.look, window, project=tmp_path / "P.annotator")
    qtbot.addWidget(none)
    assert not none._table.isEnabled()
    assert none._heading.isEnabled()


def test_a_bad_place_is_told_and_the_dialog_stays(window: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    tag_some(window)
    folder = tmp_path / "folder"
    folder.mkdir()
    store = window.session.store
    assert store is not None
    (tmp_path / "link.pdf").symlink_to(store.path)
    told = []

    def answer(dialog: PictureDialog) -> None:
        choose(dialog, "pdf")
        dialog._legend.click()
        for typed in (folder, tmp_path / "no" / "a.pdf", tmp_path / "link.pdf", tmp_path / ("x" * 300)):
            dialog._file.line.setText(str(typed))
            assert dialog._fault.isHidden(), "what was said of another name is gone"
            qtbot.keyClick(dialog._file.line, Qt.Key.Key_Return)
            assert dialog.isVisible()
            told.append(dialog._fault.text())
        assert not dialog.wish.parts.legend
        dialog._file.line.setText(str(folder / "a.pdf"))
        qtbot.keyClick(dialog._file.line, Qt.Key.Key_Return)
        assert not dialog.isVisible()

    with answered(PictureDialog, answer):
        window.actions_["article.picture"].trigger()
    qtbot.waitUntil(lambda: not window.files.running and (folder / "a.pdf").exists())
    expected = ("is a folder; name a file in it.", "does not exist.", "is the project itself", "cannot be written")
    assert [words in said for words, said in zip(expected, told, strict=True)] == [True] * 4, told
    assert sorted(path.name for path in tmp_path.iterdir() if path.name.startswith("folder")) == ["folder"]
    assert [path.name for path in folder.iterdir()] == ["a.pdf"]


def test_a_folder_that_is_gone_is_not_proposed(window: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    save(window, qtbot, lambda dialog: choose(dialog, "html", folder / "a.html"))
    (folder / "a.html").unlink()
    folder.rmdir()
    seen = []

    def look(dialog: PictureDialog) -> None:
        seen.append(dialog.path.parent)
        dialog.reject()

    with answered(PictureDialog, look):
        window.actions_["article.picture"].trigger()
    assert seen == [Path.home()]


def test_once_a_tick_was_changed_no_other_changes_by_itself(window: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    dialog = PictureDialog(tmp_path / "a", True, None, window.look, window, project=tmp_path / "P.annotator")
    qtbot.addWidget(dialog)
    dialog._legend.click()
    dialog._file.line.clear()
    qtbot.keyClicks(dialog._file.line, str(tmp_path / "pic.html"))
    assert dialog.wish == ("html", (True, True, False, False))


@pytest.mark.parametrize("digits", range(0, 24, 3))  # among them one where just the longer sentence takes two lines
def test_nothing_jumps_when_hidden_spans_are_ticked(
    window: MainWindow, tmp_path: Path, qtbot: QtBot, digits: int
) -> None:
    project, hidden = tmp_path / "P.annotator", 2 * 10**digits
    dialog = PictureDialog(tmp_path / "a", True, None, window.look, window, project=project, hidden=hidden)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitExposed(dialog)
    before = dialog._file.y(), dialog._save.y(), dialog.height()
    dialog._unhidden.click()
    dialog.layout().activate()
    assert (dialog._file.y(), dialog._save.y(), dialog.height()) == before


def test_a_long_picture_can_be_stopped(window: MainWindow, tmp_path: Path, qtbot: QtBot) -> None:
    window.session.text = "A long text.\n" * 30_000
    target = tmp_path / "a.pdf"

    def change(dialog: PictureDialog) -> None:
        choose(dialog, "pdf", target)

    window.files.working.connect(lambda what, done, _total: window.files.stop() if what and done else None)
    save(window, qtbot, change)
    assert window.notice.words == "Stopped; nothing was written."
    assert not target.exists()


# Paper


def test_without_a_printer_it_says_so(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(printing, "printers", list)
    window.actions_["article.print"].trigger()
    assert window.notice.words.startswith("There is no printer on this computer.")


def printer_to(path: Path) -> QPrinter:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(path))
    return printer


def test_an_article_is_printed_page_by_page(
    window: MainWindow, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    tag_some(window)
    monkeypatch.setattr(printing, "printers", lambda: ["Office"])
    window.session.text += "More of it.\n" * 100
    for first, last, pages in ((0, 0, 6), (2, 3, 2)):
        printer = printer_to(tmp_path / f"{first}.pdf")
        printer.setFromTo(first, last)
        monkeypatch.setattr(printing, "asked", lambda _window, printer=printer: printer)
        window.notice.hide()
        window.actions_["article.print"].trigger()
        qtbot.waitUntil(lambda: not window.files.running)
        assert window.notice.words == f"{pages} pages were given to the printer."
        assert (tmp_path / f"{first}.pdf").read_bytes().count(b"/Type /Page\n") == pages


def test_hidden_labels_are_not_printed_and_that_is_said(
    window: MainWindow, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    tag_some(window)
    window.visibility.set("quote", "hidden")
    monkeypatch.setattr(printing, "printers", lambda: ["Office"])
    monkeypatch.setattr(printing, "asked", lambda _window: printer_to(tmp_path / "a.pdf"))
    labels: list[set[str]] = []
    steps = printing.steps

    def heard(printer: QPrinter, depicted: Depicted, *rest: Any) -> Any:
        labels.append({span.label for span in depicted.spans})
        return steps(printer, depicted, *rest)

    monkeypatch.setattr(printing, "steps", heard)
    window.notice.hide()
    window.actions_["article.print"].trigger()
    qtbot.waitUntil(lambda: not window.files.running)
    assert labels == [{"cue"}]
    assert window.notice.words.endswith(" 1 label is hidden in the window; its spans were not printed.")


def test_printing_can_be_stopped_and_the_window_closed(
    window: MainWindow, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(printing, "printers", lambda: ["Office"])
    monkeypatch.setattr(printing, "asked", lambda _window: printer_to(tmp_path / "a.pdf"))
    window.session.text = "A long text.\n" * 3_000
    window.actions_["article.print"].trigger()
    assert window.files.running
    window.actions_["article.picture"].trigger()
    assert window.notice.words == "Wait until what is going on has ended."
    window.files.stop()
    qtbot.waitUntil(lambda: not window.files.running)
    assert window.notice.words == "Stopped; nothing was printed."
    window.actions_["article.print"].trigger()
    window.files.finish()
    assert not window.files.running


def test_no_dialog_comes_where_somebody_says_no(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(printing, "printers", lambda: ["Office"])
    monkeypatch.setattr(printing, "asked", lambda _window: None)
    window.actions_["article.print"].trigger()
    assert not window.files.running


def test_a_name_for_a_file_is_one_that_every_system_takes() -> None:
    assert file_name("Harbour: “dues” rise / by 3?") == "Harbour “dues” rise by 3"
    assert file_name("..\x00/\u202e ") == ""
    assert len(file_name("word " * 100)) <= 60
    assert file_name("A. B. ") == "A. B"


@pytest.mark.qt_log_ignore(".*")  # without a printing system Qt complains of what it does not find
def test_the_systems_dialog_offers_no_file(window: MainWindow) -> None:
    offered = []

    def answer(dialog: QPrintDialog) -> None:
        offered.append(dialog.testOption(QAbstractPrintDialog.PrintDialogOption.PrintToFile))
        dialog.reject()

    with answered(QPrintDialog, answer):
        assert printing.asked(window) is None
    assert offered == [False]

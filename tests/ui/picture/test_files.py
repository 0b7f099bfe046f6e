"""PDF and PNG of an article: they look as the window does, hold every line once, and are there whole or not at all."""

from __future__ import annotations

import re
import sys
import threading
import zlib
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from annotator.domain.colours import UNKNOWN_BAR, on_paper
from annotator.domain.errors import UserError
from annotator.formats import depicted as picture
from annotator.formats import webpage
from annotator.formats.depicted import Depicted, Parts
from annotator.ui.look import Look
from annotator.ui.picture import pdf, png
from annotator.ui.picture.blocks import Style, blocks
from annotator.ui.picture.flow import sheets
from annotator.ui.picture.paper import usual_paper
from annotator.ui.text import looks, typography
from annotator.ui.text.page import Shown
from annotator.ui.text.typography import Reading
from annotator.ui.text.view import ArticleView
from annotator.ui.theme import LIGHT, UNKNOWN_LABEL, span_colours
from tests.builders import read_only_folder
from tests.formats.depicting import HOSTILE, LABELS, crowd, depicted, sample, span, spans_on

NOWHERE = Path("/nowhere/project.annotator")
ALL = Parts(True, True, True, True)
BARE = Parts(False, True, False, False)
READING = Reading()


@pytest.fixture(autouse=True)
def look(qapp: QApplication) -> Look:
    """The application with its fonts."""
    return Look(qapp)


def long(number: int = 40) -> Depicted:
    """Return an article of several pages."""
    one = sample()
    size = len(one.text)
    spans = [
        each._replace(id=f"{each.id}-{at}", fragments=tuple((a + at * size, b + at * size) for a, b in each.fragments))
        for at in range(number)
        for each in one.spans
    ]
    return depicted(one.text * number, spans)


def trouble() -> Depicted:
    return depicted(HOSTILE, spans_on(HOSTILE, ("quote", HOSTILE), ("cue", "R.\rN"), ("claim", "\x01\x1b")))


def streams(data: bytes) -> list[bytes]:
    """Return what the streams of a PDF hold, unpacked where they are packed."""
    found = []
    for match in re.finditer(rb"stream\r?\n(.*?)\r?\nendstream", data, re.DOTALL):
        try:
            found.append(zlib.decompress(match[1]))
        except zlib.error:
            found.append(match[1])
    return found


# As in the window


def test_colours_and_sizes_are_those_of_the_window() -> None:
    bars = [label.light for label in LABELS] + [UNKNOWN_BAR, "#FFFF00", "#777777", "#E6E6E6"]
    for bar in bars:
        window, paper = span_colours(LIGHT, bar, bar), on_paper(bar)
        assert paper.tag_text.lower() == window.tag_text.name()
        near = zip(QColor(paper.fill).getRgb(), window.fill.getRgb(), strict=True)  # type: ignore[arg-type]
        assert all(abs(a - b) <= 1 for a, b in near)
    assert UNKNOWN_LABEL.light == UNKNOWN_BAR
    assert picture.QUIET == looks._QUIET
    assert (webpage.TAGGED_LANES, webpage.MOST_LANES) == (typography.TAGGED_LANES, typography.MOST_LANES)
    for family in typography.READING_FAMILIES:
        assert family in webpage._STYLE


@pytest.mark.parametrize("one", [sample(), crowd(6), crowd(15)], ids=["sample", "six lanes", "fifteen lanes"])
def test_the_picture_is_what_the_window_shows(
    one: Depicted, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    view = ArticleView()
    qtbot.addWidget(view)
    view.set_labels({label.id: label for label in LABELS})
    view.resize(round(view._width) + 80, 900)
    view.show_article(one.text, one.spans)
    view.show()
    qtbot.waitExposed(view)
    monkeypatch.setattr(png, "SCALE", 1)
    png.write_png(one, BARE, READING, ["sans-serif"], tmp_path / "a.png", NOWHERE)
    drawn = QImage(str(tmp_path / "a.png")).convertToFormat(QImage.Format.Format_RGB32)
    seen = view.viewport().grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    left, width = view.column()
    size = QSize(width + 40, round(view._page.height))
    ours, theirs = drawn.copy(QRect(QPoint(png._SIDE, png._TOP), size)), seen.copy(QRect(QPoint(left, 12), size))
    # The window puts tags on whole pixels, a picture of twice the size on halves: edges and letters differ a little.
    boxes = [box for shown in view._page.between(0, size.height()) for box in tag_boxes(view, shown)]
    assert len(boxes) == (0 if len(one.spans) > 6 and one.text.startswith("One") else len(one.spans))
    for box in boxes:
        assert ours.pixelColor(box.center().x(), box.bottom() - 1) == theirs.pixelColor(
            box.center().x(), box.bottom() - 1
        )
    for image in (ours, theirs):
        with QPainter(image) as painter:
            for box in boxes:
                painter.fillRect(box.adjusted(-1, 0, 1, 0), QColor("white"))
    assert ours == theirs


def tag_boxes(view: ArticleView, shown: Shown) -> list[QRect]:
    """Return where the tags of a paragraph stand, in pixels of the column."""
    box = view._type.box
    return [
        QRect(
            round(min(piece.left, view._type.width - view._looks.tag_width(piece.span))),
            round(shown.top + line.top + box + 1 + piece.lane * 13),
            round(view._looks.tag_width(piece.span)),
            12,
        )
        for line in shown.layout.lines
        for piece in line.pieces
        if piece.tagged and shown.layout.tagged
    ]


# PNG


def test_a_png_is_one_picture_however_it_was_cut_in_strips(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tall = "Stacked: " + ("a" + "\u0302\u0303\u0304" * 4 + " q\u0323\u0324\u0325 ") * 30  # out of their line
    article = long(4)
    article = article._replace(text=article.text + tall + "\n" + tall)
    monkeypatch.setattr(png, "_STRIP", 13)
    png.write_png(article, ALL, READING, ["sans-serif"], tmp_path / "a.png", NOWHERE)
    monkeypatch.setattr(png, "_STRIP", 100_000)
    png.write_png(article, ALL, READING, ["sans-serif"], tmp_path / "b.png", NOWHERE)
    one, other = QImage(str(tmp_path / "a.png")), QImage(str(tmp_path / "b.png"))
    assert one.width() == (592 + 80) * 2
    assert one.dotsPerMeterX() == 7559
    assert one == other


def test_what_is_too_tall_goes_into_files_with_numbers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(png, "TALLEST", 1_200)
    target = tmp_path / "a.png"
    done = png.write_png(long(4), ALL, READING, ["sans-serif"], target, NOWHERE)
    assert [file.name for file in done.files] == [f"a-{number}.png" for number in range(1, len(done.files) + 1)]
    assert len(done.files) > 2
    assert all(0 < QImage(str(file)).height() <= 1_200 for file in done.files)
    assert not target.exists()
    before = done.files[0].read_bytes()
    with pytest.raises(UserError, match=r"takes several files, and a-1\.png is there already"):
        png.write_png(long(3), ALL, READING, ["sans-serif"], target, NOWHERE)
    assert done.files[0].read_bytes() == before
    png.write_png(long(3), BARE, READING, ["sans-serif"], target, NOWHERE, replace_numbered=True)
    assert done.files[0].read_bytes() != before


# PDF


def test_a_pdf_has_its_pages_fonts_and_words(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    one = long(12)
    done = pdf.write_pdf(
        one, ALL, READING, ["sans-serif"], tmp_path / "a.pdf", NOWHERE, progress=lambda *it: told.append(it)
    )
    data = (tmp_path / "a.pdf").read_bytes()
    assert data.startswith(b"%PDF-1.")
    assert done.pages == len(re.findall(rb"/Type /Page\b(?!s)", data)) > 3
    assert b"/FontFile2" in data or b"/FontFile3" in data
    assert data.count(b"/ToUnicode") == data.count(b"/Type0"), "every font says which letters its shapes are"
    assert b"/Subtype /Image" not in data, "tags are shapes and letters"
    assert told == sorted(told)
    assert told[-1] == (len(one.text), len(one.text))


def test_a_page_holds_no_line_of_another(tmp_path: Path) -> None:
    text = "".join(f"Line {number} of many.\n" for number in range(120))
    done = pdf.write_pdf(depicted(text, []), BARE, READING, ["sans-serif"], tmp_path / "a.pdf", NOWHERE)
    pages = [stream for stream in streams((tmp_path / "a.pdf").read_bytes()) if b"\nBT" in stream]
    assert len(pages) == done.pages > 1
    letters = sum(len(line) for line in text.splitlines())
    assert sum(page.count(b"Tj") for page in pages) == letters + done.pages, "and a number on each page"


@pytest.mark.parametrize("room", [500.0, 700.0, 900.0, 0.0])
def test_no_row_of_the_list_is_cut_by_the_end_of_a_page(room: float) -> None:
    one = long(3)
    every = list(blocks(one, ALL, Style(one, READING, ["sans-serif"])))
    heads = every[-1].above
    before = every[: next(number for number, block in enumerate(every) if block is heads) + 1]
    # A page that would end with the heads.
    room = room or sum(sum(block.heights) + block.gap for block in before) + 5
    pages = list(sheets(every, room))
    rows = [(sheet, slice) for sheet in pages for slice in sheet if slice.block.above is not None]
    assert len(rows) == len(one.spans)
    for sheet, slice in rows:
        assert (slice.first, slice.last) == (0, len(slice.block.heights))
        assert slice is not sheet[0], "a page begins with the heads of the columns"
    assert not {id(sheet[-1].block) for sheet in pages} & {id(block) for block in before[-2:]}, "heads end no page"


def test_letters_of_a_pdf_stand_alone(tmp_path: Path) -> None:
    # "after" and "first" have letters that the font would make one of; no search would find them.
    style = Style(sample(), READING, ["sans-serif"], ligatures=False)
    (block,) = blocks(depicted("after five offices", []), BARE, style)
    glyphs = [run.glyphIndexes() for run in block._layout.layout.glyphRuns()]  # type: ignore[attr-defined]
    assert sum(map(len, glyphs)) == len("after five offices")


@pytest.mark.skipif(sys.platform == "win32", reason="no such limit there")
def test_a_full_disk_is_told_and_the_old_file_stays(tmp_path: Path) -> None:
    import resource
    import signal

    old = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    for kind, write in (("pdf", pdf.write_pdf), ("png", png.write_png)):
        target = tmp_path / f"a.{kind}"
        target.write_bytes(b"old")
        resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, hard))
        try:
            with pytest.raises(UserError, match="was not written"):
                write(long(6), ALL, READING, ["sans-serif"], target, NOWHERE)
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        assert target.read_bytes() == b"old"
    signal.signal(signal.SIGXFSZ, old)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.pdf", "a.png"]


# Both


@pytest.mark.parametrize("kind", ["pdf", "png"])
def test_bad_articles_and_places(kind: str, tmp_path: Path) -> None:
    write = {"pdf": pdf.write_pdf, "png": png.write_png}[kind]
    target = tmp_path / f"a.{kind}"
    names = (*LABELS, LABELS[0]._replace(id="long", name="L" * 200, key="X"))
    whole = "word " * 4_000
    for one in (
        trouble(), crowd(15), depicted("", []), depicted("\n\n", []), depicted("No spans.", []),
        depicted(whole, [span(0, "quote", (0, len(whole)), note="n" * 900)]),
        depicted("Some word here", [span(0, "long", (5, 9))], "T" * 3_000, names),
    ):  # fmt: skip
        assert write(one, ALL, READING, ["sans-serif"], target, NOWHERE).files == (target,)
    wide = Reading(size=32, leading=80, width=1_600)
    assert write(sample(), ALL, wide, ["sans-serif"], target, NOWHERE).files
    assert write(long(4), ALL, READING, ["sans-serif"], tmp_path / f"b.{kind}", NOWHERE, cancelled=lambda: True).stopped
    with pytest.raises(UserError, match="is a folder"):
        write(sample(), ALL, READING, ["sans-serif"], tmp_path, NOWHERE)
    with read_only_folder(target) as copy, pytest.raises(UserError, match="cannot be written"):
        write(sample(), ALL, READING, ["sans-serif"], copy.parent / f"b.{kind}", NOWHERE)
    assert [path.name for path in tmp_path.iterdir()] == [f"a.{kind}"]


@pytest.mark.parametrize("kind", ["pdf", "png"])
def test_another_thread_draws_the_same(kind: str, tmp_path: Path) -> None:
    write = {"pdf": pdf.write_pdf, "png": png.write_png}[kind]
    write(sample(), ALL, READING, ["sans-serif"], tmp_path / "here", NOWHERE)
    thread = threading.Thread(target=write, args=(sample(), ALL, READING, ["sans-serif"], tmp_path / "there", NOWHERE))
    thread.start()
    thread.join()
    here, there = (tmp_path / "here").read_bytes(), (tmp_path / "there").read_bytes()
    if kind == "pdf":  # its ids and its date are new each time
        here, there = b"".join(streams(here)), b"".join(streams(there))
        moment = rb"\d{4}-\d\d-\d\dT[-+:.\dZ]+|D:\d{14}|uuid:[-0-9a-f]+"
        here, there = (re.sub(moment, b"", each) for each in (here, there))
    assert here == there


def test_paper_is_that_of_the_country() -> None:
    from PySide6.QtCore import QLocale

    old = QLocale()
    try:
        QLocale.setDefault(QLocale("en_US"))
        assert usual_paper().name == "Letter"
        QLocale.setDefault(QLocale("de_DE"))
        assert usual_paper().name == "A4"
    finally:
        QLocale.setDefault(old)


def test_painters_end_where_drawing_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("a bug")

    monkeypatch.setattr("annotator.ui.picture.blocks.paint", fail)
    for write in (pdf.write_pdf, png.write_png):
        with pytest.raises(RuntimeError):
            write(sample(), ALL, READING, ["sans-serif"], tmp_path / "a", NOWHERE)
    assert list(tmp_path.iterdir()) == []

"""Every screen: nothing is cut off, every control has a name, Tab goes everywhere; in English and made longer."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QSizePolicy,
    QTableView,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from annotator import assets, i18n, keys
from annotator.domain.scheme import parse, to_data
from annotator.ui.scheme.effectpanel import ExampleLine
from annotator.ui.widgets import Elided
from annotator.ui.window import MainWindow
from tests.ui.conftest import TEXTS
from tests.ui.screens import dialogs, main_windows, named, scheme_pages, seen, start_pages

# The offscreen platform says so of every dialog.
pytestmark = pytest.mark.qt_log_ignore("does not support")

Make = Callable[[Path | None], MainWindow]
SIZES = ((1280, 800), (1024, 600), (880, 560))
LANGUAGES = ("en", i18n.PSEUDO)


@pytest.fixture(params=LANGUAGES)
def language(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr(i18n, "_said", i18n.chosen(request.param))
    return str(request.param)


def told(bad: dict[str, list[str]]) -> str:
    """Return what was found, a line each; "" for nothing."""
    return "\n".join(f"{what}: {one}" for what, found in bad.items() for one in found)


def settle() -> None:
    """Let layouts that wait for one another come to rest."""
    for _ in range(4):
        QApplication.processEvents()
    # What a timer changed in the last round: here none rings any more.
    for _ in range(3):
        QApplication.sendPostedEvents()


# What is cut off


def cut(widget: QWidget) -> str:
    """Say what of a widget's words cannot be seen, "" where all can."""
    if isinstance(widget, QLabel) and widget.text() and not widget.text().endswith("…"):
        room, metrics = widget.contentsRect(), widget.fontMetrics()
        if widget.wordWrap():
            need = widget.heightForWidth(widget.width())
            return f"needs {need} high, has {widget.height()}" if need > widget.height() else ""
        need = max(metrics.horizontalAdvance(line) for line in widget.text().splitlines() or [""])
        return f"needs {need}, has {room.width()}" if need > room.width() else ""
    if isinstance(widget, QAbstractButton | QComboBox):
        # What takes any width there is elides its words by itself.
        if widget.sizePolicy().horizontalPolicy() is QSizePolicy.Policy.Ignored:
            return ""
        need, room_ = widget.minimumSizeHint().width(), widget.width()
        need = max(need, widget.sizeHint().width()) if isinstance(widget, QAbstractButton) else need
        return f"needs {need}, has {room_}" if need > room_ else ""
    if isinstance(widget, QLineEdit) and widget.placeholderText() and not widget.text():
        margins = widget.textMargins()
        need = widget.fontMetrics().horizontalAdvance(widget.placeholderText()) + margins.left() + margins.right()
        return f"needs {need}, has {widget.width()}" if need > widget.width() else ""
    if isinstance(widget, QTableView) and widget.horizontalHeader().isVisible():
        head, metrics = widget.horizontalHeader(), widget.horizontalHeader().fontMetrics()
        for column in range(head.count()):
            words = str(widget.model().headerData(column, Qt.Orientation.Horizontal))
            if (need := metrics.horizontalAdvance(words) + 16) > head.sectionSize(column):
                return f"{words!r} needs {need}, has {head.sectionSize(column)}"
    return ""


def all_cut(top: QWidget) -> list[str]:
    """Return what is cut off or stands beyond its window."""
    found = [f"{named(widget)}: {what}" for widget in seen(top) if (what := cut(widget))]
    for widget in seen(top):
        parent = widget.parentWidget()
        if widget.isWindow() or inside_a_scroll_area(widget) or parent is None:
            continue
        if isinstance(widget, QLabel | QAbstractButton | QLineEdit | QComboBox):
            edge = widget.mapTo(top, widget.rect().bottomRight())
            if edge.x() > top.width() or edge.y() > top.height():
                found.append(f"{named(widget)}: ends at {edge.x()}, {edge.y()} of {top.width()} × {top.height()}")
    return found


def inside_a_scroll_area(widget: QWidget) -> bool:
    """Whether the widget can be scrolled to."""
    parent = widget.parentWidget()
    while parent is not None:
        if isinstance(parent, QAbstractScrollArea):
            return True
        parent = parent.parentWidget()
    return False


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_nothing_of_the_main_window_is_cut_off(
    window: MainWindow, make_window: Make, project: Path, language: str, qtbot: QtBot, size: tuple[int, int]
) -> None:
    window.close()
    fresh = make_window(project)
    fresh.resize(*size)
    qtbot.waitUntil(lambda: (fresh.width(), fresh.height()) == size)
    bad = {}
    for what, top in main_windows(fresh, qtbot):
        settle()
        bad[what] = all_cut(top)
    if words := told(bad):
        pytest.fail(words)


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_nothing_of_the_scheme_editor_is_cut_off(
    make_window: Make, project: Path, language: str, qtbot: QtBot, size: tuple[int, int]
) -> None:
    window = make_window(project)
    window.resize(*size)
    qtbot.waitUntil(lambda: (window.width(), window.height()) == size)
    bad = {}
    for what, top in scheme_pages(window, qtbot):
        settle()
        bad[what] = all_cut(top)
        page = window.sheets.editor.page
        inside = page.area.widget() if page is not None else None
        if page is not None and inside is not None and inside.width() > page.area.viewport().width():
            bad[what].append(f"the form is {inside.width()} wide, its place {page.area.viewport().width()}")
    if words := told(bad):
        pytest.fail(words)


def test_nothing_of_the_start_page_is_cut_off(make_window: Make, project: Path, language: str) -> None:
    bad = {}
    for what, top in start_pages(make_window, project):
        for size in SIZES:
            top.resize(*size)
            settle()
            bad[f"{what} {size}"] = all_cut(top)
    if words := told(bad):
        pytest.fail(words)


def opened(window: MainWindow, folder: Path, qtbot: QtBot) -> Iterator[tuple[str, QWidget]]:
    """Yield every dialog while it is shown, the manual and the guideline."""
    for what, dialog in dialogs(window, folder):
        qtbot.addWidget(dialog)
        dialog.show()
        qtbot.waitExposed(dialog)
        settle()
        yield what, dialog
        dialog.close()
    window.sheets.manual()
    yield "manual", window.sheets.manual_window
    window.sheets.manual_window.close()
    window.sheets.guideline("quote")
    guide = window.sheets.guideline_window
    for width in (760, 380):
        guide.resize(width, 600)
        settle()
        yield f"guideline {width}", guide
    guide.close()


def test_nothing_of_a_dialog_is_cut_off(
    make_window: Make, project: Path, tmp_path: Path, language: str, qtbot: QtBot
) -> None:
    window = make_window(project)
    bad = {what: all_cut(top) for what, top in opened(window, tmp_path, qtbot)}
    if words := told(bad):
        pytest.fail(words)


def test_what_is_cut_off_would_be_found(qtbot: QtBot) -> None:
    top = QWidget()
    qtbot.addWidget(top)
    words = "Far too long for this"
    label, wrapped, field = QLabel(words, top), QLabel(9 * words, top), QLineEdit(top)
    wrapped.setWordWrap(True)
    field.setPlaceholderText(words)
    for number, widget in enumerate((label, wrapped, field)):
        widget.setGeometry(0, 30 * number, 60, 20)
    top.resize(50, 200)
    top.show()
    assert len(all_cut(top)) == 6


# What everything is called


def spoken(widget: QWidget) -> str:
    """Return what a screen reader calls the widget."""
    interface = QAccessible.queryAccessibleInterface(widget)
    return interface.text(QAccessible.Text.Name) if interface is not None else ""


def can_be_reached(widget: QWidget) -> bool:
    """Whether the keyboard may come to the widget."""
    return bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) and widget.isEnabled() and widget.focusProxy() is None


def nameless(top: QWidget) -> list[str]:
    """Return the controls that a screen reader could not name."""
    return [named(widget) for widget in seen(top) if can_be_reached(widget) and not spoken(widget).strip()]


def test_every_control_has_a_name(
    window: MainWindow, make_window: Make, project: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    bad = {what: nameless(top) for what, top in opened(window, tmp_path, qtbot)}
    bad |= {what: nameless(top) for what, top in main_windows(window, qtbot)}
    bad |= {what: nameless(top) for what, top in scheme_pages(window, qtbot)}
    window.close()
    bad |= {what: nameless(top) for what, top in start_pages(make_window, project)}
    if words := told(bad):
        pytest.fail(words)


def test_a_control_without_a_name_would_be_found(qtbot: QtBot) -> None:
    top = QWidget()
    qtbot.addWidget(top)
    QLineEdit(top).setAccessibleName("A name")
    QToolButton(top).setFocusPolicy(Qt.FocusPolicy.TabFocus)
    top.show()
    assert nameless(top) == ["QToolButton ''"]


# Where Tab goes


def unreached(top: QWidget, qtbot: QtBot) -> list[str]:
    """Press Tab until it comes round; return the controls it never came to."""
    top.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is top)
    wanted = {widget for widget in seen(top) if can_be_reached(widget)}
    wanted = {it for it in wanted if not (isinstance(it, QAbstractButton) and it.group() and not it.isChecked())}
    wanted = {
        it for it in wanted if not (isinstance(it, QAbstractButton) and it.autoExclusive() and not it.isChecked())
    }
    came: set[QWidget] = set()
    for _ in range(3 * len(wanted) + 10):
        now = QApplication.focusWidget()
        if now is not None:
            came.add(now)
            QTest.keyClick(now, Qt.Key.Key_Tab)
    return [named(widget) for widget in wanted - came]


def test_tab_goes_everywhere(
    window: MainWindow, make_window: Make, project: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    bad = {what: unreached(top, qtbot) for what, top in main_windows(window, qtbot)}
    bad |= {what: unreached(top, qtbot) for what, top in opened(window, tmp_path, qtbot)}
    bad |= {what: unreached(top, qtbot) for what, top in scheme_pages(window, qtbot)}
    window.close()
    bad |= {what: unreached(top, qtbot) for what, top in start_pages(make_window, project)}
    if words := told(bad):
        pytest.fail(words)


def test_a_control_that_keeps_tab_would_be_found(qtbot: QtBot) -> None:
    top = QWidget()
    qtbot.addWidget(top)
    rows = [QPlainTextEdit(top), QLineEdit(top)]
    for number, widget in enumerate(rows):
        widget.setGeometry(0, 40 * number, 60, 30)
    rows[0].setFocus()
    top.show()
    assert unreached(top, qtbot) == ["QLineEdit ''"]


# What was never translated

KEYS = r"Ctrl|Shift|Alt|Esc|Del|Enter|F\d+|Home|End|Tab|PgUp|PgDown|[A-Z]"
NO_WORDS = re.compile(rf"(?:[\W\d_]|(?<=\d)[TZ](?=\d|$)|\b(?:{KEYS})\b|\b(?:px|dpi)\b)*")


def said(top: QWidget) -> Iterator[tuple[str, str]]:
    """Yield what stands on a screen, with where."""
    yield "title", top.windowTitle()
    for widget in [top, *seen(top)]:
        if isinstance(widget, ExampleLine):
            continue  # words of an article, and no others
        yield f"{named(widget)}: tooltip", re.sub("<[^>]+>", " ", widget.toolTip())
        yield f"{named(widget)}: name", widget.accessibleName()
        # What elides itself is called by its whole words.
        if isinstance(widget, QLabel | QAbstractButton) and not isinstance(widget, Elided):
            yield named(widget), widget.text()
        if isinstance(widget, QLineEdit):
            yield named(widget), widget.placeholderText()
        if isinstance(widget, QComboBox):
            for index in range(widget.count()):
                yield named(widget), widget.itemText(index)
        if isinstance(widget, QTableView) and widget.horizontalHeader().isVisible():
            for column in range(widget.horizontalHeader().count()):
                yield named(widget), str(widget.model().headerData(column, Qt.Orientation.Horizontal) or "")


def without(words: str, data: list[str]) -> str:
    """Return what is left of words when translated sentences and what is the project's own are taken out."""
    left, before = words, ""
    while left != before:  # one sentence may stand in another
        left, before = re.sub(r"⟦[^⟦⟧]*⟧", "", left), left
    for own in data:
        left = left.replace(own, "")
    return left


def bare(top: QWidget, data: list[str]) -> list[str]:
    """Return what was said in plain English: no sentence of the catalog, no key, and nothing of the project's."""
    found = []
    for where, words in said(top):
        left = without(words, data)
        if not NO_WORDS.fullmatch(left):
            found.append(f"{where}: {words!r} leaves {left!r}")
    return found


def words_of(data: object) -> Iterator[str]:
    """Yield the texts in plain data, wherever they stand; ids that are no words are not shown."""
    if isinstance(data, str) and len(data) > 1:
        yield data
    for one in data.values() if isinstance(data, dict) else data if isinstance(data, list | tuple) else ():
        yield from words_of(one)


def test_nothing_is_said_that_a_translator_never_saw(
    make_window: Make, project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    monkeypatch.setattr(i18n, "_said", i18n.chosen(i18n.PSEUDO))
    window = make_window(project)
    scheme = window.session.scheme
    data = [str(tmp_path), "Annotator", "Lena Brandt", project.stem, scheme.name, "Letter.txt"]
    data += [line for text in TEXTS for line in text.splitlines() if line]
    data += ["We sail", "The council met, a clerk said.", "0.txt", "out.jsonl", window.session.me.id]
    data += [keys.grouped(keys.public_hex())]
    data += [parse(assets.scheme_text(name), name).name for name in assets.scheme_names()]
    # Signs of a regular expression and names of encodings are the same everywhere; the last is Qt's own sentence.
    data += ["Aa", "ab", "UTF-8", "UTF-16", "SHA-256", "kB"]
    # A scheme speaks its own language, whatever the program's is.
    said = list(words_of(to_data(scheme)))
    data += [*said, *(words.lower() for words in said)]
    data += ["Tense", "past", "Speech"]
    data = sorted(filter(None, data), key=len, reverse=True)
    bad = {}
    for what, top in main_windows(window, qtbot):
        bad[what] = bare(top, data)
    for what, top in scheme_pages(window, qtbot):
        bad[what] = bare(top, data)
    titles = [action.text().split("\t")[0] for action in window.findChildren(QAction)]
    bad["menus"] = [title for title in titles if not NO_WORDS.fullmatch(without(title, data))]
    for what, top in opened(window, tmp_path, qtbot):
        bad[what] = bare(top, data)
    if words := told(bad):
        pytest.fail(words)

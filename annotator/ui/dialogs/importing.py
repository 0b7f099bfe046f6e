"""Import: what each file would bring, its first article as it would come in, and how files are to be read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QColor, QFont
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QStackedWidget, QTableWidgetItem, QVBoxLayout, QWidget

from annotator.domain.text import printable
from annotator.editing.workspace import Workspace
from annotator.i18n import _, n_
from annotator.jobs.importing import Outcome, Report, rehearse
from annotator.jobs.preview import Preview, preview
from annotator.jobs.sources import Wishes
from annotator.ui.dialogs.parts import ReadTable, Sheet, button, say
from annotator.ui.dialogs.tally import Remarks, Tally
from annotator.ui.dialogs.whose import Whose
from annotator.ui.fields import DropDown
from annotator.ui.look import Look
from annotator.ui.reports import coming_words
from annotator.ui.tasks import Progress, Runner
from annotator.ui.ticks import TickColumn
from annotator.ui.widgets import Segments, caption, plain_tip

_UNTIL = 300
"""Milliseconds after the last tick of a box until the files are looked at again."""
_CHECKED = Qt.CheckState.Checked


class ImportDialog(Sheet):
    """Nothing is written before Import is pressed, and that need not wait until all files have been looked at."""

    def __init__(self, workspace: Workspace, paths: list[Path], look: Look, parent: QWidget | None = None) -> None:
        heading = n_("Import {count:,} file", "Import {count:,} files", len(paths)).format(count=len(paths))
        super().__init__(heading, look, parent)
        self._workspace, self._paths = workspace, paths
        self._tallies: dict[str, Tally] = {}
        self._runner = Runner(self)
        self._runner.advanced.connect(self._advance)
        self._runner.ended.connect(self._look_again)
        self._wanted = False
        self._later = QTimer(self, singleShot=True, interval=_UNTIL)
        self._later.timeout.connect(self._look_at_files)
        self.words(_("Nothing is stored until you say so; your files are only read."))
        both = QHBoxLayout()
        both.setSpacing(24)
        both.addLayout(self._left(), 1)
        both.addLayout(self._right(), 1)
        self.column.addLayout(both, 1)
        self._status = self.words(_("Looking at the files …"), "strong")
        self.take = button(_("Import"), self.accept, "main")
        self.buttons(button(_("Cancel"), self.reject, "quiet"), self.take)
        self.fit(1040, 680)
        self.table.itemChanged.connect(self._tick)
        self.table.itemSelectionChanged.connect(self._show)
        self.table.selectRow(0)
        self.table.setFocus()
        self._look_at_files()

    def _left(self) -> QVBoxLayout:
        self.table = ReadTable((_("File"), _("What comes of it")), _("Files"), self.look.px(32))
        TickColumn(self.look, self.table)
        names = Counter(path.name for path in self._paths)
        for path in self._paths:
            # Several people's folders hold files of the same names.
            shown = f"{path.parent.name}/{path.name}" if names[path.name] > 1 else path.name
            name, _words = self.table.add(printable(shown), "…")
            name.setFlags(name.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            name.setCheckState(_CHECKED)
            name.setToolTip(plain_tip(str(path)))
        self.table.share_width()
        self.encoding = self._choice(_("Encoding of text files"), _encodings())
        self.differing = self._choice(
            _("Where an article is here already"),
            ((False, _("What is here stays; what is new comes in")), (True, _("Take the file’s side"))),
        )
        column = QVBoxLayout()
        column.setSpacing(6)
        column.addWidget(self.table, 1)
        self.whose = Whose(self._workspace, self._paths, self.look)
        self.whose.changed.connect(self._read_otherwise)
        for field in (self.encoding, self.differing, self.whose.field):
            column.addSpacing(6)
            above = caption(field.accessibleName(), "second")
            for widget in (above, field):
                column.addWidget(widget)
                if field is self.whose.field and not self.whose.wanted:
                    widget.hide()
        column.addWidget(self.whose.name)
        return column

    def _choice(self, name: str, choices: tuple[tuple[object, str], ...]) -> DropDown:
        field = DropDown(self.look)
        field.setAccessibleName(name)
        for value, words in choices:
            field.addItem(words, value)
        field.activated.connect(self._read_otherwise)
        return field

    def _right(self) -> QVBoxLayout:
        self._pages = Segments([_("First article"), ""])
        self._pages.chosen.connect(self._turn)
        self._turned = False
        self.remarks = Remarks(self.look)
        self._title = caption("")
        self._title.setFont(self.look.serif(17, QFont.Weight.DemiBold))
        self._title.setWordWrap(True)
        self._about = caption("", "second")
        self._about.setWordWrap(True)
        self._fault = caption("", "error")
        self._fault.setWordWrap(True)
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setFont(self.look.serif(15))
        self.text.setAccessibleName(_("The beginning of the text"))
        first, self._stack = QWidget(), QStackedWidget()
        article = QVBoxLayout(first)
        article.setContentsMargins(0, 0, 0, 0)
        article.setSpacing(6)
        for widget in (self._title, self._about, self._fault):
            article.addWidget(widget)
        article.addWidget(self.text, 1)
        self._stack.addWidget(first)
        self._stack.addWidget(self.remarks)
        column = QVBoxLayout()
        column.setSpacing(8)
        column.addWidget(self._pages)
        column.addWidget(self._stack, 1)
        return column

    # what the user chose

    @property
    def paths(self) -> list[Path]:
        """The files that are ticked."""
        return [path for row, path in enumerate(self._paths) if self._box(row).checkState() == _CHECKED]

    @property
    def wishes(self) -> Wishes:
        """How they are to be read."""
        owner, owners = self.whose.chosen()
        update = bool(self.differing.currentData())
        return Wishes(encoding=str(self.encoding.currentData()), owner=owner, update=update, owners=owners)

    def _box(self, row: int) -> QTableWidgetItem:
        box = self.table.item(row, 0)
        assert box is not None  # every row was made with one
        return box

    def _tick(self, item: QTableWidgetItem) -> None:
        if item.column() == 0:
            self.take.setEnabled(bool(self.paths) and not self.whose.fault)
            # An article that stands in two files is judged by which of them are taken.
            self._later.start()

    def _read_otherwise(self) -> None:
        self._show()
        self._look_at_files()

    # looking

    def _look_at_files(self) -> None:
        if self._runner.running:
            self._wanted = True
            self._runner.cancel()
            return
        paths, wishes, workspace = self.paths, self.wishes, self._workspace
        self._tallies = tallies = {str(path): Tally() for path in paths}
        self._fill()
        if not paths:
            say(self._status, _("No file is chosen."))
            return
        if fault := self.whose.fault:
            self.take.setEnabled(False)
            say(self._status, fault)
            return

        def work(progress: Progress, cancelled: Callable[[], bool]) -> Report:
            def hear(outcome: Outcome) -> None:
                tallies[outcome.path].hear(outcome)

            with closing(workspace.store.reader(whole=True)) as reader:
                return rehearse(reader, workspace.me, paths, wishes, hear=hear, progress=progress, cancelled=cancelled)

        self._runner.start(work, self._finish)

    def _look_again(self) -> None:
        if self._wanted:
            self._wanted = False
            self._later.start()

    def _advance(self, done: int, total: int) -> None:
        self._fill()
        percent = 100 * done // total if total else 0
        say(self._status, _("Looking at the files … {percent} %").format(percent=percent))

    def _finish(self, report: Report) -> None:
        self._fill()
        self.table.share_width()
        if report.stopped:
            return
        summary = coming_words(report) or _("Nothing to import")
        remarks = sum(bool(tally.remark) for tally in self._tallies.values())
        noted = n_("{count:,} file has a remark.", "{count:,} files have a remark.", remarks).format(count=remarks)
        say(self._status, " ".join(filter(None, (f"{summary}.", noted if remarks else "", report.unknown_words()))))
        # Where nothing would change, pressing it would only seem to do something.
        self.take.setEnabled(bool(report.added or (report.different and self.wishes.update)))

    def _fill(self) -> None:
        for row, path in enumerate(self._paths):
            tally, item = self._tallies.get(str(path)), self.table.item(row, 1)
            words = _("left out") if tally is None else tally.words() or "…"
            if item is not None and item.text() != words:
                item.setText(words)
                item.setToolTip(plain_tip(words))
                item.setForeground(QColor(self._colour(tally)))
        self._show_remarks()

    def _colour(self, tally: Tally | None) -> str:
        theme = self.look.theme
        if tally is None:
            return theme.text3
        return theme.error if tally.faulty else theme.warning if tally.remark else theme.text

    def _show(self) -> None:
        row = self.table.chosen_row
        if row < 0:
            return
        seen = preview(self._paths[row], self._workspace.store.path, self.wishes)
        self._title.setText(printable(seen.title))
        say(self._about, _about(seen))
        say(self._fault, seen.fault)
        self.text.setPlainText(seen.text)
        self.text.setVisible(not seen.fault)
        self._title.setVisible(not seen.fault)
        self._show_remarks()

    def _turn(self, page: int) -> None:
        self._turned = page == 1
        self._show_remarks()

    def _show_remarks(self) -> None:
        row = self.table.chosen_row
        tally = self._tallies.get(str(self._paths[row])) if row >= 0 else None
        self.remarks.show_tally(tally)
        heading = tally.heading() if tally is not None else ""
        self._pages.rename(1, heading)
        self._pages.setVisible(bool(heading))
        # Files that are looked at anew have none for a moment: whoever reads them goes on there.
        page = int(self._turned and bool(heading))
        self._pages.choose(page)
        self._stack.setCurrentIndex(page)

    def done(self, result: int) -> None:
        """Stop looking; the reader must be closed before the project may be."""
        self._later.stop()
        self.whose.stop()
        self._runner.cancel()
        self._runner.finish()
        super().done(result)


def _about(seen: Preview) -> str:
    if seen.fault:
        return ""
    length = n_("{count:,} character", "{count:,} characters", seen.length).format(count=seen.length)
    spans = n_("{count:,} span", "{count:,} spans", seen.spans).format(count=seen.spans) if seen.spans else ""
    first = _("The first article of the file") if seen.format == "jsonl" else _where_the_title_is_from(seen)
    return " · ".join(filter(None, (first, length, spans, *seen.notes)))


def _where_the_title_is_from(seen: Preview) -> str:
    if seen.text.lstrip("\ufeff \t\r\n\u00a0").startswith(seen.title):
        return _("The title is the first line (F2 changes it later)")
    return _("The title is the file’s name (F2 changes it later)")


def _encodings() -> tuple[tuple[str, str], ...]:
    return (
        ("", _("Find out")),
        ("utf-8", "UTF-8"),
        ("utf-16", "UTF-16"),
        ("cp1252", _("Western European ({name})").format(name="cp1252")),
        ("cp1250", _("Central European ({name})").format(name="cp1250")),
        ("iso8859-2", _("Central European ({name})").format(name="ISO 8859-2")),
        ("cp1251", _("Cyrillic ({name})").format(name="cp1251")),
        ("koi8-r", _("Cyrillic ({name})").format(name="KOI8-R")),
        ("cp1253", _("Greek ({name})").format(name="cp1253")),
        ("cp1254", _("Turkish ({name})").format(name="cp1254")),
        ("cp1255", _("Hebrew ({name})").format(name="cp1255")),
        ("cp1256", _("Arabic ({name})").format(name="cp1256")),
        ("gb18030", _("Chinese ({name})").format(name="GB 18030")),
        ("big5", _("Chinese ({name})").format(name="Big5")),
        ("shift_jis", _("Japanese ({name})").format(name="Shift JIS")),
        ("euc_kr", _("Korean ({name})").format(name="EUC-KR")),
    )

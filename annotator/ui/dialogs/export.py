"""Export: whose spans, which articles, to where; what the file would hold is shown before it is written."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from annotator.domain.article import VisibleLayers
from annotator.domain.layerref import CONSENSUS
from annotator.domain.offsets import UNITS
from annotator.i18n import _, later
from annotator.jobs.exporting import Preview, Report, Wishes, preview
from annotator.ui.dialogs.parts import FileField, Form, Sheet, button, may_be_written, say
from annotator.ui.fields import DropDown
from annotator.ui.look import Look
from annotator.ui.reports import articles, size, spans
from annotator.ui.tasks import Progress, Runner
from annotator.ui.widgets import caption

_SHOWN = 3_000
"""Characters of the first line that are shown."""
_SELECTABLE = Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
_UNITS = {
    "code-points": later("Code points: Python, Julia, R"),
    "utf-16": later("UTF-16 units: JavaScript, Java, C#"),
    "utf-8": later("Bytes of UTF-8: Rust, Go, C"),
}


class ExportDialog(Sheet):
    """A file's name and three choices; Enter exports. Nothing is written before that.

    `reviewed` says that there is a consensus, which can then be exported alone; `consensus` proposes that.
    """

    def __init__(
        self, project: Path, me: str, suggestion: Path, look: Look, parent: QWidget | None = None,
        *, reviewed: bool = False, consensus: bool = False,
    ) -> None:  # fmt: skip
        super().__init__(_("Export"), look, parent)
        self._project, self._me = project, me
        self._runner = Runner(self)
        self._runner.ended.connect(self._look_again)
        self._again = False
        self.words(_("JSON Lines, one article a line. Every quoted text is compared before the file is kept."))
        self._file = FileField(suggestion, _("Export to"), _("JSON Lines (*.jsonl)"), _("File"))
        self._file.setMinimumWidth(look.px(420))
        whose = (_("Everybody’s"), _("Only mine"))
        self._whose = self._choice((*whose, _("Only the consensus")) if reviewed else whose)
        if reviewed and consensus:
            self._whose.setCurrentIndex(2)
        self._state = self._choice((_("All"), _("Only those that are done")))
        self._unit = self._choice(tuple(_(_UNITS[unit]) for unit in UNITS))
        form = Form(look)
        form.add(_("File"), self._file)
        form.add(_("Spans"), self._whose)
        form.add(_("Articles"), self._state)
        form.add(_("Offsets count"), self._unit)
        self.column.addLayout(form)
        self._there = self.words("", "warning")
        self._fault = self.words("", "error")
        self._status = self.words(_("Looking …"), "strong")
        self._runner.failed.connect(lambda words: say(self._status, words))
        self._line = QPlainTextEdit()
        self._line.setReadOnly(True)
        self._line.setTabChangesFocus(True)
        self._line.setFont(look.mono(12))
        self._line.setAccessibleName(_("The first line of the file"))
        self.column.addWidget(self._line, 1)
        self._rest = QWidget()  # where no line is shown, the words above must not drift apart
        self._rest.hide()
        self.column.addWidget(self._rest, 1)
        self._export = button(_("Export"), self.accept, "main")
        self.buttons(button(_("Cancel"), self.reject, "quiet"), self._export)
        self._file.line.textChanged.connect(lambda _text: self._offer())
        self._file.line.textChanged.connect(lambda _text: say(self._fault, ""))
        self._holds = False
        self.fit(680, 560)
        self._offer()
        self._look()
        self._file.select_name()

    def _choice(self, choices: tuple[str, ...]) -> DropDown:
        field = DropDown(self.look)
        field.addItems(list(choices))
        field.activated.connect(lambda _index: self._look())
        return field

    @property
    def path(self) -> Path:
        """Where the file shall stand; without an ending it gets ours."""
        path = self._file.path
        return path.with_suffix(".jsonl") if path.name and not path.suffix else path

    @property
    def wishes(self) -> Wishes:
        """What was chosen."""
        owners = frozenset({self._me}) if self._whose.currentIndex() == 1 else None
        state = "done" if self._state.currentIndex() == 1 else ""
        visible = VisibleLayers(kinds=frozenset({CONSENSUS})) if self._whose.currentIndex() == 2 else VisibleLayers.ALL
        return Wishes(visible, owners=owners, state=state, unit=UNITS[self._unit.currentIndex()])

    def accept(self) -> None:
        """Close, unless the file cannot be written: then that is said."""
        if may_be_written(self._file, self.path, self._project, self._fault):
            super().accept()

    def _offer(self) -> None:
        there = bool(self._file.line.text().strip()) and self.path.is_file()
        say(
            self._there, _("{name} is there already and will be replaced.").format(name=self.path.name) if there else ""
        )
        self._export.setText(_("Replace") if there else _("Export"))
        self._export.setEnabled(self._holds and bool(self._file.line.text().strip()))

    def _look(self) -> None:
        if self._runner.running:
            self._again = True
            self._runner.cancel()
            return
        project, wishes, me = self._project, self.wishes, self._me

        def work(_progress: Progress, cancelled: Callable[[], bool]) -> Preview:
            return preview(project, wishes, cancelled, me)

        self._runner.start(work, self._show)

    def _look_again(self) -> None:
        if self._again:
            self._again = False
            self._look()

    def _show(self, seen: Preview) -> None:
        if self._runner.running:
            return  # something else was chosen meanwhile
        self._holds = seen.articles > 0
        words = _("{articles} with {spans}. The first line:").format(
            articles=articles(seen.articles), spans=spans(seen.spans)
        )
        say(self._status, words if self._holds else _("No article fits: there is nothing to export."))
        self._line.setPlainText(seen.line if len(seen.line) <= _SHOWN else f"{seen.line[:_SHOWN]} …")
        self._line.setVisible(self._holds)
        self._rest.setVisible(not self._holds)
        self._offer()

    def done(self, result: int) -> None:
        """Stop looking; the reader must be closed before the project may be."""
        self._runner.cancel()
        self._runner.finish()
        super().done(result)


class ExportReport(Sheet):
    """What was written, to be copied into a method section or a mail."""

    def __init__(self, path: Path, wishes: Wishes, report: Report, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(_("Report of the export"), look, parent)
        self.words(_("The file was read back and every quoted text compared with its article before it was kept."))
        self.rows = (
            (_("File"), str(path)),
            (_("Articles"), f"{report.articles:,}"),
            (_("Spans"), f"{report.spans:,}"),
            *([(_("Left out: ties to what is gone"), f"{report.loose:,}")] if report.loose else []),
            *(
                [(_("Left out: relations of the consensus into articles without one"), f"{report.undecided:,}")]
                if report.undecided
                else []
            ),
            *([(_("Left out"), _("Layers of others where you tag blind and are not done"))] if report.blind else []),
            (_("Size"), size(report.bytes)),
            (_("SHA-256"), report.sha256),
            (_("Offsets count"), _(_UNITS[wishes.unit])),
        )
        form = Form(look)
        for name, words in self.rows:
            value = caption(words)
            value.setTextInteractionFlags(value.textInteractionFlags() | _SELECTABLE)
            value.setWordWrap(True)
            form.add(name, value)
        self.column.addLayout(form)
        self.column.addStretch(1)
        self.buttons(button(_("Close"), self.accept, "main"), left=[button(_("Copy all"), self._copy)])
        self.setMinimumWidth(look.px(620))

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText("\n".join(f"{name}\t{words}" for name, words in self.rows))

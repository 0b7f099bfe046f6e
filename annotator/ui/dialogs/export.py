"""Export: whose spans, which articles, to where."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import QWidget

from annotator.i18n import _
from annotator.ui.dialogs.parts import FileField, Form, Sheet, button
from annotator.ui.fields import DropDown
from annotator.ui.look import Look


@dataclass(frozen=True, slots=True)
class ExportWish:
    """What the user wants exported."""

    path: Path
    only_mine: bool
    state: str


class ExportDialog(Sheet):
    """A file's name and two choices; Enter exports."""

    def __init__(self, suggestion: Path, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(_("Export"), look, parent)
        self.words(_("JSON Lines, one article a line. Every quoted text is compared before the file is kept."))
        self._file = FileField(suggestion, _("Export to"), "JSON Lines (*.jsonl)", _("File"))
        self._file.setMinimumWidth(look.px(420))
        self._whose, self._state = DropDown(look), DropDown(look)
        self._whose.addItems([_("Everybody’s spans"), _("Only my spans")])
        self._state.addItems([_("All articles"), _("Only those that are done")])
        form = Form(look)
        form.add(_("File"), self._file)
        form.add(_("Spans"), self._whose)
        form.add(_("Articles"), self._state)
        self.column.addLayout(form)
        export = button(_("Export"), self.accept, "main")
        self.buttons(button(_("Cancel"), self.reject, "quiet"), export)
        self._file.line.textChanged.connect(lambda text: export.setEnabled(bool(text.strip())))
        self._file.line.setFocus()
        self._file.line.selectAll()

    def wish(self) -> ExportWish:
        """Return what was chosen."""
        path = self._file.path
        if not path.suffix:
            path = path.with_suffix(".jsonl")
        done = self._state.currentIndex() == 1
        return ExportWish(path, self._whose.currentIndex() == 1, "done" if done else "")

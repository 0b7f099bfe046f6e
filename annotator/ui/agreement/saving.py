"""Asks where the report is written, and as what: the name's ending follows the choice."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from annotator.i18n import _
from annotator.ui.dialogs.files import file_dialog
from annotator.ui.dialogs.modal import run

_ENDINGS = (".html", ".csv")


def save_dialog(parent: QWidget, suggestion: Path) -> QFileDialog:
    """Return the dialog; the suggestion is a name without an ending."""
    filters = [_("Web page (*.html)"), _("Table (*.csv)")]
    dialog = file_dialog(parent, _("Save the report"), suggestion.parent, ";;".join(filters))
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setFileMode(QFileDialog.FileMode.AnyFile)

    def take(chosen: str) -> None:
        ending = _ENDINGS[filters.index(chosen)]
        named = Path(dialog.selectedFiles()[0]) if dialog.selectedFiles() else suggestion
        bare = named.name[: -len(named.suffix)] if named.suffix.lower() in _ENDINGS else named.name
        dialog.setDefaultSuffix(ending.removeprefix("."))
        dialog.selectFile((bare or suggestion.name) + ending)

    dialog.filterSelected.connect(take)
    dialog.selectFile(suggestion.name)
    take(filters[0])
    return dialog


def ask(parent: QWidget, suggestion: Path) -> Path | None:
    """Ask; the ending of the answer says what is wanted."""
    dialog = save_dialog(parent, suggestion)
    return Path(dialog.selectedFiles()[0]) if run(dialog) else None

"""The backups of the project: when, why, what each holds; bring one back as a new project, or make one now."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from annotator.domain.dates import to_the_minute
from annotator.domain.errors import UserError
from annotator.i18n import _, later
from annotator.storage import backup as copies
from annotator.storage.backup import Backup
from annotator.ui.dialogs.parts import ReadTable, Sheet, button
from annotator.ui.look import Look
from annotator.ui.reports import articles, spans

_WHY = {"work": later("while you worked"), "migration": later("before a new version"), "merge": later("before a merge"),
        "purge": later("before a purge"), "repair": later("before a repair")}  # fmt: skip
_HEADS = (later("When"), later("Why"), later("Holds"))


class BackupsDialog(Sheet):
    """A table, the newest first; `chosen` is the backup to bring back once it was accepted."""

    def __init__(
        self, folder: Path, found: list[Backup], look: Look, parent: QWidget | None = None, *, blind: bool = False
    ) -> None:
        super().__init__(_("Backups"), look, parent)
        self._found = found
        self.wants_one = False
        about = self.words(
            _(
                "One every half hour of work. They lie in {folder}. A backup comes back as a new "
                "project; this one stays as it is."
            ).format(folder=folder)
        )
        about.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        if not found:
            self.words(_("There is none yet: the first one is made after half an hour of work, or now."), "third")
        self.table = ReadTable([_(head) for head in _HEADS], _("Backups"), look.px(32))
        self.column.addWidget(self.table, 1)
        self.table.setVisible(bool(found))
        if not found:
            self.column.addStretch(1)
        for backup in found:
            self.table.add(to_the_minute(backup.at), _(_WHY.get(backup.reason, backup.reason)), _holds(backup, blind))
        self.table.set_widths(look.px(170), look.px(170))
        self.restore = button(_("Bring back as…"), self.accept, "main")
        self.restore.setEnabled(False)
        self.now = button(_("Back up now"), self._make)
        self.table.itemSelectionChanged.connect(lambda: self.restore.setEnabled(self.chosen is not None))
        self.buttons(button(_("Close"), self.reject, "quiet"), self.restore, left=[self.now])
        self.fit(640, 440)
        if found:
            self.table.selectRow(0)

    def _make(self) -> None:
        self.wants_one = True
        self.reject()

    @property
    def chosen(self) -> Backup | None:
        """The selected backup."""
        return self._found[self.table.chosen_row] if self.table.chosen_row >= 0 else None


def _holds(backup: Backup, blind: bool) -> str:
    try:
        held = copies.held(backup.path)
    except UserError:
        return _("It is damaged")
    if blind:  # what is sealed is in it, and is not told by a number either
        return articles(held.articles)
    return f"{articles(held.articles)}, {spans(held.spans)}"

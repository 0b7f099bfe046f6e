"""Merging packages: what each would bring, looked at before anything is written."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QHBoxLayout, QTableWidgetItem, QWidget

from annotator.domain.text import printable
from annotator.i18n import _, n_
from annotator.jobs.merging import Preview, look
from annotator.ui.colleagues import words as said
from annotator.ui.colleagues.brought import Brought
from annotator.ui.dialogs.parts import ReadTable, Sheet, button, say
from annotator.ui.look import Look
from annotator.ui.session import Session
from annotator.ui.tasks import Progress, Runner
from annotator.ui.ticks import TickColumn
from annotator.ui.widgets import plain_tip

_CHECKED = Qt.CheckState.Checked


class BringDialog(Sheet):
    """Each package is looked at by itself, in the order given; those that are ticked and not refused are `paths`."""

    def __init__(self, session: Session, paths: list[Path], look: Look, parent: QWidget | None = None) -> None:
        heading = n_("Merge {count:,} package", "Merge {count:,} packages", len(paths)).format(count=len(paths))
        super().__init__(heading, look, parent)
        self._session, self._paths = session, list(dict.fromkeys(paths))
        self._seen: dict[int, Preview] = {}
        self._runner = Runner(self)
        self._runner.advanced.connect(self._advance)
        self.words(_("Nothing is written until you say so. Your own work stays as it is; all of it can be taken back."))
        row = QHBoxLayout()
        row.setSpacing(24)
        self.table = ReadTable((_("Package"), _("From"), _("What comes of it")), _("Packages"), look.px(32))
        TickColumn(look, self.table)
        for path in self._paths:
            name, _who, _what = self.table.add(printable(path.name), "…", "…")
            name.setFlags(name.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            name.setCheckState(_CHECKED)
            name.setToolTip(plain_tip(str(path)))
        self.table.share_width()
        self.brought = Brought(look, _("What the package brings"))
        row.addWidget(self.table, 1)
        row.addWidget(self.brought, 1)
        self.column.addLayout(row, 1)
        self._status = self.words(_("Looking at the packages …"), "strong")
        self._runner.failed.connect(lambda words: say(self._status, words))
        self.take = button(_("Merge"), self.accept, "main")
        self.take.setEnabled(False)
        self.buttons(button(_("Cancel"), self.reject, "quiet"), self.take)
        self.fit(1040, 620)
        self.table.itemChanged.connect(self._tick)
        self.table.itemSelectionChanged.connect(self._show)
        self.table.selectRow(0)
        self.table.setFocus()
        self._look()

    @property
    def paths(self) -> list[Path]:
        """The packages that are to be merged."""
        return [path for row, path in enumerate(self._paths) if self._ticked(row) and self._good(row)]

    def _ticked(self, row: int) -> bool:
        box = self.table.item(row, 0)
        return box is not None and box.checkState() == _CHECKED

    def _good(self, row: int) -> bool:
        seen = self._seen.get(row)
        return seen is not None and not seen.refused

    def _look(self) -> None:
        workspace, identity, paths, seen = self._session.workspace, self._session.identity, self._paths, self._seen
        assert workspace is not None  # a dialog is for an open project

        def work(progress: Progress, cancelled: Callable[[], bool]) -> None:
            for number, path in enumerate(paths):
                if cancelled():
                    return

                def part(done: int, total: int, number: int = number) -> None:
                    share = round(100 * done / total) if total else 0
                    progress(100 * number + min(share, 100), 100 * len(paths))

                seen[number] = look(workspace.store, identity, path, part, cancelled)
                progress(100 * (number + 1), 100 * len(paths))

        self._runner.start(work, lambda _none: self._finish())

    def _advance(self, done: int, total: int) -> None:
        self._fill()
        percent = 100 * done // total if total else 0
        say(self._status, _("Looking at the packages … {percent} %").format(percent=percent))

    def _finish(self) -> None:
        self._fill()
        self.table.share_width()
        self._sum_up()
        if self.take.isEnabled() and self.focusWidget() is None:
            self.table.setFocus()

    def _fill(self) -> None:
        for row, seen in list(self._seen.items()):
            what = self.table.item(row, 2)
            if what is None or what.text() != "…":
                continue
            self._put(row, 1, printable(seen.header.maker.name) if seen.header is not None else "–", seen)
            self._put(row, 2, said.brought(seen), seen)
            if seen.refused and (box := self.table.item(row, 0)) is not None:
                box.setFlags(box.flags() & ~Qt.ItemFlag.ItemIsUserCheckable)
                box.setCheckState(Qt.CheckState.Unchecked)
        self._show()

    def _put(self, row: int, column: int, words: str, seen: Preview) -> None:
        item = self.table.item(row, column)
        if item is None:
            return
        item.setText(words)
        item.setToolTip(plain_tip(words))
        theme = self.look.theme
        item.setForeground(QColor(theme.error if seen.refused else theme.warning if seen.warnings else theme.text))

    def _show(self) -> None:
        seen = self._seen.get(self.table.chosen_row)
        self.brought.show_rows(said.rows(seen) if seen is not None else ())

    def _tick(self, item: QTableWidgetItem) -> None:
        if item.column() == 0 and len(self._seen) == len(self._paths):
            self._sum_up()

    def _sum_up(self) -> None:
        refused = sum(bool(seen.refused) for seen in self._seen.values())
        taken = [self._seen[row] for row in range(len(self._paths)) if self._ticked(row) and self._good(row)]
        new = [seen for seen in taken if not seen.nothing_new]
        parts = []
        if refused:
            words = n_("{count:,} package is refused.", "{count:,} packages are refused.", refused)
            parts.append(words.format(count=refused))
        if not taken:
            parts.append(_("There is nothing to merge."))
        elif not new:
            parts.append(_("Nothing new: all of that is here already."))
        elif len(new) == 1:
            parts.append(_("Comes in: {words}.").format(words=said.brought(new[0])))
        else:
            words = n_("{count:,} package brings something.", "{count:,} packages bring something.", len(new))
            parts.append(words.format(count=len(new)))
        say(self._status, " ".join(parts))
        # Where nothing would change, pressing it would only seem to do something.
        self.take.setEnabled(bool(new))

    def done(self, result: int) -> None:
        """Stop looking; the reader must be closed before the project may be."""
        self._runner.cancel()
        self._runner.finish()
        super().done(result)

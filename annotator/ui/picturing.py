"""The open article as a picture or on paper: what of it, to where, and the way there."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from annotator.i18n import _, n_
from annotator.ui.dialogs.modal import run
from annotator.ui.look import Look
from annotator.ui.session import Session
from annotator.ui.tasks import Cancelled, Progress, SlicedWork, Work
from annotator.ui.text.typography import Reading

if TYPE_CHECKING:
    from annotator.formats.depicted import Depicted
    from annotator.jobs.picturing import Pictured
    from annotator.ui.dialogs.picture import PictureDialog, Wish

_UNFIT = '[\x00-\x1f\x7f<>:"/\\\\|?*]'
"""What some system does not take in a file's name."""
_LONGEST_NAME = 60


class Desk(Protocol):
    """What does one long piece of work at a time."""

    folder: Path

    def busy(self) -> bool:
        """Whether something is going on; says so where it is."""

    def start(self, what: str, work: Work, finished: Callable[[Any], None]) -> None:
        """Do work in a thread of its own."""

    def start_slices(self, what: str, work: SlicedWork, finished: Callable[[Any], None]) -> None:
        """Do work in the window's thread, a slice at a time."""


class Picturing(QObject):
    """Asks what and where, draws in the background, tells what came of it."""

    def __init__(self, session: Session, look: Look, window: QWidget, desk: Desk) -> None:
        super().__init__(window)
        self._session, self._look, self._window, self._desk = session, look, window, desk
        self._last: Wish | None = None

    def depicted(self) -> Depicted | None:
        """Return the open article as it is now, with its spans, also of hidden labels; None where none is open."""
        from annotator.formats.depicted import depict

        article, session = self._session.article, self._session
        if article is None:
            return None
        return depict(article, session.text, session.spans, session.scheme.labels)

    # Files

    def save(self, reading: Reading, hidden: frozenset[str]) -> None:
        """Ask for a file and what goes on the picture, and draw it. Labels (by id) that are `hidden` are asked for."""
        from annotator.ui.dialogs.picture import PictureDialog

        depicted, store = self.depicted(), self._session.store
        if depicted is None or store is None or self._desk.busy():
            return
        name = file_name(depicted.title) or self._session.name
        shown, count = without(depicted, hidden)
        dialog = PictureDialog(
            self._desk.folder / name, bool(depicted.spans), self._last, self._look, self._window,
            project=Path(store.path), hidden=count,
        )  # fmt: skip
        if run(dialog):
            self._last = dialog.wish
            self._desk.folder = dialog.path.parent
            self._write(depicted if dialog.with_hidden else shown, dialog, Path(store.path), reading)

    def _write(self, depicted: Depicted, dialog: PictureDialog, project: Path, reading: Reading) -> None:
        wish, target, families = dialog.wish, dialog.path, tuple(self._look.families)
        replace = dialog.replaces_numbered

        def work(progress: Progress, cancelled: Cancelled) -> Pictured:
            if wish.format == "html":
                from annotator.jobs.picturing import write_page

                return write_page(depicted, wish.parts, target, project, progress=progress, cancelled=cancelled)
            if wish.format == "pdf":
                from annotator.ui.picture.pdf import write_pdf

                return write_pdf(
                    depicted, wish.parts, reading, families, target, project, progress=progress, cancelled=cancelled
                )
            from annotator.ui.picture.png import write_png

            return write_png(
                depicted, wish.parts, reading, families, target, project, replace_numbered=replace,
                progress=progress, cancelled=cancelled,
            )  # fmt: skip

        self._desk.start(_("Drawing"), work, self._written)

    def _written(self, pictured: Pictured) -> None:
        self._session.told.emit(_written_words(pictured), False)

    # Paper

    def print(self, reading: Reading, hidden: frozenset[str]) -> None:
        """Ask for a printer, and print what is seen: nothing of the labels (by id) that are `hidden`."""
        from annotator.formats.depicted import Parts
        from annotator.ui.picture import printing

        depicted = self.depicted()
        if depicted is None or self._desk.busy():
            return
        if not printing.printers():
            self._session.told.emit(
                _("There is no printer on this computer. “Save a picture of the article…” writes a PDF."), False
            )
            return
        printer = printing.asked(self._window)
        if printer is None:
            return
        families, parts = tuple(self._look.families), self._last.parts if self._last else Parts()
        shown, left_out = without(depicted, hidden)

        def work(cancelled: Cancelled) -> printing.Steps:
            return printing.steps(printer, shown, parts, reading, families, cancelled)

        self._desk.start_slices(_("Printing"), work, lambda pages: self._printed(pages, left_out))

    def _printed(self, pages: int, left_out: int) -> None:
        words = n_("{count:,} page was given to the printer.", "{count:,} pages were given to the printer.", pages)
        words = words.format(count=pages) if pages else _("Stopped; nothing was printed.")
        if pages and left_out:
            hidden = n_(
                "{count} label is hidden in the window; its spans were not printed.",
                "{count} labels are hidden in the window; their spans were not printed.",
                left_out,
            )
            words = f"{words} {hidden.format(count=left_out)}"
        self._session.told.emit(words, False)


def without(depicted: Depicted, hidden: frozenset[str]) -> tuple[Depicted, int]:
    """Return the article without the spans of labels (by id), and how many of these labels have any."""
    spans = tuple(span for span in depicted.spans if span.label not in hidden)
    left_out = len(depicted.spans) - len(spans)
    return depicted._replace(spans=spans, left_out=left_out), len({span.label for span in depicted.spans} & hidden)


def file_name(title: str) -> str:
    """Return a name for a file after a headline, without an ending; "" where nothing of it can stand in one."""
    words = " ".join(re.sub(_UNFIT, " ", title).split()).lstrip(".")
    return "".join(sign for sign in words if sign.isprintable())[:_LONGEST_NAME].rstrip(". ")


def _written_words(pictured: Pictured) -> str:
    if pictured.stopped:
        return _("Stopped; nothing was written.")
    first = pictured.files[0]
    if len(pictured.files) > 1:
        return _("{count} files, {first} to {last}, were written into {folder}: one would have been too tall.").format(
            count=len(pictured.files), first=first.name, last=pictured.files[-1].name, folder=first.parent
        )
    if pictured.pages:
        words = n_(
            "{path} was written, with {count:,} page.", "{path} was written, with {count:,} pages.", pictured.pages
        )
        return words.format(path=first, count=pictured.pages)
    return _("{path} was written.").format(path=first)

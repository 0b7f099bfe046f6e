"""The article to a printer: a page at a time in the window's own thread, as Qt wants its printers."""

from __future__ import annotations

from collections.abc import Generator, Sequence

from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QAbstractPrintDialog, QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QWidget

from annotator.domain.errors import UserError
from annotator.formats.depicted import Depicted, Parts, plain
from annotator.i18n import _
from annotator.jobs.job import Cancelled
from annotator.ui.dialogs.modal import run
from annotator.ui.picture.blocks import Style
from annotator.ui.picture.paper import Paper, draw, usual_paper
from annotator.ui.text.typography import Reading

Steps = Generator[tuple[int, int], None, int]


def printers() -> list[str]:
    """Return the names of the printers that this computer knows."""
    return list(QPrinterInfo.availablePrinterNames())


def asked(window: QWidget) -> QPrinter | None:
    """Ask for a printer, pages and copies; None where nothing shall be printed."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setPageSize(QPageSize(usual_paper()))
    dialog = QPrintDialog(printer, window)
    # A file is written by "Save a picture", which looks what it replaces; Qt's choice of a file could be the project.
    dialog.setOption(QAbstractPrintDialog.PrintDialogOption.PrintToFile, False)
    return printer if run(dialog) else None


def steps(
    printer: QPrinter, depicted: Depicted, parts: Parts, reading: Reading, families: Sequence[str], cancelled: Cancelled
) -> Steps:
    """Print, a page a step; yield how far into the text it is, and return how many pages the printer was given.

    Raises UserError where the printer does not take it. Left early, nothing is printed as far as the printer allows.
    """
    printer.setDocName(plain(depicted.title) or "Annotator")
    printer.setFullPage(True)
    size = printer.pageLayout().fullRect(QPageLayout.Unit.Inch)
    first, last = printer.fromPage(), printer.toPage()
    style = Style(depicted, reading, families, tags=parts.tags, ligatures=False)
    painter = QPainter(printer)
    if not painter.isActive():
        raise UserError(_("The printer {name} does not take it.").format(name=printer.printerName()))
    pages, whole = 0, False
    try:
        resolution = printer.resolution() / 96
        painter.scale(resolution, resolution)
        paper = Paper(size.width() * 96, size.height() * 96)

        def wanted(number: int) -> bool:
            return not first or first <= number <= max(first, last)

        for step in draw(painter, printer.newPage, paper, depicted, parts, style, wanted):
            pages += wanted(step.page)
            yield step.done, len(depicted.text)
            if cancelled():
                return 0
        whole = True
    finally:
        if not whole:
            printer.abort()
        painter.end()
    return pages

"""The article as a PDF; may be written in any one thread."""

from __future__ import annotations

import errno
import os
import re
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QMarginsF
from PySide6.QtGui import QPageLayout, QPageSize, QPainter, QPdfWriter

from annotator.formats.depicted import Depicted, Parts, plain
from annotator.jobs.job import Cancelled, Progress, never, no_progress
from annotator.jobs.picturing import Pictured
from annotator.jobs.place import Place
from annotator.ui.picture.blocks import Style
from annotator.ui.picture.paper import Paper, draw, usual_paper
from annotator.ui.text.typography import Reading

_RESOLUTION = 1200
_TAIL = 1024
_END = re.compile(rb"startxref\s+(\d+)\s+%%EOF\s*\Z")


def write_pdf(
    depicted: Depicted,
    parts: Parts,
    reading: Reading,
    families: Sequence[str],
    target: Path,
    project: Path,
    *,
    progress: Progress = no_progress,
    cancelled: Cancelled = never,
) -> Pictured:
    """Write the article as a PDF. Raises UserError, with the target as it was; see `jobs.job` for the rest."""
    with Place(target, project) as place:
        style = Style(depicted, reading, families, tags=parts.tags, ligatures=False)
        pages = _write(place.path, depicted, parts, style, progress, cancelled)
        if not pages:
            return Pictured()
        _prove(place.path)
        place.put()
    return Pictured((target,), pages)


def _write(path: Path, depicted: Depicted, parts: Parts, style: Style, progress: Progress, cancelled: Cancelled) -> int:
    """Return how many pages were written, 0 when it was stopped."""
    writer = QPdfWriter(str(path))
    writer.setTitle(plain(depicted.title))
    writer.setCreator("Annotator")
    writer.setResolution(_RESOLUTION)
    size = QPageSize(usual_paper())
    writer.setPageLayout(QPageLayout(size, QPageLayout.Orientation.Portrait, QMarginsF()))
    inches = size.size(QPageSize.Unit.Inch)
    painter = QPainter(writer)
    if not painter.isActive():
        raise OSError(errno.EIO, os.strerror(errno.EIO))
    pages, total = 0, len(depicted.text)
    try:
        painter.scale(_RESOLUTION / 96, _RESOLUTION / 96)
        paper = Paper(inches.width() * 96, inches.height() * 96)
        for step in draw(painter, writer.newPage, paper, depicted, parts, style):
            pages = step.page
            progress(step.done, total)
            if cancelled():
                return 0
    finally:
        painter.end()
    return pages


def _prove(path: Path) -> None:
    """Raise OSError where not all of the file came to the disk; Qt says nothing of it."""
    # The end says at which byte the table of contents stands: what was lost before it would have moved it.
    with path.open("rb") as file:
        size = file.seek(0, os.SEEK_END)
        file.seek(max(0, size - _TAIL))
        end = _END.search(file.read())
        if end is not None:
            file.seek(int(end[1]))
            if file.read(4) == b"xref":
                return
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

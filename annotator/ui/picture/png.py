"""The article as one tall picture, or several where it would be too tall; may be written in any one thread.

It is drawn in strips that are compressed one by one, so that memory does not grow with the article.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from itertools import chain
from pathlib import Path

from PySide6.QtGui import QColor, QImage, QPainter

from annotator.domain.errors import UserError
from annotator.formats.depicted import Depicted, Parts
from annotator.i18n import _
from annotator.jobs.job import Cancelled, Progress, never, no_progress
from annotator.jobs.picturing import Pictured, numbered
from annotator.jobs.place import Place
from annotator.ui.picture.blocks import Style, blocks
from annotator.ui.picture.flow import Sheet, sheets
from annotator.ui.text.typography import Reading

TALLEST = 30_000
"""Pixels of the file: programs that show pictures give up not far above."""
SCALE = 2
"""Pixels of the file for one of the window."""
_STRIP = 256
"""Window's pixels that are drawn at once."""
_SIDE, _TOP, _BOTTOM = 40, 32, 32
_DOTS_PER_METRE = round(96 * SCALE / 0.0254)


def write_png(
    depicted: Depicted,
    parts: Parts,
    reading: Reading,
    families: Sequence[str],
    target: Path,
    project: Path,
    *,
    replace_numbered: bool = False,
    progress: Progress = no_progress,
    cancelled: Cancelled = never,
) -> Pictured:
    """Write the article as PNG, into files with numbers where one would be taller than `TALLEST`.

    Raises UserError, with all targets as they were, also where a file with a number is there already and nobody said
    that it may be replaced; see `jobs.job` for the rest.
    """
    style = Style(depicted, reading, families, tags=parts.tags)
    room = TALLEST / SCALE - _TOP - _BOTTOM
    pictures = sheets(blocks(depicted, parts, style), room)
    first, second = next(pictures, []), next(pictures, None)
    several = second is not None
    total, files = len(depicted.text), []
    with ExitStack() as stack:
        places: list[Place] = []
        for number, sheet in enumerate(chain([first], [second] if second is not None else [], pictures), start=1):
            path = numbered(target, number) if several else target
            if several and path.exists() and not replace_numbered:
                raise UserError(
                    _("The picture takes several files, and {name} is there already. Choose another name.").format(
                        name=path.name
                    )
                )
            place = stack.enter_context(Place(path, project))
            for part, done in _file(sheet, style):
                place.write(part)
                progress(done, total)
                if cancelled():
                    return Pictured()
            places.append(place)
            files.append(path)
        for place in places:
            place.put()
    return Pictured(tuple(files))


def _file(sheet: Sheet, style: Style) -> Iterator[tuple[bytes, int]]:
    """Yield a PNG in its parts (RFC 2083: 8 bits for each of three colours, no filter), and how far it has come."""
    done = 0
    width = round((style.type.width + 2 * _SIDE) * SCALE)
    tall = round(_TOP + (sheet[-1].bottom if sheet else 0) + _BOTTOM)
    head = struct.pack(">IIBBBBB", width, tall * SCALE, 8, 2, 0, 0, 0)
    resolution = struct.pack(">IIB", _DOTS_PER_METRE, _DOTS_PER_METRE, 1)
    yield b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + _chunk(b"pHYs", resolution), done
    packer = zlib.compressobj(6)
    for top in range(0, tall, _STRIP):
        data = packer.compress(_rows(sheet, style, width, top, min(_STRIP, tall - top)))
        done = max((slice.block.done for slice in sheet if slice.top < top), default=0)
        # Also where nothing came of a strip: whoever writes may be told to stop.
        yield _chunk(b"IDAT", data) if data else b"", done
    yield _chunk(b"IDAT", packer.flush()) + _chunk(b"IEND", b""), done


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _rows(sheet: Sheet, style: Style, width: int, top: int, height: int) -> bytes:
    """Return the strip's rows of pixels, each after its filter's number; `top` and `height` in window's pixels."""
    image = QImage(width, height * SCALE, QImage.Format.Format_RGB32)
    image.fill(QColor(style.theme.page))
    painter = QPainter(image)
    try:
        painter.scale(SCALE, SCALE)
        for slice in sheet:
            # A little more on both sides: letters and tags may stand out of their line.
            part = slice.between(top - _TOP - _BOTTOM, top - _TOP + height + _BOTTOM)
            if part is not None:
                part.draw(painter, _SIDE, _TOP - top)
    finally:
        painter.end()
    image = image.convertToFormat(QImage.Format.Format_RGB888)
    bits, step = image.constBits(), image.bytesPerLine()
    return b"".join(b"\0" + bits[at : at + 3 * width] for at in range(0, step * image.height(), step))

"""The outermost of a package: one member of gzip with the SHA-256 of all its bytes, so that none changes unseen.

Any program for gzip unpacks it; theirs, in turn, are refused here, for they lack the fingerprint.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterator
from typing import BinaryIO

from annotator.domain.errors import UserError
from annotator.exchange import bounds
from annotator.i18n import _

# RFC 1952: deflate, an extra field follows, no time, no name, no system. The field has one part, "An", of 32 bytes:
# the SHA-256 of everything behind it.
HEAD = bytes.fromhex("1f8b0804 00000000 00ff 2400") + b"An" + bytes.fromhex("2000")
_DIGEST = 32
BEGINNING = len(HEAD) + _DIGEST
_PIECE = 1024 * 1024
# Of 100,000 labels: a sixth larger than level 6 makes it, in half of its time.
_LEVEL = 4


class Unfit(UserError):
    """The file is no package that can be used; its text is the reason, `line` where it stands (from 1, 0: nowhere)."""

    def __init__(self, reason: str, line: int = 0) -> None:
        super().__init__(reason)
        self.line = line


class TooLarge(Unfit):
    """It is beyond what a package may be (`bounds`)."""


class Packed:
    """Writes a member into a file that is open for writing and empty."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._deflate = zlib.compressobj(_LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
        self._digest = hashlib.sha256()
        self._crc = 0
        self._size = 0
        self.size = BEGINNING
        """Bytes of the file so far."""
        file.write(HEAD + bytes(_DIGEST))

    def write(self, data: bytes) -> None:
        """Append bytes. Raises TooLarge where nobody would unpack them, OSError."""
        self._crc = zlib.crc32(data, self._crc)
        self._size += len(data)
        self._put(self._deflate.compress(data))
        _require_size(self._size)

    def end(self) -> None:
        """Write the end of the member, and its fingerprint in front."""
        self._put(self._deflate.flush())
        _require_size(self._size, self.size)
        self._put(self._crc.to_bytes(4, "little") + (self._size & 0xFFFF_FFFF).to_bytes(4, "little"))
        self._file.seek(len(HEAD))
        self._file.write(self._digest.digest())

    def _put(self, packed: bytes) -> None:
        if packed:
            self._digest.update(packed)
            self.size += len(packed)
            self._file.write(packed)


def require_whole(file: BinaryIO) -> None:
    """Raise Unfit unless the file is a member with its fingerprint, whole and unchanged; nothing is unpacked."""
    beginning = file.read(BEGINNING)
    if not beginning:
        raise Unfit(_("The file is empty."))
    if beginning.startswith(b"SQLite format 3\x00"):
        raise Unfit(_("It is a project, not a package; open it, or pack what colleagues shall get."))
    if not HEAD.startswith(beginning[: len(HEAD)]):
        raise Unfit(_("It is not a package of Annotator, or its first bytes were changed."))
    digest = hashlib.sha256()
    while piece := file.read(_PIECE):
        digest.update(piece)
    if digest.digest() != beginning[len(HEAD) :]:
        raise Unfit(_("The file is damaged or cut off: it is not as it was written. Ask for it once more."))


def unpacked(file: BinaryIO) -> Iterator[bytes]:
    """Yield what stands in the member, at most a megabyte at a time. Raises Unfit.

    The place in the file is this iterator's own: several may go over one file.
    """
    inflate = zlib.decompressobj(-zlib.MAX_WBITS)
    place, crc, size, packed = BEGINNING, 0, 0, b""
    while not inflate.eof:
        if not packed:
            file.seek(place)
            packed = file.read(_PIECE // 4)
            place += len(packed)
            if not packed:
                raise Unfit(_("The file is cut off."))
        try:
            piece = inflate.decompress(packed, _PIECE)
        except zlib.error:
            raise Unfit(_("What is packed in it is damaged.")) from None
        packed = inflate.unconsumed_tail
        if piece:
            crc = zlib.crc32(piece, crc)
            size += len(piece)
            _require_size(size, place - len(packed))
            yield piece
    file.seek(place - len(inflate.unused_data))
    end = file.read(9)
    if len(end) > 8:
        raise Unfit(_("There are more bytes behind its end."))
    if end != crc.to_bytes(4, "little") + (size & 0xFFFF_FFFF).to_bytes(4, "little"):
        raise Unfit(_("What is packed in it is damaged."))


def _require_size(size: int, packed: int = 0) -> None:
    """Raise Unfit for what gets too large by unpacking; `packed` is 0 where that is not known yet."""
    if size > bounds.TOTAL:
        raise TooLarge(
            _("It is larger than {most:,} MB when it is unpacked.").format(most=bounds.TOTAL // 1024 // 1024)
        )
    if packed and size > bounds.RATIO_FROM and size > bounds.RATIO * packed:
        raise TooLarge(
            _("It gets more than {most} times larger when it is unpacked, as no real package does.").format(
                most=bounds.RATIO
            )
        )

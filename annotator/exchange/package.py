"""A package as a file: written whole or not at all, and read only when every byte of it is proved."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from annotator import keys, paths
from annotator.domain.errors import UserError
from annotator.domain.text import printable
from annotator.exchange import bounds, lines
from annotator.exchange.header import Header, Line, StepLine
from annotator.exchange.lines import Trailer
from annotator.exchange.member import BEGINNING, HEAD, Packed, TooLarge, Unfit, require_whole, unpacked
from annotator.i18n import _

_NOT_OURS = (".annotator", ".annotator-wal", ".annotator-shm", ".annotator-journal")


class BadPackage(UserError):
    """A package that cannot be used; its text names file, line and reason. `line` is 0 where it is not one line's."""

    def __init__(self, path: Path, reason: str, line: int = 0) -> None:
        words = _("{file}, line {line}: {reason}") if line else _("{file}: {reason}")
        super().__init__(words.format(file=printable(str(path)), line=line, reason=reason))
        self.path, self.reason, self.line = path, reason, line


@dataclass(frozen=True, slots=True)
class Written:
    """What was written: lines between header and trailer, what they are proved by, bytes of the file."""

    count: int
    sha256: str
    bytes: int


def write(
    path: Path,
    header: Header,
    content: Iterable[Line],
    sign: Callable[[bytes], bytes] | None = None,
    *,
    replace: bool = False,
) -> Written:
    """Write a package; `sign` signs with the header's key, None writes one that is not signed.

    The same header and lines give the same bytes. Where anything goes wrong or `content` raises, nothing is left and
    a file of that name is as it was. Raises UserError, also for a file that is there already unless it is told to
    `replace` it.
    """
    if bool(header.key) != (sign is not None):
        raise ValueError("a package has a key exactly where somebody signs it")
    temporary: Path | None = None
    try:
        require_place(path, replace)
        handle, name = tempfile.mkstemp(".new", f".{path.name[:50]}.", path.absolute().parent)
        temporary = Path(name)
        with os.fdopen(handle, "wb") as file:
            written = _write(file, header, content, sign)
            file.flush()
            os.fsync(file.fileno())
        require_place(path, replace)
        temporary.chmod(paths.mode_of(path))
        temporary.replace(path)
        temporary = None
        paths.sync_folder(path.absolute().parent)
        return written
    except OSError as error:
        raise UserError(
            _("{target} was not written: {reason}.").format(target=path, reason=error.strerror or error)
        ) from error
    except TooLarge as error:
        raise UserError(
            _("{target} was not written: {reason} Choose fewer articles.").format(target=path, reason=error)
        ) from None
    except Unfit as error:
        raise UserError(_("{target} was not written: {reason}").format(target=path, reason=error)) from None
    finally:
        if temporary is not None:
            temporary.unlink(missing_ok=True)


def _write(file: BinaryIO, header: Header, content: Iterable[Line], sign: Callable[[bytes], bytes] | None) -> Written:
    packed, digest, count, changes = Packed(file), hashlib.sha256(), 0, 0

    def put(data: bytes) -> None:
        if len(data) > bounds.LINE:
            raise _long_line()
        data += b"\n"
        digest.update(data)
        packed.write(data)

    head = lines.header_bytes(header)
    lines.header(head)  # what nobody could read is not sent
    put(head)
    for line in content:
        put(lines.line_bytes(line))
        count += 1
        changes += len(line.changes) if isinstance(line, StepLine) else 0
        _require_count(count, changes)
    signature = sign(digest.digest()).hex() if sign is not None else ""
    packed.write(lines.trailer_bytes(Trailer(count, digest.hexdigest(), signature)) + b"\n")
    packed.end()
    return Written(count, digest.hexdigest(), packed.size)


def looks_like(path: Path) -> bool:
    """Whether the file begins as a package does; False also where it cannot be read."""
    if path.name.endswith(_NOT_OURS):
        return False
    try:
        if not path.is_file():
            return False
        with path.open("rb") as file:
            return file.read(BEGINNING).startswith(HEAD)
    except OSError:
        return False


def glanced(path: Path) -> Header:
    """Return what a package says of itself, when every byte of the file is as it was written; its lines and its
    signature are not looked at. For deciding what to do with it: whoever uses it opens it. Raises BadPackage.
    """
    with _file(path) as file, _told(path):
        require_whole(file)
        for _number, data in _split(unpacked(file)):
            with _at(1):
                return lines.header(data)
        raise Unfit(_("The last line, which proves all others, is missing: the package is cut off."))


@contextmanager
def opened(path: Path, watch: Callable[[int], object] | None = None) -> Iterator[Package]:
    """Open a package when it is proved: every byte as it was written, within bounds, its signature right.

    `watch` hears how many lines were looked at, about every megabyte; what it raises ends the look. Raises
    BadPackage, and so do `lines` of the package.
    """
    with _file(path) as file:
        with _told(path):
            require_whole(file)
            package = Package(path, file)
            package.prove(watch)
        yield package


@contextmanager
def _file(path: Path) -> Iterator[BinaryIO]:
    """Open the file where it may be a package at all. Raises BadPackage."""
    try:
        # Closing a file of an open project would drop SQLite's locks on it: not even its first bytes are looked at.
        if path.name.endswith(_NOT_OURS):
            raise Unfit(_("It is a project, not a package; open it, or pack what colleagues shall get."))
        if path.is_dir():
            raise Unfit(_("It is a folder, not a package."))
        if path.exists() and not path.is_file():
            raise Unfit(_("It is no ordinary file."))
        file = path.open("rb")
    except OSError as error:
        raise BadPackage(path, _("It cannot be read: {reason}.").format(reason=error.strerror or error)) from None
    except Unfit as error:
        raise BadPackage(path, str(error)) from None
    with file:
        yield file


class Package:
    """A package that is open. `header` and `count` (lines between header and trailer) are proved.

    `passed_over` counts, once `lines` was gone through, those of a kind that only a newer version knows.
    """

    header: Header

    def __init__(self, path: Path, file: BinaryIO) -> None:
        self.path = path
        self._file = file
        self.count = 0
        self.sha256 = ""
        self.passed_over = 0

    @property
    def signed(self) -> bool:
        """Whether it is signed, rightly, by the header's key."""
        return bool(self.header.key)

    def lines(self) -> Iterator[tuple[int, Line]]:
        """Yield each line with its number in the file (from 2). Raises BadPackage; may be gone through again."""
        digest, changes, passed_over = hashlib.sha256(), 0, 0
        with _told(self.path):
            for number, data in _split(unpacked(self._file)):
                if number == self.count + 2:
                    break
                digest.update(data)
                digest.update(b"\n")
                if number == 1:
                    continue
                with _at(number):
                    line = lines.line(data)
                    if isinstance(line, StepLine):
                        changes += len(line.changes)
                        _require_count(number, changes)
                if line is None:
                    passed_over += 1
                else:
                    yield number, line
            if digest.hexdigest() != self.sha256:
                raise Unfit(_("The file was changed while it was read."))
        self.passed_over = passed_over

    def prove(self, watch: Callable[[int], object] | None) -> None:
        """Go through all lines, understanding but the first and the last. Raises Unfit."""
        digest, number, last, since = hashlib.sha256(), 0, b"", 0
        for number, data in _split(unpacked(self._file)):
            if number == 2:
                with _at(1):
                    self.header = lines.header(last)
            if number > 1:
                if lines.is_trailer(last):
                    raise Unfit(_("There are more lines behind the one that must be the last."), number - 1)
                digest.update(last)
                digest.update(b"\n")
                _require_count(number - 2, 0)
            last = data
            since += len(data)
            if watch is not None and since > 1024 * 1024:
                watch(number)
                since = 0
        if number < 2:
            raise Unfit(_("The last line, which proves all others, is missing: the package is cut off."))
        with _at(number):
            trailer = lines.trailer(last)
            if trailer.count != number - 2:
                raise Unfit(
                    _("It should hold {count:,} lines, not {found:,}.").format(count=trailer.count, found=number - 2)
                )
            if trailer.sha256 != digest.hexdigest():
                raise Unfit(_("The lines before it are not those that were written."))
            _require_signature(self.header.key, digest.digest(), trailer.signature)
        self.count, self.sha256 = number - 2, trailer.sha256


def _require_signature(key: str, digest: bytes, signature: str) -> None:
    if not key and not signature:
        return
    if not key or not signature:
        raise Unfit(_("Its signature is missing, or the key to it."))
    if not keys.verify(key, digest, signature):
        raise Unfit(_("Its signature is wrong: somebody changed it after it was signed, or it is not by its maker."))


def _split(pieces: Iterator[bytes]) -> Iterator[tuple[int, bytes]]:
    """Yield (number from 1, line without its end); of what is too long no more than a piece is held beyond."""
    number, held, size = 1, [], 0
    for piece in pieces:
        first, *rest = piece.split(b"\n")
        held.append(first)
        size += len(first)
        if size > bounds.LINE:
            raise TooLarge(str(_long_line()), number)
        for part in rest:
            yield number, held[0] if len(held) == 1 else b"".join(held)
            number += 1
            held, size = [part], len(part)
    if size:
        raise Unfit(_("The last line has no end: the package is cut off."), number)


def _long_line() -> TooLarge:
    return TooLarge(_("The line is longer than {max_line} MB.").format(max_line=bounds.LINE // 1024 // 1024))


def _require_count(count: int, changes: int) -> None:
    if count > bounds.LINES:
        raise TooLarge(_("It holds more than {most:,} lines.").format(most=bounds.LINES))
    if changes > bounds.CHANGES:
        raise TooLarge(_("It holds more than {most:,} changes.").format(most=bounds.CHANGES))


@contextmanager
def _told(path: Path) -> Iterator[None]:
    try:
        yield
    except Unfit as error:
        raise BadPackage(path, str(error), error.line) from None
    except OSError as error:
        raise BadPackage(path, _("It cannot be read: {reason}.").format(reason=error.strerror or error)) from None


class _at:  # noqa: N801 (a context manager, without the cost of a generator for each line)
    """Says of an Unfit in which line it was found."""

    __slots__ = ("_number",)

    def __init__(self, number: int) -> None:
        self._number = number

    def __enter__(self) -> None:
        pass

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        if isinstance(error, Unfit) and not error.line:
            error.line = self._number


def require_place(path: Path, replace: bool) -> None:
    """Raise UserError where no package can be written, or something is there and not to be replaced."""
    if path.is_dir():
        raise UserError(_("{target} is a folder; name a file in it.").format(target=path))
    if not path.absolute().parent.is_dir():
        raise UserError(_("The folder {parent} does not exist.").format(parent=path.parent))
    if path.name.endswith(_NOT_OURS):
        raise UserError(_("{target} would take the name of a project; a package ends otherwise.").format(target=path))
    if not replace and path.exists():
        raise UserError(_("{target} is there already; nothing was written.").format(target=path))
    if path.exists() and not path.is_file():
        raise UserError(_("{target} is no ordinary file; nothing was written.").format(target=path))

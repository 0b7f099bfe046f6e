"""Where an export goes: beside its target first, and into its place only when it is whole and proved."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import BinaryIO

from annotator import paths
from annotator.domain.errors import UserError
from annotator.i18n import _

STANDARD_OUTPUT = Path("-")


class Place:
    """A file to be written. Use it in a `with`: without `put` nothing is left of it and the target is as it was.

    A target that is no ordinary file (the standard output, a pipe, /dev/null) gets the bytes at `put`.
    Raises UserError for a target that must not be replaced, or where the disk refuses.
    """

    def __init__(self, target: Path, project: Path) -> None:
        self._target = target
        self._temporary: Path | None = None
        self._write: BinaryIO | None = None
        self._read: BinaryIO | None = None
        try:
            self._passing = target == STANDARD_OUTPUT or (
                target.exists() and not target.is_file() and not target.is_dir()
            )
            if not self._passing:
                _refuse_bad(target, project)
        except OSError as error:  # such as a name that is too long
            raise UserError(
                _("{target} cannot be written: {reason}.").format(target=target, reason=error.strerror or error)
            ) from None

    def __enter__(self) -> Place:
        folder = None if self._passing else self._target.absolute().parent
        prefix = "annotator-export-" if self._passing else f".{self._target.name[:50]}."
        try:
            handle, name = tempfile.mkstemp(".new", prefix, folder)
        except OSError as error:
            raise UserError(
                _("{target} cannot be written: {reason}.").format(target=self._target, reason=error.strerror or error)
            ) from None
        self._temporary = Path(name)
        self._write = os.fdopen(handle, "wb")
        self._read = self._temporary.open("rb")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        for file in (self._write, self._read):
            if file is not None:
                with suppress(OSError):  # a full disk was told already, at the write that met it
                    file.close()
        if self._temporary is not None:
            self._temporary.unlink(missing_ok=True)
        if isinstance(error, OSError) and not isinstance(error, BrokenPipeError):
            raise UserError(
                _("{target} was not written: {reason}.").format(target=self._target, reason=error.strerror or error)
            ) from error

    def write(self, data: bytes) -> None:
        """Append bytes. Raises OSError, which leaving the `with` turns into a UserError."""
        self._writer.write(data)

    @property
    def path(self) -> Path:
        """Where the bytes lie until `put`, for a writer that opens files by itself."""
        assert self._temporary is not None
        return self._temporary

    def read_back(self, size: int) -> bytes:
        """Return the next bytes of the file as they stand in it."""
        assert self._read is not None
        self._writer.flush()
        return self._read.read(size)

    def put(self) -> None:
        """Bring what was written to the disk and into the target's place."""
        assert self._read is not None
        assert self._temporary is not None
        self._writer.flush()
        os.fsync(self._writer.fileno())
        if self._passing:
            self._read.seek(0)
            self._pass_on(self._read)
            return
        self._temporary.chmod(paths.mode_of(self._target))
        self._temporary.replace(self._target)
        paths.sync_folder(self._target.absolute().parent)

    @property
    def _writer(self) -> BinaryIO:
        assert self._write is not None
        return self._write

    def _pass_on(self, data: BinaryIO) -> None:
        if self._target == STANDARD_OUTPUT:
            shutil.copyfileobj(data, sys.stdout.buffer)
            sys.stdout.buffer.flush()
            return
        with self._target.open("wb") as target:
            shutil.copyfileobj(data, target)


def _refuse_bad(target: Path, project: Path) -> None:
    if target.is_dir():
        raise UserError(_("{target} is a folder; name a file in it.").format(target=target))
    resolved, own = target.resolve(), project.resolve()
    if resolved == own or (
        resolved.parent == own.parent and resolved.name.startswith((f"{own.name}-", f".{own.name}."))
    ):
        raise UserError(
            _("{target} is the project itself, or a file that belongs to it; nothing was written.").format(
                target=target
            )
        )
    if not target.absolute().parent.is_dir():
        raise UserError(_("The folder {parent} does not exist.").format(parent=target.parent))

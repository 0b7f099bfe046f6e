"""The lock of a project: a file beside it that one program at a time holds, until it ends in whatever way.

The operating system's own lock on an open file (`flock`, on Windows `locking`): it goes with the process, so nobody is
ever locked out by a crash. The file stays: who removed it could let two programs hold two files of one name.
"""

from __future__ import annotations

import os
import sys
import time
from contextlib import suppress
from pathlib import Path

_AGAIN = 0.01
"""Seconds between two tries."""

if sys.platform == "win32":
    import msvcrt

    def _take(file: int) -> None:
        os.lseek(file, 0, os.SEEK_SET)
        msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _take(file: int) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


def lock_file(project: Path) -> Path:
    """Return the file beside a project that its lock is held on."""
    resolved = project.resolve()
    return resolved.with_name(f".{resolved.name}.lock")


class Held(Exception):
    """Somebody holds the lock."""


class Lock:
    """A lock that was taken; two of one process keep each other out as well."""

    def __init__(self, file: int) -> None:
        self._file: int | None = file

    @classmethod
    def take(cls, path: Path, patience: float = 0.0) -> Lock:
        """Take the lock, trying for so many seconds. Raises Held; OSError where the file cannot be made or locked."""
        flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0)
        until = time.monotonic() + patience
        while True:
            file = os.open(path, flags, 0o644)
            try:
                _take(file)
                return cls(file)
            except (BlockingIOError, PermissionError):  # the second is what Windows says
                os.close(file)
            except BaseException:
                os.close(file)
                raise
            if time.monotonic() >= until:
                raise Held
            time.sleep(_AGAIN)

    def release(self) -> None:
        """Give it back; a second time nothing happens."""
        if self._file is not None:
            with suppress(OSError):  # of a drive that was pulled out
                os.close(self._file)
            self._file = None

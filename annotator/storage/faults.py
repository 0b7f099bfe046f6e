"""SQLite's errors, translated once into sentences for the user."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from annotator.domain.errors import NotAProject, NotSaved, ReadOnly, Stale, UserError
from annotator.i18n import _, later

# Primary result codes of SQLite (the low byte of an extended code).
_BUSY, _LOCKED, _READONLY, _IOERR, _CORRUPT, _FULL, _CANTOPEN, _NOTADB = 5, 6, 8, 10, 11, 13, 14, 26
_CONSTRAINT = 19

_SENTENCES: dict[int, tuple[type[UserError], str]] = {
    _BUSY: (ReadOnly, later("{path} is being written by another program. Nothing was changed; try again in a moment.")),
    _LOCKED: (
        ReadOnly,
        later("{path} is being written by another program. Nothing was changed; try again in a moment."),
    ),
    _READONLY: (ReadOnly, later("{path} cannot be written here. Copy it to a folder of your own to work on it.")),
    _IOERR: (UserError, later("{path} could not be read or written: the disk reports an error, or is full.")),
    _CORRUPT: (UserError, later("{path} is damaged. Work on a copy or a backup of it.")),
    _FULL: (UserError, later("The disk is full: {path} was not changed.")),
    _CANTOPEN: (UserError, later("{path} cannot be opened: the folder is missing, or you may not write there.")),
    _NOTADB: (NotAProject, later("{path} is not an Annotator project.")),
}


_FOLDER = later("{path} cannot be written: its folder is protected. Copy it to a folder of your own to work on it.")
_FILE = later(
    "{path} cannot be written: the file is protected. Allow it in the properties of the file, or work on a copy."
)


def protected(path: object) -> str:
    """Return whether folder or file may not be written, as a sentence; "" where it is neither."""
    file, effective = Path(str(path)), os.access in os.supports_effective_ids
    if not os.access(file.absolute().parent, os.W_OK, effective_ids=effective):
        return _(_FOLDER).format(path=path)
    if file.exists() and not os.access(file, os.W_OK, effective_ids=effective):
        return _(_FILE).format(path=path)
    return ""


_LOSES = frozenset((_READONLY, _IOERR, _CORRUPT, _FULL, _CANTOPEN))


@contextmanager
def told(path: object, *, writing: bool = False) -> Iterator[None]:
    """Turn what SQLite raises about the project at `path` into a UserError; bugs in our SQL pass as they are.

    With `writing` it is NotSaved where the disk is at fault.
    """
    try:
        yield
    except UnicodeDecodeError as error:
        # A message of SQLite's that quotes what stands in a damaged schema.
        raise NotAProject(_(_SENTENCES[_CORRUPT][1]).format(path=path)) from error
    except sqlite3.Error as error:
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        if not code and "decode to UTF-8" in str(error):
            code = _CORRUPT
        if code == _CONSTRAINT:
            raise Stale(_("This was changed meanwhile, so the step no longer fits. Nothing was written.")) from error
        if code not in _SENTENCES:
            raise
        kind, sentence = _SENTENCES[code]
        if writing and code in _LOSES:
            kind = NotSaved
        words = protected(path) if code == _READONLY else ""
        raise kind(words or _(sentence).format(path=path)) from error

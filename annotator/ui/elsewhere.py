"""A project that another window of mine has open is not opened twice: that window comes to the front."""

from __future__ import annotations

import sys
from hashlib import sha256
from pathlib import Path

from annotator import paths
from annotator.i18n import _
from annotator.storage.store import Store


def address(file: tuple[int, int], annotator: str) -> str:
    """Return where the window listens that has this file (device and number) open for this person, "" for nowhere.

    The file and not its path: it is the same by every link and name, and where another file took its place the open
    window does not show it. The person, since another one's window is not mine to bring up.
    """
    name = sha256(f"{file[0]}:{file[1]}:{annotator}".encode("utf-8", "surrogateescape")).hexdigest()[
        :16
    ]  # a socket's path is short
    if sys.platform == "win32":
        return f"annotator-{name}"  # a named pipe
    folder = paths.sockets_dir()
    return str(folder / name) if folder is not None else ""


def called_up(path: Path, annotator: str) -> str:
    """Bring the window to the front that has the project open for this person, and return a sentence that says so.

    "" where there is none, or it does not answer within half a second. Must not be asked for the project that this
    very window holds.
    """
    if not Store.held(path):
        return ""
    try:
        at = path.stat()
        from annotator.ui.doorbell import ring
    except (OSError, ImportError):  # QtNetwork needs a library that a small Linux may lack
        return ""
    where = address((at.st_dev, at.st_ino), annotator)
    if not where or not ring(where):
        return ""
    return _("{name} is open already; its window was raised.").format(name=path.stem)

"""A project that another window of mine has open is not opened twice: that window comes to the front."""

from __future__ import annotations

from pathlib import Path

from annotator import paths
from annotator.i18n import _
from annotator.storage.store import Store


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
    where = paths.socket_address((at.st_dev, at.st_ino), annotator)
    if not where or not ring(where):
        return ""
    return _("{name} is open already; its window was raised.").format(name=path.stem)

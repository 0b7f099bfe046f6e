"""Where a project lies: on a network share, whose locks cannot be trusted, or in a folder that a cloud copies."""

from __future__ import annotations

import re
import sys
from pathlib import Path

from annotator.i18n import _

_NETWORK = re.compile(
    r"nfs\d?|cifs|smb\w*|afpfs|webdav|davfs\d?|ncpfs|9p|ceph|glusterfs"
    r"|fuse\.(sshfs|rclone|davfs\d?|gvfsd.*|smb.*)"
)
_CLOUDS = {
    "dropbox": "Dropbox",
    "onedrive": "OneDrive",
    "google drive": "Google Drive",
    "googledrive": "Google Drive",
    "mobile documents": "iCloud",
    "icloud drive": "iCloud",
    "iclouddrive": "iCloud",
    "nextcloud": "Nextcloud",
    "owncloud": "ownCloud",
}
_MOUNTS = Path("/proc/self/mountinfo")
_REMOTE_DRIVE = 4


def network(path: Path, mounts: str | None = None) -> str:
    """Return the kind of network file system that the path lies on, "" for a local disk or where it cannot be told.

    `mounts` is the text of a mount table (as /proc/self/mountinfo); None reads this machine's.
    """
    if sys.platform == "win32":
        return _windows(path)
    if mounts is None:
        try:
            mounts = _MOUNTS.read_text(encoding="utf-8", errors="surrogateescape")
        except OSError:
            return ""
    kind = _kind(path.resolve(), mounts)
    return kind if _NETWORK.fullmatch(kind) else ""


def _kind(path: Path, mounts: str) -> str:
    """Return the type of the file system whose mount point is the longest that holds the path; the last one wins."""
    best, kind = -1, ""
    for line in mounts.split("\n"):
        before, _, after = line.partition(" - ")
        fields = before.split(" ")
        if len(fields) < 5 or not after:
            continue
        point = Path(re.sub(r"\\([0-7]{3})", lambda match: chr(int(match[1], 8)), fields[4]))
        if path.is_relative_to(point) and len(point.parts) >= best:
            best, kind = len(point.parts), after.split(" ")[0]
    return kind


def _windows(path: Path) -> str:
    resolved = str(path.resolve())
    if resolved.startswith("\\\\"):
        return _("network share")
    import ctypes

    windows = getattr(ctypes, "windll")  # noqa: B009  # there is none on other systems, and mypy knows it
    drive: int = windows.kernel32.GetDriveTypeW(path.resolve().anchor)
    return _("network drive") if drive == _REMOTE_DRIVE else ""


def cloud(path: Path) -> str:
    """Return whose cloud copies the folder that the path lies in, "" for none that its name tells."""
    for part in path.resolve().parent.parts:
        name = part.casefold()
        for beginning, whose in _CLOUDS.items():
            if name == beginning or name.startswith((f"{beginning} ", f"{beginning}-")):
                return whose
    return ""

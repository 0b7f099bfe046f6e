"""Where the program keeps its own files; ANNOTATOR_HOME puts what is to stay into one folder."""

from __future__ import annotations

import json
import os
import stat
import sys
from pathlib import Path
from typing import Any

import platformdirs


def _folder(kind: str, default: str) -> Path:
    home = os.environ.get("ANNOTATOR_HOME")
    return Path(home) / kind if home else Path(default)


def config_dir() -> Path:
    """Return the folder of settings and identity; it need not exist yet."""
    return _folder("config", platformdirs.user_config_dir("annotator", appauthor=False))


def data_dir() -> Path:
    """Return the folder of what the program makes by itself, such as the sample project."""
    return _folder("data", platformdirs.user_data_dir("annotator", appauthor=False))


def log_dir() -> Path:
    """Return the folder of the log of faults."""
    return _folder("log", platformdirs.user_log_dir("annotator", appauthor=False))


def backups_dir() -> Path:
    """Return the folder of the backups of all projects."""
    return data_dir() / "backups"


def sample_project_path() -> Path:
    """Return where the sample project stands."""
    return data_dir() / "Sample.annotator"


def sockets_dir() -> Path | None:
    """Return the folder of the sockets at which open windows can be called up; None where none is safe.

    It is made where it is missing, and nobody but this user can enter it. The session's own folder, which is emptied at
    its end, else one in the data folder. For systems with users' numbers, not Windows.
    """
    session = Path(os.environ.get("XDG_RUNTIME_DIR", ""))
    folder = session / "annotator" if session.is_absolute() and _is_private(session) else data_dir() / "run"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError:
        return None
    return folder if _is_private(folder) else None


def socket_address(file: tuple[int, int], annotator: str) -> str:
    """Return where the window listens that has this file (device and number) open for this person, "" for nowhere.

    The file and not its path: it is the same by every link and name, and where another file took its place the open
    window does not show it. The person, since another one's window is not mine to bring up.
    """
    # Not waited for at every start; a socket's path must be short.
    from hashlib import sha256

    name = sha256(f"{file[0]}:{file[1]}:{annotator}".encode("utf-8", "surrogateescape")).hexdigest()[:16]
    if sys.platform == "win32":
        return f"annotator-{name}"  # a named pipe
    folder = sockets_dir()
    return str(folder / name) if folder is not None else ""


def _is_private(folder: Path) -> bool:
    try:
        found = folder.lstat()
    except OSError:
        return False
    return stat.S_ISDIR(found.st_mode) and found.st_uid == os.getuid() and not found.st_mode & 0o077


def read_list(path: Path, largest: int) -> list[Any]:
    """Return a list that the program kept for convenience, as JSON of at most so many bytes.

    Nothing where the file is missing, larger, or cannot be understood: no reason to trouble anybody.
    """
    try:
        if path.stat().st_size > largest:
            return []
        data = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError):
        return []
    return data if isinstance(data, list) else []


def write_whole(path: Path, data: bytes, *, private: bool = False, new: bool = False) -> None:
    """Write a file so that after a crash either the old or the new one is there, never half of it.

    `private`: nobody else can ever read it. `new`: only where there is none yet. Raises OSError (FileExistsError for
    the latter); the old file stays then.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        if private:
            temporary.unlink(missing_ok=True)  # what a crash left would keep its own mode
        handle = os.open(temporary, _WRITING, 0o600 if private else 0o666)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if new:
            _take_the_name(temporary, path)
        else:
            temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


_WRITING = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0)


def _take_the_name(temporary: Path, path: Path) -> None:
    try:
        os.link(temporary, path)
    except FileExistsError:
        raise
    except OSError:  # a file system without hard links
        if path.exists():
            raise FileExistsError(path) from None
        temporary.replace(path)

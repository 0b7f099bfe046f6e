"""Where a fault struck, kept in a log of bounded size: places and kinds, never a message, a value, a text or a name."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import IO

from annotator import __version__, paths

LARGEST = 256 * 1024
"""Bytes of a file of the log."""
KEPT = 3
"""Files of the log, the one that is written among them."""


def log_path() -> Path:
    """Return the file that faults are written to."""
    return paths.log_dir() / "faults.log"


def details(error: BaseException, trace: TracebackType | None = None) -> str:
    """Return where a bug struck, without what it struck at: a message may quote an article or a name."""
    import platform  # here, for it costs every start three milliseconds

    qt = getattr(sys.modules.get("PySide6"), "__version__", "")
    versions = [f"Annotator {__version__}", f"Python {platform.python_version()}", platform.system()]
    return "\n".join([", ".join(versions + ([f"Qt {qt}"] if qt else [])), *_places(error, trace)])


def _places(error: BaseException, trace: TracebackType | None) -> Iterator[str]:
    seen: set[int] = set()
    now: BaseException | None = error
    while now is not None and id(now) not in seen:
        seen.add(id(now))
        yield type(now).__qualname__
        for frame in traceback.extract_tb(trace if now is error and trace is not None else now.__traceback__):
            yield f"  {_short(frame.filename)}:{frame.lineno} in {frame.name}"
        now = now.__cause__ or (None if now.__suppress_context__ else now.__context__)
        if now is not None:
            yield "after"


def place(error: BaseException) -> str:
    """Return kind and innermost place of a bug, for example "KeyError in storage/reader.py:74"."""
    frames = traceback.extract_tb(error.__traceback__)
    where = f" in {_short(frames[-1].filename)}:{frames[-1].lineno}" if frames else ""
    return f"{type(error).__qualname__}{where}"


def _short(file: str) -> str:
    # The folders above may hold the user's name.
    return "/".join(file.replace("\\", "/").split("/")[-2:])


def record(error: BaseException, trace: TracebackType | None = None) -> None:
    """Append a fault to the log. Never raises: a full disk or a missing folder must not make a second fault."""
    with suppress(Exception):
        text = f"{datetime.now(UTC).isoformat(timespec='seconds')}\n{details(error, trace)}\n\n"
        path = log_path()
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.exists() and path.stat().st_size + len(text) > LARGEST:
            _rotate(path)
        with path.open("a", encoding="utf-8") as log:
            log.write(text[:LARGEST])


def _rotate(path: Path) -> None:
    for number in range(KEPT - 1, 0, -1):
        older = path.with_name(f"{path.name}.{number - 1}") if number > 1 else path
        if older.exists():
            older.replace(path.with_name(f"{path.name}.{number}"))


def watch_the_process() -> None:
    """Have Python write where it stood when the process dies of a signal. Never raises."""
    import faulthandler

    with suppress(Exception):
        path = paths.log_dir() / "crash.log"
        path.parent.mkdir(parents=True, exist_ok=True)
        how = "w" if path.exists() and path.stat().st_size > LARGEST else "a"
        # Open as long as the process lives: faulthandler writes to its number.
        _KEPT_OPEN.append(path.open(how, encoding="utf-8"))
        faulthandler.enable(_KEPT_OPEN[-1])


_KEPT_OPEN: list[IO[str]] = []

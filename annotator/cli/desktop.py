"""The entry in the desktop's menu: projects open with a double click, windows have the program's icon."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from annotator import assets
from annotator.domain.errors import UserError

# What goes where below the folder of a user's shared data (freedesktop's Base Directory Specification).
PLACES = {
    "annotator.desktop": "applications/annotator.desktop",
    "annotator-mime.xml": "mime/packages/annotator-mime.xml",
    "local.annotator.Annotator.metainfo.xml": "metainfo/local.annotator.Annotator.metainfo.xml",
}
ICON = "icons/hicolor/scalable/apps/annotator.svg"
_REFRESH = (("update-desktop-database", "applications"), ("update-mime-database", "mime"))


@click.command()
@click.option("--remove", is_flag=True, help="Take it out again.")
def desktop(remove: bool) -> int:
    """Put the program into the menu of this desktop (Linux): icon, and projects open with a double click."""
    if sys.platform in ("win32", "darwin"):
        raise UserError("This is for desktops of Linux; here the system's own ways do it.")
    base = Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")
    try:
        _take_out(base) if remove else _put_in(base)
    except OSError as error:
        raise UserError(f"{error.filename or base} cannot be written: {error.strerror or error}.") from None
    for program, folder in _REFRESH:
        found = shutil.which(program)
        if found is not None and (base / folder).is_dir():
            # Without it the desktop sees the change at the next login.
            subprocess.run([found, str(base / folder)], check=False, capture_output=True, timeout=60)
    click.echo(f"{'Taken out of' if remove else 'Put into'} {base}")
    return 0


def _put_in(base: Path) -> None:
    for name, place in PLACES.items():
        data = assets.desktop_file(name)
        if name.endswith(".desktop"):
            data = data.replace(b"Exec=annotator %f", f"Exec={command_line(_program())} %f".encode())
        _write(base / place, data)
    _write(base / ICON, assets.icon("annotator"))


def _take_out(base: Path) -> None:
    for place in (*PLACES.values(), ICON):
        (base / place).unlink(missing_ok=True)


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def _program() -> list[str]:
    """Return how this very program is started: a desktop knows no virtual environment and no PATH of a shell."""
    beside = Path(sys.executable).with_name("annotator")
    return [str(beside)] if beside.exists() else [sys.executable, "-m", "annotator"]


def command_line(words: Sequence[str]) -> str:
    """Return words as the value of Exec (Desktop Entry Specification, "The Exec key"), quoted where they must be."""
    return " ".join(_quoted(word) for word in words)


def _quoted(word: str) -> str:
    word = word.replace("%", "%%")
    if word and not set(word) & set(" \t\n\"'\\><~|&;$*?#()`"):
        return word
    escaped = "".join(f"\\{letter}" if letter in '"`$\\' else letter for letter in word)
    # The value is a string, in which a backslash stands for the start of an escape once more.
    return '"' + escaped.replace("\\", "\\\\") + '"'

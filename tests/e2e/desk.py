"""A person at a real X11 window: keys and mouse through the X server, never through Qt."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")

REPO = Path(__file__).parents[2]


def until(condition: Callable[[], T], what: str, seconds: float = 30) -> T:
    """Wait for something outside of this process and return it; it can only be asked again and again."""
    end = time.monotonic() + seconds
    while not (found := condition()):
        if time.monotonic() > end:
            raise AssertionError(f"waited {seconds} s in vain for {what}")
        threading.Event().wait(0.02)  # leaves the processor to the program that is waited for
    return found


class Desk:
    """One display with one program on it; `size` is what the window is given."""

    def __init__(self, env: dict[str, str], size: tuple[int, int]) -> None:
        self.env = env
        self._size = size
        self._program: subprocess.Popen[bytes] | None = None
        self.window = ""

    def tool(self, *words: str) -> str:
        """Run xdotool."""
        done = subprocess.run(["xdotool", *words], env=self.env, capture_output=True, text=True, check=False)
        return done.stdout

    def start(self, *words: str) -> None:
        """Start the program."""
        self._program = subprocess.Popen([sys.executable, "-m", "annotator", *words], env=self.env, cwd=REPO)

    def look_for(self, title: str, besides: str = "") -> None:
        """Wait for a visible window of this title (a regular expression) and give it the keyboard.

        `besides` is a window that it is not.
        """

        def found() -> str:
            self.alive()
            all = self.tool("search", "--onlyvisible", "--name", f"^{title}$").split()
            return next((window for window in reversed(all) if window != besides), "")

        self.window = until(found, f"the window {title!r}")
        self.tool("windowfocus", "--sync", self.window)

    def back_to(self, title: str) -> None:
        """Wait until no other window is to be seen than that of this title, and give it the keyboard.

        Without a window manager the keyboard is nobody's when a dialog goes that still had it.
        """

        def alone() -> bool:
            self.alive()
            shown = set(self.tool("search", "--onlyvisible", "--name", ".").split())
            return shown == set(self.tool("search", "--onlyvisible", "--name", f"^{title}$").split()) != set()

        until(alone, f"nothing but the window {title!r}")
        self.look_for(title)

    @property
    def has_keyboard(self) -> bool:
        """Whether what is typed goes to the window."""
        return self.tool("getwindowfocus").strip() == self.window

    def arrange(self) -> None:
        """Put the window into the corner in its size."""
        width, height = map(str, self._size)
        self.tool("windowmove", self.window, "0", "0", "windowsize", "--sync", self.window, width, height)

    def press(self, key: str, times: int = 1) -> None:
        """Press a key, released before the next; as far apart as needed not to look like one that is held."""
        if times:
            self.tool("key", "--delay", "6", *[key] * times)

    def type(self, words: str) -> None:
        """Type words."""
        self.tool("type", "--delay", "8", words)

    def drag(self, x1: float, y1: float, x2: float, y2: float) -> None:
        """Drag the mouse with its first button."""
        a, b, c, d = (str(round(it)) for it in (x1, y1, x2, y2))
        self.tool("mousemove", a, b, "mousedown", "1", "mousemove", str((round(x1) + round(x2)) // 2), d)
        self.tool("mousemove", c, d, "mouseup", "1")

    def picture(self, path: Path) -> None:
        """Keep a picture of the screen where ImageMagick is installed: what a failure looked like."""
        if program := shutil.which("import"):
            subprocess.run([program, "-window", "root", str(path)], env=self.env, check=False)

    def alive(self) -> None:
        """Fail where the program has ended by itself."""
        assert self._program is not None
        assert self._program.poll() is None, f"the program has ended with {self._program.returncode}"

    @property
    def running(self) -> bool:
        """Whether the program has not ended yet."""
        return self._program is not None and self._program.poll() is None

    def signal(self, number: int) -> None:
        """Send the program a signal."""
        assert self._program is not None
        self._program.send_signal(number)

    def sockets(self) -> set[str]:
        """Return the numbers of the program's sockets, as the tables in /proc/net know them."""
        assert self._program is not None
        links = [os.readlink(entry.path) for entry in os.scandir(f"/proc/{self._program.pid}/fd")]
        return {link.removeprefix("socket:[").rstrip("]") for link in links if link.startswith("socket:[")}

    def ended(self) -> int:
        """Wait for the program's end and return its status."""
        assert self._program is not None
        return self._program.wait(30)

    def quit(self) -> int:
        """Press Ctrl+Q until the program has ended, and return its status: while something goes on it asks first."""
        assert self._program is not None
        program = self._program

        def gone() -> bool:
            self.press("ctrl+q")
            try:
                program.wait(2)
            except subprocess.TimeoutExpired:
                return False
            return True

        until(gone, "the end of the program")
        return program.returncode

    def stop(self) -> None:
        """End the program whatever it does."""
        if self._program is not None and self._program.poll() is None:
            self._program.terminate()
            self._program.wait(10)


def environment(env: dict[str, str], home: Path) -> dict[str, str]:
    """Return an environment in which the program keeps its files under `home` and looks the same everywhere."""
    return {**os.environ, **env, "ANNOTATOR_HOME": str(home), "ANNOTATOR_THEME": "light", "QT_SCALE_FACTOR": "1",
            "HOME": str(home), "PYTHONFAULTHANDLER": "1", "LC_ALL": "C.UTF-8"}  # fmt: skip

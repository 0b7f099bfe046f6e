"""A virtual X server for tests that need a real window."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def x_server(size: str = "1280x800") -> Iterator[dict[str, str]]:
    """Start Xvfb on a free display; yield an environment in which Qt and xdotool use it, and stop it at the end.

    `size` is WIDTHxHEIGHT in pixels. Raises RuntimeError when there is no Xvfb: a window test is never skipped.
    """
    program = shutil.which("Xvfb")
    if program is None:
        raise RuntimeError("Xvfb is missing; packaging/test.py installs it or says how to.")
    reading, writing = os.pipe()
    command = [program, "-displayfd", str(writing), "-screen", "0", f"{size}x24", "-nolisten", "tcp", "-noreset"]
    server = subprocess.Popen(command, pass_fds=[writing], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    os.close(writing)
    try:
        with os.fdopen(reading, encoding="ascii") as pipe:
            number = pipe.readline().strip()  # Xvfb writes it once it listens, and closes on a failure
        if not number:
            raise RuntimeError(f"Xvfb ended with {server.wait()} before it listened.")
        env = dict(os.environ, DISPLAY=f":{number}", QT_QPA_PLATFORM="xcb")
        env.pop("WAYLAND_DISPLAY", None)
        yield env
    finally:
        server.terminate()
        server.wait()

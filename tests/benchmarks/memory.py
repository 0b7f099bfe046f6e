"""Memory of the window at rest with a normal article, and after two thousand steps in it, under a virtual X server."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path

import startup  # beside this file

from tests.x11 import x_server

MOST = 150.0
"""Megabytes of resident memory."""
STEPS = 2_000

WORK = """
import json, sys, time
from pathlib import Path
from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication
from annotator import whoami
from annotator.ui.look import ARGUMENTS, Look
from annotator.ui.session import Session
from annotator.ui.window import MainWindow

def resident():
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) / 1024

def rest(milliseconds):
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()

app = QApplication(["annotator", *ARGUMENTS])
window = MainWindow(Session(whoami.identity()), Look(app))
window.files.open_path(Path(sys.argv[1]))
window.show()
window.settle()
rest(6_000)
idle = resident()
label = window.session.scheme.labels[0].key
for number in range(int(sys.argv[2]) // 2):
    window.view.select(10 + number % 200, 20 + number % 200)
    window.hand.key(label, False)
    window.undoing.undo()
    rest(0)  # as between two keys: what is thrown away goes in the event loop
    if number % 100 == 0:
        window.navigation.step(1 if number % 200 else -1)
rest(2_000)
print(json.dumps([idle, resident()]))
window.close()
"""


def main() -> int:
    """Print a row a measure; return the number of limits that were broken."""
    with tempfile.TemporaryDirectory() as name, x_server() as env:
        project = startup.sample(Path(name))
        env["ANNOTATOR_HOME"] = name
        done = subprocess.run(
            [sys.executable, "-c", WORK, str(project), str(STEPS)],
            env=env, capture_output=True, text=True, check=True, timeout=120,
        )  # fmt: skip
    idle, after = json.loads(done.stdout)
    rows = (("memory at rest, MB", idle), (f"memory after {STEPS:,} steps, MB", after))
    for what, value in rows:
        print(f"{what:44} {value:7.1f}  limit {MOST}  {'ok' if value <= MOST else 'BROKEN'}")
    return sum(value > MOST for _, value in rows)


if __name__ == "__main__":
    sys.exit(main())

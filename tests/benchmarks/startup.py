"""From the start of the process to a painted article, beside an empty PySide6 window in the same run."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.x11 import x_server

RUNS = 24
RATIO, SECONDS = 2.5, 0.6
LATE = (
    "annotator.domain.terms", "annotator.domain.redrawing", "annotator.ui.scheme", "annotator.ui.guideline",
    "annotator.exchange", "annotator.keys", "annotator.ui.colleagues", "annotator.ui.remarks.thread", "nacl",
    "sqlite_utils", "click", "msgspec", "annotator.formats", "PySide6.QtNetwork",
)  # fmt: skip

WATCH = """
import json, sys, time
from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QMainWindow
class Watch(QObject):
    def eventFilter(self, watched, event):
        if event.type() is QEvent.Type.Paint:
            QTimer.singleShot(0, self.tell)
        return False
    def tell(self):
        late = [name for name in LATE if name in sys.modules]
        print(time.monotonic(), json.dumps(late), flush=True)
        QApplication.quit()
"""

EMPTY = """
app = QApplication([])
window = QMainWindow()
watch = Watch()
window.installEventFilter(watch)
window.resize(1280, 800)
window.show()
app.exec()
"""

OURS = """
sys.argv = ["annotator", sys.argv[1]]
show = QMainWindow.show
def watched(window):
    window.watch = Watch()
    window.view.viewport().installEventFilter(window.watch)
    show(window)
# The window's module is left for the program to import, as it does when nobody measures.
QMainWindow.show = watched
from annotator.__main__ import main
sys.exit(main())
"""


HEAD = f"LATE = {LATE!r}\n{WATCH}"


def seconds(code: str, env: dict[str, str], *words: str) -> tuple[float, list[str]]:
    """Return the seconds from the start of a process to its first picture, and what it imported too early."""
    began = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-c", code, *words], env=env, capture_output=True, text=True, check=True, timeout=60
    )
    when, late = done.stdout.split(" ", 1)
    return float(when) - began, json.loads(late)


def sample(folder: Path) -> Path:
    """Make this folder somebody's home with the sample project in it."""
    from annotator import whoami
    from annotator.jobs.sample import make_sample

    os.environ["ANNOTATOR_HOME"] = str(folder)
    whoami.save_identity("Lena Brandt")
    path = folder / "Sample.annotator"
    make_sample(path)
    return path


def main() -> int:
    """Print ours, the reference, their ratio and the limits; return 1 when a limit is broken."""
    with tempfile.TemporaryDirectory() as name, x_server() as env:
        project = sample(Path(name))
        env["ANNOTATOR_HOME"] = name
        # Installed programs have their bytecode; a checkout has it after the first start.
        env.pop("PYTHONDONTWRITEBYTECODE", None)
        seconds(HEAD + OURS, env, str(project))
        pairs = [(seconds(HEAD + OURS, env, str(project)), seconds(HEAD + EMPTY, env)) for _ in range(RUNS)]
    # The first quartile: what else the machine does only adds, and not to both alike.
    ours, reference = (statistics.quantiles([it[which][0] for it in pairs], n=4)[0] for which in (0, 1))
    early = sorted({module for it in pairs for module in it[0][1]})
    rows = (
        ("start-up: painted, against an empty window", ours / reference, RATIO),
        ("start-up: painted, seconds", ours, SECONDS),
        ("start-up: modules imported too early", len(early), 0),
    )
    for what, value, limit in rows:
        ok = "ok" if value <= limit else "BROKEN"
        print(f"{what:48} ours {ours:.3f} s  reference {reference:.3f} s  {value:6.2f}  limit {limit}  {ok}")
    if early:
        print("  too early:", ", ".join(early))
    return 0 if all(value <= limit for _, value, limit in rows) else 1


if __name__ == "__main__":
    sys.exit(main())

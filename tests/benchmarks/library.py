"""100,000 articles: first picture, frames while scrolling, reading of texts, keys of a search; under virtual X."""

from __future__ import annotations

import json
import random
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

import startup  # beside this file

from tests.x11 import x_server

MANY = 100_000
FRAME, KEY, CHUNK = 0.033, 0.050, 0.025
"""Seconds."""
FEW, SHOWN, RUNS = 10, 1.5, 9
"""The first picture may take so many times what it takes with few articles."""
WORDS = ("harbour", "strike", "night", "shift", "council", "dock", "worker", "vote", "storm", "Łódź", "quay", "crane")

WORK = """
import json, random, sys, time
from contextlib import contextmanager
from pathlib import Path
from PySide6.QtWidgets import QApplication
from annotator import whoami
from annotator.storage.library import Wanted
from annotator.ui.look import ARGUMENTS, Look
from annotator.ui.session import Session
from annotator.ui.window import MainWindow
app = QApplication(["annotator", *ARGUMENTS])
window = MainWindow(Session(whoami.identity()), Look(app))
window.files.open_path(Path(sys.argv[1]))
window.show()
app.processEvents()
listed, noise, frames, keys, held = window.articles, random.Random(1), [], [], []
store = window.session.store
real = store.writing
@contextmanager
def writing():
    with real() as connection:
        begun = time.perf_counter()
        yield connection
    held.append(time.perf_counter() - begun)
store.writing = writing
begun = time.perf_counter()
while not listed.reading.complete:
    app.processEvents()
    time.sleep(0.01)
read = time.perf_counter() - begun
bar = listed.list.verticalScrollBar()
for number in range(300):
    target = int(bar.maximum() * noise.random()) if number % 3 == 0 else bar.value() + 400
    begun = time.perf_counter()
    bar.setValue(min(target, bar.maximum()))
    listed.list.viewport().repaint()
    frames.append(time.perf_counter() - begun)
for word in ("storm", "harbour", "Łódź", "zzz", "clerk", "there", "arbou", "the clerk said"):
    for end in range(1, len(word) + 1):
        begun = time.perf_counter()
        listed.model.want(Wanted(words=word[:end]))
        listed.list.viewport().repaint()
        keys.append(time.perf_counter() - begun)
held.sort()
chunk = held[int(0.95 * len(held))]
told = {"frames": frames, "keys": keys, "chunk": chunk, "chunks": len(held), "read": read}
print(json.dumps(told))
window.close()
"""


def _project(folder: Path, count: int) -> Path:
    noise, lines = random.Random(count), folder / f"{count}.jsonl"
    with lines.open("w", encoding="utf-8") as file:
        for number in range(count):
            title = " ".join(noise.choices(WORDS, k=8)).capitalize()
            text = f"{title}. {number} were there, a clerk said."
            file.write(json.dumps({"text": text, "title": title, "meta": {"outlet": "The Courier"}}) + "\n")
    path = folder / f"{count}.annotator"
    for words in (["new", str(path)], ["import", str(path), str(lines)]):
        subprocess.run([sys.executable, "-m", "annotator", *words], check=True, capture_output=True)
    return path


def _shown(env: dict[str, str], many: Path, few: Path) -> float:
    env = {name: value for name, value in env.items() if name != "PYTHONDONTWRITEBYTECODE"}
    times: dict[Path, list[float]] = {many: [], few: []}
    for _ in range(RUNS + 1):
        for path, measured in times.items():
            measured.append(startup.seconds(startup.HEAD + startup.OURS, env, str(path))[0])
    # The first of each compiles the program, and reads the file from the disk.
    return statistics.median(times[many][1:]) / statistics.median(times[few][1:])


def main() -> int:
    """Print a row a measure; return the number of limits that were broken."""
    with tempfile.TemporaryDirectory() as name, x_server() as env:
        folder = Path(name)
        startup.sample(folder)  # sets the home, and who works there
        env["ANNOTATOR_HOME"] = name
        many = _project(folder, MANY)
        shown = _shown(env, many, _project(folder, FEW))
        done = subprocess.run(
            [sys.executable, "-c", WORK, str(many)], env=env, capture_output=True, text=True, check=True, timeout=900
        )
    told = json.loads(done.stdout)
    rows = (
        (f"window shown, against {FEW} articles", shown, SHOWN, f"medians of {RUNS}"),
        ("longest frame while scrolling, seconds", max(told["frames"]), FRAME, f"of {len(told['frames'])}"),
        ("longest key in the search, seconds", max(told["keys"]), KEY, f"of {len(told['keys'])}"),
        ("chunk of reading texts, seconds, 95 %", told["chunk"], CHUNK, f"of {told['chunks']}; {told['read']:.0f} s"),
    )
    for what, value, limit, more in rows:
        print(f"{what:44} {value:7.3f}  limit {limit}  {'ok' if value <= limit else 'BROKEN'}  ({more})")
    return sum(value > limit for _, value, limit, _ in rows)


if __name__ == "__main__":
    sys.exit(main())

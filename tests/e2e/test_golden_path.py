"""The golden path in a real window: import, tag, undo, redo, quit, start again, undo, export; by keys, by mouse."""

from __future__ import annotations

import json
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from tests.e2e.desk import REPO, Desk, environment, until
from tests.e2e.golden import OWN, OWN_TEXT, SEED, Wanted, expected
from tests.x11 import x_server

SEED_FILE = REPO.parent / "shared" / "data" / "seed" / "kim-shoigu.txt"
SIZE = (1280, 2400)
"""High enough that nothing needs to be scrolled to be clicked."""

SHOWN = ".+ — Morning — Annotator"
"""The title of the window once an article is shown."""

pytestmark = [
    pytest.mark.x11,
    pytest.mark.timeout(300),
    pytest.mark.skipif(shutil.which("xdotool") is None, reason="xdotool is missing; packaging/test.py installs it"),
]


def steps(project: Path) -> int:
    """Return how many steps the journal holds, read as another program would."""
    with closing(sqlite3.connect(f"{project.as_uri()}?mode=ro", uri=True)) as connection:
        count: int = connection.execute("SELECT count(*) FROM step").fetchone()[0]
        return count


class Hand:
    """Selects ranges of the text; knows where it left the caret."""

    def __init__(self, desk: Desk, text: str) -> None:
        self._desk = desk
        self._text = text
        self._caret = 0

    def select(self, start: int, end: int) -> None:
        """Select by keys alone."""
        by = start - self._caret
        self._desk.press("Right" if by > 0 else "Left", abs(by))
        self._desk.press("shift+Right", end - start)
        self._caret = end


class Mouse:
    """Selects ranges of the text by dragging."""

    def __init__(self, desk: Desk, article: Path, ranges: list[tuple[int, int]]) -> None:
        command = [sys.executable, "-m", "tests.e2e.oracle", str(article), *(f"{a},{b}" for a, b in ranges)]

        def asked() -> str:
            return subprocess.run(command, env=desk.env, cwd=REPO, capture_output=True, text=True, check=False).stdout

        self._desk = desk
        self._places = dict(zip(ranges, json.loads(until(asked, "the header")), strict=True))

    def select(self, start: int, end: int) -> None:
        """Drag from the start to the end."""
        self._desk.drag(*self._places[start, end])


@pytest.mark.parametrize(
    ("what", "by"),
    [
        ("own", "keys"),
        ("own", "mouse"),
        # Two thousand presses of arrows, one by one, take most of a minute.
        pytest.param("seed", "keys", marks=pytest.mark.full),
        pytest.param("seed", "mouse", marks=pytest.mark.full),
    ],
)
def test_golden_path(tmp_path: Path, by: str, what: str) -> None:
    if what == "seed" and not SEED_FILE.exists():
        pytest.skip("the seed article lies beside the repository; its twin on our own text never skips")
    article = tmp_path / "article.txt"
    article.write_bytes(SEED_FILE.read_bytes() if what == "seed" else OWN_TEXT.encode("utf-8"))
    spans = SEED if what == "seed" else OWN
    with x_server(f"{SIZE[0]}x{SIZE[1]}") as server:
        desk = Desk(environment(server, tmp_path / "home"), SIZE)
        try:
            exported = walk(desk, tmp_path, article, spans, by)
        except BaseException:
            desk.picture(tmp_path / "failed.png")
            raise
        finally:
            desk.stop()
    text = article.read_bytes().decode("utf-8")
    found = [
        (span["label"], [(it["start"], it["end"]) for it in span["fragments"]], span["text"])
        for span in exported["spans"]
    ]
    assert exported["text"] == text
    assert found == expected(text, spans[:-1])


def walk(desk: Desk, folder: Path, article: Path, spans: tuple[Wanted, ...], by: str) -> dict[str, object]:
    """Do what a person would do; return the exported article."""
    project, target = folder / "Morning.annotator", folder / "out.jsonl"
    (folder / "home").mkdir()
    desk.start()
    desk.look_for("Annotator")  # asks for the name
    desk.type("Lena Brandt")
    desk.press("Return")
    until(lambda: (folder / "home" / "config" / "identity.toml").exists(), "the name to be kept")
    desk.look_for("Annotator")
    desk.press("ctrl+n")
    answer(desk, "New project", project)
    desk.look_for("Morning — Annotator")
    desk.arrange()
    desk.press("ctrl+i")
    answer(desk, "Import articles", article)
    desk.look_for("Import 1 file")
    desk.press("Return")
    until(lambda: steps(project), "the import")
    desk.look_for(SHOWN)
    tag(desk, project, article, spans, by)
    wait_for_step(desk, project, "ctrl+z")
    wait_for_step(desk, project, "ctrl+shift+z")
    desk.press("ctrl+q")
    assert desk.ended() == 0
    desk.start(str(project))
    desk.look_for(SHOWN)
    wait_for_step(desk, project, "ctrl+z")
    desk.press("ctrl+e")
    desk.look_for("Export")
    desk.press("ctrl+a")
    desk.type(str(target))
    desk.press("Return")
    until(target.exists, "the exported file")
    desk.look_for(SHOWN)
    desk.press("ctrl+q")
    assert desk.ended() == 0
    (line,) = target.read_text(encoding="utf-8").splitlines()
    exported: dict[str, object] = json.loads(line)
    return exported


def answer(desk: Desk, title: str, path: Path) -> None:
    """Type a path into a dialog that asks for a file."""
    desk.look_for(title)
    desk.press("ctrl+a")
    desk.type(str(path))
    desk.press("Return")


def wait_for_step(desk: Desk, project: Path, key: str) -> None:
    """Press a key that makes one step, and wait until it is on disk."""
    before = steps(project)
    desk.press(key)

    def done() -> bool:
        desk.alive()
        return steps(project) == before + 1

    until(done, f"the step of {key}")


def tag(desk: Desk, project: Path, article: Path, spans: tuple[Wanted, ...], by: str) -> None:
    """Select each piece and press its key: the label's for the first, + for the others of a split span."""
    text = article.read_bytes().decode("utf-8")
    ranges = [piece.place(text) for span in spans for piece in span.pieces]
    hand = Hand(desk, text) if by == "keys" else Mouse(desk, article, ranges)
    for span in spans:
        for number, piece in enumerate(span.pieces):
            hand.select(*piece.place(text))
            wait_for_step(desk, project, "equal" if number else span.key)

"""Selects by pixels in the real widget; run as a program it does so at the scale of QT_SCALE_FACTOR."""

from __future__ import annotations

import json
import random
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication

from annotator.jobs.exporting import export
from annotator.ui.text.view import ArticleView
from tests.builders import bring, project, tag, workspace
from tests.ui.text import oracle

SIZES = (14, 17, 24)


@dataclass(frozen=True)
class Drag:
    """A text, what the oracle says a drag selects, and what the widget selected (code points)."""

    text: str
    expected: tuple[int, int]
    selected: tuple[int, int] | None


def make_view(pixels: int, spacing: float = 0.0) -> ArticleView:
    """Return a shown view whose column and sizes are those of the oracle."""
    view = ArticleView()
    view.set_reading([oracle.FAMILY], pixels, width=oracle.WIDTH, spacing=spacing)
    view.resize(oracle.WIDTH + 100, 3_000)  # every text fits: what scrolling guesses is no matter here
    view.show()
    QApplication.processEvents()
    return view


def send(view: ArticleView, type: QEvent.Type, point: QPointF, *, down: bool) -> None:
    """Send a mouse event of the left button at a point of the viewport, the way the system does."""
    button = Qt.MouseButton.NoButton if type == QEvent.Type.MouseMove else Qt.MouseButton.LeftButton
    held = Qt.MouseButton.LeftButton if down else Qt.MouseButton.NoButton
    everywhere = QPointF(view.viewport().mapToGlobal(point.toPoint()))
    event = QMouseEvent(type, point, everywhere, button, held, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(view.viewport(), event)


def drag(view: ArticleView, chance: random.Random, text: str, pixels: int, spacing: float = 0.0) -> Drag | None:
    """Select between two random places by mouse; None where the text has no two of them."""
    places = oracle.places(text, pixels, spacing)
    view.show_article(text, ())
    view.viewport().repaint()  # a hand sees before it points; until then heights are a guess
    if len({place.position for place in places}) < 2:
        return None
    one, other = chance.sample(places, 2)
    if one.position == other.position:
        return None
    left = (view.viewport().width() - oracle.WIDTH) // 2
    for place, type, down in (
        (one, QEvent.Type.MouseButtonPress, True),
        (other, QEvent.Type.MouseMove, True),
        (other, QEvent.Type.MouseButtonRelease, False),
    ):
        send(view, type, QPointF(place.point.x() + left, place.point.y()), down=down)
    expected = (min(one.position, other.position), max(one.position, other.position))
    return Drag(text, expected, view.selection)


def drags(count: int, seed: int, spacing: float = 0.0) -> list[Drag]:
    """Return so many drags over random texts, in turn at three font sizes, with so many pixels between letters."""
    chance = random.Random(seed)
    views = {pixels: make_view(pixels, spacing) for pixels in SIZES}
    done: list[Drag] = []
    while len(done) < count:
        pixels = SIZES[len(done) % 3]
        one = drag(views[pixels], chance, oracle.random_text(chance), pixels, spacing)
        if one is not None:
            done.append(one)
    for view in views.values():
        view.close()
    return done


def wrong(done: list[Drag]) -> list[str]:
    """Return what differs, in words."""
    return [
        f"{each.text!r}: {each.expected} selected as {each.selected}" for each in done if each.expected != each.selected
    ]


def wrongly_exported(done: list[Drag], folder: Path) -> list[str]:
    """Label every selection in one real project, export it, and return where ``text[start:end]`` is another text."""
    told: list[str] = []
    unique = {each.text: each for each in done if each.selected is not None}
    ws = workspace(project(folder))
    try:
        for text, each in unique.items():
            assert each.selected is not None
            tag(ws, bring(ws, text), "quote", each.selected)
    finally:
        ws.store.close()
    target = folder / "out.jsonl"
    export(folder / "project.annotator", target)
    lines = [json.loads(line) for line in target.read_bytes().split(b"\n") if line]
    if len(lines) != len(unique):
        told.append(f"{len(lines)} articles exported of {len(unique)}")
    for line in lines:
        expected = unique[line["text"]].expected
        (span,) = line["spans"]
        words = line["text"][expected[0] : expected[1]]
        if (span["start"], span["end"], span["text"]) != (*expected, words):
            told.append(f"{words!r} at {expected} exported as {span}")
    return told


if __name__ == "__main__":
    app = QApplication([])
    found = drags(int(sys.argv[1]), int(sys.argv[2]))
    differing = wrong(found)
    with tempfile.TemporaryDirectory() as name:
        differing += wrongly_exported(found, Path(name))
    print(app.primaryScreen().devicePixelRatio(), len(found), len(differing))
    print("\n".join(differing[:20]))
    raise SystemExit(bool(differing))

"""Corrections with 1,000 rows: each key, and the switch to those that were answered, within 16 ms.

From the event to the painted page, the journal on disk; beside the clock's time stands the thread's own, as in
`reviewkeys`. Undo also goes to the place in the text under the page: it is told, and has no limit here.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

from tests.benchmarks.reviewkeys import KEY, Took, _measured

WANTED, PRESSES = 1_000, 12


def project(folder: Path) -> Path:
    """Make an annotator's project to which a review sent more corrections than are wanted."""
    from annotator.editing import review as editing
    from tests.correcting import LISA, Team, takes
    from tests.jobs.reviewed import REVIEWER

    team = Team(folder, articles=31, spans=60)
    queue, ws, choose = team.queue(), team.rita, takes(1, "The guideline says so.")
    for article in queue.articles:
        ground = queue.ground(ws.store, article)
        assert ground is not None
        verdicts = [(item, choose(item)) for item in queue.of(article) if item.status == "open"]
        ws.do(editing.decide_all([(ground, verdicts)], REVIEWER, ws.clock(), 1))
    team.send(LISA)
    ws.store.close()
    store = team.desks.pop(LISA.id).store
    store.close()
    return Path(store.path)


def measured(folder: Path) -> list[Took]:
    """Return what the keys and the switch take, and what it takes to come to the page."""
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication

    from annotator.ui.colleagues.corrections import Corrections
    from annotator.ui.colleagues.page import ColleaguesPage
    from annotator.ui.look import ARGUMENTS, Look
    from annotator.ui.session import Session
    from annotator.ui.window import MainWindow
    from annotator.whoami import Identity
    from tests.correcting import LISA

    app: Any = QApplication.instance() or QApplication(["annotator", *ARGUMENTS])
    os.environ["ANNOTATOR_HOME"] = str(folder)
    path = project(folder)
    window = MainWindow(Session(Identity(LISA, "window"), app), Look(app))
    window.files.enter(path)
    page: list[ColleaguesPage] = []

    def come() -> None:
        page.append(ColleaguesPage(window, "corrections"))
        page[0].resize(1000, 700)
        page[0].show()
        app.processEvents()

    found = [Took("the page comes", *_measured(come), 1000.0)]
    part = page[0].part
    assert isinstance(part, Corrections)
    assert part.table.rowCount() > WANTED

    def took(what: str, act: Callable[[], object], limit: float = KEY) -> None:
        times = [_measured(lambda: (act(), app.processEvents())) for _ in range(PRESSES)]
        found.append(Took(what, median(wall for wall, _ in times), median(own for _, own in times), limit))

    def contest() -> None:
        part.why.setText("She says it.")
        QTest.keyClick(part.why, Qt.Key.Key_Return)

    turn = iter(range(1_000))
    for what, act in (
        ("J, as an arrow", lambda: QTest.keyClick(part.table, Qt.Key.Key_Down)),
        ("A", lambda: QTest.keyClick(part.table, Qt.Key.Key_A)),
        ("contest", contest),
        ("T", lambda: QTest.keyClick(part.table, Qt.Key.Key_T)),
    ):
        took(f"{what}, among {part.table.rowCount():,}", act)
    took("undo", window.undoing.undo, float("inf"))
    half = [one.correction.id for one in part._shown[: part.table.rowCount() // 2]]
    part._all = [one._replace(answer=part._all[0].answer) if one.correction.id in half else one for one in part._all]
    took("the other page", lambda: part._pages._group.button(1 - next(turn) % 2).click())
    page[0].close()
    window.close()
    return found


def main() -> int:
    """Print a row a measure; return how many limits are broken."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ["ANNOTATOR_THEME"] = "light"
    with tempfile.TemporaryDirectory() as name:
        found = measured(Path(name))
    for one in found:
        print(f"{one.what:46} {one.wall:7.2f} ms, the thread {one.own:7.2f} ms  limit {one.limit:6.1f} ms  {one.told}")
    return sum(one.told == "BROKEN" for one in found)


if __name__ == "__main__":
    sys.exit(main())

"""A whole review by real key events: every difference of four readings settled with at most 1.3 keys each."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from itertools import cycle
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from annotator import assets, whoami
from annotator.domain.article import Annotator, VisibleLayers
from annotator.domain.scheme import parse
from annotator.editing.workspace import Workspace
from annotator.jobs.importing import import_paths
from annotator.jobs.sources import Wishes
from annotator.storage.store import Store
from annotator.ui.review.page import ReviewPage
from annotator.ui.review.parts import answers
from annotator.ui.window import MainWindow
from tests.ui.review.conftest import counter, press, read, recounted, review, window_of

Make = Callable[[Path | None], MainWindow]
BRATIAA = Path(__file__).parents[4] / "shared" / "data" / "bratiaa" / "example-project"
PEOPLE = ("Lisa", "Maria", "Max", "Peter")
MOST_KEYS = 1.3
pytestmark = pytest.mark.qt_log_ignore("does not support")


def imported(path: Path) -> Path:
    """Make a project with the four folders, each its person's."""
    Store.create(path, parse(assets.scheme_text(), "news-sourcing.toml"))
    for number, name in enumerate(PEOPLE):
        person = Annotator(f"0192f0c1-0000-7000-8000-0000000000f{number}", name)
        with closing(Store.open(path)) as store:
            import_paths(Workspace(store, person, "device"), [BRATIAA / name], Wishes(format="brat", owner=person))
    return path


def settled(page: ReviewPage, qtbot: QtBot) -> tuple[int, int]:
    """Settle everything as somebody would who has an opinion on each; return differences and keys.

    The first answer, the last, both, none in turn, every eighth set by hand, some taken back; after each key the
    large number is what a recount finds.
    """
    there = counter(page)
    keys = 0

    def pressed(*names: Qt.Key | str) -> None:
        nonlocal keys
        for name in names:
            press(page, name)
            keys += 1
            assert counter(page) == page.desk.queue.left
            if keys % 10 == 1 or counter(page) < 3:
                assert counter(page) == recounted(page)

    for number, way in zip(range(10 * there), cycle(range(16)), strict=False):
        item = page.desk.item
        if item is None:
            break
        found = [answer for answer in answers(item.difference) if not answer.empty]
        if way == 7:
            pressed("E", Qt.Key.Key_Return)
        elif way == 11 and number < there // 2:
            pressed("0", "Backspace")
        elif way in (3, 13) and len(found) > 1:
            pressed(page.decide.both.key)
        elif way == 5:
            pressed("0")
        else:
            pressed(found[0 if way % 2 else -1].key)
    return there, keys


def check(page: ReviewPage, qtbot: QtBot) -> None:
    there, keys = settled(page, qtbot)
    assert there > 4
    assert keys <= MOST_KEYS * there
    assert counter(page) == recounted(page) == 0
    assert page.desk.item is None
    assert page.nothing.text().startswith("No differences left.")
    store, session = page.desk.store, window_of(page).session
    spans = [
        span for id in store.article_ids()
        for span in store.spans(id, VisibleLayers(frozenset({"consensus"}), None))
    ]  # fmt: skip
    assert spans
    assert {span.annotator for span in spans} == {session.me.id}
    assert store.findings() == []
    # Everything is undone by the key for that, step by step, exactly.
    for _ in range(3):
        press(page, "Z", held=Qt.KeyboardModifier.ControlModifier)
    assert counter(page) == recounted(page) == 3


@pytest.mark.skipif(not BRATIAA.is_dir(), reason="the folder of shared data is not here")
def test_four_readings_of_seven_articles(tmp_path: Path, make_window: Make, qtbot: QtBot) -> None:
    whoami.save_identity("Mara Lindt")
    page = review(make_window(imported(tmp_path / "bratiaa.annotator")), qtbot)
    assert counter(page) == recounted(page) == 113
    check(page, qtbot)


def test_two_readings_of_our_own_texts(tmp_path: Path, make_window: Make, qtbot: QtBot) -> None:
    whoami.save_identity("Mara Lindt")
    texts = {
        f"Harbour news {n}\n\n“The quay holds,” said engineer Runa Falk. The council claimed that day {n} was dry.\n": (
            ("quote", "“The quay holds,”", "“The quay holds,”" if n % 2 else "The quay holds"),
            ("source", "engineer Runa Falk", "Runa Falk"),
            ("cue", "said", "" if n % 3 else "said"),
            ("claim", f"day {n} was dry", f"that day {n} was dry"),
        )
        for n in range(7)
    }
    page = review(make_window(read(tmp_path / "Own.annotator", texts)), qtbot)
    check(page, qtbot)

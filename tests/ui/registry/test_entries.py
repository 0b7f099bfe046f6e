"""The registry at hand is what the project holds, whatever is done: linked, deleted, undone, brought in, shown."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from annotator.domain.article import Annotator
from annotator.domain.change import Entry
from annotator.domain.register import Uses
from annotator.editing import registry as editing
from annotator.editing.workspace import Workspace
from annotator.storage import registry as stored
from annotator.ui.window import MainWindow
from tests.builders import BO, tag
from tests.ui.registry.test_linker import entries, opened, ready, source
from tests.ui.test_saying import CONTROL, K, Make
from tests.ui.test_window import press
from tests.ui.test_window import stored as spans_of


def agrees(window: MainWindow) -> dict[str, int]:
    """Return how often each entry is linked, which must be what a look at the whole project says."""
    session, held = window.session, window.hand.registry.entries
    assert session.store is not None
    held.count_all()
    uses = Uses()
    for page in stored.links(session.store, session.visible, session.scheme):
        for use in page:
            uses.add(use)
    for id, entry in entries(window).items():
        assert held.register.entry(id) == entry
        assert sorted(held.uses.of([id])) == sorted(uses.of([id]))
    assert len(held.register) == len(entries(window))
    there = entries(window)
    wanted = {id: count for id, count in uses.counts(held.register.roots).items() if id in there}
    assert {id: count for id, count in held.used.items() if id in there} == wanted
    return {there[id].name: count for id, count in wanted.items()}


def link(window: MainWindow, qtbot: QtBot, words: str, typed: str = "") -> None:
    source(window, qtbot, words)
    picker = opened(window, qtbot)
    QTest.keyClicks(picker.field, typed)
    QTest.keyClick(picker.field, K.Key_Return)


def test_it_follows_what_is_done(window: MainWindow, qtbot: QtBot) -> None:
    link(ready(window, qtbot), qtbot, "the owner")
    link(window, qtbot, "Nobody else", "own")
    assert agrees(window) == {"the owner": 2}
    press(qtbot, window, K.Key_C)  # a cue is nobody
    assert agrees(window) == {"the owner": 1}
    press(qtbot, window, K.Key_Z, CONTROL)
    press(qtbot, window, K.Key_Delete)
    assert agrees(window) == {"the owner": 1}
    press(qtbot, window, K.Key_Z, CONTROL)
    assert agrees(window) == {"the owner": 2}
    first = window.session.article
    assert first is not None
    press(qtbot, window, K.Key_Down, CONTROL)
    assert window.session.article != first
    press(qtbot, window, K.Key_Z, CONTROL)  # the second link, in the first article
    assert agrees(window) == {"the owner": 1}
    press(qtbot, window, K.Key_Y, CONTROL)
    assert agrees(window) == {"the owner": 2}


def test_links_of_an_entry_that_comes_back_are_counted(project: Path, make_window: Make, qtbot: QtBot) -> None:
    window = ready(make_window(project), qtbot)
    link(window, qtbot, "the owner")
    (entry,) = entries(window).values()
    assert window.session.do(editing.delete([entry]))
    window.close()
    window = ready(make_window(project), qtbot)
    qtbot.waitUntil(lambda: window.hand.registry.entries.complete)
    assert agrees(window) == {}
    press(qtbot, window, K.Key_Z, CONTROL)
    assert agrees(window) == {"the owner": 1}


def test_it_is_read_in_the_background_and_anew_with_another_project(
    project: Path, make_window: Make, qtbot: QtBot
) -> None:
    window = ready(make_window(project), qtbot)
    link(window, qtbot, "the owner")
    window.close()
    window = make_window(project)
    held = window.hand.registry.entries
    qtbot.waitUntil(lambda: held.complete)
    assert agrees(window) == {"the owner": 1}
    window.session.close()
    assert (len(held.register), dict(held.used)) == (0, {})
    assert window.session.open(project)
    assert agrees(window) == {"the owner": 1}


def test_links_of_colleagues_are_counted_when_they_are_shown(window: MainWindow, qtbot: QtBot) -> None:
    link(ready(window, qtbot), qtbot, "the owner")
    session = window.session
    assert session.store is not None
    assert session.article is not None
    (entry,) = entries(window).values()
    colleague = Workspace(session.store, Annotator(BO.id, BO.name), "elsewhere")
    theirs = tag(colleague, session.article, "source", (0, 5))
    colleague.do(editing.link(theirs, {"entity": entry.id}, "t"))
    assert agrees(window) == {"the owner": 1}
    window.actions_["view.colleagues"].trigger()
    assert len(spans_of(window)) == 2
    assert agrees(window) == {"the owner": 2}
    window.actions_["view.colleagues"].trigger()
    assert agrees(window) == {"the owner": 1}


def test_an_edit_that_was_joined_is_shown_as_it_is(window: MainWindow, qtbot: QtBot) -> None:
    link(ready(window, qtbot), qtbot, "the owner")
    (entry,) = entries(window).values()
    assert window.session.do(editing.set_note(entry, "since 2019"))
    # Made from how the entry was before: both stand afterwards.
    assert window.session.do(editing.rename(entry, "Ada Ødegård"))
    assert agrees(window) == {"Ada Ødegård": 1}
    assert window.hand.registry.entries.standing(entry.id) == Entry(
        entry.id, entry.kind, "Ada Ødegård", {"note": "since 2019"}
    )

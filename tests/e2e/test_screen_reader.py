"""A real AT-SPI session: what a screen reader is told of text, caret, words, steps and spans, and what it can do."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from annotator.actions import ACTIONS
from tests.e2e.desk import Desk, environment, until
from tests.e2e.reader import Reader, Thing, launcher, session
from tests.e2e.test_layouts import TEXT, project_in
from tests.x11 import x_server

SIZE = (1280, 800)
WORD = 1
"""AtspiTextGranularity."""
RELATIVE_TO_THE_SCREEN = 0

pytestmark = [
    pytest.mark.x11,
    pytest.mark.timeout(120),
    pytest.mark.skipif(shutil.which("xdotool") is None, reason="xdotool is missing; packaging/test.py installs it"),
    pytest.mark.skipif(
        shutil.which("dbus-daemon") is None or launcher() is None,
        reason="dbus-daemon or at-spi2-core is missing; packaging/test.py installs them",
    ),
]


@contextmanager
def listening(folder: Path) -> Iterator[tuple[Desk, Reader, Thing]]:
    """Start the program with one article where a screen reader listens; yield desk, reader and the program."""
    home = folder / "home"
    project = project_in(folder, home)
    with x_server(f"{SIZE[0]}x{SIZE[1]}") as server, session(environment(server, home)) as env:
        reader = Reader(env)
        desk = Desk(env, SIZE)
        try:
            desk.start(str(project))
            desk.look_for("Ferry crews vote — Morning — Annotator")
            desk.arrange()
            program = until(lambda: next(iter(reader.programs()), None), "the program on the bus")
            yield desk, reader, program
        except BaseException:
            desk.picture(folder / "failed.png")
            raise
        finally:
            desk.stop()
            reader.close()


def test_a_screen_reader_reads_acts_and_hears(tmp_path: Path) -> None:
    with listening(tmp_path) as (desk, reader, program):
        text = until(lambda: next(iter(program.of("document")), None), "the text")
        reads(desk, text)
        hears(desk, reader, program)
        reaches_every_action(program)
        sees_the_table_of_spans(desk, program)


def reads(desk: Desk, text: Thing) -> None:
    """Text, caret, word and the place of a word on the screen."""
    assert text.name == "Article text"
    assert text.ask("Text", "GetText", "ii", 0, len(TEXT)) == (TEXT,)
    assert text.value("Text", "CharacterCount") == len(TEXT)
    desk.press("ctrl+Home")
    desk.press("Right", 6)
    until(lambda: text.value("Text", "CaretOffset") == 6, "the caret")
    word, start, end = text.ask("Text", "GetStringAtOffset", "iu", 6, WORD)
    assert (word.strip(), start) == ("crews", 6)
    assert end in (11, 12)  # the blank behind a word may be told with it
    x, y, width, height = text.ask("Text", "GetRangeExtents", "iiu", 6, 11, RELATIVE_TO_THE_SCREEN)
    assert 0 < x < SIZE[0]
    assert 0 < y < SIZE[1]
    assert 20 < width < 120
    assert 10 < height < 60
    text.ask("Text", "SetCaretOffset", "i", 0)
    until(lambda: text.value("Text", "CaretOffset") == 0, "the caret where the reader put it")


def hears(desk: Desk, reader: Reader, program: Thing) -> None:
    """What was done, in words."""
    desk.press("ctrl+shift+Right")
    desk.press("ctrl+shift+Right")
    assert reader.announced(lambda: desk.press("q")) == "Quote, 2 words, added"
    assert reader.announced(lambda: desk.press("s")) == "Source, 2 words, the label changed"
    assert reader.announced(lambda: desk.press("alt+Left")) == "Source, 1 word, the words changed"
    # It is the notice, which offers Undo, and once.
    assert reader.announced(lambda: desk.press("Delete")) == "Source deleted"
    finds_the_notice(program)
    assert reader.announced(lambda: desk.press("ctrl+z")) == "Source, 1 word, added"


def finds_the_notice(program: Thing) -> None:
    """What stands at the bottom can be read again, and its button pressed."""
    frame = program.of("frame")[0]
    assert any(it.called == "Source deleted" for it in frame.walk() if it.still == "label")
    assert any(it.called == "Undo" for it in frame.walk() if it.still.endswith("button"))


def reaches_every_action(program: Thing) -> None:
    """Each by its name, as something that can be done; and one of them is done."""
    items = {it.name: it for it in program.walk() if it.role == "menu item"}
    for action in ACTIONS:
        found = next(
            (it for name, it in items.items() if name == action.title or name.startswith(f"{action.title} ")), None
        )
        assert found is not None, action.title
        assert "Action" in found.interfaces
    frame = program.of("frame")[0]
    items["Only the text"].ask("Action", "DoAction", "i", 0)
    until(lambda: "menu bar" not in visible_roles(frame), "only the text")
    items["Only the text"].ask("Action", "DoAction", "i", 0)
    until(lambda: "menu bar" in visible_roles(frame), "the panels again")


def visible_roles(frame: Thing) -> set[str]:
    showing = 25  # ATSPI_STATE_SHOWING
    return {it.role for it in frame.children() if it.ask("Accessible", "GetState")[0][0] >> showing & 1}


def sees_the_table_of_spans(desk: Desk, program: Thing) -> None:
    """The spans as rows whose cells are told."""
    desk.press("ctrl+3")
    table = until(lambda: next((it for it in program.of("table") if it.name == "Spans"), None), "the table")
    assert table.value("Table", "NRows") == 1
    columns = table.value("Table", "NColumns")
    cells = [Thing(table.reader, *table.ask("Table", "GetAccessibleAt", "ii", 0, it)[0]).name for it in range(columns)]
    assert "Source" in cells[0]
    assert any("Ferry" in cell for cell in cells)

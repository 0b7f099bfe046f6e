"""Of many rows those on the screen are written at once, the others a moment later; in the end all are."""

from __future__ import annotations

import random

from pytestqt.qtbot import QtBot

from annotator.ui.colleagues.keptrows import KeptRows, Row


def told(table: KeptRows) -> list[str]:
    """Return what the rows say, "-" of those that are not written."""
    items = [table.item(number, 0) for number in range(table.rowCount())]
    return ["-" if item is None else item.text() for item in items]


def seen(table: KeptRows) -> range:
    """Return the rows on the screen."""
    last = table.rowAt(table.viewport().height() - 1)
    return range(max(table.rowAt(0), 0), last + 1 if last >= 0 else table.rowCount())


def rows_of(numbers: list[int]) -> list[Row]:
    return [(str(number), number % 7) for number in numbers]


def show(table: KeptRows, numbers: list[int]) -> None:
    table.show_rows(rows_of(numbers), lambda number: (f"Row {numbers[number]}", str(numbers[number] % 7)))


def test_rows_on_the_screen_are_written_at_once_and_all_in_the_end(qtbot: QtBot) -> None:
    table = KeptRows(("What", "Rest"), "Rows", 24, {})
    qtbot.addWidget(table)
    table.resize(300, 300)
    table.show()
    chance = random.Random(3)
    numbers = list(range(400))
    for turn in range(24):
        if turn % 6 == 0:
            numbers = [number for number in range(400) if number % 2 == turn // 6 % 2]  # the other page
        elif turn % 6 == 4:
            table.verticalScrollBar().setValue(chance.randrange(table.verticalScrollBar().maximum()))
        else:
            gone = chance.choice(numbers)
            numbers = [it for it in numbers if it != gone]
        show(table, numbers)
        words = told(table)
        assert len(words) == len(numbers)
        assert all(words[at] == f"Row {numbers[at]}" for at in seen(table))
        assert all(word in ("-", f"Row {number}") for word, number in zip(words, numbers, strict=True))
        if turn % 6 == 0:
            assert "-" in words
    qtbot.waitUntil(lambda: table.written)
    assert told(table) == [f"Row {number}" for number in numbers]

"""Boxes to tick in a table."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QTableWidget
from pytestqt.qtbot import QtBot

from annotator.ui.dialogs.parts import ReadTable
from annotator.ui.look import Look
from annotator.ui.ticks import TickColumn, box_of


@pytest.fixture
def table(qapp: QApplication, qtbot: QtBot) -> QTableWidget:
    table = ReadTable(("File", "What"), "Files", 32)
    qtbot.addWidget(table)
    for name in ("one", "two"):
        item = table.add(name, "x")[0]
        item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
        item.setCheckState(Qt.CheckState.Checked)
    TickColumn(Look(qapp), table)
    table.show()
    return table


def ticked(table: QTableWidget) -> list[bool]:
    return [item.checkState() is Qt.CheckState.Checked for row in (0, 1) if (item := table.item(row, 0)) is not None]


def test_a_click_on_the_box_ticks_and_one_on_the_words_only_chooses(table: QTableWidget, qtbot: QtBot) -> None:
    rect = table.visualItemRect(table.item(1, 0))
    for expected in ([True, False], [True, True]):
        qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=box_of(rect).center())
        assert ticked(table) == expected
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=rect.center() + QPoint(20, 0))
    assert ticked(table) == [True, True]
    assert table.currentRow() == 1


def test_the_space_bar_ticks_the_chosen_row(table: QTableWidget, qtbot: QtBot) -> None:
    table.setCurrentCell(0, 0)
    qtbot.keyClick(table, Qt.Key.Key_Space)
    assert ticked(table) == [False, True]


def test_what_is_ticked_is_filled(table: QTableWidget, qapp: QApplication) -> None:
    table.item(1, 0).setCheckState(Qt.CheckState.Unchecked)
    picture, theme = table.viewport().grab().toImage(), Look(qapp).theme
    corners = [box_of(table.visualItemRect(table.item(row, 0))).topLeft() + QPoint(8, 2) for row in (0, 1)]
    assert [picture.pixelColor(corner).name().upper() for corner in corners] == [theme.accent, theme.page]

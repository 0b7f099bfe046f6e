"""The stylesheet of the window, written from the theme's colours; what it cannot say the widgets paint themselves."""

from __future__ import annotations

from collections.abc import Callable
from string import Template

from annotator.ui.theme import Theme

_SHEET = Template("""
QMainWindow, QMenuBar, #bottom, #startPanel { background: $chrome; }
#leftPanel, #rightPanel, #leftPanel QAbstractItemView, #rightPanel QAbstractItemView { background: $panel; }
#page, QDialog { background: $page; }
QDialog { border: 1px solid $line2; }
#leftPanel { border-right: 1px solid $line; }
#rightPanel { border-left: 1px solid $line; }
#bottom { border-top: 1px solid $line; }
#bottom[bare="true"] { background: $page; border-top-color: $page; }
#rule { background: $line; border: none; }
QToolTip, QLabel#card { background: $raised; color: $text; border: 1px solid $line2; padding: 4px 8px; }

QMenuBar { border-bottom: 1px solid $line; padding: 3px 8px; spacing: 0; }
QMenuBar::item { background: transparent; padding: 4px 8px; border-radius: 4px; }
QMenuBar::item:selected { background: $hover; }
QMenuBar::item:pressed { background: $pressed; }
QMenu { background: $raised; border: 1px solid $line2; padding: 4px; }
QMenu::item { padding: 6px 24px 6px 12px; border-radius: 4px; }
QMenu::item:selected { background: $tint; }
QMenu::item:disabled { color: $disabled; }
QMenu::separator { height: 1px; background: $line; margin: 4px 8px; }
QMenu::indicator { width: 0; }
QMenu::icon { padding-left: 8px; }

QLabel { background: transparent; }
QLabel[role="heading"] { font-size: ${f14}px; font-weight: 600; }
QLabel[role="second"] { color: $text2; font-size: ${f12}px; }
QLabel[role="about"] { color: $text2; }
QLabel[role="group"] { color: $accent; font-weight: 600; }
QLabel[role="outlet"] { color: $text2; font-size: ${f12}px; font-weight: 600; }
QLabel[role="third"] { color: $text3; font-size: ${f12}px; }
QLabel[role="strong"] { font-weight: 600; }
QLabel[role="warning"] { color: $warning; }
QLabel[role="error"] { color: $error; }
QLabel[role="cap"] {
  color: $text2; background: $raised; border: 1px solid $line2; border-bottom-width: 2px; border-radius: 4px;
  font-size: ${f11}px; font-weight: 500; padding: 1px 5px;
}

QPushButton {
  background: $raised; color: $text; border: 1px solid $line2; border-radius: 6px;
  padding: 0 12px; min-height: ${c30}px; font-weight: 500; outline: none;
}
QPushButton:hover { background: $hover; }
QPushButton:pressed { background: $pressed; }
QPushButton:focus { border: 2px solid $accent; padding: 0 11px; min-height: ${c28}px; }
QPushButton:disabled { background: transparent; color: $disabled; border-color: $line; }
QPushButton[role="main"] { background: $accent; color: $on_accent; border-color: $accent; font-weight: 600; }
QPushButton[role="main"]:hover, QPushButton[role="main"]:pressed { background: $accent_strong; }
QPushButton[role="main"]:focus { border: 2px solid $text; }
QPushButton[role="main"]:disabled { background: transparent; color: $disabled; border-color: $line; }
QPushButton QLabel { font-weight: 600; }
QPushButton[role="main"] QLabel { color: $on_accent; }
QPushButton[role="main"] QLabel[role="cap"] {
  background: $accent_strong; border: 1px solid $accent_soft; font-weight: 500;
}
QPushButton[role="main"] QLabel:disabled, QPushButton[role="main"] QLabel[role="cap"]:disabled {
  color: $disabled; background: transparent; border-color: $line;
}
QPushButton[role="small"] { min-height: ${c22}px; max-height: ${c22}px; padding: 0 10px; font-size: ${f12}px; }
QPushButton[role="quiet"] { background: transparent; border-color: transparent; }
QPushButton[role="quiet"]:hover { background: $hover; }
QPushButton[role="quiet"]:focus { border-color: $accent; }
QPushButton[role="fold"] {
  background: transparent; border: 2px solid transparent; font-weight: 600; padding: 0 6px 0 2px; min-height: ${c22}px;
}
QPushButton[role="fold"]:hover { background: $hover; }
QPushButton[role="fold"]:focus { border-color: $accent; }
QPushButton[role="delete"] { color: $error; }
QPushButton[role="delete"]:disabled { color: $disabled; }

QToolButton { background: transparent; border: 2px solid transparent; border-radius: 6px; padding: 3px; }
#eye { padding: 0; }
QLineEdit QToolButton { border: 0; padding: 0; border-radius: 4px; }
QToolButton:hover { background: $hover; }
QToolButton:pressed { background: $pressed; }
QToolButton:focus { border-color: $accent; }
QToolButton[role="tick"] { border: 1px solid $line2; padding: 2px 8px; font-size: ${f12}px; }
QToolButton[role="tick"]:focus { border: 2px solid $accent; padding: 1px 7px; }

QToolButton[role="chip"] {
  background: $page; border: 1px solid $line2; border-radius: ${c12}px; padding: 0 10px; font-size: ${f12}px;
}
QToolButton[role="chip"]:hover { background: $hover; }
QToolButton[role="chip"]:checked { background: $tint; border-color: $accent; font-weight: 600; }
QToolButton[role="chip"]:focus { border: 2px solid $accent; padding: 0 9px; }
#queueList { background: $panel; }
#likeCases { background: $sunken; border-radius: 6px; }

QToolButton:checked { background: $tint; border-color: $accent; color: $text; }

QLabel[role="field"] { color: $text2; font-size: ${f12}px; font-weight: 500; }
QLabel[role="good"] { color: $accent; font-weight: 600; }
QLabel[role="bad"] { color: $error; font-weight: 600; }
QLabel[role="badge"] {
  color: $accent; background: $tint; border-radius: 7px; font-size: ${f11}px; font-weight: 600; padding: 1px 8px;
}
QPushButton[role="link"] {
  background: transparent; border: 2px solid transparent; color: $accent; font-weight: 500; padding: 0 2px;
  min-height: ${c22}px;
}
QPushButton[role="link"]:hover { background: $hover; }
QPushButton[role="link"]:focus { border-color: $accent; }
#schemeHead { background: $panel; }
#schemeLabels, #effectsArea, #effects { background: $panel; }
#effectsArea > QWidget > QWidget { background: $panel; }
#example, #attributes { background: $page; border: 1px solid $line2; border-radius: 8px; }
#figureCard { background: $page; border: 1px solid $line; border-radius: 8px; }
#agreementPage, #agreementArea, #agreementCharts { background: $chrome; }
#agreementHead { background: $panel; border-bottom: 1px solid $line; }
#chart, #chart > QWidget, #agreementNotes, #agreementNotes > QWidget, #agreementInside { background: transparent; }
#chart::corner { background: transparent; border: none; }
#figureTable { background: $page; border: 1px solid $line; border-radius: 8px; }
#figureTable:focus { border: 2px solid $accent; }
#exampleWords { background: transparent; border: 2px solid transparent; border-radius: 6px; padding: 0; }
#exampleWords:focus { border-color: $accent; }
#bareField { border: 2px solid transparent; background: transparent; padding: 0 13px; }
#bareField:focus { border-color: $accent; padding: 0 13px; }
#entries, #tickList { background: $page; border: 1px solid $line2; border-radius: 6px; padding: 3px; }
#entries:focus, #tickList:focus { border: 2px solid $accent; padding: 2px; }
#entries::item { padding: 5px 8px; border-radius: 4px; }
#entries::item:hover { background: $hover; }
#entries::item:selected { background: $tint; color: $text; }

#palette { background: $raised; border: 1px solid $line2; border-radius: 12px; }
#decideArea, #decideArea > QWidget, #decideInside { background: transparent; }
#labelsArea, #labelsArea > QWidget, #labelsArea > QWidget > QWidget { background: transparent; }
#picker { background: $raised; border: 1px solid $line2; border-radius: 8px; }
#palette QListView, #picker QListView { background: $raised; }
#paletteField, #paletteField:focus { border: none; background: transparent; padding: 0; }
#pickerField, #pickerField:focus { border: none; background: transparent; padding: 0 16px; }
#equal { background: $raised; border: 1px solid $line2; border-radius: 8px; }
#equal:focus { border: 2px solid $accent; }

#manualPages { background: transparent; }
#manualPages::item { padding: 6px 8px; border-radius: 6px; }
#manualPages::item:hover { background: $hover; }
#manualPages::item:selected { background: $tint; color: $text; }

#segments { background: $sunken; border: 1px solid $line; border-radius: 6px; }
#segments QPushButton {
  background: transparent; border: 2px solid transparent; border-radius: 5px; color: $text2;
  padding: 0 10px; min-height: ${c22}px;
}
#segments QPushButton:hover { color: $text; }
#segments QPushButton:checked {
  background: $raised; border: 1px solid $line2; color: $text; padding: 1px 11px;
}
#segments QPushButton:focus { border: 2px solid $accent; padding: 0 10px; }
#segments[tight="true"] QPushButton { padding: 0 6px; }
#segments[tight="true"] QPushButton:checked { padding: 1px 7px; }
#segments[tight="true"] QPushButton:focus { padding: 0 6px; }

QLineEdit, QComboBox, QSpinBox {
  background: $page; color: $text; border: 1px solid $control; border-radius: 6px;
  padding: 0 9px; min-height: ${c30}px; selection-background-color: $selection; selection-color: $selection_text;
}
QLineEdit:focus, QComboBox:focus, QSpinBox:focus { border: 2px solid $accent; padding: 0 8px; min-height: ${c28}px; }
#note {
  background: $page; color: $text; border: 1px solid $control; border-radius: 6px; padding: 0 4px;
  selection-background-color: $selection; selection-color: $selection_text;
}
#note:focus { border: 2px solid $accent; padding: 0 3px; }
QLineEdit:disabled, QComboBox:disabled { color: $disabled; border-color: $line; background: transparent; }
QSpinBox QLineEdit { border: none; background: transparent; min-height: 0; padding: 0 8px; }
QRadioButton::indicator {
  width: 13px; height: 13px; border: 1px solid $control; border-radius: 7px; background: $page;
}
QRadioButton::indicator:checked { width: 7px; height: 7px; border: 4px solid $accent; }
QRadioButton::indicator:disabled { border-color: $line; }
QComboBox { combobox-popup: 0; padding-right: 0; }
#leftPanel QComboBox { padding-left: 7px; }
#leftPanel QComboBox:focus { padding-left: 6px; }
QComboBox::drop-down, QSpinBox::up-button, QSpinBox::down-button { border: none; background: transparent; width: 24px; }
QComboBox::down-arrow, QSpinBox::up-arrow, QSpinBox::down-arrow { image: none; }
QComboBox QAbstractItemView { background: $raised; border: 1px solid $line2; selection-background-color: $tint; }
QComboBox QAbstractItemView::item { min-height: ${c22}px; padding: 0 6px; }

QAbstractScrollArea { border: none; }
QAbstractItemView {
  border: none; outline: none; background: $page; selection-background-color: $tint; selection-color: $text;
}
QTableView { gridline-color: $line; }
QTableView::item { padding: 0 8px; border-bottom: 1px solid $line; }
QTableView::item:hover { background: $hover; }
QTableView::item:selected { background: $tint; color: $text; }
#checklist::item, #checklist::item:hover, #checklist::item:selected { background: transparent; border: none; }
QHeaderView { background: transparent; border: none; }
QHeaderView::section {
  background: transparent; color: $text3; border: none; border-bottom: 1px solid $line; padding: 4px 8px;
  font-size: ${f12}px; font-weight: 400; text-align: left;
}
QTreeView::item { padding: 3px 4px; }

QScrollBar:vertical { background: transparent; width: 12px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 0; }
QScrollBar::handle { background: $scroll; border-radius: 3px; margin: 3px; }
QScrollBar::handle:vertical { min-height: 32px; }
QScrollBar::handle:horizontal { min-width: 32px; }
QScrollBar::handle:hover { background: $control; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }

QTextBrowser { selection-background-color: $selection; selection-color: $selection_text; }
QPlainTextEdit {
  background: $page; color: $text; border: 1px solid $line2; border-radius: 6px; padding: 8px;
  selection-background-color: $selection; selection-color: $selection_text;
}
QPlainTextEdit:focus { border: 2px solid $accent; padding: 7px; }
QProgressBar { background: $groove; border: none; border-radius: 3px; max-height: 6px; min-height: 6px; }
QProgressBar::chunk { background: $accent; border-radius: 3px; }
QSplitter::handle { background: transparent; }

#unsaved { background: $error; }
#unsaved QLabel { color: $page; font-weight: 600; }
#unsaved QPushButton { background: $page; color: $error; border: 2px solid $page; font-weight: 600; }
#unsaved QPushButton:focus { border-color: $text; }
#notice { background: $notice; border-radius: 6px; border: 1px solid $notice_line; }
#notice QLabel { color: $notice_text; font-weight: 500; }
#notice QPushButton {
  background: transparent; border: 2px solid transparent; color: $notice_action; font-weight: 600; padding: 0 6px;
  min-height: ${c22}px;
}
#notice QPushButton:hover { background: $notice_hover; }
#notice QPushButton:focus { border-color: $notice_action; }
""")


def stylesheet(theme: Theme, px: Callable[[float], int]) -> str:
    """Return the sheet; `px` turns the design's lengths into this system's pixels."""
    lengths = {f"f{size}": str(px(size)) for size in (11, 12, 14)} | {
        f"c{height}": str(px(height)) for height in (12, 22, 28, 30)
    }
    more = {
        "accent_strong": "#095A51" if not theme.dark else "#78D6C5",
        "accent_soft": "#3C887F" if not theme.dark else "#3FA391",
        "groove": theme.line if theme.line != theme.text else theme.pressed,
        "scroll": "#BDBAB1" if not theme.dark else "#55534F",
        "notice_line": theme.notice if not theme.dark else theme.line2,
        "notice_hover": "#333331" if not theme.dark else theme.hover,
    }
    return _SHEET.substitute({**theme._asdict(), **lengths, **more})

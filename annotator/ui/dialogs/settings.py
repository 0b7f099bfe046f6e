"""The settings, made from their table; every choice holds at once. Keys of actions, my name and id."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QStackedWidget,
    QStyle,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from annotator import whoami
from annotator.actions import ACTIONS, BY_ID
from annotator.domain.errors import UserError
from annotator.i18n import _, n_
from annotator.settings import PAGES, Setting, Value, file, on_page
from annotator.ui.dialogs.along import Along, KeyLine
from annotator.ui.dialogs.parts import ReadTable, Sheet, button, say, scrolled
from annotator.ui.fields import DropDown, KeyField, NumberField
from annotator.ui.look import Look
from annotator.ui.preferences import Keys, Preferences
from annotator.ui.widgets import Segments, caption, key_names
from annotator.whoami import Identity

_LOOK, _TAGGING, _KEYS, _ME = PAGES
KEYS_PAGE, ME_PAGE = PAGES.index(_KEYS), PAGES.index(_ME)


class SettingsDialog(Sheet):
    """Four pages: look and reading, tagging, keys, me."""

    def __init__(self, preferences: Preferences, identity: Identity, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(_("Settings"), look, parent)
        self._preferences = preferences
        self.column.setSpacing(16)
        self._tabs, self._stack = Segments([_(page.title) for page in PAGES]), QStackedWidget()
        self._tabs.chosen.connect(self._stack.setCurrentIndex)
        head = QHBoxLayout()
        head.addWidget(self.heading, 1)
        head.addWidget(self._tabs)
        self.column.addLayout(head)
        self.look_page = Choices(preferences, look, on_page(_LOOK))
        self.tagging_page = Choices(preferences, look, on_page(_TAGGING))
        self.keys_page = KeysPage(preferences, look)
        self.me_page = MePage(preferences, identity, look)
        looks, tags = QWidget(), QWidget()
        looks.setLayout(self.look_page)
        tags.setLayout(self.tagging_page)
        for page in (scrolled(looks), scrolled(tags), self.keys_page, scrolled(self.me_page)):
            self._stack.addWidget(page)
        self.column.addWidget(self._stack, 1)
        self.words(_("Kept in {file}").format(file=file()), "third")
        self.column.addLayout(self._told_row())
        self.usual = button(_("Reset this page"), self._reset)
        self.usual.setToolTip(_("What this page shows as it was at first; your name stays"))
        self.buttons(button(_("Close"), self.accept, "main"), left=[self.usual])
        self._fit_to(looks)
        for signal in (preferences.changed, preferences.keys_changed, self._tabs.chosen):
            signal.connect(self._forget)
        next(iter(self.look_page.fields.values())).setFocus()

    def _told_row(self) -> QHBoxLayout:
        self._before: tuple[Mapping[str, Value], Keys] = ({}, {})
        self.told = caption("", "strong")
        self.undo = button(_("Undo"), self._put_back)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.told)
        row.addWidget(self.undo)
        row.addStretch(1)
        self._say("")
        return row

    def _fit_to(self, page: QWidget) -> None:
        """Be as high as the page needs, or as the window below is: then the page scrolls, and Close stays seen."""
        self.fit(640, 480)
        beside = self.column.contentsMargins().left() + self.column.contentsMargins().right()
        wide = self.width() - beside - self.style().pixelMetric(QStyle.PixelMetric.PM_ScrollBarExtent)
        page.ensurePolished()
        around = self.sizeHint().height() - self._stack.sizeHint().height()
        self.fit(640, max(480, round((around + page.heightForWidth(wide)) / self.look.px(100) * 100) + 8))

    def show_page(self, number: int) -> None:
        """Show a page by its number from 0."""
        self._tabs.choose(number)
        self._stack.setCurrentIndex(number)

    @property
    def _choices(self) -> Choices:
        """The settings of the page that is shown; that of the keys has none."""
        pages = {PAGES.index(_TAGGING): self.tagging_page, ME_PAGE: self.me_page.choices}
        return pages.get(self._stack.currentIndex(), self.look_page)

    def _reset(self) -> None:
        if self._stack.currentWidget() is self.keys_page:
            keys = self._preferences.reset_keys()
            self._before, count = ({}, keys), len(keys)
            words = n_(
                "{count} action has its usual keys again.", "{count} actions have their usual keys again.", count
            )
        else:
            values = self._preferences.reset(self._choices.fields)
            self._before, count = (values, {}), len(values)
            words = n_("{count} setting is as it was at first.", "{count} settings are as they were at first.", count)
        self._refresh()
        words = words.format(count=count) if count else _("This page is as it was at first.")
        self._say(words, undo=count > 0)

    def _put_back(self) -> None:
        self._preferences.put_back(*self._before)
        self._refresh()
        self._say(_("All is as before."))
        self.usual.setFocus()  # the button that was pressed is gone

    def _refresh(self) -> None:
        self.look_page.refresh()
        self.tagging_page.refresh()
        self.keys_page.refresh()
        self.me_page.choices.refresh()

    def _say(self, words: str, undo: bool = False) -> None:
        say(self.told, words)
        self.undo.setVisible(undo)

    def _forget(self, _what: object = None) -> None:
        # Undo would take back what was chosen since.
        self._say("")


class Choices(QFormLayout):
    """A form of settings; where they are of several groups, under their names."""

    def __init__(self, preferences: Preferences, look: Look, settings: Sequence[Setting]) -> None:
        super().__init__()
        self._preferences = preferences
        self._look = look
        self.fields: dict[str, DropDown | NumberField] = {}
        self.setContentsMargins(0, 0, 12, 0)  # where a bar comes that scrolls
        self.setHorizontalSpacing(24)
        self.setVerticalSpacing(6)
        group = settings[0].group if settings[0].group == settings[-1].group else ""
        for setting in settings:
            if setting.group != group:
                group = setting.group
                heading = caption(_(group), "heading")
                heading.setContentsMargins(0, 16 if self.fields else 0, 0, 0)
                self.addRow(heading)
            field = self._choice(setting) if setting.choices else self._number(setting)
            field.setAccessibleName(_(setting.title))
            self.fields[setting.id] = field
            row = QHBoxLayout()
            row.setSpacing(12)
            row.addWidget(field)
            about = caption(_(setting.about), "third")
            about.setWordWrap(True)
            row.addWidget(about, 1)
            name = caption(_(setting.title))
            name.setBuddy(field)
            name.setMinimumHeight(look.px(32))
            self.addRow(name, row)
        self.wide = max(look.px(160), *(field.sizeHint().width() for field in self.fields.values()))
        for field in self.fields.values():
            field.setFixedWidth(self.wide)
            # The wheel scrolls the page; it never changes a setting that happens to pass below it.
            field.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            field.installEventFilter(self)
        self.refresh()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Wheel:
            event.ignore()
            return True
        return False

    def _choice(self, setting: Setting) -> DropDown:
        field = DropDown(self._look)
        for value, words in setting.choices:
            field.addItem(_(words), value)
        field.activated.connect(lambda _index: self._preferences.choose(setting.id, field.currentData()))
        return field

    def _number(self, setting: Setting) -> NumberField:
        field = NumberField(self._look)
        field.setRange(setting.least, setting.most)
        field.setSuffix(f" {_(setting.unit)}")
        field.valueChanged.connect(lambda value: self._preferences.choose(setting.id, value))
        return field

    def refresh(self) -> None:
        """Show what holds now."""
        for id, field in self.fields.items():
            value = self._preferences.settings[id]
            if isinstance(field, DropDown):
                field.setCurrentIndex(field.findData(value))
            else:
                field.setValue(int(value))


class _KeyTable(ReadTable):
    """Enter goes on to the new key; the arrows come to the first row that is shown."""

    taken = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.taken.emit()
            return
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up) and self.chosen_row < 0:
            shown = next((row for row in range(self.rowCount()) if not self.isRowHidden(row)), -1)
            if shown >= 0:
                self.selectRow(shown)
            return
        super().keyPressEvent(event)


class KeysPage(QWidget):
    """Every action with its keys; press the new one in the field below."""

    def __init__(self, preferences: Preferences, look: Look) -> None:
        super().__init__()
        self._preferences = preferences
        self.search = QLineEdit()
        self.search.setPlaceholderText(_("Search the actions"))
        self.search.setAccessibleName(_("Search the actions"))
        self.search.textChanged.connect(self._filter)
        self.table = _KeyTable([_("Action"), _("Keys")], _("Actions and their keys"), look.px(28))
        self.table.set_widths(look.px(320))
        self.table.itemSelectionChanged.connect(self._choose)
        self.field = KeyField()
        self.field.setMaximumSequenceLength(1)
        self.field.setClearButtonEnabled(True)
        self.field.setAccessibleName(_("New key"))
        self.table.taken.connect(self.field.setFocus)
        self.take = button(_("Set"), lambda: self._bind(self._pressed()))
        self.none = button(_("No key"), lambda: self._bind(()))
        self.usual = button(_("The usual"), self._take_usual)
        self.words = caption(_("Choose an action, then press its new key in the field."), "second")
        self.words.setWordWrap(True)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.field, 1)
        for one in (self.take, self.none, self.usual):
            row.addWidget(one)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for widget in (self.search, self.table):
            column.addWidget(widget)
        column.addLayout(row)
        column.addWidget(self.words)
        self.refresh()
        self._choose()

    def refresh(self) -> None:
        """Show the keys that hold now."""
        self.table.setRowCount(len(ACTIONS))
        for number, action in enumerate(ACTIONS):
            keys = ",  ".join(" ".join(key_names(key)) for key in self._preferences.settings.keys_of(action.id))
            for column, words in enumerate((f"{_(action.menu)}: {_(action.title).rstrip('…')}", keys)):
                item = QTableWidgetItem(words)
                item.setData(Qt.ItemDataRole.UserRole, action.id)
                if action.id in self._preferences.settings.keys:
                    font = item.font()
                    font.setBold(True)
                    item.setFont(font)
                self.table.setItem(number, column, item)

    @property
    def action(self) -> str:
        """The id of the chosen action, "" for none."""
        chosen = self.table.selectedItems()
        return str(chosen[0].data(Qt.ItemDataRole.UserRole)) if chosen else ""

    def show_action(self, id: str) -> None:
        """Choose an action, and wait for its new key."""
        number = next(number for number, action in enumerate(ACTIONS) if action.id == id)
        self.table.selectRow(number)
        self.field.setFocus()

    def _filter(self, text: str) -> None:
        for number in range(self.table.rowCount()):
            items = (self.table.item(number, column) for column in (0, 1))
            shown = any(item is not None and text.lower() in item.text().lower() for item in items)
            self.table.setRowHidden(number, not shown)

    def _choose(self) -> None:
        for widget in (self.field, self.take, self.none, self.usual):
            widget.setEnabled(bool(self.action))
        self.field.empty()

    def _pressed(self) -> tuple[str, ...]:
        key = self.field.keySequence().toString(QKeySequence.SequenceFormat.PortableText)
        return (key,) if key else ()

    def _take_usual(self) -> None:
        if self.action:
            self._bind(BY_ID[self.action].keys)

    def _bind(self, keys: tuple[str, ...]) -> None:
        action = self.action
        if not action:
            return
        try:
            self._preferences.bind(action, keys)
        except UserError as error:
            self._say(str(error), fault=True)
            return
        self.refresh()
        self.field.empty()
        words = _("“{action}” has the key {key} now.") if keys else _("“{action}” has no key now.")
        self._say(words.format(action=_(BY_ID[action].title).rstrip("…"), key=keys[0] if keys else ""))

    def _say(self, words: str, *, fault: bool = False) -> None:
        self.words.setText(words)
        self.words.setProperty("role", "error" if fault else "second")
        self.words.style().polish(self.words)


class MePage(QWidget):
    """The name beside my spans, the id that never changes, and my own settings.

    `renamed(identity)` once a name is kept, `taken(identity)` once I am who was saved on another computer.
    """

    renamed = Signal(object)
    taken = Signal(object)

    def __init__(self, preferences: Preferences, identity: Identity, look: Look) -> None:
        super().__init__()
        self.choices = Choices(preferences, look, on_page(_ME))
        self.name = QLineEdit(identity.annotator.name)
        self.name.setAccessibleName(_("My name"))
        self.words = caption("", "second")
        self.words.setWordWrap(True)
        self.id = id = caption(identity.annotator.id)
        id.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        keep = button(_("Keep this name"), self._keep)
        self.name.returnPressed.connect(self._keep)
        about = caption(_("By the id colleagues’ programs know that it is you, also under another name."), "third")
        about.setWordWrap(True)
        self.name.setFixedWidth(self.choices.wide)
        named = QHBoxLayout()
        named.setSpacing(12)
        named.addWidget(self.name)
        named.addWidget(keep)
        named.addStretch(1)
        self.choices.insertRow(0, _("My name"), named)
        self.along = Along(self.words.setText)
        self.along.taken.connect(self._take)
        self.key = KeyLine()
        signs = caption(
            _("Packages you send are signed with its secret half; read it to who asks whether it is you."), "third"
        )
        signs.setWordWrap(True)
        rows = (
            (_("My id"), id), ("", about), (_("My key"), self.key), ("", signs),
            (_("On another computer"), self.along), ("", self.words),
        )  # fmt: skip
        for number, (words, field) in enumerate(rows, 1):
            self.choices.insertRow(number, words, field)
        name = self.choices.labelForField(named)
        if isinstance(name, QLabel):
            name.setBuddy(self.name)
        self.setLayout(self.choices)

    def _keep(self) -> None:
        try:
            who = whoami.save_identity(self.name.text())
        except UserError as error:
            self.words.setText(str(error))
            return
        self.words.setText(_("You are {name} now.").format(name=who.annotator.name))
        self.renamed.emit(who)

    def _take(self, who: Identity) -> None:
        self.name.setText(who.annotator.name)
        self.id.setText(who.annotator.id)
        self.key.look_up()
        self.taken.emit(who)

"""The editor of the scheme, over the whole window: labels left, the form in the middle, what it would change right."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFont, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QMenu,
    QPushButton,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from annotator.domain.redrawing import Redrawn
from annotator.editing.schemes import next_version
from annotator.i18n import _, n_
from annotator.ui.bottom import BottomBar
from annotator.ui.dialogs.modal import run
from annotator.ui.icons import icon
from annotator.ui.look import Look
from annotator.ui.scheme.draft import Draft
from annotator.ui.scheme.effectpanel import EffectPanel
from annotator.ui.scheme.entries import Entries
from annotator.ui.scheme.itself import SchemeForm
from annotator.ui.scheme.kinds import ArticleFields, Groups, Relations, Rules
from annotator.ui.scheme.labelform import LabelForm
from annotator.ui.scheme.labellist import LabelList
from annotator.ui.scheme.pages import Empty, Pages, stops_on
from annotator.ui.scheme.sections import SECTIONS, SectionRow
from annotator.ui.scheme.summary import changes, told
from annotator.ui.scheme.watcher import Watcher
from annotator.ui.widgets import Elided, caption, rule

_LEFT, _RIGHT, _NARROW_LEFT, _NARROW_RIGHT, _FORM = 264, 336, 224, 240, 600
_NARROW, _VERY_NARROW, _MARGIN = 1200, 960, 40
_KINDS: dict[str, Callable[[Draft, Look], Entries]] = {
    "relations": Relations,
    "groups": Groups,
    "fields": ArticleFields,
    "rules": Rules,
}


class SchemePage(QFrame):
    """`apply_wanted()`, `left()` with Esc, `import_wanted()`, `export_wanted()`, `all_wanted(Looked)`.

    `lead` is the name of whom the scheme belongs to where that is somebody else: applying proposes it to them.
    """

    apply_wanted = Signal()
    left = Signal()
    import_wanted = Signal()
    export_wanted = Signal()
    all_wanted = Signal(object)

    def __init__(self, draft: Draft, watcher: Watcher, who: str, about: str, look: Look, lead: str = "") -> None:
        super().__init__()
        self._lead = lead
        self.draft, self.watcher, self._look, self._about = draft, watcher, look, about
        self._looked: object = None
        self.setObjectName("page")
        self.labels = LabelList(look)
        self.sections = [SectionRow(table, _(name), look) for table, name in SECTIONS]
        self.form = LabelForm(draft, look)
        self.effects = EffectPanel(look)
        self.bottom = BottomBar(look)
        self.bottom.set_who(who)
        self._kinds: dict[str, Entries | SchemeForm] = {}
        self._at = ""
        self._stops: list[QWidget] = []
        self._lay_out()
        self._connect()
        self.refresh()

    # How it is laid out

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._made_head())
        column.addWidget(rule())
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._made_left())
        row.addWidget(self._made_middle(), 1)
        row.addWidget(self.effects)
        column.addLayout(row, 1)
        column.addWidget(self.bottom)

    def _made_head(self) -> QWidget:
        self._head = head = QFrame()
        head.setObjectName("schemeHead")
        self.title, self.about = Elided(middle=True), Elided("second")
        self.title.setFont(self._look.serif(20, QFont.Weight.DemiBold))
        self.back = QToolButton()
        self.back.setAccessibleName(_("Back to the text"))
        self.back.setToolTip(_("Back to the text  Esc"))
        self.file = QPushButton(_("File…"))
        self.file.setAccessibleName(_("Import or export a scheme file"))
        self.discard = QPushButton(_("Discard"))
        self.apply = QPushButton("")
        self.apply.setProperty("role", "main")
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self.title)
        words.addWidget(self.about)
        row = QHBoxLayout(head)
        row.setContentsMargins(8, 8, 24, 8)
        row.setSpacing(8)
        row.addWidget(self.back)
        row.addLayout(words, 1)
        for pressed in (self.file, self.discard, self.apply):
            pressed.setAutoDefault(True)
            row.addWidget(pressed)
        return head

    def _made_left(self) -> QWidget:
        self._left = QFrame()
        self._left.setObjectName("leftPanel")
        self.add = QToolButton()
        self.add.setAccessibleName(_("Add a label"))
        self.add.setToolTip(_("Add a label  Ins"))
        head = QHBoxLayout()
        head.setContentsMargins(16, 8, 16, 4)
        head.addWidget(caption(_("Labels"), "field"), 1)
        head.addWidget(self.add)
        below = QVBoxLayout()
        below.setContentsMargins(8, 8, 8, 8)
        below.setSpacing(2)
        for section in self.sections:
            below.addWidget(section)
        column = QVBoxLayout(self._left)
        column.setContentsMargins(0, 0, 1, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.labels, 1)
        column.addWidget(rule())
        column.addLayout(below)
        return self._left

    def _made_middle(self) -> QWidget:
        self.empty = Empty(self._look)
        self.stack = Pages()
        self.stack.addWidget(self.empty)
        self.stack.addWidget(self.form)
        inside = QWidget()
        inside.setObjectName("page")
        self._inside = QHBoxLayout(inside)
        self._inside.addWidget(self.stack, 1)
        self._inside.addStretch(0)
        self.stack.setMaximumWidth(self._look.px(_FORM) + 120)
        self.area = QScrollArea()
        self.area.setObjectName("page")
        self.area.setFrameShape(QScrollArea.Shape.NoFrame)
        self.area.setWidgetResizable(True)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setWidget(inside)
        return self.area

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        px, narrow = self._look.px, event.size().width() < self._look.px(_NARROW)
        self._left.setFixedWidth(px(_NARROW_LEFT if narrow else _LEFT))
        self.effects.setFixedWidth(px(_NARROW_RIGHT if narrow else _RIGHT))
        side = 12 if event.size().width() < px(_VERY_NARROW) else 24 if narrow else _MARGIN
        self._inside.setContentsMargins(side, 16, side, 16)

    # What it hears

    def _connect(self) -> None:
        draft = self.draft
        draft.changed.connect(self._follow)
        draft.refused.connect(self.refresh)
        self.labels.picked.connect(self.show_label)
        self.labels.moved.connect(draft.move)
        self.labels.deleted.connect(self._delete)
        self.labels.passed.connect(lambda: self.sections[0].setFocus(Qt.FocusReason.TabFocusReason))
        self.labels.itemActivated.connect(lambda _item: self.form.focus_name())
        self.add.clicked.connect(self.add_label)
        self.empty.begin.clicked.connect(self.add_label)
        for section in self.sections:
            section.clicked.connect(lambda _on=False, section=section: self.show_section(section.table))
        self.form.merge_wanted.connect(self._merge)
        self.form.split_wanted.connect(self._split)
        self.form.delete_wanted.connect(self._delete)
        self.back.clicked.connect(self.left)
        self.file.clicked.connect(self._offer_files)
        self.discard.clicked.connect(draft.discard)
        self.apply.clicked.connect(self.try_apply)
        self.watcher.working.connect(lambda: self.effects.show_nothing(working=self.draft.now.changed))
        self.watcher.looked.connect(self._show_looked)
        self.effects.all_wanted.connect(lambda: self.all_wanted.emit(self._looked))
        self._look.changed.connect(self._tint)
        for keys, act in (
            ("Esc", self.left.emit), ("Ctrl+Return", self.try_apply), ("Ctrl+Enter", self.try_apply),
            ("Ins", self.add_label), ("F6", self.change_sides),
        ):  # fmt: skip
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)
        self._tint()

    def _tint(self) -> None:
        theme = self._look.theme
        self.back.setIcon(icon("chevron-left", theme.text))
        self.add.setIcon(icon("plus", theme.text))
        self.file.setIcon(icon("file", theme.text2))
        self.labels.viewport().update()
        self._say()

    def _offer_files(self) -> None:
        menu = QMenu(self)
        menu.addAction(_("Take a scheme file into the draft…"), self.import_wanted.emit)
        menu.addAction(_("Write the draft to a scheme file…"), self.export_wanted.emit)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.file.mapToGlobal(self.file.rect().bottomLeft()))

    def try_apply(self) -> None:
        """Ask for the draft to be put in force, where there is something to put."""
        if self.apply.isEnabled() and self._head.isEnabled():
            self.apply_wanted.emit()

    def freeze(self, frozen: bool) -> None:
        """Hold everything still while the draft is put in force."""
        for part in (self._head, self._left, self.area, self.effects):
            part.setEnabled(not frozen)
        self._say()

    # What is shown

    def _follow(self) -> None:
        self.refresh()
        self.watcher.ask(self.draft.now, self._at)

    def refresh(self) -> None:
        """Show the draft as it is now."""
        draft = self.draft
        labels = draft.scheme.labels
        off = frozenset(label.id for label in labels) - {label.id for label in draft.scheme.in_use}
        self.labels.show_labels(labels, draft.counts, off, movable=True)
        for section in self.sections:
            section.set_count(len(draft.items(section.table)) if section.table in _KINDS else -1)
        shown = self._at
        if shown not in {table for table, _name in SECTIONS} and draft.scheme.label(shown) is None:
            shown = labels[0].id if labels else ""
        self._show(shown)
        self._say()

    def _say(self) -> None:
        now = self.draft.now
        self.title.set_text(" ".join(now.wanted.name.split()))
        version = next_version(now.before, now.wanted, self.draft.used)
        self.about.set_text(self._about.format(version=version))
        found = changes(now)
        count = sum(found.values())
        self.apply.setText(_("Propose it") if self._lead else _("Apply as version {version}").format(version=version))
        self.apply.setEnabled(count > 0)
        self.apply.setToolTip(_("Ctrl+Return") if count else _("There is nothing to apply yet"))
        self.discard.setEnabled(count > 0)
        words = n_("{count:,} change not applied", "{count:,} changes not applied", count).format(count=count)
        self.bottom.set_saved(words if count else _("No change yet"))
        theme = self._look.theme
        drawn = icon("pencil", theme.warning) if count else icon("check", theme.accent)
        self.bottom.set_sign(drawn)
        self.bottom.set_count(told(found))
        if count:
            words = _("propose it to {lead}") if self._lead else _("apply as version {version}")
            self.bottom.set_hint("Ctrl+Return", words.format(version=version, lead=self._lead))
        else:
            self.bottom.set_hint("Esc", _("back to the text"))

    def show_label(self, id: str) -> None:
        """Show the form of a label, "" for none."""
        self.draft.settle()
        self._show(id)
        self.watcher.ask(self.draft.now, id)

    def show_section(self, table: str) -> None:
        """Show the form of relations, groups, fields, rules, or of the scheme itself."""
        self.draft.settle()
        self._show(table)
        self._kind(table).focus_first()

    def _show(self, at: str) -> None:
        self._at = at
        is_section = at in {table for table, _name in SECTIONS}
        for section in self.sections:
            section.setChecked(section.table == at)
        self.labels.choose("" if is_section else at)
        page: QWidget = self.empty
        if is_section:
            page = self._kind(at)
        elif at:
            self.form.show_label(at)
            page = self.form
        if self.stack.currentWidget() is not page:
            self.stack.setCurrentWidget(page)
            self.area.verticalScrollBar().setValue(0)
        self._order_tabs()

    def _order_tabs(self) -> None:
        """Let Tab go from the head to the labels, through the form, to what it would change."""
        page = self.stack.currentWidget()
        form = self.form.stops() if page is self.form else stops_on(page) if page is not None else []
        stops: list[QWidget] = [self.back, self.file, self.discard, self.apply, self.add, self.labels, *self.sections]
        stops += [*form, self.effects.all]
        if stops != self._stops:
            self._stops = stops
            for before, after in pairwise(stops):
                QWidget.setTabOrder(before, after)

    def _kind(self, table: str) -> Entries | SchemeForm:
        page = self._kinds.get(table)
        if page is None:
            page = _KINDS[table](self.draft, self._look) if table in _KINDS else SchemeForm(self.draft, self._look)
            self._kinds[table] = page
            self.stack.addWidget(page)
        if isinstance(page, Entries):
            page.show_entries()
        else:
            page.show_scheme()
        return page

    def _show_looked(self, looked: object) -> None:
        from annotator.ui.scheme.consequences import Looked

        assert isinstance(looked, Looked)  # the watcher finds nothing else
        self._looked = looked
        self.effects.show_looked(looked, self.draft.scheme)

    # What is done with labels

    def add_label(self) -> None:
        """Add a label and give the keyboard to its name."""
        id = self.draft.add_label()
        if id:
            self.show_label(id)
            self.form.focus_name()

    def _merge(self, id: str) -> None:
        from annotator.ui.scheme.labelmoves import MergeDialog

        dialog = MergeDialog(self.draft, id, self._look, self.window())
        if run(dialog):
            into = str(dialog.into.currentData())
            if self.draft.edit(dialog.make, f"{id}\nmerge"):
                self.show_label(into)

    def _split(self, id: str) -> None:
        from annotator.ui.scheme.labelmoves import SplitDialog

        dialog = SplitDialog(self.draft, id, self._look, self.window())
        if run(dialog):
            made = dialog.id
            if self.draft.edit(dialog.make, f"{id}\nsplit"):
                self.show_label(made)

    def _delete(self, id: str) -> None:
        from annotator.domain import redrawing
        from annotator.ui.scheme.labelmoves import DeleteDialog

        def plain(now: Redrawn) -> Redrawn:
            return redrawing.delete_label(now, id)

        row = self.labels.currentRow()
        if not self.draft.counts.get(id):
            done = self.draft.edit(plain, f"{id}\ndelete")
        else:
            dialog = DeleteDialog(self.draft, id, self._look, self.window())
            done = bool(run(dialog)) and self.draft.edit(dialog.make, f"{id}\ndelete")
        if done and (labels := self.draft.scheme.labels):
            self.show_label(labels[min(row, len(labels) - 1)].id)

    def change_sides(self) -> None:
        """Give the keyboard to the form, or from there back to what stands left."""
        page, chosen = self.stack.currentWidget(), next((one for one in self.sections if one.isChecked()), None)
        held = self.window().focusWidget()
        if held is None or page is None or not self._left.isAncestorOf(held):
            (chosen or self.labels).setFocus(Qt.FocusReason.TabFocusReason)
        elif stops := self.form.stops() if page is self.form else stops_on(page):
            stops[0].setFocus(Qt.FocusReason.TabFocusReason)

    def focus_first(self) -> None:
        """Give the keyboard to the labels, or to what makes the first one."""
        if self.draft.scheme.labels:
            self.labels.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.empty.begin.setFocus(Qt.FocusReason.OtherFocusReason)

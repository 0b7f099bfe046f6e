"""A picture of the article: as what, what goes on it, to where."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from PySide6.QtWidgets import QVBoxLayout, QWidget

from annotator.formats.depicted import Parts
from annotator.i18n import _, later, n_
from annotator.jobs.picturing import numbered
from annotator.ui.dialogs.parts import FileField, Form, Sheet, button, may_be_written, say
from annotator.ui.fields import DropDown
from annotator.ui.look import Look
from annotator.ui.ticks import Tick
from annotator.ui.widgets import caption

FORMATS = ("pdf", "html", "png")
_NAMES = {
    "pdf": later("PDF, to print and to mail"),
    "html": later("Web page (HTML), one file"),
    "png": later("Picture (PNG)"),
}
_KINDS = {"pdf": later("PDF (*.pdf)"), "html": later("Web pages (*.html *.htm)"), "png": later("Pictures (*.png)")}
_ENDINGS = {"pdf": (".pdf",), "html": (".html", ".htm"), "png": (".png",)}
_ROOM = 28
"""Pixels before the words of a tick."""
_ABOUT = {
    "pdf": later("On A4 or Letter, whichever is usual here; the text can be selected and searched."),
    "html": later("Opens in any browser, without a network; it holds no script."),
    "png": later("As wide as the text’s column. What would be too tall goes into several files with numbers."),
}


class Wish(NamedTuple):
    """What was chosen."""

    format: str
    parts: Parts


class PictureDialog(Sheet):
    """A format, some ticks and a file's name; Enter draws. Nothing is written before that.

    The list of spans is ticked for a web page and not for the others, until somebody changes any of the ticks. Of
    labels that are `hidden` in the window it is asked whether they are on the picture; without a word they are not.
    """

    def __init__(
        self,
        suggestion: Path,
        spans: bool,
        last: Wish | None,
        look: Look,
        parent: QWidget | None = None,
        *,
        project: Path,
        hidden: int = 0,
    ) -> None:
        super().__init__(_("Save a picture of the article"), look, parent, heading=_("A picture of the article"))
        self._spans, self._hidden, self._project = spans, hidden, project
        self._format = DropDown(look)
        self._format.addItems([_(_NAMES[format]) for format in FORMATS])
        wish = last or Wish(FORMATS[0], Parts())
        self._format.setCurrentIndex(FORMATS.index(wish.format))
        self._list_chosen = last is not None
        self._heading = Tick(_("Headline and what is below it"), look, wish.parts.heading)
        self._tags = Tick(_("The label’s name at every span"), look, wish.parts.tags)
        self._legend = Tick(_("The labels with their colours and numbers"), look, wish.parts.legend)
        self._table = Tick(_("A list of the spans at the end"), look, wish.parts.table)
        self._unhidden = Tick(_("The spans of hidden labels too"), look, False)
        self._unhidden.setVisible(hidden > 0)
        self._unhidden.toggled.connect(lambda _ticked: self._tell_hidden())
        self._file = FileField(suggestion.with_name(suggestion.name + f".{wish.format}"), _("Save as"), "", _("File"))
        self._file.setMinimumWidth(look.px(420))
        self._lay_out()
        for tick in (self._heading, self._tags, self._legend, self._table):
            tick.clicked.connect(self._choose_list)
        self._file.line.textChanged.connect(lambda _text: self._take_ending())
        self._file.line.textChanged.connect(lambda _text: say(self._fault, ""))
        self._format.currentIndexChanged.connect(lambda _index: self._follow())
        self._follow()
        self.fit(620, 0)  # as low as it can be: what it says takes its room when it is said
        self._file.select_name()

    def _lay_out(self) -> None:
        self._about = caption("", "third")
        self._about.setWordWrap(True)
        self._about.setMinimumWidth(self.look.px(420))
        self._told = caption("", "third")
        self._told.setWordWrap(True)
        self._told.setContentsMargins(_ROOM, 0, 0, 4)
        self._told.setMinimumWidth(self.look.px(420))
        ticks = QWidget()
        column = QVBoxLayout(ticks)
        column.setContentsMargins(0, 13, 0, 2)
        column.setSpacing(0)
        for tick in (self._heading, self._tags, self._legend, self._table, self._unhidden):
            column.addWidget(tick)
        ticks.setFocusProxy(self._heading)
        form = Form(self.look)
        form.add(_("Format"), self._format)
        form.setWidget(form.rowCount(), form.ItemRole.FieldRole, self._about)
        form.add(_("On it"), ticks)
        form.setWidget(form.rowCount(), form.ItemRole.FieldRole, self._told)
        self._tell_hidden()
        form.add(_("File"), self._file)
        self.column.addLayout(form)
        self._there = self.words("", "warning")
        self._fault = self.words("", "error")
        self.column.addSpacing(8)
        self.column.addStretch(1)
        self._save = button(_("Save"), self.accept, "main")
        self.buttons(button(_("Cancel"), self.reject, "quiet"), self._save)

    # ---- what was chosen

    @property
    def wish(self) -> Wish:
        """The format, and what goes on the picture."""
        ticks = (self._heading, self._tags, self._legend, self._table)
        return Wish(FORMATS[self._format.currentIndex()], Parts(*(tick.isChecked() for tick in ticks)))

    @property
    def with_hidden(self) -> bool:
        """Whether spans of labels that are hidden in the window are on the picture."""
        return self._unhidden.isChecked()

    @property
    def path(self) -> Path:
        """Where the picture shall stand; a name that does not end as the format does gets its ending."""
        path, format = self._file.path, self.wish.format
        if not path.name or path.suffix.lower() in _ENDINGS[format]:
            return path
        return path.with_name(f"{path.name}.{format}")

    @property
    def replaces_numbered(self) -> bool:
        """Whether it was said that files with numbers are there, which the picture may replace."""
        return self.wish.format == "png" and _is_there(numbered(self.path, 1))

    def accept(self) -> None:
        """Close, unless the file cannot be written: then that is said."""
        if may_be_written(self._file, self.path, self._project, self._fault):
            super().accept()

    # ---- what is shown

    def _choose_list(self) -> None:
        self._list_chosen = True

    def _follow(self) -> None:
        """Take over another format."""
        format = self.wish.format
        say(self._about, _(_ABOUT[format]))
        self._file.set_kinds(_(_KINDS[format]))
        if not self._list_chosen:
            self._table.setChecked(format == "html")
        for tick in (self._tags, self._legend, self._table):
            tick.setEnabled(self._spans)
        path = self._file.path
        if _format_of(path) not in ("", format):
            self._file.line.setText(str(path.with_suffix(f".{format}")))
        self._offer()

    def _take_ending(self) -> None:
        """Let an ending that is typed choose the format."""
        if format := _format_of(self._file.path):
            self._format.setCurrentIndex(FORMATS.index(format))
        self._offer()

    def _tell_hidden(self) -> None:
        if not self._hidden:
            return say(self._told, "")
        there = n_(
            "{count} label is hidden in the window; its spans are in the picture.",
            "{count} labels are hidden in the window; their spans are in the picture.",
            self._hidden,
        )
        missing = n_(
            "{count} label is hidden in the window; its spans are not in the picture.",
            "{count} labels are hidden in the window; their spans are not in the picture.",
            self._hidden,
        )
        both = [words.format(count=self._hidden) for words in (missing, there)]
        # Room for the longer of the two, or what is below would jump at a tick.
        self._told.setMinimumHeight(0)
        heights = []
        for words in both:
            say(self._told, words)
            heights.append(self._told.heightForWidth(self._told.minimumWidth()))
        self._told.setMinimumHeight(max(heights))
        return say(self._told, both[self.with_hidden])

    def _offer(self) -> None:
        named = bool(self._file.line.text().strip()) and bool(self.path.name)
        words = ""
        if named and _is_there(self.path):
            words = _("{name} is there already and will be replaced.").format(name=self.path.name)
        elif named and self.replaces_numbered:
            words = _("{name} is there already. It will be replaced if the picture takes several files.").format(
                name=numbered(self.path, 1).name
            )
        say(self._there, words)
        self._save.setText(_("Replace") if words else _("Save"))
        self._save.setEnabled(named)


def _format_of(path: Path) -> str:
    """Return the format that a name's ending says, "" for none that is known."""
    return next((format for format, endings in _ENDINGS.items() if path.suffix.lower() in endings), "")


def _is_there(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):  # a name that is too long, or no name at all: told when it is written
        return False

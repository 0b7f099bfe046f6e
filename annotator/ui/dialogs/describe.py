"""About the article: its headline and metadata, to be put right."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtWidgets import QLineEdit, QWidget

from annotator.domain.article import Article
from annotator.domain.errors import UserError
from annotator.i18n import _
from annotator.ui.dialogs.parts import Form, Sheet, button, say
from annotator.ui.look import Look

FIELDS = ("outlet", "byline", "published", "section", "language", "country", "genre", "url")
"""Keys of the metadata that are always offered; others that the article has follow."""

Keep = Callable[[str, Mapping[str, Any]], object]


def words(value: Any) -> str:
    """Return a value of the metadata as one line; a day that was read from other words as it was read."""
    if isinstance(value, Mapping):
        value = value.get("iso") or value.get("raw") or ""
    return value if isinstance(value, str) else "" if value is None else str(value)


def field_name(key: str) -> str:
    """Return what a key of the metadata is called, the key itself where we know no name for it."""
    names = {
        "outlet": _("Outlet"), "byline": _("Byline"), "published": _("Published"), "section": _("Section"),
        "language": _("Language"), "country": _("Country"), "genre": _("Genre"), "url": _("Address"),
    }  # fmt: skip
    return names.get(key, key)


def can_be_written(value: Any) -> bool:
    """Whether a line of text can hold the value; lists, numbers and objects of others are kept as they are."""
    return value is None or isinstance(value, str) or (isinstance(value, Mapping) and value.keys() <= {"iso", "raw"})


class DescribeDialog(Sheet):
    """Enter keeps; `keep(title, meta)` may raise UserError, whose words are said and the dialog stays.

    `judged` are the fields (ids) that the scheme asks of an article: a key of the metadata that is called so is offered
    only where the article has it. `lead` is the name of whom the metadata belong to where that is somebody else.
    """

    def __init__(
        self,
        article: Article,
        editable: bool,
        keep: Keep,
        look: Look,
        parent: QWidget | None = None,
        judged: frozenset[str] = frozenset(),
        lead: str = "",
    ) -> None:
        super().__init__(_("About the article"), look, parent)
        self._article, self._keep = article, keep
        self.words(_about(editable, lead))
        form = Form(look)
        self.title = self._line(article.title, _("Headline"))
        form.add(_("Headline"), self.title)
        self.fields: dict[str, QLineEdit] = {}
        # What the scheme has me judge is asked for in the window; what the outlet says of it stays to be read here.
        offered = [key for key in FIELDS if key in article.meta or key not in judged]
        for key in (*offered, *(key for key in article.meta if key not in FIELDS)):
            value = article.meta.get(key)
            field = self.fields[key] = self._line(words(value), field_name(key))
            field.setReadOnly(not (editable and can_be_written(value)))
            form.add(field_name(key), field)
        self.fields["published"].setPlaceholderText(_("for example 2026-03-17"))
        self.title.setReadOnly(not editable)
        self.column.addLayout(form)
        self.column.addStretch(1)
        self._fault = self.words("", "error")
        if editable:
            self.buttons(
                button(_("Cancel"), self.reject, "quiet"),
                button(_("Propose it") if lead else _("Keep"), self._take, "main"),
            )
        else:
            self.buttons(button(_("Close"), self.reject, "main"))
        self.setMinimumWidth(look.px(560))
        self.title.setFocus()
        # All of it is chosen, from its end on: Qt would do it from its beginning, and a long one shows its end then.
        self.title.end(False)
        self.title.home(True)

    def _line(self, text: str, name: str) -> QLineEdit:
        line = QLineEdit(text)
        line.setAccessibleName(name)
        line.setCursorPosition(0)
        return line

    @property
    def meta(self) -> dict[str, Any]:
        """The metadata as they would be kept: what was not touched is what it was."""
        meta = dict(self._article.meta)
        for key, field in self.fields.items():
            text = field.text().strip()
            if text == words(meta.get(key)).strip() or field.isReadOnly():
                continue
            if text:
                meta[key] = text
            else:
                meta.pop(key, None)
        return meta

    def _take(self) -> None:
        title = self.title.text().strip()
        if (title, self.meta) == (self._article.title, dict(self._article.meta)):
            self.reject()
            return
        try:
            self._keep(title, self.meta)
        except UserError as error:
            say(self._fault, str(error))
        else:
            self.accept()


def _about(editable: bool, lead: str) -> str:
    if not editable:
        return _("Only to be read: nothing can be changed here now.")
    if lead:
        words = _(
            "The metadata belong to {lead}: what you change here goes there as a proposal, with your next package."
        )
        return words.format(lead=lead)
    return _("The text itself never changes. What you change here is one step, and can be undone.")

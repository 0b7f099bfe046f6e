"""An article as it was after a step, read-only; spans of mine that are gone or otherwise now can come back."""

from __future__ import annotations

from typing import Any, NamedTuple

from PySide6.QtWidgets import QHBoxLayout, QWidget

from annotator.domain.article import Article, Layer
from annotator.domain.dates import to_the_minute
from annotator.domain.errors import UserError
from annotator.domain.span import Span, quoted
from annotator.editing import spans
from annotator.editing.history import place
from annotator.i18n import _, n_
from annotator.ui.dialogs.parts import ReadTable, Sheet, button
from annotator.ui.look import Look
from annotator.ui.session import Session
from annotator.ui.text.view import ArticleView
from annotator.ui.widgets import plain_tip

_QUOTED = 120
"""Characters of a span's words that the table shows."""


class _Row(NamedTuple):
    """A span then and now, None where it was not there; one of both is."""

    then: Span | None
    now: Span | None

    @property
    def span(self) -> Span:
        span = self.then or self.now
        assert span is not None
        return span


class MomentDialog(Sheet):
    """The text as it was at the left, at the right what changed since then."""

    def __init__(
        self, session: Session, article: str, step: str, at: str, look: Look, parent: QWidget | None = None
    ) -> None:
        super().__init__(_("The article on {moment}").format(moment=to_the_minute(at)), look, parent)
        store = session.store
        assert store is not None  # the history of an open project led here
        self._session, self._store, self._id = session, store, article
        then = store.article_after(article, step)
        self._article: Article | None = then.get("article", {}).get(article)
        self._layers: dict[str, Layer] = {
            id: layer for id, layer in then.get("layer", {}).items() if session.visible.shows(layer)
        }
        self._spans: list[Span] = sorted(
            (span for span in then.get("span", {}).values() if span.layer in self._layers),
            key=lambda span: (span.start, -span.end, span.id),
        )
        self._text = store.text(self._article.sha256) if self._article is not None else ""
        self._names = {label.id: label.name for label in session.scheme.labels}
        self.words(
            _(
                "Read-only. At the right stands what changed since then. What is gone or changed can be restored; "
                "what was added since stays."
            )
        )
        self.view = ArticleView(self)
        self.view.read_only = True
        self.view.setAccessibleName(_("The text as it was"))
        self.view.set_labels({label.id: label for label in session.scheme.labels})
        self.view.set_theme(look.theme)
        self.table = ReadTable((_("Label"), _("Words"), _("Now")), _("Spans that changed since then"), look.px(32))
        self.table.set_widths(look.px(112), look.px(180), look.px(112))
        self.table.stretch(1)
        both = QHBoxLayout()
        both.setSpacing(16)
        both.addWidget(self.view, 3)
        both.addWidget(self.table, 2)
        self.column.addLayout(both, 1)
        self._count = self.words(" ", "strong")
        self.restore = button(_("Restore this span"), self._restore, "main")
        self.restore_all = button(_("Restore all"), self._restore_all)
        self.restore_all.setToolTip(_("All of yours that are gone or changed, in one step"))
        self.buttons(button(_("Close"), self.reject, "quiet"), self.restore_all, self.restore)
        self.fit(1100, 680)
        self.view.show_article(self._text, self._spans)
        self.table.itemSelectionChanged.connect(self._point)
        self._shown: list[_Row] = []
        # Where the step was done is what one wants to see first.
        self._place = place(store, step, session.visible, session.me.id)
        self._fill()

    def _fill(self) -> None:
        row, first = self.table.chosen_row, not self._shown
        self._shown = self._changed()
        self.table.setRowCount(0)
        for each in self._shown:
            words = quoted(self._text, each.span.fragments, _QUOTED)
            for item in self.table.add(self._names.get(each.span.label, each.span.label), words, _change(*each)):
                item.setToolTip(plain_tip(item.text()))
        count = len(self._shown)
        self._count.setText(
            n_("{count:,} span changed since then.", "{count:,} spans changed since then.", count).format(count=count)
            if count
            else _("No span has changed since then.")
        )
        self.restore_all.setEnabled(bool(self._mine()))
        if self._shown:
            here = self._place.id if self._place is not None else ""
            at = next((number for number, each in enumerate(self._shown) if each.span.id == here), 0)
            self.table.selectRow(at if first else min(max(row, 0), count - 1))
        self._point()

    def _changed(self) -> list[_Row]:
        """Return what is otherwise now than it was, in reading order."""
        now = self._now("span", [span.id for span in self._spans])
        rows = [_Row(span, now.get(span.id)) for span in self._spans if not _alike(span, now.get(span.id))]
        known = {span.id for span in self._spans}
        revision = self._article.revision if self._article is not None else 0
        for span in self._store.spans(self._id, self._session.visible):
            if span.id not in known and span.revision == revision:
                rows.append(_Row(None, span))
        return sorted(rows, key=lambda each: (each.span.start, -each.span.end, each.span.id))

    def _now(self, kind: str, ids: list[str]) -> dict[str, Any]:
        return self._store.values(kind, self._id, ids)

    def _mine(self) -> list[tuple[Span, Span | None]]:
        """Return what I can restore."""
        return [(then, now) for then, now in self._shown if then is not None and self._session.mine(now or then)]

    def _chosen(self) -> _Row | None:
        row = self.table.chosen_row
        return self._shown[row] if 0 <= row < len(self._shown) else None

    def _point(self) -> None:
        row = self._chosen()
        mine = row is not None and row.then is not None and self._session.editable and self._session.mine(row.then)
        self.restore.setEnabled(mine)
        why = ""
        if row is not None and row.then is None:
            why = _("This span was not there then")
        elif row is not None and not mine:
            why = _("Only your own spans can be restored by you")
        self.restore.setToolTip(why)
        span = row.span if row is not None else self._place
        if span is not None:
            self.view.focus_span(span.id)
            self.view.reveal(span.start, span.end)

    def _restore(self) -> None:
        row = self._chosen()
        if row is not None and row.then is not None:
            self._bring_back([(row.then, row.now)])

    def _restore_all(self) -> None:
        self._bring_back(self._mine())

    def _bring_back(self, wanted: list[tuple[Span, Span | None]]) -> None:
        article = self._store.article(self._id)
        if article is None or not wanted:
            return
        layers = self._now("layer", [then.layer for then, _now in wanted])
        try:
            if len(wanted) == 1:
                (then, now), layer = wanted[0], wanted[0][0].layer
                step = spans.restore(then, now, self._layers[layer], layers.get(layer), article.revision)
            else:
                step = spans.restore_all(wanted, self._layers, layers, article.revision)
        except UserError as error:
            self._session.told.emit(str(error), False)
            return
        if self._session.do(step):
            self._fill()


def _alike(then: Span, now: Span | None) -> bool:
    """Whether a span is what it was; the moment of its last change does not count."""
    return now is not None and now._replace(updated=then.updated) == then


def _change(then: Span | None, now: Span | None) -> str:
    if then is None:
        return _("added")
    if now is None:
        return _("gone")
    changed = [
        word
        for word, differs in (
            (_("relabelled"), then.label != now.label),
            (_("moved"), then.fragments != now.fragments),
        )
        if differs
    ]
    return ", ".join(changed) or _("otherwise")

"""An article as it was after a step, read-only; spans of mine that are gone or otherwise now come back one by one."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QWidget

from annotator.domain.article import Article, Layer
from annotator.domain.span import Span
from annotator.editing import spans
from annotator.i18n import _, n_
from annotator.ui.dates import to_the_minute
from annotator.ui.dialogs.parts import ReadTable, Sheet, button
from annotator.ui.look import Look
from annotator.ui.session import Session
from annotator.ui.text.view import ArticleView
from annotator.ui.widgets import plain_tip

_QUOTED = 120
"""Characters of a span's words that the table shows."""


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
            _("Read-only. Spans that are gone or changed since then stand at the right; each one restored is one step.")
        )
        self.view = ArticleView(self)
        self.view.read_only = True
        self.view.setAccessibleName(_("The text as it was"))
        self.view.set_labels({label.id: label for label in session.scheme.labels})
        self.view.set_theme(look.theme)
        self.table = ReadTable((_("Label"), _("Words"), _("Now")), _("Spans that changed since then"), look.px(32))
        self.table.set_widths(look.px(112), look.px(180))
        both = QHBoxLayout()
        both.setSpacing(16)
        both.addWidget(self.view, 3)
        both.addWidget(self.table, 2)
        self.column.addLayout(both, 1)
        self._count = self.words(" ", "strong")
        self.restore = button(_("Restore this span"), self._restore, "main")
        self.buttons(button(_("Close"), self.reject, "quiet"), self.restore)
        self.fit(1100, 680)
        self.view.show_article(self._text, self._spans)
        self.table.itemSelectionChanged.connect(self._point)
        self._shown: list[Span] = []
        self._fill()

    def _fill(self) -> None:
        now = self._now("span", [span.id for span in self._spans])
        self._shown = [span for span in self._spans if not _alike(span, now.get(span.id))]
        row = self.table.chosen_row
        self.table.setRowCount(0)
        for span in self._shown:
            quoted = " ".join(self._text[span.start : span.end][:_QUOTED].split())
            for item in self.table.add(
                self._names.get(span.label, span.label), quoted, _change(span, now.get(span.id))
            ):
                item.setToolTip(plain_tip(item.text()))
        count = len(self._shown)
        self._count.setText(
            n_("{count:,} span changed since then.", "{count:,} spans changed since then.", count).format(count=count)
            if count
            else _("Every span that stood here stands here now.")
        )
        if self._shown:
            self.table.selectRow(min(max(row, 0), count - 1))
        self._point()

    def _now(self, kind: str, ids: list[str]) -> dict[str, Any]:
        return self._store.values(kind, self._id, ids)

    def _chosen(self) -> Span | None:
        row = self.table.chosen_row
        return self._shown[row] if 0 <= row < len(self._shown) else None

    def _point(self) -> None:
        span = self._chosen()
        mine = span is not None and self._session.editable and self._session.mine(span)
        self.restore.setEnabled(mine)
        self.restore.setToolTip("" if mine or span is None else _("Only your own spans can be restored by you"))
        if span is not None:
            self.view.focus_span(span.id)
            self.view.reveal(span.start, span.end)

    def _restore(self) -> None:
        span, article = self._chosen(), self._store.article(self._id)
        if span is None or article is None:
            return
        there = self._now("span", [span.id]).get(span.id)
        layer = self._now("layer", [span.layer]).get(span.layer)
        step = spans.restore(span, there, self._layers[span.layer], layer, article.revision)
        if self._session.do(step):
            self._fill()


def _alike(then: Span, now: Span | None) -> bool:
    """Whether a span is what it was; the moment of its last change does not count."""
    return now is not None and now._replace(updated=then.updated) == then


def _change(then: Span, now: Span | None) -> str:
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

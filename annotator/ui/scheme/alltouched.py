"""All spans that an effect of the draft touches, the newest first, to be looked through before it is applied."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from annotator.domain.article import VisibleLayers
from annotator.editing import schemepreview
from annotator.i18n import _, n_
from annotator.storage.store import Store
from annotator.ui.dialogs.parts import ReadTable, Sheet, button
from annotator.ui.look import Look
from annotator.ui.scheme.consequences import Looked

MOST = 500
"""Spans that are listed; more are not read one by one."""


class AllTouched(Sheet):
    """A table: what stands before, the words of the span, what follows, the article."""

    def __init__(
        self, store: Store, looked: Looked, visible: VisibleLayers, look: Look, parent: QWidget | None = None
    ) -> None:
        super().__init__(_("What is touched"), look, parent)
        effect = looked.shown
        assert effect is not None  # whoever asks has seen one
        found = schemepreview.examples(store, looked.draft, effect, visible, MOST)
        titles = store.articles([example.span.article for example in found])
        words = n_("{count:,} span of yours or imported", "{count:,} spans of yours or imported", len(found))
        rest = effect.spans - len(found)
        more = n_("{count:,} more is not listed here", "{count:,} more are not listed here", rest) if rest > 0 else ""
        parts = [words.format(count=len(found)), *([more.format(count=rest)] if more else [])]
        self.words("; ".join(parts) + ".")
        self.table = ReadTable([_("Before"), _("Span"), _("After"), _("Article")], _("Touched spans"), look.px(32))
        for example in found:
            article = titles.get(example.span.article)
            title = " ".join(article.title.split()) if article is not None else ""
            self.table.add(example.before, example.words, example.after, title)
        self.table.share_width()
        self.column.addWidget(self.table, 1)
        self.buttons(button(_("Close"), self.reject, "main"))
        self.fit(920, 560)
        self.table.setFocus()
        if found:
            self.table.selectRow(0)

"""Where open remarks are, shown in the strip beside the text."""

from __future__ import annotations

from PySide6.QtCore import QObject

from annotator.ui.articles.worklist import Worklist
from annotator.ui.remarks.desk import RemarkDesk
from annotator.ui.session import Session
from annotator.ui.text.margin import Margin

_MOST = 500
"""Dots; more are told from each other by nobody."""


class RemarkMarks(QObject):
    """Follows the list of what is marked; what moves by a word stays within a pixel until something else is said."""

    def __init__(self, session: Session, worklist: Worklist, margin: Margin, parent: RemarkDesk) -> None:
        super().__init__(parent)
        self._session, self._worklist, self._margin = session, worklist, margin
        worklist.changed.connect(self._show)
        session.article_shown.connect(self._show)
        parent.changed.connect(self._show)
        self._show()

    def _show(self) -> None:
        article, spans = self._session.article, self._session.spans
        found = self._worklist.remarked(article.id) if article is not None else ()
        there = (spans.get(id) for id in found)
        self._margin.show_remarks(tuple(sorted(span.start for span in there if span is not None)[:_MOST]))

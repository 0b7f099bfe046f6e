"""What the window says of the moment: which actions make sense, what undo would undo, how many spans, the one hint."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication

from annotator.actions import BY_ID
from annotator.i18n import _, n_
from annotator.ui.actions import Situation
from annotator.ui.hints import Now, hint
from annotator.ui.reports import articles, spans

if TYPE_CHECKING:
    from annotator.ui.window import MainWindow


class Telling:
    """Looks at the parts of a window and says it on its actions and its bottom bar."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window

    def refresh(self) -> None:
        """Say anew what can be done now, and what there is."""
        window, session, view = self._window, self._window.session, self._window.view
        if window.sheets.covered:
            window.actions_.meet(Situation(drawing=True, reviewing=not window.sheets.drafting))
            self.name_history()
            return
        if window.sheets.drawing:
            window.actions_.meet(Situation(drawing=True))
            window.actions_.name_history("", "")
            return
        article, selection = session.article is not None, view.selection is not None
        focused = article and view.focused is not None
        done = session.state == "done"
        window.actions_.meet(Situation(session.store is not None, session.editable, article, selection, focused, done))
        self.name_history()
        hidden = window.visibility.hidden_spans()
        window.bottom.set_count(self._count(hidden) if article else "")
        hand, holding = window.hand, window.hand.holding.label
        suggested = hand.suggested
        now = Now(
            session.editable, window.articles.total > 0, article, selection, focused, len(session.spans) > 0,
            session.state, bool(session.waiting), window.page.finding, window.arrangement.only_text,
            holding.name if holding is not None else "", hand.choosing.picking, hand.picking_entry,
            hand.choosing.showing_equal,
            (suggested.key or suggested.name) if suggested is not None else "", hand.awaits_letters,
            hidden > 0, *hand.proposed, hand.linked, *(self._asked() if focused else ("", 0)),
            *hand.unfinished, *(self._left() if focused else ("", False)),
            piece=window.tagging.piece() if focused and selection else "",
            far=self._far_key() if hand.linked else "",
            foreign=view.focused is not None and not session.mine(view.focused),
        )  # fmt: skip
        pressed, words = hint(now)
        keys = window.preferences.settings.keys_of(pressed) if pressed in BY_ID else (pressed,)
        window.bottom.set_hint(keys[0] if keys else "", words)

    def _far_key(self) -> str:
        """Return the key that offers spans of other articles, "" where the focused span may not be tied to them."""
        window, span = self._window, self._window.view.focused
        keys = window.preferences.settings.keys_of("span.tie.far")
        return keys[0] if keys and span is not None and window.hand.far.ways(span) else ""

    def _left(self) -> tuple[str, bool]:
        """Return what is not finished at the focused span, and whether it could be tied to another and is to none."""
        session, hand, span = self._window.session, self._window.hand, self._window.view.focused
        if span is None or not session.mine(span):
            return "", False
        # Imported here: no start waits for it.
        from annotator.domain import grouping

        links, scheme = session.links, session.scheme
        found = hand.checks.of(span.id) if "checks" in hand.__dict__ else []
        kinds = (kind for kind in grouping.relations(scheme) if not kind.to_registry)
        tied = links.relations_of(span.id) or links.groups_of(span.id)
        may = not tied and any(span.label in (*kind.source, *kind.target) for kind in kinds)
        return found[0].words if found else "", may and session.editable

    def _asked(self) -> tuple[str, int]:
        """Return the name of the attribute whose values the digits choose now, and how many it has."""
        attribute = self._window.hand.saying.offered()
        if attribute is None:
            return "", 0
        return attribute.name, 2 if attribute.type == "yes-no" else len(attribute.choices)

    def _count(self, hidden: int) -> str:
        count = len(self._window.session.spans)
        words = n_("{count:,} span in this article", "{count:,} spans in this article", count).format(count=count)
        words = spans(count) if self._window.arrangement.small else words
        return _("{spans}, {hidden:,} hidden").format(spans=words, hidden=hidden) if hidden else words

    def say_where(self) -> None:
        """Say in the title and the corner which project and which article it is."""
        window, session = self._window, self._window.session
        if session.store is None:
            window.setWindowTitle("Annotator")
            return
        article = session.article
        headline = f"{' '.join(article.title.split())} — " if article is not None and article.title else ""
        window.setWindowTitle(f"{headline}{session.name} — Annotator")
        window.where.setText(f"{session.name} — {articles(session.store.article_count())}  ")
        bar = window.menuBar()
        # The bar gives its corner another place only when its own size is told.
        QApplication.sendEvent(bar, QResizeEvent(bar.size(), bar.size()))

    def name_history(self) -> None:
        """Say in the menu what would be undone and redone."""
        session = self._window.session
        if self._window.sheets.drafting:
            self._window.actions_.name_history("", "")
        elif session.workspace is None or not session.editable:
            self._window.actions_.name_history(None, None)
        else:
            self._window.actions_.name_history(session.workspace.undo_title(), session.workspace.redo_title())

"""The header above the text: state and place, the way on, headline, where it is from."""

from __future__ import annotations

from PySide6.QtGui import QAction, QFont
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from annotator.domain.change import Changed
from annotator.i18n import _, n_
from annotator.ui.articles.delegate import outlet, published
from annotator.ui.icons import icon
from annotator.ui.look import Look
from annotator.ui.session import Session
from annotator.ui.widgets import Lines, MainButton, StateDot, caption, rule, step_button


class Header(QWidget):
    """Stands over the text, as wide as its column."""

    def __init__(self, session: Session, look: Look, actions: dict[str, QAction]) -> None:
        super().__init__()
        self._session = session
        self._look = look
        self._dot, self._place = StateDot(look), caption("", "second")
        self._previous = step_button(actions["article.previous"])
        self._next = step_button(actions["article.next"])
        self._done_action = actions["article.done"]
        self._done = MainButton(self._done_action.shortcut().toString())
        self._done.clicked.connect(self._done_action.trigger)
        self._done_action.changed.connect(self._enable)
        self._title = Lines(look.serif(26, QFont.Weight.DemiBold), look.px(34), 2)
        self._meta = caption("", "second")
        self._time: QLabel | None = None
        self._edit = step_button(actions["article.describe"])
        self._lay_out()
        session.article_shown.connect(self._show)
        session.changed.connect(self._follow)
        look.changed.connect(self._tint)
        self._tint()
        self._enable()

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self._dot)
        top.addWidget(self._place)
        top.addStretch(1)
        top.addWidget(self._previous)
        top.addWidget(self._next)
        top.addSpacing(24)
        top.addWidget(self._done)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 12, 0, 0)
        column.setSpacing(8)
        column.addLayout(top)
        column.addWidget(self._title)
        self._line = line = QHBoxLayout()
        line.setSpacing(6)
        line.addWidget(self._meta)
        line.addWidget(self._edit)
        line.addStretch(1)
        column.addLayout(line)
        column.addSpacing(4)
        column.addWidget(rule())

    def show_time(self, words: str) -> None:
        """Say how long I worked on the article, "" for nothing."""
        if self._time is None:
            self._time = caption("", "second")
            self._time.setToolTip(_("Your active time on this article; it stays on this computer"))
            self._line.insertWidget(1, self._time)
        self._time.setText(f"·  {words}")
        self._time.setVisible(bool(words))

    def _show(self) -> None:
        article, store = self._session.article, self._session.store
        if article is None or store is None:
            return
        number = store.article_index(article.id) or 0
        self._place.setText(_("Article {number:,} of {total:,}").format(number=number + 1, total=store.article_count()))
        self._title.set_text(article.title or _("Without a title"))
        words = len(self._session.text.split())
        parts = [
            outlet(article.meta),
            published(article.meta),
            n_("{words:,} word", "{words:,} words", words).format(words=words),
        ]
        self._meta.setText("  ·  ".join(part for part in parts if part))
        self._follow(None)

    def _follow(self, changed: Changed | None) -> None:
        if changed is None or "layer" in changed.kinds():
            self._dot.set_state(self._session.state)
            self._enable()

    def _enable(self) -> None:
        self._done.setEnabled(self._done_action.isEnabled())
        self._done.say(_("Next unfinished") if self._session.state == "done" else _("Done, next"))
        self._done.setToolTip(self._done_action.statusTip())

    def _tint(self) -> None:
        for button, name in (
            (self._previous, "chevron-left"), (self._next, "chevron-right"), (self._edit, "pencil"),
        ):  # fmt: skip
            button.setIcon(icon(name, self._look.theme.text2))

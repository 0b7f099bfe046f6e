"""The header above the text: state and place, the way on, headline, where it is from."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QFont, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from annotator.domain.article import known
from annotator.domain.change import Changed
from annotator.domain.dates import published
from annotator.i18n import _, n_
from annotator.ui.icons import icon
from annotator.ui.look import Look
from annotator.ui.session import Session
from annotator.ui.states import given_name
from annotator.ui.widgets import Lines, MainButton, StateDot, caption, plain_tip, rule, step_button

_ELIDED = Qt.TextElideMode.ElideRight


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
        self._done = MainButton(self._done_action)
        self._done_action.changed.connect(self._enable)
        self._title = Lines(look.serif(26, QFont.Weight.DemiBold), look.px(32), 2)
        self._outlet, self._meta = caption("", "outlet"), caption("", "second")
        self._home = self._rest = ""
        self._shorter = [""]
        self._bare = self._compact = False
        self._time: QLabel | None = None
        self._edit = step_button(actions["article.describe"])
        self._lay_out()
        session.article_shown.connect(self._show)
        session.changed.connect(self._follow)
        look.changed.connect(self._tint)
        self._tint()
        self._enable()

    def _lay_out(self) -> None:
        self._top, self._about, self._rule = QWidget(), QWidget(), rule()
        top = QHBoxLayout(self._top)
        top.setContentsMargins(0, 0, 0, 0)
        top.setSpacing(8)
        top.addWidget(self._dot)
        top.addWidget(self._place)
        top.addStretch(1)
        top.addWidget(self._previous)
        top.addWidget(self._next)
        top.addSpacing(24)
        top.addWidget(self._done)
        column = self._column = QVBoxLayout(self)
        column.addWidget(self._top)
        column.addWidget(self._title)
        self._line = line = QHBoxLayout(self._about)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(6)
        line.addWidget(self._outlet)
        line.addWidget(self._meta)
        line.addWidget(self._edit)
        line.addStretch(1)
        column.addWidget(self._about)
        column.addWidget(self._rule)
        self.set_compact(False)

    def set_compact(self, compact: bool) -> None:
        """Take less height, for small windows."""
        size, leading = (22, 28) if compact else (26, 32)
        self._title.set_font(self._look.serif(size, QFont.Weight.DemiBold), self._look.px(leading))
        above, between, below = (6, 4, 0) if compact else (10, 6, 0)
        if self._bare:
            # No bar above and no line below: room takes their place, also where the text is scrolled.
            above, between, below = (40, 8, 8) if compact else (60, 12, 8)
        self._column.setContentsMargins(0, above, 0, below)
        self._column.setSpacing(between)
        self._compact = compact

    def set_bare(self, bare: bool) -> None:
        """Leave only what belongs to the text: where it is from, over the headline."""
        self._bare = bare
        for widget in (self._top, self._edit, self._rule):
            widget.setVisible(not bare)
        if self._time is not None:
            self._time.setVisible(not bare and self._time.text().strip(" ·") != "")
        self._column.removeWidget(self._about)
        self._column.insertWidget(1 if bare else 2, self._about)
        self.set_compact(self._compact)
        self._show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._elide()

    def _elide(self) -> None:
        # A byline may name many people; the pencil behind it stays.
        self._outlet.setText(self._outlet.fontMetrics().elidedText(self._home, _ELIDED, self.width() // 2))
        others = [self._outlet, self._edit, *([self._time] if self._time is not None else [])]
        room = self.width() - sum(other.sizeHint().width() + 8 for other in others if not other.isHidden())
        # What matters least goes first: the genre, then the byline.
        shown = next((rest for rest in self._shorter if self._meta.fontMetrics().horizontalAdvance(rest) <= room), "")
        shown = shown or self._meta.fontMetrics().elidedText(self._shorter[-1], _ELIDED, room)
        self._meta.setText(shown)
        whole = "  ·  ".join(filter(None, (self._home, self._rest.strip(" ·"))))
        cut = shown != self._rest or self._outlet.text() != self._home
        self._meta.setToolTip(plain_tip(whole) if cut else "")

    def show_time(self, words: str) -> None:
        """Say how long I worked on the article, "" for nothing."""
        if self._time is None:
            self._time = caption("", "second")
            self._time.setToolTip(_("Your active time on this article; it stays on this computer"))
            self._line.insertWidget(2, self._time)
        self._time.setText(f"·  {words}")
        self._time.setVisible(bool(words) and not self._bare)
        self._elide()

    def _show(self) -> None:
        article, store = self._session.article, self._session.store
        if article is None or store is None:
            return
        self._say_place()
        self._title.set_text(article.title or _("Without a title"))
        words = len(self._session.text.split())
        self._home = " ".join(known(article.meta, "outlet").split())
        parts = [
            published(article.meta),
            known(article.meta, "byline"),
            known(article.meta, "genre"),
            n_("{words:,} word", "{words:,} words", words).format(words=words),
        ]
        if self._bare:
            parts = parts[:1]
        shorter = [] if self._bare else [[*parts[:end], *parts[-1:]] for end in (2, 1)]
        self._shorter = [self._joined(some) for some in (parts, *shorter)]
        self._rest = self._shorter[0]
        self._outlet.setVisible(bool(self._home))
        self._elide()
        self._follow(None)

    def _joined(self, parts: list[str]) -> str:
        rest = "  ·  ".join(" ".join(part.split()) for part in parts if part.strip())
        return f"·  {rest}" if self._home and rest else rest

    def _say_place(self) -> None:
        article, store = self._session.article, self._session.store
        if article is not None and store is not None:
            number = store.article_index(article.id) or 0
            words = _("Article {number:,} of {total:,}")
            words = words.format(number=number + 1, total=store.article_count())
            layer = self._session.layer
            back = layer is not None and layer.returned
            said = given_name("returned" if back else "mine", self._session.round) if self._session.given else ""
            self._place.setText("  ·  ".join(filter(None, (words, said))))

    def _follow(self, changed: Changed | None) -> None:
        # A layer says whether the article was given back.
        quiet = {"span", "remark"} if self._session.given else {"span", "layer", "remark"}
        if changed is not None and not changed.kinds() <= quiet:
            self._say_place()
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

"""Which labels are shown in the text, which stand back, which are hidden: kept by the window, never in a file."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from annotator.domain.change import Changed
from annotator.domain.span import Span
from annotator.i18n import _, n_
from annotator.ui.session import Session
from annotator.ui.text.view import ArticleView

SHOWN, DIMMED, HIDDEN = "shown", "dimmed", "hidden"
_NEXT = {SHOWN: DIMMED, DIMMED: HIDDEN, HIDDEN: SHOWN}


class Visibility(QObject):
    """The state of every label by id, for each project; `changed()` when it is another one.

    `offered(words, take_back)` tells what was done to many at once.
    """

    changed = Signal()
    offered = Signal(str, object)

    def __init__(self, session: Session, view: ArticleView, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._view = view
        self._of_projects: dict[str, dict[str, str]] = {}
        self._states: dict[str, str] = {}
        session.project_opened.connect(self._turn_to_project)
        self.changed.connect(lambda: view.set_shown(self.dimmed, self.hidden))
        view.hidden_wanted.connect(self._reveal_span)

    def of(self, label: str) -> str:
        """Return SHOWN, DIMMED or HIDDEN."""
        return self._states.get(label, SHOWN)

    @property
    def dimmed(self) -> frozenset[str]:
        """The labels that stand back."""
        return self._those(DIMMED)

    @property
    def hidden(self) -> frozenset[str]:
        """The labels that are hidden."""
        return self._those(HIDDEN)

    def hidden_spans(self) -> int:
        """Return how many spans of the shown article are hidden."""
        counts = self._session.spans.counts
        return sum(counts[label] for label in self.hidden)

    def turn(self, label: str) -> None:
        """Go on from shown to dimmed, to hidden, and to shown again."""
        self.set(label, _NEXT[self.of(label)])

    def set(self, label: str, state: str) -> None:
        """Choose the state of one label."""
        if self.of(label) != state:
            self._take({**self._states, label: state})

    def show_all(self) -> None:
        """Show every label again."""
        self._take({})

    def only_focused(self) -> None:
        """Hide all labels but that of the focused span."""
        if (span := self._view.focused) is not None:
            self.only(span.label)

    def only(self, label: str) -> None:
        """Hide all labels but one."""
        session, before = self._session, self._states
        others = {other.id for other in session.scheme.labels} | set(session.spans.counts)
        self._take(dict.fromkeys(others - {label}, HIDDEN))
        count = self.hidden_spans()
        words = n_(
            "Only {name} is shown: {count:,} other span is hidden.",
            "Only {name} is shown: {count:,} other spans are hidden.",
            count,
        )
        self.offered.emit(words.format(name=self._name(label), count=count), lambda: self._take(before))

    def other_links(self) -> None:
        """Draw the links of the focused span, of the paragraph, of all: each time what comes next, and say so."""
        from annotator.ui.text.trunks import WHICH

        ways = tuple(WHICH)
        which = ways[(ways.index(self._view.links_shown) + 1) % len(ways)]
        self._view.show_links(which)
        self._session.told.emit(_(WHICH[which]), False)

    def reveal(self, label: str) -> None:
        """Show a label again that something is to be seen of, and say so."""
        if self.of(label) == HIDDEN:
            self.set(label, SHOWN)
            self._session.told.emit(_("{name} is shown again.").format(name=self._name(label)), False)

    def _reveal_span(self, id: str) -> None:
        if (span := self._session.spans.get(id)) is not None:
            self.reveal(span.label)

    def follow(self, changed: Changed) -> None:
        """Show again what was just given to a span: nobody labels words to see nothing."""
        if not self.hidden or changed.how != "do" or "import" in changed.kinds():
            return
        for change in changed.changes:
            before, after = change.before, change.after
            if isinstance(after, Span) and not (isinstance(before, Span) and before.label == after.label):
                self.reveal(after.label)

    def _name(self, label: str) -> str:
        known = self._session.scheme.label(label)
        return known.name if known is not None else label

    def _those(self, state: str) -> frozenset[str]:
        return frozenset(label for label, its in self._states.items() if its == state)

    def _take(self, states: dict[str, str]) -> None:
        kept = {label: state for label, state in states.items() if state != SHOWN}
        if kept != self._states:
            self._states = kept
            if (store := self._session.store) is not None:
                self._of_projects[str(store.path)] = kept
            self.changed.emit()

    def _turn_to_project(self) -> None:
        store = self._session.store
        self._states = self._of_projects.get(str(store.path), {}) if store is not None else {}
        self.changed.emit()

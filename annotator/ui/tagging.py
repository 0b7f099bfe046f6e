"""What the hand does to spans: from a key or a click to a step, by the focus rule of the design."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from annotator.domain import clock, edges, ids
from annotator.domain.article import VisibleLayers, own_layer
from annotator.domain.change import Change, Step
from annotator.domain.free import NOTHING, Free
from annotator.domain.relation import Relation
from annotator.domain.scheme import Label, as_key
from annotator.domain.span import Fragments, Span
from annotator.editing import spans as editing
from annotator.i18n import _, later, n_
from annotator.ui.session import Session
from annotator.ui.text.view import ArticleView

if TYPE_CHECKING:
    from annotator.domain.labelkeys import Meaning

NOTHING_CHOSEN = later("Select words first, or put the caret in a span.")


class Tagging(QObject):
    """Labels, moves, joins and deletes spans. A selection wins over the focused span. `made(id)` of a new span."""

    made = Signal(str)

    def __init__(self, session: Session, view: ArticleView, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._view = view
        self._made = ""
        """The span made last, by its id."""
        self.without_comma = False
        """Whether a comma at the end of the selected words is left out."""

    @property
    def last(self) -> Label | None:
        """The label that was used last in this project."""
        return self._session.scheme.label(self._session.last_label)

    def named(self, key: str) -> Meaning | None:
        """Return what a key means in the scheme, None where it means no label."""
        from annotator.domain.labelkeys import meanings

        return meanings(self._session.scheme).get(as_key(key))

    def label(self, label: Label, another: bool = False, sets: Free = NOTHING) -> None:
        """Label the selection, else relabel the focused span; `sets` is what the key said of its attributes."""
        session, view = self._session, self._view
        if session.article is None or not self.may_write():
            return
        if view.selection is not None:
            if (chosen := self._chosen()) is not None:
                self.make(label, (chosen,), sets=sets)
        elif (span := view.focused) is None:
            session.told.emit(_(NOTHING_CHOSEN), False)
        elif another:
            self.make(label, span.fragments, sets=sets)
        elif self._relabel(span, label, sets):
            self._session.last_label = label.id

    def _relabel(self, span: Span, label: Label, sets: Free) -> bool:
        """Give a span another label, and what its key says; True where it has both now."""
        from annotator.domain import attributes

        session, scheme = self._session, self._session.scheme
        after = attributes.of_label(scheme, label.id)
        if span.label == label.id:
            values = attributes.taken_over(after, after, span.attributes, sets)
            if values == span.attributes:
                return True
            from annotator.editing import marks

            name = next((one.name for one in after if one.id in sets), label.name)
            return self._mine(span) and session.do(marks.say(span, values, name, clock.now()))
        before = attributes.of_label(scheme, span.label)
        open_ = [one for one in after if one.id not in sets]
        said = {**attributes.suggested(open_, session.text, span.fragments), **sets}
        values = attributes.taken_over(before, after, span.attributes, said)

        def relabelled() -> Step:
            ties = self._outgrown(span, label.id)
            return editing.relabel(span, label.id, label.name, clock.now(), values, ties)

        return self._mine(span) and session.do_made(relabelled)

    def _outgrown(self, span: Span, label: str) -> tuple[Change, ...]:
        """Return the changes of ties that the scheme does not allow a span of another label."""
        session, links = self._session, self._session.links
        relations = [*links.relations_of(span.id), *session.relations_elsewhere(span.id)]
        if span.id not in links and not relations:
            return ()
        from annotator.editing.ties import outgrown

        ends = {end for relation in relations for end in (relation.source, relation.target)}
        others = {end: other.label for end in ends if (other := session.spans.get(end)) is not None}
        if session.store is not None and (away := ends - others.keys()):
            others |= {one.id: one.label for one in session.store.far_spans(away, VisibleLayers.ALL).values()}
        return outgrown(span, label, links.groups_of(span.id), relations, self._session.scheme, others)

    def _hanging(self, span: Span) -> tuple[Change, ...]:
        """Return what hangs on a span and has to change when it goes, in other articles too."""
        links, away = self._session.links, self._session.relations_elsewhere(span.id)
        if span.id not in links and not away:
            return ()
        from annotator.domain.grouping import kinds
        from annotator.editing.ties import hanging

        relations = [*links.relations_of(span.id), *away]
        return hanging(span.id, links.groups_of(span.id), relations, kinds(self._session.scheme))

    def repeat(self) -> None:
        """Label with the label that was used last."""
        if (label := self.last) is not None:
            self.label(label)
        elif self.may_write():
            self._session.told.emit(_("No label was used yet. Press a label’s key first."), False)

    def begun(self, label: Label, fragments: Fragments, sets: Free = NOTHING) -> Free:
        """Return the attributes of a new span of a label: defaults, what the words say, and before both what its
        key `sets`."""
        from annotator.domain import attributes

        own = attributes.of_label(self._session.scheme, label.id)
        open_ = [one for one in own if one.id not in sets]
        return attributes.begun(own, {**attributes.suggested(open_, self._session.text, fragments), **sets})

    def make(
        self,
        label: Label,
        fragments: Fragments,
        repeat: str = "",
        reveal: bool = True,
        sets: Free = NOTHING,
    ) -> str:
        """Label fragments (code points) and focus the span; return its id, "" where none was made.

        Where a span of the label stands there already, that one is focused. Steps of one `repeat` are undone together.
        `sets` is what the key said of its attributes.
        """
        session = self._session
        if session.article is None or not self.may_write():
            return ""
        session.last_label = label.id
        if (twin := self.twin(label, fragments)) is not None:
            self._focus(twin.id, (twin.start, twin.end) if reveal else None)
            if sets:
                self._relabel(twin, label, sets)
            return ""
        id = ids.uuid7()
        step = editing.label(
            session.article, session.layer, session.me, label.id, label.name, fragments,
            id=id, now=clock.now(), scheme_version=session.scheme.version,
            attributes=self.begun(label, fragments, sets), round=session.round,
        )  # fmt: skip
        if not session.do(step._replace(repeat=repeat)):
            return ""
        self._made = id
        self._focus(id, (fragments[0][0], fragments[-1][1]) if reveal else None)
        self.made.emit(id)
        return id

    def _focus(self, id: str, place: tuple[int, int] | None) -> None:
        """Focus a span, and scroll to the place (code points) only if nothing of it can be seen."""
        self._view.focus_span(id, reveal=False)
        first, last = self._view.seen()
        if place is not None and (place[1] < first or last < place[0]):
            self._view.reveal(*place)

    def twin(self, label: Label, fragments: Fragments) -> Span | None:
        """Return my span of a label on exactly these fragments."""
        session = self._session
        if session.article is None:
            return None
        layer = session.layer or own_layer(session.article.id, session.me.id, session.round)
        near = session.spans.with_hull(fragments[0][0], fragments[-1][1])
        twins = (span for span in near if span.fragments == fragments)
        return next((span for span in twins if span.label == label.id and span.layer == layer.id), None)

    def _chosen(self) -> tuple[int, int] | None:
        """Return the selection without blanks at its edges; where nothing else is in it the user is told."""
        selection = self._view.selection
        chosen = edges.trimmed(self._session.text, *selection, comma=self.without_comma) if selection else None
        if chosen is None:
            self._session.told.emit(_("Only blanks are selected."), False)
        return chosen

    def add_fragment(self) -> None:
        """Add the selection to the focused span."""
        span = self._view.focused
        if self._session.article is None or not self.may_write():
            return
        if self._view.selection is None or span is None:
            self._session.told.emit(_("Select the words to add while the span is focused."), False)
            return
        chosen = self._chosen()
        if chosen is None:
            return
        # On the way to the second piece the caret has focused the span around both, which holds the words already.
        span = self._begun(span, chosen) or span
        if self._mine(span) and self._session.do_made(lambda: editing.add_fragment(span, chosen, clock.now())):
            self._focus(span.id, chosen)
            if any(self._alike(span, other, chosen) for other in self._session.spans):
                said = _("Added; another {name} stands on the same words.")
                self._session.told.emit(said.format(name=self._session.scheme.name_of(span.label)), True)

    def _alike(self, span: Span, other: Span, words: tuple[int, int]) -> bool:
        """Whether another span of the label and of the same hand holds some of the words (code points)."""
        if other.id == span.id or (other.label, other.layer) != (span.label, span.layer):
            return False
        return any(start < words[1] and words[0] < end for start, end in other.fragments)

    def piece(self) -> str:
        """Return what the selected words can be to a span, in the words of `hints.Now.piece`."""
        span, selection, text = self._view.focused, self._view.selection, self._session.text
        if span is None or selection is None or not self._session.mine(span):
            return ""
        if (chosen := edges.trimmed(text, *selection)) is None:
            return ""
        if self._begun(span, chosen) is not None:
            return "made last"
        if not any(start <= chosen[0] and chosen[1] <= end for start, end in span.fragments):
            return "add"
        return "take away" if edges.without(text, span.fragments, chosen) else ""

    def _begun(self, focused: Span, chosen: tuple[int, int]) -> Span | None:
        """Return the span made last, where the focused one holds the chosen words already and that one does not."""
        made = self._session.spans.get(self._made)
        holds = any(start <= chosen[0] and chosen[1] <= end for start, end in focused.fragments)
        if not holds or made is None or made.id == focused.id:
            return None
        return None if any(start < chosen[1] and chosen[0] < end for start, end in made.fragments) else made

    def take_away(self) -> None:
        """Take the selected words away from the focused span, or the piece with the caret."""
        span, selection = self._view.focused, self._view.selection
        if span is None or not self._mine(span):
            return
        if selection is None and len(span.fragments) == 1:
            self._session.told.emit(_("Select the words of the span that are to be taken away."), False)
            return
        away = selection or span.fragments[edges.piece_at(span.fragments, self._view.caret)]
        left = edges.without(self._session.text, span.fragments, away)
        if not left:
            self._session.told.emit(_("That would be the whole span: Delete does that."), False)
        elif left == span.fragments:
            self._session.told.emit(_("These words are not in the focused span."), False)
        elif self._session.do_made(lambda: editing.take_away(span, left, clock.now())):
            self._view.focus_span(span.id, reveal=False)

    def fit(self) -> None:
        """Fit the focused span to the selection: a piece that holds it becomes it, else the nearest grows to it."""
        span = self._view.focused
        if span is None or self._view.selection is None:
            self._session.told.emit(_("Select the words that the span is to hold while it is focused."), False)
            return
        chosen = self._chosen()
        if chosen is None or not self._mine(span):
            return
        fragments = edges.fitted(span.fragments, chosen)
        if fragments == span.fragments:
            self._session.told.emit(_("The span holds just these words already."), False)
        elif self._session.do_made(lambda: editing.move(span, fragments, clock.now())):
            self._view.focus_span(span.id, reveal=False)

    def move(self, edge: str, direction: int, unit: str) -> None:
        """Move the "start" or "end" of the focused span's piece with the caret by a "word" or "character": -1 or 1."""
        span = self._view.focused
        if span is None or not self._mine(span):
            return
        # Of a split span it is the piece with the caret.
        piece = edges.piece_at(span.fragments, self._view.caret)
        fragments = edges.moved(self._session.text, span.fragments, piece, edge, direction, unit)
        if fragments == span.fragments:
            return
        repeat = f"{span.id} {piece} {edge} {unit}"
        if self._session.do_made(lambda: editing.move(span, fragments, clock.now(), repeat)):
            self._view.reveal(*fragments[min(piece, len(fragments) - 1)])

    def may_change(self, span: Span) -> bool:
        """Whether the span is mine to change; where not, the user is told why."""
        return self._mine(span)

    def place(self, span: Span, fragments: Fragments) -> None:
        """Put the span elsewhere, as a drag of its handles does."""
        if self._mine(span) and self._session.do_made(lambda: editing.move(span, fragments, clock.now())):
            self._view.focus_span(span.id, reveal=False)

    def moves(self) -> dict[str, Callable[[], None]]:
        """Return what moves a boundary, by the action's id."""
        found: dict[str, Callable[[], None]] = {}
        for edge in ("start", "end"):
            for word, direction in (("left", -1), ("right", 1)):
                for unit, ending in (("word", ""), ("character", ".character")):
                    found[f"span.{edge}.{word}{ending}"] = partial(self.move, edge, direction, unit)
        return found

    def delete(self) -> None:
        """Delete the focused span."""
        span, selection = self._view.focused, self._view.selection
        if span is not None and selection and not (span.start <= selection[0] and selection[1] <= span.end):
            # The eye is on the words that are selected, not on a span elsewhere that a piece could be added to.
            self._session.told.emit(_("Other words are selected. Press Esc first, then Delete."), False)
            return
        if span is None or not self._mine(span):
            return
        ties: tuple[Change, ...] = ()

        def deleted() -> Step:
            nonlocal ties
            ties = self._hanging(span)
            return editing.delete(span, ties)

        if self._session.do_made(deleted):
            name = self._session.scheme.name_of(span.label)
            self._view.set_caret(span.start)
            words = _("{name} deleted").format(name=name)
            if ties:
                more = n_("{count} tie of it went with it", "{count} ties of it went with it", len(ties))
                words = _("{what}; {more}").format(what=words, more=more.format(count=len(ties)))
            if away := self._ends_elsewhere(ties):
                more = n_("{count} led to another article", "{count} led to other articles", away)
                words = _("{what}; {more}").format(what=words, more=more.format(count=away))
            self._session.told.emit(words, True)

    def _ends_elsewhere(self, ties: tuple[Change, ...]) -> int:
        """Return how many of the changes are of relations with an end in another article."""
        spans = self._session.spans
        relations = [change.value for change in ties if isinstance(change.value, Relation)]
        return sum(one.source not in spans or one.target not in spans for one in relations)

    def _mine(self, span: Span) -> bool:
        if not self.may_write():
            return False
        if not self._session.mine(span):
            self._session.told.emit(_("This span is a colleague’s: it can be read, not changed."), False)
            return False
        return True

    def may_write(self) -> bool:
        """Whether the shown article may be changed; where not, the user is told why."""
        if self._session.waiting:
            self._session.told.emit(_("First save the step that waits, or give it up."), False)
        elif self._session.altered:
            self._session.told.emit(_("This article can be read, not changed: its text was altered."), False)
        elif not self._session.editable:
            self._session.told.emit(_("This project is open for reading only."), False)
        return self._session.editable

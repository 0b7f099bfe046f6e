"""Setting a place oneself: it is edited with the ordinary keys, and nothing is written before the end."""

from __future__ import annotations

from annotator.domain import ids
from annotator.domain.article import Annotator, Layer
from annotator.domain.change import Change, Changed, Step
from annotator.domain.layerref import LayerRef, consensus_layer
from annotator.domain.sides import Ground
from annotator.domain.span import Span
from annotator.review.decide import Content
from annotator.review.standing import Item
from annotator.storage.store import Store
from annotator.ui.review.parts import answers
from annotator.ui.session import Session
from annotator.ui.spans.ordered import OrderedSpans
from annotator.whoami import Identity


class OwnDraft(Session):
    """A session of its own for the spans of one difference: steps are done and undone here, in memory.

    What works on a session (`Tagging`) works on it as well.
    """

    def __init__(self, identity: Identity, ground: Ground, item: Item) -> None:
        super().__init__(identity)
        self.id = item.id
        """Of the difference whose spans they are."""
        self.article, self.text, self.scheme = ground.article, ground.text, ground.scheme
        self.base: LayerRef | None = None
        """The reading that it begins with, None for the consensus as it is."""
        began = [_mine(span, self.me, self._layer) for span in self._begun(item, ground)]
        self.layers = {self._layer.id: self._layer}
        self.spans = OrderedSpans(began)
        self._done: list[Step] = []
        self._undone: list[Step] = []

    def _begun(self, item: Item, ground: Ground) -> list[Span]:
        if item.consensus:
            return list(item.consensus)
        answer = next((one for one in answers(item.difference) if one.span is not None), None)
        if answer is None or answer.span is None:
            return []
        self.base = ground.refs[answer.sides[0]]
        return [answer.span]

    @property
    def _layer(self) -> Layer:
        assert self.article is not None  # given in __init__
        return consensus_layer(self.article.id)

    @property
    def layer(self) -> Layer | None:
        """The consensus."""
        return self._layer

    @property
    def store(self) -> Store | None:
        """None: nothing is written."""
        return None

    @property
    def editable(self) -> bool:
        """It is there to be edited."""
        return True

    @property
    def edited(self) -> bool:
        """Whether anything is other than at the beginning."""
        return bool(self._done)

    @property
    def first(self) -> str:
        """The id of the first of the spans, "" where there is none."""
        return next((span.id for span in self.spans), "")

    def fits(self, ground: Ground) -> bool:
        """Whether it is of this text and this scheme."""
        article = self.article
        return article is not None and (article.id, article.sha256, self.scheme.version) == (
            ground.article.id, ground.article.sha256, ground.scheme.version
        )  # fmt: skip

    def side(self, ground: Ground) -> int:
        """Return the number of the side that it begins with, -1 where that is none of these."""
        return ground.refs.index(self.base) if self.base in ground.refs else -1

    def mine(self, span: Span) -> bool:
        """Whether the span is one of the place."""
        return span.id in self.spans

    def do(self, step: Step) -> bool:
        """Do a step here."""
        self._done.append(step)
        self._undone.clear()
        self._apply(step)
        return True

    def undo(self) -> Changed | None:
        """Take the last step back; None where there is none."""
        return self._again(self._done, self._undone)

    def redo(self) -> Changed | None:
        """Do again what was taken back."""
        return self._again(self._undone, self._done)

    def _again(self, source: list[Step], target: list[Step]) -> Changed | None:
        if not source:
            return None
        step = source.pop()
        back = step.inverse()
        target.append(back)
        self._apply(back)
        return Changed(step.title, back.changes)

    def _apply(self, step: Step) -> None:
        spans: list[Change] = []
        for change in step.changes:
            if isinstance(change.value, Span):
                self.spans.apply(change)
                spans.append(change)
        self.folded.emit(spans)

    def contents(self) -> tuple[Content, ...]:
        """Return the spans as they are now."""
        return tuple(Content(span.label, span.fragments, span.attributes) for span in self.spans)


def _mine(span: Span, me: Annotator, layer: Layer) -> Span:
    return span._replace(id=ids.uuid7(), layer=layer.id, annotator=me.id, state="ok", note="")

"""Which span has the focus: the rule of the design, pure."""

from __future__ import annotations

from annotator.domain.span import Span
from annotator.ui.text.held import HeldSpans
from annotator.ui.text.selection import Selection


class Focus:
    """The focused span of an article.

    Moving the caret focuses the innermost span under it. While words are selected the span that was focused last
    keeps the focus, or gets it back: it is the one that the selection can be added to as a fragment.
    """

    def __init__(self, held: HeldSpans) -> None:
        self._held = held
        self._id: str | None = None
        self._last: str | None = None

    @property
    def span(self) -> Span | None:
        """The focused span."""
        return self._held.get(self._id) if self._id is not None else None

    def follow(self, selection: Selection) -> None:
        """Let the focus follow the caret."""
        if selection.range is not None:
            self._id = self._last if self._last is not None and self._held.get(self._last) else None
            return
        around = self._held.around(selection.caret)
        self.set(around[0].id if around else None)

    def set(self, id: str | None) -> None:
        """Focus a span, or none."""
        self._id = id
        if id is not None:
            self._last = id

    def leave(self) -> None:
        """Take the focus from every span, and do not give it back."""
        self._id = self._last = None

    def outer(self, caret: int) -> Span | None:
        """Return the next larger span around the caret, from the focused one outward."""
        around = self._held.around(caret)
        here = self.span
        if here is None or here not in around:
            return around[0] if around else None
        index = around.index(here) + 1
        return around[index] if index < len(around) else None

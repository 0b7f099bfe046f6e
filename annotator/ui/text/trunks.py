"""Which links are drawn: those of the focused span, of the paragraph with the caret, or of all on the screen."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from annotator.domain.links import Link, Links
from annotator.domain.span import Span
from annotator.i18n import later
from annotator.ui.text.held import HeldSpans

if TYPE_CHECKING:
    from annotator.ui.text.arrows import Trunk

FOCUSED, PARAGRAPH, ALL = "focused", "paragraph", "all"
WHICH = {
    FOCUSED: later("Links are shown of the focused span."),
    PARAGRAPH: later("Links are shown of the paragraph with the caret."),
    ALL: later("Links are shown of all spans on the screen."),
}
"""Whose links can be drawn, in the order in which one goes through them, and how that is told."""


def trunks(held: HeldSpans, links: Links, within: tuple[int, int] | None, focused: Span | None) -> tuple[Trunk, ...]:
    """Return the links of the focused span above those of the spans ``within`` (code points), None for none of them."""
    found: list[Trunk] = []
    if within is not None:
        here = sorted(held.index.query(*within), key=lambda span: (span.start, span.id))
        for id, others in links.trunks(span.id for span in here):
            # A tie of the focused span would else be drawn twice, side by side.
            if focused is None or focused.id not in (id, *(link.other for link in others)):
                found += _trunk(held, id, others, strong=False)
    if focused is not None:
        found += _trunk(held, focused.id, links.of(focused.id), strong=True)
    return tuple(found)


def _trunk(held: HeldSpans, id: str, links: Iterable[Link], *, strong: bool) -> list[Trunk]:
    # A window that never draws a link need not load how they run.
    from annotator.ui.text.arrows import Trunk

    span = held.get(id)
    ends = tuple((other, link) for link in links if (other := held.get(link.other)) is not None)
    return [Trunk(span, ends, strong)] if span is not None and ends else []

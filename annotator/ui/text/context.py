"""What a paint of the text needs to know, frozen."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from annotator.ui.text.looks import Looks
from annotator.ui.text.typography import Typography

if TYPE_CHECKING:
    from annotator.ui.text.arrows import Trunk


class PaintContext(NamedTuple):
    """All that a paint needs to know; positions in code points, pixels of the painter."""

    looks: Looks
    type: Typography
    left: float
    """Where the column begins."""
    top: float
    bottom: float
    """What lies wholly above `top` or below `bottom` is not drawn."""
    ratio: float
    height: float = 0.0
    """Of the whole screen, of which a part may be drawn."""
    selection: tuple[int, int] | None = None
    caret: int | None = None
    focused: str | None = None
    hovered: str | None = None
    lit: frozenset[str] = frozenset()
    """Spans (by id) that are lit as the one under the pointer is: those of its group."""
    trunks: tuple[Trunk, ...] = ()
    """Links that are drawn."""
    article: str = ""
    handles: bool = True
    marks: tuple[tuple[int, int], ...] = ()
    """What was found, in order and none over another."""
    frames: tuple[tuple[int, int], ...] = ()
    """What is to be decided on, in order and none over another: a ring round the words, whoever's spans they are."""
    tags: bool = True
    paper: bool = False
    """Not for a screen: no pixmaps, which belong to the window's thread, and no line but those between the edges."""

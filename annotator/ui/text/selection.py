"""Caret and selection in code points: where a move leads, what a hold on Shift keeps."""

from __future__ import annotations

from typing import NamedTuple

from annotator.domain import edges, graphemes, words


class Selection(NamedTuple):
    """Where the selection was begun and where the caret stands, in code points; the same place: nothing selected."""

    anchor: int = 0
    caret: int = 0

    @property
    def range(self) -> tuple[int, int] | None:
        """The selected ``[start, end)``, None when nothing is selected."""
        if self.anchor == self.caret:
            return None
        return min(self.anchor, self.caret), max(self.anchor, self.caret)

    def to(self, position: int, extend: bool) -> Selection:
        """Return the selection after the caret went to a position."""
        return Selection(self.anchor if extend else position, position)


def stepped(text: str, selection: Selection, where: str, extend: bool) -> Selection | None:
    """Return the selection after a move that needs no lines; None for a move that does.

    "left" and "right" are backwards and forwards in the text. Without Shift they collapse a selection to its edge.
    Steps by word stop at a word's end going forwards and at its start going back, so that what they select
    begins and ends with a word.
    """
    if not extend and selection.range is not None and where in ("left", "right"):
        return selection.to(selection.range[0 if where == "left" else 1], False)
    target = _target(text, selection.caret, where)
    return None if target is None else selection.to(target, extend)


def _target(text: str, caret: int, where: str) -> int | None:
    if where == "left":
        return graphemes.previous_boundary(text, caret)
    if where == "right":
        return graphemes.next_boundary(text, caret)
    if where == "word left":
        return words.previous_word_start(text, caret)
    if where == "word right":
        return words.next_word_end(text, caret)
    if where == "text start":
        return 0
    if where == "text end":
        return len(text)
    return None


def by_units(text: str, first: tuple[int, int], position: int, unit: str) -> Selection:
    """Return the selection of a drag that began with a double click ("word") or a triple click ("sentence").

    `first` is the unit under the click; whole units up to the one at the position are added to it.
    """
    if unit == "word":
        here = words.word_at(text, position) or (position, position)
    else:
        here = words.sentence_at(text, position)
    if position < first[0]:
        return Selection(first[1], edges.after_marks(text, min(here[0], first[0]), first[1]))
    return Selection(first[0], max(here[1], first[1]))

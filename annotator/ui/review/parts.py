"""What of a difference is shown where: the answers on its cards, what of them differs, whose spans the text holds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

from annotator.domain.layerref import LayerRef
from annotator.domain.scheme import Scheme
from annotator.domain.sidelanes import Whose
from annotator.domain.span import Fragments, Span
from annotator.i18n import _
from annotator.review.differences import ABSENT, AGREED, Difference
from annotator.review.standing import DISCUSSED, LEFT, SETTLED, Item

_KEYS = 9


class Answer(NamedTuple):
    """What one or several sides (their numbers) say; `span` is None where they have nothing, or for a field."""

    sides: tuple[int, ...]
    span: Span | None = None
    value: Any = None
    key: str = ""
    """The digit that takes it, "" where it is beyond the digits."""

    @property
    def empty(self) -> bool:
        """Whether these sides have nothing here."""
        return self.span is None and self.value is None


def answers(difference: Difference) -> list[Answer]:
    """Return the different answers, by their first sides; those who say the same are one.

    Each side has a digit, and whoever says the same shares it; of more sides than digits each answer has one.
    """
    by_answer: dict[int, list[int]] = {}
    for number in difference.present:
        by_answer.setdefault(difference.alike[number], []).append(number)
    many, found = len(difference.spans) > _KEYS, list[Answer]()
    for place, sides in enumerate(by_answer.values()):
        number = place if many else sides[0]
        value = difference.values[sides[0]] if difference.values and difference.alike[sides[0]] != ABSENT else None
        key = str(number + 1) if number < _KEYS else ""
        found.append(Answer(tuple(sides), difference.spans[sides[0]], value, key))
    return found


def of_digit(difference: Difference, digit: int) -> Answer | None:
    """Return the answer that a digit takes (from 0: that of the first side, or the first one), None where none."""
    found = answers(difference)
    if len(difference.spans) > _KEYS:
        return found[digit] if digit < len(found) else None
    return next((one for one in found if digit in one.sides), None)


def both_key(sides: int) -> str:
    """Return the key for "both are right": the digit behind those of two sides, of more a letter."""
    return "3" if sides <= 2 else "B"


def stands_alone(item: Item, side: int) -> bool:
    """Whether a side (its number) says something here that no other side says."""
    alike = item.difference.alike
    return side in item.difference.present and sum(
        alike[number] == alike[side] for number in item.difference.present
    ) == 1  # fmt: skip


def common(many: Sequence[Fragments]) -> Fragments:
    """Return the code points that all have."""
    left = list(many[0]) if many else []
    for other in many[1:]:
        left = [(max(a, c), min(b, d)) for a, b in left for c, d in other if max(a, c) < min(b, d)]
    return tuple(left)


def differing(mine: Fragments, others: Sequence[Fragments]) -> Fragments:
    """Return the part of my fragments that not all others have; all of them where there is no other."""
    if not others:
        return mine
    shared, result = common([mine, *others]), []
    for start, end in mine:
        at = start
        for low, high in shared:
            if low < end and high > start:
                if at < low:
                    result.append((at, low))
                at = high
        if at < end:
            result.append((at, end))
    return tuple(result)


def filled(difference: Difference, answer: Answer) -> Fragments:
    """Return what of an answer's words is drawn as what differs: the rest of them all have."""
    if answer.span is None:
        return ()
    if difference.missing or difference.kind == "label":
        return answer.span.fragments
    spans = [span.fragments for span in difference.spans if span is not None and span is not answer.span]
    return differing(answer.span.fragments, spans)


def word_count(text: str, fragments: Fragments) -> int:
    """Return how many words the fragments hold, parted by blanks."""
    return sum(any(sign.isalnum() for sign in word) for start, end in fragments for word in text[start:end].split())


class Shown(NamedTuple):
    """What the text shows of an item: its spans, whose each is (None: everybody's, pale), and words for its tag."""

    spans: tuple[Span, ...] = ()
    sides: tuple[int | None, ...] = ()
    words: tuple[str, ...] = ()


def shown(item: Item, current: bool, sides: int, scheme: Scheme) -> Shown:
    """Return what the text shows of an item, one of so many sides.

    A difference as it stands with each side; of what is settled the consensus, but for the `current` one; of what all
    have one of the spans.
    """
    one, status = item[0], item[1]  # by place: of an article that is opened it is hundreds of them
    present = [(number, span) for number, span in enumerate(one[3]) if span is not None]
    open_ = status in LEFT or status == DISCUSSED or current
    kind = one[2]
    if not open_ or kind == AGREED or not present:
        pale = item.consensus if status == SETTLED or not present else (present[0][1],)
        return Shown(pale, (None,) * len(pale), ("",) * len(pale))
    if kind in ("attribute", "link"):
        # The words are the same: one bar, and the tag says what is not. As an ordinary span, it stands below the line.
        span = present[0][1]
        return Shown((span,), (_NOBODYS,), (f"{scheme.name_of(span.label)}: {what_differs(one, scheme)}",))
    numbers, spans = zip(*present, strict=True)
    if sides <= 2:
        return Shown(spans, numbers, ("",) * len(spans))
    return Shown(spans, numbers, tuple([f"{number + 1} {scheme.name_of(span.label)}" for number, span in present]))


_NOBODYS = -1
_PALE = ((None,), ("",))
"""Whose a span is that all have, and what its tag says."""


def _first(spans: Sequence[Span | None]) -> Span | None:
    for span in spans:
        if span is not None:
            return span
    return None


class InText:
    """What the text of an article shows, followed item by item: of many hundred a key touches a few."""

    def __init__(self, sides: int) -> None:
        self.spans: dict[str, Span] = {}
        self._side_of: dict[str, int] = {}
        self._agreed: set[str] = set()
        self._words: dict[str, str] = {}
        self.whose = Whose(self._side_of, self._agreed, self._words, sides)
        """Whose the spans are; it follows too."""
        self._sides = sides
        self._items: dict[str, tuple[Item, bool]] = {}
        self._shown: dict[str, Shown] = {}

    def follow(self, items: Iterable[Item], current: str, scheme: Scheme) -> list[Span]:
        """Show these items, of which one (its id) is the current one; return the spans that are shown otherwise now."""
        changed: list[tuple[Item, bool]] = []
        kept, before = self._items, self._items.get
        now: dict[str, tuple[Item, bool]] = {}
        for item in items:
            id = item[0][0]  # by place: by name it would be half of this loop
            was, is_current = before(id), id == current
            if was is None or was[1] is not is_current or was[0] != item:
                was = (item, is_current)
                changed.append(was)
            now[id] = was
        gone = [] if len(now) == len(kept) and now.keys() == kept.keys() else [id for id in kept if id not in now]
        self._items = now
        touched: dict[str, Span] = {}
        if self._shown:
            for id in (*gone, *(item.id for item, _current in changed)):
                for span in self._shown.pop(id, Shown()).spans:
                    touched[span.id] = span
                    self._forget(span.id)
        spans, agreed = self.spans, self._agreed
        for item, is_current in changed:
            if item[1] == AGREED and (one := _first(item[0][3])) is not None:
                # What is agreed and not taken over yet is most of an article that is opened.
                self._shown[item[0][0]] = Shown((one,), *_PALE)
                touched[one[0]] = spans[one[0]] = one
                agreed.add(one[0])
                continue
            self._shown[item[0][0]] = found = shown(item, is_current, self._sides, scheme)
            for span, side, words in zip(*found, strict=True):
                id = span[0]
                touched[id] = spans[id] = span
                self._tell(id, side, words)
        return list(touched.values())

    def _forget(self, span: str) -> None:
        self.spans.pop(span, None)
        self._side_of.pop(span, None)
        self._agreed.discard(span)
        self._words.pop(span, None)

    def _tell(self, span: str, side: int | None, words: str) -> None:
        if side is None:
            self._agreed.add(span)
        elif side != _NOBODYS:
            self._side_of[span] = side
        if words:
            self._words[span] = words


def what_differs(difference: Difference, scheme: Scheme) -> str:
    """Return which attributes differ, or that the links do, in words."""
    if difference.kind == "link":
        return _("links differ")
    from annotator.domain.attributes import attributes

    spans = [span for span in difference.spans if span is not None]
    keys = dict.fromkeys(key for span in spans for key in span.attributes)
    differ = [key for key in keys if len({repr(span.attributes.get(key)) for span in spans}) > 1]
    names = {attribute.id: attribute.name for attribute in attributes(scheme)}
    return _("{attributes} differs").format(attributes=", ".join(names.get(key, key) for key in differ[:2]))


def framed(item: Item) -> Fragments:
    """Return the words that an item is about: those of all its spans, joined where they touch."""
    spans = [span for span in item.difference.spans if span is not None] or list(item.consensus)
    pieces = sorted(fragment for span in spans for fragment in span.fragments)
    result: list[tuple[int, int]] = []
    for start, end in pieces:
        if result and start <= result[-1][1]:
            result[-1] = (result[-1][0], max(end, result[-1][1]))
        else:
            result.append((start, end))
    return tuple(result)


class Run(NamedTuple):
    """A stretch of a card's words; `filled` where it is what differs."""

    words: str
    filled: bool


_LONG, _HEAD, _TAIL, _MOST = 160, 90, 60, 12


def runs(text: str, fragments: Fragments, filled: Fragments) -> list[Run]:
    """Return the words of fragments on one line, long stretches shortened in their middle, parted by ellipses."""
    found: list[Run] = []
    for number, (start, end) in enumerate(fragments[:_MOST]):
        if number:
            found.append(Run(" … ", False))
        edges = sorted({start, end, *(it for pair in filled for it in pair if start < it < end)})
        for low, high in pairwise(edges):
            inside = any(a <= low and high <= b for a, b in filled)
            found.append(Run(_flat(text, low, high), inside))
    if len(fragments) > _MOST:
        found.append(Run(" …", False))
    return [run for run in found if run.words]


def _flat(text: str, start: int, end: int) -> str:
    if end - start > _LONG:
        return f"{_flat(text, start, start + _HEAD).rstrip()} … {_flat(text, end - _TAIL, end).lstrip()}"
    # Blanks at the edges stay: what stands beside is another run.
    return "".join(" " if sign in "\n\r\t" else sign for sign in text[start:end].replace("\r\n", " "))


class Precedent(NamedTuple):
    """What was mostly decided in like cases: `what` ("longer", "shorter", or an answer), `times` of `all`."""

    what: str
    times: int
    all: int
    side: int = -1


def taken(item: Item, refs: Sequence[LayerRef]) -> int:
    """Return the side (its number) whose answer was taken, -1 where that is none of these layers.

    A decision tells it by its own order of layers, of which not all need be chosen now.
    """
    data = item.decision.data if item.decision is not None else {}
    sides, number = data.get("sides"), data.get("side")
    if not isinstance(sides, list | tuple) or not isinstance(number, int) or not 0 <= number < len(sides):
        return -1
    side = sides[number] if isinstance(sides[number], Mapping) else {}
    listed = side.get("spans")
    ids = {str(pair[0]) for pair in (listed if isinstance(listed, list | tuple) else ()) if pair}
    for at, span in enumerate(item.difference.spans):
        if span is not None and span.id in ids:
            return at
    owner, round = side.get("owner"), side.get("round", 1)
    return next((at for at, ref in enumerate(refs) if owner and (ref.owner, ref.round) == (owner, round)), -1)


def precedent(cases: Iterable[Item], refs: Sequence[LayerRef]) -> Precedent | None:
    """Return what was mostly decided in like cases, None where nothing was."""
    found: dict[tuple[str, int], int] = {}
    count = 0
    for case in cases:
        if case.decision is None or case.status not in (SETTLED, DISCUSSED):
            continue
        count += 1
        key = _decided(case, refs)
        found[key] = found.get(key, 0) + 1
    if not found:
        return None
    (what, side), times = max(found.items(), key=lambda it: it[1])
    return Precedent(what, times, count, side)


def _decided(case: Item, refs: Sequence[LayerRef]) -> tuple[str, int]:
    assert case.decision is not None  # looked at before
    answer, one = str(case.decision.data.get("answer", "")), case.difference
    if answer != "side":
        return answer, -1
    number = taken(case, refs)
    spans = [span for span in one.spans if span is not None]
    chosen = one.spans[number] if number >= 0 else None
    if one.kind == "boundary" and chosen is not None:
        lengths = [_length(span) for span in spans]
        if _length(chosen) == max(lengths):
            return "longer", -1
        if _length(chosen) == min(lengths):
            return "shorter", -1
    return answer, number


def _length(span: Span) -> int:
    return sum(end - start for start, end in span.fragments)


def around(text: str, start: int, end: int, most: int = 28) -> str:
    """Return a place (code points) with at most so many characters before and after it, at whole words."""
    before, after = text[max(0, start - most) : start], text[end : end + most]
    if start > most and not text[start - most - 1].isspace():
        before = before.partition(" ")[2]
    if end + most < len(text) and not text[end + most].isspace():
        after = after.rpartition(" ")[0]
    words = " ".join(f"{before}{text[start:end]}{after}".split())
    return f"{'… ' if start > len(before) else ''}{words}{' …' if end + len(after) < len(text) else ''}"

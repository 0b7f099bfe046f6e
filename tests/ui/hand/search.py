"""The shortest way of a hand through gold spans: Dijkstra over the keys of the action table and the labels.

A state is a selection, a suggestion or a span just made; a step is one press of a key (auto-repeats would count each).
Modifiers are held, not pressed. What each key does is asked of the code that does it in the window; that it does the
same there is shown by pressing the whole way in a real window.
"""

from __future__ import annotations

import heapq
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from hashlib import sha256
from itertools import count
from pathlib import Path
from typing import NamedTuple

from annotator.actions import BY_ID
from annotator.domain import clauses, edges, quotations, ways, words
from annotator.domain.attributions import proposals
from annotator.domain.suggestions import suggested

Range = tuple[int, int]

GOLD = Path(__file__).parents[2] / "data" / "gold"
SHARED = Path(__file__).parents[4] / "shared" / "data"
NEAR = 400
"""Code points round a span within which its way is looked for."""
MOST = 12
"""Keys of the longest way."""


class Gold(NamedTuple):
    """What is to be marked, and by which label's key."""

    label: str
    place: Range
    words: str


class Way(NamedTuple):
    """How a span is made: the keys in Qt's notation, letters of a word one by one; what is made with it (`more`)."""

    gold: Gold
    keys: tuple[str, ...]
    more: tuple[Gold, ...] = ()


class State(NamedTuple):
    """`kind` is sel (anchor, caret), sug or span (start, end)."""

    kind: str
    a: int
    b: int


def read_gold(name: str, text: str) -> list[Gold]:
    """Return the gold spans of a text. Raises ValueError where they are another text's."""
    data = json.loads((GOLD / f"{name}.json").read_text(encoding="utf-8"))
    if data["text_sha256"] != sha256(text.encode("utf-8")).hexdigest():
        raise ValueError(f"{name}.json belongs to another text")
    return [Gold(it["label"], (it["fragments"][0][0], it["fragments"][0][1]), it["words"]) for it in data["spans"]]


def key(action: str) -> str:
    """Return the usual key of an action."""
    return BY_ID[action].keys[0]


@contextmanager
def remembered() -> Iterator[None]:
    """Find quotations and clauses once for each place: a search asks for those of the same text ten thousand times."""
    real = quotations.quotations, clauses.clauses

    def once(find: Callable[[str, int, int], list[Range]]) -> Callable[[str, int, int], list[Range]]:
        known = lru_cache(None)(find)
        return lambda text, low, high: list(known(text, low, high))

    quotations.quotations, clauses.clauses = once(real[0]), once(real[1])
    try:
        yield
    finally:
        quotations.quotations, clauses.clauses = real


class Hand:
    """What the keys do in one text, with the spans made so far."""

    def __init__(self, text: str, keys: dict[str, str]) -> None:
        self.text = text
        self._keys = keys
        self._made: list[Range] = []
        self.caret = 0
        self._clause_end = lru_cache(None)(lambda at: ways.clause_end(text, at))
        self._clause_end_before = lru_cache(None)(lambda at: ways.clause_end_before(text, at))
        self._word_end = lru_cache(None)(lambda at: words.next_word_end(text, at))
        self._word_start = lru_cache(None)(lambda at: words.previous_word_start(text, at))
        self._expanded = lru_cache(None)(lambda a, b: words.expanded(text, a, b))
        self._begins = lru_cache(None)(lambda at, letters: ways.word_that_begins(text, at, letters))

    def way_to(self, gold: Gold) -> Way | None:
        """Make the gold span by as few keys as can be; None where MOST do not do."""
        start = State("sel", self.caret, self.caret)
        goal = State("span", *gold.place)
        labelled = sorted(self._made)
        best: dict[State, int] = {start: 0}
        came: dict[State, tuple[State, tuple[str, ...]]] = {}
        number = count()
        queue = [(0, next(number), start)]
        while queue:
            cost, _, state = heapq.heappop(queue)
            if state == goal:
                break
            if cost > best[state]:
                continue
            for pressed, following in self._steps(state, gold, labelled):
                if (total := cost + len(pressed)) < best.get(following, MOST + 1):
                    best[following], came[following] = total, (state, pressed)
                    heapq.heappush(queue, (total, next(number), following))
        if goal not in came:
            return None
        keys: list[str] = []
        state = goal
        while state != start:
            state, pressed = came[state]
            keys[:0] = pressed
        self._made.append(gold.place)
        before = came[goal][0]
        # The caret stays where it is if it is in or at the span, else it goes to its start.
        caret = before.b if before.kind == "sel" else self._caret_of(came, before)
        self.caret = caret if gold.place[0] <= caret <= gold.place[1] else gold.place[0]
        return Way(gold, tuple(keys))

    def gain(self, gains: tuple[Gold, ...]) -> None:
        """Have spans that came with a quote; a source of which something must be said has the caret then."""
        self._made.extend(one.place for one in gains)
        for one in gains:
            if one.label == "source" and not one.place[0] <= self.caret <= one.place[1]:
                self.caret = one.place[0]

    @staticmethod
    def _caret_of(came: dict[State, tuple[State, tuple[str, ...]]], state: State) -> int:
        while state.kind != "sel":
            state = came[state][0]
        return state.b

    def _steps(self, state: State, gold: Gold, labelled: list[Range]) -> Iterator[tuple[tuple[str, ...], State]]:
        if state.kind == "sel":
            yield from self._from_selection(state, gold, labelled)
        elif state.kind == "sug":
            yield from self._from_suggestion(state, gold)
        else:
            yield from self._from_span(state)

    def _from_selection(
        self, state: State, gold: Gold, labelled: list[Range]
    ) -> Iterator[tuple[tuple[str, ...], State]]:
        text, (_, anchor, caret) = self.text, state
        low, high = min(anchor, caret), max(anchor, caret)
        if not gold.place[0] - NEAR <= caret <= gold.place[1] + NEAR:
            return
        if low == high:
            yield from self._moves(caret, gold, labelled)
            begin = ways.begin(text, caret)
        else:
            begin = low
            if (place := edges.trimmed(text, low, high)) is not None:
                yield (self._keys[gold.label],), State("span", *place)
            yield ("Left",), State("sel", low, low)
            yield ("Right",), State("sel", high, high)
        yield ("Ctrl+Shift+Right",), State("sel", anchor, self._word_end(caret))
        yield ("Ctrl+Shift+Left",), State("sel", anchor, self._word_start(caret))
        yield (key("select.clause"),), State("sel", begin, self._clause_end(max(high, begin)))
        if low < high and (end := self._clause_end_before(high)) > low:
            yield (key("select.clause.back"),), State("sel", low, end)
        if (grown := self._expanded(low, high)) != (low, high):
            yield (key("select.expand"),), State("sel", *grown)
        last = text[: gold.place[1]].split()[-1].strip("\"“”‘’'(,.").replace("\u00a0", " ")
        if len(last) >= 2 and last[:2].isalnum():
            found = self._begins(high, last[:2])
            if found is not None and found[1] > high:
                yield (key("go.word.extend"), *last[:2]), State("sel", begin, found[1])

    def _moves(self, caret: int, gold: Gold, labelled: list[Range]) -> Iterator[tuple[tuple[str, ...], State]]:
        text = self.text
        for action, find in (("go.unlabelled", ways.next_unlabelled), ("go.unlabelled.back", ways.previous_unlabelled)):
            if (place := find(text, caret, labelled)) is not None:
                yield (key(action),), State("sel", place, place)
        end, start = self._word_end(caret), self._word_start(caret)
        yield ("Ctrl+Right",), State("sel", end, end)
        yield ("Ctrl+Left",), State("sel", start, start)
        first = text[gold.place[0] : gold.place[1]].lstrip("\"“‘'(")[:2]
        if len(first) == 2 and first.isalnum():
            found = self._begins(caret, first)
            if found is not None:
                yield (key("go.word"), *first), State("sel", found[0], found[0])
        if not any(a <= caret <= b for a, b in labelled):
            suggestion = suggested(text, caret, gold.label)
            if suggestion is not None:
                yield (self._keys[gold.label],), State("sug", *suggestion)

    def _from_suggestion(self, state: State, gold: Gold) -> Iterator[tuple[tuple[str, ...], State]]:
        _, start, end = state
        yield (self._keys[gold.label],), State("span", start, end)
        yield (key("select.clause"),), State("sug", start, self._clause_end(end))
        if (shorter := self._clause_end_before(end)) > start:
            yield (key("select.clause.back"),), State("sug", start, shorter)

    def _from_span(self, state: State) -> Iterator[tuple[tuple[str, ...], State]]:
        span = ((state.a, state.b),)
        for edge in ("start", "end"):
            for side, direction in (("left", -1), ("right", 1)):
                for unit, ending in (("word", ""), ("character", ".character")):
                    moved = edges.moved(self.text, span, 0, edge, direction, unit)
                    if moved != span:
                        yield (key(f"span.{edge}.{side}{ending}"),), State("span", *moved[0])


TABS = 3
"""Proposals that a hand would walk through."""


def taking(text: str, quote: Gold, wanted: list[Gold], made: list[Gold]) -> tuple[int, tuple[Gold, ...]] | None:
    """Return which proposal for a quote (from 0) gives only gold spans, and those of them that are not made yet."""
    sources = [one.place for one in made if one.label == "source"]
    there = {(one.label, one.place): one for one in made}
    missing = {(one.label, one.place): one for one in wanted}
    best: tuple[int, tuple[Gold, ...]] | None = None
    for number, found in enumerate(proposals(text, (quote.place,), sources)[:TABS]):
        pieces = [("source", found.source)] if found.source is not None else []
        pieces += [("cue", found.cue[0])] if found.cue is not None and len(found.cue) == 1 else []
        gains = tuple(missing[piece] for piece in pieces if piece in missing)
        right = all(piece in missing or piece in there for piece in pieces)
        if right and gains and (best is None or 3 * len(gains) - number > 3 * len(best[1]) - best[0]):
            best = number, gains
    return best


def ways_with_proposals(text: str, gold: list[Gold], keys: dict[str, str]) -> list[Way]:
    """Return how each gold span is made where sources and cues are taken with their quotes; `more` are those.

    A quote comes before a source or cue that stands before it in the text. Raises as `ways_through`.
    """
    with remembered():
        return _with_proposals(text, gold, keys)


def _with_proposals(text: str, gold: list[Gold], keys: dict[str, str]) -> list[Way]:
    hand = Hand(text, keys)
    left, made, found = list(gold), list[Gold](), list[Way]()
    while left:
        each = left[0]
        if each.label in ("source", "cue"):
            quotes = [one for one in left if one.label == "quote"]
            giving = (one for one in quotes if (it := taking(text, one, left, made)) and each in it[1])
            each = next(giving, each)
        way = hand.way_to(each)
        if way is None:
            raise LookupError(f"no way of {MOST} keys to {each}")
        left.remove(each)
        made.append(each)
        take = taking(text, each, left, made) if each.label == "quote" else None
        if take is not None:
            number, gains = take
            way = Way(each, (*way.keys, *["Tab"] * number, "Return"), gains)
            made.extend(gains)
            left = [one for one in left if one not in gains]
            hand.gain(gains)
        found.append(way)
    return found


def ways_through(text: str, gold: list[Gold], keys: dict[str, str]) -> list[Way]:
    """Return how each gold span is made, in their order. Raises LookupError for one that MOST keys do not make."""
    hand = Hand(text, keys)
    found: list[Way] = []
    with remembered():
        for each in gold:
            way = hand.way_to(each)
            if way is None:
                raise LookupError(f"no way of {MOST} keys to {each}")
            found.append(way)
    return found


def told(found: list[Way]) -> str:
    """Return the ways as lines: number of keys, label, first words, keys; the mean at the end."""
    lines = [f"{len(way.keys):2} {way.gold.label:11} {way.gold.words[:34]:34}  {' '.join(way.keys)}" for way in found]
    spans = sum(1 + len(way.more) for way in found)
    return "\n".join([*lines, f"mean {sum(len(way.keys) for way in found) / spans:.2f} keys a span"])

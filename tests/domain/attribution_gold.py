"""Reads the hand-made attributions in tests/data/gold/attributions and says what cannot be right in them."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterator
from itertools import combinations, pairwise
from pathlib import Path
from typing import Any, NamedTuple

from annotator import assets
from annotator.domain import words

FOLDER = Path(__file__).parents[1] / "data" / "gold" / "attributions"
SHARED = Path(__file__).parents[3] / "shared" / "data"
MODES = ("direct", "indirect", "mixed")
MOST_WORDS = 6
OPENING, CLOSING = '"“„‘‚«‹', '"”“’‘»›'
DOUBLE = '"“”„«»'
COLUMNS = ("direct", "indirect", "mixed", "in pieces", "nested", "cue in the same sentence", "no cue", "no source")

Fragments = tuple[tuple[int, int], ...]


class Piece(NamedTuple):
    """A quote, source or cue: fragments ``[start, end)`` in code points, and its first words."""

    fragments: Fragments
    words: str


class Attribution(NamedTuple):
    """Who says what, as a careful reader tells it; `unmarked`: direct speech that the article sets without marks."""

    quote: Piece
    mode: str
    sources: tuple[Piece, ...]
    cue: Piece | None
    no_source: bool
    same_sentence: bool
    unmarked: bool = False

    def pieces(self) -> list[Piece]:
        """Return quote, sources and cue."""
        return [self.quote, *self.sources, *([self.cue] if self.cue else [])]


class Gold(NamedTuple):
    """The attributions of a text, in the order of their quotes; `place` names where the text is to be found."""

    name: str
    place: tuple[str, str]
    language: str
    sha256: str
    attributions: tuple[Attribution, ...]

    def text(self) -> str | None:
        """Return the text as the program stores it; None where it lies beside the repository and is missing."""
        kind, name = self.place
        if kind == "own":
            found: str = json.loads((FOLDER / name).read_text(encoding="utf-8"))["text"]
            return found
        if kind == "samples":
            articles = map(json.loads, assets.samples().decode("utf-8").splitlines())
            return next(str(it["text"]) for it in articles if it["title"] == name)
        if kind != "shared":
            raise ValueError(f"{self.name}: no such place: {kind}")
        path = SHARED / name
        return path.read_bytes().decode("utf-8") if path.exists() else None


def _piece(data: dict[str, Any]) -> Piece:
    return Piece(tuple((start, end) for start, end in data["fragments"]), data["words"])


def _attribution(data: dict[str, Any]) -> Attribution:
    cue = None if data["cue"] is None else _piece(data["cue"])
    rest = {key: value for key, value in data.items() if key not in ("quote", "sources", "cue")}
    return Attribution(quote=_piece(data["quote"]), sources=tuple(map(_piece, data["sources"])), cue=cue, **rest)


def read(path: Path) -> Gold:
    """Return the gold of a file."""
    data = json.loads(path.read_text(encoding="utf-8"))
    (place,) = data["from"].items()
    found = tuple(map(_attribution, data["attributions"]))
    return Gold(path.stem, place, data["language"], data["text_sha256"], found)


def golds() -> list[Gold]:
    """Return all of them, by name."""
    return [read(path) for path in sorted(FOLDER.glob("*.json"))]


def is_nested(gold: Gold, attribution: Attribution) -> bool:
    """Whether the quote lies within another quote of the text."""
    return any(
        other is not attribution and within(attribution.quote.fragments, other.quote.fragments)
        for other in gold.attributions
    )


def within(inner: Fragments, outer: Fragments) -> bool:
    """Whether each fragment lies in one of the others."""
    return all(any(start <= a and b <= end for start, end in outer) for a, b in inner)


def counts(gold: Gold) -> Counter[str]:
    """Return how many quotes there are of each kind in COLUMNS."""
    found: Counter[str] = Counter()
    for each in gold.attributions:
        found[each.mode] += 1
        found["in pieces"] += len(each.quote.fragments) > 1
        found["nested"] += is_nested(gold, each)
        found["cue in the same sentence"] += each.same_sentence
        found["no cue"] += each.cue is None
        found["no source"] += each.no_source
    return found


def table(all_of_them: list[Gold]) -> str:
    """Return the table that README shows."""
    lines = [f"| text | language | quotes | {' | '.join(COLUMNS)} |", "|---|---|" + "---:|" * (len(COLUMNS) + 1)]
    whole: Counter[str] = Counter()
    for gold in all_of_them:
        found = counts(gold)
        whole += found
        numbers = [len(gold.attributions), *(found[it] for it in COLUMNS)]
        lines.append(f"| {gold.name} | {gold.language} | {' | '.join(map(str, numbers))} |")
    numbers = [sum(len(gold.attributions) for gold in all_of_them), *(whole[it] for it in COLUMNS)]
    lines.append(f"| {len(all_of_them)} texts | | {' | '.join(map(str, numbers))} |")
    return "\n".join(lines)


def complaints(gold: Gold, text: str) -> list[str]:
    """Say what cannot be right."""
    if hashlib.sha256(text.encode("utf-8")).hexdigest() != gold.sha256:
        return [f"{gold.name}: another text"]
    found = [
        f"{gold.name}: {number}: {each.quote.words}: {what}"
        for number, each in enumerate(gold.attributions)
        for what in _wrong(each, text)
    ]
    orders = [(it.quote.fragments[0][0], -it.quote.fragments[-1][1]) for it in gold.attributions if it.quote.fragments]
    if orders != sorted(orders):
        found.append(f"{gold.name}: not in the order of the text")
    if len({it.quote.fragments for it in gold.attributions}) < len(gold.attributions):
        found.append(f"{gold.name}: a quote twice")
    for one, other in combinations([it.quote for it in gold.attributions], 2):
        nested = within(one.fragments, other.fragments) or within(other.fragments, one.fragments)
        if _overlap(one, other) and not nested:
            found.append(f"{gold.name}: “{one.words}” and “{other.words}” cross")
    return found


def _overlap(one: Piece, other: Piece) -> bool:
    return any(a < end and start < b for a, b in one.fragments for start, end in other.fragments)


def _wrong(each: Attribution, text: str) -> Iterator[str]:
    bad = [what for piece in each.pieces() for what in _wrong_piece(piece, text)]
    yield from bad
    if bad:
        return
    for one, other in combinations(each.pieces(), 2):
        if _overlap(one, other):
            yield f"“{one.words}” and “{other.words}” overlap"
    if each.no_source != (not each.sources):
        yield "no source told, and sources"
    cue = each.cue.fragments if each.cue else ()
    if each.same_sentence != bool(_sentences(each.quote.fragments, text) & _sentences(cue, text)):
        yield "same_sentence is not what the sentences' bounds say"
    yield from _wrong_mode(each, text)


def _wrong_piece(piece: Piece, text: str) -> Iterator[str]:
    if not piece.fragments:
        yield "no fragments"
    for start, end in piece.fragments:
        if not 0 <= start < end <= len(text):
            yield f"[{start}, {end}) is not in the text"
        elif text[start:end] != text[start:end].strip():
            yield f"[{start}, {end}) has blanks at its edge"
    if any(before[1] >= after[0] for before, after in pairwise(piece.fragments)):
        yield f"the fragments of “{piece.words}” are not ordered and apart"
    stands = " ".join(" ".join(text[start:end] for start, end in piece.fragments).split()[:MOST_WORDS])
    if piece.words != stands:
        yield f"“{piece.words}” is told, “{stands}” stands there"


def _wrong_mode(each: Attribution, text: str) -> Iterator[str]:
    (first, _), (_, last) = each.quote.fragments[0], each.quote.fragments[-1]
    marked = text[first] in OPENING and text[last - 1] in CLOSING
    if each.mode not in MODES:
        yield f"no such mode: {each.mode}"
    if each.unmarked and (each.mode != "direct" or marked):
        yield "only direct speech without marks is unmarked"
    if not each.unmarked and (each.mode == "direct") != marked:
        yield f"{each.mode}, but its outer signs say otherwise"
    if each.mode in ("indirect", "mixed"):
        inner = any(sign in text[start:end] for start, end in each.quote.fragments for sign in DOUBLE)
        if inner != (each.mode == "mixed"):
            yield f"{each.mode}, but the marks within say otherwise"


def _sentences(fragments: Fragments, text: str) -> set[tuple[int, int]]:
    found: set[tuple[int, int]] = set()
    for start, end in fragments:
        position = start
        while position < end:
            sentence = words.sentence_at(text, position)
            found.add(sentence)
            # On to the first word of the next sentence; the blanks between belong to none.
            position = max(sentence[1], position + 1)
            position += len(text[position:end]) - len(text[position:end].lstrip())
    return found

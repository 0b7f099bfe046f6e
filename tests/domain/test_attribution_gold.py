"""The hand-made attributions: is each of them about the words it tells, and can it be right at all?"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.domain import attribution_gold
from tests.domain.attribution_gold import Attribution, Gold, Piece, complaints, golds, table

GOLDS = golds()
README = attribution_gold.FOLDER.parent / "README.md"
OWN = next(it for it in GOLDS if it.name == "marwiese")


@pytest.mark.parametrize("gold", GOLDS, ids=lambda it: it.name)
def test_every_span_is_on_the_words_it_tells(gold: Gold) -> None:
    text = gold.text()
    if text is None:
        pytest.skip(f"{gold.place[1]} lies beside the repository; samples and own texts never skip")
    assert complaints(gold, text) == []


def test_own_texts_and_samples_never_skip() -> None:
    kinds = [gold.place[0] for gold in GOLDS]
    assert (kinds.count("own"), kinds.count("samples"), kinds.count("shared")) == (2, 3, 5)
    assert all(gold.text() is not None for gold in GOLDS if gold.place[0] != "shared")


def test_nothing_of_a_foreign_text_stands_here() -> None:
    most = attribution_gold.MOST_WORDS
    pieces = [piece for gold in GOLDS for each in gold.attributions for piece in each.pieces()]
    assert all(len(piece.words.split()) <= most for piece in pieces)


def test_the_table_is_what_the_files_say() -> None:
    assert table(GOLDS) in README.read_text(encoding="utf-8")


def test_own_texts_have_a_gold_each() -> None:
    own = {Path(gold.place[1]).name for gold in GOLDS if gold.place[0] == "own"}
    assert own == {path.name for path in (attribution_gold.FOLDER / "texts").glob("*.json")}


def moved(piece: Piece, by: int) -> Piece:
    """Return a piece whose fragments stand elsewhere."""
    return piece._replace(fragments=tuple((start + by, end + by) for start, end in piece.fragments))


def wider(piece: Piece) -> Piece:
    """Return a piece with the sign behind it."""
    (start, end), *rest = piece.fragments[::-1]
    return piece._replace(fragments=(*rest[::-1], (start, end + 1)))


FAULTS: dict[str, tuple[Callable[[Attribution], Attribution], str]] = {
    "a letter aside": (lambda it: it._replace(quote=moved(it.quote, 1)), "stands there"),
    "behind the end": (lambda it: it._replace(quote=moved(it.quote, 100_000)), "not in the text"),
    "a blank at the edge": (lambda it: it._replace(quote=wider(it.quote)), "blanks at its edge"),
    "other words": (lambda it: it._replace(quote=it.quote._replace(words="Nobody said")), "stands there"),
    "no fragments": (lambda it: it._replace(quote=it.quote._replace(fragments=())), "no fragments"),
    "order": (lambda it: it._replace(quote=it.quote._replace(fragments=it.quote.fragments[::-1])), "not ordered"),
    "source in the quote": (lambda it: it._replace(sources=(it.quote,)), "overlap"),
    "a source twice": (lambda it: it._replace(sources=it.sources * 2), "overlap"),
    "source and the tick": (lambda it: it._replace(no_source=True), "no source told"),
    "neither source nor tick": (lambda it: it._replace(sources=()), "no source told"),
    "cue said to be elsewhere": (lambda it: it._replace(same_sentence=False), "same_sentence"),
    "cue gone": (lambda it: it._replace(cue=None), "same_sentence"),
    "indirect in marks": (lambda it: it._replace(mode="indirect"), "outer signs"),
    "mixed all in marks": (lambda it: it._replace(mode="mixed"), "outer signs"),
    "unmarked with marks": (lambda it: it._replace(unmarked=True), "is unmarked"),
    "no such mode": (lambda it: it._replace(mode="free"), "no such mode"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_planted_fault_is_seen(fault: str) -> None:
    text = OWN.text()
    assert text is not None
    before = OWN.attributions
    split = next(number for number, it in enumerate(before) if it.mode == "direct" and len(it.quote.fragments) > 1)
    plant, complaint = FAULTS[fault]
    after = (*before[:split], plant(before[split]), *before[split + 1 :])
    assert any(complaint in it for it in complaints(OWN._replace(attributions=after), text))


def test_faults_of_the_whole_file_are_seen() -> None:
    text = OWN.text()
    assert text is not None
    assert complaints(OWN, text + " ") == ["marwiese: another text"]
    turned = OWN._replace(attributions=OWN.attributions[::-1])
    assert complaints(turned, text) == ["marwiese: not in the order of the text"]
    doubled = OWN._replace(attributions=(OWN.attributions[0], *OWN.attributions))
    assert complaints(doubled, text) == ["marwiese: a quote twice"]
    first, second = OWN.attributions[:2]
    across = first._replace(quote=Piece(((first.quote.fragments[0][0], second.quote.fragments[0][0] + 3),), ""))
    found = complaints(OWN._replace(attributions=(across, second)), text)
    assert any(it.endswith("cross") for it in found)


@pytest.mark.parametrize(("mode", "complaint"), [("mixed", "the marks within"), ("direct", "outer signs")])
def test_a_mode_that_an_indirect_quote_has_not_is_seen(mode: str, complaint: str) -> None:
    text = OWN.text()
    assert text is not None
    indirect = next(it for it in OWN.attributions if it.mode == "indirect")
    (found,) = complaints(OWN._replace(attributions=(indirect._replace(mode=mode),)), text)
    assert complaint in found

"""Proposals of source and cue, measured on the attributions made by hand, beside the nearest name and cue."""

from __future__ import annotations

import re
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain import functionwords as small
from annotator.domain import speech, words
from annotator.domain.attributions import MOST, Proposal, proposals
from annotator.domain.span import Fragments, joined
from tests.domain.attribution_gold import Attribution, Gold, golds

LEAST, AHEAD = 0.80, 0.20
"""The share of first proposals that must be right, and how far it must be ahead of the nearest name."""
NAME = re.compile(r"[A-ZÄÖÜÉÁÍÓÚÑЛ][\w’.-]*(?: [A-ZÄÖÜÉÁÍÓÚÑВ][\w’.-]*)*")


class Score(NamedTuple):
    right: int
    plain: int
    count: int


def is_right(found: Proposal | None, wanted: Attribution) -> bool:
    """Whether cue and source are exactly those of the gold; of several sources one is enough."""
    if found is None or wanted.cue is None or found.cue != wanted.cue.fragments:
        return False
    if not wanted.sources:
        return found.source is None
    hulls = [(one.fragments[0][0], one.fragments[-1][1]) for one in wanted.sources]
    return found.source in hulls


def is_near(found: Proposal | None, wanted: Attribution) -> bool:
    """As `is_right`, but content with a source that touches the right one: so is the baseline judged."""
    if found is None or wanted.cue is None or found.cue != wanted.cue.fragments:
        return False
    if found.source is None:
        return not wanted.sources
    return any(
        one.fragments[0][0] < found.source[1] and found.source[0] < one.fragments[-1][1] for one in wanted.sources
    )  # fmt: skip


def nearest(text: str, quote: Fragments) -> Proposal | None:
    """Return the plain baseline: the nearest cue of the quote's sentence, and the nearest name before or behind."""
    low, high = words.sentence_at(text, quote[0][0])[0], words.sentence_at(text, quote[-1][1] - 1)[1]

    def distance(place: tuple[int, int]) -> int:
        return min(max(start - place[1], place[0] - end) for start, end in quote)

    outside = [word for word in words.words_in(text, low, high) if distance(word) >= 0]
    cues = [word for word in outside if text[slice(*word)].lower() in speech.cues()]
    if not cues:
        return None
    no_names = small.determiners() | small.prepositions() | small.conjunctions() | small.openers()
    found = [match for match in NAME.finditer(text) if match.group().lower() not in no_names]
    names = [match.span() for match in found if distance(match.span()) >= 0]
    return Proposal(min(names, key=distance, default=None), (min(cues, key=distance),))


def score(gold: Gold, text: str) -> Score:
    measured = [one for one in gold.attributions if one.same_sentence]
    right = plain = 0
    for one in measured:
        found = proposals(text, one.quote.fragments)
        right += is_right(found[0] if found else None, one)
        plain += is_near(nearest(text, one.quote.fragments), one)
    return Score(right, plain, len(measured))


def held(wanted: list[Gold]) -> None:
    total = Score(0, 0, 0)
    for gold in wanted:
        text = gold.text()
        if text is None:
            pytest.skip("the shared texts are not beside the repository")
        one = score(gold, text)
        print(f"{gold.name:14} {one.right:3} of {one.count:3} right, nearest name {one.plain:3}")
        total = Score(*(a + b for a, b in zip(total, one, strict=True)))
    share, plain = total.right / total.count, total.plain / total.count
    print(f"all: {share:.1%} of {total.count} right, nearest name {plain:.1%}")
    assert share >= LEAST
    assert share >= plain + AHEAD


def test_the_first_proposal_on_our_own_texts() -> None:
    held([gold for gold in golds() if gold.place[0] != "shared"])


def test_the_first_proposal_on_all_texts() -> None:
    held(golds())


def test_a_baseline_would_not_do() -> None:
    """The measure can fail: what only looks for the nearest name does."""
    own = [gold for gold in golds() if gold.place[0] != "shared"]
    scores = [score(gold, gold.text() or "") for gold in own]
    assert sum(one.plain for one in scores) / sum(one.count for one in scores) < LEAST - AHEAD


CASES = [
    "{The mayor} (said) [the pool would stay shut].",
    "[“We are full,”] (said) {the porter}.",
    "[“We are full,”] {the porter} (said) on Monday.",
    "{Ines Oduya, the district’s chief engineer}, (said) that [the bridge was safe].",
    "[The tram is late], (according to) {the timetable office}.",
    "(According to) {the timetable office}, [the tram is late].",
    "On Friday {the council} (announced) [a new rule].",
    "{A clerk who had seen the letter} (said) [it was a copy].",
    "{The firm} has repeatedly (denied) [any wrongdoing].",
    "The boat is (believed) [to have sunk].",
    "It is (feared) that [the boat has sunk].",
    "{She} came home and (said) [nothing had happened].",
    "He left early, (saying) [he was tired].",
    "[„Nein“], (sagte) {die Landrätin}.",
    "Am Freitag (erklärte) {die Firma}, [sie habe genug].",
    "(Laut) {Polizei} [war niemand im Haus].",
    "[« Jamais »], a (déclaré) {le maire}.",
    "(Selon) {la préfecture}, [le pont est fermé].",
    "[«No hay agua»], (dijo) {la alcaldesa, Odalys Quintarro}.",
    "(Según) {la empresa}, [no hay agua].",
    "{Her} (opinion) is that [nothing works].",
    "Mona Abbas (told) reporters that [the strike was over], but {nobody} listened.",
]


def parsed(marked: str) -> tuple[str, dict[str, list[tuple[int, int]]]]:
    text, places, opened = "", dict[str, list[tuple[int, int]]](), 0
    for sign in marked:
        if sign in "[({":
            opened = len(text)
        elif sign in "])}":
            places.setdefault(sign, []).append((opened, len(text)))
        else:
            text += sign
    return text, places


@pytest.mark.parametrize("marked", CASES[:-2])
def test_by_example(marked: str) -> None:
    text, places = parsed(marked)
    (first, *_others) = proposals(text, joined(places["]"]))
    assert first.cue == tuple(places[")"])
    if "}" in places:
        assert first.source == places["}"][0]
    elif marked.startswith("He left"):
        assert text[slice(*first.source or (0, 0))] == "He"
    else:
        assert first.source is None


def test_the_source_that_is_marked_already_is_proposed_itself() -> None:
    text = "The mayor of Tarrow, Ines Oduya, said the pool would stay shut."
    quote = joined([(text.index("the pool"), len(text) - 1)])
    whole = (0, text.index(", said"))
    assert proposals(text, quote)[0].source == whole
    name = (0, len("The mayor of Tarrow"))
    assert proposals(text, quote, [name])[0].source == name


def test_where_nobody_is_named_the_nearest_marked_one_is_proposed() -> None:
    text = "Lena Ovar runs the mill.\n\n“It is quiet here.” The mill is old."
    start = text.index("“")
    quote = joined([(start, text.index("”") + 1)])
    assert proposals(text, quote) == []
    assert proposals(text, quote, [(0, 9)]) == [Proposal((0, 9), None)]


pieces = st.text(alphabet="ab said that , . “ ” : ; — ( ) Ines Oduya who according to and\n", max_size=80)


@given(pieces, st.integers(0, 80), st.integers(1, 30), st.integers(0, 80), st.integers(1, 30))
def test_any_text_has_proposals_that_stand_in_it_and_beside_the_quote(
    text: str, start: int, length: int, second: int, more: int
) -> None:
    text += "said Ines."
    size = len(text)
    quote = joined(
        (min(a, size - 1), min(min(a, size - 1) + b, size)) for a, b in ((start, length), (second, more))
    )  # fmt: skip
    found = proposals(text, quote)
    assert found == proposals(text, quote)
    assert len(found) <= MOST
    assert len(set(found)) == len(found)
    for one in found:
        assert one.source is not None or one.cue is not None
        for place in (*([one.source] if one.source else []), *(one.cue or ())):
            assert 0 <= place[0] < place[1] <= size
            assert all(place[1] <= a or b <= place[0] for a, b in quote)

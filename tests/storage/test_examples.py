"""Real examples of a label: the newest first, amid their words, of visible layers only."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.article import Layer, VisibleLayers
from annotator.domain.span import Span, joined
from annotator.storage.examples import LONGEST, _parts
from tests.builders import BO, TEXT, bring, counted_clock, project, tag, workspace

ALL = VisibleLayers.ALL


def own(parts: tuple[tuple[str, bool], ...]) -> list[str]:
    return [text for text, is_own in parts if is_own]


def test_the_newest_come_first_with_their_sentence(tmp_path: Path) -> None:
    ws = workspace(project(tmp_path))
    ws.clock = counted_clock()  # made within a millisecond, chance would say which is newer
    article = bring(ws)
    other = bring(ws, "Rain on Monday.\n", "Weather")
    first = tag(ws, article, "cue", (31, 35))
    second = tag(ws, other, "cue", (0, 4))
    tag(ws, article, "quote", (0, 5))
    found = ws.store.examples("cue", ALL, 10)
    assert [(one.span, one.title, one.who) for one in found] == [
        (second.id, "Weather", "Ana"),
        (first.id, "Quay", "Ana"),
    ]
    assert found[0].parts == (("Rain", True), (" on Monday.", False))
    assert found[0].article == other.id
    assert "".join(text for text, _own in found[1].parts) == TEXT.splitlines()[0]
    assert [one.span for one in ws.store.examples("cue", ALL, 1)] == [second.id]
    assert ws.store.examples("source", ALL, 10) == []


def test_a_split_span_has_its_pieces(tmp_path: Path) -> None:
    ws = workspace(project(tmp_path))
    article = bring(ws)
    tag(ws, article, "quote", (0, 29), (58, 81))
    (found,) = ws.store.examples("quote", ALL, 10)
    assert own(found.parts) == [TEXT[0:29], TEXT[58:81]]


def test_what_is_not_to_be_seen_is_no_example(tmp_path: Path) -> None:
    path = project(tmp_path)
    ws = workspace(path)
    article = bring(ws)
    tag(ws, article, "cue", (31, 35))
    ws.store.close()
    theirs = workspace(path, BO)
    mine = tag(theirs, article, "cue", (36, 41))
    visible = VisibleLayers(frozenset({"annotator", "imported"}), frozenset({BO.id}))
    assert [one.span for one in theirs.store.examples("cue", visible, 10)] == [mine.id]
    assert len(theirs.store.examples("cue", ALL, 10)) == 2


def test_of_an_imported_span_the_file_is_named(tmp_path: Path) -> None:
    ws = workspace(project(tmp_path))
    layer = Layer("l", "", "imported", "", name="reuse.jsonl")
    from annotator.domain import ids
    from annotator.domain.text import fingerprint

    id = ids.content_article_id(fingerprint(TEXT))
    layer = layer._replace(article=id)
    bring(ws, spans=(Span("s", id, "l", "", "cue", ((31, 35),)),), layers=(layer,))
    (found,) = ws.store.examples("cue", ALL, 10)
    assert found.who == "reuse.jsonl"


def test_a_long_span_is_cut(tmp_path: Path) -> None:
    ws = workspace(project(tmp_path))
    article = bring(ws, "word " * 400, "Long")
    tag(ws, article, "quote", (100, 1_900))
    (found,) = ws.store.examples("quote", ALL, 10)
    assert len(own(found.parts)[0]) <= LONGEST
    assert found.parts[-1] == ("…", False)
    assert found.parts[0][0].startswith("…")


@given(st.text(st.sampled_from("ab \n\r“é"), min_size=1, max_size=60), st.data())
def test_own_words_are_those_of_the_fragments(text: str, data: st.DataObject) -> None:
    edges = sorted(data.draw(st.lists(st.integers(0, len(text)), min_size=2, max_size=6, unique=True)))
    places = joined(list(zip(edges[::2], edges[1::2], strict=False)))
    parts = _parts(text, 0, places, True)
    assert ["".join(part.split()) for part in own(parts)] == ["".join(text[a:b].split()) for a, b in places]
    assert not any("\n" in part or "\r" in part for part, _own in parts)


@pytest.mark.parametrize("most", [1, 5])
def test_no_more_than_asked_for(tmp_path: Path, most: int) -> None:
    ws = workspace(project(tmp_path))
    article = bring(ws)
    for start in range(0, 24, 4):
        tag(ws, article, "cue", (start, start + 2))
    assert len(ws.store.examples("cue", ALL, most)) == most

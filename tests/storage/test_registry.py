"""Entries and links read page by page: all of them, only of visible layers, with the words of the span."""

from __future__ import annotations

from pathlib import Path

import pytest

from annotator.domain.article import VisibleLayers
from annotator.domain.change import Change, Entry, Step
from annotator.domain.free import Free
from annotator.domain.register import Use
from annotator.domain.relation import Group, Member, Relation
from annotator.domain.span import Span, joined
from annotator.editing.workspace import Workspace
from annotator.storage import registry as stored
from annotator.storage.purge import purge
from annotator.storage.store import Store
from tests.builders import ANA, BO, SCHEME, bring, my_layer, tag, workspace

WITH_REGISTRY = SCHEME._replace(
    rest={
        "attributes": [{"id": "entity", "name": "Who", "labels": ["source"], "type": "registry"},
                       {"id": 'in "Ü"', "name": "Who else", "labels": ["source"], "type": "registry"},
                       {"id": "mode", "name": "Mode", "labels": ["source"], "type": "text"}],
        "relations": [{"id": "about", "name": "about", "from": ["quote"], "to-registry": True},
                      {"id": "answers", "name": "answers", "from": ["quote"], "to": ["quote"]}],
        "groups": [{"id": "attribution", "head": "quote", "roles": [{"role": "quote", "label": "quote"},
                                                                    {"role": "source", "label": "source"}]}],
        "fields": [{"id": "outlet", "name": "Outlet", "type": "registry"}, {"id": "topic", "type": "text"}],
    }
)  # fmt: skip
TEXT = "🙂 The mayor (Ada\n Ødegård), said so; she\u0000 did."


@pytest.fixture
def ws(tmp_path: Path) -> Workspace:
    path = tmp_path / "p.annotator"
    Store.create(path, WITH_REGISTRY)
    return workspace(path)


def links(ws: Workspace, visible: VisibleLayers = VisibleLayers.ALL) -> list[Use]:
    return [use for page in stored.links(ws.store, visible, ws.store.scheme()) for use in page]


def linked(ws: Workspace, span: Span, **values: str) -> None:
    said: Free = {key.replace("other", 'in "Ü"'): value for key, value in values.items()}
    ws.do(Step("Link", (Change(span, span._replace(attributes=said)),)))


def test_all_entries_come_in_pages(ws: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stored, "PAGE", 3)
    made = [Entry(f"{number}", "person", f"Ada {number}", {"note": "x"}) for number in range(8)]
    ws.do(Step("Entries", tuple(Change(None, entry) for entry in made)))
    pages = list(stored.entries(ws.store))
    assert [len(page) for page in pages] == [3, 3, 2]
    assert [entry for page in pages for entry in page] == made


def test_the_words_are_those_of_the_fragments(ws: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stored, "PAGE", 2)
    article = bring(ws, TEXT)
    first = tag(ws, article, "source", (2, 11))
    pieces = tag(ws, article, "source", (2, 11), (13, 26))
    tag(ws, article, "source", (37, 40))
    linked(ws, first, entity="1", mode="entity")
    linked(ws, pieces, entity="2", other="1")
    text = ws.store.text(article.sha256)
    found = {(use.by, use.entry): use for use in links(ws)}
    assert found["entity", "1"] == Use(first.id, "entity", "1", article.id, first.id, "The mayor", 2)
    assert found["entity", "2"].words == found['in "Ü"', "1"].words == "The mayor … Ada Ødegård)"
    assert len(found) == 3
    assert text[2:11] == "The mayor"


def test_relations_and_fields_link_too(ws: Workspace) -> None:
    article = bring(ws, TEXT)
    quote, other = tag(ws, article, "quote", (2, 11)), tag(ws, article, "quote", (13, 16))
    layer = my_layer(ws, article)
    assert layer is not None
    about = Relation("r1", article.id, layer.id, "about", quote.id, "1")
    answers = Relation("r2", article.id, layer.id, "answers", quote.id, other.id)
    fields = Change(layer, layer._replace(fields={"outlet": "2", "topic": "1"}))
    ws.do(Step("More", (Change(None, about), Change(None, answers), fields)))
    assert links(ws) == [
        Use("r1", "about", "1", article.id, quote.id, "The mayor", 2),
        Use(layer.id, "outlet", "2", article.id),
    ]


def test_only_visible_layers_are_read(ws: Workspace) -> None:
    article = bring(ws, TEXT)
    mine = tag(ws, article, "source", (2, 11))
    linked(ws, mine, entity="1")
    colleague = Workspace(ws.store, BO, "elsewhere")
    theirs = tag(colleague, article, "source", (13, 26))
    linked(colleague, theirs, entity="1")
    assert {use.span for use in links(ws)} == {mine.id, theirs.id}
    assert {use.span for use in links(ws, VisibleLayers(None, frozenset({ANA.id})))} == {mine.id}
    assert links(ws, VisibleLayers(frozenset({"consensus"}), None)) == []


def test_what_a_source_says_is_the_first_quote_of_its_groups(ws: Workspace) -> None:
    article = bring(ws, TEXT)
    source, alone = tag(ws, article, "source", (2, 11)), tag(ws, article, "source", (37, 40))
    late, early = tag(ws, article, "quote", (26, 36)), tag(ws, article, "quote", (12, 17), (18, 25))
    linked(ws, source, entity="1")
    linked(ws, alone, entity="1")
    made = [
        Group(
            f"g{number}", article.id, source.layer, "attribution", (Member("quote", it.id), Member("source", source.id))
        )
        for number, it in enumerate((late, early))
    ]
    ws.do(Step("Groups", tuple(Change(None, group) for group in made)))
    scheme, mine = ws.store.scheme(), VisibleLayers(None, frozenset({ANA.id}))
    assert stored.quotes(ws.store, mine, scheme, links(ws)) == {source.id: "(Ada … Ødegård"}
    assert stored.quotes(ws.store, VisibleLayers(frozenset({"consensus"}), None), scheme, links(ws)) == {}
    assert stored.quotes(ws.store, mine, scheme, []) == {}


def test_a_purged_article_is_quoted_no_more(ws: Workspace) -> None:
    article, other = bring(ws, TEXT), bring(ws, "Another one spoke.", "Other")
    linked(ws, tag(ws, article, "source", (2, 11)), entity="1")
    linked(ws, tag(ws, other, "source", (0, 11)), entity="1")
    purge(ws.store, [article.id], ANA.id)
    assert [use.words for use in links(ws)] == ["Another one"]


def test_a_span_beyond_joined_pieces_is_cut_where_the_page_ends(ws: Workspace) -> None:
    article = bring(ws, "x" * 1_000)
    span = tag(ws, article, "source", *joined([(0, 900)]))
    linked(ws, span, entity="1")
    assert [len(use.words) for use in links(ws)] == [stored.WORDS]

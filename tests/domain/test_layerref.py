"""Layers as they are written and found again."""

from annotator.domain.article import Annotator
from annotator.domain.layerref import CONSENSUS_REF, LayerRef, all_parsed, parsed

ANA, BO = (
    Annotator("0190a000-0000-7000-8000-00000000000a", "Ana"),
    Annotator("0190a000-0000-7000-8000-00000000000b", "Bo"),
)
PEOPLE = {one.id: one for one in (ANA, BO)}
KNOWN = (
    LayerRef("annotator", ANA.id), LayerRef("annotator", ANA.id, round=2), LayerRef("imported", name="wire"),
    LayerRef("imported", name="wire", round=2), LayerRef("imported", name="wire:3"), LayerRef("imported", BO.id),
    LayerRef("imported", BO.id, round=2), CONSENSUS_REF,
)  # fmt: skip


def test_every_layer_is_found_again_by_how_it_is_written() -> None:
    """No two are written alike: figures are kept by it."""
    texts = [ref.text() for ref in KNOWN]
    assert len(set(texts)) == len(texts)
    assert all_parsed([",".join(texts)], PEOPLE, KNOWN) == list(KNOWN)
    assert [parsed(text, PEOPLE, KNOWN[::-1]) for text in texts] == list(KNOWN)
    called = [ref.called(PEOPLE) for ref in KNOWN]
    assert called == ["Ana", "Ana, round 2", "wire", "wire, round 2", "wire:3", "Bo", "Bo, round 2", "consensus"]


def test_an_imported_layer_is_named_by_its_owner_too() -> None:
    assert parsed("imported:Bo", PEOPLE, KNOWN) == LayerRef("imported", BO.id)
    assert parsed("imported:Bo:2", PEOPLE, KNOWN) == LayerRef("imported", BO.id, round=2)
    assert parsed("imported:Bo:4", PEOPLE, KNOWN) == LayerRef("imported", name="Bo:4")

"""Which layers a command is about: how they are named, chosen and told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import click

from annotator.domain.article import Annotator
from annotator.domain.errors import UserError
from annotator.domain.layerref import CONSENSUS, LayerRef, all_called, all_parsed
from annotator.storage import review as reading
from annotator.storage.reader import Reader

NAMES = "A,B,…"
LAYERS = click.option("--layers", metavar=NAMES, multiple=True, help="Which layers; without it, all annotators'.")
_NAMED = 9
"""So many are named where others could be."""


def chosen(reader: Reader, texts: Sequence[str], least: int = 1) -> list[LayerRef]:
    """Return the layers that are named, all annotators' where none is. Raises UserError for too few."""
    known = [found.ref for found in reading.layers(reader)]
    people = reader.annotators()
    refs = all_parsed(texts, people, known) if texts else [ref for ref in known if ref.kind == "annotator"]
    missing = [ref.called(people) for ref in refs if ref not in known]
    if missing:
        raise UserError(f"No article has a layer of {', '.join(missing)}.")
    if len(refs) < least:
        there = ", ".join(all_called(refs, people)) or "none"
        others = [_named(ref, people, known) for ref in known if ref not in refs and ref.kind != CONSENSUS]
        more = f"Name others with --layers: {', '.join(others[:_NAMED])}" if others else "No article has another one"
        left = f" and {len(others) - _NAMED} more" if len(others) > _NAMED else ""
        raise UserError(f"It takes two layers to compare; here there is {there}. {more}{left}.")
    return refs


def _named(ref: LayerRef, people: Mapping[str, Annotator], known: Sequence[LayerRef]) -> str:
    """Return how --layers names a layer: by the person's name where that means no other."""
    if ref.owner not in people:
        return ref.text()
    name = people[ref.owner].name + (f":{ref.round}" if ref.round > 1 else "")
    try:
        return name if all_parsed([name], people, known) == [ref] else ref.text()
    except UserError:
        return ref.text()


def listed(refs: Sequence[LayerRef], people: Mapping[str, Annotator]) -> list[dict[str, str]]:
    """Return how the layers are called: as `--layers` takes them, and for people."""
    names = all_called(refs, people)
    return [{"layer": ref.text(), "name": name} for ref, name in zip(refs, names, strict=True)]

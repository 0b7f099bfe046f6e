"""What a rehearsal of an import keeps of the articles seen so far, as nothing is written that could be asked."""

from __future__ import annotations

import zlib

from annotator.domain.change import Imported
from annotator.jobs.planning import Known
from annotator.storage import payload


def packed(id: str, known: Known) -> bytes:
    """Return what a project would hold of an article (its id), packed."""
    # About a kilobyte for an article with 25 spans.
    parts = (known.layers, known.spans, known.relations, known.groups)
    value = Imported(id, known.article, *(tuple(some.values()) for some in parts))
    return zlib.compress(payload.encode(value).encode("utf-8"))


def unpacked(known: Known, data: bytes) -> Known:
    """Return what is known of an article with what was packed of it."""
    value = payload.decode("import", zlib.decompress(data).decode("utf-8"))
    assert isinstance(value, Imported)  # `packed` made it
    return Known(
        value.article,
        {**known.layers, **{layer.id: layer for layer in value.layers}},
        {**known.spans, **{span.id: span for span in value.spans}},
        {**known.relations, **{relation.id: relation for relation in value.relations}},
        {**known.groups, **{group.id: group for group in value.groups}},
        known.entries,
        known.deleted,
    )

"""An article as it would be with the step that the disk refused; nothing is read for it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from annotator.domain.article import Annotator, Article, Layer
from annotator.domain.change import Change
from annotator.domain.scheme import Scheme
from annotator.domain.span import Span
from annotator.formats.record import Record, SchemeRef


def with_waiting(
    article: Article, text: str, scheme: Scheme, me: Annotator, layers: Mapping[str, Layer], spans: Iterable[Span],
    waiting: Iterable[Change],
) -> Record:  # fmt: skip
    """Return an article with its layers (by id) and spans, and the changes that wait, as it is exported."""
    layers, by_id = dict(layers), {span.id: span for span in spans}
    for change in waiting:
        there: dict[str, Any] = layers if isinstance(change.value, Layer) else by_id
        if isinstance(change.value, Layer | Span):
            there.pop(change.entity, None)
            if change.after is not None:
                there[change.entity] = change.after
    ref = SchemeRef(scheme.id, scheme.version, scheme.sha256)
    return Record(article, text, ref, (me,), tuple(layers.values()), tuple(by_id.values()))

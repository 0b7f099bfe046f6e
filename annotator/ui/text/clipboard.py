"""What a copy puts on the clipboard: the exact text, and the spans inside it as JSON of our own."""

from __future__ import annotations

import json
from collections.abc import Iterable

from PySide6.QtCore import QMimeData

from annotator.domain.span import Span

MIME = "application/x-annotator-spans+json"


def copied(text: str, start: int, end: int, spans: Iterable[Span]) -> QMimeData:
    """Return ``text[start:end]`` and the spans that lie within; their offsets (code points) count from `start`."""
    inside = [span for span in spans if start <= span.start and span.end <= end]
    data = {
        "text": text[start:end],
        "offsets": "code-points",
        "spans": [
            {
                "label": span.label,
                "fragments": [{"start": a - start, "end": b - start, "text": text[a:b]} for a, b in span.fragments],
                "attributes": dict(span.attributes),
                "state": span.state,
                "note": span.note,
            }
            for span in sorted(inside, key=lambda span: (span.start, -span.end, span.label, span.id))
        ],
    }
    mime = QMimeData()
    mime.setText(text[start:end])
    mime.setData(MIME, json.dumps(data, ensure_ascii=False).encode("utf-8", "surrogatepass"))
    return mime

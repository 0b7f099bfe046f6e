"""What the changes of a package hold: texts, spans, what somebody is told of a decision."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from annotator.domain.journalled import ChangeRecord
from annotator.domain.sides import CORRECTION


def texts(changes: Sequence[ChangeRecord]) -> Iterator[str]:
    """Yield the fingerprints of the texts that the articles have by these changes and had not before."""
    for record in changes:
        if record.kind in ("article", "import") and record.after is not None:
            before, after = (_text_of(record.kind, side) for side in (record.before, record.after))
            if after and after != before:
                yield after


def _text_of(kind: str, text: str | None) -> str:
    data = json.loads(text) if text is not None else {}
    article = data.get("article", {}) if kind == "import" else data
    found = article.get("sha256", "")
    return found if isinstance(found, str) else ""


def is_correction(change: ChangeRecord) -> bool:
    """Whether a change is of what an annotator is told of a decision."""
    text = change.after or change.before
    if change.kind != "decision" or text is None or CORRECTION not in text:
        return False
    return bool((json.loads(text).get("data") or {}).get("about") == CORRECTION)


def spans(kind: str, text: str | None) -> int:
    """Return how many spans a value of a span or of an import holds."""
    if text is None or kind == "span":
        return int(text is not None)
    return sum(len(rows) for rows in json.loads(text).get("spans", {}).values())

"""Is what a change of the journal says made of what its fields are made of? Before anything relies on it."""

from __future__ import annotations

import json

from annotator.domain.change import Value
from annotator.domain.soundness import fault
from annotator.storage import payload
from annotator.storage.fold import Told


def unsound(article: str, change: Told, value: Value) -> str:
    """Return what is wrong with a change in an article (id) that leaves (or takes away) this value, "" for nothing.

    What it started from is looked at too: a package, or a fork, tells of that as well.
    """
    found = fault(change.kind, change.entity, article, value)
    if not found and change.before is not None and change.after is not None:
        found = fault(change.kind, change.entity, article, payload.decode(change.kind, change.before))
    return found


def names(text: str, entity: str) -> bool:
    """Whether a value's JSON is that of this thing: ours begins with the id, so that hardly any is taken apart."""
    if text.startswith(f'{{"id":"{entity}"') and text.count('"id":') == 1:
        return True
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        return False
    return isinstance(data, dict) and data.get("id") == entity

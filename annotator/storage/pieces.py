"""Is a change that a package holds a piece of one that is here: what I sent to a colleague in parts, come back?"""

from __future__ import annotations

import json

from annotator.domain.journalled import ChangeRecord


def is_piece(change: ChangeRecord, kind: str, entity: str, article: str, before: str | None, after: str | None) -> bool:
    """Whether a change says what this one says, or less."""
    if (change.kind, change.entity, change.article) != (kind, entity, article):
        return False
    return _says_no_more(change.before, before) and _says_no_more(change.after, after)


def _says_no_more(piece: str | None, whole: str | None) -> bool:
    if piece is None or piece == whole:
        return True
    if whole is None:
        return False
    cut, data = json.loads(piece), json.loads(whole)
    if not isinstance(cut, dict) or "layers" not in data:
        return False  # only of an import parts are sent
    return all(_within(item, data.get(key)) for key, item in cut.items())


def _within(piece: object, whole: object) -> bool:
    if isinstance(piece, list) and isinstance(whole, list):
        there = {json.dumps(item, sort_keys=True) for item in whole}
        return all(json.dumps(item, sort_keys=True) in there for item in piece)
    if isinstance(piece, dict) and isinstance(whole, dict):
        return all(key in whole and whole[key] == item for key, item in piece.items())
    return piece == whole

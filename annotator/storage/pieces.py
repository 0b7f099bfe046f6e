"""Steps that stand in no line of a device: the scheme a project begins with, and parts of steps (ID~PIECE).

Are they what they say? A part is told by the step it was taken from, the scheme by its own content.
"""

from __future__ import annotations

import json
from collections.abc import Sequence

from annotator.domain import ids
from annotator.domain.errors import UserError
from annotator.domain.journalled import ChangeRecord, StepRecord
from annotator.domain.scheme import Scheme
from annotator.storage import payload

SIGN = "~"
"""Between the id of a step and the mark of a part of it."""


def original(step: str) -> str:
    """Return the id of the step that a part was taken from; that of a whole step is its own."""
    return step.partition(SIGN)[0]


def is_the_scheme(step: StepRecord, changes: Sequence[ChangeRecord]) -> bool:
    """Whether nobody's step is the one a project begins with: its id is made of the scheme it brings."""
    if len(changes) != 1:
        return False
    kind, _, _, _, before, after = changes[0]
    if kind != "scheme" or before is not None or after is None:
        return False
    try:
        scheme = payload.decode("scheme", after)
    except (AttributeError, LookupError, TypeError, UserError, ValueError):
        return False
    return isinstance(scheme, Scheme) and step.id == ids.scheme_step_id(scheme.id, scheme.sha256)


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

"""What one annotator is told of a reviewer's decision, out of the journal, so that it is the same whoever packs it."""

from __future__ import annotations

import json
import sqlite3
from typing import Any

from annotator.domain.corrections import told
from annotator.domain.journalled import StepRecord
from annotator.domain.layerref import consensus_layer

_AS_IT_WAS = """
    SELECT change.after FROM change JOIN step ON step.seq = change.step
    WHERE change.entity = ? AND change.kind = ? AND (step.lamport, step.id) {before} (?, ?)
    ORDER BY step.lamport DESC, step.id DESC, change.n DESC LIMIT 1"""


def told_decision(
    connection: sqlite3.Connection, to: str, step: StepRecord, text: str | None, *, past: bool
) -> dict[str, Any] | None:
    """Return what `to` (an annotator's id) is told of a decision (its JSON) that a step changed, by fields; None for
    nothing. With `past` it is the decision before the step.
    """
    if text is None:
        return None
    decision = json.loads(text)
    data = decision.get("data") or {}
    sql = _AS_IT_WAS.format(before="<" if past else "<=")

    def as_it_was(kind: str, entity: str) -> dict[str, Any] | None:
        row = connection.execute(sql, (entity, kind, step.lamport, step.id)).fetchone()
        return json.loads(row[0]) if row is not None and row[0] is not None else None

    ids = data.get("made")
    spans = {id: as_it_was("span", id) for id in (ids if isinstance(ids, list) else ()) if isinstance(id, str)}
    made = {
        id: [span["label"], span["fragments"], span.get("attributes") or {}]
        for id, span in spans.items()
        if span is not None
    }
    layer = as_it_was("layer", consensus_layer(decision["article"]).id) if "field" in data else None
    fields = layer.get("fields") or {} if layer is not None else {}
    return told(decision["id"], decision["article"], data, to, made, fields)

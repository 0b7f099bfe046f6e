"""Writing what review knows: the decisions as JSON Lines, the queue as JSON Lines or CSV. See `jobs.job`."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from annotator.domain.article import Annotator, VisibleLayers
from annotator.domain.layerref import LayerRef, all_called, of
from annotator.domain.sides import Ground
from annotator.domain.span import Span, quoted
from annotator.formats import table
from annotator.jobs.job import Cancelled, Progress, never, no_progress, seldom_collecting
from annotator.jobs.place import Place
from annotator.review.recorded import made, named, sides_of
from annotator.review.standing import ACCEPTED, CONTESTED, LEFT, Item, standing
from annotator.storage import review as reading
from annotator.storage.reader import Reader

DECISIONS, QUEUE = "decisions", "queue"
JSONL, CSV = "jsonl", "csv"
VERSION = "1.0"
"""Of the lines that are written here."""


@dataclass(slots=True)
class Report:
    """What was written; `stopped` (nothing was) when it was cancelled."""

    rows: int = 0
    articles: int = 0
    bytes: int = 0
    sha256: str = ""
    stopped: bool = False


def export_decisions(
    project: Path, target: Path, refs: Sequence[LayerRef] = (), progress: Progress = no_progress,
    cancelled: Cancelled = never, *, me: str = "",
) -> Report:  # fmt: skip
    """Write all decisions, one a line, with `refs` those that are about one of these layers at least.

    What is sealed for `me` (an annotator's id) is left out.
    """
    with seldom_collecting(), closing(Reader(project)) as reader, Place(target, project) as place:
        reader.seal(me)
        ids = reading.decided_articles(reader)
        return _Run(reader, place, ids, progress, cancelled).decisions(refs)


def export_queue(
    project: Path, target: Path, refs: Sequence[LayerRef], format: str = JSONL, progress: Progress = no_progress,
    cancelled: Cancelled = never, *, me: str = "",
) -> Report:  # fmt: skip
    """Write what is left to be decided between the layers, one a line, as JSONL or CSV; `me` as above."""
    with seldom_collecting(), closing(Reader(project)) as reader, Place(target, project) as place:
        reader.seal(me)
        ids = reading.articles(reader, refs)
        return _Run(reader, place, ids, progress, cancelled).queue(refs, format)


class _Run:
    def __init__(
        self, reader: Reader, place: Place, ids: Sequence[str], progress: Progress, cancelled: Cancelled
    ) -> None:
        self._reader, self._place, self._ids = reader, place, ids
        self._progress, self._cancelled = progress, cancelled
        self._people = reader.annotators()
        self._report, self._digest = Report(), hashlib.sha256()

    def decisions(self, refs: Sequence[LayerRef]) -> Report:
        """Write the decisions."""
        scheme = self._reader.scheme()
        for id in self._walked():
            lines = [
                line
                for some, decisions in self._asked(id, refs)
                if (ground := reading.ground(self._reader, id, some, scheme)) is not None
                for line in _decided(ground, decisions, self._people)
            ]
            for line in lines:
                self._write(_encoded(line))
            self._report.rows += len(lines)
            self._report.articles += bool(lines)
        return self._done()

    def _asked(self, article: str, refs: Sequence[LayerRef]) -> Iterator[tuple[list[LayerRef], list[str]]]:
        """Yield what was decided about the same layers together: these, and the decisions (ids)."""
        layers = {layer.id: of(layer) for layer in self._reader.layers(article, VisibleLayers.ALL)}
        by_refs: dict[tuple[LayerRef, ...], list[str]] = {}
        for one in reading.decisions(self._reader, article):
            if one.data.get("about") != "difference":
                continue
            sides = tuple(_ref(side, layers) for side in sides_of(one))
            if not refs or not set(sides).isdisjoint(refs):
                by_refs.setdefault(sides, []).append(one.id)
        for sides, ids in by_refs.items():
            yield list(sides), ids

    def queue(self, refs: Sequence[LayerRef], format: str) -> Report:
        """Write what is left."""
        names = all_called(refs, self._people)
        if format == CSV:
            self._write(table.BEGIN + table.row([*_HEAD, *names, "decided", "reason", "id"]))
        scheme = self._reader.scheme()
        for id in self._walked():
            ground = reading.ground(self._reader, id, refs, scheme)
            if ground is None:
                continue
            items = [it for it in standing(ground) if it.status in LEFT]
            for item in items:
                line = table.row(_cells(ground, item)) if format == CSV else _encoded(_left(ground, item, self._people))
                self._write(line)
            self._report.rows += len(items)
            self._report.articles += bool(items)
        return self._done()

    def _walked(self) -> Iterator[str]:
        for done, id in enumerate(self._ids, start=1):
            if self._cancelled():
                self._report.stopped = True
                return
            yield id
            self._progress(done, len(self._ids))

    def _write(self, line: bytes) -> None:
        self._place.write(line)
        self._digest.update(line)
        self._report.bytes += len(line)

    def _done(self) -> Report:
        if self._report.stopped:
            return Report(stopped=True)
        self._place.put()
        self._report.sha256 = self._digest.hexdigest()
        return self._report


def _encoded(line: Mapping[str, Any]) -> bytes:
    return (json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n").encode("utf-8")


def _word(data: Mapping[str, Any], key: str) -> str:
    """Return a word of a decision, "" for anything else: a colleague's program may have written what it liked."""
    value = data.get(key, "")
    return value if isinstance(value, str) else ""


def _whole(data: Mapping[str, Any], key: str) -> int | None:
    value = data.get(key)
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _ref(side: Mapping[str, Any], layers: Mapping[str, Any]) -> LayerRef:
    known = layers.get(str(side.get("layer", "")))
    if isinstance(known, LayerRef):
        return known
    round = side.get("round", 1)
    return LayerRef("annotator", str(side.get("owner", "")), round=round if isinstance(round, int) else 1)


def _person(id: str, people: Mapping[str, Annotator]) -> dict[str, str]:
    return {"id": id, "name": people[id].name if id in people else ""}


def _span(span: Span, text: str) -> dict[str, Any]:
    return {
        "id": span.id, "label": span.label, "fragments": [list(piece) for piece in span.fragments],
        "text": [text[start:end] for start, end in span.fragments], "attributes": dict(span.attributes),
    }  # fmt: skip


def _begun(what: str, ground: Ground) -> dict[str, Any]:
    article = ground.article
    return {
        "format": f"annotator-{what}", "version": VERSION,
        "article": {"id": article.id, "title": article.title, "revision": article.revision, "sha256": article.sha256},
    }  # fmt: skip


def _decided(ground: Ground, ids: Sequence[str], people: Mapping[str, Annotator]) -> Iterator[dict[str, Any]]:
    """Yield the lines of those of the decisions (ids)."""
    found = {one.id: item for item in standing(ground) for one in (item.decision, *item.others) if one is not None}
    there = {span.id: span for side in ground.sides for span in side.spans}
    consensus = {span.id: span for span in ground.consensus.spans}
    for decision in ground.decisions:
        if decision.id not in ids:
            continue
        data, item = decision.data, found.get(decision.id)
        field = _word(data, "field")
        sides = [
            {
                "layer": side.ref.text(), "annotator": _person(side.ref.owner, people), "round": side.ref.round,
                "spans": [
                    _span(there[id], ground.text) if id in there else {"id": id, "gone": True}
                    for id in named(decision).get(str(given.get("layer", "")), ())
                ],
            }
            for side, given in zip(ground.sides, sides_of(decision), strict=False)
        ]  # fmt: skip
        line = _begun("decision", ground) | {
            "id": decision.id, "kind": _word(data, "kind"),
            # Several say something of the same spans after a merge: only one of them stands.
            "status": item.status if item is not None and item.decision == decision else "outdated",
            "answer": _word(data, "answer"), "side": _whole(data, "side"), "rule": _word(data, "rule"),
            "reason": _word(data, "reason"), "by": _person(_word(data, "by"), people), "at": _word(data, "at"),
            "contested": _whole(data, "contested") or 0, "same": _word(data, "same"), "sides": sides,
            "consensus": [_span(consensus[id], ground.text) for id in made(decision) if id in consensus],
        }  # fmt: skip
        if field:
            layer = ground.consensus.layer
            values = [None if it.layer is None else it.layer.fields.get(field) for it in ground.sides]
            outcome = None if layer is None else layer.fields.get(field)
            line |= {"field": field, "values": values, "value": outcome}
        line["answers"] = [
            {
                "by": _person(_word(one.data, "by"), people), "says": _word(one.data, "says"),
                "reason": _word(one.data, "reason"), "at": _word(one.data, "at"),
            }
            for one in ground.answers
            if one.data.get("decision") == decision.id and _word(one.data, "says") in (ACCEPTED, CONTESTED)
        ]  # fmt: skip
        yield line


def _left(ground: Ground, item: Item, people: Mapping[str, Annotator]) -> dict[str, Any]:
    one = item.difference
    line = _begun("difference", ground) | {
        "id": one.id, "kind": one.kind, "status": item.status, "start": one.start, "end": one.end,
        "sides": [
            {
                "layer": ref.text(), "annotator": _person(ref.owner, people), "round": ref.round,
                "compared": number in one.present,
                "spans": [] if (span := one.spans[number]) is None else [_span(span, ground.text)],
            }
            for number, ref in enumerate(ground.refs)
        ],
    }  # fmt: skip
    if one.field:
        line |= {"field": one.field, "values": list(one.values)}
    if item.decision is not None:
        line["decided"] = {
            "answer": _word(item.decision.data, "answer"), "reason": _word(item.decision.data, "reason"),
            "by": _person(_word(item.decision.data, "by"), people), "at": _word(item.decision.data, "at"),
        }  # fmt: skip
        line["contests"] = [_word(it.data, "reason") for it in item.contests]
    return line


_HEAD = ("article", "title", "kind", "status", "start", "end", "words")


def _cells(ground: Ground, item: Item) -> list[object]:
    one = item.difference
    words = one.field or one.words
    said = [
        ""
        if number not in one.present
        else _said(one.spans[number], one.values[number] if one.values else None, ground)
        for number in range(len(ground.sides))
    ]
    data: Mapping[str, Any] = item.decision.data if item.decision is not None else {}
    reasons = [_word(data, "reason"), *(_word(it.data, "reason") for it in item.contests)]
    decided = _word(data, "answer")
    return [
        one.article, ground.article.title, one.kind, item.status, one.start, one.end, words, *said, decided,
        " / ".join(filter(None, reasons)), one.id,
    ]  # fmt: skip


def _said(span: Span | None, value: object, ground: Ground) -> str:
    if span is not None:
        return f"{span.label}: {quoted(ground.text, span.fragments)}"
    return "(nothing)" if value is None else value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)

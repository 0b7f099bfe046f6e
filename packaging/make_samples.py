"""Writes resources/samples/samples.jsonl from the article texts and the hand list in samples.toml.

Ids come from the content and the times are fixed, so that the same list gives the same bytes.
"""

import json
import sys
import tomllib
import uuid
from pathlib import Path
from typing import Any

from annotator.domain import ids
from annotator.domain.quotemode import mode
from annotator.domain.scheme import Scheme, parse
from annotator.domain.span import joined
from annotator.domain.text import fingerprint

ROOT = Path(__file__).resolve().parent.parent
SAMPLES = ROOT / "resources" / "samples"
TARGET = SAMPLES / "samples.jsonl"
AT = "2026-11-23T12:00:00.000Z"
STEM = "samples"


def offsets(text: str, pieces: list[str], nth: int) -> list[tuple[int, int]]:
    """Return where the pieces stand, in code points: the first as the n-th occurrence, the others after it."""
    at = -1
    for _ in range(nth):
        at = text.index(pieces[0], at + 1)
    found = [(at, at + len(pieces[0]))]
    for piece in pieces[1:]:
        at = text.index(piece, found[-1][1])
        found.append((at, at + len(piece)))
    return found


def span(text: str, article: str, layer: str, entry: list[Any], scheme: Scheme) -> dict[str, Any]:
    """Return one worked span as our JSONL writes it; raises ValueError for words that are not there."""
    label, words, nth = (*entry, 1)[:3]
    if scheme.label(label) is None:
        raise ValueError(f"unknown label {label}")
    try:
        fragments = joined(offsets(text, [words] if isinstance(words, str) else words, nth))
    except ValueError:
        raise ValueError(f"not in the text ({nth}.): {words}") from None
    start, end = fragments[0][0], fragments[-1][1]
    return {
        "id": ids.content_span_id(article, layer, label, fragments), "source_id": "",
        "layer": layer, "annotator": "", "label": label,
        "start": start, "end": end, "text": text[start:end],
        "fragments": [{"start": a, "end": b, "text": text[a:b]} for a, b in fragments],
        "attributes": {}, "state": "ok", "note": "", "scheme_version": scheme.version, "created": AT, "updated": AT,
    }  # fmt: skip


SAID = ("naming", "kind", "checkability")
"""What the hand list says of spans, each in a table of its own."""


def said_of(text: str, one: dict[str, Any], listed: dict[str, str | None]) -> dict[str, str]:
    """Return the attributes of a span: what is listed, and what its words and its label say by themselves."""
    said = {name: value for name, value in listed.items() if value is not None}
    if one["label"] == "quote":
        said["mode"] = mode(text, tuple((it["start"], it["end"]) for it in one["fragments"]))
    if one["label"] == "cue":
        said["distance"] = "neutral"
    return dict(sorted(said.items()))


def group(layer: str, spans: list[dict[str, Any]], quote: int, sources: list[int], cue: int) -> dict[str, Any]:
    """Return one attribution of the hand list as our JSONL writes it."""
    numbers = [("quote", quote), *(("source", source) for source in sources), *([("cue", cue)] if cue >= 0 else [])]
    for role, number in numbers:
        if spans[number]["label"] != role:
            raise ValueError(f"no {role}: {spans[number]['text']}")
    members = [{"role": role, "span": spans[number]["id"]} for role, number in numbers]
    return {
        "id": str(uuid.uuid5(uuid.UUID(spans[quote]["id"]), "attribution")), "source_id": "", "layer": layer,
        "kind": "attribution", "members": members, "no_source": not sources, "state": "ok", "note": "",
    }  # fmt: skip


def record(entry: dict[str, Any], scheme: Scheme) -> dict[str, Any]:
    """Return one article with its spans, keys in the order of our JSONL."""
    text = (SAMPLES / entry["file"]).read_text(encoding="utf-8").rstrip("\n")
    sha256 = fingerprint(text)
    article = ids.content_article_id(sha256)
    layer = ids.layer_id(article, "imported", STEM, 1)
    spans = [span(text, article, layer, words, scheme) for words in entry["spans"]]
    for number, one in enumerate(spans):
        one["attributes"] = said_of(text, one, {name: entry.get(name, {}).get(str(number)) for name in SAID})
    groups = sorted((group(layer, spans, *tie) for tie in entry["said"]), key=lambda one: one["id"])
    spans.sort(key=lambda one: (one["start"], -one["end"], one["label"], one["id"]))
    return {
        "format": "annotator-article", "version": "1.1", "id": article, "source_id": "", "revision": 1,
        "title": entry["title"], "text": text, "sha256": sha256, "offsets": "code-points",
        "meta": dict(sorted(entry["meta"].items())),
        "scheme": {"id": scheme.id, "version": scheme.version, "sha256": scheme.sha256},
        "layers": [{"id": layer, "source_id": "", "kind": "imported", "round": 1, "annotator": {"id": "", "name": STEM},
                    "state": entry["state"], "fields": {}, "note": ""}],
        "spans": spans, "relations": [], "groups": groups, "entries": [],
    }  # fmt: skip


def made() -> bytes:
    """Return the bytes of samples.jsonl."""
    scheme = parse((ROOT / "resources" / "schemes" / "news-sourcing.toml").read_text(encoding="utf-8"), "news-sourcing")
    listed = tomllib.loads((ROOT / "packaging" / "samples.toml").read_text(encoding="utf-8"))["article"]
    lines = [json.dumps(record(entry, scheme), ensure_ascii=False, separators=(",", ":")) for entry in listed]
    return ("\n".join(lines) + "\n").encode("utf-8")


if __name__ == "__main__":
    TARGET.write_bytes(made())
    sys.stdout.write(f"{TARGET.relative_to(ROOT)}: {TARGET.stat().st_size} bytes\n")

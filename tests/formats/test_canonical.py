"""The quick road and the strict one: what the quick one takes, both read alike."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.ids import uuid7
from annotator.formats import canonical, jsonl, jsonl_writer
from annotator.formats.record import BadLine, Origin, Record

WIRE = Origin("wire")
ANA = "0192f0c1-0000-7000-8000-00000000000a"

CHARS = st.characters(codec="utf-8", exclude_characters="\0") | st.sampled_from('😄\r\n\u2028\ufeff\u0301字\\"')
WORDS = st.text(CHARS, max_size=4)
NUMBERS = st.integers(-(2**63) + 1, 2**63 - 1) | st.floats(allow_nan=False, allow_infinity=False)
FREE = st.dictionaries(WORDS, NUMBERS | WORDS | st.lists(st.booleans() | st.none(), max_size=2), max_size=3)
STATES = st.sampled_from(["ok", "discuss", "unsure"])


def strict(line: bytes) -> Record | str:
    """Return what the strict reader says, its reason where it refuses."""
    try:
        return jsonl.read_strictly(line, 3, WIRE)
    except BadLine as error:
        return str(error)


def compact(item: object) -> bytes:
    return json.dumps(item, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")


@st.composite
def spans(draw: st.DrawFn, text: str, layers: list[str]) -> list[dict[str, Any]]:
    result = []
    for _ in range(draw(st.integers(0, 4))):
        edges = sorted(draw(st.sets(st.integers(0, len(text)), min_size=2, max_size=6)))
        pieces = [{"start": a, "end": b} for a, b in zip(edges[::2], edges[1::2], strict=False)]
        result.append(
            {
                "id": uuid7(),
                "source_id": draw(WORDS),
                "layer": draw(st.sampled_from(layers)),
                "annotator": draw(st.sampled_from(["", ANA])),
                "label": draw(st.sampled_from(["quote", "source", "été"])),
                "start": pieces[0]["start"],
                "end": pieces[-1]["end"],
                "fragments": pieces,
                "attributes": draw(FREE),
                "state": draw(STATES),
                "note": draw(WORDS),
            }
        )
    return result


@st.composite
def exports(draw: st.DrawFn) -> bytes:
    """A line of a random article, as our export writes it."""
    text = draw(st.text(CHARS, min_size=2, max_size=30).filter(lambda text: not text.isspace()))
    owner = {"id": ANA, "name": draw(WORDS)}
    layers = [
        {"id": "a", "annotator": owner, "state": draw(st.sampled_from(["new", "started", "done"]))},
        {"id": "b", "kind": "imported", "fields": draw(FREE), "note": draw(WORDS)},
    ]
    found = draw(spans(text, ["a", "b"]))
    line: dict[str, Any] = {"text": text, "meta": draw(FREE), "layers": layers, "spans": found}
    if found and draw(st.booleans()):
        ends = [draw(st.sampled_from(found))["id"] for _ in range(2)]
        line["relations"] = [{"label": "supports", "from": ends[0], "to": ends[1], "attributes": draw(FREE)}]
        line["groups"] = [{"kind": "attribution", "members": [{"role": "quote", "span": id} for id in ends]}]
    return jsonl_writer.encode(jsonl.read_strictly(compact(line), 1, WIRE))


@given(exports())
def test_an_export_takes_the_quick_road_and_reads_as_by_the_strict_one(line: bytes) -> None:
    read = canonical.read(line, 3, WIRE)
    assert read is not None
    assert repr(read) == repr(strict(line))  # 1, 1.0 and true are equal, and written differently


def _places(value: Any) -> list[tuple[Any, Any]]:
    found: list[tuple[Any, Any]] = []
    for key, inner in list(value.items() if isinstance(value, dict) else enumerate(value)):
        found.append((value, key))
        if isinstance(inner, dict | list):
            found.extend(_places(inner))
    return found


ANYTHING = (
    st.none() | st.booleans() | st.integers(-1, 40) | st.sampled_from([1.0, 1e400, 2**31, 2**63, -(2**63)]) | WORDS
    | st.sampled_from(["\0", "\ud800", "ok", "", ANA, [], {}, "code-points", "utf-16", "1.1", "imported", "annotator"])
)  # fmt: skip


@st.composite
def altered(draw: st.DrawFn) -> bytes:
    """An export in which one thing was changed: a value, a key, their order, or some bytes."""
    line = draw(exports())
    how = draw(st.sampled_from(["value", "number", "key", "order", "copy", "bytes"]))
    if how == "bytes":
        at = draw(st.integers(0, len(line)))
        return line[:at] + draw(st.binary(max_size=3)) + line[at + draw(st.integers(0, 3)) :]
    whole = json.loads(line)
    owner, key = draw(st.sampled_from(_places(whole)))
    if how == "value":
        owner[key] = draw(ANYTHING)
    elif how == "number":
        owner, key = draw(st.sampled_from([it for it in _places(whole) if type(it[0][it[1]]) is int]))
        owner[key] += draw(st.sampled_from([-1, 1, 1000]))
    elif how == "key" and isinstance(owner, dict):
        owner[draw(WORDS)] = owner.pop(key)
    elif how == "order" and isinstance(owner, dict):
        owner[key] = owner.pop(key)
    elif how == "copy" and isinstance(owner, list):
        owner.insert(draw(st.integers(0, len(owner))), owner[key])
    return compact(whole)


@given(altered())
def test_an_altered_line_is_read_alike_or_left_to_the_strict_road(line: bytes) -> None:
    read = canonical.read(line, 3, WIRE)
    assert read is None or repr(read) == repr(strict(line))


@given(altered())
def test_what_the_strict_road_refuses_in_part_is_never_taken_by_the_quick_one(line: bytes) -> None:
    expected = strict(line)
    if isinstance(expected, str) or expected.refusals or expected.notes:
        assert canonical.read(line, 3, WIRE) is None


PIECES = [{"start": 1, "end": 6}, {"start": 7, "end": 12}]
WHOLE = jsonl_writer.encode(
    jsonl.read_strictly(
        compact(
            {
                "text": "“Taxes fell,” the minister said.",
                "meta": {"n": 1, "x": "y"},
                "spans": [
                    {"start": 1, "end": 12, "label": "quote", "fragments": PIECES},
                    {"start": 14, "end": 26, "label": "source"},
                ],
            }
        ),
        1,
        WIRE,
    )
)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b'"n":1', b'"n":1,"n":1'),  # a key that stands twice
        (b'"n":1', b'"n":1.0e0'),
        (b'"n":1', b'"n":18446744073709551615'),  # more than can be kept
        (b'"n":1', b'"n":1 '),
        (b'"x":"y"', b'"x":"\\u0000"'),
        (b'"x":"y"', b'"x":"\\ud800"'),
        (b'"x":"y"', b'"x":"\\u0079"'),
        (b'"x":"y"', b'"x":"\xff"'),
        (b'"revision":1', b'"revision":0'),
        (b'"revision":1', b'"revision":true'),
        (b'"version":"1.1"', b'"version":"1.2"'),
        (b'"text":"Taxes"', b'"text":"Texas"'),
        (b'"start":7', b'"start":6'),  # fragments that touch, and another quoted text
        (b'"start":14', b'"start":13'),
        (b'"text":"the minister","fragments":[{"start":14,', b'"text":"the minister","fragments":[{"start":15,'),
        (b'"text":"Taxes fell,"', b'"text":"Taxes fall,"'),
        (b'"end":12,"text":"Taxes fell,"', b'"end":11,"text":"Taxes fell"'),
        (b'{"start":7,"end":12,"text":"fell,"}', b'{"start":6,"end":12,"text":" fell,"}'),
        (b'"end":26,"text":"the minister"}', b'"end":26,"text":"the ministry"}'),
        (b'"state":"ok"', b'"state":"fine"'),
        (b'"label":"source"', b'"label":""'),
        (b'"name":"wire"', b'"name":"wire","mood":1'),
        (b'"scheme":{', b'"scheme":{"mood":1,'),
    ],
)
def test_doubt_goes_to_the_strict_road(old: bytes, new: bytes) -> None:
    assert canonical.read(WHOLE, 1, WIRE) is not None
    line = WHOLE.replace(old, new, 1)
    assert line != WHOLE
    assert canonical.read(line, 1, WIRE) is None


def test_a_span_that_stands_twice_goes_to_the_strict_road() -> None:
    first, second = (span["id"].encode() for span in json.loads(WHOLE)["spans"])
    assert canonical.read(WHOLE.replace(second, first), 1, WIRE) is None


def test_keys_that_have_no_place_are_told() -> None:
    span = {"id": "s", "start": 0, "end": 2, "label": "quote", "fragments": [{"start": 0, "mood": 1, "end": 2}]}
    line = {
        "text": "some text",
        "scheme": {"mood": 1},
        "layers": [{"id": "a", "annotator": {"id": "", "name": "wire", "mood": 1}}],
        "spans": [span],
        "groups": [{"kind": "k", "members": [{"role": "quote", "span": "s", "mood": 1}]}],
    }
    record = jsonl.read_line(compact(line), 1, WIRE)
    assert record.refusals == ()
    assert sorted(record.notes) == [
        "Unknown keys of a fragment were not kept.",
        "Unknown keys of a layer's annotator were not kept.",
        "Unknown keys of a member of a group were not kept.",
        "Unknown keys of the scheme were not kept.",
    ]

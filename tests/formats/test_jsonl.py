"""Lines of JSON: taken exactly or refused with a reason, part by part."""

from __future__ import annotations

import io
import json
import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.article import Annotator
from annotator.domain.layerref import consensus_layer
from annotator.formats import jsonl, jsonl_writer, strict_json
from annotator.formats.record import BadLine, Origin, Record, Refused

WIRE = Origin("wire")
TEXT = "😄 “Taxes fell,” the minister said.\r\nنعم e\u0301 end"


def read(*items: object, origin: Origin = WIRE) -> list[Record | Refused]:
    data = b"\n".join(item if isinstance(item, bytes) else json.dumps(item).encode() for item in items)
    return list(jsonl.read(io.BytesIO(data), origin))


def one(item: object, origin: Origin = WIRE) -> Record:
    (record,) = read(item, origin=origin)
    assert isinstance(record, Record), record
    return record


HOSTILE_LINES = [
    (b"[" * 100_000, "nested too deeply"),
    (b'{"text":"a","text":"b"}', "stands twice"),
    (b'{"text":"a","meta":{"x":1,"x":2}}', "stands twice"),
    (b'{"text":"a","meta":{"x":NaN}}', "NaN is not"),
    (b'{"text":"a","meta":{"x":-Infinity}}', "-Infinity is not"),
    (b'{"text":"a","meta":{"x":1e999}}', "too large"),
    (b'{"text":"a","meta":{"x":' + b"9" * 100_000 + b"}}", "too many digits"),
    (b'{"text":"a","meta":{"x":9223372036854775808}}', "too large to keep"),
    (b'{"text":"a","meta":' + b'{"x":' * 100 + b"1" + b"}" * 100 + b"}", "nested too deeply"),
    (b'{"text":"a"', "Not valid JSON"),
    (b'{"text":"\xff"}', "Not UTF-8: byte 10"),
    (b"[]", "must be one object"),
    (b'"a"', "must be one object"),
    (b"{}", "text is missing"),
    (b'{"text":""}', "text is empty"),
    (b'{"text":7}', "must be a text"),
    (b'{"text":"a","spans":{}}', "spans must be a list"),
    (b'{"text":"a","offsets":"bytes"}', "offsets must be one of"),
    (b'{"text":"a","sha256":"00"}', "does not fit its sha256"),
    (b'{"text":"a","format":"annotator-article","version":"2.0"}', "Version 2.0 .* reads 1.x"),
    (b'{"text":"a","format":"annotator-article","version":1.0}', "not like"),
    (b'{"text":"a","format":"doccano"}', "is not annotator-article"),
    (b'{"text":"a","revision":true}', "whole number"),
]


@pytest.mark.parametrize(("line", "reason"), HOSTILE_LINES)
def test_a_hostile_line_is_refused_and_the_next_one_read(line: bytes, reason: str) -> None:
    refused, good = read(line, {"text": "good"})
    assert isinstance(refused, Refused)
    assert refused.line == 1
    assert re.search(reason, refused.reason), refused.reason
    assert isinstance(good, Record)
    assert good.line == 2


def test_there_is_one_consensus_whoever_a_file_names() -> None:
    article = "0190a000-0000-7000-8000-0000000000ff"
    for person in ({}, {"name": "Zed"}, {"id": "0190a000-0000-7000-8000-0000000000aa", "name": "Ana"}):
        layers = [{"id": "c", "kind": "consensus", "annotator": person, "name": "set"}]
        record = one({"id": article, "text": "a", "layers": layers})
        assert [layer._replace(source_id="", extra={}) for layer in record.layers] == [consensus_layer(article)]
        assert any("nobody's" in note for note in record.notes) == bool(person)


HOSTILE_SPANS: list[tuple[Any, str]] = [
    ({"start": True, "end": 3, "label": "q"}, "whole numbers"),
    ({"start": 0.0, "end": 3, "label": "q"}, "whole numbers"),
    ({"start": "0", "end": 3, "label": "q"}, "whole numbers"),
    ({"start": 0, "label": "q"}, "whole numbers"),
    ({"start": -1, "end": 3, "label": "q"}, "before the text"),
    ({"start": 3, "end": 3, "label": "q"}, "empty or reversed"),
    ({"start": 3, "end": 2, "label": "q"}, "empty or reversed"),
    ({"start": 0, "end": 10**30, "label": "q"}, "after the end"),
    ({"start": 0, "end": 3, "label": "q", "text": "no"}, "not the quoted text"),
    ({"start": 0, "end": 3, "label": "q", "text": 1}, "must be a text"),
    ({"start": 0, "end": 3}, "label is missing"),
    ({"start": 0, "end": 3, "label": 5}, "label must be a text"),
    ({"start": 0, "end": 3, "label": "q", "state": "fine"}, "state must be one of"),
    ({"start": 0, "end": 3, "label": "q", "layer": "x"}, "not among the layers"),
    ({"start": 0, "end": 9, "label": "q", "fragments": [{"start": 0, "end": 3}]}, "not those of its fragments"),
    ({"start": 0, "end": 3, "label": "q", "attributes": []}, "attributes must be an object"),
    ([0, 3, "q"], "object is needed"),
    (None, "object is needed"),
]


@pytest.mark.parametrize(("span", "reason"), HOSTILE_SPANS)
def test_a_hostile_span_is_refused_and_the_others_stay(span: object, reason: str) -> None:
    record = one({"text": TEXT, "spans": [span, {"start": 2, "end": 15, "label": "quote"}]})
    assert [refusal.what for refusal in record.refusals] == ["span 1"]
    assert reason in record.refusals[0].reason
    assert [span.fragments for span in record.spans] == [((2, 15),)]


def test_a_short_line_gets_ids_from_its_content() -> None:
    line = {"text": TEXT, "spans": [{"start": 2, "end": 15, "label": "quote", "text": TEXT[2:15]}]}
    ours, theirs = one(line), one(line)
    assert ours == theirs
    assert ours.layers[0].kind == "imported"
    assert ours.layers[0].name == "wire"
    assert one(line, Origin("other")).spans[0].id != ours.spans[0].id


def test_spans_without_annotator_go_to_the_owner() -> None:
    ana = Annotator("0192f0c1-0000-7000-8000-00000000000a", "Ana")
    record = one({"text": TEXT, "spans": [{"start": 2, "end": 15, "label": "quote"}]}, Origin("wire", ana))
    assert (record.layers[0].kind, record.layers[0].owner, record.spans[0].annotator) == ("annotator", ana.id, ana.id)


def test_foreign_ids_are_kept_as_source_ids() -> None:
    record = one({"id": 7, "text": TEXT, "spans": [{"id": "s-1", "start": 2, "end": 15, "label": "quote"}]})
    assert record.article.source_id == "7"
    assert record.spans[0].source_id == "s-1"


def test_touching_fragments_are_joined_and_told() -> None:
    pieces = [{"start": 8, "end": 10}, {"start": 2, "end": 5}, {"start": 5, "end": 7}]
    record = one({"text": TEXT, "spans": [{"start": 2, "end": 10, "label": "q", "fragments": pieces}]})
    assert record.spans[0].fragments == ((2, 7), (8, 10))
    assert record.notes == ("3 fragments of a span touch or overlap; they became 2.",)


def test_unstorable_characters_are_replaced_in_text_and_quotes() -> None:
    record = one(b'{"text":"a\\u0000b\\ud800c","spans":[{"start":0,"end":5,"label":"q","text":"a\\u0000b\\ud800c"}]}')
    assert record.text == "a\ufffdb\ufffdc"
    assert len(record.spans) == 1
    assert "became U+FFFD" in record.notes[0]


def test_lines_are_split_at_line_feeds_only() -> None:
    records = read('{"text":"a\u2028b\u0085c"}'.encode(), b"", b'{"text":"d"}\r')
    assert [(record.line, record.text) for record in records if isinstance(record, Record)] == [
        (1, "a\u2028b\u0085c"),
        (3, "d"),
    ]


def test_marks_at_the_head() -> None:
    assert isinstance(read(b'\xef\xbb\xbf{"text":"a"}')[0], Record)
    (refused,) = read('\ufeff{"text":"a"}'.encode("utf-16-le"))
    assert isinstance(refused, Refused)
    assert "UTF-16" in refused.reason


def test_a_line_too_long_is_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(strict_json, "MAX_LINE", 1000)
    monkeypatch.setattr(strict_json, "_PIECE", 64)
    refused, good = read(b'{"text":"' + b"a" * 5000 + b'"}', {"text": "b"})
    assert isinstance(refused, Refused)
    assert isinstance(good, Record)


def _utf16(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def _utf8(text: str) -> int:
    return len(text.encode())


@pytest.mark.parametrize(("unit", "size"), [("utf-16", _utf16), ("utf-8", _utf8)])
def test_other_units_are_read_and_written(unit: str, size: Any) -> None:
    ours = one(
        {"text": TEXT, "spans": [{"start": 2, "end": 15, "label": "quote"}, {"start": 0, "end": 1, "label": "x"}]}
    )
    data = json.loads(jsonl_writer.encode(ours, unit))
    assert [(span["start"], span["end"]) for span in data["spans"]] == [
        (size(TEXT[:2]), size(TEXT[:15])), (0, size(TEXT[:1]))
    ]  # fmt: skip
    assert one(data).spans == ours.spans
    data["spans"][1]["end"] -= 1
    assert "inside a character" in one(data).refusals[0].reason


def test_unknown_keys_come_back() -> None:
    line = {"text": TEXT, "z": [1, {"b": "é"}], "spans": [{"start": 2, "end": 15, "label": "q", "mood": None}]}
    written = jsonl_writer.encode(one(line))
    assert b'"z":[1,{"b":"\xc3\xa9"}]}\n' in written
    assert b'"updated":"","mood":null}' in written
    assert jsonl_writer.encode(one(written)) == written


KEYS = st.sampled_from(["text", "spans", "layers", "id", "start", "end", "label", "groups", "members", "from", "x"])
ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=6),
    max_leaves=30,
)


@given(ANY_JSON)
def test_any_json_is_read_or_refused_in_sentences(value: Any) -> None:
    if isinstance(value, dict):
        value["text"] = "some text"
    for record in read(json.dumps(value).encode()):
        if isinstance(record, Refused):
            assert record.reason.endswith(".")
        else:
            again = jsonl_writer.encode(record)
            assert jsonl_writer.encode(one(again)) == again


@given(st.binary(max_size=100))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    for record in jsonl.read(io.BytesIO(data), Origin("f")):
        assert isinstance(record, Refused) or record.text


def test_bad_line_is_one_of_the_worlds_faults() -> None:
    with pytest.raises(BadLine):
        jsonl.read_line(b"", 1, Origin("f"))

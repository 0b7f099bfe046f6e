"""Ids, fingerprints and time: what two people must name alike, and what must never be named twice."""

from __future__ import annotations

import re
import uuid

from annotator.domain import clock, ids
from annotator.domain.text import fingerprint, storable


def test_new_ids_are_uuid7_in_order_of_time() -> None:
    made = [ids.uuid7() for _ in range(2_000)]
    assert len(set(made)) == len(made)
    assert all(uuid.UUID(id).version == 7 and uuid.UUID(id).variant == uuid.RFC_4122 for id in made)
    assert [id[:13] for id in made] == sorted(id[:13] for id in made)
    assert all(ids.is_uuid(id) for id in made)


def test_named_ids_are_the_same_everywhere_and_differ_by_what_they_name() -> None:
    # Written down: files of colleagues hold them, so they may never change.
    assert ids.layer_id("a", "annotator", "me", 1) == "5c3cf203-8215-5d4b-b78e-534bca2c86c7"
    assert ids.content_article_id("00") == "8822b172-520c-58b4-9a77-e624fdc4c7a9"
    assert ids.content_span_id("a", "l", "quote", [(1, 2), (4, 5)]) == "3a1a15eb-bdaf-5f92-b692-3735128cb7ac"
    names = {
        ids.layer_id("a", "annotator", "me", 1),
        ids.layer_id("a", "annotator", "me", 2),
        ids.layer_id("a", "imported", "me", 1),
        ids.layer_id("b", "annotator", "me", 1),
        ids.content_article_id("00"),
        ids.content_span_id("a", "l", "quote", [(1, 2)]),
        ids.content_span_id("a", "l", "quote", [(1, 2), (4, 5)]),
        ids.content_span_id("a", "l", "cue", [(1, 2)]),
        ids.foreign_id("span", "a", "7"),
        ids.foreign_id("span", "b", "7"),
    }
    assert len(names) == 10
    assert all(uuid.UUID(name).version == 5 for name in names)


def test_what_is_no_uuid() -> None:
    for text in ("", "7", "0190A000-0000-7000-8000-00000000000A", "{0190a000-0000-7000-8000-00000000000a}", "x" * 36):
        assert not ids.is_uuid(text)
        assert not ids.are_uuids([ids.uuid7(), text])
        assert not ids.are_uuids([text, ids.uuid7()])


def test_many_uuids_are_told_in_one_look() -> None:
    one, two = ids.uuid7(), ids.uuid7()
    assert ids.are_uuids([])
    assert ids.are_uuids([one])
    assert ids.are_uuids([one, two])
    assert not ids.are_uuids([f"{one}\n{two}"])
    assert not ids.are_uuids(["", f"{one}\n{two}"])
    assert not ids.are_uuids([one + "\n"])


def test_only_what_cannot_be_stored_is_replaced() -> None:
    text = "\ufeffa\x00b\ud800c\udfff\r\n\u2028é\u00a0e\u0301🙂\x85"
    kept, count = storable(text)
    assert count == 3
    assert len(kept) == len(text)
    assert kept == "\ufeffa\ufffdb\ufffdc\ufffd\r\n\u2028é\u00a0e\u0301🙂\x85"
    assert re.fullmatch("[0-9a-f]{64}", fingerprint(kept))


def test_time_is_written_in_utc_with_milliseconds() -> None:
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", clock.now())

"""The list of recent projects is a convenience: whatever becomes of its file, the program starts."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotator import paths, recent
from annotator.recent import MOST, Recent, recents, remember

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from([*Recent._fields, "x"]), inner),
    max_leaves=12,
)


def file() -> Path:
    return paths.data_dir() / "recent.json"


def project(name: str, done: int = 0) -> Recent:
    return Recent(f"/news/{name}.annotator", "2026-11-24T10:00:00.000Z", "id", 3, done, 5)


def test_the_last_one_is_first_and_stands_there_once() -> None:
    for name in ("a", "b", "c"):
        remember(project(name))
    remember(project("a", done=4))
    assert [one.path[6] for one in recents()] == ["a", "c", "b"]
    assert recents()[0].done == 4
    assert recent.of(Path("/news/c.annotator")) == project("c")
    recent.forget("/news/c.annotator")
    assert [one.path[6] for one in recents()] == ["a", "b"]
    assert recent.of(Path("/news/c.annotator")) is None


def test_no_more_than_so_many() -> None:
    for number in range(MOST + 5):
        remember(project(str(number)))
    assert len(recents()) == MOST
    assert recents()[0] == project(str(MOST + 4))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(JSON | st.lists(st.dictionaries(st.sampled_from(Recent._fields), st.text(max_size=3) | st.integers())))
def test_whatever_stands_in_the_file(data: object) -> None:
    file().parent.mkdir(parents=True, exist_ok=True)
    file().write_text(json.dumps(data), encoding="utf-8", errors="surrogatepass")
    for one in recents():
        assert one.path
        assert type(one.done) is int
        assert type(one.reading) is bool
    remember(project("mine"))
    assert recents()[0] == project("mine")


@pytest.mark.parametrize("data", [b"", b"\xff\xfe", b"[", b"[" * 100_000, b" " * 2_000_000, b'[{"path": "\\u0000"}]'])
def test_what_is_no_list(data: bytes) -> None:
    file().parent.mkdir(parents=True, exist_ok=True)
    file().write_bytes(data)
    assert recents() == []


def test_a_name_that_is_no_utf_8() -> None:
    odd = Recent("/news/caf\udce9.annotator", "")
    remember(odd)
    assert recents() == [odd]


def test_a_folder_that_cannot_be_written_is_no_reason_to_complain(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(path: Path, data: bytes) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(paths, "write_whole", full)
    remember(project("a"))
    assert recents() == []

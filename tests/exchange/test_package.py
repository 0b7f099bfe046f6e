"""A package is read as it was written, or refused in a sentence: T44–T46."""

from __future__ import annotations

import gzip
import json
import os
import random
import shutil
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotator import keys
from annotator.domain.article import Annotator
from annotator.domain.errors import UserError
from annotator.domain.journalled import ChangeRecord, StepRecord, payload_sha256
from annotator.domain.text import fingerprint
from annotator.exchange import bounds, lines, package
from annotator.exchange.header import LAYERS, Header, Line, StepLine, TextLine
from annotator.exchange.package import BadPackage
from tests import builders
from tests.packages import HEADER, forge, inside, signed, small, step, with_trailer, wrap


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "week 1.annotator-package"


def read(path: Path) -> tuple[Header, list[Line]]:
    with package.opened(path) as found:
        return found.header, [line for _, line in found.lines()]


def refused(path: Path) -> BadPackage:
    """Return how a package is refused: in a sentence that names the file."""
    with pytest.raises(BadPackage) as told:
        read(path)
    words = str(told.value)
    assert words.startswith(str(path))
    assert words.endswith(".")
    assert words.isprintable()
    return told.value


# what is written is read


def test_what_is_written_is_read(file: Path) -> None:
    written = package.write(file, HEADER, small())
    with package.opened(file) as found:
        assert (found.header, found.count, found.sha256, found.signed) == (HEADER, 3, written.sha256, False)
        assert list(found.lines()) == list(enumerate(small(), start=2))
        assert list(found.lines()) == list(enumerate(small(), start=2))  # may be gone through again
        assert found.passed_over == 0
    assert (written.count, written.bytes) == (3, file.stat().st_size)
    assert package.looks_like(file)


def test_a_package_is_what_any_gzip_unpacks(file: Path) -> None:
    package.write(file, HEADER, small())
    assert inside(file).count(b"\n") == 5
    with gzip.open(file) as stream:
        assert stream.readline() == lines.header_bytes(HEADER) + b"\n"


def test_the_same_content_makes_the_same_bytes(file: Path) -> None:
    package.write(file, signed(), small(), keys.sign)
    first = file.read_bytes()
    package.write(file, signed(), small(), keys.sign, replace=True)
    assert file.read_bytes() == first


_words = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=20)
_ids = _words.filter(bool)
_people = st.builds(Annotator, _ids, _words)
_free = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | _words,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_words, inner, max_size=3),
    max_leaves=6,
)
_names = st.from_regex(r"[^\s\x00]{1,9}", fullmatch=True)
_leads = st.just("") | st.builds("{} {}".format, _names, st.integers(0, 10**15))
_headers = st.builds(
    Header, _ids, _ids, _words, _words, _leads, _people, _words, _words,
    st.lists(_people, max_size=3).map(tuple), st.sampled_from(LAYERS), _words, st.just(""),
    st.sampled_from(["1.0", "1.17"]),
    st.dictionaries(_words.map("x-".__add__), _free, max_size=3),
)  # fmt: skip
_payloads = st.none() | st.builds(
    lambda value, plain: json.dumps(value, ensure_ascii=plain),
    st.dictionaries(_words, _free, max_size=3),
    st.booleans(),
)
_changes = st.lists(st.builds(ChangeRecord, _ids, _ids, _words, _words, _payloads, _payloads), min_size=1, max_size=4)


@st.composite
def _steps(draw: st.DrawFn) -> StepLine:
    changes = tuple(draw(_changes))
    number = st.integers(0, 2**63 - 1)
    record = StepRecord(
        draw(_ids), *(draw(_words) for _ in range(4)), draw(number), *(draw(_words) for _ in range(4)), draw(number),
        payload_sha256(changes), draw(_words),
    )  # fmt: skip
    return StepLine(record, changes)


_lines = st.lists(_steps() | _words.map(lambda body: TextLine(fingerprint(body), body)), max_size=6)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(_headers, _lines, st.booleans())
def test_whatever_is_written_is_read_equal(file: Path, header: Header, content: list[Line], sign: bool) -> None:
    if sign:
        header = signed(header)
    package.write(file, header, content, keys.sign if sign else None, replace=True)
    assert read(file) == (header, content)


@given(_steps())
def test_a_line_of_a_step_comes_back(line: StepLine) -> None:
    assert lines.line(lines.line_bytes(line)) == line


def test_a_purged_change_is_read(file: Path) -> None:
    whole = step(1)
    purged = StepLine(whole.step, (whole.changes[0]._replace(before=None, after=None),))
    package.write(file, HEADER, [purged])
    assert read(file)[1] == [purged]


# damage


def test_every_byte_counts(file: Path, tmp_path: Path) -> None:
    package.write(file, signed(), small(), keys.sign)
    data, damaged = file.read_bytes(), tmp_path / "damaged.annotator-package"
    for place in range(len(data)):
        for bit in (0x01, 0x80, 0xFF):
            damaged.write_bytes(data[:place] + bytes([data[place] ^ bit]) + data[place + 1 :])
            refused(damaged)


def test_a_package_cut_off_anywhere_is_refused(file: Path, tmp_path: Path) -> None:
    package.write(file, signed(), small(), keys.sign)
    data, damaged = file.read_bytes(), tmp_path / "damaged.annotator-package"
    for end in range(len(data)):
        damaged.write_bytes(data[:end])
        refused(damaged)


@pytest.mark.parametrize("more", [b"\x00", b"\n", b"x" * 1000])
def test_bytes_behind_the_end_are_refused(file: Path, more: bytes) -> None:
    package.write(file, HEADER, small())
    data = file.read_bytes()
    for appended in (more, data, gzip.compress(more)):
        file.write_bytes(data + appended)
        assert "damaged" in str(refused(file))


def test_a_second_member_is_refused_by_whoever_made_it(file: Path) -> None:
    pieces = with_trailer([lines.header_bytes(HEADER)])
    for behind in (b"\x00", gzip.compress(b"{}\n"), b"x" * 9):
        assert "more bytes behind its end" in str(refused(wrap(file, pieces, behind=behind)))


def test_a_hundred_damaged_packages(file: Path, tmp_path: Path) -> None:
    chance = random.Random(7)
    content: list[Line] = [*small(), *(step(number) for number in range(3, 200))]
    package.write(file, signed(), content, keys.sign)
    data, damaged = file.read_bytes(), tmp_path / "damaged.annotator-package"
    for number in range(100):
        spoiled = bytearray(data)
        if number % 4 == 3:
            del spoiled[chance.randrange(len(spoiled)) :]
        elif number % 4 == 2:
            start = chance.randrange(len(spoiled))
            del spoiled[start : start + chance.randrange(1, 50)]
        else:
            for _ in range(chance.randrange(1, 4)):
                spoiled[chance.randrange(len(spoiled))] ^= chance.randrange(1, 256)
        if bytes(spoiled) == data:
            continue
        damaged.write_bytes(spoiled)
        refused(damaged)


@pytest.mark.parametrize("seed", range(20))
def test_lines_doubled_left_out_or_in_another_order(file: Path, seed: int) -> None:
    package.write(file, HEADER, small())
    parts = inside(file).splitlines(keepends=True)
    chance = random.Random(seed)
    wrong = list(parts)
    match seed % 4:
        case 0:
            chance.shuffle(wrong)
        case 1:
            wrong.insert(chance.randrange(len(wrong)), chance.choice(parts))
        case 2:
            del wrong[chance.randrange(len(wrong))]
        case _:
            del wrong[chance.randrange(len(wrong)) :]
    if wrong == parts:
        wrong.reverse()
    refused(wrap(file, wrong))


def test_a_file_that_changes_while_it_is_read(file: Path, tmp_path: Path) -> None:
    content: list[Line] = [*small(), *(step(number) for number in range(3, 20_000))]
    package.write(file, HEADER, content)
    other = tmp_path / "other.annotator-package"
    package.write(other, HEADER, [*small(), *(step(number + 7) for number in range(3, 20_000))])
    with package.opened(file) as found:
        shutil.copyfile(other, file)  # into the same file
        with pytest.raises(BadPackage):
            list(found.lines())
        file.write_bytes(b"")
        with pytest.raises(BadPackage, match="cut off"):
            list(found.lines())


# not a package


def test_what_is_no_package(tmp_path: Path, file: Path) -> None:
    project = builders.project(tmp_path)
    renamed = tmp_path / "renamed.annotator-package"
    shutil.copyfile(project, renamed)
    cases: list[tuple[Path, str]] = [(project, "a project"), (renamed, "a project"), (tmp_path, "a folder")]
    for name, data, words in (
        ("empty", b"", "empty"),
        ("picture.png", b"\x89PNG\r\n\x1a\n" + bytes(100), "not a package"),
        ("zip", b"PK\x03\x04" + bytes(100), "not a package"),
        ("lines.jsonl", b'{"format":"annotator-package"}\n', "not a package"),
        ("other.gz", gzip.compress(b"{}\n"), "not a package"),
    ):
        path = tmp_path / name
        path.write_bytes(data)
        cases.append((path, words))
    for path, words in cases:
        assert words in str(refused(path))
        assert not package.looks_like(path)
    assert "cannot be read: No such file" in str(refused(tmp_path / "missing.annotator-package"))
    assert not package.looks_like(tmp_path / "missing.annotator-package")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names here")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert "no ordinary file" in str(refused(tmp_path / "pipe"))
    assert not package.looks_like(tmp_path / "pipe")


def test_an_open_project_is_not_even_looked_at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project = builders.project(tmp_path)
    builders.workspace(project)
    real = Path.open

    def open(self: Path, *rest: Any, **more: Any) -> Any:
        assert not self.name.startswith(project.name)
        return real(self, *rest, **more)

    monkeypatch.setattr(Path, "open", open)
    for path in tmp_path.iterdir():
        if path.name.startswith(project.name) and path.name != f"{project.name}.lock":
            refused(path)
            assert not package.looks_like(path)


# forged


HEAD = lines.header_bytes(HEADER)
STEP = lines.line_bytes(step(1))
ID = step(1).step.id.encode()
FORGED = {
    "not JSON": (b"{", 2, "Not valid JSON"),
    "empty line": (b"", 2, "Not valid JSON"),
    "not an object": (b"[1]", 2, "."),
    "NaN": (b'{"text":NaN,"body":"x"}', 2, "."),
    "not UTF-8": (b'{"text":"\xff","body":"x"}', 2, "UTF-8"),
    "lone surrogate": (b'{"text":"x","body":"\\ud800"}', 2, "cannot be stored"),
    "NUL": (b'{"text":"%b","body":"\\u0000"}' % fingerprint("\x00").encode(), 2, "does not fit"),
    "deep": (b'{"text":' + b"[" * 100_000 + b"]" * 100_000 + b"}", 2, "It is not as|nested too deeply"),
    "deep unknown": (b'{"news":' + b"[" * 100_000 + b"]" * 100_000 + b"}", 2, "nested too deeply"),
    "key twice": (STEP.replace(b'"changes":', b'"changes":[],"changes":'), 2, '"changes" stands twice'),
    "key twice in step": (STEP.replace(b'"device":', b'"device":"x","device":'), 2, '"device" stands twice'),
    "key twice, escaped": (STEP.replace(b'"device":', b'"d\\u0065vice":"x","device":'), 2, "stands twice"),
    "text twice": (b'{"text":"a","text":"b","body":"x"}', 2, '"text" stands twice'),
    "blanks": (STEP.replace(b'"changes":', b'"changes": '), 2, "blanks"),
    "other order": (b'{"body":"x","text":"%b"}' % fingerprint("x").encode(), 2, "another order"),
    "text for number": (STEP.replace(b'"lamport":1', b'"lamport":"1"'), 2, "not as a line of a package is: Expected"),
    "negative": (STEP.replace(b'"lamport":1', b'"lamport":-1'), 2, "out of range"),
    "too large": (STEP.replace(b'"lamport":1', b'"lamport":9223372036854775808'), 2, "."),
    "float": (STEP.replace(b'"lamport":1', b'"lamport":1.5'), 2, "Expected `int`"),
    "null": (STEP.replace(b'"device":"laptop"', b'"device":null'), 2, "Expected `str`"),
    "no id": (STEP.replace(b'"id":"%b"' % ID, b'"id":""', 1), 2, "no id"),
    "no changes": (STEP[: STEP.index(b'"changes":')] + b'"changes":[]}', 2, "no changes"),
    "changes missing": (STEP[: STEP.index(b',"changes":')] + b"}", 2, "changes"),
    "five parts": (STEP.replace(b'["article",', b"["), 2, "not as a line"),
    "seven parts": (STEP.replace(b'["article",', b'["article","article",'), 2, "not as a line|not written as"),
    "another payload": (STEP.replace(b'n\\":1', b'n\\":2'), 2, "fingerprint"),
    "another text": (b'{"text":"%b","body":"y"}' % fingerprint("x").encode(), 2, "does not fit its sha256"),
}  # fmt: skip


@pytest.mark.parametrize("name", FORGED)
def test_a_line_that_is_wrong_is_told_by_its_number(file: Path, name: str) -> None:
    line, number, words = FORGED[name]
    error = refused(forge(file, [HEAD, line, STEP]))
    assert error.line == number
    assert any(part in str(error) for part in words.split("|")), str(error)


@pytest.mark.parametrize(
    ("payload", "words"),
    [
        ('{"a":"\\ud800"}', "cannot be read"),
        ('{"a":"\\u0000"}', "cannot be stored"),
        ('{"\\u0000":1}', "cannot be stored"),
        ('{"a":["\\u0000"]}', "cannot be stored"),
        ("\x00", "cannot be stored"),
        ('{"a":NaN}', "cannot be read"),
        ('{"a":-Infinity}', "cannot be read"),
        ('{"a":' + "[" * 2_000 + "]" * 2_000 + "}", "cannot be read"),
        ('{"a":' * 2_000 + "1" + "}" * 2_000, "cannot be read"),
        ("[" * 100_000 + "]" * 100_000, "cannot be read"),
    ],
)
def test_what_a_change_holds_can_be_kept(file: Path, payload: str, words: str) -> None:
    wrong = step(1, ChangeRecord("span", "a", "", "", None, payload))
    data = lines._encode(lines._StepLine(lines._Step(*wrong.step), wrong.changes))
    error = refused(forge(file, [HEAD, data]))
    assert (error.line, words in str(error)) == (2, True), str(error)
    with pytest.raises(UserError, match=words):
        package.write(file, HEADER, [wrong], replace=True)


@pytest.mark.parametrize(
    "payload", ['{"a":"\\ud83d\\ude00"}', '{"a":"NaN, Infinity"}', '{"a":"\\\\u0000"}', '{"a":"x\\u0007"}']
)
def test_what_only_looks_so_is_kept(file: Path, payload: str) -> None:
    line = step(1, ChangeRecord("span", "a", "", "", None, payload))
    package.write(file, HEADER, [line])
    assert read(file)[1] == [line]


def test_only_what_is_forged_is_refused(file: Path) -> None:
    assert read(forge(file, [HEAD, STEP])) == (HEADER, [step(1)])


HEADS = {
    "newer": (b'"version":"1.0"', b'"version":"2.0"', "newer Annotator"),
    "version": (b'"version":"1.0"', b'"version":"one"', "is not like"),
    "format": (b'"annotator-package"', b'"annotator-identity"', "not the first line of a package"),
    "id": (HEADER.id.encode(), b"", "id is empty"),
    "layers": (b'"layers":"none"', b'"layers":"some"', "layers cannot be"),
    "key": (b'"key":""', b'"key":"AB"', "key cannot be"),
    "maker": (b'"maker":{', b'"maker":3,"x":{', "maker must name"),
    "recipients": (b'"recipients":[', b'"recipients":[3,', "recipients must name"),
    "recipients no list": (b'"recipients":[', b'"recipients":{},"x":[', "must be a list"),
    "type": (b'"after":""', b'"after":null', "after must be a text, not null"),
    "twice": (b'"after":""', b'"after":"","after":"x"', "stands twice"),
    "NaN": (b'"after":""', b'"after":"","x":NaN', "NaN"),
    "deep": (b'"after":""', b'"after":"","x":' + b"[" * 5000 + b"]" * 5000, "nested too deeply"),
    "large": (b'"after":""', b'"after":"' + b"x" * bounds.HEAD + b'"', "longer than"),
}


@pytest.mark.parametrize("name", HEADS)
def test_a_header_that_is_wrong(file: Path, name: str) -> None:
    old, new, words = HEADS[name]
    assert HEAD.count(old) == 1
    error = refused(forge(file, [HEAD.replace(old, new), STEP]))
    assert (error.line, words in str(error)) == (1, True), str(error)


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"count": 2}, "should hold 2 lines, not 1"),
        ({"count": -1}, "whole number"),
        ({"count": True}, "whole number"),
        ({"count": "1"}, "whole number"),
        ({"sha256": "0" * 64}, "not those that were written"),
        ({"sha256": None}, "must be a text"),
        ({"signature": "00"}, "the key to it"),
    ],
)
def test_a_trailer_that_is_wrong(file: Path, said: dict[str, Any], words: str) -> None:
    error = refused(forge(file, [HEAD, STEP], **said))
    assert (error.line, words in str(error)) == (3, True), str(error)


def test_a_trailer_at_the_wrong_place_or_none(file: Path) -> None:
    whole = with_trailer([HEAD, STEP])
    assert "behind the one" in str(refused(wrap(file, [*whole, STEP + b"\n"])))
    assert "is missing" in str(refused(wrap(file, whole[:-1])))
    assert "is missing" in str(refused(wrap(file, whole[:1])))
    assert "has no end" in str(refused(wrap(file, [*whole[:-1], whole[-1].rstrip()])))
    assert "is missing" in str(refused(wrap(file, [])))


# what a newer version of the same kind says


def test_what_is_unknown_is_kept_or_passed_over_and_counted(file: Path) -> None:
    head = HEAD.replace(b'"version":"1.0"', b'"version":"1.9"').replace(b'"after"', b'"mood":{"a":[1]},"after"')
    longer = STEP.replace(b'"title":', b'"colour":"blue","title":')[:-1] + b',"weather":[1]}'
    with package.opened(forge(file, [head, b'{"news":[1,{"a":2}]}', longer, STEP])) as found:
        assert (found.header.version, found.header.extra) == ("1.9", {"mood": {"a": [1]}})
        assert [line for _, line in found.lines()] == [step(1), step(1)]
        assert found.passed_over == 1
        assert lines.header(lines.header_bytes(found.header)) == found.header


# signatures


def test_a_signed_package_is_proved_by_its_key(file: Path) -> None:
    package.write(file, signed(), small(), keys.sign)
    with package.opened(file) as found:
        assert found.signed
    digest = bytes.fromhex(inside(file).split(b'"sha256":"')[-1][:64].decode())
    signature = inside(file).split(b'"signature":"')[-1][:128].decode()
    assert keys.verify(keys.public_hex(), digest, signature)
    assert not keys.verify(keys.public_hex(), digest, "00" * 64)
    assert not keys.verify("00" * 32, digest, signature)
    assert not keys.verify("zz", digest, signature)


def test_a_wrong_signature_is_refused(file: Path) -> None:
    package.write(file, signed(), small(), keys.sign)
    *before, last = inside(file).splitlines()
    signature = last.split(b'"signature":"')[1][:128].decode()
    assert read(forge(file, before, signature=signature))[1] == small()
    assert "signature is wrong" in str(refused(forge(file, before, signature="00" * 64)))
    assert "signature is wrong" in str(refused(forge(file, before, signature="x")))
    assert "signature is missing" in str(refused(forge(file, before)))
    # Another line, everything else right: what a forger can do who has no key.
    assert "signature is wrong" in str(refused(forge(file, before[:-1], signature=signature)))


def test_nobody_signs_for_a_key_that_is_not_theirs(file: Path) -> None:
    package.write(file, HEADER._replace(key="ab" * 32), small(), keys.sign)
    assert "signature is wrong" in str(refused(file))
    with pytest.raises(ValueError, match="key"):
        package.write(file, HEADER, small(), keys.sign, replace=True)


def test_the_error_is_one_for_the_user() -> None:
    assert issubclass(BadPackage, UserError)

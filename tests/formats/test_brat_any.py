"""Hypothesis: whatever is done to a good file of brat's, there are sentences and never a fault, and nothing is lost."""

from io import BytesIO
from typing import NamedTuple

from hypothesis import example, given
from hypothesis import strategies as st

from annotator.domain.article import Annotator
from annotator.formats import brat, jsonl, jsonl_writer
from annotator.formats.record import Origin, Record
from tests.formats.test_brat import GOOD, TEXT

LISA = Annotator("0192f0c1-0000-7000-8000-0000000000f1", "Lisa")
WORDS = st.text(st.characters(codec="utf-8", exclude_characters="\t\n\r\0 ;:"), min_size=1, max_size=6).filter(
    lambda it: len(it.split()) == 1 and it.strip() == it
)
LINES = GOOD.encode("utf-8").splitlines()
ODD = st.sampled_from([b"\t", b" ", b"\n", b"\0", b"\xff", b";", b":", b"-", b"T1", b"E1", b"E2", b"R1", b"#1", b"*",
                       b"99999999999999999999", b"\xef\xbb\xbf", b"\r", b"\xf0\x9f\x9a\xa2", b""])  # fmt: skip


def read(lines: bytes, text: str = TEXT) -> Record:
    return brat.read(text.encode("utf-8"), BytesIO(lines), Origin("dock", LISA))


@st.composite
def mangled(draw: st.DrawFn) -> bytes:
    """The good file with lines swapped, doubled or left out, and some bytes changed."""
    lines = draw(st.lists(st.sampled_from(LINES), max_size=30)) if draw(st.booleans()) else list(LINES)
    data = b"\n".join(lines)
    for _ in range(draw(st.integers(0, 6))):
        place = draw(st.integers(0, len(data)))
        data = data[:place] + draw(ODD | st.binary(max_size=3)) + data[place + draw(st.integers(0, 4)) :]
    return data


@given(data=mangled())
@example(data=b"\0" + GOOD.encode("utf-8"))
def test_a_mangled_file_gives_sentences(data: bytes) -> None:
    record = read(data)
    count = data.count(b"\n") + 1
    ids = [part.id for parts in (record.spans, record.relations, record.groups) for part in parts]
    assert len(ids) == len(set(ids))
    assert all(0 < it.line <= count and it.reason.endswith(".") for it in record.refusals)
    assert all(0 <= start < end <= len(TEXT) for it in record.spans for start, end in it.fragments)
    there = {it.id for it in record.spans}
    assert all({it.source, it.target} <= there for it in record.relations)
    # A line that was not refused is a span, or stands in what it speaks of.
    refused = {it.line for it in record.refusals}
    if any("UTF-16" in it.reason for it in record.refusals):  # said of the file, of which nothing is read
        assert refused == {1}
        assert not record.spans
        return
    first = [line for number, line in enumerate(data.split(b"\n"), start=1) if number not in refused]
    assert len(record.spans) == sum(line.removeprefix(b"\xef\xbb\xbf").startswith(b"T") for line in first)


class File(NamedTuple):
    """A text, its lines, and what stands in them by id: label and words of each piece."""

    text: str
    lines: str
    mentions: dict[str, tuple[str, tuple[str, ...]]]
    ties: dict[str, tuple[str, str, str]]


@st.composite
def files(draw: st.DrawFn) -> File:
    """A file as brat writes it over any text."""
    letters = st.characters(codec="utf-8", exclude_categories=("Cc", "Cs"), exclude_characters="\ufeff")
    alphabet = letters | st.sampled_from("🚢\t\r\n \u2028\u00a0é")
    text = draw(st.text(alphabet, min_size=1, max_size=40).filter(lambda it: not it.isspace()))
    lines, mentions, ties = [], {}, {}
    for number in range(1, draw(st.integers(0, 6)) + 1):
        start = draw(st.integers(0, len(text) - 1))
        end = draw(st.integers(start + 1, len(text)))
        pieces = [(start, end)]
        if end - start > 2 and draw(st.booleans()):
            middle = draw(st.integers(start + 1, end - 2))
            pieces = [(start, middle), (middle + 1, end)]
        said = tuple(text[one:two] for one, two in pieces)
        label = draw(WORDS)
        quote = " ".join(said).replace("\n", " ").replace("\r", " ")
        lines.append(f"T{number}\t{label} {';'.join(f'{one} {two}' for one, two in pieces)}\t{quote}")
        mentions[f"T{number}"] = (label, said)
    for number in range(1, draw(st.integers(0, 3 if mentions else 0)) + 1):
        one, two = draw(st.sampled_from(sorted(mentions))), draw(st.sampled_from(sorted(mentions)))
        label = draw(WORDS)
        lines.append(f"R{number}\t{label} Arg1:{one} Arg2:{two}")
        ties[f"R{number}"] = (one, label, two)
    return File(text, "\n".join(draw(st.permutations(lines))), mentions, ties)


@given(file=files())
def test_whatever_brat_writes_is_read_and_survives_our_own_lines(file: File) -> None:
    record = read(file.lines.encode("utf-8"), file.text)
    assert not record.refusals
    assert {
        it.source_id: (it.label, tuple(record.text[start:end] for start, end in it.fragments)) for it in record.spans
    } == file.mentions
    names = {it.id: it.source_id for it in record.spans}
    assert {it.source_id: (names[it.source], it.label, names[it.target]) for it in record.relations} == file.ties
    back = again(record)
    for ours, theirs in ((record.spans, back.spans), (record.relations, back.relations), (record.groups, back.groups)):
        assert {it.id: it for it in ours} == {it.id: it for it in theirs}


def again(record: Record) -> Record:
    """Return the record as our own JSON Lines bring it back."""
    return jsonl.read_line(jsonl_writer.encode(record), 1, Origin("x"))


def test_every_kind_of_line_survives_our_own_lines() -> None:
    record = read(GOOD.encode("utf-8"))
    back = again(record)
    assert {it.id: it for it in record.spans} == {it.id: it for it in back.spans}
    assert {it.id: it for it in record.relations} == {it.id: it for it in back.relations}
    assert record.groups == back.groups
    assert record.layers == back.layers

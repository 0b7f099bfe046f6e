"""brat's files: every kind of line, and what of a bad one is kept."""

from io import BytesIO
from pathlib import PurePath

import pytest

from annotator.domain.article import Annotator, imported_layer, own_layer
from annotator.formats import brat
from annotator.formats.catalogue import told
from annotator.formats.record import BadLine, Origin, Record

TEXT = "🚢 Port chief Ana Ruiz said dues rise.\nRuiz sold the docks to Harbour Ltd, Mail reported."
LISA = Annotator("0192f0c1-0000-7000-8000-0000000000f1", "Lisa")


def mention(id: str, label: str, words: str) -> str:
    """A line for words of TEXT; the last place where they stand."""
    start = TEXT.rindex(words)
    return f"{id}\t{label} {start} {start + len(words)}\t{words}"


GOOD = "\n".join((
    mention("T1", "Person", "Ana Ruiz"),
    mention("T2", "Person", "Ruiz"),
    mention("T3", "Organisation", "Harbour Ltd"),
    mention("T4", "Sell", "sold"),
    mention("T5", "Report", "reported"),
    mention("T6", "Organisation", "Mail"),
    "T7\tTitle 2 6;22 26\tPort said",
    "R1\tSame Arg1:T2 Arg2:T1\t",
    "R2\tOwns Holder:T3 Held:T6",
    "*\tAlias T1 T2",
    "E1\tSell:T4 Seller:T2 Buyer:T3",
    "E2\tReport:T5 Reporter:T6 What:E1",
    "A1\tFemale T1",
    "A2\tCertainty E1 High",
    "M1\tOdd R1",
    "N1\tReference T3 Wikidata:Q1\tHarbour Limited",
    "#1\tAnnotatorNotes T1\tIs she the chief?",
    "#2\tAnnotatorNotes E1\tSold or leased?",
    "#3\tAnnotatorNotes R1\tPlain.",
    "#4\tMachine T1\tfound by rule 3",
    "#5\tAnnotatorNotes A2\tvery sure",
    "",
))  # fmt: skip


def read(lines: str | bytes | None = GOOD, text: str | bytes = TEXT, owner: Annotator | None = LISA) -> Record:
    data = text.encode("utf-8") if isinstance(text, str) else text
    raw = lines.encode("utf-8") if isinstance(lines, str) else lines
    return brat.read(data, None if raw is None else BytesIO(raw), Origin("dock", owner), layer="Batch")


def refused(record: Record) -> list[tuple[int, str, str]]:
    return [(it.line, it.what, it.reason) for it in record.refusals]


def spans(record: Record) -> dict[str, tuple[str, list[str]]]:
    return {it.source_id: (it.label, [record.text[start:end] for start, end in it.fragments]) for it in record.spans}


def ties(record: Record) -> dict[str, tuple[str, str, str]]:
    names = {it.id: it.source_id for it in record.spans}
    return {it.source_id: (names[it.source], it.label, names[it.target]) for it in record.relations}


def test_every_kind_of_line_is_taken() -> None:
    record = read()
    assert not record.refusals
    assert spans(record) == {
        "T1": ("Person", ["Ana Ruiz"]),
        "T2": ("Person", ["Ruiz"]),
        "T3": ("Organisation", ["Harbour Ltd"]),
        "T4": ("Sell", ["sold"]),
        "T5": ("Report", ["reported"]),
        "T6": ("Organisation", ["Mail"]),
        "T7": ("Title", ["Port", "said"]),
    }
    assert ties(record) == {
        "R1": ("T2", "Same", "T1"),
        "R2": ("T3", "Owns", "T6"),
        "E1 Seller T2": ("T4", "Seller", "T2"),
        "E1 Buyer T3": ("T4", "Buyer", "T3"),
        "E2 Reporter T6": ("T5", "Reporter", "T6"),
        "E2 What E1": ("T5", "What", "T4"),
    }
    (group,) = record.groups
    by_name = {it.source_id: it for it in record.spans}
    assert (group.kind, [it.span for it in group.members]) == ("Alias", [by_name["T1"].id, by_name["T2"].id])


def test_what_is_said_of_spans_and_ties_is_kept() -> None:
    record = read()
    by_name = {it.source_id: it for it in record.spans}
    ties = {it.source_id: it for it in record.relations}
    assert by_name["T1"].attributes == {"Female": True}
    assert by_name["T1"].note == "Is she the chief?"
    assert by_name["T1"].extra == {"brat": {"notes": [{"type": "Machine", "to": "T1", "text": "found by rule 3"}]}}
    assert by_name["T4"].attributes == {"Certainty": "High"}
    assert by_name["T4"].note == "Sold or leased?"
    assert by_name["T4"].extra == {
        "brat": {"events": {"E1": "Sell"}, "notes": [{"type": "AnnotatorNotes", "to": "A2", "text": "very sure"}]}
    }
    reference = {"type": "Reference", "reference": "Wikidata:Q1", "text": "Harbour Limited"}
    assert by_name["T3"].extra == {"brat": {"references": [reference]}}
    assert (ties["R1"].attributes, ties["R1"].note) == ({"Odd": True}, "Plain.")
    assert ties["R2"].extra == {"brat": {"roles": ["Holder", "Held"]}}


def test_four_people_have_four_first_spans_and_the_same_file_the_same_ids() -> None:
    other = Annotator("0192f0c1-0000-7000-8000-0000000000f2", "Max")
    first, again, theirs, nobodys = read(), read(), read(owner=other), read(owner=None)
    assert first == again
    ids = [{it.id for part in (it.spans, it.relations, it.groups) for it in part} for it in (first, theirs, nobodys)]
    assert not ids[0] & ids[1] | ids[0] & ids[2] | ids[1] & ids[2]
    assert {it.article.id for it in (first, theirs, nobodys)} == {first.article.id}
    assert first.layers == (own_layer(first.article.id, LISA.id)._replace(state="started"),)
    assert nobodys.layers == (imported_layer(first.article.id, "Batch"),)
    assert {it.annotator for it in first.spans} == {LISA.id}
    assert {it.annotator for it in nobodys.spans} == {""}


def test_a_text_without_lines_is_an_article_and_an_empty_file_of_lines_a_reading() -> None:
    assert read(None).layers == ()
    assert len(read("").layers) == 1
    assert read("").spans == ()


def test_offsets_count_characters_whatever_the_line_ends() -> None:
    text = "🚢 One\r\ntwo\r\nthree"
    lines = "T1\tX 2 5\tOne\r\nT2\tX 7 10\ttwo\r\nT3\tX 2 5;7 10\tOne two\r\nT4\tX 7 17\ttwo three\r\n"
    record = read(lines, text)
    assert not record.refusals
    assert spans(record)["T3"] == ("X", ["One", "two"])
    assert spans(record)["T4"] == ("X", ["two\r\nthree"])


@pytest.mark.parametrize(
    ("text", "note"),
    [
        (b"\xef\xbb\xbfOne\ntwo\nthree", "byte-order mark"),
        (b"One\r\ntwo\r\nthree", "line end"),
        (b"\xef\xbb\xbfOne\r\ntwo\r\nthree", "byte-order mark"),
    ],
)
def test_other_counts_are_seen_by_the_quotes(text: bytes, note: str) -> None:
    # What a program writes that reads the text with its mark, or without the carriage returns.
    seen = text.decode("utf-8").replace("\r\n", "\n")
    lines = "".join(
        f"T{number}\tX {seen.index(word)} {seen.index(word) + len(word)}\t{word}\n"
        for number, word in enumerate(("One", "two", "three"), start=1)
    )
    record = read(lines, text)
    assert [fragments for _label, fragments in spans(record).values()] == [["One"], ["two"], ["three"]]
    assert note in " ".join(record.notes)


def test_a_text_with_a_mark_whose_offsets_do_not_count_it() -> None:
    record = read("T1\tX 0 3\tOne", b"\xef\xbb\xbfOne")
    assert (spans(record), record.notes) == ({"T1": ("X", ["One"])}, ())


@pytest.mark.parametrize(
    ("line", "what", "reason"),
    [
        ("T9\tX 0 900\tmuch", "span T9", "after the end"),
        ("T9\tX 5 2\tPort", "span T9", "empty or reversed"),
        ("T9\tX -1 2\tPort", "span T9", "before the text"),
        ("T9\tX 2 six\tPort", "span T9", "two whole numbers"),
        ("T9\tX 2 9999999999999999\tPort", "span T9", "two whole numbers"),
        ("T9\tX 2 ٦\tPort", "span T9", "two whole numbers"),
        ("T9\tX 2\tPort", "span T9", "two whole numbers"),
        ("T9\tX\tPort", "span T9", "offsets are needed"),
        ("T9\tX 2 6\tShip", "span T9", 'not the quoted "Ship"'),
        ("T9 X 2 6 Port", "line", "a tab is missing"),
        ("T1\tX 2 6\tPort", "span T1", "stands in line 1 already"),
        ("R9\tSame Arg1:T1 Arg2:T99", "relation R9", '"T99" is not among'),
        ("R9\tSame Arg1:T1", "relation R9", "two ends"),
        ("R9\tSame T1 T2", "relation R9", "a colon and an id"),
        ("E9\tSell:T99 Seller:T1", "event E9", 'trigger "T99"'),
        ("E9\tSell:T4 Seller:T99", "relation E9", '"T99" is not among'),
        ("E9\tSell:T4 Seller", "relation E9", "a colon and an id"),
        ("E9\tSell Seller:T1", "event E9", "type and trigger"),
        ("E9\tSell:E1 Seller:T1", "event E9", 'trigger "E1"'),
        ("*\tAlias T1", "group *", "two ids at least"),
        ("*\tAlias T1 T1", "group *", "one span only"),
        ("*\tAlias T1 T99", "group *", '"T99" is not among'),
        ("A9\tFemale T99", "attribute A9", '"T99", of which it speaks'),
        ("A9\tFemale", "attribute A9", "a name and an id"),
        ("A9\tFemale A1", "attribute A9", 'not of "A1"'),
        ("N9\tReference T1", "reference N9", "a type, an id and an entry"),
        ("#9\tAnnotatorNotes", "note #9", "a type and an id"),
        ("#9\tAnnotatorNotes T99\tlost", "note #9", '"T99", of which it speaks'),
        ("X9\tsomething else", "line", "No line of brat’s"),
        ("T\tX 2 6\tPort", "span T", "has no number"),
        (b"T9\tX 2 6\tP\xf6rt", "span T9", "Not UTF-8"),
    ],
)
def test_a_bad_line_is_refused_with_its_number_and_the_rest_is_taken(line: str | bytes, what: str, reason: str) -> None:
    raw = line.encode("utf-8") if isinstance(line, str) else line
    record = read(GOOD.encode("utf-8") + raw + b"\n")
    number = GOOD.count("\n") + 1
    ((where, named, why),) = refused(record)
    assert (where, named) == (number, what)
    assert reason in why
    assert len(record.spans) == 7
    assert len(record.relations) == 6


def test_a_refused_span_takes_only_what_needs_it_along() -> None:
    record = read(GOOD.replace("\tAna Ruiz", "\tEva Ruiz"))
    assert [it[1] for it in refused(record)] == [
        "span T1", "relation R1", "group *", "attribute A1", "attribute M1", "note #1", "note #3", "note #4",
    ]  # fmt: skip
    assert len(record.spans) == 6
    assert len(record.relations) == 5


def test_events_may_lead_in_a_circle_and_share_a_trigger() -> None:
    lines = "\n".join((
        mention("T1", "Say", "said"), mention("T2", "Say", "reported"), "E1\tSay:T1 What:E2", "E2\tSay:T2 What:E1",
        "E3\tTell:T1 What:E3", "A1\tSure E1", "A2\tSure E3 no",
    ))  # fmt: skip
    record = read(lines)
    assert not record.refusals
    assert set(ties(record).values()) == {("T1", "What", "T2"), ("T2", "What", "T1"), ("T1", "What", "T1")}
    first = record.spans[0]
    assert first.attributes == {}
    assert first.extra["brat"] == {
        "events": {"E1": "Say", "E3": "Tell"}, "attributes": {"E1": {"Sure": True}, "E3": {"Sure": "no"}}
    }  # fmt: skip
    assert len(record.notes) == 2


def test_an_attribute_said_twice_keeps_both_values() -> None:
    lines = [mention("T1", "Say", "said"), "A1\tSure T1 no", "A2\tSure T1 yes", "A3\tSure T1 no"]
    assert read("\n".join(lines)).spans[0].attributes == {"Sure": ["no", "yes"]}


def test_fragments_that_touch_become_one_and_that_is_told() -> None:
    record = read("T1\tX 2 4;4 6\tPo rt")
    assert spans(record) == {"T1": ("X", ["Port"])}
    assert "touch" in record.notes[0]


def test_a_line_too_long_is_passed_over_without_being_held(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(brat, "LONGEST", 1000)
    record = read(mention("T1", "X", "said") + "\nT2\tX 0 1\t" + "x" * 3_000_000 + "\n" + mention("T3", "X", "dues"))
    assert list(spans(record)) == ["T1", "T3"]
    assert refused(record)[0][:2] == (2, "line")


def test_another_encoding_is_taken_where_it_is_named() -> None:
    text, lines = "Die Häfen.".encode("cp1252"), "T1\tX 4 9\tHäfen".encode("cp1252")
    record = brat.read(text, BytesIO(lines), Origin("dock", LISA), "cp1252")
    assert spans(record) == {"T1": ("X", ["Häfen"])}


def test_lines_in_utf_16_are_told_and_the_text_stays() -> None:
    record = read(GOOD.encode("utf-16"))
    assert "UTF-16" in refused(record)[0][2]
    assert record.text == TEXT


@pytest.mark.parametrize("text", [b"", b" \n\t", b"%PDF\x00\x01\x02\x03" * 40])
def test_without_a_text_there_is_no_article(text: bytes) -> None:
    with pytest.raises(BadLine):
        read(GOOD, text)


def test_the_ending_tells_the_format() -> None:
    assert told(str(PurePath("a", "b.ANN")), b"") == "brat"

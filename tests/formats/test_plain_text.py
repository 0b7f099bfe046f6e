"""Text files: every character kept, the encoding found or told."""

from __future__ import annotations

import codecs
import contextlib
import math
import random
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.domain.errors import UserError
from annotator.formats.plain_text import decode, known_encoding, read
from annotator.formats.record import BadLine, Origin

TEXT = "“Nö”, sagte\r\ner.\rلا\u2028\ufeffとても 😄👩‍🚒 e\u0301\u00a0fin\n"


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode("utf-8"),
        codecs.BOM_UTF8 + TEXT.encode("utf-8"),
        codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"),
        codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"),
        codecs.BOM_UTF32_LE + TEXT.encode("utf-32-le"),
    ],
)
def test_every_character_is_kept(data: bytes) -> None:
    decoded = decode(data)
    assert decoded.text == TEXT
    assert decoded.notes == ()


def test_cp1252_is_a_guess_and_told() -> None:
    decoded = decode("naïve – “yes”".encode("cp1252"))
    assert decoded.text == "naïve – “yes”"
    assert "cp1252, a guess" in decoded.notes[0]


def test_named_encoding_wins() -> None:
    assert decode("Ж".encode("koi8-r"), "koi8-r").text == "Ж"
    assert decode("\ufeffЖ".encode("utf-16-le"), "utf-16-le").text == "Ж"


@pytest.mark.parametrize("data", ["Plain words".encode("utf-16-le"), "Слово".encode("utf-16-be")])
def test_utf16_without_mark_is_refused_by_name(data: bytes) -> None:
    with pytest.raises(BadLine, match="encoding"):
        decode(data)


NOISE = random.Random(7)
NUMBERS = struct.pack("<400i", *range(-200, 200))


@pytest.mark.parametrize("data", [
    NOISE.randbytes(300), NOISE.randbytes(100_000), bytes(5_000), NUMBERS,
    struct.pack("<2000h", *(int(9_000 * math.sin(at / 9)) for at in range(2_000))),
    b"MZ\x90\0\3\0\0\0\4\0\0\0\xff\xff\0\0" * 20, b"RIFF" + bytes(range(256)) * 3,
], ids=["noise", "much noise", "zeros", "numbers", "sound", "program", "every byte"])  # fmt: skip
def test_what_is_no_text_is_not_asked_for_its_encoding(data: bytes) -> None:
    with pytest.raises(BadLine, match="The file is no text") as told:
        decode(data)
    assert "encoding" not in str(told.value)


LANGUAGES = (
    "The mayor said no.\r\n", "Мэр сказал «нет».\n", "市长说:“不行。”\n", "市長は「だめだ」と言った。\n", "قال لا.\n",
    "안 된다고 했다.\n",
)  # fmt: skip


@pytest.mark.parametrize("text", LANGUAGES)
@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le", "shift_jis", "euc_kr", "gb18030", "cp1251",
                                      "koi8-r", "cp1256", "big5", "iso2022_jp", "cp437"])  # fmt: skip
@pytest.mark.parametrize("times", [1, 500, 5_000])
def test_a_text_in_whatever_encoding_is_never_called_none(text: str, encoding: str, times: int) -> None:
    try:
        data = (times * text).encode(encoding)
    except UnicodeEncodeError:
        return
    with contextlib.suppress(BadLine):
        decode(data)
        return
    with pytest.raises(BadLine, match="encoding"):
        decode(data)


def test_what_cannot_be_stored_is_replaced_one_for_one() -> None:
    data = codecs.BOM_UTF16_LE + ("a" * 300).encode("utf-16-le") + b"\x00\xd8" + b"\x00\x00" + "b".encode("utf-16-le")
    decoded = decode(data)
    assert decoded.text == "a" * 300 + "\ufffd\ufffdb"
    assert decoded.notes == ("2 unstorable characters (NUL, lone surrogates) became U+FFFD.",)


@pytest.mark.parametrize("data", [b"", codecs.BOM_UTF8, b"\x81\x8d"])
def test_nothing_to_read(data: bytes) -> None:
    with pytest.raises(BadLine):
        read(data, Origin("f"))


@pytest.mark.parametrize("name", ["nope", "base64", "a\0b", ""])
def test_unknown_encodings(name: str) -> None:
    with pytest.raises(UserError, match="no text encoding"):
        known_encoding(name)


def test_the_title_is_the_first_line_whatever_the_file_is_called() -> None:
    assert read(b"\n  Head line \r\nmore", Origin("a")).article == read(b"\n  Head line \r\nmore", Origin("b")).article
    assert read(b"\n  Head line \r\nmore", Origin("a")).article.title == "Head line"
    assert read(b"x" * 500, Origin("stem")).article.title == "stem"


@given(st.binary(max_size=200), st.sampled_from(["", "utf-8", "utf-16", "utf-16-le", "cp1252", "utf-7", "idna"]))
def test_any_bytes_give_a_text_or_a_sentence(data: bytes, encoding: str) -> None:
    try:
        record = read(data, Origin("f"), encoding)
    except BadLine as error:
        said = str(error)
    else:
        said = "."
        record.text.encode("utf-8")
        assert "\0" not in record.text
    assert said.endswith(".")

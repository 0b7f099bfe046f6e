"""Sentences in the user's language."""

import struct
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator import assets, i18n


def test_english_is_what_stands_in_the_source() -> None:
    for name in ("", "C.UTF-8", "en_GB.UTF-8", "POSIX", "xx_YY"):
        said = i18n.chosen(name)
        assert said.one("Undo") == "Undo"
        assert [said.counted("{n} span", "{n} spans", n) for n in (0, 1, 2)] == ["{n} spans", "{n} span", "{n} spans"]


@given(st.text(st.sampled_from("abc é·"), max_size=20), st.sampled_from(["", "name", "count:,"]))
def test_the_pseudo_language_keeps_what_is_put_in(words: str, field: str) -> None:
    sentence = f"{words}{{{field}}}{words}" if field else words
    said = i18n.pseudo(sentence)
    if not any(letter.isalpha() for letter in sentence):
        assert said == sentence
        return
    assert said.startswith("⟦")
    assert said.endswith("⟧")
    if field:
        assert f"{{{field}}}" in said
        assert said.format(7, name=7, count=7)
    assert len(said) >= len(sentence) * 4 // 3


def test_a_catalog_is_used_where_there_is_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "de" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    pairs = [("", "Content-Type: text/plain; charset=UTF-8\n"), ("Undo", "Rückgängig")]
    (folder / "annotator.mo").write_bytes(_compiled(pairs))
    monkeypatch.setattr(assets, "catalogs", lambda: tmp_path)
    assert i18n.chosen("de_AT.UTF-8").one("Undo") == "Rückgängig"
    assert i18n.chosen("de_AT.UTF-8").one("Redo") == "Redo"


def test_nothing_is_said_for_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    # gettext answers with the catalog's head.
    monkeypatch.setattr(
        i18n, "_said", i18n.Language(lambda sentence: sentence or "Content-Type: text", i18n._english_counted)
    )
    assert i18n._("") == ""
    assert i18n._("Undo") == "Undo"


def test_the_environment_says_which(monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in ("ANNOTATOR_LANGUAGE", "LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(variable, raising=False)
    assert i18n.wanted() == ""
    monkeypatch.setenv("LANG", "fr_FR.UTF-8")
    monkeypatch.setenv("LANGUAGE", "de:en")
    assert i18n.wanted() == "de"
    monkeypatch.setenv("ANNOTATOR_LANGUAGE", "pseudo")
    assert i18n.wanted() == "pseudo"


def _compiled(pairs: list[tuple[str, str]]) -> bytes:
    """Return a catalog as msgfmt writes it (GNU gettext manual, "The Format of GNU MO Files")."""
    texts = [[text.encode() for text in column] for column in zip(*pairs, strict=True)]
    at = 28 + 16 * len(pairs)
    tables, body = b"", b""
    for column in texts:
        for text in column:
            tables += struct.pack("<II", len(text), at + len(body))
            body += text + b"\0"
    return struct.pack("<7I", 0x950412DE, 0, len(pairs), 28, 28 + 8 * len(pairs), 0, 0) + tables + body

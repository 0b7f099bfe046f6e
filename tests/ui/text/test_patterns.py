"""Regular expressions find code points, tell what is wrong with them, and always end."""

from __future__ import annotations

import time

import pytest

from annotator.domain.errors import UserError
from annotator.domain.finding import MOST, Sought
from annotator.ui.text.patterns import places

TEXT = "🏗 We 👨\u200d👩\u200d👧 said: “no”.\nŁucja said “yes 🏗”."


def found(words: str, **ways: bool) -> list[str]:
    return [TEXT[start:end] for start, end in places(TEXT, Sought(words, pattern=True, **ways))]


def test_offsets_are_code_points() -> None:
    assert found("“[^”]+”") == ["“no”", "“yes 🏗”"]
    assert found("^\\w+") == ["Łucja"]
    assert found("łucja") == ["Łucja"]
    assert found("łucja", case=True) == []
    assert found("a", whole=True) == []
    assert found("🏗") == ["🏗", "🏗"]
    assert found("\\S+(?= We)") == ["🏗"]
    assert found("x*") == []  # empty matches are nothing to see


def test_what_is_wrong_is_told_with_its_place() -> None:
    with pytest.raises(UserError, match=r"wrong at character \d+: "):
        found("(said")
    with pytest.raises(UserError, match="wrong at character"):
        found("[", whole=True)


@pytest.mark.parametrize(("words", "text"), [("(a+)+$", "a" * 60 + "b"), ("^(a|aa)+$", "a" * 80 + "b")])
def test_one_that_would_never_end_is_given_up(words: str, text: str) -> None:
    begun = time.process_time()
    with pytest.raises(UserError, match="too long"):
        places(text, Sought(words, pattern=True))
    assert time.process_time() - begun < 10


def test_one_that_gives_up_half_way_is_not_taken_for_through() -> None:
    with pytest.raises(UserError, match="too long"):
        places("ok " * 3 + "a" * 60 + "b", Sought("ok|(a+)+$", pattern=True))


def test_there_is_a_most() -> None:
    assert len(places("ab" * (MOST + 3), Sought("a", pattern=True))) == MOST

"""Letters by their place, for whoever types in Cyrillic, Greek, Arabic or Hebrew."""

import pytest

from annotator.ui.text.positions import digit, latin


@pytest.mark.parametrize(
    ("text", "scan_code", "letter"),
    [
        ("й", 24, "Q"),
        ("с", 54, "C"),
        ("ы", 39, "S"),
        ("α", 38, "A"),
        ("ض", 24, "Q"),
        ("ש", 38, "A"),
        ("ो", 38, "ो"),
        (";", 24, "Q"),
        ("/", 24, "Q"),
        ("'", 25, "W"),
    ],
)
def test_by_place_where_no_letter_is_latin(text: str, scan_code: int, letter: str) -> None:
    assert latin(text, scan_code, platform="linux") == letter


def test_each_system_counts_from_elsewhere() -> None:
    assert latin("й", 16, platform="win32") == "Q"
    assert latin("й", 0, 12, platform="darwin") == "Q"


@pytest.mark.parametrize("text", ["q", "é", "ß", "ł", "Ω", "1", "&", "", "ab", "。"])
def test_latin_letters_and_signs_stay(text: str) -> None:
    at_a_place_of_nothing = 255
    assert latin(text, at_a_place_of_nothing, platform="linux") == text


def test_latin_letters_of_other_layouts_are_what_is_printed_on_them() -> None:
    assert latin("a", 24, platform="linux") == "a"  # AZERTY
    assert latin("z", 29, platform="linux") == "z"  # QWERTZ
    assert latin("'", 24, platform="linux") == "'"  # Dvorak
    assert latin(",", 58, platform="linux") == ","  # AZERTY, where others have M


def test_digits_by_the_place_of_their_key() -> None:
    assert [digit(code, platform="linux") for code in (10, 18, 19)] == ["1", "9", "0"]
    assert [digit(code, platform="win32") for code in (2, 10, 11)] == ["1", "9", "0"]
    assert [digit(0, code, platform="darwin") for code in (18, 22, 29)] == ["1", "6", "0"]
    assert digit(24, platform="linux") == ""
    assert digit(20, platform="linux") == ""
    assert digit(0, 12, platform="darwin") == ""

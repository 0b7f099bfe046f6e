"""How labels look in each theme."""

import pytest
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication

from annotator.domain.intervals import SpanIndex
from annotator.domain.scheme import Label
from annotator.domain.span import Span
from annotator.ui.text.layouts import ParagraphLayout, Piece
from annotator.ui.text.looks import Looks
from annotator.ui.text.typography import LONGEST_TAG, SHORTEST_TAG, typography
from annotator.ui.theme import LIGHT, THEMES


def test_bars_are_thicker_where_there_is_no_fill(qapp: QApplication) -> None:
    bars = {name: Looks(theme, {}, QFont()).bar for name, theme in THEMES.items()}
    assert bars == {"light": 3.0, "dark": 3.0, "contrast": 4.0}


def pieces(text: str, *places: tuple[str, str]) -> dict[str, Piece]:
    """Return the first piece of each span (id, words) of a paragraph."""
    layout = ParagraphLayout(text, 0, typography())
    spans = [Span(id, "a", "l", "p", "q", ((text.index(it), text.index(it) + len(it)),)) for id, it in places]
    layout.decorate(SpanIndex(spans).hulls(0, len(text)))
    found: dict[str, Piece] = {}
    for line in layout.lines:
        for piece in line.pieces:
            found.setdefault(piece.span.id, piece)
    return found


@pytest.mark.usefixtures("qapp")
def test_words_from_right_to_left_have_their_tag_and_their_start_at_the_right() -> None:
    text = "قال الوزير إن المحادثات في Velmar Terminals 2026."
    found = pieces(text, ("1", "الوزير"), ("2", "Velmar Terminals"), ("3", "2026"), ("4", "المحادثات في Velmar"))
    assert [found[id].right_to_left for id in "1234"] == [True, False, True, True]
    latin = pieces("He met (محمد) at noon.", ("1", "محمد"), ("2", "met"), ("3", "(محمد) at"))
    assert [latin[id].right_to_left for id in "123"] == [True, False, True]


@pytest.mark.usefixtures("qapp")
def test_a_tag_ends_where_the_next_one_of_its_lane_begins() -> None:
    found = pieces("A b c, and then a longer word, and much more of it.", ("1", "A"), ("2", "b"), ("3", "longer"))
    assert found["1"].room == SHORTEST_TAG
    assert found["2"].room == pytest.approx(found["3"].left - found["2"].left - 1)
    assert found["3"].room == LONGEST_TAG


@pytest.mark.usefixtures("qapp")
def test_a_long_name_is_elided_in_its_tag() -> None:
    looks = Looks(LIGHT, {"q": Label("q", "A very long name " * 12, "", "#0072B2", "#56B4E9")}, typography().tag_font)
    span = Span("1", "a", "l", "p", "q", ((0, 1),))
    assert looks.tag(span, 1.0).width() == LONGEST_TAG
    assert looks.tag(span, 2.0).width() == 2 * LONGEST_TAG
    assert looks.tag(span, 1.0, SHORTEST_TAG).width() == SHORTEST_TAG
    assert looks._fitted("Quote", "", 100) == "Quote"
    assert looks._fitted("Quote", "", 16) == "Q"
    assert looks._fitted("Quote " * 20, " ?", 100).endswith("… ?")
    short = Looks(LIGHT, {"q": Label("q", "Q", "", "#0072B2", "#56B4E9")}, typography().tag_font)
    assert short.tag(span, 1.0).width() < 30

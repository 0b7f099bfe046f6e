"""Spans of several readings in one text: whose stand above the line, what room they take, what is pale."""

from __future__ import annotations

import pytest

from annotator.domain.scheme import Label
from annotator.domain.sidelanes import Whose
from annotator.domain.span import Span
from annotator.ui.review.text import ReviewText
from annotator.ui.text.held import HeldSpans
from annotator.ui.text.mouse import span_at
from annotator.ui.text.page import Page
from annotator.ui.text.typography import LANE_STEP, typography
from annotator.ui.theme import DARK, LIGHT, pale, span_colours

TEXT = "The harbour master said the quay is closed.\nNobody asked him how long it would be.\n"


def spans(*places: tuple[str, str, str]) -> list[Span]:
    return [Span(id, "a", "l", "p", label, ((TEXT.index(it), TEXT.index(it) + len(it)),)) for id, label, it in places]


def page(whose: Whose | None, *places: tuple[str, str, str]) -> Page:
    return Page(TEXT, HeldSpans(spans(*places), len(TEXT)), typography(), whose=whose)


PLACES = (
    ("a", "source", "The harbour master"),
    ("b", "source", "harbour master"),
    ("c", "quote", "the quay is closed"),
)


@pytest.mark.usefixtures("qapp")
def test_the_firsts_bars_stand_above_and_push_their_line_down() -> None:
    plain, both = page(None, *PLACES), page(Whose({"a": 0, "b": 1}, frozenset("c")), *PLACES)
    first = both.of(0).layout.lines[0]
    assert {piece.span.id: piece.lane for piece in first.pieces} == {"a": -1, "b": 0, "c": 0}
    assert first.above == first.top == LANE_STEP
    assert plain.of(0).layout.lines[0].top == 0
    second = TEXT.index("Nobody")
    assert both.of(second).layout.lines[0].above == 0
    # Two lanes either way: both below, or one above and one below.
    assert both.spot(second).y == plain.spot(second).y


@pytest.mark.usefixtures("qapp")
def test_a_bar_above_is_found_by_the_pointer() -> None:
    both = page(Whose({"a": 0, "b": 1}, frozenset("c")), *PLACES)
    layout = both.of(0).layout
    line, type = layout.lines[0], typography()
    x = layout.x_of(TEXT.index("harbour")) + 2

    def id_at(y: float) -> str:
        found, _on_bar = span_at(both, x, y)
        return found.id if found is not None else ""

    assert id_at(line.top - 2) == "a"
    assert id_at(line.top + type.box + 2) == "b"
    assert span_at(both, x, line.top - 2)[1] is True
    assert span_at(both, x, line.top + 4)[1] is False


@pytest.mark.usefixtures("qapp")
def test_very_many_lanes_are_thin_and_the_rest_is_counted() -> None:
    many = [(f"s{number}", "source", "The harbour master") for number in range(26)]
    layout = page(Whose({id: number for number, (id, _, _) in enumerate(many)}, readings=26), *many).of(0).layout
    assert not layout.tagged
    assert layout.lines[0].hidden == 25 - 12


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_what_is_agreed_is_paler(theme: object) -> None:
    assert theme in (LIGHT, DARK)
    colours = span_colours(theme, "#0072B2", "#56B4E9")  # type: ignore[arg-type]
    faint = pale(theme, colours)  # type: ignore[arg-type]
    share = 0.16 if theme is DARK else 0.10
    page_red, bar_red = (30 / 255 if theme is DARK else 1.0), colours.bar.redF()
    assert faint.fill.redF() == pytest.approx(page_red * (1 - share) + bar_red * share, abs=0.01)
    assert faint.bar.redF() == pytest.approx((page_red + bar_red) / 2, abs=0.01)


@pytest.mark.usefixtures("qapp")
def test_a_tag_says_its_own_words_and_what_is_agreed_has_none() -> None:
    view = ReviewText()
    view.set_labels({"source": Label("source", "Source", "S", "#C85200", "#E69F00")})
    view.show_readings(TEXT, spans(*PLACES), Whose({"a": 0, "b": 1}, frozenset("c"), {"b": "2 Source"}))
    looks, (one, two, same) = view._looks, spans(*PLACES)
    assert looks.tag_width(two) > looks.tag_width(one)
    assert looks.is_agreed(same)
    assert not looks.is_agreed(one)
    assert looks.bar_of(same) == looks.pale("quote").bar
    view.set_theme(DARK)  # colours anew, the readings as before
    assert view._looks.is_agreed(same)


@pytest.mark.usefixtures("qapp")
def test_the_ring_is_drawn_round_the_words_and_the_bar_above() -> None:
    view = ReviewText()
    view.resize(760, 300)
    view.show_readings(TEXT, spans(*PLACES), Whose({"a": 0, "b": 1}))
    before = view.viewport().grab().toImage()
    view.frame([(0, len("The harbour master"))])
    after = view.viewport().grab().toImage()
    accent = LIGHT.accent.lower()
    found = [
        (x, y)
        for y in range(after.height())
        for x in range(after.width())
        if after.pixelColor(x, y).name() == accent and before.pixelColor(x, y).name() != accent
    ]
    place = view.caret_rect(0)
    assert min(y for _, y in found) < place.top() - 3
    assert max(y for _, y in found) > place.bottom()

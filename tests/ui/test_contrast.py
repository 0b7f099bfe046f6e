"""Contrast of every theme, computed (WCAG 2.2): text 4.5 to 1, bars, edges of controls and focus rings 3 to 1."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QColor

from annotator import assets
from annotator.domain.scheme import parse
from annotator.ui.theme import THEMES, UNKNOWN_LABEL, Theme, contrast, span_colours

TEXT, EDGE = 4.5, 3.0

SURFACES = ("chrome", "panel", "page", "raised", "sunken", "hover", "pressed", "tint")
READ = {
    # colour: surfaces that words of it stand on
    "text": SURFACES,
    "text2": SURFACES,
    "text3": ("chrome", "panel", "page", "raised", "hover", "tint"),
    "accent": ("page", "panel", "raised", "tint"),
    "warning": ("page", "panel", "raised"),
    "error": ("page", "panel", "raised", "chrome", "tint"),
    "on_accent": ("accent",),
    "selection_text": ("selection",),
    "notice_text": ("notice",),
    "notice_action": ("notice",),
}
SEEN = {
    # what is no text but must be seen, and what is beside it
    "control": ("page", "panel", "raised", "chrome"),
    "accent": ("page", "panel", "raised", "chrome", "tint"),
    # the ring of a focused main button, against what the button stands on
    "text": ("page", "panel", "raised", "chrome"),
}
NOT_MEASURED = {
    "dark": "says which of a label's two colours is taken",
    "line": "divides surfaces, carries no meaning",
    "line2": "divides surfaces, carries no meaning",
    "disabled": "what cannot be used now is exempt (WCAG 1.4.3)",
}

each_theme = pytest.mark.parametrize("name", sorted(THEMES))
each_scheme = pytest.mark.parametrize("scheme", assets.scheme_names())


def ratio(theme: Theme, one: str, other: str) -> float:
    """Return the contrast of two colours of a theme."""
    return contrast(QColor(getattr(theme, one)), QColor(getattr(theme, other)))


def test_black_on_white_is_21_to_1() -> None:
    assert contrast(QColor("#000000"), QColor("#FFFFFF")) == pytest.approx(21)
    assert contrast(QColor("#777777"), QColor("#FFFFFF")) == pytest.approx(4.48, abs=0.01)


def test_every_colour_is_measured_or_exempt() -> None:
    measured = {*READ, *SEEN, *(other for others in (*READ.values(), *SEEN.values()) for other in others)}
    assert measured | NOT_MEASURED.keys() == set(Theme._fields)
    assert not measured & NOT_MEASURED.keys()


@each_theme
def test_words_can_be_read(name: str) -> None:
    theme = THEMES[name]
    bad = {
        (one, other): round(ratio(theme, one, other), 2)
        for one, others in READ.items()
        for other in others
        if ratio(theme, one, other) < TEXT
    }
    assert bad == {}


@each_theme
def test_edges_and_rings_are_seen(name: str) -> None:
    theme = THEMES[name]
    bad = {
        (one, other): round(ratio(theme, one, other), 2)
        for one, others in SEEN.items()
        for other in others
        if ratio(theme, one, other) < EDGE
    }
    assert bad == {}


@each_scheme
@each_theme
def test_labels_are_seen_and_words_in_spans_read(name: str, scheme: str) -> None:
    theme = THEMES[name]
    text, page = QColor(theme.text), QColor(theme.page)
    for label in (*parse(assets.scheme_text(scheme), scheme).labels, UNKNOWN_LABEL):
        colours = span_colours(theme, label.light, label.dark)
        assert contrast(colours.bar, page) >= EDGE, label
        assert contrast(colours.bar, colours.fill) >= EDGE, label
        assert contrast(text, colours.fill) >= TEXT, label
        assert contrast(text, colours.hover_fill) >= TEXT, label
        assert contrast(colours.tag_text, colours.bar) >= TEXT, label

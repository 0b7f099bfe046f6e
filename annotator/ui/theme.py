"""Colours of the window: the palettes of the design, light and dark, and what a label's bar makes of them."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from PySide6.QtGui import QColor, QPalette

from annotator.domain.scheme import Label


class Theme(NamedTuple):
    """Every colour a widget may use, as #RRGGBB."""

    dark: bool
    chrome: str
    panel: str
    page: str
    raised: str
    sunken: str
    hover: str
    pressed: str
    line: str
    line2: str
    control: str
    text: str
    text2: str
    text3: str
    disabled: str
    accent: str
    on_accent: str
    tint: str
    selection: str
    selection_text: str
    warning: str
    error: str
    notice: str
    notice_text: str
    notice_action: str


LIGHT = Theme(
    dark=False, chrome="#F4F3EF", panel="#FAF9F6", page="#FFFFFF", raised="#FFFFFF", sunken="#ECEAE4",
    hover="#F0EEE8", pressed="#E1DED6", line="#E0DED7", line2="#CFCCC3", control="#8A877D",
    text="#1A1A1A", text2="#4D4B45", text3="#68655D", disabled="#A5A299", accent="#0B6B60",
    on_accent="#FFFFFF", tint="#E1F0EC", selection="#7BD88F", selection_text="#1A1A1A",
    warning="#8A5A00", error="#A4262C", notice="#1A1A1A", notice_text="#FFFFFF", notice_action="#7FD8C8",
)  # fmt: skip

DARK = Theme(
    dark=True, chrome="#171716", panel="#1B1B1A", page="#1E1E1E", raised="#262625", sunken="#121211",
    hover="#30302E", pressed="#141413", line="#30302E", line2="#3F3F3C", control="#7D7B75",
    text="#E6E6E6", text2="#B9B7B1", text3="#9C9A93", disabled="#62605B", accent="#5CC8B5",
    on_accent="#0C1F1B", tint="#1F3430", selection="#107547", selection_text="#E6E6E6",
    warning="#E3B457", error="#F08A84", notice="#262625", notice_text="#E6E6E6", notice_action="#5CC8B5",
)  # fmt: skip

CONTRAST = Theme(
    dark=True, chrome="#000000", panel="#000000", page="#000000", raised="#000000", sunken="#000000",
    hover="#2A2A2A", pressed="#4A4A4A", line="#FFFFFF", line2="#FFFFFF", control="#FFFFFF",
    text="#FFFFFF", text2="#E0E0E0", text3="#E0E0E0", disabled="#9A9A9A", accent="#5CF2DC",
    on_accent="#000000", tint="#103E38", selection="#FFEB3B", selection_text="#000000",
    warning="#FFD54F", error="#FF8A80", notice="#000000", notice_text="#FFFFFF", notice_action="#5CF2DC",
)  # fmt: skip

THEMES = {"light": LIGHT, "dark": DARK, "contrast": CONTRAST}

UNKNOWN_LABEL = Label("", "", "", "#5A5A5A", "#9A9A9A")
"""How a label looks that the scheme does not know; its id serves as its name."""


BAR_CONTRAST = 3.0
"""Of a label's bar against its own fill at least (WCAG 1.4.11); where it is less, the fill gets fainter."""


class SpanColours(NamedTuple):
    """What a span of one label is painted with."""

    bar: QColor
    fill: QColor
    hover_fill: QColor
    tag_text: QColor


@lru_cache(maxsize=512)
def span_colours(theme: Theme, light: str, dark: str) -> SpanColours:
    """Return the colours of a label whose bar is `light` or `dark` (#RRGGBB) in this theme."""
    bar = QColor(dark if theme.dark else light)
    page = QColor(theme.page)
    if theme is CONTRAST:
        fill, hover = 0.0, 0.20
    else:
        fill, hover = (0.28, 0.36) if theme.dark else (0.18, 0.28)
    while contrast(bar, _mixed(page, bar, fill)) < BAR_CONTRAST and fill > 0:
        fill, hover = max(0.0, fill - 0.02), max(0.0, hover - 0.02)
    black, white = QColor("#000000"), QColor("#FFFFFF")
    tag_text = white if contrast(bar, white) >= contrast(bar, black) else black
    return SpanColours(bar, _mixed(page, bar, fill), _mixed(page, bar, hover), tag_text)


_DIMMED, _DIMMED_CONTRAST = 0.4, 0.6


def dimmed(theme: Theme, colours: SpanColours) -> SpanColours:
    """Return the colours of a label that stands back: a pale bar over no fill."""
    page = QColor(theme.page)
    share = _DIMMED_CONTRAST if theme is CONTRAST else _DIMMED
    return colours._replace(bar=_mixed(page, colours.bar, share), fill=page)


_PALE_BAR, _PALE_LIGHT, _PALE_DARK = 0.5, 0.10, 0.16


def pale(theme: Theme, colours: SpanColours) -> SpanColours:
    """Return the colours of a span that all readings have: a fainter fill under a bar half as strong."""
    page = QColor(theme.page)
    if theme is CONTRAST:
        return dimmed(theme, colours)
    fill = _PALE_DARK if theme.dark else _PALE_LIGHT
    return colours._replace(bar=_mixed(page, colours.bar, _PALE_BAR), fill=_mixed(page, colours.bar, fill))


def _mixed(below: QColor, above: QColor, share: float) -> QColor:
    return QColor.fromRgbF(
        below.redF() * (1 - share) + above.redF() * share,
        below.greenF() * (1 - share) + above.greenF() * share,
        below.blueF() * (1 - share) + above.blueF() * share,
    )


def contrast(one: QColor, other: QColor) -> float:
    """Return the contrast ratio of two colours, 1 to 21 (WCAG 2.2)."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: QColor) -> float:
    channels = (colour.redF(), colour.greenF(), colour.blueF())
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def palette(theme: Theme) -> QPalette:
    """Return the theme as Qt's palette, for the Fusion style."""
    result = QPalette()
    role = QPalette.ColorRole
    for where, colour in (
        (role.Window, theme.panel), (role.WindowText, theme.text), (role.Base, theme.page),
        (role.AlternateBase, theme.panel), (role.Text, theme.text), (role.PlaceholderText, theme.text3),
        (role.Button, theme.raised), (role.ButtonText, theme.text), (role.BrightText, theme.error),
        (role.Highlight, theme.tint), (role.HighlightedText, theme.text), (role.Link, theme.accent),
        (role.Accent, theme.accent), (role.ToolTipBase, theme.raised), (role.ToolTipText, theme.text),
        (role.Light, theme.raised), (role.Midlight, theme.hover), (role.Mid, theme.line2),
        (role.Dark, theme.control), (role.Shadow, theme.line2),
    ):  # fmt: skip
        result.setColor(where, QColor(colour))
    for where in (role.WindowText, role.Text, role.ButtonText):
        result.setColor(QPalette.ColorGroup.Disabled, where, QColor(theme.disabled))
    return result

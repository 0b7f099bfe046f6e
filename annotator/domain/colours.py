"""Colours as #RRGGBB without a toolkit: how well one is told from another, and what a label's bar makes of the page."""

from __future__ import annotations

from typing import NamedTuple

PAPER = "#FFFFFF"
UNKNOWN_BAR = "#5A5A5A"
"""Of a label that the scheme does not know, on paper."""

_FILL = 0.18
_BAR_CONTRAST = 3.0


class OnPaper(NamedTuple):
    """What a span of one label is drawn with on white."""

    bar: str
    fill: str
    tag_text: str


def on_paper(bar: str) -> OnPaper:
    """Return the colours that a label with this bar has in the window's light theme."""
    share = _FILL
    while contrast(bar, mixed(PAPER, bar, share)) < _BAR_CONTRAST and share > 0:
        share = max(0.0, share - 0.02)
    tag_text = "#FFFFFF" if contrast(bar, "#FFFFFF") >= contrast(bar, "#000000") else "#000000"
    return OnPaper(bar, mixed(PAPER, bar, share), tag_text)


def mixed(below: str, above: str, share: float) -> str:
    """Return `above` laid over `below`, so much of it (0 to 1)."""
    pairs = zip(_channels(below), _channels(above), strict=True)
    return "#" + "".join(f"{round(255 * (low * (1 - share) + high * share)):02X}" for low, high in pairs)


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours, 1 to 21 (WCAG 2.2)."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _channels(colour: str) -> tuple[float, ...]:
    return tuple(int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))


def _luminance(colour: str) -> float:
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in _channels(colour)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

"""How far two colours are apart for any eye."""

from __future__ import annotations

import math
import re
from functools import lru_cache
from itertools import product

_COLOUR = re.compile("#[0-9A-Fa-f]{6}")
Linear = tuple[float, float, float]
Box = tuple[int, int, int]
# Machado, Oliveira and Fernandes 2009, severity 1: how protan, deutan and tritan eyes see linear sRGB.
_EYES: tuple[tuple[Linear, Linear, Linear], ...] = (
    ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)),
    ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
)
_WHITE = (0.95047, 1.0, 1.08883)


def apart(one: str, other: str) -> float:
    """Return the difference of two colours (#RRGGBB) as CIE 1976 has it, for the eye that tells them apart worst.

    100 where one of them is no colour.
    """
    if not (_COLOUR.fullmatch(one) and _COLOUR.fullmatch(other)):
        return 100.0
    return min(_difference(_seen(one, eye), _seen(other, eye)) for eye in _EYES)


@lru_cache(maxsize=8)  # whoever types a name asks again with every letter
def alike(colours: tuple[str, ...], near: float) -> tuple[int | None, ...]:
    """Return for each colour the place (from 0) of the first one before it that is nearer than `near`, else None.

    As many calls of `apart` would: but each colour is compared with those around it only, for any number of labels.
    """
    boxes: list[dict[Box, list[tuple[int, Linear]]]] = [{} for _eye in _EYES]
    found: list[int | None] = []
    for place, colour in enumerate(colours):
        first: int | None = None
        for eye, there in zip(_EYES, boxes, strict=True) if _COLOUR.fullmatch(colour) else ():
            here = _seen(colour, eye)
            x, y, z = (math.floor(part / near) for part in here)
            for box in product((x - 1, x, x + 1), (y - 1, y, y + 1), (z - 1, z, z + 1)):
                for other, seen in there.get(box, ()):
                    if (first is None or other < first) and _difference(here, seen) < near:
                        first = other
            there.setdefault((x, y, z), []).append((place, here))
        found.append(first)
    return tuple(found)


@lru_cache(maxsize=4_096)
def _seen(colour: str, eye: tuple[Linear, Linear, Linear]) -> Linear:
    """Return L*, a*, b* of a colour as an eye sees it."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    r, g, b = (min(1.0, max(0.0, sum(k * part for k, part in zip(row, linear, strict=True)))) for row in eye)
    x = 0.4124564 * r + 0.3575761 * g + 0.1804375 * b
    y = 0.2126729 * r + 0.7151522 * g + 0.0721750 * b
    z = 0.0193339 * r + 0.1191920 * g + 0.9503041 * b
    fx, fy, fz = (_root(value / white) for value, white in zip((x, y, z), _WHITE, strict=True))
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


def _root(value: float) -> float:
    return value ** (1 / 3) if value > (6 / 29) ** 3 else value / (3 * (6 / 29) ** 2) + 4 / 29


def _difference(one: Linear, other: Linear) -> float:
    return math.dist(one, other)

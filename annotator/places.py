"""How windows were left, by arrangement of screens, kept as JSON in the data folder; nothing in it is needed."""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from annotator import paths

MOST = 20
TITLE = 32
"""Pixels that a title bar may take above its window; what it takes indeed is known only once it is shown."""
_LARGEST = 100_000
"""Bytes; a larger file is not ours."""
_FAR = 32_767
"""Pixels: the window systems count no further."""


class Box(NamedTuple):
    """A rectangle in logical pixels of the desktop; a window's is without its frame."""

    left: int
    top: int
    width: int
    height: int

    @property
    def right(self) -> int:
        """First column that is no longer in it."""
        return self.left + self.width

    @property
    def bottom(self) -> int:
        """First row that is no longer in it."""
        return self.top + self.height

    def shared(self, other: Box) -> int:
        """Return how many pixels lie in both."""
        width = min(self.right, other.right) - max(self.left, other.left)
        height = min(self.bottom, other.bottom) - max(self.top, other.top)
        return max(width, 0) * max(height, 0)


class Place(NamedTuple):
    """How a window was left. `screens` names the arrangement it stood in, `state` is normal, maximised or full."""

    window: str
    screens: str
    left: int = 0
    top: int = 0
    width: int = 0
    height: int = 0
    state: str = "normal"
    positioned: bool = True
    """Whether left and top are known; Wayland tells no program where its windows stand."""
    tab: int = 0
    """Which tab of its panel was shown."""

    @property
    def box(self) -> Box:
        """Where it stands when it is neither maximised nor full."""
        return Box(self.left, self.top, self.width, self.height)


_EMPTY = Place("", "")


def arrangement(screens: Sequence[Box]) -> str:
    """Return a name for screens that stand like this."""
    return " ".join(f"{box.width}x{box.height}{box.left:+}{box.top:+}" for box in sorted(screens))


def fitted(box: Box, screens: Sequence[Box], above: int = 0) -> Box:
    """Return where a window can be seen and moved that was left at `box`; `above` is what its title bar needs.

    As it was where its four corners lie on screens; else moved, and shrunk if need be, onto the screen that shows
    most of it, the first where none does.
    """
    if not screens or _is_seen(box._replace(top=box.top - above, height=box.height + above), screens):
        return box
    screen = max(screens, key=box.shared)
    title = TITLE if screen.height > 2 * TITLE else 0
    width, height = min(box.width, screen.width), min(box.height, screen.height - title)
    left = min(max(box.left, screen.left), screen.right - width)
    top = min(max(box.top, screen.top + title), screen.bottom - height)
    return Box(left, top, width, height)


def _is_seen(box: Box, screens: Sequence[Box]) -> bool:
    corners = ((x, y) for x in (box.left, box.right - 1) for y in (box.top, box.bottom - 1))
    return all(any(it.left <= x < it.right and it.top <= y < it.bottom for it in screens) for x, y in corners)


def _path() -> Path:
    return paths.data_dir() / "windows.json"


def of(window: str, screens: str) -> Place | None:
    """Return how a window was left on these screens, else how it was left last; None where that is not known."""
    found = [place for place in _places() if place.window == window]
    return next((place for place in found if place.screens == screens), found[0] if found else None)


def remember(place: Place) -> None:
    """Put a place first; the one before it of this window on these screens is forgotten."""
    others = (other for other in _places() if (other.window, other.screens) != (place.window, place.screens))
    rows = [it._asdict() for it in (place, *others)][:MOST]
    # What cannot be kept is only convenience: no reason to trouble anybody.
    with suppress(OSError):
        paths.write_whole(_path(), json.dumps(rows, indent=1).encode("ascii"))


def _places() -> list[Place]:
    """Return what is kept, the last first; nothing where the file is missing or cannot be understood."""
    found = (_one(row) for row in paths.read_list(_path(), _LARGEST))
    return [place for place in found if place is not None][:MOST]


def _one(row: object) -> Place | None:
    if not isinstance(row, dict):
        return None
    whole = _EMPTY._asdict() | row
    if any(type(whole[name]) is not type(value) for name, value in _EMPTY._asdict().items()):
        return None
    place = Place(*(whole[name] for name in Place._fields))
    box = place.box
    near = abs(box.left) <= _FAR and abs(box.top) <= _FAR and 0 < box.width <= _FAR and 0 < box.height <= _FAR
    return place if near and place.state in ("normal", "maximised", "full") and place.tab in (0, 1, 2) else None

"""Keys by their place on the keyboard, for layouts whose letters are not Latin: there nobody could type a label's key.

Pure; what a system calls a place comes from Qt (`QKeyEvent.nativeScanCode`, on macOS `nativeVirtualKey`).
"""

from __future__ import annotations

import sys
import unicodedata

_ROWS = ((2, "1234567890"), (16, "QWERTYUIOP"), (30, "ASDFGHJKL"), (44, "ZXCVBNM"))
_SCAN_CODES = {first + number: sign for first, row in _ROWS for number, sign in enumerate(row)}
"""Of the PC's first set, which Windows tells, and Linux's kernel; X11 and Wayland count from 8."""
_X11 = 8
_SIGNS = frozenset((("Q", ";"), ("Q", "/"), ("W", "'")))
"""Signs at a letter's place on Greek and Hebrew keyboards, and there on no Latin one."""
_MAC_OS = dict(
    zip(
        (0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 12, 13, 14, 15, 16, 17, 31, 32, 34, 35, 37, 38, 40, 45, 46),
        "ASDFHGZXCVBQWERYTOUIPLJKNM",
        strict=True,
    )
)

_MAC_OS_DIGITS = dict(zip((18, 19, 20, 21, 23, 22, 26, 28, 25, 29), "1234567890", strict=True))


def latin(text: str, scan_code: int, virtual_key: int = 0, platform: str = sys.platform) -> str:
    """Return the letter or digit that stands at the key's place on a US keyboard, for a letter that is not Latin.

    Anything else, and a key that is none of those, comes back as it is.
    """
    if len(text) != 1 or text.isdigit():
        return text
    if platform == "darwin":
        found = _MAC_OS.get(virtual_key, "")
    else:
        found = _SCAN_CODES.get(scan_code if platform == "win32" else scan_code - _X11, "")
    return found if found and (_is_foreign(text) or (found, text) in _SIGNS) else text


def digit(scan_code: int, virtual_key: int = 0, platform: str = sys.platform) -> str:
    """Return the digit at the key's place in the row of digits of a US keyboard, "" for any other key."""
    if platform == "darwin":
        return _MAC_OS_DIGITS.get(virtual_key, "")
    found = _SCAN_CODES.get(scan_code if platform == "win32" else scan_code - _X11, "")
    return found if found.isdigit() else ""


def _is_foreign(text: str) -> bool:
    return text.isalpha() and not unicodedata.name(text, "LATIN").startswith(("LATIN", "FULLWIDTH LATIN"))

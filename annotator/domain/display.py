"""What stands on the screen for characters that cannot be shown or that a text engine would change.

One character for one, and of the same size in UTF-16, so that offsets never move.
"""

from __future__ import annotations

import re

_STAND_INS: dict[int, int] = {code: 0x2400 + code for code in range(0x20) if chr(code) != "\t"}
_STAND_INS |= dict.fromkeys((*range(128, 160), *range(55296, 57344), *range(64976, 65008)), 65533)
_STAND_INS |= {
    0x7F: 0x2421,
    0x85: 0x2424,
    0x2028: 0x21B5,  # Qt would break the line here, and end the paragraph at U+2029
    0x2029: 0x00B6,
    0xFEFF: 0x2060,  # a QString made from a text that begins with U+FEFF loses it
    0xFFFC: 0x25A1,  # Qt's own mark for an inline object
    0xFFFE: 0xFFFD,
    0xFFFF: 0xFFFD,
}
_SEEN = re.compile("[\x00-\x08\x0a-\x1f\x7f-\x9f\u2028\u2029\ufdd0-\ufdef\ufeff\ufffc\ufffe\uffff\ud800-\udfff]")


def display(text: str) -> str:
    """Return the text as it is drawn: as many code points, and as many UTF-16 units, as the text itself has."""
    return text.translate(_STAND_INS) if _SEEN.search(text) else text

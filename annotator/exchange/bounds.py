"""What a package may be at most: looked at while it is written and while it is read, before anything is held."""

from __future__ import annotations

from annotator.formats.record import MAX_LINE, MAX_TEXT

LINE = MAX_LINE
"""Bytes of a line."""
TEXT = MAX_TEXT
"""UTF-8 bytes of an article's text."""
HEAD = 1024 * 1024
"""Bytes of the first line, which is read key by key, and of the last."""
TOTAL = 2 * 1024 * 1024 * 1024
"""Bytes of all lines, unpacked."""
RATIO = 200
"""How many times larger it gets by unpacking; text with its ids gets ten times larger."""
RATIO_FROM = 64 * 1024 * 1024
"""Bytes unpacked below which nobody asks for the ratio."""
LINES = 5_000_000
"""Lines, and so steps and texts."""
CHANGES = 5_000_000
"""Changes of all steps."""
CHANGES_OF_STEP = 200_000
"""Changes of one step, which are held together."""

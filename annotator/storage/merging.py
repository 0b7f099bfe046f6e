"""Steps made elsewhere: looked at and folded beside the project first, then brought in by one transaction."""

from __future__ import annotations

from typing import NamedTuple

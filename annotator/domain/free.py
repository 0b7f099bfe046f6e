"""Free data: what a file says beyond our own fields, kept as it came."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeAlias

Free: TypeAlias = Mapping[str, Any]
"""An object of JSON: attributes, meta, fields, unknown keys. Never changed in place."""

NOTHING: Free = {}
"""No free data; shared by all values that have none."""

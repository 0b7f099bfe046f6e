"""Steps made elsewhere: looked at and folded beside the project first, then brought in by one transaction."""

from __future__ import annotations

from typing import NamedTuple


class Fork(NamedTuple):
    """A change that lost against another made without knowledge of it: the thing's kind and id, article, the step."""

    kind: str
    entity: str
    article: str
    step: str

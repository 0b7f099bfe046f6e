"""What storage knows of a package beside its steps, and how one is refused."""

from __future__ import annotations

from typing import NamedTuple

from annotator.domain.errors import UserError
from annotator.i18n import _


class Refused(UserError):
    """A package that is not merged: why, and by which of its lines (0: by none)."""

    def __init__(self, reason: str, line: int = 0) -> None:
        super().__init__(_("Line {line}: {reason}").format(line=line, reason=reason) if line else reason)


class Parcel(NamedTuple):
    """What is to be known of a package beside its steps.

    `name` is that of its file, `annotator` who made it, `at` now, `header` what it says of itself (JSON), `project`,
    `lead` and `after` as there. `mine` are the ids that are me; `proved` says that it is signed by a key that may speak
    for me.
    """

    id: str
    name: str
    annotator: str
    at: str
    sha256: str
    key: str
    header: str
    project: str
    lead: str = ""
    after: str = ""
    mine: frozenset[str] = frozenset()
    proved: bool = False

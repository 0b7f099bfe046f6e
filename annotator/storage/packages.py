"""The packages that were merged here, and which of them are switched on."""

from __future__ import annotations

import json
from typing import Any, NamedTuple

from annotator.domain.errors import UserError
from annotator.i18n import _
from annotator.storage.reader import Reader


class PackageRow(NamedTuple):
    """A package merged here: its id, file name, maker (id), when it was merged, and whether it is switched on.

    `steps` are those it brought; `header` is what it said of itself, `report` what its merge told, as it was stored.
    """

    id: str
    name: str
    annotator: str
    at: str
    active: bool
    sha256: str
    key: str
    header: dict[str, Any]
    report: dict[str, Any]
    steps: int


def packages(reader: Reader) -> list[PackageRow]:
    """Return the packages that were merged here, the newest first."""
    rows = reader.rows(
        "SELECT id, name, annotator, at, active, sha256, key, header, report, "
        "(SELECT count(*) FROM package_step WHERE package = id) FROM package ORDER BY at DESC, id DESC"
    )
    hidden: frozenset[str] = frozenset()
    if reader.sealed:
        from annotator.storage import sealing

        hidden = sealing.packages(reader.connection, reader.sealed_for)
    return [
        PackageRow(
            id, name, who, at, bool(active), sha256, key, json.loads(header or "{}"), json.loads(told or "{}"), steps
        )
        for id, name, who, at, active, sha256, key, header, told, steps in rows
        if id not in hidden
    ]


def named(reader: Reader, what: str) -> PackageRow:
    """Return the package with this id, beginning of an id (from 4 characters) or file name. Raises UserError."""
    there = packages(reader)
    found = [row for row in there if what in (row.id, row.name)] or [
        row for row in there if len(what) >= 4 and row.id.startswith(what)
    ]
    if not found:
        raise UserError(_("No package {what} was merged here.").format(what=what))
    if len(found) > 1:
        ids = ", ".join(row.id for row in found)
        raise UserError(_("{what} may be several packages; name one by its id: {ids}.").format(what=what, ids=ids))
    return found[0]

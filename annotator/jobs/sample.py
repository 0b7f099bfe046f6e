"""The sample project: articles of our own with worked spans, to look at and to play with."""

from __future__ import annotations

from pathlib import Path

from annotator import assets, whoami
from annotator.domain import ids
from annotator.domain.article import Annotator
from annotator.domain.errors import UserError
from annotator.domain.scheme import parse
from annotator.editing.workspace import Workspace
from annotator.i18n import _
from annotator.jobs.importing import import_paths
from annotator.storage.store import Store

_NAME = "Sample"
# Whoever opens the samples before saying their name must not become their author.
_AUTHOR = Annotator(ids.foreign_id("annotator", "", "samples"), "Annotator’s samples")


def make_sample(path: Path) -> None:
    """Make the sample project at `path`. Raises UserError where something stands there already."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UserError(
            _("The folder {parent} cannot be made: {reason}.").format(
                parent=path.parent, reason=error.strerror or error
            )
        ) from None
    scheme = parse(assets.scheme_text(), f"{assets.DEFAULT_SCHEME}.toml")
    temporary = path.with_name(f".{path.name}.{ids.uuid7()}")
    # A sample that was begun and not finished must not stand in its place.
    try:
        Store.create(temporary, scheme, _NAME)
        who = whoami.identity()
        store = Store.open(temporary)
        try:
            workspace = Workspace(store, _AUTHOR, who.device if who else "")
            import_paths(workspace, [assets.samples_path()])
        finally:
            store.close()
        if path.exists():
            raise UserError(_("{path} exists already; it was not touched.").format(path=path))
        temporary.rename(path)
    finally:
        for rest in (temporary, temporary.with_name(f".{temporary.name}.lock")):
            rest.unlink(missing_ok=True)

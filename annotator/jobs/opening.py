"""A package that is opened as a project: which project of this computer it belongs to, or where a new one goes."""

from __future__ import annotations

import os
from contextlib import closing
from pathlib import Path

from annotator import paths, recent
from annotator.domain.article import Annotator
from annotator.domain.errors import UserError
from annotator.exchange.header import Header
from annotator.i18n import _
from annotator.storage.reader import Reader
from annotator.whoami import Identity, acting

PROJECT = ".annotator"
_LONGEST = 80
_BAD = frozenset('/\\:*?"<>|')
_MOST = 1_000


def project_of(header: Header, package: Path, identity: Identity, me: Annotator) -> Path | None:
    """Return the project of this computer that the package belongs to, None where there is none that is known.

    Known is what stands where the package's own project would be made, and those that were open lately; of these only
    where I am `me`: two people of one package may share a computer.
    """
    lately = [Path(one.path) for one in recent.recents()]
    places = [folder / _name(header, me) for folder in _folders(package)]
    return next((path for path in (*places, *lately) if _is(path, header.project, identity, me)), None)


def place_for(header: Header, package: Path, me: Annotator) -> Path:
    """Return where the project of a package is made: beside it, or in the data folder where nothing can be written.

    Nothing stands there. Raises UserError where there is no such place.
    """
    name = _name(header, me)
    for folder in _folders(package):
        if not (folder.is_dir() and os.access(folder, os.W_OK)):
            continue
        for number in range(1, _MOST):
            path = folder / (name if number == 1 else f"{name.removesuffix(PROJECT)} {number}{PROJECT}")
            if not path.exists() and not path.is_symlink():
                return path
    raise UserError(_("There is no folder in which the project of this package could be made."))


def _folders(package: Path) -> tuple[Path, Path]:
    paths.data_dir().mkdir(parents=True, exist_ok=True)
    return package.absolute().parent, paths.data_dir()


def _name(header: Header, me: Annotator) -> str:
    """Return the name of the project: that of the one it comes from, and who works in it."""
    return f"{_clean(header.name) or _clean(_('Project'))} {_clean(me.name)}".strip() + PROJECT


def _clean(text: str) -> str:
    kept = "".join(" " if sign in _BAD or not sign.isprintable() else sign for sign in text)
    return " ".join(kept.split())[:_LONGEST].strip(" .")


def _is(path: Path, project: str, identity: Identity, me: Annotator) -> bool:
    """Whether this is the project with that id, and I am `me` in it."""
    if not path.is_file():
        return False
    try:
        with closing(Reader(path)) as reader:
            return reader.about().get("id") == project and acting(identity, reader.annotators()).id == me.id
    except UserError:
        return False  # what cannot be read now cannot be merged into either

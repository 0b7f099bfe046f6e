"""My identity as a file, to take along to another computer: id, name, further ids and the key I sign with."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import NamedTuple

from annotator import keys, paths, whoami
from annotator.domain import ids
from annotator.domain.article import Annotator
from annotator.domain.errors import UserError
from annotator.domain.text import printable
from annotator.i18n import _, later
from annotator.whoami import Identity

ENDING = ".annotator-identity"
WARNING = later(
    "Whoever has this file can sign packages as you. Carry it over yourself, and delete it when it has been taken."
)
_FORMAT = "annotator-identity"
_VERSION = re.compile(r"1\.\d{1,6}")
_KEY = re.compile(r"[0-9a-f]{64}")
_LARGEST = 64 * 1024


class Taken(NamedTuple):
    """Who I am now, and what changed by it, in sentences."""

    identity: Identity
    words: str


def save(path: Path, *, replace: bool = False) -> None:
    """Save who I am, with my key, for nobody else to read. Raises UserError."""
    who = whoami.identity()
    if who is None:
        raise UserError(_("Say first who you are."))
    said = {
        "format": _FORMAT,
        "version": "1.0",
        "id": who.annotator.id,
        "name": who.annotator.name,
        "also": list(who.also),
        "key": keys.seed(),
    }
    data = json.dumps(said, ensure_ascii=False, indent=1).encode("utf-8") + b"\n"
    try:
        if path.is_dir():
            raise UserError(_("{target} is a folder; name a file in it.").format(target=path))
        if not path.absolute().parent.is_dir():
            raise UserError(_("The folder {parent} does not exist.").format(parent=path.parent))
        if path.name.endswith(".annotator"):
            raise UserError(_("{target} has the name of a project; nothing was written.").format(target=path))
        paths.write_whole(path, data, private=True, new=not replace)
    except FileExistsError:
        raise UserError(_("{target} is there already; nothing was written.").format(target=path)) from None
    except OSError as error:
        raise UserError(
            _("{target} was not written: {reason}.").format(target=path, reason=error.strerror or error)
        ) from None


def before_path() -> Path:
    """Return where it is kept, as such a file, who I was on this computer before I took another identity."""
    return paths.config_dir() / f"before{ENDING}"


def take(path: Path) -> Taken:
    """Become, on this computer, who is in the file: "that is me". Raises UserError; nothing changed then.

    This computer stays a place of its own (device), and what was done here under another id counts as mine too. Who I
    was is kept, so that nobody's key is lost by the wrong file.
    """
    found, key = _read(path)
    before = whoami.identity()
    device = before.device if before is not None else ids.uuid7()
    also = [*found.also, *((before.annotator.id, *before.also) if before is not None else ())]
    others = tuple(dict.fromkeys(id for id in also if id != found.annotator.id))
    now = Identity(found.annotator, device, others)
    old_key = _public_before(before)
    if before is not None and old_key and old_key != keys.public_of(key):
        # What was packed here so far, and lies with others or comes back, stays known as mine.
        keys.trust(before.annotator.id, old_key)
    if old_key and before is not None and before.annotator.id != found.annotator.id:
        save(before_path(), replace=True)
    keys.take(key)
    whoami.keep(now)
    return Taken(now, _changed(before, now, same_key=old_key == keys.public_of(key)))


def _public_before(before: Identity | None) -> str:
    if before is None or not keys.is_made():
        return ""
    try:
        return keys.public_hex()
    except UserError:  # a damaged one, which the file is to replace
        return ""


def _changed(before: Identity | None, now: Identity, *, same_key: bool) -> str:
    name, id = now.annotator.name, now.annotator.id
    if before is None:
        return _("You are {name} ({id}) here now.").format(name=name, id=id)
    if before.annotator.id != id:
        return _(
            "You are {name} ({id}) here now. What was done on this computer as {old} ({old_id}) counts as yours too; "
            "who you were is kept in {file}."
        ).format(name=name, id=id, old=before.annotator.name, old_id=before.annotator.id, file=before_path())
    if same_key and before == now:
        return _("You were {name} ({id}) here already; nothing changed.").format(name=name, id=id)
    return _("You are {name} ({id}) here as before; name and key are those of the file now.").format(name=name, id=id)


def _read(path: Path) -> tuple[Identity, str]:
    """Return the identity in a file (without a device), and its key. Raises UserError."""
    shown = printable(str(path))
    try:
        if not path.is_file():
            raise UserError(_("{file} is no file.").format(file=shown))
        if path.name.endswith(".annotator") or path.stat().st_size > _LARGEST:
            raise ValueError  # an open project is not to be opened here
        said = json.loads(path.read_bytes())
        if not isinstance(said, dict) or said.get("format") != _FORMAT:
            raise ValueError
    except OSError as error:
        raise UserError(
            _("{file} cannot be read: {reason}.").format(file=shown, reason=error.strerror or error)
        ) from None
    except (ValueError, RecursionError):
        raise UserError(
            _("{file} is no identity that was saved by `annotator whoami --save` or the settings.").format(file=shown)
        ) from None
    version, key, also = (said.get(word) for word in ("version", "key", "also"))
    if not isinstance(version, str) or not _VERSION.fullmatch(version):
        raise UserError(_("{file} was saved by a newer Annotator.").format(file=shown))
    listed = [said.get("id"), *also] if isinstance(also, list) else []
    named = [id for id in listed if isinstance(id, str) and ids.is_uuid(id)]
    if not named or named != listed or not isinstance(said.get("name"), str):
        raise UserError(_("{file} is damaged: it does not say who it is.").format(file=shown))
    if not isinstance(key, str) or not _KEY.fullmatch(key):
        raise UserError(_("{file} is damaged: it holds no key.").format(file=shown))
    id, *further = named
    return Identity(Annotator(id, whoami.checked_name(said["name"])), "", tuple(further)), key

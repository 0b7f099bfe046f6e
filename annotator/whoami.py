"""Who I am on this machine, kept as TOML in the settings folder."""

from __future__ import annotations

import json
import re
from collections.abc import Container
from pathlib import Path
from typing import NamedTuple

from annotator import paths
from annotator.domain import ids
from annotator.domain.article import Annotator
from annotator.domain.errors import UserError
from annotator.i18n import _

_LONGEST_NAME = 200
# Strings in which nothing is escaped and nothing would have to be.
_AS_WRITTEN = re.compile(
    "".join(rf'{key} = "(?P<{key}>[^"\\\x00-\x1f\x7f]*)"\n' for key in ("id", "name", "device"))
    + r'(?:also = \[(?P<also>"[0-9a-f-]+"(?:, "[0-9a-f-]+")*)\]\n)?'
)


class Identity(NamedTuple):
    """The person, and this machine as one of the places where they work.

    `also` are further ids under which this person stands in some projects.
    """

    annotator: Annotator
    device: str
    also: tuple[str, ...] = ()


def _path() -> Path:
    return paths.config_dir() / "identity.toml"


def identity() -> Identity | None:
    """Return who I am, or None before I was asked. Raises UserError where the file cannot be understood."""
    path = _path()
    try:
        data = _read(path.read_text(encoding="utf-8"))
        return Identity(Annotator(_text(data, "id"), _text(data, "name")), _text(data, "device"), _ids(data))
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError) as error:
        raise UserError(
            _(
                "{path}: your name and id cannot be read ({reason}). Mend or remove the file; with a "
                "new id your earlier work counts as somebody else's."
            ).format(path=path, reason=error)
        ) from None


def _read(toml: str) -> dict[str, object]:
    # As we write it ourselves it is read at once: every start would wait for tomllib and its patterns.
    if match := _AS_WRITTEN.fullmatch(toml):
        return {
            **match.groupdict(),
            "also": (match["also"] or "").replace('"', "").split(", ") if match["also"] else [],
        }
    import tomllib

    return tomllib.loads(toml)


def _text(data: dict[str, object], key: str) -> str:
    value = data[key]
    if not isinstance(value, str) or not value:
        raise ValueError(_("{key} is not a text").format(key=key))
    return value


def _ids(data: dict[str, object]) -> tuple[str, ...]:
    value = data.get("also", [])
    if not isinstance(value, list) or not all(isinstance(one, str) and one for one in value):
        raise ValueError(_("{key} is not a list of ids").format(key="also"))
    return tuple(value)


def acting(identity: Identity, people: Container[str]) -> Annotator:
    """Return who I am among the people (ids) of a project: the first of my ids that stands there, else my own."""
    id = next((id for id in (identity.annotator.id, *identity.also) if id in people), identity.annotator.id)
    return identity.annotator._replace(id=id)


def checked_name(name: str) -> str:
    """Return a person's name without blanks around it. Raises UserError for an empty or unusable one."""
    name = name.strip()
    if not name:
        raise UserError(_("A name must not be empty."))
    if len(name) > _LONGEST_NAME:
        raise UserError(
            _("A name must not be longer than {longest_name} characters.").format(longest_name=_LONGEST_NAME)
        )
    if not name.isprintable():
        raise UserError(_("A name must not hold line ends, control or invisible characters."))
    return name


def save_identity(name: str) -> Identity:
    """Keep my name; the id is made once and stays. Raises UserError."""
    name = checked_name(name)
    known = identity()
    if known is not None:
        return keep(known._replace(annotator=known.annotator._replace(name=name)))
    from annotator import keys

    made = keep(Identity(Annotator(ids.uuid7(), name), ids.uuid7()))
    keys.make()
    return made


def add_also(id: str) -> Identity:
    """Say that I stand in some project under this id too. Raises UserError."""
    known = identity()
    if known is None:
        raise UserError(_("Say first who you are."))
    if id == known.annotator.id or id in known.also:
        return known
    return keep(known._replace(also=(*known.also, id)))


def keep(who: Identity) -> Identity:
    """Keep who I am, and return it. Raises UserError."""
    # A JSON string without escapes beyond TOML's is a TOML string; printable text gives no others.
    lines: dict[str, object] = {"id": who.annotator.id, "name": who.annotator.name, "device": who.device}
    if who.also:
        lines["also"] = who.also
    text = "".join(f"{key} = {json.dumps(value, ensure_ascii=False)}\n" for key, value in lines.items())
    try:
        paths.write_whole(_path(), text.encode("utf-8"))
    except OSError as error:
        raise UserError(
            _("Your name could not be kept in {path}: {reason}.").format(path=_path(), reason=error.strerror or error)
        ) from None
    return who

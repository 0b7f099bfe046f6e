"""The scheme: labels with keys and colours, versioned; what it does not know yet is kept as it came."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from annotator.domain.errors import UserError
from annotator.domain.free import NOTHING, Free
from annotator.domain.ids import IdSource
from annotator.i18n import _

_LONGEST_NAME = 80
"""Letters of a project's name that its own scheme is called by."""
_COLOUR = re.compile("#[0-9A-Fa-f]{6}")


def is_colour(value: object) -> bool:
    """Whether it is a colour as schemes have them, #RRGGBB."""
    return isinstance(value, str) and _COLOUR.fullmatch(value) is not None


def as_key(sign: str) -> str:
    """Return a sign as labels have it for a key: letters in upper case, where that is one sign (of ß it is two)."""
    upper = sign.upper()
    return upper if len(upper) == 1 else sign


class Label(NamedTuple):
    """A label of the scheme; `key` is one character, `light` and `dark` are #RRGGBB bar colours."""

    id: str
    name: str
    key: str
    light: str
    dark: str
    definition: str = ""


class Scheme(NamedTuple):
    """Labels, and the other tables of the file, which later versions of the program read."""

    id: str
    name: str
    version: int
    labels: tuple[Label, ...]
    rest: Free = NOTHING

    def label(self, id: str) -> Label | None:
        """Return the label, or None where the scheme does not know it."""
        return next((label for label in self.labels if label.id == id), None)

    def name_of(self, label: str) -> str:
        """Return what a label (its id) is called, the id itself where the scheme does not know it."""
        found = self.label(label)
        return found.name if found is not None else label

    def tables(self) -> list[Mapping[str, Any]]:
        """Return what the file says of each label besides, in the order of the labels."""
        found = self.rest.get("labels")
        return found if isinstance(found, list) else [{}] * len(self.labels)

    def table(self, id: str) -> Mapping[str, Any]:
        """Return what the file says of a label (its id) besides name, key, colours and definition, {} for nothing."""
        return next((table for one, table in zip(self.labels, self.tables(), strict=False) if one.id == id), {})

    @property
    def in_use(self) -> tuple[Label, ...]:
        """The labels that are not switched off: those that have a key and are offered."""
        pairs = zip(self.labels, self.tables(), strict=False)
        return tuple(label for label, table in pairs if table.get("off") is not True)

    @property
    def sha256(self) -> str:
        """Fingerprint of the scheme's content: SHA-256 of its canonical JSON."""
        text = json.dumps(to_data(self), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(text.encode("utf-8")).hexdigest()


_LABEL_KEYS = ("id", "name", "key", "light", "dark", "definition")


def to_data(scheme: Scheme) -> dict[str, Any]:
    """Return the scheme as plain data, the shape of its TOML file and of its JSON in the journal."""
    labels: list[dict[str, Any]] = []
    known = scheme.rest.get("labels", [{}] * len(scheme.labels))
    for label, others in zip(scheme.labels, known, strict=True):
        data: dict[str, Any] = {key: getattr(label, key) for key in _LABEL_KEYS}
        labels.append(data | others)
    rest = {key: value for key, value in scheme.rest.items() if key != "labels"}
    return {"id": scheme.id, "name": scheme.name, "version": scheme.version, "labels": labels} | rest


def from_data(data: Mapping[str, Any]) -> Scheme:
    """Return the scheme that `to_data` or a TOML file described.

    Raises UserError when a required key is missing, of the wrong type, or two labels share an id or a key.
    """
    labels = tuple(_label(number, item) for number, item in enumerate(_list(data, "labels"), start=1))
    _refuse_twins("id", labels)
    _refuse_twins("key", labels)
    version = data.get("version")
    if type(version) is not int or version < 1:
        raise UserError(_("The scheme's version must be a whole number from 1."))
    others = [{key: value for key, value in item.items() if key not in _LABEL_KEYS} for item in _list(data, "labels")]
    rest: dict[str, Any] = {key: value for key, value in data.items() if key not in ("id", "name", "version", "labels")}
    if any(others):
        rest["labels"] = others
    return Scheme(_text(data, "id", _("The scheme")), _text(data, "name", _("The scheme")), version, labels, rest)


def _list(data: Mapping[str, Any], key: str) -> list[Mapping[str, Any]]:
    value = data.get(key, [])
    if not isinstance(value, list) or not all(isinstance(item, Mapping) for item in value):
        raise UserError(_("The scheme's {key} must be a list of tables.").format(key=key))
    return value


def _text(data: Mapping[str, Any], key: str, whose: str) -> str:
    value = data.get(key)
    if not isinstance(value, str) or not value.strip():
        raise UserError(_("{whose} needs the text {key!r}.").format(whose=whose, key=key))
    return value


def _label(number: int, data: Mapping[str, Any]) -> Label:
    whose = _("Label {number} of the scheme").format(number=number)
    key = data.get("key", "")
    if not isinstance(key, str) or len(key) > 1:
        raise UserError(_("{whose}: the key must be one character.").format(whose=whose))
    light, dark = data.get("light", "#5A5A5A"), data.get("dark", "#9A9A9A")
    for colour in (light, dark):
        if not is_colour(colour):
            raise UserError(
                _("{whose}: {colour!r} is not a colour; write it as #RRGGBB.").format(whose=whose, colour=colour)
            )
    definition = data.get("definition", "")
    if not isinstance(definition, str):
        raise UserError(_("{whose}: the definition must be text.").format(whose=whose))
    return Label(_text(data, "id", whose), _text(data, "name", whose), as_key(key), light, dark, definition)


def _refuse_twins(what: str, labels: tuple[Label, ...]) -> None:
    seen: dict[str, str] = {}
    for label in labels:
        value = getattr(label, what)
        if value and value in seen:
            raise UserError(
                _("The labels {seen!r} and {name!r} of the scheme share the {what} {value!r}.").format(
                    seen=seen[value], name=label.name, what=what, value=value
                )
            )
        seen[value] = label.name


def begun(scheme: Scheme, project: str, new_id: IdSource) -> Scheme:
    """Return the scheme that a new project begins with.

    One without labels is of one's own making: it is called as the project (its name), and has an id of its own, for
    what two people make of it are two schemes.
    """
    if scheme.labels:
        return scheme
    # A name of no UTF-8 cannot be stored.
    return scheme._replace(id=new_id(), name=project.encode("utf-8", "replace").decode()[:_LONGEST_NAME] or scheme.name)


def parse(toml: str, name: str) -> Scheme:
    """Return the scheme of a TOML file; `name` is the file's name for messages. Raises UserError."""
    # Imported here: a project keeps its scheme as JSON, and its patterns cost every start some milliseconds.
    import tomllib

    try:
        return from_data(tomllib.loads(toml))
    except tomllib.TOMLDecodeError as error:
        raise UserError(_("{name}: not valid TOML: {reason}.").format(name=name, reason=error)) from None
    except UserError as error:
        raise UserError(f"{name}: {error}") from None

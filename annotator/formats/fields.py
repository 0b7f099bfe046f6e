"""Single values out of an object of JSON, each checked and refused in a sentence."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from annotator.domain.ids import foreign_id, is_uuid
from annotator.domain.text import storable
from annotator.formats.record import BadLine
from annotator.formats.strict_json import cleaned, shown
from annotator.i18n import _

Object = dict[str, Any]

_IDS = frozenset(("id", "layer", "annotator"))
LARGEST = (1 << 31) - 1
"""The largest revision, round or version."""


class Bad(BadLine):
    """A part of a line that cannot be taken; its text is the reason."""


def text(item: Object, key: str, default: str = "") -> str:
    """Return the text under the key. Raises Bad."""
    value = item.get(key, default)
    if type(value) is not str:
        raise Bad(_("{key} must be a text, not {value}.").format(key=key, value=shown(value)))
    # Nearly all texts are short and clean: looking first is cheaper than a regular expression.
    return value if value.isascii() and "\0" not in value else storable(value)[0]


def texts(item: Object, keys: tuple[str, ...]) -> tuple[str, ...]:
    """Return the texts under several keys, "" where there is none; a whole number under "id" … counts as its digits.

    Raises Bad.
    """
    found = tuple([item.get(key, "") for key in keys])
    try:
        together = "".join(found)
    except TypeError:
        return tuple([given_id(item, key) if key in _IDS else text(item, key) for key in keys])
    if together.isascii() and "\0" not in together:
        return found
    return tuple([storable(value)[0] for value in found])


def choice(item: Object, key: str, allowed: Sequence[str], default: str) -> str:
    """Return one of the allowed words. Raises Bad."""
    value = item.get(key, default)
    if value not in allowed:
        raise Bad(
            _("{key} must be one of {allowed}, not {value}.").format(
                key=key, value=shown(value), allowed=", ".join(allowed)
            )
        )
    return str(value)


def number(item: Object, key: str, default: int = 1, least: int = 1) -> int:
    """Return a whole number (true is none). Raises Bad."""
    value = item.get(key, default)
    if type(value) is not int or not least <= value <= LARGEST:
        raise Bad(
            _("{key} must be a whole number from {least}, not {value}.").format(
                key=key, value=shown(value), least=least
            )
        )
    return value


def truth(item: Object, key: str) -> bool:
    """Return true or false. Raises Bad."""
    value = item.get(key, False)
    if type(value) is not bool:
        raise Bad(_("{key} must be true or false, not {value}.").format(key=key, value=shown(value)))
    return value


def table(item: Object, key: str) -> Object:
    """Return the object under the key, its content cleaned. Raises Bad."""
    value = item.get(key)
    if value is None and key not in item:
        return {}
    if type(value) is not dict:
        raise Bad(_("{key} must be an object, not {value}.").format(key=key, value=shown(value)))
    return cleaned(value) if value else {}


def objects(item: Object, key: str) -> list[Any]:
    """Return the list under the key; its items are checked one by one later. Raises Bad."""
    value = item.get(key, [])
    if type(value) is not list:
        raise Bad(_("{key} must be a list, not {value}.").format(key=key, value=shown(value)))
    return value


def unknown(item: Object, known: frozenset[str]) -> Object:
    """Return what stands under keys this program does not know, to be written back. Raises BadLine."""
    if known.issuperset(item):
        return {}
    rest: Object = cleaned({key: value for key, value in item.items() if key not in known})
    return rest


def given_id(item: Object, key: str = "id") -> str:
    """Return the id as the file gives it, "" for none; a whole number counts as its digits. Raises Bad."""
    value = item.get(key, "")
    if type(value) is int:
        return str(value)
    return text(item, key)


def ids(item: Object, kind: str, article: str, content: Callable[[], str]) -> tuple[str, str]:
    """Return (our id, source id); `content` makes the id of what came without one. Raises Bad."""
    given, source = given_id(item), text(item, "source_id")
    if not given:
        return content(), source
    if is_uuid(given):
        return given, source
    return foreign_id(kind, article, given), given


def known_id(kind: str, article: str, given: str) -> str:
    """Return our id for one that a file refers to."""
    return given if not given or is_uuid(given) else foreign_id(kind, article, given)


def as_object(item: object) -> Object:
    """Return the item as an object. Raises Bad."""
    if type(item) is not dict:
        raise Bad(_("An object is needed here, not {item}.").format(item=shown(item)))
    return item

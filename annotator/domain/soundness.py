"""Is a value that came from elsewhere made of what its fields are made of? Whoever shows it relies on that."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from math import isfinite
from typing import Any

from annotator.domain.change import KIND_OF, Change, Imported, Value
from annotator.domain.relation import Member
from annotator.domain.scheme import Scheme
from annotator.i18n import _

_DEEPEST = 64
_LARGEST = (1 << 63) - 1


def fault(kind: str, entity: str, article: str, value: Value) -> str:
    """Return what is wrong with a value that a change of this kind, entity and article (ids) holds, "" for nothing.

    What a newer version may say (another state, kind of layer, label) is no fault; another type is.
    """
    change = Change(None, value)
    if (change.kind, change.entity, change.article) != (kind, entity, article):
        return _("It says of itself to be another one than its step changes.")
    for one in value.values() if isinstance(value, Imported) else (value,):
        if isinstance(value, Imported) and Change(None, one).article != article:
            return _("It holds something of another article.")
        if not isinstance(one, Scheme) and (field := _wrong_field(one)):
            return _("The field {field} is not what it should be.").format(field=field)
    return ""


def _wrong_field(value: Any) -> str:
    for field, right in _CHECKS[type(value)]:
        if not right(getattr(value, field)):
            return field
    return ""


def _text(value: Any) -> bool:
    return type(value) is str


def _number(value: Any) -> bool:
    return type(value) is int and -_LARGEST <= value <= _LARGEST


def _flag(value: Any) -> bool:
    return type(value) is bool


def _free(value: Any) -> bool:
    return isinstance(value, Mapping) and _plain(value, 0)


def _plain(value: Any, depth: int) -> bool:
    """Whether it is JSON that can be kept: no number too large, nothing nested without end."""
    if depth > _DEEPEST:
        return False
    if isinstance(value, Mapping):
        return all(type(key) is str and _plain(item, depth + 1) for key, item in value.items())
    if isinstance(value, list | tuple):
        return all(_plain(item, depth + 1) for item in value)
    if type(value) is float:
        return isfinite(value)  # NaN is unequal to itself: what is stored would never be what the journal says
    return type(value) is not int or _number(value)


def _fragments(value: Any) -> bool:
    if type(value) is not tuple or not value:
        return False
    end = -1
    for fragment in value:
        if type(fragment) is not tuple or len(fragment) != 2 or not all(type(edge) is int for edge in fragment):
            return False
        if not end < fragment[0] < fragment[1] <= _LARGEST:
            return False
        end = fragment[1]
    return True


def _members(value: Any) -> bool:
    return type(value) is tuple and all(
        isinstance(member, Member) and type(member.role) is str and type(member.span) is str for member in value
    )


_BY_TYPE: dict[str, Callable[[Any], bool]] = {
    "str": _text, "int": _number, "bool": _flag, "Free": _free, "Fragments": _fragments, "tuple[Member, ...]": _members,
}  # fmt: skip


def _checks(cls: Any) -> tuple[tuple[str, Callable[[Any], bool]], ...]:
    # Named tuples keep the words of their annotations. A new kind of field fails here, at once.
    return tuple((field, _BY_TYPE[kind.__forward_arg__]) for field, kind in cls.__annotations__.items())


_CHECKS = {cls: _checks(cls) for cls in KIND_OF if cls not in (Imported, Scheme)}

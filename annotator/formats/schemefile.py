"""A scheme as a file: TOML, read with every problem told by its line, written for people and for comparing."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from datetime import date, time
from math import isfinite
from typing import Any

from annotator.domain import scheme as schemes
from annotator.domain.errors import UserError
from annotator.domain.scheme import Scheme
from annotator.domain.schemecheck import Problem, problems
from annotator.i18n import _, n_

_DEEPEST = 20
_LARGEST = 2**53
"""Larger whole numbers are no longer exact where JSON is read as usual."""
MOST = 20
"""Problems that are told at once."""
_HEAD = re.compile(r"^\s*\[\[\s*([\w-]+)\s*\]\]")
_ASSIGNED = re.compile(r"""^\s*["']?([\w-]+)["']?\s*=""")


def read(toml: str, name: str, reserved: Mapping[str, str]) -> tuple[Scheme, list[str]]:
    """Return the scheme of a TOML text and what is better looked at, in sentences; `name` is the file's for messages.

    `reserved` are keys of the program, with what they do. Raises UserError with all that is wrong, each with its line.
    """
    try:
        data = tomllib.loads(toml)
    except tomllib.TOMLDecodeError as error:
        raise UserError(_("{name}: not valid TOML: {reason}.").format(name=name, reason=error)) from None
    except RecursionError:
        raise UserError(_("{name}: its lists are nested too deeply.").format(name=name)) from None
    found = list(_unkept(data)) or problems(data, reserved)
    fatal = [told(problem, toml, name) for problem in found if problem.fatal]
    if fatal:
        rest = len(fatal) - MOST
        more = n_("And {count} problem more.", "And {count} problems more.", rest).format(count=rest)
        raise UserError("\n".join([*fatal[:MOST], *([more] if rest > 0 else [])]))
    try:
        scheme = schemes.from_data(data)
    except UserError as error:
        raise UserError(f"{name}: {error}") from None
    return scheme, [told(problem, toml, name) for problem in found]


def _unkept(value: object, path: tuple[Any, ...] = ()) -> Iterator[Problem]:
    """Yield what TOML can say and a project, which keeps its scheme as JSON, cannot."""
    if isinstance(value, dict | list) and len(path) < _DEEPEST:
        for key, one in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _unkept(one, (*path, key))
        return
    words = ""
    if isinstance(value, dict | list):
        words = _("It is nested too deeply.")
    elif isinstance(value, date | time):
        words = _("A day or time must stand in quotes: {value!r}.").format(value=str(value))
    elif (isinstance(value, float) and not isfinite(value)) or (isinstance(value, int) and abs(value) > _LARGEST):
        words = _("The number {value} cannot be kept exactly.").format(value=str(value)[:30])
    if words and len(path) > 2 and isinstance(path[1], int) and isinstance(path[2], str):
        yield Problem(words, str(path[0]), path[1], path[2])
    elif words:
        yield Problem(words, key=str(path[0]))


def told(problem: Problem, toml: str, name: str) -> str:
    """Return a problem as file, line, of what, and words."""
    line = line_of(toml, problem)
    place = f"{name}:{line}" if line else name
    of = f"[[{problem.table}]]" if problem.table and problem.number >= 0 else ""
    return " ".join(filter(None, (f"{place}:", of, problem.words)))


def line_of(toml: str, problem: Problem) -> int:
    """Return the line (from 1) of a problem: of its key, else of its table; 0 where it cannot be told."""
    table, number, head, inside = "", -1, 0, False
    counted: dict[str, int] = {}
    for place, line in enumerate(toml.split("\n"), start=1):
        if (found := _HEAD.match(line)) is not None:
            if inside:
                break
            table = found[1]
            counted[table] = number = counted.get(table, -1) + 1
            inside = table == problem.table and number == problem.number
            head = place if inside else head
            continue
        assigned = _ASSIGNED.match(line)
        here = inside or (problem.number < 0 and not table)
        if here and assigned is not None and assigned[1] == problem.key:
            return place
    return head


def write(scheme: Scheme) -> str:
    """Return the scheme as TOML; `read` gives the same scheme again."""
    # Imported here: only who writes a scheme needs it.
    import tomli_w

    return tomli_w.dumps(_without_nothing(schemes.to_data(scheme)), multiline_strings=False, indent=4)


def _without_nothing(data: object) -> dict[str, object]:
    """Return the data without keys that have no value in TOML, and without empty texts of labels."""
    assert isinstance(data, dict)
    kept: dict[str, object] = {}
    for key, value in data.items():
        if value is None or (key in ("key", "definition") and value == ""):
            continue
        if isinstance(value, dict):
            kept[key] = _without_nothing(value)
        elif isinstance(value, list):
            kept[key] = [_without_nothing(one) if isinstance(one, dict) else one for one in value]
        else:
            kept[key] = value
    return kept

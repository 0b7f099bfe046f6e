"""JSON read strictly: nothing that two readers could understand differently gets in."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from math import isinf
from typing import Any, BinaryIO, NoReturn

from annotator.domain.text import printable, storable
from annotator.formats.record import MAX_LINE, BadLine
from annotator.i18n import _

_DEEPEST = 64
_LARGEST = (1 << 63) - 1
_PIECE = 1024 * 1024
_UTF8_MARK = b"\xef\xbb\xbf"


def lines(stream: BinaryIO, most: int | None = None) -> Iterator[tuple[int, bytes | None, int]]:
    r"""Yield (number from 1, bytes, length of the line) of each line, split at b"\n" only.

    The bytes are None for a line of more than `most` (usually MAX_LINE), of which never more than a piece is held.
    """
    number, most = 0, MAX_LINE if most is None else most
    while line := stream.readline(_PIECE):
        number += 1
        size = len(line)
        pieces = [line]
        while not line.endswith(b"\n") and (line := stream.readline(_PIECE)):
            size += len(line)
            if size > most:
                pieces.clear()
            else:
                pieces.append(line)
        data = None if size > most else pieces[0] if len(pieces) == 1 else b"".join(pieces)
        if number == 1 and data is not None:
            data = data.removeprefix(_UTF8_MARK)
        yield number, data, size


def loads(line: bytes) -> Any:
    """Return the value of a line of JSON. Raises BadLine.

    Refused are other encodings than UTF-8, NaN and infinities, a key that stands twice, numbers too large to keep and
    nesting too deep to follow. Lone surrogates are still in it: see `cleaned`.
    """
    try:
        return _DECODER.decode(line.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise BadLine(_("Not UTF-8: byte {byte} of the line does not fit.").format(byte=error.start + 1)) from None
    except json.JSONDecodeError as error:
        raise BadLine(
            _("Not valid JSON: {msg} at character {pos}.").format(msg=error.msg.removesuffix(" at"), pos=error.pos + 1)
        ) from None
    except RecursionError:
        raise BadLine(_("The JSON is nested too deeply.")) from None
    except ValueError:  # Python's own limit on digits
        raise BadLine(_("A number has too many digits.")) from None


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    result = dict(pairs)
    if len(result) != len(pairs):
        twice = next(key for key, count in Counter(key for key, _ in pairs).items() if count > 1)
        raise BadLine(_("The key {twice} stands twice in one object.").format(twice=shown(twice)))
    return result


def _constant(name: str) -> NoReturn:
    raise BadLine(_("{name} is not a number of JSON.").format(name=name))


def _float(text: str) -> float:
    number = float(text)
    if isinf(number):
        raise BadLine(_("A number is too large."))
    return number


_DECODER = json.JSONDecoder(object_pairs_hook=_object, parse_constant=_constant, parse_float=_float)


def shown(value: object) -> str:
    """Return a value of the file as it may stand in a message: short, on one line, printable."""
    text = json.dumps(value, ensure_ascii=False, default=str)
    text = printable(text[:60])
    return text if len(text) < 60 else text[:57] + "…"


def cleaned(value: Any, depth: int = 0) -> Any:
    """Return free data (meta, attributes, unknown keys) with storable texts. Raises BadLine for what cannot stay."""
    kind = type(value)
    if kind is str:
        return storable(value)[0]
    if kind is int and not -_LARGEST <= value <= _LARGEST:
        raise BadLine(_("A whole number is too large to keep exactly."))
    if kind is not dict and kind is not list:
        return value
    if depth >= _DEEPEST:
        raise BadLine(_("The JSON is nested too deeply."))
    if kind is list:
        return [cleaned(item, depth + 1) for item in value]
    result = {storable(key)[0]: cleaned(item, depth + 1) for key, item in value.items()}
    if len(result) != len(value):
        raise BadLine(_("Two keys of one object differ only in characters that cannot be stored."))
    return result

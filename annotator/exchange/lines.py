"""The lines of a package: values to bytes, and bytes back to values, where nothing can be understood twofold."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from typing import Any

import msgspec
from msgspec.structs import astuple

from annotator.domain.article import Annotator
from annotator.domain.journalled import ChangeRecord, StepRecord, payload_sha256
from annotator.domain.text import fingerprint
from annotator.exchange import bounds
from annotator.exchange.header import FORMAT, LAYERS, Header, Line, StepLine, TextLine
from annotator.exchange.member import TooLarge, Unfit
from annotator.formats.record import BadLine
from annotator.formats.strict_json import cleaned, loads, shown
from annotator.i18n import _

_LARGEST = (1 << 63) - 1
_VERSION = re.compile(r"(\d{1,6})\.(\d{1,6})")
_HEX_64 = re.compile(r"[0-9a-f]{64}")
_NEXT_CHANGE = re.compile(rb'\]\s*,\s*\[\s*"')
_SHORT = 1000
"""Bytes below which nothing is nested too deeply to be read."""
_MANY = 1024 * 1024
"""Bytes below which a line cannot hold so many changes that they must be counted first."""


@dataclass(frozen=True, slots=True)
class Trailer:
    """The last line: how many lines stand between it and the header, and what all bytes before it are proved by."""

    count: int
    sha256: str
    signature: str = ""


class _Step(msgspec.Struct, omit_defaults=True):
    id: str
    annotator: str
    device: str
    at: str
    title: str
    scheme_version: int
    undoes: str = ""
    root: str = ""
    grp: str = ""
    job: str = ""
    lamport: int = 0
    payload_sha256: str = ""
    prev_hash: str = ""


class _StepLine(msgspec.Struct):
    step: _Step
    changes: tuple[ChangeRecord, ...]


class _TextLine(msgspec.Struct):
    text: str
    body: str


class _Nothing(msgspec.Struct):
    """An object of which nothing is wanted, so that nothing of it is made."""


_encode = msgspec.json.Encoder().encode
_step = msgspec.json.Decoder(_StepLine).decode
_text = msgspec.json.Decoder(_TextLine).decode
_keys = msgspec.json.Decoder(dict[str, msgspec.Raw]).decode
_any = msgspec.json.Decoder().decode
_skip = msgspec.json.Decoder(_Nothing).decode


# writing


def header_bytes(header: Header) -> bytes:
    """Return the first line, without its end."""
    known = header._asdict()
    extra = known.pop("extra")
    known["maker"] = _person(header.maker)
    known["recipients"] = [_person(one) for one in header.recipients]
    return _encode({"format": FORMAT, "version": known.pop("version"), **known, **extra})


def line_bytes(line: Line) -> bytes:
    """Return a line, without its end. Raises Unfit for what a reader would refuse."""
    if isinstance(line, TextLine):
        _require_text(line)
        return _encode(_TextLine(line.sha256, line.body))
    if len(line.changes) > bounds.CHANGES_OF_STEP:
        raise _too_many_of_step()
    data = _encode(_StepLine(_Step(*line.step), line.changes))
    _require_step(line, data)
    return data


def trailer_bytes(trailer: Trailer) -> bytes:
    """Return the last line, without its end."""
    return _encode({"trailer": asdict(trailer)})


def _person(one: Annotator) -> dict[str, str]:
    return {"id": one.id, "name": one.name}


# reading


def header(data: bytes) -> Header:
    """Return what the first line says. Raises Unfit."""
    item = _strictly(data)
    if item.get("format") != FORMAT:
        raise Unfit(
            _("It is not the first line of a package: its format is {format}.").format(format=shown(item.get("format")))
        )
    version = _said(item, "version")
    match = _VERSION.fullmatch(version)
    if match is None:
        raise Unfit(_("The version {version} is not like {known}.").format(version=shown(version), known="1.0"))
    if match[1] != "1":
        raise Unfit(
            _("It was made by a newer Annotator (version {version} of packages; this one reads 1.x).").format(
                version=version
            )
        )
    recipients = item.get("recipients")
    if type(recipients) is not list:
        raise Unfit(_("{key} must be a list.").format(key="recipients"))
    read = Header(
        id=_said(item, "id"),
        project=_said(item, "project"),
        name=_said(item, "name"),
        created=_said(item, "created"),
        lead=_said(item, "lead"),
        maker=_somebody(item.get("maker"), "maker"),
        device=_said(item, "device"),
        made=_said(item, "made"),
        recipients=tuple(_somebody(one, "recipients") for one in recipients),
        layers=_said(item, "layers"),
        after=_said(item, "after"),
        key=_said(item, "key"),
        version=version,
        extra={key: value for key, value in item.items() if key != "format" and key not in Header._fields},
    )
    for key in ("id", "project"):
        if not getattr(read, key):
            raise Unfit(_("{key} is empty.").format(key=key))
    if read.layers not in LAYERS:
        raise Unfit(_("{key} cannot be {value}.").format(key="layers", value=shown(read.layers)))
    if read.key and not _HEX_64.fullmatch(read.key):
        raise Unfit(_("{key} cannot be {value}.").format(key="key", value=shown(read.key)))
    return read


def trailer(data: bytes) -> Trailer:
    """Return what the last line says. Raises Unfit."""
    if not is_trailer(data):
        raise Unfit(_("The last line, which proves all others, is missing: the package is cut off."))
    item = _strictly(data)["trailer"]
    if type(item) is not dict:
        raise Unfit(_("{key} must be an object.").format(key="trailer"))
    count = item.get("count")
    if type(count) is not int or count < 0:
        raise Unfit(_("{key} must be a whole number.").format(key="count"))
    return Trailer(count, _said(item, "sha256"), _said(item, "signature"))


def is_trailer(data: bytes) -> bool:
    """Whether a line claims to be the last one."""
    return data.startswith(b'{"trailer":')


def line(data: bytes) -> Line | None:
    """Return what a line between the first and the last says, None for a kind of line that is unknown here.

    Raises Unfit. A step fits its fingerprint unless content of it was purged, a text fits its own.
    """
    try:
        if data.startswith(b'{"step":'):
            return _read_step(data)
        if data.startswith(b'{"text":'):
            return _read_text(data)
        keys = _keys(data)
    except msgspec.ValidationError as error:
        raise Unfit(_("It is not as a line of a package is: {reason}.").format(reason=_reason(error))) from None
    except (msgspec.MsgspecError, UnicodeError):
        raise Unfit(_said_of_json(data)) from None
    except RecursionError:
        raise Unfit(_("The JSON is nested too deeply.")) from None
    if keys.keys() & {"step", "changes", "text", "body", "trailer"}:
        raise Unfit(_("Its keys stand in another order than a package has them in."))
    return None


def _read_step(data: bytes) -> StepLine:
    if len(data) > _MANY and sum(1 for _found in _NEXT_CHANGE.finditer(data)) >= bounds.CHANGES_OF_STEP:
        raise _too_many_of_step()
    read = _step(data)
    if _encode(read) != data:  # what a newer version says beyond ours is passed over, a key said twice is not
        parts = _single_keys(data)
        _single_keys(bytes(parts["step"]))
        if _encode(read.changes) != bytes(parts["changes"]):
            raise Unfit(_("Its changes are not written as a package has them."))
    found = StepLine(StepRecord(*astuple(read.step)), read.changes)
    _require_step(found, data)
    return found


def _read_text(data: bytes) -> TextLine:
    read = _text(data)
    if _encode(read) != data:
        _single_keys(data)
    found = TextLine(read.text, read.body)
    _require_text(found)
    return found


def _require_step(line: StepLine, data: bytes) -> None:
    """Raise Unfit unless a step, and what its line is written as, may stand in a package."""
    step, changes = line
    if not step.id or not changes:
        raise Unfit(_("The step has no id, or no changes."))
    if not (0 <= step.lamport <= _LARGEST and 0 <= step.scheme_version <= _LARGEST):
        raise Unfit(_("A number of the step {id} is out of range.").format(id=shown(step.id)))
    whole = True
    for change in changes:
        if not change.kind or not change.entity:
            raise Unfit(_("A change of the step {id} is not of anything.").format(id=shown(step.id)))
        whole &= change.before is not None or change.after is not None
    try:
        fits = not whole or payload_sha256(changes) == step.payload_sha256
    except UnicodeEncodeError:
        raise Unfit(_("It holds characters that cannot be stored.")) from None
    if not fits:
        raise Unfit(_("The step {id} is not what its fingerprint says.").format(id=shown(step.id)))
    if len(data) > _SHORT or b"\\u" in data or b"NaN" in data or b"Infinity" in data:
        _require_storable(line)


def _require_storable(line: StepLine) -> None:
    """Raise Unfit where a project cannot hold what stands in a line or in a change's own JSON.

    Whether that is a value is for who merges it to say; here it is only what would harm while it is found out.
    """
    step, changes = line
    parts = [part for change in changes for part in change if part is not None]
    if any("\x00" in part for part in (*parts, *(one for one in step if type(one) is str))):
        raise Unfit(_("It holds characters that cannot be stored."))
    for text in (text for change in changes for text in change[4:] if text is not None):
        try:
            if "\\u" in text and _holds_nul(_any(text)):
                raise Unfit(_("It holds characters that cannot be stored."))
            if len(text) > _SHORT or "NaN" in text or "Infinity" in text:
                _skip(text)
        except (msgspec.MsgspecError, UnicodeError, RecursionError):
            raise Unfit(_("A change of the step {id} cannot be read.").format(id=shown(step.id))) from None


def _holds_nul(value: Any) -> bool:
    if type(value) is str:
        return "\x00" in value
    if type(value) is dict:
        return any(_holds_nul(key) or _holds_nul(item) for key, item in value.items())
    return type(value) is list and any(map(_holds_nul, value))


def _require_text(line: TextLine) -> None:
    if len(line.body) * 4 > bounds.TEXT and len(line.body.encode("utf-8", "replace")) > bounds.TEXT:
        raise TooLarge(_("The text is longer than {max_text} MB.").format(max_text=bounds.TEXT // 1024 // 1024))
    try:
        fits = fingerprint(line.body) == line.sha256
    except UnicodeEncodeError:
        fits = False
    if "\x00" in line.body or not fits:
        raise Unfit(_("The text does not fit its sha256: one of the two was altered."))


def _single_keys(data: bytes) -> dict[str, msgspec.Raw]:
    """Return the parts of an object of JSON. Raises Unfit where a key stands twice: the decoder gives the last only."""
    found = _keys(data)
    said = [b"%b:%b" % (_encode(key), value) for key, value in found.items()]
    if b"{%b}" % b",".join(said) != data:
        raise Unfit(_said_of_json(data))
    return found


def _said_of_json(data: bytes) -> str:
    """Return what is wrong with JSON that was refused, by the reader that knows it best where the line is short."""
    if len(data) <= bounds.HEAD:
        try:
            loads(data)
        except BadLine as error:
            return str(error)
        if b"\\u" in data:
            return _("It holds characters that cannot be stored, or that stand there in a way of their own.")
    return _("It is not valid JSON, or a key of it stands twice, or there are blanks between its parts.")


def _reason(error: msgspec.ValidationError) -> str:
    return shown(str(error)).strip('"').replace("\\", "")


def _too_many_of_step() -> TooLarge:
    return TooLarge(_("The step has more than {most:,} changes.").format(most=bounds.CHANGES_OF_STEP))


def _strictly(data: bytes) -> dict[str, Any]:
    if len(data) > bounds.HEAD:
        raise Unfit(_("The line is longer than {most:,} bytes.").format(most=bounds.HEAD))
    try:
        item = loads(data)
        if type(item) is not dict:
            raise Unfit(_("A line must be one object, not {item}.").format(item=shown(item)))
        return cleaned(item)  # type: ignore[no-any-return]
    except BadLine as error:
        raise Unfit(str(error)) from None


def _said(item: dict[str, Any], key: str) -> str:
    value = item.get(key)
    if type(value) is not str:
        raise Unfit(_("{key} must be a text, not {value}.").format(key=key, value=shown(value)))
    return value


def _somebody(item: Any, key: str) -> Annotator:
    if type(item) is not dict:
        raise Unfit(_("{key} must name people by id and name.").format(key=key))
    who = Annotator(_said(item, "id"), _said(item, "name"))
    if not who.id:
        raise Unfit(_("{key} must name people by id and name.").format(key=key))
    return who

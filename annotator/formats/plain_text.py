"""Plain text files: bytes to an article without changing a character."""

from __future__ import annotations

import codecs
import re
import unicodedata
from dataclasses import dataclass

from annotator.domain.article import Article
from annotator.domain.errors import UserError
from annotator.domain.text import fingerprint, storable
from annotator.formats.record import MAX_TEXT, TITLE, BadLine, Origin, Record, title_of
from annotator.i18n import _

MAX_FILE = 4 * MAX_TEXT
"""Bytes of a text file that are read at most: UTF-32 takes four for one."""

_SIGNATURES = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose signature it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# UTF-16 without its mark often passes for UTF-8: English with NULs, Russian with U+0004.
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f]")
_MANY_CONTROLS = 0.01
# Noise holds a tenth of them, programs and pictures more. Without ESC, which some Japanese texts hold many of.
_NO_LETTERS = bytes(set(range(0x20)) - set(b"\t\n\v\f\r\x1b"))
_BINARY_CONTROLS = 0.04
_WIDE = ("utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")
_SAMPLE = 1 << 14
"""Bytes, so many that noise cannot pass for a wide encoding."""
_ODD = frozenset(("Cc", "Cn", "Co", "Cs"))
_FEW_ODD = 0.02


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text as it stands in the file; `notes` tell what was guessed or replaced."""

    text: str
    encoding: str
    notes: tuple[str, ...]


def known_encoding(name: str) -> str:
    """Return the encoding's usual name. Raises UserError where Python knows no such text encoding."""
    try:
        b"a".decode(name)  # an empty one is never looked at
        return codecs.lookup(name).name
    except UnicodeError:  # it exists, and does not like this byte
        return codecs.lookup(name).name
    except (LookupError, ValueError):
        raise UserError(
            _("There is no text encoding {name!r}; try utf-8, utf-16 or cp1252.").format(name=name)
        ) from None


def decode(data: bytes, encoding: str = "") -> Decoded:
    """Decode a file's bytes: its signature decides, then strict UTF-8, then cp1252; `encoding` overrides all.

    Line ends stay as they are, an opening byte-order mark is dropped, lone surrogates and NUL become U+FFFD.
    Raises BadLine where the bytes do not fit.
    """
    text, used, guessed = _decoded(data, encoding)
    # The mark that opens a file is its encoding's signature, not text.
    text = text.removeprefix("\ufeff")
    if not encoding and len(_CONTROLS.findall(text)) > _MANY_CONTROLS * len(text):
        _refuse_binary(data)
        raise BadLine(
            _(
                "The file holds many control characters: it is UTF-16 without a byte-order mark, or "
                "no text at all. Choose its encoding, for example utf-16-le."
            )
        )
    text, replaced = storable(text)
    notes = []
    if guessed:
        notes.append(_("Not UTF-8; read as cp1252, a guess. Choose another encoding where letters are wrong."))
    if replaced:
        notes.append(
            _("{replaced} unstorable characters (NUL, lone surrogates) became U+FFFD.").format(replaced=replaced)
        )
    return Decoded(text, used, tuple(notes))


def _decoded(data: bytes, encoding: str) -> tuple[str, str, bool]:
    if encoding:
        return _strict(data, encoding), encoding, False
    for signature, name in _SIGNATURES:
        if data.startswith(signature):
            return _strict(data, name), name, False
    try:
        return data.decode("utf-8"), "utf-8", False
    except UnicodeDecodeError:
        pass
    try:
        return data.decode("cp1252"), "cp1252", True
    except UnicodeDecodeError as error:
        _refuse_binary(data)
        raise BadLine(
            _("The file is neither UTF-8 nor cp1252 (byte {byte}); name its encoding.").format(byte=error.start + 1)
        ) from None


def _refuse_binary(data: bytes) -> None:
    """Raises BadLine where no encoding would make a text of the bytes: naming one would only force them in."""
    controls = len(data) - len(data.translate(None, _NO_LETTERS))
    few = controls <= _BINARY_CONTROLS * len(data) and data.count(0) <= _MANY_CONTROLS * len(data)
    if not few and not any(_fits(data[:_SAMPLE], encoding) for encoding in _WIDE):
        raise BadLine(_("The file is no text: it is full of control characters, as pictures and programs are."))


def _fits(data: bytes, encoding: str) -> bool:
    """Whether the bytes are letters in a wide encoding, and not only numbers that happen to have a meaning there."""
    # The last character of a sample may be cut.
    text = codecs.getincrementaldecoder(encoding)("replace").decode(data)
    odd = sum(unicodedata.category(sign) in _ODD or sign == "\ufffd" for sign in text if not sign.isspace())
    return odd <= _FEW_ODD * len(text)


def _strict(data: bytes, encoding: str) -> str:
    # UTF-16 written by programs that count in its units holds lone surrogates now and then; they are replaced later.
    errors = "surrogatepass" if encoding.startswith(("utf-16", "utf-32")) else "strict"
    try:
        return data.decode(encoding, errors)
    except UnicodeDecodeError as error:
        raise BadLine(
            _("The file is not {encoding}: byte {byte} does not fit.").format(encoding=encoding, byte=error.start + 1)
        ) from None
    except UnicodeError as error:
        raise BadLine(_("The file is not {encoding}: {reason}.").format(encoding=encoding, reason=error)) from None


def read(data: bytes, origin: Origin, encoding: str = "") -> Record:
    """Return the article that a text file is. Raises BadLine."""
    if len(data) > MAX_FILE:
        raise BadLine(_("The file is larger than {max_file} MB.").format(max_file=MAX_FILE // 1024 // 1024))
    decoded = decode(data, encoding)
    text = decoded.text
    if not text:
        raise BadLine(_("The file is empty."))
    if text.isspace():
        raise BadLine(_("The file holds nothing but blanks."))
    if len(text.encode("utf-8")) > MAX_TEXT:
        raise BadLine(_("The text is longer than {max_text} MB.").format(max_text=MAX_TEXT // 1024 // 1024))
    sha256 = fingerprint(text)
    article = Article(origin.find(sha256), title_of(text, origin.stem), sha256)
    return Record(article, text, short=True, unstated=frozenset((TITLE,)), notes=decoded.notes)

"""Keys: the one I sign packages with, and those by which I know colleagues.

The private key is a file of its own beside my identity, readable by nobody else; it goes nowhere else, except where I
take my identity along. Colleagues' keys are trusted on first use, by this user on this machine.
"""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeAlias

from annotator import paths, whoami
from annotator.domain.errors import UserError
from annotator.i18n import _

if TYPE_CHECKING:
    from nacl.signing import SigningKey

Badge: TypeAlias = Literal["known", "first", "other", "unsigned"]
"""How far a package's maker is known: "known" it is signed with the key that I know as theirs, "first" with one that I
see for the first time, "other" with another than the one I know (refuse it), "unsigned" not at all."""

# What is signed says what it is, so that a signature never serves for anything else.
_PURPOSE = b"annotator package 1\n"
_HEX_64 = re.compile(r"[0-9a-f]{64}")
_LARGEST_TRUSTED = 4 * 1024 * 1024


def _own_path() -> Path:
    return paths.config_dir() / "identity.key"


def _trusted_path() -> Path:
    return paths.config_dir() / "trusted.json"


def make() -> None:
    """Make my key where there is none yet. Raises UserError."""
    if not is_made():
        _keep_new(os.urandom(32).hex())


def is_made() -> bool:
    """Whether I have a key already."""
    return _own_path().exists()


def own() -> SigningKey:
    """Return my key, which is made on first use. Raises UserError where it cannot be kept or read."""
    from nacl.signing import SigningKey  # not waited for at the start

    return SigningKey(bytes.fromhex(seed()))


def seed() -> str:
    """Return my private key in hexadecimal digits: for `own` and for taking it along, never to be shown."""
    make()
    path = _own_path()
    try:
        if os.name == "posix" and path.stat().st_mode & 0o077:
            path.chmod(0o600)
        text = path.read_text(encoding="ascii").strip()
    except (OSError, ValueError) as error:
        raise _unreadable(path, getattr(error, "strerror", None) or _("it holds no key")) from None
    if not _HEX_64.fullmatch(text):
        raise _unreadable(path, _("it holds no key"))
    return text


def _unreadable(path: Path, reason: str) -> UserError:
    return UserError(
        _(
            "{path}: the key that you sign packages with cannot be read ({reason}). Take your identity from "
            "a file you saved, or remove this one; with a new key colleagues must trust you anew."
        ).format(path=path, reason=reason)
    )


def _keep_new(text: str) -> None:
    """Keep a first key; where another window was faster, that one stays."""
    try:
        paths.write_whole(_own_path(), text.encode("ascii") + b"\n", private=True, new=True)
    except FileExistsError:
        pass
    except OSError as error:
        raise _not_kept(error) from None


def take(text: str) -> None:
    """Make this private key (64 hexadecimal digits) mine, instead of the one that was here. Raises UserError."""
    try:
        paths.write_whole(_own_path(), text.encode("ascii") + b"\n", private=True)
    except OSError as error:
        raise _not_kept(error) from None


def _not_kept(error: OSError) -> UserError:
    return UserError(
        _("Your key could not be kept in {path}: {reason}.").format(path=_own_path(), reason=error.strerror or error)
    )


def public_hex() -> str:
    """Return my public key in hexadecimal digits. Raises UserError."""
    return public_of(seed())


def public_of(seed: str) -> str:
    """Return the public key to a private one, both in hexadecimal digits."""
    from nacl.signing import SigningKey

    return bytes(SigningKey(bytes.fromhex(seed)).verify_key).hex()


def sign(digest: bytes) -> bytes:
    """Return my signature of a package's digest. Raises UserError."""
    return own().sign(_PURPOSE + digest).signature


def verify(public_hex: str, digest: bytes, signature: str | bytes) -> bool:
    """Whether the signature (bytes, or hexadecimal digits) of the digest was made with the key to this public one."""
    from nacl.exceptions import CryptoError
    from nacl.signing import VerifyKey

    try:
        made = bytes.fromhex(signature) if isinstance(signature, str) else signature
        VerifyKey(bytes.fromhex(public_hex)).verify(_PURPOSE + digest, made)
    except (CryptoError, ValueError, TypeError):
        return False
    return True


def trusted() -> dict[str, str]:
    """Return the public keys that I know, by the ids of annotators. Raises UserError where they cannot be read."""
    path = _trusted_path()
    try:
        if path.stat().st_size > _LARGEST_TRUSTED:
            raise ValueError(_("it is too large"))
        found = json.loads(path.read_bytes())
        if not isinstance(found, dict) or not all(
            isinstance(key, str) and _HEX_64.fullmatch(key) for key in found.values()
        ):
            raise ValueError(_("it is not as it was written"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, RecursionError) as error:
        raise UserError(
            _(
                "{path}: the keys by which you know colleagues cannot be read ({reason}). Mend or remove the "
                "file; then every colleague is seen for the first time."
            ).format(path=path, reason=error)
        ) from None
    return found


def trust(annotator_id: str, key_hex: str) -> None:
    """Know an annotator by this key from now on, "" by none. Raises UserError."""
    if key_hex and not _HEX_64.fullmatch(key_hex):
        raise UserError(_("A key is 64 hexadecimal digits."))
    known = trusted()
    if known.get(annotator_id, "") == key_hex:
        return
    known.pop(annotator_id, None)
    if key_hex:
        known[annotator_id] = key_hex
    path = _trusted_path()
    try:
        paths.write_whole(path, json.dumps(known, indent=1, sort_keys=True).encode("utf-8"), private=True)
    except OSError as error:
        raise UserError(
            _("The key could not be kept in {path}: {reason}.").format(path=path, reason=error.strerror or error)
        ) from None


def badge(annotator_id: str, key_hex: str) -> Badge:
    """Return how far the maker of a package is known who is said to be `annotator_id`. Raises UserError."""
    if not key_hex:
        return "unsigned"
    known = trusted().get(annotator_id, "")
    if known == key_hex:
        return "known"
    me = whoami.identity()
    if me is not None and annotator_id in (me.annotator.id, *me.also):
        return "known" if key_hex == public_hex() else "other"
    return "other" if known else "first"


def grouped(key_hex: str) -> str:
    """Return a key as two people can compare it on the telephone."""
    return " ".join(key_hex[place : place + 8] for place in range(0, len(key_hex), 8))
